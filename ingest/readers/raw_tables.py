"""A table as a source has it, before its cells have places in a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Piece = tuple[str, bool]
"""Words of a cell, and whether they are raised (superscript)."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell as the source has it: words with what is raised, how many rows and columns it covers."""

    pieces: Sequence[Piece] = ()
    rows: int = 1
    columns: int = 1
    header: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as the source has it, row by row; ``head_rows`` of them are its head.

    ``note`` says why there are no cells where the source has none ("a picture").
    """

    rows: Sequence[Sequence[RawCell]] = ()
    label: str | None = None
    caption: str | None = None
    notes: Sequence[str] = ()
    head_rows: int = 0
    id: str | None = None
    note: str | None = None
