"""Many who write, flush and copy an embedded store at once: none waits for ever, nothing counts as safe too soon."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.errors import StoreError
from graph.operations.compacting import LARGE, compact
from graph.oxigraph_store import OxigraphStore

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


def test_writing_flushing_and_copying_at_once_come_to_an_end(tmp_path: Path) -> None:
    store = OxigraphStore(Store(str(tmp_path / "store")), folder=tmp_path)
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
    assert len(Store.read_only(str(tmp_path / "store"))) == 60


def test_a_store_written_anew_holds_what_it_held(tmp_path: Path) -> None:
    store = OxigraphStore(Store(str(tmp_path / "oxigraph")), folder=tmp_path)
    put(store, *(Quad(NamedNode(f"urn:{n}"), NamedNode(f"urn:p{n % 7}"), Literal(n)) for n in range(500)), FIRST)
    rows = sorted(map(str, store.select("SELECT ?s ?p ?o { ?s ?p ?o }")))
    left = compact(store, tmp_path, least=LARGE)
    assert left.before == left.after > 0
    done = compact(store, tmp_path, least=0)
    assert done.after > 0
    assert sorted(map(str, store.select("SELECT ?s ?p ?o { ?s ?p ?o }"))) == rows
    assert len(rows) == 501
    store.close()


def test_only_a_store_in_a_folder_is_written_anew() -> None:
    store = OxigraphStore(Store())
    with pytest.raises(StoreError, match="only a store in a folder"):
        compact(store, None, least=0)
