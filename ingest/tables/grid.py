"""A table as rows and columns with the headings above each: head, stub, sections, sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ingest.article import Span
from ingest.tables.cells import Figures, read_cell
from ingest.tables.marks import Role, marks_of, role_of, size_in, span_in, unmarked
from ingest.tabular import Cell, Table

MAX_STUB = 5
"""Columns that can head the rows."""
_COUNTED = re.compile(r"%|(?:mean|median)\s+(?:scores?|changes?|differences?|values?)\b|(?:change|Δ)\s+from\b", re.I)
_EMPTY = re.compile(r"[\s–—−.\-*/]*|n\.?/?a\.?|nd|nr|ns", re.I)


@dataclass(frozen=True, slots=True)
class Heading:
    """Words that head a row or a column. ``text`` is without footnote marks; ``marks`` are those."""

    text: str
    span: Span
    role: Role
    marks: tuple[str, ...] = ()
    key: tuple[int, int] = (0, 0)
    """Of a row: its column in the stub and its indent; of a column: the row it stands in and its place there."""


@dataclass(frozen=True, slots=True)
class Size:
    """A group's size as a heading or a row of sizes prints it."""

    value: int
    span: Span


@dataclass(frozen=True, slots=True)
class Line:
    """One row with numbers: the headings to its left, from the broadest to its own, and what heads its columns now."""

    row: int
    path: tuple[Heading, ...]
    panel: int = 0


@dataclass
class _Panel:
    """What heads the columns from one row on."""

    heads: dict[int, tuple[Heading, ...]]
    sizes: dict[int, Size]


