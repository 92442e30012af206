"""`ingest` with the real readers and pipeline: what is read, what fails, and that the rest goes on."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from api.settings import Settings
from graph.library import Library
from tests.api.conftest import Command, serving
from tests.api.readers import NEXT
from tests.api.samples import TEXT

ARTICLE = f"{TEXT}\nÜberlebende werden weiter beobachtet.\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["missing.txt"], "missing.txt"),
        (["empty-folder"], "empty-folder"),
        (["empty.txt"], "empty.txt"),
        (["binary.txt"], "binary.txt"),
        (["pictures"], "pictures"),
        (["sealed.txt"], "sealed.txt"),
    ],
)
def test_what_cannot_be_read_is_one_line_each(
    picograph: Command, tmp_path: Path, arguments: list[str], told: str
) -> None:
    (tmp_path / "empty-folder").mkdir()
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "one.png").touch()
    (tmp_path / "sealed.txt").symlink_to("/proc/self/mem")  # opens, but cannot be read
    done = picograph("--store", "store", "ingest", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    failure, summary = done.stderr.splitlines()
    assert failure.startswith("picograph: ")
    assert told in failure
    assert summary == "0 articles, 0 claims (0 new), 1 failure"


def test_an_id_goes_with_one_file(picograph: Command, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(ARTICLE)
    done = picograph("--store", "store", "ingest", "--id", "x", "a.txt", "b.txt")
    assert done.returncode == 2
    assert not (tmp_path / "store").exists()


@pytest.mark.slow
def test_a_folder_is_read_in_every_encoding_and_only_once(
    picograph: Command, tmp_path: Path, claim_schema: dict[str, Any]
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, encoding in enumerate(["utf-8", "utf-8-sig", "utf-16", "latin-1"]):
        (folder / f"{encoding}.txt").write_bytes(f"{ARTICLE}Copy {number}.\n".encode(encoding))
    (folder / "empty.txt").touch()
    done = picograph("--store", "store", "ingest", "articles", "missing.txt", "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert (told["articles"], len(told["failures"])) == (4, 2)
    assert done.stderr.count("\n") == 2
    again = json.loads(picograph("--store", "store", "ingest", "articles", "--json").stdout)
    assert (again["unchanged"], again["added"], again["removed"]) == (4, 0, 0)
    lines = picograph("--store", "store", "export").stdout.splitlines()
    assert len(lines) == told["claims"] >= 4
    for line in lines:
        jsonschema.Draft202012Validator(claim_schema).validate(json.loads(line))


def test_a_service_tells_of_each_article_of_a_file(picograph: Command, tmp_path: Path, address: str) -> None:
    (tmp_path / "many.txt").write_text(NEXT.join([f"{TEXT}One.\n", "nonsense", f"{TEXT}Three.\n"]))
    done = picograph("--store", address, "ingest", "many.txt", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["articles"], told["claims"]) == (1, 2, 4)
    assert told["failures"] == ["many.txt: line 1: not the sample"]


def test_a_file_too_large_for_a_service_is_told(picograph: Command, tmp_path: Path, library: Library) -> None:
    (tmp_path / "large.txt").write_text(TEXT * 100)
    with serving(library, Settings(body_limit=1000, reader="tests.api.readers:sample")) as address:
        for arguments, stdin in ((["large.txt"], ""), (["-"], TEXT * 100)):
            done = picograph("--store", address, "ingest", *arguments, stdin=stdin)
            assert done.returncode == 1
            assert "larger than 1000 bytes; stop the service and read it again" in done.stderr


@pytest.mark.slow
def test_an_archive_is_read_article_by_article(picograph: Command, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", f"{ARTICLE}Copy {number}.\n" if number != 1 else "")
    with gzip.open(tmp_path / "packed.txt.gz", "wb") as packed:
        packed.write(f"{ARTICLE}Packed.\n".encode())
    done = picograph("--store", "store", "ingest", "many.zip", "packed.txt.gz", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["articles"]) == (1, 3)
    (failure,) = told["failures"]
    assert failure == "many.zip!1.txt: whole file: empty: there is no text in it"
    assert f"picograph: {failure}\n" in done.stderr


@pytest.mark.slow
def test_standard_input_is_read_under_a_given_id(picograph: Command) -> None:
    done = picograph("--store", "store", "ingest", "--id", "my trial", "-", stdin=ARTICLE)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    exported = picograph("--store", "store", "export").stdout.splitlines()
    assert {json.loads(line)["article"]["id"] for line in exported} == {"urn:picograph:article:my%20trial"}


@pytest.mark.slow
def test_the_demo_prints_the_evidence_and_says_where_it_lies(picograph: Command, tmp_path: Path) -> None:
    done = picograph("--store", "demo store", "demo")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "demo store").is_dir()
    flat = " ".join(done.stdout.split())
    assert "lenalidomide -> second primary malignancy" in flat
    assert "studies" in flat
    assert "picograph --store 'demo store' serve" in flat
    assert max(map(len, done.stdout.splitlines())) <= 80
    again = picograph("--store", "demo store", "demo")
    assert again.stdout == done.stdout


@pytest.mark.slow
def test_the_bundled_gold_is_scored(picograph: Command) -> None:
    done = picograph("evaluate", "--json")
    assert done.returncode == 0, done.stderr
    scores = json.loads(done.stdout)
    assert scores["total"]["gold"] == sum(article["gold"] for article in scores["articles"].values())
    assert scores["total"]["unsound"] == 0
    assert 0 < scores["total"]["recall"] <= 1
