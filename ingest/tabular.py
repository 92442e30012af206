"""A table of an article as a grid whose every cell is also a range of the article's text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ingest.article import Span


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``row`` and ``column`` are zero-based places of its upper left corner in the grid.

    ``span`` is None for an empty cell. ``rows`` and ``columns`` count what it covers. ``header`` as the source marks
    it (a head row or a heading cell). ``indent`` is how far the words are set in, in blanks; it only compares within a
    column. ``raised`` are ranges of the text that are footnote marks. Marks of digits, and exponents, which are no
    marks, are written in superscript characters ("0.04²", "10⁹/L").
    """

    row: int
    column: int
    text: str
    span: Span | None
    rows: int = 1
    columns: int = 1
    header: bool = False
    indent: int = 0
    raised: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if self.row < 0 or self.column < 0 or self.rows < 1 or self.columns < 1:
            raise ValueError(f"no such place of a cell: {self.row}, {self.column} over {self.rows} x {self.columns}")
        if (self.span is None) != (not self.text) or (self.span is not None and len(self.span) != len(self.text)):
            raise ValueError(f"cell {self.text!r} is not as long as its range {self.span}")


@dataclass(frozen=True)
class Table:
    """A table: its range in the text (label, caption, cells and notes), and its cells in reading order.

    ``id`` is unique in its article; ``label`` as printed ("Table 2"). ``head_rows`` is how many rows the source gives
    as head, 0 where it says nothing. A table whose cells the source does not have (a picture, or more of them than
    picograph reads) has none; ``note`` then says why.
    """

    id: str
    span: Span
    cells: tuple[Cell, ...] = ()
    label: str | None = None
    caption: Span | None = None
    notes: tuple[Span, ...] = ()
    head_rows: int = 0
    note: str | None = None

    @cached_property
    def height(self) -> int:
        """Rows of the grid."""
        return max((c.row + c.rows for c in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        """Columns of the grid."""
        return max((c.column + c.columns for c in self.cells), default=0)

    @cached_property
    def places(self) -> dict[tuple[int, int], Cell]:
        """The cell that covers each place (row, column); places that no cell covers are left out."""
        return {place: cell for cell in self.cells for place in _covered(cell)}

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place; None where there is none."""
        return self.places.get((row, column))


def _covered(cell: Cell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.rows):
        for column in range(cell.column, cell.column + cell.columns):
            yield row, column
