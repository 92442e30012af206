"""The embedded store: Oxigraph in this process, on disk or in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Store

from graph.binding import Values, bind
from graph.errors import StoreError
from graph.store import Row, Triple, data_block
from graph.write_ahead import written_out

DATA = "oxigraph"
"""Below the folder of a store, the folder of Oxigraph's files."""
_LONGEST = 500_000
"""Quads written from which on the logs are sorted into tables: a store whose process was killed reads them first."""


class OxigraphStore:
    """A quad store in this process, in ``folder`` or in memory. ``release`` is called once, when it has been closed."""

    def __init__(self, store: Store, release: Callable[[], None] | None = None, folder: Path | None = None) -> None:
        self.folder = folder
        """See ``QuadStore``."""
        self._held: Store | None = store
        self._release = release
        self._flushing = Lock()
        self._applied = self._flushed = self._sorted = 0  # quads, of all writes so far

    @property
    def shared(self) -> bool:
        """See ``QuadStore``: this process owns it."""
        return False

    @property
    def _store(self) -> Store:
        if self._held is None:
            raise StoreError("the store is closed")
        return self._held

    def select(self, query: str, /, **values: Values) -> list[Row]:
        """See ``QuadStore``."""
        return self.solutions(bind(query, values))[1]

    def solutions(self, query: str, /) -> tuple[list[str], list[Row]]:
        """See ``QuadStore``."""
        with _named_failures():
            found = self._store.query(query)
            if not isinstance(found, QuerySolutions):
                raise StoreError("only SELECT queries give rows")
            return [name.value for name in found.variables], [tuple(solution) for solution in found]

    def describe(
        self, subjects: Iterable[NamedNode], only: NamedNode | None = None, graph: NamedNode | None = None, /
    ) -> list[Triple]:
        """See ``QuadStore``. Reads by pattern: a SELECT takes longer to plan than such a read takes in all."""
        with _named_failures():
            held, here = self._store, graph or DefaultGraph()
            quads = (quad for subject in subjects for quad in held.quads_for_pattern(subject, only, None, here))
            return [(quad.subject, quad.predicate, quad.object) for quad in quads]  # type: ignore[misc]

    def exclusive(self) -> AbstractContextManager[None]:
        """See ``QuadStore``: the lock on the folder keeps other processes out."""
        return nullcontext()

    def apply(
        self, removed: Collection[Quad], added: Collection[Quad], *, guard: Quad | None, proof: Quad | None
    ) -> None:
        """See ``QuadStore``. The caller holds the only writer lock, so neither guard nor proof is needed."""
        with _named_failures():
            if removed:
                old, new = data_block(removed), data_block(added)
                self._store.update(f"DELETE DATA {{\n{old}\n}} ;\nINSERT DATA {{\n{new}\n}}")
            else:
                self._store.extend(added)
            self._applied += len(removed) + len(added)

    def flush(self) -> None:
        """See ``QuadStore``. Who waits for another's flush needs no other where that one began behind his write."""
        mine = self._applied
        with self._alone():
            if self._flushed < mine:
                seen, long = self._applied, self._applied - self._sorted > _LONGEST
                if long or self.folder is None or not written_out(self.folder / DATA):
                    self._store.flush()
                    self._sorted = seen
                self._flushed = seen

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One thread at a time: of two that flush at once one can wait for ever (facebook/rocksdb, issue 12094)."""
        with self._flushing, _named_failures():
            yield

    def snapshot(self, target: Path) -> None:
        """See ``QuadStore``. Hard links where the file system has them; ``target`` must not exist."""
        with self._alone():
            if self.folder is not None:
                self._store.backup(str(target))
                return
            copy = Store(str(target))
            copy.bulk_extend(self._store)
            copy.flush()

    def rewrite(self, passing: Collection[Quad]) -> None:
        """See ``QuadStore``."""
        block = data_block(passing)
        with self._alone():
            self._store.update(f"INSERT DATA {{\n{block}\n}} ;\nDELETE DATA {{\n{block}\n}}")
            self._store.flush()
            self._store.optimize()

    def close(self) -> None:
        """See ``QuadStore``."""
        if self._held is None:
            return
        try:
            with self._alone():
                self._store.flush()
        finally:
            self._held = None
            if self._release is not None:
                self._release()


@contextmanager
def _named_failures() -> Iterator[None]:
    try:
        yield
    except (OSError, SyntaxError) as error:
        raise StoreError(f"the store failed: {error}") from error
