"""How threads share a store: writers one after the other, readers at one revision each."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import RLock
from typing import TypeVar

from graph.errors import DamagedIndex, StoreError
from graph.index.side import SideIndex
from graph.reading import Reader
from graph.sharing import Change
from graph.state import StoreState
from graph.store import QuadStore
from graph.vocab import EV
from ingest.terminology import Terminology

_TRIES = 2
_IDENTITY = (("store", EV.storeId), ("terminology", EV.terminologyHash))
"""What says of which store, and of which names, a side index is."""
_T = TypeVar("_T")


class Access:
    """A prepared store. Raises StoreFormatError, and changes nothing, when it holds something else."""

    def __init__(self, store: QuadStore, terminology: Terminology, index: Path | None = None) -> None:
        """``index`` is the file of the side index; None keeps it in memory."""
        self.store = store
        self._lock = RLock()
        self._state = StoreState(store)
        self._reader: Reader | None = None
        self._state.check()
        with self._lock, store.exclusive():
            self._state.prepare(terminology)
        about = self._state.about()
        self._identity = {name: about.get(str(term), "") for name, term in _IDENTITY}
        self._index = SideIndex(index)

    def revision(self) -> int:
        """How many writes there were."""
        return self._state.revision()

    def reader(self) -> Reader:
        """The reader of the present revision."""
        revision, held = self.revision(), self._reader
        if held is not None and held.revision == revision:  # nearly always, and then no writer is waited for
            return held
        with self._lock:
            if self._reader is None or self._reader.revision != revision:
                self._reader = Reader(self.store, revision, self._indexed)
            return self._reader

    def forget(self) -> None:
        """Read everything anew, whatever the revision says."""
        with self._lock:
            self._reader = None

    def read(self, work: Callable[[Reader], _T]) -> _T:
        """What ``work`` finds at one revision: tried again when someone wrote meanwhile, at last with writers held."""
        for _ in range(_TRIES):
            generation = self._state.generation
            if generation % 2:
                with self._lock:
                    continue
            reader = self.reader()
            try:
                result = work(reader)
            except DamagedIndex:
                self._index.distrust()
                raise
            except (StoreError, ValueError, LookupError, sqlite3.Error):  # a write may have come between
                if self._undisturbed(generation, reader):
                    raise
                continue
            if self._undisturbed(generation, reader):
                return result
        with self._lock:
            return work(self.reader())

    def _undisturbed(self, generation: int, reader: Reader) -> bool:
        return self._state.generation == generation and self.revision() == reader.revision

    def write(self, attempt: Callable[[Reader], _T]) -> _T:
        """``attempt``, alone among the writers of this process and, on a shared store, of all."""
        with self._lock, self.store.exclusive():
            return attempt(self.reader())

    def apply(self, change: Change, reader: Reader) -> None:
        """Write what an attempt found to be changed; ``reader`` is the one it was given."""
        self._state.write(change.removed, change.added, reader.revision, change.log)

    def snapshot(self, copy: Callable[[], None]) -> int:
        """``copy`` with writers held; the revision that it saw."""
        with self._lock:
            copy()
            return self.revision()

    def close(self) -> None:
        """Give the store back, once no writer is at work."""
        with self._lock:
            self._index.close()
            self.store.close()

    def tell_indexing(self, progress: Callable[[int, int], None]) -> None:
        """Tell ``progress`` how many articles the index has read, and how many it has to read."""
        self._index.progress = progress

    def _indexed(self, reader: Reader) -> SideIndex:
        self._index.catch_up(reader, self._identity)
        return self._index
