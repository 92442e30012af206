"""How threads share a store: writers one after the other, readers at one revision each."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import TypeVar

from graph.errors import StoreError
from graph.reading import Reader
from graph.sharing import Change
from graph.state import StoreState
from graph.store import QuadStore
from graph.study_memory import StudyMemory
from ingest.terminology import Terminology

_TRIES = 2
_T = TypeVar("_T")


class Access:
    """A prepared store. Raises StoreFormatError, and changes nothing, when it holds something else."""

    def __init__(self, store: QuadStore, terminology: Terminology) -> None:
        self.store = store
        self._lock = RLock()
        self._state = StoreState(store)
        self._reader: Reader | None = None
        self._memory = StudyMemory()
        self._state.check()
        with self._lock, store.exclusive():
            self._state.prepare(terminology)

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
                self._reader = Reader(self.store, revision, self._memory)
            return self._reader

    def forget(self) -> None:
        """Read everything anew, whatever the revision says."""
        with self._lock:
            self._reader, self._memory = None, StudyMemory()

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
            except (StoreError, ValueError, KeyError):
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
            self.store.close()
