"""Tables of a page: those with data, with the caption and notes around them, taken out for a mark in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.building import clean_words
from ingest.readers.markup_tables import tag_of, with_rows, words_of
from ingest.readers.raw_tables import RawTable
from ingest.readers.table_captions import LABEL, NOTE_WORDS, label_of

MARK = re.compile(r"PICOGRAPHTABLE(\d{1,6})MARK")
_LONG_CELL = 2_000
_CAPTION = 700
_UP = 3
_NOTE = re.compile(r"(?:foot|note|legend|tblfn|fn)", re.I)


def take_tables(page: etree._Element) -> list[RawTable]:
    """The tables with data, in order. Each is replaced by a paragraph with its mark; captions and notes leave the page.

    Tables that only lay out the page stay.
    """
    found: list[RawTable] = []
    for table in [t for t in page.iter("table") if _has_data(t)]:
        raw = with_rows(table, _around(table))
        if not raw.rows and raw.note is None:
            continue
        mark = etree.Element("p")
        mark.text = (
            f"PICOGRAPHTABLE{len(found)}MARK, where the table of this page stands, with its rows and its columns."
        )
        mark.tail = table.tail
        for figure in table.iterancestors("figure"):
            figure.tag = "div"  # a figure counts as a picture, and would be dropped
        parent = table.getparent()
        if parent is not None:
            parent.replace(table, mark)
            found.append(raw)
    return found


def _has_data(table: etree._Element) -> bool:
    if (table.get("role") or "").casefold() in ("presentation", "none"):
        return False
    if next(table.iterdescendants("table", "form", "input", "h1", "article"), None) is not None:
        return False
    if any(tag_of(a) in ("nav", "footer", "aside", "form") for a in table.iterancestors()):
        return False
    rows, wide = 0, False
    for row in table.iter("tr"):
        cells = [c for c in row if tag_of(c) in ("td", "th")]
        rows += bool(cells)
        wide = wide or len(cells) > 1
        if rows <= 20 and any(len(words_of(c)) > _LONG_CELL for c in cells):
            return False
    return rows > 1 and wide


def _around(table: etree._Element) -> RawTable:
    parts, notes = [], []
    own = next(table.iterchildren("caption"), None)
    if own is not None:
        parts.append(words_of(own))
        table.remove(own)
    for element in _taken(_before(table)):
        parts.insert(0, element)
    for foot in list(table.iterchildren("tfoot")):
        rows = [[c for c in row if tag_of(c) in ("td", "th")] for row in foot.iter("tr")]
        if all(len(cells) == 1 for cells in rows):
            notes += [words_of(cells[0]) for cells in rows]
            table.remove(foot)
    notes += _taken(_behind(table))
    caption = clean_words(" ".join(parts))
    label, caption = label_of(caption)
    return RawTable((), label, caption or None, [n for n in notes if clean_words(n)], 0, table.get("id"))


def _before(table: etree._Element) -> Iterator[etree._Element]:
    """Elements just before the table that begin as a caption does, or are one by their name or class."""
    node: etree._Element | None = table
    for _ in range(_UP):
        if node is None or (tag_of(node) in ("body", "article", "main", "section") and node is not table):
            return
        held: list[etree._Element] = []
        for sibling in node.itersiblings(preceding=True):
            words = clean_words(words_of(sibling)[: _CAPTION + 1])
            if not words:
                continue
            if len(words) > _CAPTION or next(sibling.iter("table"), None) is not None or MARK.search(words):
                break
            held.append(sibling)
            if LABEL.match(words) or tag_of(sibling) == "figcaption" or "caption" in (sibling.get("class") or ""):
                if LABEL.match(words) and (len(held) == 1 or not _prose(held[0])):
                    yield from held
                    return
                if tag_of(sibling) == "figcaption":
                    yield from held
                    return
            if len(held) == 2:
                break
        node = node.getparent()


def _prose(element: etree._Element) -> bool:
    words = clean_words(words_of(element))
    return len(words) > 250 or words.count(". ") > 2


def _behind(table: etree._Element) -> Iterator[etree._Element]:
    """Elements just behind the table that are its notes by their class or by how they begin."""
    node: etree._Element | None = table
    for _ in range(_UP):
        if node is None or (tag_of(node) in ("body", "article", "main", "section") and node is not table):
            return
        found = False
        for sibling in node.itersiblings():
            words = clean_words(words_of(sibling)[: 4 * _CAPTION])
            if not words:
                continue
            named = (
                _NOTE.search(f"{sibling.get('class') or ''} {sibling.get('id') or ''}")
                or tag_of(sibling) == "figcaption"
            )
            if not (named or NOTE_WORDS.match(words)) or len(words) >= 3 * _CAPTION:
                break
            if next(sibling.iter("table"), None) is not None:
                break
            found = True
            yield sibling
        if found:
            return
        node = node.getparent()


def _taken(elements: Iterator[etree._Element]) -> list[str]:
    """The words of the elements, which leave the page."""
    out = []
    for element in list(elements):
        out.append(words_of(element))
        parent = element.getparent()
        if parent is not None:
            blank = etree.Element("span")
            blank.tail = element.tail
            parent.replace(element, blank)
    return out
