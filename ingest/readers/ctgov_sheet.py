"""A table of a registry record before it stands in the text, and the results that it gives once it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.article import Span
from ingest.claim import Mention, TableSelector
from ingest.readers.ctgov_groups import Group, Pair
from ingest.readers.raw_tables import RawCell, RawTable
from ingest.registry import Result
from ingest.tabular import Cell, Table


@dataclass(frozen=True)
class Placed:
    """A table where it stands in the article's ``text``."""

    table: Table
    text: str

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell at a place, None where it is empty or was left out."""
        found = self.table.at(row, column)
        return found if found is not None and found.span is not None else None

    def row(self, row: int) -> Span | None:
        """The range of a row; None where it was left out."""
        return self.between(row, 0, self.width - 1)

    @cached_property
    def width(self) -> int:
        """Columns of the table."""
        return self.table.width

    def between(self, row: int, first: int, last: int) -> Span | None:
        """The range from the first to the last cell that is not empty of some columns of a row."""
        spans = [c.span for n in range(first, last + 1) if (c := self.cell(row, n)) is not None and c.span is not None]
        return Span(spans[0].start, spans[-1].end) if spans else None

    def mention(
        self, row: int, column: int, words: str = "", label: str | None = None, *, after: int = 0
    ) -> Mention | None:
        """A cell, or the first place of ``words`` in it from ``after`` on, as a mention; None where it is not there."""
        cell = self.cell(row, column)
        if cell is None or cell.span is None:
            return None
        words = words or cell.text
        at = cell.text.find(words, after)
        start = cell.span.start + at
        return None if at < 0 else Mention(words, Span(start, start + len(words)), label)

    def selector(self, row: int, column: int | None = None) -> TableSelector:
        """The place of a row, or of one of its cells, by the words of its heads."""
        heads = [self.cell(row, 0), self.cell(0, column) if column is not None else None]
        named = [() if head is None else (head.text,) for head in heads]
        return TableSelector(self.table.id, self.table.label, *named)

    def captioned(self, words: str) -> Mention | None:
        """``words`` of the caption as a mention."""
        caption = self.table.caption
        at = -1 if caption is None else caption.of(self.text).find(words)
        if caption is None or at < 0 or not words:
            return None
        return Mention(words, Span(caption.start + at, caption.start + at + len(words)))


@dataclass(frozen=True)
class Sheet:
    """A table to be written, and what gives its results when it stands in the text."""

    raw: RawTable
    results: Callable[[Placed], Iterable[Result]] | None = None


def row_of(cells: Iterable[str], *, header: bool = False) -> list[RawCell]:
    """Cells of plain words; the first is a heading, all are where ``header``."""
    return [RawCell(((text, False),), header=header or n == 0) for n, text in enumerate(cells)]


def head_row(first: str, groups: Sequence[Group]) -> list[RawCell]:
    """The head of a table with a column for each group."""
    return row_of([first, *(g.name for g in groups)], header=True)


def arms(placed: Placed, groups: Sequence[Group], pair: Pair) -> tuple[Mention | None, Mention | None]:
    """The groups of a pair as mentions of the table's head; None for all participants together."""

    def named(group: Group | None) -> Mention | None:
        if group is None or group.everyone:
            return None
        return placed.mention(0, 1 + groups.index(group))

    return named(pair.first), named(pair.second)
