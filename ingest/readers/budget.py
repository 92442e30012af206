"""How far an input may unfold: against archives that are made to fill a disk or to take for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.readers.errors import ReadError

MAX_RATIO = 200
"""An input unpacks to at most this many times its own size, over all its layers; text packs ten times."""
SLACK = 20_000_000
"""Bytes that any input may unpack to, however small it is."""
MAX_UNPACKED = 100_000_000_000
MAX_MEMBERS = 1_000_000
MAX_ARCHIVES = 2
"""An archive may hold archives, and these no more of them."""
MAX_LAYERS = 5
"""Archives and packed files within each other: ``a.tar.gz`` that holds ``b.tar.gz`` with ``c.xml.gz`` has five."""


@dataclass
class Budget:
    """What one input has used up. ``size`` tells how many bytes of it were read, or how many it has."""

    name: str
    size: Callable[[], int]
    unpacked: int = 0
    members: int = 0
    spent: bool = False

    def gave(self, count: int) -> None:
        """``count`` more bytes were unpacked. Raises ReadError once it is too much; nothing more is read then."""
        self.unpacked += count
        if self.unpacked > SLACK + MAX_RATIO * self.size():
            self._end(f"it unpacks to more than {MAX_RATIO} times its size: given up")
        if self.unpacked > MAX_UNPACKED:
            self._end(f"it unpacks to more than {MAX_UNPACKED:,} bytes: given up")

    def member(self) -> None:
        """One more file of an archive. Raises ReadError once there are too many."""
        self.members += 1
        if self.members > MAX_MEMBERS:
            self._end(f"it holds more than {MAX_MEMBERS:,} files: given up")

    def _end(self, reason: str) -> None:
        self.spent = True
        raise ReadError(self.name, "archive", reason)
