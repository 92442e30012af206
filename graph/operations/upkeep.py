"""The operations on one store: of a library that is open, or of a location that is opened for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.connection import without_credentials
from graph.errors import StoreFormatError
from graph.opening import MANIFEST, MEMORY, check_folder, open_store
from graph.operations.backups import Backup, back_up, read_only
from graph.operations.compacting import Compacted, compact
from graph.operations.figures import Figures, figures
from graph.operations.verifying import Progress, Verified, verify
from graph.state import StoreState
from graph.store import QuadStore


class Upkeep:
    """What keeps a store. ``folder`` is where it is, None where that is elsewhere."""

    def __init__(self, store: QuadStore, hold: Callable[[Callable[[], None]], int], folder: Path | None = None) -> None:
        """``hold`` runs what it is given while nobody writes, and gives the revision."""
        self._store, self._hold, self._folder = store, hold, folder

    def backup(self, folder: Path, made_at: str, keep: int | None = None) -> Backup:
        """A new backup below ``folder``; see ``back_up``."""
        return back_up(self._store, self._hold, folder, made_at, keep)

    def verify(self, *, shapes: bool = True, progress: Progress = lambda done, total: None) -> Verified:
        """What is wrong with the store; see ``verify``."""
        return verify(self._store, shapes=shapes, progress=progress)

    def compact(self) -> Compacted:
        """The store written anew where that makes it smaller; see ``compact``."""
        held: list[Compacted] = []
        self._hold(lambda: held.append(compact(self._store)))
        return held[0]

    def figures(self, *, triples: bool = True) -> Figures:
        """Counts, triples by graph, room on disk."""
        return figures(self._store, self._folder, triples=triples)


@contextmanager
def upkeep(location: str | Path) -> Iterator[Upkeep]:
    """The store at ``location``: a folder, a backup (which is only read), or a URL. Nothing is made or renewed.

    Raises StoreFormatError where there is no store of this format, else as ``open_store``.
    """
    text, folder = str(location), None
    if text == MEMORY:
        raise StoreFormatError("a store in memory is gone when its process ends; there is nothing to keep")
    if text.startswith(("http://", "https://")):
        store = open_store(text)
    else:
        folder = Path(location).expanduser().resolve()
        check_folder(folder)
        if not folder.exists() or not any(p for p in folder.iterdir() if not p.name.startswith("owner.")):
            raise StoreFormatError(f"there is no store at {folder}; `picograph store restore` makes one of a backup")
        store = read_only(folder) if (folder / MANIFEST).exists() else open_store(folder)
    try:
        state = StoreState(store)
        if not state.check():
            name = without_credentials(text) if folder is None else str(folder)
            raise StoreFormatError(f"{name} is an empty store; `picograph ingest` fills it")

        def hold(copy: Callable[[], None]) -> int:
            copy()
            return state.revision()

        yield Upkeep(store, hold, folder)
    finally:
        if folder is None or not (folder / MANIFEST).exists():
            store.close()
