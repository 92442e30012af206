"""Values with HTML in them, as services give abstracts and titles: headings, paragraphs, what is raised.

No parser of HTML is used: what looks like a tag and is none ("p<0.05") is text, and a number must not get lost with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from ingest.readers.building import clean_words
from ingest.readers.jats_words import plain
from ingest.readers.raw_tables import Piece

_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "title"})
_BLOCKS = frozenset({"p", "div", "br", "hr", "ul", "ol", "li", "sec", "section", "abstract", "table", "tr", "list"})
_INLINE = frozenset(
    {"a", "b", "i", "u", "em", "strong", "sub", "sup", "span", "small", "big", "font", "sc", "tt", "strike", "img"}
    | {"italic", "bold", "underline", "monospace", "roman", "td", "th", "label", "list-item"}
)
_TAG = re.compile(
    rf"""<(?P<close>/?)(?P<name>(?:jats|mml|xhtml):[A-Za-z-]{{1,30}}|{"|".join(sorted(_HEADS | _BLOCKS | _INLINE))})
        (?:\s+[A-Za-z:_-]{{1,40}}\s*=\s*(?:"[^"<>]{{0,500}}"|'[^'<>]{{0,500}}')){{0,10}}\s*/?>""",
    re.VERBOSE | re.I,
)


def blocks_of(value: str) -> Iterator[tuple[bool, str]]:
    """Headings (True) and paragraphs (False) in order, as clean text; exponents in superscript characters.

    >>> list(blocks_of("<h4>Results</h4>It fell (p<0.05) &amp; stayed at 10<sup>9</sup>/L.<p>Then &lt;5%.</p>"))
    [(True, 'Results'), (False, 'It fell (p<0.05) & stayed at 10⁹/L.'), (False, 'Then <5%.')]
    """
    line: list[Piece] = []
    is_head = high = False
    at = 0
    for m in _TAG.finditer(value):
        line.append((unescape(value[at : m.start()]), high))
        at = m.end()
        name, opens = m["name"].lower().rpartition(":")[2], not m["close"]
        if name == "sup":
            high = opens
        elif name in _HEADS | _BLOCKS:
            if words := clean_words(plain(line)):
                yield is_head, words
            line, is_head = [], opens and name in _HEADS
    line.append((unescape(value[at:]), high))
    if words := clean_words(plain(line)):
        yield is_head, words


def line_of(value: str) -> str:
    """The value as one line of text.

    >>> line_of("Effects of <i>drug A</i> &amp; B")
    'Effects of drug A & B'
    """
    return " ".join(words for _, words in blocks_of(value))
