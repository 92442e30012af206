"""The words of a table on a page cut into rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.building import MAX_CELLS
from ingest.readers.pdf_lines import main_size, pieces_of, rows_of
from ingest.readers.pdf_pages import Page, Word
from ingest.readers.pdf_wrapped import wrapped
from ingest.readers.raised import is_power, raise_words
from ingest.readers.raw_tables import Piece, RawCell

_GAP = 0.45
"""Of the size of the letters: the least blank between two columns."""
UNKNOWN_COLUMNS = "its columns could not be told"


@dataclass(frozen=True)
class Region:
    """Where a table stands on its page, in points, and its horizontal rules (x0, y, x1)."""

    x0: float
    x1: float
    top: float
    bottom: float
    rules: tuple[tuple[float, float, float], ...] = ()

    def holds(self, word: Word) -> bool:
        """True for a word within."""
        y = (word.top + word.bottom) / 2
        return self.x0 - 4 <= word.x0 and word.x1 <= self.x1 + 4 and self.top - 1 <= y <= self.bottom + 1


def segments(row: Sequence[Word]) -> list[list[Word]]:
    """Words of a row that stand together as in running text."""
    out: list[list[Word]] = []
    for word in sorted(row, key=lambda w: w.x0):
        if out and word.x0 - max(w.x1 for w in out[-1]) < 0.75 * max(word.size, out[-1][-1].size):
            out[-1].append(word)
        else:
            out.append([word])
    return out


def cut_grid(words: Sequence[Word], region: Region, page: Page) -> tuple[list[list[RawCell]], int, str | None]:
    """Rows of cells, how many of them are head, and why there are none.

    Columns are told by what no row of the body covers. Where they cannot be told there are no cells: a value in the
    wrong column would be worse than none.
    """
    if not words:
        return [], 0, "a picture"
    rows = rows_of(words)
    whole = [r[1] for r in region.rules if r[2] - r[0] > 0.9 * (region.x1 - region.x0)]
    inner = [y for y in whole if region.top + 4 < y < region.bottom - 4]
    heads = _heads(rows, inner[:1] or [r[1] for r in region.rules if region.top + 4 < r[1] < region.bottom - 4][-1:])
    if not inner and any(part[0].text[:1].isdigit() for row in rows[:1] for part in segments(row)[1:]):
        heads = 0
    body = [row for row in rows[heads or 1 :] if len(segments(row)) > 1] or rows[heads:]
    columns = _columns(body, region, page)
    if len(columns) < 2 or len(rows) < 2 or len(rows) * len(columns) > MAX_CELLS:
        return [], 0, UNKNOWN_COLUMNS
    out: list[list[RawCell]] = []
    for number, row in enumerate(rows):
        cells = _cells(row, columns, region, header=number < heads, upper=number < heads - 1)
        if cells is None:
            return [], 0, UNKNOWN_COLUMNS
        out.append(cells)
    tops = [min(w.top for w in row) for row in rows]
    return *wrapped(out, heads, tops, [r[1] for r in region.rules]), None


def _heads(rows: Sequence[Sequence[Word]], rules: Sequence[float]) -> int:
    """How many rows stand above the rule below the head; without one, the first row and those below without a stub."""
    if rules:
        return sum(1 for row in rows if max(w.bottom for w in row) <= rules[0] + 3)
    left = min(row[0].x0 for row in rows)
    without = next((n for n, row in enumerate(rows) if n and row[0].x0 < left + 2 * main_size(row)), 1)
    return min(without, len(rows) - 1)


def _columns(body: Sequence[Sequence[Word]], region: Region, page: Page) -> list[tuple[float, float]]:
    """Ranges that the words of the body cover, parted by what none covers or by walls."""
    size = main_size([w for row in body for w in row])
    ranges = sorted((w.x0, w.x1) for row in body for w in row)
    out: list[tuple[float, float]] = []
    walls = [x for x, top, bottom in page.walls if top < region.bottom and bottom > region.top]
    for x0, x1 in ranges:
        if out and x0 - out[-1][1] < _GAP * size and not any(out[-1][1] - 1 <= x <= x0 + 1 for x in walls):
            out[-1] = (out[-1][0], max(out[-1][1], x1))
        else:
            out.append((x0, x1))
    return out


def _cells(
    row: Sequence[Word], columns: Sequence[tuple[float, float]], region: Region, header: bool, upper: bool
) -> list[RawCell] | None:
    """The cells of a row; None where two runs of words fall into one place. ``upper``: a head row but the last one."""
    placed: list[tuple[int, int, list[Word]]] = []
    for part in segments(row):
        x0, x1 = part[0].x0, max(w.x1 for w in part)
        first, last = _reach(x0, x1, columns)
        if header:
            first, last = _over(part, x0, x1, columns, region, upper) or (first, last)
        elif last > first:
            split = [[w for w in part if _reach(w.x0, w.x1, columns)[0] == n] for n in range(first, last + 1)]
            if (
                sum(map(len, split)) == len(part)
                and all(split)
                and all(len({_reach(w.x0, w.x1, columns) for w in s}) == 1 for s in split)
            ):
                placed += [(first + n, first + n, s) for n, s in enumerate(split)]
                continue
        placed.append((first, last, part))
    cells: list[RawCell] = []
    column = 0
    for first, last, part in placed:
        if first < column:
            if not (header and cells and first == last == column - 1):
                return None
            cells[-1] = RawCell([*cells[-1].pieces, (" ", False), *_pieces(part)], 1, cells[-1].columns, header)
            continue
        cells += [RawCell((), 1, 1, header)] * (first - column)
        indent = round(max(0.0, part[0].x0 - columns[0][0]) / (0.5 * main_size(part))) if first == 0 else 0
        cells.append(RawCell(_pieces(part), 1, last - first + 1, header, indent))
        column = last + 1
    return cells + [RawCell((), 1, 1, header)] * (len(columns) - column)


def _reach(x0: float, x1: float, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """First and last column that a range touches; the nearest where it touches none."""
    touched = [n for n, (a, b) in enumerate(columns) if min(b, x1) - max(a, x0) > 0.5]
    if touched:
        return touched[0], touched[-1]
    middle = (x0 + x1) / 2
    near = min(range(len(columns)), key=lambda n: abs((columns[n][0] + columns[n][1]) / 2 - middle))
    return near, near


def _over(
    part: Sequence[Word], x0: float, x1: float, columns: Sequence[tuple[float, float]], region: Region, upper: bool
) -> tuple[int, int] | None:
    """The columns that words of an ``upper`` row are about: those that a rule just below them goes over, else those
    over whose middle they stand. None where neither says so.
    """
    if not upper:
        return None
    low, middle = max(w.bottom for w in part), (x0 + x1) / 2
    for a, y, b in region.rules:
        if b - a < 0.9 * (region.x1 - region.x0) and -3 < y - low < 8 and a <= middle <= b:
            return _reach(a, b, columns)
    ranges = [(n, m) for n in range(len(columns)) for m in range(n, len(columns))]
    off = {(n, m): abs((columns[n][0] + columns[m][1]) / 2 - middle) for n, m in ranges if n == m or n > 0}
    alone = min(range(len(columns)), key=lambda n: min(off[n, n], abs(columns[n][0] - x0), abs(columns[n][1] - x1)))
    if min(off[alone, alone], abs(columns[alone][0] - x0), abs(columns[alone][1] - x1)) < 2:
        return alone, alone
    best = min(off, key=lambda reach: (off[reach], reach[1] - reach[0]))
    return best if off[best] < 0.6 * main_size(part) else None


def _pieces(words: Sequence[Word]) -> list[Piece]:
    out: list[Piece] = []
    before = ""
    for text, high in pieces_of(words):
        power = raise_words(text.strip()) if high and is_power(before, text.strip()) else None
        out.append((text, high) if power is None else (power, False))
        before += out[-1][0]
    return out
