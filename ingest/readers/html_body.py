"""The main content of a page, found by trafilatura, to the parts of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ingest.article import SectionKind
from ingest.readers.building import TextBuilder, clean_words, without_controls
from ingest.readers.furniture import furniture
from ingest.readers.html_tables import MARK
from ingest.readers.labels import labelled
from ingest.readers.primary import BEFORE
from ingest.readers.raised import is_power, raise_words
from ingest.readers.raw_tables import RawTable
from ingest.readers.sections import kind_of_heading

_INNER = 9
"""Level of a label within a paragraph: every heading ends it."""
_OWNED = re.compile(r"(?:©|\(c\)\s|copyright\b)", re.I)
_TWO_ALPHABETS = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_MARKS = re.compile(r"[\s\d,;–*†‡§-]{1,40}|\s*\[[\s\d,;–-]{1,40}\]\s*")


@dataclass
class Content:
    """Fills a text with the content of a page; ``links`` are those in it, each with the words before it."""

    builder: TextBuilder
    tables: Sequence[RawTable]
    title: str | None = None
    links: list[tuple[str, str]] = field(default_factory=list)
    words: int = 0

    def fill(self, body: etree._Element) -> None:
        """Write the blocks of ``body`` in order."""
        for block in _blocks(body):
            words = clean_words("".join(block.itertext()))
            self._links(block)
            if block.tag == "head":
                if words and words.casefold() != (self.title or "").casefold():
                    self.builder.heading(words, _level(block))
                continue
            if marks := list(MARK.finditer(words)):
                for m in marks:
                    if int(m[1]) < len(self.tables):
                        self.builder.table(self.tables[int(m[1])])
                continue
            self._paragraph(words)

    def _paragraph(self, words: str) -> None:
        if furniture(words) is not None or _OWNED.match(words) or _disguised(words):
            self.builder.paragraph(words, SectionKind.FURNITURE)
            return
        self.words += len(words)
        for start, end, label in labelled(words, 0, len(words)):
            if label is not None and kind_of_heading(label) is not None:
                self.builder.heading(label, _INNER)
            elif label is not None:
                start = words.rindex(label, 0, start)
            self.builder.paragraph(words[start:end])

    def _links(self, block: etree._Element) -> None:
        before = ""
        for event, node in etree.iterwalk(block, events=("start", "end")):
            if event == "start":
                before += node.text or ""
                if node.tag == "ref" and node.get("target"):
                    self.links.append((before[-BEFORE:], node.get("target", "")))
            else:
                before += (node.tail or "") if node is not block else ""


def _disguised(words: str) -> bool:
    """True for letters of two alphabets within one word, again and again: what hides from filters is no article."""
    return len(_TWO_ALPHABETS.findall(words)) > 5


def tidy(page: etree._Element) -> None:
    """Take out what would glue to words: marks of references; exponents become characters of their own."""
    for element in list(page.iter("sup")):
        words = "".join(element.itertext())
        before = _before(element)
        linked = next(element.iter("a"), None) is not None or _is_link(element.getparent())
        if linked and _MARKS.fullmatch(words):
            new = ""
        elif is_power(before, words) or (raise_words(words) is not None and before[-1:].strip()):
            new = raise_words(words) or words
        elif _MARKS.fullmatch(words) and before[-1:].strip():
            new = ""
        else:
            new = words
        _replace(element, new)


def _is_link(element: etree._Element | None) -> bool:
    """True for a link to a place of the same page."""
    return element is not None and element.tag == "a" and (element.get("href") or "").startswith("#")


def _before(element: etree._Element) -> str:
    """The words just before an element, as far as they are at hand."""
    previous = element.getprevious()
    if previous is not None:
        return (previous.tail or "".join(previous.itertext()))[-40:]
    parent = element.getparent()
    return (parent.text or "")[-40:] if parent is not None else ""


def _replace(element: etree._Element, words: str) -> None:
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    words += element.tail or ""
    if previous is not None:
        previous.tail = without_controls((previous.tail or "") + words)
    else:
        parent.text = without_controls((parent.text or "") + words)
    element.tail = None
    parent.remove(element)


def _blocks(body: etree._Element) -> Iterator[etree._Element]:
    """Blocks of words in order: paragraphs, headings and items, those within each other one by one."""
    inside = {"p", "head", "item", "list", "quote", "cell", "row", "table", "div"}
    for element in body.iter("p", "head", "item", "quote", "cell", "code"):
        if next((d for d in element.iterdescendants(*inside)), None) is None:
            yield element
        elif (element.text or "").strip():
            alone = etree.Element("p")
            alone.text = element.text
            yield alone


def _level(head: etree._Element) -> int:
    m = re.fullmatch(r"h([1-6])", head.get("rend") or "")
    return int(m[1]) if m else 2
