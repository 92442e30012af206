"""Tables of an article as rows of JSON and back, without loss. Pure.

The words of a cell are those of the article's text at its range, so only ranges are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingest.article import Span
from ingest.tabular import Cell, Table

Row = list[Any]


def table_rows(tables: Sequence[Table], text: str) -> list[Row]:
    """Each table as a list of plain values. Raises ValueError for a cell whose words do not stand at its range."""
    return [
        [
            t.id,
            _pair(t.span),
            [_cell_row(cell, text) for cell in t.cells],
            t.label,
            None if t.caption is None else _pair(t.caption),
            [_pair(span) for span in t.notes],
            t.head_rows,
            t.note,
        ]
        for t in tables
    ]


def tables_from(rows: Sequence[Row], text: str) -> tuple[Table, ...]:
    """The inverse of ``table_rows``."""
    return tuple(
        Table(
            name,
            Span(*span),
            tuple(_cell_from(row, text) for row in cells),
            label,
            None if caption is None else Span(*caption),
            tuple(Span(*pair) for pair in notes),
            head_rows,
            note,
        )
        for name, span, cells, label, caption, notes, head_rows, note in rows
    )


_USUAL: Row = [1, 1, False, 0, []]
"""Rows, columns, header, indent and raised ranges of a plain cell."""


def _cell_row(cell: Cell, text: str) -> Row:
    """Place and range; behind them what is not as usual."""
    if cell.span is not None and cell.span.of(text) != cell.text:
        raise ValueError(f"the cell {cell.text!r} does not stand at {_pair(cell.span)}")
    start, end = (0, 0) if cell.span is None else (cell.span.start, cell.span.end)
    more: Row = [cell.rows, cell.columns, cell.header, cell.indent, [_pair(span) for span in cell.raised]]
    while more and more[-1] == _USUAL[len(more) - 1]:
        more.pop()
    return [cell.row, cell.column, start, end, *more]


def _cell_from(row: Row, text: str) -> Cell:
    line, column, start, end, *more = row
    rows, columns, header, indent, raised = [*more, *_USUAL[len(more) :]]
    span = Span(start, end) if end > start else None
    words = "" if span is None else span.of(text)
    return Cell(line, column, words, span, rows, columns, header, indent, tuple(Span(*pair) for pair in raised))


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
