"""An article's text for its page: runs of marked text, and its tables as grids where they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from api.claim_schemas import ClaimOut
from api.marking import Piece, pieces
from api.schemas import ArticleOut, CellOut, GridOut

MAX_PLACES = 20_000
"""Places of the largest grid that is drawn; a larger table is shown as its lines of text."""
LOOKED_BACK = 8
"""Numbers before a cell that are looked at: one may run over two cells, a value and its interval."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell, or an empty place. ``claim`` is the one whose number stands in it."""

    text: str = ""
    rows: int = 1
    columns: int = 1
    header: bool = False
    claim: ClaimOut | None = None


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as rows of cells; ``starts`` are claims whose quote begins in it."""

    grid: GridOut
    rows: tuple[tuple[ShownCell, ...], ...]
    starts: tuple[ClaimOut, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text in pieces, or a table."""

    pieces: tuple[Piece, ...] = ()
    table: ShownTable | None = None


def blocks(found: ArticleOut, furniture: Sequence[tuple[int, int]]) -> list[Block]:
    """The whole text in order: each table that can be drawn as a grid, all else as marked text."""
    out: list[Block] = []
    place = 0
    for grid in sorted(found.tables, key=lambda t: t.start):
        if grid.start < place or not grid.cells or not _can_be_drawn(grid):
            continue
        if grid.start > place:
            out.append(_run(found, place, grid.start, furniture))
        out.append(Block(table=_shown(grid, found.claims)))
        place = grid.end
    if place < len(found.text):
        out.append(_run(found, place, len(found.text), furniture))
    return out


def _run(found: ArticleOut, start: int, end: int, furniture: Sequence[tuple[int, int]]) -> Block:
    return Block(tuple(pieces(found.text, found.claims, start, end, furniture)))


def _height(grid: GridOut) -> int:
    return max(cell.row + cell.rows for cell in grid.cells)


def _can_be_drawn(grid: GridOut) -> bool:
    width = max(cell.column + cell.columns for cell in grid.cells)
    return _height(grid) * width <= MAX_PLACES and sum(c.rows * c.columns for c in grid.cells) <= MAX_PLACES


def _shown(grid: GridOut, claims: Sequence[ClaimOut]) -> ShownTable:
    here = [c for c in claims if any(grid.start <= e.start < grid.end for e in c.effects)]
    numbers = sorted(((e.start, e.end, c) for c in here for e in c.effects), key=lambda n: (n[0], n[1]))
    starts_at = [start for start, _, _ in numbers]
    taken: set[tuple[int, int]] = set()
    lines: list[list[ShownCell]] = [[] for _ in range(_height(grid))]
    reached = [0] * len(lines)  # columns of each line that are written
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        line = lines[cell.row]
        for column in range(reached[cell.row], cell.column):
            if (cell.row, column) not in taken:
                line.append(ShownCell())
        claim = _claim_in(cell, numbers, starts_at)
        header = cell.header or cell.row < grid.head_rows
        line.append(ShownCell(cell.text, cell.rows, cell.columns, header, claim=claim))
        reached[cell.row] = max(reached[cell.row], cell.column + cell.columns)
        taken.update((cell.row + r, cell.column + c) for r in range(cell.rows) for c in range(cell.columns))
    starts = tuple(c for c in claims if grid.start <= c.quote.start < grid.end)
    return ShownTable(grid, tuple(map(tuple, lines)), starts)


def _claim_in(cell: CellOut, numbers: Sequence[tuple[int, int, ClaimOut]], starts: Sequence[int]) -> ClaimOut | None:
    """The claim with the first number that stands in the cell, or that goes on into it."""
    if cell.start is None or cell.end is None:
        return None
    first, behind = bisect_left(starts, cell.start), bisect_left(starts, cell.end)
    inside = numbers[first][2] if first < behind else None
    before = next(
        (c for start, end, c in reversed(numbers[max(0, first - LOOKED_BACK) : first]) if end > cell.start), None
    )
    return before or inside
