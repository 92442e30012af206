"""Backup, restore, verify, figures: of stores that are well, and of stores that are not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from pyoxigraph import RdfFormat, Store

from graph.errors import StoreError, StoreFormatError, StoreLocked
from graph.library import Library
from graph.model import Verdict
from graph.operations.backups import backup_at, backups
from graph.operations.restoring import BrokenBackup, restore
from graph.operations.upkeep import upkeep
from graph.operations.verifying import verify
from graph.oxigraph_store import DATA, OxigraphStore
from tests import builders
from tests.builders import RUN
from tests.graph.small import TERMINOLOGY
from tests.graph.test_same_answers import fill

WHEN = "2026-03-01T12:00:00Z"
EV = "PREFIX ev: <https://w3id.org/picograph/vocab#> PREFIX g: <https://w3id.org/picograph/graph/> "


def dumped(place: Path) -> bytes:
    with Library.open(place, terminology=TERMINOLOGY) as library:
        return b"".join(library.dump("nquads"))


def inventory(folder: Path) -> list[tuple[str, bytes]]:
    return [(str(p.relative_to(folder)), p.read_bytes()) for p in sorted(folder.rglob("*")) if p.is_file()]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A store with articles, versions and decisions."""
    with Library.open(tmp_path / "store", terminology=TERMINOLOGY) as library:
        fill(library)
    return tmp_path / "store"


