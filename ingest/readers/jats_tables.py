"""Tables of JATS (the HTML and the CALS model) as raw tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from ingest.readers.building import MAX_CELLS, clean_words
from ingest.readers.jats_words import Line, all_words, plain, runs_of, words_of
from ingest.readers.raw_tables import Piece, RawCell, RawTable

PICTURE = "a picture"
"""Why a table has no cells where the source only has an image of it."""

_BLANKS = {"\u2003": 2, "\u2001": 2, "\u2002": 1, "\u2000": 1, "\u00a0": 1, "\u2009": 0, "\u200a": 0}
_INDENT = re.compile(
    r"(?:padding-left|text-indent|margin-left)\s*:\s*(?P<size>\d+(?:\.\d+)?)\s*(?P<unit>[a-z%]*)", re.I
)
_BLANKS_OF = {
    "em": 2.0,
    "rem": 2.0,
    "ex": 1.0,
    "pt": 1 / 6,
    "px": 1 / 8,
    "%": 0.5,
    "in": 12.0,
    "cm": 5.0,
    "mm": 0.5,
    "": 1 / 8,
}
_GOES_ON = re.compile(r"\s*[(\[±–—−/,;]|\s*\d+(?:\.\d+)?\s*%\s*$|\s*(?:to|and|or)\b|\s*$")


def raw_tables(wrap: etree._Element) -> Iterator[RawTable]:
    """The tables of a ``table-wrap``: mostly one; a wrap around a picture gives one without rows."""
    label, caption = words_of(wrap.find("label")) or None, _caption(wrap)
    notes = tuple(_notes(wrap))
    tables = [t for t in wrap.iter("table") if not any(a.tag == "table" for a in t.iterancestors())]
    if not tables:
        pictured = next(wrap.iter("graphic", "inline-graphic", "media"), None) is not None
        yield RawTable((), label, caption, notes, 0, wrap.get("id"), PICTURE if pictured else "no cells in the source")
    for number, table in enumerate(tables):
        rows, note = list(_rows(table)), None
        if sum(len(tr) for tr, _ in rows) > MAX_CELLS:
            rows, note = [], f"more than {MAX_CELLS:,} cells"
        names = {spec.get("colname"): number for number, spec in enumerate(table.iter("colspec"))}
        cells = [row for tr, head in rows for row in _split(_cells(tr, head, names), head)]
        heads = sum(1 for _, head in rows if head) or _heads(cells)
        last = number == len(tables) - 1
        mark = wrap.get("id") if len(tables) == 1 else f"{wrap.get('id') or 'table'}-{number + 1}"
        yield RawTable(cells, label, caption, notes if last else (), heads, mark, note)


def _caption(wrap: etree._Element) -> str | None:
    found = wrap.find("caption")
    if found is None:
        return None
    parts = [clean_words(all_words(child)) for child in found if isinstance(child.tag, str)]
    parts = [p if p[-1:] in ".:?!" else p + "." for p in parts[:-1] if p] + parts[-1:]
    return " ".join(p for p in parts if p) or clean_words(all_words(found)) or None


def _notes(wrap: etree._Element) -> Iterator[str]:
    for foot in wrap.iter("table-wrap-foot"):
        yield from notes_of(foot)


def notes_of(foot: etree._Element) -> Iterator[str]:
    """Each note of a table's foot, its mark before it and a blank between."""
    if (foot.text or "").strip():
        yield foot.text or ""
    for child in foot:
        if child.tag == "fn-group":
            yield from notes_of(child)
        elif child.tag == "fn":
            label = words_of(child.find("label"))
            words = [_note(part) for part in child if part.tag != "label" and isinstance(part.tag, str)]
            yield f"{label} {' '.join(words)}"
        elif isinstance(child.tag, str) and child.tag not in ("title", "label"):
            yield from (_marked(run) for run in runs_of(child, cell=True) if isinstance(run, list))
        if (child.tail or "").strip():
            yield child.tail or ""


def _note(part: etree._Element) -> str:
    return " ".join(_marked(run) for run in runs_of(part, cell=True) if isinstance(run, list))


