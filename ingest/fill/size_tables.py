"""Sizes of arms as tables tell them: "X (n = 59)" in a head, a row of N below the heads, a row "Number of patients"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.article import Span
from ingest.fill.roles import no_arm
from ingest.fill.size_model import ArmSize, SizeKind
from ingest.fill.size_words import FEWEST, sizes_in
from ingest.study_sizes import PEOPLE
from ingest.tabular import Cell, Table

_GIVEN = re.compile(r"[(\[,;:]?\s*\b[nN]\s*=\s*(?P<n>\d[\d,]*)\s*[)\]]?")
_ONLY = re.compile(r"\(?\s*[nN]\s*=\s*(?P<n>\d[\d,]*)\s*\)?")
_COUNT = re.compile(r"(?P<n>\d[\d,]*)(?:\s*[(\[]\s*(?:100|\d[\d.·]*)\s*%?\s*[)\]])?")
_PEOPLE_ROW = re.compile(
    rf"(?:(?:total\s+)?(?:no\.?|number|total)\s+(?:of\s+)?{PEOPLE}(?:\s+(?:randomi[sz]ed|analy[sz]ed|included))?"
    rf"|{PEOPLE}(?:,?\s*(?:no\.?|n|number))?|[nN]|sample\s+size)\W*(?:\(n\))?",
    re.I,
)
HEAD_ROWS = 4


def table_sizes(table: Table, view: str) -> Iterator[ArmSize]:
    """What heads, stubs, caption and rows of people of one table say; ``view`` is the article's text.

    A head above a size gives its name ("Group A" over "(n = 50)"). Rows that count people are read near the head.
    """
    for cell in table.cells:
        m = _GIVEN.search(cell.text)
        if m is None or cell.span is None:
            continue
        name = (cell.text[: m.start()] + " " + cell.text[m.end() :]).strip(" ,;:")
        if not re.search(r"[A-Za-z]", name) and _ONLY.fullmatch(cell.text.strip()):
            name = _above(table, cell)
        if re.search(r"[A-Za-z]", name):
            yield from _made(name, m["n"], cell.span.start + m.start("n"), table)
    for cell in table.cells:
        if cell.column == 0 and cell.row < HEAD_ROWS + 3 and _PEOPLE_ROW.fullmatch(cell.text.strip()):
            yield from _people(table, cell)
    for span in (table.caption, *table.notes):
        if span is not None:
            for told in sizes_in(span.of(view), span.start):
                yield ArmSize(told.name, told.size, SizeKind.TABLE, told.span, table.span)


def _above(table: Table, cell: Cell) -> str:
    """The words of the nearest cell above that has some and does not stretch over more than the arm's columns."""
    for row in range(cell.row - 1, -1, -1):
        head = table.at(row, cell.column)
        if head is not None and re.search(r"[A-Za-z]", head.text):
            return head.text
    return ""


def _people(table: Table, stub: Cell) -> Iterator[ArmSize]:
    for column in range(1, table.width):
        cell, head = table.at(stub.row, column), table.at(max(stub.row - 1, 0), column)
        names = [c.text for r in range(stub.row) if (c := table.at(r, column)) is not None and c.columns <= 3]
        name = next((n for n in reversed(names) if re.search(r"[A-Za-z]", n) and not no_arm(n)), "")
        m = _COUNT.fullmatch(cell.text.strip()) if cell is not None else None
        if cell is None or cell.span is None or head is None or m is None or not name:
            continue
        yield from _made(name, m["n"], cell.span.start + cell.text.index(m["n"]), table)


def _made(name: str, printed: str, start: int, table: Table) -> Iterator[ArmSize]:
    size = int(printed.replace(",", ""))
    if size >= FEWEST:
        yield ArmSize(name, size, SizeKind.TABLE, Span(start, start + len(printed)), table.span)
