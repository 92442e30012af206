"""`picograph store`: on a store of one's own, and beside a service that has it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyoxigraph import RdfFormat, Store
from typer.testing import CliRunner

from api.cli import app
from api.settings import Settings
from graph.library import Library
from graph.operations.compacting import compact
from tests.api.conftest import Command, serving


@pytest.fixture
def picograph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        done = CliRunner().invoke(app, list(arguments))
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)

    return run


def newest(folder: Path) -> Path:
    return max(folder.glob("picograph-*"))


def test_backup_verify_restore_and_stats(store: Path, picograph: Command, tmp_path: Path) -> None:
    done = picograph("--store", str(store), "store", "backup", "--keep", "2")
    assert (done.returncode, done.stderr) == (0, "")
    saved = newest(Path(f"{store}.backups"))
    assert done.stdout.splitlines()[0] == str(saved)
    verified = picograph("store", "verify", str(saved))
    assert (verified.returncode, verified.stdout) == (0, "")
    assert re.fullmatch(r"\d+ articles, \d+ claims, \d+ decisions at revision \d+: all is well\n", verified.stderr)
    done = picograph("--store", "again", "store", "restore", str(saved), "--json")
    told = json.loads(done.stdout)
    assert (told["path"], told["moved_aside"]) == (str(tmp_path / "again"), None)
    figures = [json.loads(picograph("--store", str(p), "store", "stats", "--json").stdout) for p in (store, "again")]
    assert figures[0]["counts"] == figures[1]["counts"]
    assert figures[0]["triples"] == figures[1]["triples"]
    assert figures[0]["store_id"] != figures[1]["store_id"]
    shown = picograph("--store", "again", "store", "stats").stdout
    assert re.search(r"^claims +\d", shown, re.MULTILINE)
    assert re.search(r"^on disk +[\d.]+ MB$", shown, re.MULTILINE)
    exports = [picograph("--store", str(p), "export", "--format", "nquads").stdout for p in (store, "again")]
    assert exports[0] == exports[1]


def test_what_is_wrong_is_listed_and_ends_with_status_1(store: Path, picograph: Command) -> None:
    held = Store(str(store / "oxigraph"))
    held.update(
        "PREFIX oa: <http://www.w3.org/ns/oa#> DELETE { ?q oa:exact ?w } INSERT { ?q oa:exact ?x } "
        "WHERE { ?q oa:exact ?w BIND(REPLACE(?w, 'e', 'x') AS ?x) }"
    )
    held.flush()
    del held
    done = picograph("--store", str(store), "store", "verify", "--no-shapes")
    assert done.returncode == 1
    first = done.stdout.splitlines()[0]
    assert first.startswith("https://w3id.org/picograph/claim/")
    assert "quote" in first
    assert "should read" in first
    assert "problems" in done.stderr
    told = json.loads(picograph("--store", str(store), "store", "verify", "--json").stdout)
    assert told["findings"][0]["place"].startswith("https://w3id.org/picograph/claim/")
    saved = json.loads(picograph("--store", str(store), "store", "backup", "--json").stdout)["path"]
    done = picograph("--store", "new", "store", "restore", saved)
    assert done.returncode == 1
    assert f"`picograph store verify {saved}` lists them all" in done.stderr


def test_a_store_is_replaced_only_when_asked(store: Path, picograph: Command) -> None:
    saved = json.loads(picograph("--store", str(store), "store", "backup", "--json").stdout)["path"]
    done = picograph("--store", str(store), "store", "restore", saved)
    assert done.returncode == 1
    assert "--replace" in done.stderr
    done = picograph("--store", str(store), "store", "restore", saved, "--replace", "--quick")
    assert done.returncode == 0
    assert Path(f"{store}.before-restore-1").is_dir()
    assert "before-restore-1; remove it" in done.stderr


def test_a_store_of_an_older_format_is_migrated(picograph: Command, tmp_path: Path) -> None:
    known = Path(__file__).resolve().parents[1] / "graph" / "format1"
    old = tmp_path / "old"
    (old / "oxigraph").mkdir(parents=True)
    (old / "picograph.json").write_text('{"format": "picograph store", "version": 1}\n')
    held = Store(str(old / "oxigraph"))
    held.load(path=str(known / "store.nq"), format=RdfFormat.N_QUADS)
    held.flush()
    del held
    refused = picograph("--store", "old", "store", "stats")
    assert refused.returncode == 1
    assert "picograph store migrate" in refused.stderr
    shutil.copytree(old, tmp_path / "copy")
    done = picograph("--store", "copy", "store", "migrate", "--json")
    assert json.loads(done.stdout)["claims"] > 0
    done = picograph("--store", "old", "store", "migrate", "--to", "new")
    assert (done.returncode, "triples became" in done.stdout) == (0, True)
    for place in ("copy", "new"):
        assert picograph("store", "verify", place).returncode == 0
    again = picograph("--store", "new", "store", "migrate")
    assert again.returncode == 1


@pytest.mark.parametrize("command", ["backup", "verify", "stats", "migrate"])
def test_where_there_is_no_store_none_is_made(picograph: Command, tmp_path: Path, command: str) -> None:
    done = picograph("--store", "nowhere", "store", command)
    assert done.returncode == 1
    assert "there is no store" in done.stderr
    assert list(tmp_path.iterdir()) == []


@contextmanager
def beside(store: Path, **given: Any) -> Iterator[str]:
    """A service that owns ``store``; its address."""
    with (
        Library.open(store) as library,
        serving(library, Settings(reader="tests.api.readers:sample", **given)) as address,
    ):
        (store / "owner.json").write_text(json.dumps({"pid": os.getpid(), "address": address}))
        yield address


def test_beside_a_service(store: Path, picograph: Command, tmp_path: Path) -> None:
    with beside(store):
        done = picograph("--store", str(store), "store", "backup")
        assert done.returncode == 1
        assert "start it with PICOGRAPH_BACKUPS=FOLDER" in done.stderr
    with beside(store, backups=tmp_path / "kept") as address:
        for location in (str(store), address):
            told = json.loads(picograph("--store", location, "store", "backup", "--keep", "3", "--json").stdout)
            assert Path(told["path"]).parent == tmp_path / "kept"
        refused = picograph("--store", str(store), "store", "backup", "elsewhere")
        assert refused.returncode == 2
        assert not (tmp_path / "elsewhere").exists()
        verify = picograph("--store", str(store), "store", "verify")
        assert verify.returncode == 1
        assert "make a backup and look at that" in verify.stderr
        figures = json.loads(picograph("--store", str(store), "store", "stats", "--json").stdout)
        assert figures["counts"]["claims"] == told["counts"]["claims"]
        assert sum(figures["triples"].values()) > 100
        forged = httpx.post(f"{address}/api/v1/store/backup", json={}, headers={"Origin": "http://example.org"})
        assert forged.status_code == 403
        wrong = httpx.post(f"{address}/api/v1/store/backup", json={"keep": 0, "folder": "/tmp"})
        assert wrong.status_code == 422
    assert len(list((tmp_path / "kept").iterdir())) == 2
    assert picograph("store", "verify", str(newest(tmp_path / "kept"))).returncode == 0


def test_a_store_behind_a_url_makes_its_own_copies_and_its_password_stays_secret(picograph: Command) -> None:
    done = picograph("--store", "http://me:secret@127.0.0.1:9/sparql", "store", "backup")
    assert done.returncode == 1
    assert "makes its own copies" in done.stderr
    assert "secret" not in done.stderr
    done = picograph("--store", "http://me:secret@127.0.0.1:9/sparql", "store", "stats")
    assert done.returncode == 1
    assert "secret" not in done.stderr


def test_a_large_store_is_written_anew_and_a_small_one_left(
    store: Path, picograph: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = picograph("--store", str(store), "export", "--format", "nquads").stdout
    done = picograph("--store", str(store), "store", "compact")
    assert done.returncode == 0
    assert done.stdout == "0.0 GB on disk: left as it is, a store of this size would not shrink\n"
    monkeypatch.setattr(compact, "__kwdefaults__", {"least": 1})
    done = picograph("--store", str(store), "store", "compact", "--json")
    told = json.loads(done.stdout)
    assert told["before"] > 0 < told["after"]
    assert picograph("--store", str(store), "export", "--format", "nquads").stdout == before
    assert picograph("--store", str(store), "store", "verify").returncode == 0


def test_no_other_store_is_written_anew(store: Path, picograph: Command) -> None:
    picograph("--store", str(store), "store", "backup")
    saved = newest(Path(f"{store}.backups"))
    done = picograph("--store", str(saved), "store", "compact")
    assert done.returncode == 1
    assert "only a store in a folder is written anew, and no backup" in done.stderr