def _marked(line: Line) -> str:
    """A note whose raised mark stands apart from its words."""
    spaced: list[Piece] = []
    first = True
    for words, high in line:
        spaced.append((f"{words} ", False) if high and first else (words, high))
        first = first and not words.strip()
    return plain(spaced)


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Each row, and whether it is in the head; the foot's rows come last, as they are printed."""
    groups = table.find("tgroup")
    for part in (table if groups is None else groups,):
        for child in sorted(part, key=lambda c: c.tag == "tfoot"):
            if child.tag in ("tr", "row"):
                yield child, False
            elif child.tag in ("thead", "tbody", "tfoot"):
                yield from ((tr, child.tag == "thead") for tr in child if tr.tag in ("tr", "row"))


def _heads(cells: Sequence[Sequence[RawCell]]) -> int:
    """Where the source marks no head: the rows at the top that hold heading cells only."""
    return next((n for n, row in enumerate(cells) if not row or not all(cell.header for cell in row)), 0)


def _cells(tr: etree._Element, head: bool, names: Mapping[str | None, int]) -> list[tuple[RawCell, list[Line]]]:
    """The cells of a row, each with its lines; ``names`` are those of the columns in a CALS table."""
    out = []
    for cell in tr:
        if cell.tag not in ("td", "th", "entry"):
            continue
        lines = [run for run in runs_of(cell, cell=True) if isinstance(run, list)]
        while lines and not plain(lines[-1]).strip():
            lines.pop()
        across = _number(cell.get("colspan")) if cell.tag != "entry" else _spanned(cell, names)
        down = _number(cell.get("rowspan")) if cell.tag != "entry" else _number(cell.get("morerows"), 0) + 1
        header = head or cell.tag == "th"
        out.append((RawCell(_joined(lines), down, across, header, _indent(cell, lines)), lines))
    return out


def _split(row: list[tuple[RawCell, list[Line]]], head: bool) -> list[list[RawCell]]:
    """The row, or the rows that the source printed into one by breaking every cell's lines alike."""
    whole = [cell for cell, _ in row]
    counts = {len(lines) for _, lines in row}
    count = max(counts, default=0)
    if head or len(row) < 2 or len(counts) != 1 or count < 2 or any(c.rows > 1 for c in whole):
        return [whole]
    values = [[plain(line) for line in lines] for _, lines in row[1:]]
    if all(_GOES_ON.match(words) for lines in values for words in lines[1:]):
        return [whole]  # a value and, below it, its spread or share: one row in two lines
    if any(words.count("(") != words.count(")") for lines in values for words in lines):
        return [whole]  # a bracket that goes on in the next line
    return [
        [RawCell(lines[n], 1, cell.columns, cell.header, cell.indent + _lead(lines[n])) for cell, lines in row]
        for n in range(count)
    ]


def _joined(lines: Sequence[Line]) -> list[Piece]:
    out: list[Piece] = []
    for number, line in enumerate(lines):
        if number:
            out.append((" ", False))
        out.extend(line)
    return out


def _indent(cell: etree._Element, lines: Sequence[Line]) -> int:
    """How far the words are set in, in blanks: by leading spaces that are no ordinary ones, or by the style."""
    found = _INDENT.search(cell.get("style") or "")
    size = float(found["size"]) * _BLANKS_OF.get(found["unit"].lower(), 0.0) if found else 0.0
    listed = next((2 for inner in cell.iter("list")), 0)
    return min(100, round(size) + (_lead(lines[0]) if lines else 0) + listed)


def _lead(line: Line) -> int:
    words = plain(line)
    bare = words.lstrip(" \t\r\n")
    return sum(_BLANKS.get(c, 0) for c in bare[: len(bare) - len(bare.lstrip())])


def _number(words: str | None, default: int = 1) -> int:
    return int(words) if words and words.isdecimal() and len(words) < 7 else default


def _spanned(entry: etree._Element, names: Mapping[str | None, int]) -> int:
    """How many columns a CALS cell covers, from the names of its first and its last one."""
    first, last = (names.get(entry.get(name)) for name in ("namest", "nameend"))
    return last - first + 1 if first is not None and last is not None and last >= first else 1
