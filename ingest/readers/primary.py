"""The publication that a page reports on, by the link or the words with which it says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.ids import doi_in, pubmed_link
from ingest.view import plain_view

_JOURNAL = (
    r"(?P<journal>(?:The\s+|New\s+)?(?:[A-Z]|e[A-Z])[\w&.’'-]*(?:\s+(?:of|in|and|the|for|&|[A-Z][\w&.’'-]*"
    r"|\([A-Z]+\)))*)"
)
_REPORTS_ON = re.compile(
    r"(?:\b(?:research|trial|study|new|according to)\s+(?:results?|findings?)\s+(?:were\s+"
    r"|was\s+)?(?:published\s+|reported\s+)?in"
    r"|\bpublished(?:\s+(?:\w+\s+){0,2}online)?(?:\s+\w+\s+\d{1,2},?\s+(?:\d{4},?)?)?\s+in"
    r"|\breported\s+in|\bappeared\s+in)\s++(?:the\s++)?[\s*_]*+(?:journal\s++)?[\s*_]*+(?:(?<=\s)"
    rf"|(?<=[*_])){_JOURNAL}"
)
"""What gives blanks back would take for ever over long runs of them: ``++`` and ``*+`` never do."""
_PUBMED = re.compile(r"(?:ncbi\.nlm\.nih\.gov/pubmed|pubmed\.ncbi\.nlm\.nih\.gov)/(\d{5,9})")
_TELLS = re.compile(r"\b(?:results|findings|abstract|published|reported|appeared)\b[^.]*$", re.I)
"""Before the link to the publication that a page reports on."""
BEFORE = 160
"""Code points before a link in which words are looked for that say what it is."""


def reports_on(text: str) -> bool:
    """True where the text says that what it tells was published elsewhere."""
    return _REPORTS_ON.search(plain_view(text)) is not None


def primary_source(text: str) -> str | None:
    """``pmid:...`` of the publication a Markdown page links to, else its journal as named; None where neither is told.

    A link behind words like "the results were published" goes before the others.
    """
    links = list(_PUBMED.finditer(text))
    told = [m for m in links if _TELLS.search(text[max(0, m.start() - BEFORE) : m.start()])]
    if links:
        return f"pmid:{(told or links)[0][1]}"
    return _journal(text)


def linked_source(text: str, links: Sequence[tuple[str, str]]) -> str | None:
    """The same for a page whose links stand apart: each with the words before it, up to its end, and its address.

    >>> linked_source("", [("as other work", "https://doi.org/10.1000/a")]) is None
    True
    >>> linked_source("", [("see", "https://doi.org/10.1000/a"), ("was published in J", "https://doi.org/10.1000/b")])
    'doi:10.1000/b'
    """
    known = [(before, source) for before, address in links if (source := _source(address))]
    told = [source for before, source in known if _TELLS.search(before[-BEFORE:])]
    pubmed = [source for _, source in known if source.startswith("pmid:")]
    if told or pubmed:
        return (told or pubmed)[0]
    return _journal(text)


def _source(address: str) -> str | None:
    if pmid := pubmed_link(address):
        return f"pmid:{pmid}"
    doi = doi_in(address)
    return f"doi:{doi}" if doi else None


def _journal(text: str) -> str | None:
    m = _REPORTS_ON.search(plain_view(text))
    return re.split(r"(?<=[a-z]{3})\.\s", " ".join(m["journal"].split()))[0].rstrip(".") if m else None