@dataclass
class Grid:
    """The reading of a table's frame; ``text`` is the article's."""

    table: Table
    text: str
    lines: list[Line] = field(default_factory=list)
    _panels: list[_Panel] = field(default_factory=list)
    _sections: list[tuple[Heading, bool | None]] = field(default_factory=list)
    _last: tuple[Heading, ...] = ()
    _bare: set[Span] = field(default_factory=set)

    @classmethod
    def of(cls, table: Table, text: str) -> Grid:
        """Read the frame of ``table``."""
        grid = cls(table, text)
        grid._panels.append(_Panel({c: grid._head(c) for c in range(grid.stub, table.width)}, {}))
        for column, heads in grid._panels[0].heads.items():
            if (size := grid._size(heads)) is not None:
                grid._panels[0].sizes[column] = size
        for row in range(grid.head, table.height):
            grid._read(row)
        return grid

    @cached_property
    def figures(self) -> dict[tuple[int, int], Figures]:
        """The numbers of each cell that is numbers, by the place of its upper left corner."""
        return {(c.row, c.column): found for c in self.table.cells if (found := read_cell(c, self.text)) is not None}

    @cached_property
    def head(self) -> int:
        """How many rows are the head: as the source says, else those above the first row with numbers."""
        table = self.table
        if 0 < table.head_rows < table.height:
            return table.head_rows
        rows = [c.row for c in table.cells if c.column and (c.row, c.column) in self.figures]
        return min(rows, default=1 if table.height else 0)

    @cached_property
    def stub(self) -> int:
        """How many columns head the rows: those on the left that hold words, or the times of what is left of them."""
        width = self.table.width
        stub = 1
        for column in range(1, min(MAX_STUB, width - 1)):
            cells = {c for r in range(self.head, self.table.height) if (c := self.table.at(r, column)) and c.text}
            own = [c for c in cells if c.column == column and c.columns == 1]
            numbers = [c for c in own if (c.row, c.column) in self.figures]
            heads = [role_of(h.text) for h in self._head(column)]
            if own and len(numbers) > 0.3 * len(own) and not self._times(heads, numbers):
                break
            if not own and not any(c.column < column for c in cells):
                if not any(heads):
                    stub = column + 1
                    continue
                break
            if own and any(role in (Role.P_VALUE, Role.TEST) for role in heads):
                break
            stub = column + 1
        return min(stub, max(1, width - 1))

    def heads(self, line: Line, column: int) -> tuple[Heading, ...]:
        """What heads ``column`` at ``line``, from the top."""
        return self._panels[line.panel].heads.get(column, ())

    def size(self, line: Line, column: int) -> Size | None:
        """The size of the group whose column it is at ``line``; None where the table gives none."""
        return self._panels[line.panel].sizes.get(column)

    def cells(self, line: Line) -> Iterator[Cell]:
        """The cells of a line that are no headings, from left to right."""
        seen = None
        for column in range(self.stub, self.table.width):
            cell = self.table.at(line.row, column)
            if cell is not None and cell is not seen:
                yield cell
            seen = cell

    def _times(self, heads: list[Role], numbers: list[Cell]) -> bool:
        whole = all(
            len(f.numbers) == 1 and f.numbers[0].is_whole for c in numbers if (f := self.figures[c.row, c.column])
        )
        return bool(heads) and heads[-1] is Role.TIME and whole

    def _head(self, column: int) -> tuple[Heading, ...]:
        found: list[Heading] = []
        seen: Cell | None = None
        for row in range(self.head):
            cell = self.table.at(row, column)
            if cell is not None and cell is not seen and cell.span is not None:
                found.append(self._heading(cell, (cell.row, cell.column)))
            seen = cell
        return tuple(found)

    def _heading(self, cell: Cell, key: tuple[int, int]) -> Heading:
        assert cell.span is not None, "an empty cell heads nothing"
        words = unmarked(cell, self.text)
        bare = words.strip() or cell.text
        start = words.find(bare) if words.strip() else 0
        text = " ".join(bare.split())
        return Heading(text, span_in(cell, start, start + len(bare)), role_of(text), marks_of(cell, self.text), key)

    def _size(self, heads: tuple[Heading, ...]) -> Size | None:
        for heading in reversed(heads):
            found = size_in(heading.span.of(self.text))
            if found is not None:
                return Size(found[0], Span(heading.span.start + found[1], heading.span.start + found[2]))
        return None

    def _read(self, row: int) -> None:
        stub, data, wide = self._parts(row)
        full = [c for c in data if c.text and not _EMPTY.fullmatch(c.text)]
        heading = self._heading(stub[-1], (stub[-1].column, stub[-1].indent)) if stub else None
        own = [c for c in stub if c.row == row]
        if wide is not None or not full:
            top = wide or (own[0] if own else None)
            bare = wide is not None or not any(c.text for c in data)
            if top is not None and top.span is not None and top.row == row and bare:
                self._section(self._heading(top, (top.column, top.indent)))
            return
        if not any((c.row, c.column) in self.figures for c in full):
            self._words(full, heading if own else None)
            return
        if heading is None:
            self.lines.append(Line(row, self._last, len(self._panels) - 1))
            return
        self._line(row, stub, heading)

    def _parts(self, row: int) -> tuple[list[Cell], list[Cell], Cell | None]:
        """The row's headings, its other cells, and the one that runs over both."""
        cells = list(dict.fromkeys(c for k in range(self.table.width) if (c := self.table.at(row, k)) is not None))
        wide = next((c for c in cells if c.column < self.stub < c.column + c.columns and c.span), None)
        stub = [c for c in cells if c.column < self.stub and c is not wide and c.span is not None]
        return stub, [c for c in cells if c.column >= self.stub], wide

    def _section(self, heading: Heading) -> None:
        follows = bool(self._sections) and self._sections[-1][1] is None and self._sections[-1][0].key == heading.key
        self._sections = [s for s in self._sections if s[0].key < heading.key or (follows and s[0].key == heading.key)]
        self._sections.append((heading, None))
        self._bare.add(heading.span)
        self._last = tuple(s[0] for s in self._sections)

    def _words(self, full: list[Cell], heading: Heading | None) -> None:
        """A row of words: sizes of the groups from here on, or new heads of the columns."""
        sizes = {c.column: s for c in full if (s := self._size((self._heading(c, (c.row, c.column)),))) is not None}
        panel = self._panels[-1]
        if len(sizes) == len(full) and all(role_of(c.text) is Role.SIZE for c in full):
            new = {c: sizes[k] for k in sizes for c in self._under(full, k)}
            self._panels.append(_Panel(panel.heads, {**panel.sizes, **new}))
            if heading is not None:
                self._section(heading)
            return
        first = self.table.at(0, 0)
        kinds = [role_of(c.text) for c in full]
        said = sum(k not in (Role.NAME, Role.NOTHING) for k in kinds) >= max(2, len(kinds) / 2)
        again = heading is None or (first is not None and heading.text == first.text)
        if len(full) < 2 or not (again or said):
            return
        heads = dict(panel.heads)
        names = len({c.text for c in full if role_of(c.text) is Role.NAME}) > 1
        for cell in full:
            for column in range(cell.column, cell.column + cell.columns):
                kept = tuple(
                    h for h in self._panels[0].heads.get(column, ()) if h.role is not Role.STATISTIC
                    and not (names and h.role is Role.NAME)
                )  # fmt: skip
                heads[column] = (*kept, self._heading(cell, (cell.row, cell.column)))
        fresh = {c: s for c, h in heads.items() if (s := self._size(h)) is not None}
        self._panels.append(_Panel(heads, {**panel.sizes, **fresh}))

    def _under(self, full: list[Cell], column: int) -> range:
        cell = next(c for c in full if c.column == column)
        return range(cell.column, cell.column + cell.columns)

    def _line(self, row: int, stub: list[Cell], heading: Heading) -> None:
        firsts = tuple(self._heading(c, (c.column, c.indent)) for c in stub)
        key = firsts[0].key
        kept: list[tuple[Heading, bool | None]] = []
        part = heading.role is Role.STATISTIC or _COUNTED.match(heading.text) is not None
        for section, indented in self._sections:
            deeper = key > section.key
            if indented is None:
                indented = deeper or part  # then only its statistics are its own
            own = heading.role is Role.STATISTIC or (part and section.span in self._bare)
            if deeper or (key == section.key and (not indented or own)):
                kept.append((section, indented))
        self._sections = kept
        above = tuple(s[0] for s in kept)
        if heading.role in (Role.STATISTIC, Role.SIZE) and len(firsts) == 1:
            base = self._last if self._last and self._last[0].key <= key else above
            path = (*(h for h in base if h not in firsts), *firsts)
        else:
            path = (*above, *firsts)
            self._last = path
            self._sections += [(first, True) for first in firsts]
        self.lines.append(Line(row, tuple(dict.fromkeys(path)), len(self._panels) - 1))
