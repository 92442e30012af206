"""The words of a JATS element: what is raised, where lines break, without the marks of references."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from ingest.readers.jats_formulas import formula
from ingest.readers.raised import raise_words
from ingest.readers.raw_tables import Piece
from ingest.readers.xml_input import entity_words

Line = list[Piece]
Run = Line | etree._Element
"""Words in one line, or a block that stands between them (a list, a table, a figure)."""

BLOCKS = frozenset(
    {
        "table-wrap",
        "table-wrap-group",
        "table",
        "fig",
        "fig-group",
        "list",
        "def-list",
        "boxed-text",
        "disp-quote",
        "fn",
    }
    | {"fn-group", "supplementary-material", "verse-group", "statement", "speech", "ref-list", "preformat"}
)
LINES = frozenset({"p", "list", "list-item", "disp-quote", "def-item", "title", "disp-formula", "td", "th", "entry"})
NO_WORDS = frozenset(
    {"inline-graphic", "graphic", "media", "alt-text", "long-desc", "object-id", "index-term", "tex-math", "email"}
    | {"inline-supplementary-material", "private-char", "permissions", "milestone-start", "milestone-end"}
)
FORMULAS = frozenset({"inline-formula", "disp-formula", "math", "chem-struct", "chem-struct-wrap"})

_REFERENCES = frozenset({"bibr", "ref"})
_NOTES = frozenset({"fn", "table-fn", "aff", "corresp", "author-notes"})
_MARK = re.compile(r"(?=[^\d]*\d)(?!.*[a-z]{2})[\d.,;\s–—a-z-]{1,200}")
_BETWEEN = re.compile(r"[\s,;–—-]*")
_REF_WORD = re.compile(r"\b(?:refs?|references?|citations?)\.?\s*$", re.I)


def runs_of(element: etree._Element, *, cell: bool = False) -> list[Run]:
    """The lines of an element and the blocks between them, in order; in a ``cell`` every break begins a line."""
    walker = _Walker(cell)
    walker.walk(element)
    walker.new_line()
    return walker.runs


def words_of(element: etree._Element | None) -> str:
    """All words of an element as one line, blocks left out; empty for None."""
    if element is None:
        return ""
    return " ".join(plain(run) for run in runs_of(element) if isinstance(run, list))


def all_words(element: etree._Element) -> str:
    """All words of an element as one line, with those of its blocks."""
    return " ".join(plain(run) if isinstance(run, list) else all_words(run) for run in runs_of(element))


def plain(line: Iterable[Piece]) -> str:
    """A line as text: exponents in superscript characters.

    >>> plain([("3 × 10", False), ("9", True), ("/L", False)])
    '3 × 10⁹/L'
    """
    out = ""
    for words, high in line:
        raised = raise_words(words) if high and out[-1:].strip() else None
        out += words if raised is None else raised
    return out


class _Walker:
    def __init__(self, cell: bool) -> None:
        self.runs: list[Run] = []
        self._line: Line = []
        self._cell = cell
        self._tail = ""  # the end of the line so far

    def new_line(self) -> None:
        if self._cell or any(words.strip() for words, _ in self._line):
            self.runs.append(self._line)
        self._line, self._tail = [], ""

    def add(self, words: str | None, high: bool = False) -> None:
        if not words:
            return
        self._line.append((words, high))
        self._tail = (self._tail + words)[-200:]

    def walk(self, node: etree._Element, high: bool = False) -> None:
        self.add(node.text, high)
        children = list(node)
        for number, child in enumerate(children):
            tail = child.tail
            if isinstance(child.tag, str) and self._is_mark(child):
                after = children[number + 1] if number + 1 < len(children) else None
                if after is not None and isinstance(after.tag, str) and _BETWEEN.fullmatch(tail or ""):
                    tail = None if self._is_mark(after) else tail
                if tail and tail[0].isalnum():
                    self.add(" ")
                elif tail and tail[0] in ".,;:)" and self._line:
                    words, raised = self._line[-1]
                    self._line[-1] = (words.rstrip(), raised)
            else:
                self._enter(child, high)
            self.add(tail, high)

    def _enter(self, child: etree._Element, high: bool) -> None:
        tag = child.tag
        if not isinstance(tag, str):
            self.add(entity_words(child), high)
        elif tag == "sup" or (tag == "xref" and child.get("ref-type") in _NOTES):
            self.walk(child, True)
        elif tag in FORMULAS:
            self.add(formula(child), high)
        elif tag in ("break", "hr"):
            if self._cell and tag == "break":
                self.new_line()
            else:
                self.add(" ")
        elif tag in NO_WORDS:
            self.add(" ")
        elif tag == "alternatives":
            self.add(formula(child) or "", high)
        elif self._cell and tag in LINES:
            if self._tail.strip():
                self.new_line()
            self.walk(child, high)
            if self._tail.strip():
                self.new_line()
        elif tag in BLOCKS and not self._cell:
            self.new_line()
            self.runs.append(child)
        else:
            self.walk(child, high)

    def _is_mark(self, node: etree._Element) -> bool:
        """True for the raised or bare number of a reference, which would glue digits to what stands before it."""
        tail = self._tail
        if max(tail.rfind("["), tail.rfind("(")) > max(tail.rfind("]"), tail.rfind(")")) or _REF_WORD.search(tail):
            return False
        if node.tag == "xref":
            kind = node.get("ref-type")
            words = "".join(node.itertext())
            if kind in _REFERENCES:
                return _MARK.fullmatch(words) is not None
            return kind in _NOTES and not self._cell and len(words.strip()) <= 3
        if node.tag != "sup":
            return False
        marks = [x for x in node.iter("xref") if x.get("ref-type") in _REFERENCES]
        if not marks:
            return not self._cell and [x.tag for x in node] == ["xref"] and self._is_mark(node[0])
        inside = sum(len("".join(x.itertext())) for x in marks)
        words = "".join(node.itertext())
        return inside == len(words) or _MARK.fullmatch(words) is not None
