"""Tables drawn with pipes in Markdown: their cells are ranges of the very text, of which nothing is changed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt

from ingest.article import Section, SectionKind, Span
from ingest.readers.building import MAX_CELLS
from ingest.readers.pipe_captions import caption_after, caption_before, labelled_caption, trim
from ingest.readers.table_captions import NOTE_WORDS
from ingest.tabular import Cell, Table

MAX_TABLES = 1_000
"""Tables of one text; more than them are not looked for."""
MAX_LINES = 100_000
"""Lines that are looked at for tables."""
_BLOCK = re.compile(r"(?:^[ \t]*[^\s][^\n]*(?:\n|\Z))+", re.M)
_RULE = re.compile(r"^[ ]{0,3}(?=[^\n|]*\|)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\r?$", re.M)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_PIPE = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.M)
_GLUED = re.compile(r"[a-z][A-Z]")
"""A mark that has lost its height: "aReprinted with permission"."""
_DEFINES = re.compile(r"[^\s=]{1,20}\s=\s[^\W\d]")
_INSET = re.compile(r"(?:&nbsp;|\s)*")
_ONE_COLUMN = re.compile(r"\s{0,12}\|?[^|]{0,40}")
_LONG_NOTE = 60


@dataclass
class _Grid:
    cells: list[Cell] = field(default_factory=list)
    notes: list[Span] = field(default_factory=list)
    head: int = 0
    note: str | None = None


def find_pipe_tables(text: str, offset: int = 0) -> list[Table]:
    """The tables in ``text`` from ``offset`` on, in order. Rows that do not have a cell for each column are left out.

    A row with one cell goes over all columns. A table's range takes in its caption and its notes.
    """
    out: list[Table] = []
    end, looked_at = offset, 0
    fences = [m.start() for m in _FENCE.finditer(text, offset)]
    for block in _BLOCK.finditer(text, offset):
        rule = _RULE.search(block[0])
        if rule is None or bisect_right(fences, block.start()) % 2 == 1:
            continue
        lines = list(_lines(text, block.start(), block.end()))
        looked_at += len(lines)
        if looked_at > MAX_LINES or len(out) >= MAX_TABLES:
            break
        for first, last in _places([text[a:b] for a, b in lines]):
            table = _table(text, lines[first:last], f"table-{len(out) + 1}", end)
            if table is not None:
                out.append(table)
                end = table.span.end
    return out


def with_tables(text: str, sections: Sequence[Section], tables: Sequence[Table]) -> list[Section]:
    """``sections`` without the ranges of the tables, and a section of its own for each table."""
    if not tables:
        return list(sections)
    out = [Section(t.span, SectionKind.TABLE, t.label) for t in tables]
    for section in sections:
        start = section.span.start
        for table in tables:
            if table.span.overlaps(section.span):
                out += _piece(text, section, start, min(table.span.start, section.span.end))
                start = max(start, table.span.end)
        out += _piece(text, section, start, section.span.end)
    return sorted(out, key=lambda s: s.span)


def _piece(text: str, section: Section, start: int, end: int) -> list[Section]:
    words = text[start:end]
    if start >= end or not words.strip():
        return []
    first = start + len(words) - len(words.lstrip())
    return [Section(Span(first, first + len(words.strip())), section.kind, section.name)]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _places(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First line of each table in a block, and the line behind it.

    The parser is given one column of each table: what ends one is told by how a line begins.
    """
    short = [line[:40] for line in lines]
    for number in range(1, len(lines)):
        if _RULE.fullmatch(lines[number]):
            alike = len(list(_cells(lines[number], 0, len(lines[number])))) == len(
                list(_cells(lines[number - 1], 0, len(lines[number - 1])))
            )
            short[number] = "|-|" if alike else "x"
            head = _ONE_COLUMN.match(lines[number - 1])
            if alike and head and "|" in lines[number - 1] and short[number - 1] != "|-|":
                short[number - 1] = head[0] + "|"
    for token in _parser().parse("\n".join(short)):
        if token.type == "table_open" and token.level == 0 and token.map:
            yield token.map[0], token.map[1]


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each line, without what ends it."""
    for line in _LINE.finditer(text, start, end):
        yield line.start(), line.start() + len(line[0].rstrip("\r\n"))


def _table(text: str, lines: Sequence[tuple[int, int]], name: str, floor: int) -> Table | None:
    start, end = lines[0][0], lines[-1][1]
    if sum(text.count("|", *line) for line in lines) > 2 * MAX_CELLS:
        grid = _Grid(note=f"more than {MAX_CELLS:,} cells")
    else:
        grid = _grid(text, lines)
    caption = caption_before(text, start, floor) or caption_after(text, end)
    label = None
    if caption is not None:
        start, end = min(start, caption.start), max(end, caption.end)
        label, caption = labelled_caption(text, caption)
    if not grid.cells and grid.note is None:
        return None
    span = Span(*trim(text, start, end))
    return Table(name, span, tuple(grid.cells), label, caption, tuple(sorted(grid.notes)), grid.head, grid.note)


def _grid(text: str, lines: Sequence[tuple[int, int]]) -> _Grid:
    grid = _Grid()
    left_out, number, width = 0, 0, 0
    for place, line in enumerate(lines):
        row = list(_cells(text, *line)) if "|" in text[slice(*line)] else []
        filled = [c for c in row if c[0] < c[1]]
        width = width or len(row)
        if not row:
            grid.notes.append(Span(*trim(text, *line)))
        elif place == 1 or not filled or all(re.fullmatch(r":?-+:?", text[a:b]) for a, b in filled):
            continue
        elif place and len(filled) == 1 and filled[0] == row[0] and _is_note(text[slice(*filled[0])]):
            grid.notes.append(Span(*filled[0]))
        elif len(row) == width or (len(row) == 1 and re.search(r"[^\W\d_]", text[slice(*filled[0])])):
            whole = width if len(row) == 1 else 1
            grid.cells += [_cell(text, number, column, c, whole, not place) for column, c in enumerate(row)]
            grid.head += not place
            number += 1
        else:
            left_out += 1
    if left_out:
        grid.note = f"{left_out} rows left out, which do not have a cell for each column"
    return grid


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of the words of each cell in a line; what emphasises a whole cell is left out."""
    start, end = trim(text, start, end)
    start += text.startswith("|", start)
    if end > start and text[end - 1] == "|" and text[end - 2] != "\\":
        end -= 1
    places = [m.start() for m in _PIPE.finditer(text, start, end)]
    for first, last in zip([start, *(p + 1 for p in places)], [*places, end], strict=True):
        m = _INSET.match(text, first, last)
        a, b = trim(text, m.end() if m else first, last)
        for mark in ("**", "__", "*", "_"):
            if (
                b - a > 2 * len(mark)
                and text.startswith(mark, a)
                and text.endswith(mark, a, b)
                and (mark not in text[a + len(mark) : b - len(mark)])
            ):
                a, b = trim(text, a + len(mark), b - len(mark))
        yield a, b


def _cell(text: str, row: int, column: int, place: tuple[int, int], columns: int, header: bool) -> Cell:
    start, end = place
    words = text[start:end]
    before = text[text.rfind("|", max(0, start - 200), start) + 1 : start]
    indent = len(re.findall(r"&nbsp;|\xa0|\u2003", before))
    return Cell(row, column, words, Span(start, end) if words else None, 1, columns, header, indent)


def _is_note(words: str) -> bool:
    if _DEFINES.match(words):
        return True
    told = words.rstrip("*_").endswith(".") or NOTE_WORDS.match(words) or _GLUED.match(words)
    return len(words) > _LONG_NOTE and bool(told)
