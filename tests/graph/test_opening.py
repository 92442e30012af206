"""A folder belongs to one process, and what is not a store of ours is left alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import StoreFormatError, StoreLocked
from graph.library import Library
from graph.opening import MEMORY, open_store
from tests import builders
from tests.graph.small import TERMINOLOGY

ROOT = Path(__file__).resolve().parents[2]
TRY = """
import sys
from graph.opening import open_store
from graph.errors import StoreLocked
try:
    open_store(sys.argv[1])
except StoreLocked as error:
    print(error.pid, error.address, str(error), sep="|")
"""
HOLD = """
import sys, time
from graph.opening import open_store
store = open_store(sys.argv[1], address="http://127.0.0.1:8111")
print("open", flush=True)
time.sleep(60)
"""


def inventory(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_second_process_is_told_who_owns_the_store(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store", address="http://127.0.0.1:8000")
    note = json.loads((tmp_path / "store" / "owner.json").read_text())
    said = subprocess.run(
        [sys.executable, "-c", TRY, str(tmp_path / "store")], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    store.close()
    pid, address, message = said.split("|")
    assert (int(pid), address) == (note["pid"], "http://127.0.0.1:8000")
    assert f"process {pid}" in message
    assert "send the request there" in message


def test_the_same_process_cannot_open_a_store_twice(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    with pytest.raises(StoreLocked, match="wait until it has finished"):
        open_store(tmp_path / "store")
    store.close()
    open_store(tmp_path / "store").close()


def test_the_note_of_a_dead_owner_counts_for_nothing(tmp_path: Path) -> None:
    place = tmp_path / "store"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(place)], cwd=ROOT, stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"open\n"
        with pytest.raises(StoreLocked, match="8111"):
            open_store(place)
        owner.kill()
    assert (place / "owner.json").exists()
    open_store(place).close()


@pytest.mark.parametrize(
    "content",
    [
        {"notes.txt": "mine"},
        {"picograph.json": '{"format": "picograph store", "version": 3}'},
        {"picograph.json": '{"format": "another store", "version": 1}'},
        {"picograph.json": "{"},
        {"picograph.json": "[]"},
        {"picograph.json": '{"format": "picograph store", "version": true}'},
    ],
)
def test_what_is_not_a_store_of_this_format_is_left_as_it_is(tmp_path: Path, content: dict[str, str]) -> None:
    for name, text in content.items():
        (tmp_path / name).write_text(text)
    before = inventory(tmp_path)
    with pytest.raises(StoreFormatError):
        open_store(tmp_path)
    assert inventory(tmp_path) == before


def test_a_file_is_not_a_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreFormatError, match="is a file"):
        open_store(tmp_path / "file")


def test_a_store_behind_a_url_must_be_empty_or_ours(served: str) -> None:
    import httpx

    httpx.post(f"{served}/update", data={"update": "INSERT DATA { <a:a> <a:b> 1 }"}).raise_for_status()
    with pytest.raises(StoreFormatError, match="did not write"):
        Library.open(served, terminology=TERMINOLOGY)


def test_a_store_behind_a_url_with_another_format_is_refused(served: str) -> None:
    import httpx

    Library.open(served, terminology=TERMINOLOGY).close()
    update = (
        "PREFIX ev: <https://w3id.org/picograph/vocab#> "
        "WITH <https://w3id.org/picograph/graph/meta> DELETE { ?s ev:formatVersion 2 } "
        "INSERT { ?s ev:formatVersion 99 } WHERE { ?s ev:formatVersion 2 }"
    )
    httpx.post(f"{served}/update", data={"update": update}).raise_for_status()
    with pytest.raises(StoreFormatError, match="99"):
        Library.open(served, terminology=TERMINOLOGY)


def test_what_was_stored_is_there_after_closing(tmp_path: Path) -> None:
    source = builders.article()
    with Library.open(tmp_path / "new" / "store", terminology=TERMINOLOGY) as library:
        library.ingest(source, [builders.spm_claim(source)], builders.RUN)
        before = b"".join(library.dump("nquads"))
    with Library.open(tmp_path / "new" / "store", terminology=TERMINOLOGY) as library:
        assert b"".join(library.dump("nquads")) == before
        assert library.revision() == 1


def test_a_snapshot_is_a_store_of_its_own(tmp_path: Path) -> None:
    from pyoxigraph import Store

    source = builders.article()
    with Library.open(tmp_path / "store", terminology=TERMINOLOGY) as library:
        library.ingest(source, [builders.spm_claim(source)], builders.RUN)
        assert library.snapshot(tmp_path / "copy") == 1
    copy = Store.read_only(str(tmp_path / "copy"))
    assert len(list(copy.query("SELECT ?c WHERE { ?c a <https://w3id.org/picograph/vocab#Claim> }"))) == 1  # type: ignore[arg-type]


def test_memory_is_never_shared() -> None:
    source = builders.article()
    with Library.open(MEMORY, terminology=TERMINOLOGY) as one, Library.open(MEMORY, terminology=TERMINOLOGY) as two:
        one.ingest(source, [builders.spm_claim(source)], builders.RUN)
        assert two.stats()["claims"] == 0