@pytest.fixture
def saved(place: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    with upkeep(place) as kept:
        return kept.backup(tmp_path / "backups", WHEN).path


def test_a_backup_is_a_dated_folder_that_says_what_it_holds(place: Path, saved: Path) -> None:
    assert saved.name == "picograph-20260301T120000Z-r14"
    with upkeep(place) as kept:
        held = kept.figures()
    told = json.loads((saved / "manifest.json").read_text())
    assert told == {
        "made_at": WHEN, "store_id": held.store_id, "format": held.format, "revision": 14, "counts": held.counts,
    }  # fmt: skip
    assert [b.path for b in backups(saved.parent)] == [saved]
    assert not [p for p in saved.parent.iterdir() if p != saved]


def test_what_is_restored_is_the_store_and_has_an_id_of_its_own(place: Path, saved: Path, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    done = restore(saved, tmp_path / "new" / "store", progress=lambda d, t: heard.append((d, t)))
    assert (done.path, done.aside, done.backup.revision) == (tmp_path / "new" / "store", None, 14)
    assert dumped(done.path) == dumped(place)
    assert heard[-1][0] == heard[-1][1] > 20
    with upkeep(place) as one, upkeep(done.path) as two:
        before, after = one.figures(), two.figures()
    assert before.store_id != after.store_id
    assert (before.counts, before.triples, before.revision) == (after.counts, after.triples, after.revision)
    with Library.open(done.path, terminology=TERMINOLOGY) as library:
        source = builders.article("More. " + builders.SENTENCE, id="urn:picograph:article:more")
        library.ingest(source, [builders.spm_claim(source)], RUN)
    assert backup_at(saved).revision == 14
    with upkeep(saved) as kept:
        assert kept.verify().findings == ()


def test_a_backup_is_consistent_while_others_write(place: Path, tmp_path: Path) -> None:
    with Library.open(place, terminology=TERMINOLOGY) as library:

        def write() -> None:
            for n in range(40):
                source = builders.article(f"Number {n}. {builders.SENTENCE}", id=f"urn:picograph:article:new-{n}")
                library.ingest(source, [builders.spm_claim(source)], RUN)

        writer = Thread(target=write)
        writer.start()
        made = [library.upkeep.backup(tmp_path / "backups", WHEN) for _ in range(5)]
        writer.join()
    assert len({one.path for one in made}) == 5
    for one in made:
        with upkeep(one.path) as kept:
            found = kept.verify(shapes=False)
        assert (found.findings, found.revision, found.claims) == ((), one.revision, one.counts["claims"])


def test_the_newest_are_kept_and_what_is_not_of_this_store_stays(place: Path, saved: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with Library.open(other, terminology=TERMINOLOGY) as library:
        foreign = library.upkeep.backup(saved.parent, "2026-01-01T00:00:00Z").path
    (saved.parent / "picograph-20200101T000000Z-r1").mkdir()
    (saved.parent / "notes.txt").write_text("mine")
    with upkeep(place) as kept:
        made = [kept.backup(saved.parent, f"2026-03-0{day}T12:00:00Z", keep=2).path.name for day in (2, 3, 4)]
    left = {p.name for p in saved.parent.iterdir()}
    assert left == {*made[1:], foreign.name, "picograph-20200101T000000Z-r1", "notes.txt"}
    with upkeep(place) as kept, pytest.raises(ValueError, match="at least one"):
        kept.backup(saved.parent, WHEN, keep=0)


def test_a_store_is_replaced_only_when_that_is_said_and_is_kept_aside(place: Path, saved: Path, tmp_path: Path) -> None:
    with Library.open(place, terminology=TERMINOLOGY) as library:
        library.decide(next(library.claims())[0].id, Verdict.ACCEPT, author="B", made_at=WHEN)
    newer = dumped(place)
    with pytest.raises(StoreFormatError, match="--replace"):
        restore(saved, place)
    with Library.open(place, terminology=TERMINOLOGY), pytest.raises(StoreLocked):
        restore(saved, place, replace=True)
    assert dumped(place) == newer
    done = restore(saved, place, replace=True)
    assert done.aside is not None
    assert dumped(done.aside) == newer
    assert dumped(place) != newer
    again = restore(saved, place, replace=True, quick=True)
    assert again.aside not in (None, done.aside)
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "backups", "store", "store.before-restore-1", "store.before-restore-2",
    ]  # fmt: skip


def _other_revision(saved: Path) -> None:
    told = json.loads((saved / "manifest.json").read_text())
    (saved / "manifest.json").write_text(json.dumps(told | {"revision": 13}))


def _no_manifest(saved: Path) -> None:
    (saved / "manifest.json").unlink()


def _half_a_manifest(saved: Path) -> None:
    (saved / "manifest.json").write_text('{"made_at": "2026')


def _files_gone(saved: Path) -> None:
    for path in (saved / DATA).glob("MANIFEST-*"):
        path.unlink()


def _other_words(saved: Path) -> None:
    store = Store(str(saved / DATA))
    store.update(EV + "DELETE { ?q ?p ?w } INSERT { ?q ?p 'other words' } WHERE { ?c ev:quote ?q . ?q ?p ?w . "
                 "FILTER(STRENDS(STR(?p), 'exact')) }")  # fmt: skip
    store.flush()


@pytest.mark.parametrize("spoil", [_other_revision, _no_manifest, _half_a_manifest, _files_gone, _other_words])
def test_a_backup_that_is_not_right_is_not_restored(place: Path, saved: Path, spoil: object, tmp_path: Path) -> None:
    assert callable(spoil)
    spoil(saved)
    before = dumped(place)
    with pytest.raises((StoreFormatError, BrokenBackup)):
        restore(saved, place, replace=True)
    with pytest.raises((StoreFormatError, BrokenBackup)):
        restore(saved, tmp_path / "new")
    assert dumped(place) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["backups", "store"]


def test_a_backup_is_not_opened_as_a_store_and_not_restored_into_itself(saved: Path) -> None:
    before = inventory(saved)
    with pytest.raises(StoreFormatError, match="store restore"):
        Library.open(saved, terminology=TERMINOLOGY)
    with pytest.raises(StoreFormatError, match="into itself"):
        restore(saved, saved / "inside", replace=True)
    assert inventory(saved) == before


def test_nothing_is_made_where_there_is_no_store(tmp_path: Path) -> None:
    for location in (tmp_path / "none", "memory:"):
        with pytest.raises(StoreFormatError), upkeep(location):
            pass
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_is_well_verifies_wherever_it_is(any_library: Library) -> None:
    fill(any_library)
    found = any_library.upkeep.verify()
    assert found.findings == ()
    counts = any_library.upkeep.figures().counts
    assert (found.articles, found.claims, found.decisions) == (10, counts["claims"], 3)
    assert (found.revision, counts["decisions"]) == (14, 3)
    assert {name: n for name, n in any_library.stats().items() if name != "studies"} == counts


DAMAGE = {
    "an article's text is gone": (
        "DELETE WHERE { GRAPH g:texts { ?t ev:article <urn:picograph:article:0> ; ev:text ?x } }",
        "urn:picograph:article:0",
        "cannot be read",
    ),
    "a text is another one": (
        "DELETE { GRAPH g:texts { ?t ev:text ?x } } INSERT { GRAPH g:texts { ?t ev:text 'x' } } WHERE "
        "{ GRAPH g:texts { ?t ev:article <urn:picograph:article:1> ; ev:text ?x } }",
        "urn:picograph:article:1",
        "not the one that its hash is of",
    ),
    "an article is gone": (
        "DELETE WHERE { <urn:picograph:article:2> ?p ?o }",
        "https://w3id.org/picograph/claim/",
        "cannot be read",
    ),
    "an effect has no number": (
        "DELETE { ?e ev:printed ?x } WHERE { ?c ev:effect ?e . ?e ev:printed ?x }",
        "https://w3id.org/picograph/claim/",
        "",
    ),
    "a status that no decision gave": (
        "DELETE { ?c ev:status ev:rejected } INSERT { ?c ev:status ev:accepted } WHERE { ?c ev:status ev:rejected }",
        "https://w3id.org/picograph/claim/",
        "does not stand as its decisions say: status",
    ),
    "a decision is gone": (
        "DELETE { GRAPH g:decisions { ?d ?p ?o } } WHERE { GRAPH g:decisions { ?d ev:verdict ev:accept ; ?p ?o } }",
        "log/12",
        "names a decision that is not kept",
    ),
    "a write is not in the log": (
        "DELETE { GRAPH g:log { ?e ?p ?o } } WHERE { GRAPH g:log { ?e ev:revision 3 ; ?p ?o } }",
        "log/3",
        "no entry for this write",
    ),
    "the revision went back": (
        "DELETE { GRAPH g:meta { ?s ev:revision 14 } } INSERT { GRAPH g:meta { ?s ev:revision 10 } } WHERE "
        "{ GRAPH g:meta { ?s ev:revision 14 } }",
        "log/11",
        "beyond revision 10",
    ),
    "a part without its claim": (
        "INSERT DATA { <https://w3id.org/picograph/claim/0123456789abcdef0123456789abcdef#effect-0> ev:value 1.0e0 }",
        "https://w3id.org/picograph/claim/0123456789abcdef0123456789abcdef#effect-0",
        "neither a claim nor",
    ),
    "a claim lacks what selects it": (
        "DELETE { ?c ev:confidence ?x } WHERE { ?c ev:status ev:rejected ; ev:confidence ?x }",
        "https://w3id.org/picograph/claim/",
        "confidence",
    ),
    "a claim has lost its class": (
        "DELETE { ?c a ev:Claim } WHERE { ?c ev:status ev:rejected }",
        "https://w3id.org/picograph/claim/",
        "neither a claim nor",
    ),
    "a claim has no article": (
        "DELETE { ?c ev:article ?a } WHERE { ?c ev:status ev:rejected ; ev:article ?a }",
        "default graph",
        "of them with an article",
    ),
    "the store has no id": ("DELETE WHERE { GRAPH g:meta { ?s ev:storeId ?x } }", "meta", "revision and its id"),
}


@pytest.fixture(scope="module")
def well() -> Iterator[bytes]:
    """A store that is well, as N-Quads."""
    store = Store()
    with Library(OxigraphStore(store), TERMINOLOGY) as library:
        fill(library)
        held = store.dump(format=RdfFormat.N_QUADS)
        assert held is not None
        yield held


@pytest.mark.parametrize("name", DAMAGE)
def test_what_is_wrong_is_found_with_its_place(name: str, well: bytes) -> None:
    update, place, reason = DAMAGE[name]
    store = Store()
    store.load(well, format=RdfFormat.N_QUADS)
    assert verify(OxigraphStore(store)).findings == ()
    store.update(EV + update)
    found = verify(OxigraphStore(store)).findings
    assert [f for f in found if f.place.startswith(place) and reason in f.reason], found


def test_a_shared_store_is_verified_and_counted_and_copies_itself(served: str, tmp_path: Path) -> None:
    with Library.open(served, terminology=TERMINOLOGY) as library:
        fill(library)
    with upkeep(served) as kept:
        assert kept.verify(shapes=False).findings == ()
        assert kept.figures().bytes is None
        with pytest.raises(StoreError, match="makes its own copies"):
            kept.backup(tmp_path / "backups", WHEN)
    assert list((tmp_path / "backups").iterdir()) == []


def test_figures_count_by_graph_and_on_disk(place: Path) -> None:
    with upkeep(place) as kept:
        found = kept.figures()
        assert kept.figures(triples=False).triples is None
    assert found.triples is not None
    assert set(found.triples) == {"default", "decisions", "extractions", "log", "meta", "texts"}
    store = Store.read_only(str(place / DATA))
    assert sum(found.triples.values()) == len(store)
    assert found.bytes is not None
    assert found.bytes >= sum(p.stat().st_size for p in (place / DATA).glob("*.sst"))
