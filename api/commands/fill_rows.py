"""Rows to fill and what became of them, whatever file they stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row's article is: a file, or its text as given. Rows of equal sources are answered from one reading."""

    path: Path | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands ("line 3"), its question, its article; or ``error``, which says why it is none."""

    place: str
    id: str | int
    asked: Mapping[str, str | None]
    source: Source | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a row: the contract's answer, or ``error``."""

    row: Row
    answer: Mapping[str, Any] | None
    error: str | None = None


class Rows(Protocol):
    """A file of rows that can be given back with what was filled in."""

    @property
    def rows(self) -> Sequence[Row]:
        """The rows in the order of the file."""
        ...

    def filled(self, results: Sequence[Result]) -> bytes:
        """The same file with the results, one for each row and in their order."""
        ...


def plain_number(value: float) -> int | float:
    """The number without a point that says nothing."""
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value
