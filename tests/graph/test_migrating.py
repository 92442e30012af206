"""A store of format 1, as the last version that wrote it left one, becomes a store of this format with all it held."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store

from graph import migrating
from graph.errors import StoreError, StoreFormatError, StoreLocked
from graph.library import Library
from graph.migrating import OLD, migrate
from graph.model import Verdict
from graph.opening import open_store
from graph.ownership import take
from graph.oxigraph_store import DATA
from graph.state import StoreState
from graph.vocab import EV, node
from ingest.claim import Status
from tests import builders
from tests.graph.small import TERMINOLOGY

HELD = Path(__file__).parent / "format1"
"""What that version said of the store (``told.json``, ``claims.jsonl``), and the store itself."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of format 1: decisions before and after a new version, an orphan, claims read twice, a study's arms."""
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "picograph.json").write_text('{"format": "picograph store", "version": 1}\n')
    store = Store(str(folder / DATA))
    store.bulk_load(path=HELD / "store.nq", format=RdfFormat.N_QUADS)
    store.flush()
    return folder


def inventory(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file() and "owner" not in p.name
    }


def about(folder: Path) -> dict[str, str]:
    store = open_store(folder)
    found = StoreState(store).about()
    store.close()
    return found


def told(library: Library) -> dict[str, Any]:
    said = {
        "stats": library.stats(),
        "histories": {c.id: [asdict(d) for d in library.history(c.id)] for c, _ in library.claims()},
        "orphans": [asdict(d) for d in library.orphans()],
        "versions": {a.id: list(library.article(a.id).versions) for a in library.articles()},
    }
    back: dict[str, Any] = json.loads(json.dumps(said))
    return back


@pytest.mark.parametrize("name", ["old", "new", "deep/new"])
def test_what_a_store_of_format_1_held_is_there_afterwards(old: Path, tmp_path: Path, name: str) -> None:
    expected = json.loads((HELD / "told.json").read_text())
    before, target = inventory(old), tmp_path / name
    report = migrate(old, target)
    assert (report.articles, report.claims, report.decisions) == (3, 3, 4)
    assert report.quads_after < report.quads_before
    assert about(target)[str(EV.revision)] == str(expected.pop("revision"))
    with Library.open(target, terminology=TERMINOLOGY) as library:
        assert b"".join(library.dump("jsonl")) == (HELD / "claims.jsonl").read_bytes()
        assert told(library) == expected
    if target == old:
        assert {n.replace(OLD, DATA, 1): b for n, b in inventory(old).items() if n.startswith(OLD)} == {
            n: b for n, b in before.items() if n.startswith(DATA)
        }
    else:
        assert inventory(old) == before


def test_every_store_has_an_id_of_its_own(old: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        migrate(old, tmp_path / name)
    Library.open(tmp_path / "new", terminology=TERMINOLOGY).close()
    ids = [about(tmp_path / name)[str(EV.storeId)] for name in ("one", "two", "new")]
    assert len(set(ids)) == 3
    Library.open(tmp_path / "one", terminology=TERMINOLOGY).close()
    assert about(tmp_path / "one")[str(EV.storeId)] == ids[0]


def test_a_migrated_store_is_worked_on_as_before(old: Path) -> None:
    migrate(old, old)
    with Library.open(old, terminology=TERMINOLOGY) as library:
        source = library.article("urn:picograph:article:c").article
        read = replace(builders.spm_claim(source), content_key="0" * 64)
        assert library.ingest(source, [read], builders.RUN).unchanged
        rejected = next(c for c, _ in library.claims() if c.status is Status.REJECTED)
        after = library.decide(rejected.id, Verdict.ACCEPT, author="d", made_at="2026-05-01T12:00:00Z")
        assert (after.revision, after.status, after.effects) == (3, Status.ACCEPTED, rejected.effects)
        assert [d.author for d in library.history(rejected.id)] == ["b", "b", "d"]


def test_what_is_of_another_format_or_in_the_way_is_refused(old: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreFormatError, match="picograph store migrate"):
        open_store(old)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    for target in (tmp_path / "full", old / "picograph.json"):
        with pytest.raises(StoreFormatError):
            migrate(old, target)
    with pytest.raises(StoreFormatError, match="cannot be read"):
        migrate(tmp_path / "none", tmp_path / "new")
    migrate(old, old)
    for target in (old, tmp_path / "new"):
        with pytest.raises(StoreFormatError, match="format 2"):
            migrate(old, target)


def test_a_store_in_use_is_left_alone(old: Path, tmp_path: Path) -> None:
    release = take(old, None)
    with pytest.raises(StoreLocked):
        migrate(old, tmp_path / "new")
    release()
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["old", "new"])
def test_a_store_that_cannot_be_read_whole_stays_as_it_was(old: Path, tmp_path: Path, name: str) -> None:
    store = Store(str(old / DATA))
    for quad in list(store.quads_for_pattern(None, node(EV.measure), None)):
        store.remove(quad)
    store.flush()
    del store
    before = inventory(old)
    with pytest.raises(StoreError, match="is as it was"):
        migrate(old, tmp_path / name)
    assert inventory(old) == before
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("killed", ["before the second renaming", "before the mark"])
def test_a_migration_that_was_killed_is_taken_up_again(old: Path, killed: str) -> None:
    (old / DATA).rename(old / OLD)
    if killed == "before the mark":
        shutil.copytree(old / OLD, old / DATA)
    with pytest.raises(StoreFormatError, match="picograph store migrate"):
        open_store(old)
    assert migrate(old, old).claims == 3
    with Library.open(old, terminology=TERMINOLOGY) as library:
        assert b"".join(library.dump("jsonl")) == (HELD / "claims.jsonl").read_bytes()


def test_when_the_last_step_fails_the_old_store_is_put_back(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: Path, *, anew: bool = False) -> None:
        raise OSError("no space left")

    before = inventory(old)
    monkeypatch.setattr(migrating, "mark_folder", full)
    with pytest.raises(StoreError, match="no space left"):
        migrate(old, old)
    assert inventory(old) == before
