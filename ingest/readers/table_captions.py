"""What stands around a table in running text: captions that begin with a label, and notes."""

from __future__ import annotations

import re

_SAYS = (
    r"shows?|describes?|lists?|presents?|summari[sz]es?|gives?|provides?|reports?|displays?|contains?|compares?|details?"
    r"|depicts?|outlines?|illustrates?|and|or|to|for|in|of|is|are|was|were|below|above|also"
)
LABEL = re.compile(
    r"\s*(?P<label>(?:supplement(?:ary|al)\s+|online\s+|extended\s+data\s+)?table\s+"
    r"(?:[A-Z]{0,2}\d{1,3}(?:\.\d{1,2})?[A-Za-z]?|[IVX]{1,5}))"
    rf"(?:(?=\s*$)|\s*[.:–—|]\s*|\s+-\s+|\s+(?!(?:{_SAYS})\b))",
    re.I,
)
"""The label that a caption begins with; a sentence about a table ("Table 2 shows") is no caption."""
NOTE_WORDS = re.compile(
    r"\s*(?:(?:[*†‡§¶#]+|\(?[a-z\d]\))\s*\S|[a-z]\s+[A-Z(]|(?:abbreviations?|notes?|source"
    r"|(?:values?|data)\s+(?:are|is)|plus.minus)\b"
    r"|[A-Z][A-Za-z\d-]{0,9},?\s+(?:denotes|indicates|stands for|=)\s)",
    re.I,
)
"""How a note below a table begins."""


def label_of(caption: str) -> tuple[str | None, str]:
    """The label of a caption and the rest of it.

    >>> label_of("Table 2. Relapse"), label_of("Relapse"), label_of("Table 2 shows relapse")
    (('Table 2', 'Relapse'), (None, 'Relapse'), (None, 'Table 2 shows relapse'))
    """
    m = LABEL.match(caption)
    return (" ".join(m["label"].split()), caption[m.end() :]) if m else (None, caption)
