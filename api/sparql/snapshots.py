"""Copies of the store that queries are answered from: one at a time, made anew when the library has moved on."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from api.sparql.errors import NoSnapshots
from graph.errors import StoreError
from graph.library import Library

FOLDER = "snapshots"
_PATIENCE = 0.5
"""Seconds that a query waits for a newer copy where there is an older one: writers come first."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy in ``folder`` of the library at ``revision``."""

    folder: Path
    revision: int


class Snapshots:
    """Copies beside the store (hard links where the file system has them), else in a temporary folder.

    What an earlier process left there is removed: the folder of a store belongs to one process.
    """

    def __init__(self, library: Library, *, renewal: float) -> None:
        self._library, self._renewal = library, renewal
        self._place: Path | None = None
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._present: Snapshot | None = None
        self._made_at = 0.0
        self._number = 0
        self._making: asyncio.Task[Snapshot] | None = None

    @property
    def newest(self) -> Snapshot | None:
        """The newest copy there is; None before the first one."""
        return self._present

    @property
    def place(self) -> Path:
        """The folder that all copies are in; it is made when it is first asked for."""
        if self._place is None:
            if (home := self._library.folder) is not None:
                self.remove_left()
                self._place = home / FOLDER
                self._place.mkdir()
            else:
                self._temporary = tempfile.TemporaryDirectory(prefix="picograph-sparql-")
                self._place = Path(self._temporary.name)
        return self._place

    def remove_left(self) -> None:
        """Delete what a process that was killed has left beside the store."""
        if self._place is None and self._library.folder is not None:
            shutil.rmtree(self._library.folder / FOLDER, ignore_errors=True)

    async def present(self) -> Snapshot:
        """The newest copy. It may lag behind the library by ``renewal`` seconds, by more while a write takes long.

        Raises NoSnapshots for a store that is somebody else's.
        """
        held = self._present
        if held is not None:
            young = time.monotonic() - self._made_at < self._renewal
            if young or self._library.revision() == held.revision:
                return held
        if self._making is None:
            self._making = asyncio.get_running_loop().create_task(self._renew())
        done, _ = await asyncio.wait({self._making}, timeout=None if held is None else _PATIENCE)
        if done:
            return next(iter(done)).result()
        assert held is not None
        return held

    def remove_others(self, kept: Collection[Path]) -> None:
        """Delete every copy but the newest and those in ``kept``."""
        if self._place is None or self._making is not None:
            return
        present = None if self._present is None else self._present.folder
        for folder in self._place.iterdir():
            if folder != present and folder not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Delete all copies."""
        if self._temporary is not None:
            self._temporary.cleanup()
        elif self._place is not None:
            shutil.rmtree(self._place, ignore_errors=True)
        self._place = self._temporary = self._present = None

    async def _renew(self) -> Snapshot:
        try:
            self._number += 1
            folder, began = self.place / str(self._number), time.monotonic()
            try:
                revision = await asyncio.to_thread(self._library.snapshot, folder)
            except StoreError as error:
                raise NoSnapshots(f"{error}; ask that store itself") from error
            self._present, self._made_at = Snapshot(folder, revision), began
            return self._present
        finally:
            self._making = None
