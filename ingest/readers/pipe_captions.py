"""Captions of tables in Markdown: the paragraph before a table, or the line behind it."""

from __future__ import annotations

import re

from ingest.article import Span
from ingest.readers.table_captions import LABEL

_BOLD = re.compile(r"\s*(\*\*|__)[^*_\n]{3,300}\1[.:]?\s*")
_MARKS = re.compile(r"[\s#*_]*")
_CAPTION = 700


def caption_before(text: str, start: int, floor: int) -> Span | None:
    """The paragraph just before the table, where it begins as a caption does or is bold as a whole."""
    above = text[max(floor, start - 2 * _CAPTION) : start]
    m = re.search(r"(?:\A|\n[ \t]*\r?\n|\n)(?P<words>[^\n]*\S[^\n]*(?:\n(?![ \t]*\r?\n)[^\n]*)?)\s*\Z", above)
    if m is None:
        return None
    for line in (m["words"], m["words"].rpartition("\n")[2]):
        words = line.strip()
        if 0 < len(words) <= _CAPTION and "|" not in words and _is_caption(words):
            first = start - len(above) + above.rindex(words)
            return Span(first, first + len(words))
    return None


def caption_after(text: str, end: int) -> Span | None:
    """The line just behind the table, where it begins as a caption does and no other table follows."""
    m = re.compile(r"[ \t]*\r?\n(?:[ \t]*\r?\n)?(?P<words>[^\n]{1,700})").match(text, end)
    if m is None or not _is_caption(m["words"], bold=False):
        return None
    following = text[m.end() : m.end() + 400].lstrip()
    if following.startswith("|"):
        return None  # it belongs to the next table
    return Span(*trim(text, m.start("words"), m.end("words")))


def _is_caption(words: str, bold: bool = True) -> bool:
    bare = words[_end(_MARKS, words) :]
    return LABEL.match(bare) is not None or (bold and _BOLD.fullmatch(words) is not None)


def labelled_caption(text: str, span: Span) -> tuple[str | None, Span | None]:
    """The label of a caption, and the range of the rest without marks of emphasis."""
    start = span.start + _end(_MARKS, span.of(text))
    m = LABEL.match(text, start, span.end)
    label = " ".join(m["label"].split()) if m else None
    rest = m.end() if m else start
    words = text[rest : span.end]
    rest += len(words) - len(words.lstrip(" \t\r\n*_:.|–—"))
    end = rest + len(text[rest : span.end].rstrip(" \t\r\n*_#"))
    return label, Span(rest, end) if end > rest else None


def _end(pattern: re.Pattern[str], words: str) -> int:
    m = pattern.match(words)
    return m.end() if m else 0


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without blanks at either end; start twice where nothing is left."""
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    return (first, first + len(words.strip())) if words.strip() else (start, start)
