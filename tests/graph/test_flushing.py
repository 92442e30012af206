"""Many who write, flush and copy an embedded store at once: none waits for ever, nothing counts as safe too soon."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.errors import StoreError
from graph.operations.compacting import LARGE, compact
from graph.oxigraph_store import DATA, OxigraphStore
from graph.write_ahead import written_out

FIRST, SECOND = (Quad(NamedNode(f"urn:{n}"), NamedNode("urn:p"), Literal(f"{n}")) for n in (1, 2))


class Counting:
    """An Oxigraph store that counts its flushes, and holds the first until it is let go."""

    def __init__(self) -> None:
        self.flushes, self.most = 0, 0
        self.begun, self.go = Event(), Event()
        self._inside, self._lock = 0, Lock()

    def extend(self, quads: object) -> None:
        """Nothing."""

    def flush(self) -> None:
        """Takes its time."""
        with self._lock:
            self.flushes += 1
            self._inside += 1
            self.most = max(self.most, self._inside)
        self.begun.set()
        assert self.go.wait(30)
        with self._lock:
            self._inside -= 1


def put(store: OxigraphStore, *quads: Quad) -> None:
    store.apply([], quads, guard=None, proof=None)


def test_flushes_come_one_by_one_and_one_does_for_all_who_wrote_before_it() -> None:
    below = Counting()
    store = OxigraphStore(below)  # type: ignore[arg-type]
    with ThreadPoolExecutor(9) as pool:
        put(store, FIRST)
        waiting = [pool.submit(store.flush)]
        assert below.begun.wait(30)
        put(store, SECOND)  # behind the flush that is under way, which need not hold it
        waiting += [pool.submit(store.flush) for _ in range(8)]
        below.go.set()
        for each in waiting:
            each.result(timeout=30)
    assert (below.flushes, below.most) == (2, 1)
    store.flush()
    assert below.flushes == 2


def test_a_flush_that_fails_is_told_and_tried_again() -> None:
    class Failing(Counting):
        def flush(self) -> None:
            super().flush()
            if self.flushes == 1:
                raise OSError("no room left")

    below = Failing()
    below.go.set()
    store = OxigraphStore(below)  # type: ignore[arg-type]
    put(store, FIRST)
    with pytest.raises(StoreError, match="no room left"):
        store.flush()
    store.flush()
    assert below.flushes == 2


@pytest.fixture
def store(tmp_path: Path) -> Iterator[OxigraphStore]:
    """An empty store on disk."""
    (tmp_path / "store").mkdir()
    opened = OxigraphStore(Store(str(tmp_path / "store" / DATA)), folder=tmp_path / "store")
    yield opened
    opened.close()


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of what was written out to the disk, in order."""
    names: list[str] = []
    real = os.fsync

    def sync(handle: int) -> None:
        names.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        real(handle)

    monkeypatch.setattr(os, "fsync", sync)
    return names


def test_what_was_flushed_is_in_files_that_were_written_out(
    store: OxigraphStore, synced: list[str], tmp_path: Path
) -> None:
    put(store, FIRST)
    assert synced == []
    store.flush()
    logs = sorted(p.name for p in (tmp_path / "store" / DATA).glob("*.log"))
    assert sorted(synced) == [*logs, DATA]
    shutil.copytree(tmp_path / "store" / DATA, tmp_path / "then")  # as a power cut would leave it
    put(store, SECOND)
    assert list(Store(str(tmp_path / "then"))) == [FIRST]
    store.flush()
    shutil.copytree(tmp_path / "store" / DATA, tmp_path / "later")
    assert set(Store(str(tmp_path / "later"))) == {FIRST, SECOND}
    before = len(synced)
    store.flush()
    assert len(synced) == before


def test_a_new_log_is_written_out_too(store: OxigraphStore, synced: list[str], tmp_path: Path) -> None:
    put(store, FIRST)
    store.flush()
    store.snapshot(tmp_path / "copy")  # which begins another log
    put(store, SECOND)
    synced.clear()
    store.flush()
    assert set(synced) >= {p.name for p in (tmp_path / "store" / DATA).glob("*.log")}
    shutil.copytree(tmp_path / "store" / DATA, tmp_path / "then")
    assert set(Store(str(tmp_path / "then"))) == {FIRST, SECOND}


def test_where_the_logs_cannot_be_written_out_all_is_sorted_into_tables(
    store: OxigraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(handle: int) -> None:
        raise OSError("not supported")

    monkeypatch.setattr(os, "fsync", fails)
    tables = len(list((tmp_path / "store" / DATA).glob("*.sst")))
    put(store, FIRST)
    store.flush()
    assert len(list((tmp_path / "store" / DATA).glob("*.sst"))) > tables


def test_long_logs_are_sorted_into_tables(
    store: OxigraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.oxigraph_store._LONGEST", 30)
    counts = []
    for number in range(6):
        put(store, *(Quad(NamedNode(f"urn:{number}"), NamedNode("urn:p"), Literal(n)) for n in range(10)))
        store.flush()
        counts.append(len(list((tmp_path / "store" / DATA).glob("*.sst"))))
    assert counts[0] == counts[2] < counts[3] == counts[5]


def test_a_folder_without_logs_cannot_be_written_out(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text("no log of RocksDB")
    assert not written_out(tmp_path)
    assert not written_out(tmp_path / "none")
    (tmp_path / "000001.log").write_text("one")
    assert written_out(tmp_path)


def test_writing_flushing_and_copying_at_once_come_to_an_end(store: OxigraphStore, tmp_path: Path) -> None:
    writing = Lock()

    def work(number: int, each: Callable[[int], None]) -> None:
        for turn in range(12):
            with writing:
                put(store, Quad(NamedNode(f"urn:{number}"), NamedNode("urn:p"), Literal(f"{turn}")))
            each(turn)

    with ThreadPoolExecutor(5) as pool:
        tasks = [pool.submit(work, n, lambda turn: store.flush()) for n in range(4)]
        tasks.append(pool.submit(work, 4, lambda turn: store.snapshot(tmp_path / f"copy-{turn}")))
        for task in tasks:
            task.result(timeout=60)
    store.close()
    assert len(Store.read_only(str(tmp_path / "store" / DATA))) == 60


def test_a_store_written_anew_holds_what_it_held(store: OxigraphStore, tmp_path: Path) -> None:
    put(store, *(Quad(NamedNode(f"urn:{n}"), NamedNode(f"urn:p{n % 7}"), Literal(n)) for n in range(500)), FIRST)
    rows = sorted(map(str, store.select("SELECT ?s ?p ?o { ?s ?p ?o }")))
    left = compact(store, least=LARGE)
    assert left.before == left.after > 0
    done = compact(store, least=0)
    assert done.after > 0
    assert sorted(map(str, store.select("SELECT ?s ?p ?o { ?s ?p ?o }"))) == rows
    assert len(rows) == 501


def test_only_a_store_in_a_folder_is_written_anew() -> None:
    store = OxigraphStore(Store())
    with pytest.raises(StoreError, match="only a store in a folder"):
        compact(store, least=0)
