"""What a text and its lines are where only their words and their length can tell."""

from __future__ import annotations

import re

from ingest.article import ArticleKind, SectionKind
from ingest.readers.building import Built
from ingest.readers.primary import reports_on

LONG_TEXT = 12_000
"""Code points from which on a text is no abstract."""


_MAIN = re.compile(
    r"(?:\d{1,2}\.?\s+|[IVX]{1,4}\.\s+)?(?:abstract|background|introduction|objectives?|aims?"
    r"|(?:patients?|materials?|subjects|participants)\s+and\s+methods?|methods?|methodology|results?|findings"
    r"|(?:methods|results)\s+and\s+\w+|discussion|conclusions?|references|bibliography|acknowledge?ments?|funding"
    r"|disclosures?|(?:conflicts?|declaration)\s+of\s+(?:competing\s+)?interests?|competing\s+interests|appendix|keywords?)\s*:?",
    re.I,
)


def is_main_heading(words: str) -> bool:
    """True for the heading of a main part of an article, with or without its number.

    >>> is_main_heading("2. Materials and Methods"), is_main_heading("Outcomes")
    (True, False)
    """
    return _MAIN.fullmatch(words) is not None


def kind_by_shape(built: Built) -> ArticleKind:
    """FULL_TEXT where there are methods and results and more of them than an abstract has; NEWS where it says so."""
    kinds = {s.kind for s in built.sections}
    if {SectionKind.METHODS, SectionKind.RESULTS} <= kinds and (len(built.text) > LONG_TEXT or built.tables):
        return ArticleKind.FULL_TEXT
    if SectionKind.ABSTRACT not in kinds and SectionKind.METHODS not in kinds and reports_on(built.text):
        return ArticleKind.NEWS
    return ArticleKind.ABSTRACT if len(built.text) < LONG_TEXT else ArticleKind.OTHER
