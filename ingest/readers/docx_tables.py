"""Tables of a Word file to raw tables: cells that go over columns and rows, rows marked as head."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ingest.readers.building import MAX_CELLS, MAX_SPAN
from ingest.readers.docx_words import W, pieces_of
from ingest.readers.markup_tables import with_powers
from ingest.readers.raw_tables import Piece, RawCell

_TWIPS_A_BLANK = 60


@dataclass
class _Open:
    """A cell that may go on in the next row."""

    pieces: list[Piece]
    columns: int
    header: bool
    indent: int
    rows: int = 1


def table_rows(table: etree._Element) -> tuple[list[list[RawCell]], int, str | None]:
    """Rows of the table, how many of them are head, and why there are none (too many cells)."""
    grid: list[list[_Open]] = []
    above: dict[int, _Open] = {}  # by column, the cell that a merged one would continue
    head_rows, count = 0, 0
    for row in table.iter(f"{W}tr"):
        if _owner(row) is not table:
            continue
        header = row.find(f"{W}trPr/{W}tblHeader") is not None
        cells: list[_Open] = []
        here: dict[int, _Open] = {}
        column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        if column:
            cells.append(_Open([], column, False, 0))
        for cell in row.iter(f"{W}tc"):
            if _owner(cell) is not table:
                continue
            count += 1
            columns = min(_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1), MAX_SPAN)
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
            before = above.get(column)
            if goes_on and before is not None and before.columns == columns:
                before.rows += 1
                here[column] = before
            else:
                new = _Open(with_powers(p for p in pieces_of(cell) if p[0]), columns, header, _indent(cell))
                cells.append(new)
                if merged is not None:
                    here[column] = new
            column += columns
        if count > MAX_CELLS:
            return [], 0, f"more than {MAX_CELLS:,} cells"
        above = here
        head_rows += header and head_rows == len(grid)
        grid.append(cells)
    rows = [[RawCell(c.pieces, c.rows, c.columns, c.header, c.indent) for c in cells] for cells in grid]
    return rows, head_rows, None


def _owner(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(f"{W}tbl"), None)


def _number(mark: etree._Element | None, default: int) -> int:
    value = "" if mark is None else mark.get(f"{W}val", "")
    return int(value) if value.isdecimal() and len(value) < 7 else default


def _indent(cell: etree._Element) -> int:
    inset = cell.find(f"{W}p/{W}pPr/{W}ind")
    value = "" if inset is None else inset.get(f"{W}left", inset.get(f"{W}start", ""))
    blanks = int(value) // _TWIPS_A_BLANK if value.isdecimal() and len(value) < 7 else 0
    first = cell.find(f"{W}p")
    words = "" if first is None else "".join(words for words, _ in pieces_of(first))
    lead = words[: len(words) - len(words.lstrip())]
    return min(100, blanks + sum(4 if c == "\t" else 1 for c in lead))
