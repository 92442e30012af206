"""A table in HTML, or in XML with the same names, to its rows: spans, head rows, raised marks and indents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from ingest.readers.building import MAX_CELLS, MAX_SPAN
from ingest.readers.raised import is_power, raise_words
from ingest.readers.raw_tables import Piece, RawCell, RawTable

_CELLS = ("td", "th")
_SKIPPED = frozenset({"script", "style", "template", "noscript"})
_APART = frozenset({"br", "break", "p", "div", "li", "tr", "td", "th", "title", "list-item", "dd", "dt"})
_STYLE = re.compile(r"(?:padding-left|margin-left|text-indent)\s*:\s*(\d{1,3}(?:\.\d{1,3})?)\s*(px|pt|em|rem|%|ch)")
_BLANKS = {"px": 1 / 5, "pt": 1 / 4, "em": 2.0, "rem": 2.0, "%": 1.0, "ch": 1.0}
_WIDE = {"\u2003": 2, "\u2002": 1, "\xa0": 1, "\u2001": 2, "\u3000": 2}


def tag_of(element: etree._Element) -> str:
    """The name of an element in small letters and without its namespace; "" for what is none (comments)."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def table_rows(table: etree._Element) -> tuple[list[list[RawCell]], int, str | None]:
    """Rows of the table, how many are head, and why there are none (too many cells). Nested tables are words."""
    rows: list[list[RawCell]] = []
    head_rows, cells = 0, 0
    for row, in_head in _rows(table):
        found = [c for c in row if tag_of(c) in _CELLS]
        cells += len(found)
        if cells > MAX_CELLS:
            return [], 0, f"more than {MAX_CELLS:,} cells"
        if not found:
            continue
        if in_head and head_rows == len(rows):
            head_rows += 1
        rows.append([_cell(c, in_head) for c in found])
    if not head_rows:  # nothing is marked as head: the rows at the top that hold heading cells only
        head_rows = next((n for n, row in enumerate(rows) if not all(c.header for c in row)), 0)
    return rows, head_rows, None


def with_rows(table: etree._Element, raw: RawTable) -> RawTable:
    """``raw`` with the rows of ``table`` in place of its own."""
    rows, head_rows, note = table_rows(table)
    return RawTable(rows, raw.label, raw.caption, raw.notes, head_rows, raw.id, note or raw.note)


def pieces_of(element: etree._Element) -> Iterator[Piece]:
    """The words of an element, and whether they are raised; blanks where lines or blocks part."""
    raised = skipped = 0
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        name = tag_of(node)
        if event == "start":
            raised += name == "sup"
            skipped += name in _SKIPPED
            if name in _APART and node is not element:
                yield " ", False
            if node.text and not skipped:
                yield node.text, bool(raised)
        elif event == "end":
            raised -= name == "sup"
            skipped -= name in _SKIPPED
            if name in _APART and node is not element:
                yield " ", False
        if event != "start" and node is not element and node.tail and not skipped:
            yield node.tail, bool(raised)


def words_of(element: etree._Element) -> str:
    """The words of an element in one string, with its white space as it is."""
    return "".join(words for words, _ in pieces_of(element))


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    for child in table:
        name = tag_of(child)
        if name == "tr":
            yield child, False
        elif name in ("thead", "tbody", "tfoot"):
            yield from ((row, name == "thead") for row in child if tag_of(row) == "tr")
        elif name == "table":
            yield from _rows(child)
            return


def _cell(cell: etree._Element, in_head: bool) -> RawCell:
    pieces = with_powers(p for p in pieces_of(cell) if p[0])
    header = in_head or tag_of(cell) == "th"
    return RawCell(pieces, _count(cell, "rowspan"), _count(cell, "colspan"), header, _indent(cell, pieces))


def with_powers(pieces: Iterable[Piece]) -> list[Piece]:
    """``pieces`` with exponents in superscript characters, which are no marks."""
    out: list[Piece] = []
    before = ""
    for words, high in pieces:
        power = raise_words(words) if high and is_power(before, words) else None
        out.append((words, high) if power is None else (power, False))
        before = (before + out[-1][0])[-40:]
    return out


def _count(cell: etree._Element, name: str) -> int:
    m = re.fullmatch(r"\s*\+?([0-9]{1,9})\s*", cell.get(name) or "")
    if m is None:
        return 1
    return int(m[1]) or MAX_SPAN  # 0: to the end of the rows


def _indent(cell: etree._Element, pieces: list[Piece]) -> int:
    blanks = 0.0
    first = cell
    for _ in range(3):  # the cell, or what alone stands in it
        m = _STYLE.search(first.get("style") or "")
        blanks += float(m[1]) * _BLANKS[m[2]] if m else 0.0
        if len(first) != 1 or (first.text or "").strip():
            break
        first = first[0]
    words = "".join(w for w, _ in pieces[:4])
    for char in words:
        if char not in _WIDE and not char.isspace():
            break
        blanks += _WIDE.get(char, 0)
    return round(blanks)
