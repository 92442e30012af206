"""`read` and `annotate`: JSON lines in and out, as other programs rely on them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from api.cli import app
from api.commands.streams import LineError, parse_line
from ingest.other_model import OtherModelError
from tests.api.conftest import Command, environment
from tests.api.samples import TEXT

GOOD = json.dumps({"id": "good", "text": TEXT})
BAD_LINES = {
    "no json": b"{",
    "no object": b"[1]",
    "no id": b'{"text": "x"}',
    "id is no string": b'{"id": true, "text": "x"}',
    "no text": b'{"id": "a"}',
    "text is no string": b'{"id": "a", "text": 1}',
    "half a surrogate pair": b'{"id": "a", "text": "\\ud800"}',
    "not UTF-8": b'{"id": "a", "text": "\xff"}',
    "deep": b"[" * 100_000,
}
BAD_ENTITIES = ["x", [1], [{}], [{"start": 0, "end": 1}], [{"start": 0, "end": 99999, "label": "X"}],
                [{"start": 1, "end": 1, "label": "X"}], [{"start": -1, "end": 1, "label": "X"}],
                [{"start": True, "end": 2, "label": "X"}]]  # fmt: skip


@pytest.mark.parametrize("line", [b for n, b in BAD_LINES.items() if "text" not in n and "surrogate" not in n])
def test_a_bad_line_is_refused_before_anything_is_loaded(line: bytes) -> None:
    with pytest.raises(LineError):
        parse_line(line, 1)


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert parse_line("\ufeff{}".encode().replace(b"{}", b'{"id": "a"}'), 1) == {"id": "a"}
    with pytest.raises(LineError):
        parse_line('\ufeff{"id": "a"}'.encode(), 2)


@pytest.mark.parametrize("command", ["read", "annotate"])
@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_is_told_with_its_number(picograph: Command, command: str, line: bytes) -> None:
    done = picograph(command, stdin=b"\n" + line + b"\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("picograph: standard input: line 2: ")
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_told_as_that_though_an_article_of_it_is_named(picograph: Command) -> None:
    done = picograph("read", stdin=json.dumps({"id": "a", "path": "export.nbib", "article": "27935580"}))
    assert done.returncode == 1
    assert "export.nbib: file: No such file or directory" in done.stderr


MANY = "many.zip"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, 'it holds 2 articles, and one is asked for; name one under "article", or read them all'),
        ({"article": "111"}, "none of its 2 articles is '111'"),
        ({"article": 3}, "none of its 2 articles is 3"),
        ({"article": True}, '"article" is neither a number nor an id'),
        ({"article": 2}, f"{MANY}!b.txt: whole file: empty"),
    ],
)
def test_a_file_of_several_articles_needs_the_one_that_is_meant(
    picograph: Command, tmp_path: Path, more: dict[str, Any], reason: str
) -> None:
    with zipfile.ZipFile(tmp_path / MANY, "w") as archive:
        archive.writestr("a.md", f"---\npmid: 123456\n---\n{TEXT}")
        archive.writestr("b.txt", "")
    done = picograph("read", stdin=json.dumps({"id": "a", "path": MANY} | more))
    assert (done.returncode, done.stdout) == (1, "")
    assert reason in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.slow
@pytest.mark.parametrize("wanted", [1, "123456", "PMID:123456", 123456])
def test_one_article_of_several_is_read(picograph: Command, tmp_path: Path, wanted: str | int) -> None:
    with zipfile.ZipFile(tmp_path / MANY, "w") as archive:
        archive.writestr("a.md", f"---\npmid: 123456\n---\n{TEXT}")
        archive.writestr("b.txt", "")
    done = picograph("read", stdin=json.dumps({"id": "a", "path": MANY, "article": wanted}))
    assert done.returncode == 0, done.stderr
    claims = json.loads(done.stdout)["claims"]
    assert {claim["article"]["pmid"] for claim in claims} == {"123456"}


@pytest.mark.parametrize("command", ["read", "annotate"])
def test_nothing_in_gives_nothing_out(picograph: Command, command: str) -> None:
    done = picograph(command, stdin="\n \n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("command", ["read", "annotate"])
def test_a_missing_file_is_told(picograph: Command, command: str) -> None:
    done = picograph(command, "missing.jsonl")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "picograph: missing.jsonl: No such file or directory\n"


@pytest.mark.parametrize("entities", BAD_ENTITIES, ids=str)
def test_entities_that_are_none_are_told(picograph: Command, entities: Any) -> None:
    done = picograph("annotate", stdin=json.dumps({"id": "a", "text": "Lenalidomide", "entities": entities}))
    assert (done.returncode, done.stdout) == (1, "")
    assert "entities" in done.stderr


@pytest.mark.parametrize("command", ["read", "annotate"])
def test_an_interrupt_ends_it_quietly(tmp_path: Path, command: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "api.cli", command],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment(),
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"{\n")
        process.stdin.flush()
        assert process.stderr.readline().startswith(b"picograph: standard input: line 1: not JSON")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert process.stderr.read() == b""


@pytest.mark.slow
def test_good_lines_are_answered_beside_bad_ones(
    picograph: Command, tmp_path: Path, claim_schema: dict[str, Any]
) -> None:
    (tmp_path / "trial.txt").write_text(TEXT, encoding="utf-8")
    lines = [
        GOOD,
        "{",
        '{"id": "file", "path": "trial.txt"}',
        '{"id": "gone", "path": "gone.txt"}',
        '{"id": 7, "text": ""}',
    ]
    done = picograph("read", stdin="\n".join(lines))
    assert done.returncode == 1
    answers = {a["id"]: a for a in map(json.loads, done.stdout.splitlines())}
    assert list(answers)[:2] == ["good", "file"]
    told = done.stderr.splitlines()
    assert told[0].startswith("picograph: standard input: line 2: not JSON")
    assert told[1].startswith("picograph: standard input: line 4: gone.txt: file: No such file")
    for answer in (answers["good"], answers["file"]):
        assert set(answer) == {"id", "study", "claims"}
        assert answer["claims"], "nothing was read"
        for claim in answer["claims"]:
            jsonschema.Draft202012Validator(claim_schema).validate(claim)
            assert TEXT[claim["quote"]["start"] : claim["quote"]["end"]] == claim["quote"]["exact"]


@pytest.mark.slow
def test_annotations_are_the_words_at_their_place(picograph: Command) -> None:
    text = "Second primary malignancies (SPM) occurred in 17.3% with lenalidomide and 6.5% with placebo."
    done = picograph("annotate", "--layer", "concept", "--layer", "result", stdin=json.dumps({"id": "a", "text": text}))
    assert (done.returncode, done.stderr) == (0, "")
    (answer,) = map(json.loads, done.stdout.splitlines())
    assert set(answer) == {"id", "text", "entities", "relations", "pairs"}
    assert {e["layer"] for e in answer["entities"]} <= {"concept", "result"}
    assert any(e["label"] == "DRUG" and e["text"] == "lenalidomide" for e in answer["entities"])
    for entity in answer["entities"]:
        assert text[entity["start"] : entity["end"]] == entity["text"]
    assert [(p["sf"], p["lf"]) for p in answer["pairs"]] == [("SPM", "Second primary malignancies")]


@pytest.mark.parametrize("command", ["read", "annotate"])
def test_a_model_that_cannot_be_used_is_told_once(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: object) -> None:
        raise OtherModelError("mine", "it is not there")

    monkeypatch.setattr("ingest.pipeline.load_pipeline", load)
    lines = '{"id": "a"}\n{"id": "b", "text": "x"}\n{"id": "c", "text": "x"}\n'
    done = CliRunner().invoke(app, [command], input=lines)
    assert (done.exit_code, done.stdout) == (1, "")
    assert [line.partition(": ")[2] for line in done.stderr.splitlines()] == [
        'standard input: line 1: no "text" (a string)',
        "PICOGRAPH_MODEL names the model 'mine': it is not there",
    ]


@pytest.mark.slow
def test_each_answer_comes_before_the_next_line_is_sent(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "api.cli", "annotate", "--layer", "concept"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path, env=environment(),
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        too_late = threading.Timer(120, process.kill)  # without an answer, the wait for it would not end
        too_late.start()
        try:
            for name in ("one", "two"):
                process.stdin.write(json.dumps({"id": name, "text": "Aspirin helps."}).encode() + b"\n")
                process.stdin.flush()
                assert json.loads(process.stdout.readline())["id"] == name
            process.stdin.close()
            assert process.wait(timeout=60) == 0
        finally:
            too_late.cancel()
