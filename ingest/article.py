"""An article as picograph holds it: one text, its sections, its metadata.

Every offset in picograph is a half-open range of Unicode code points in ``Article.text``.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encode

if TYPE_CHECKING:  # both build on Span
    from ingest.notices import Notice
    from ingest.tabular import Table

CONTEXT = 32
"""Code points of prefix and suffix that a quote selector carries."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range ``[start, end)`` of code points in ``Article.text``. Raises ValueError when empty or negative."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"need 0 <= start < end, got [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """True when the two share a code point; spans that only touch do not overlap."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True when ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The verbatim words of this span in ``text``."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class QuoteSelector:
    """W3C Web Annotation TextQuoteSelector: the words, and what stands around them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


def quote_at(text: str, span: Span, context: int = CONTEXT) -> QuoteSelector:
    """The selector of ``span`` with up to ``context`` code points on either side."""
    return QuoteSelector(
        span.of(text), text[max(0, span.start - context) : span.start], text[span.end : span.end + context]
    )


def locate(quote: QuoteSelector, text: str) -> Span | None:
    """Where the quotation stands in ``text``; None if it is absent or stands in more than one place."""
    whole = quote.prefix + quote.exact + quote.suffix
    if not quote.exact:
        return None
    first = text.find(whole)
    if first < 0 or text.find(whole, first + 1) >= 0:
        return None
    start = first + len(quote.prefix)
    return Span(start, start + len(quote.exact))


class ArticleKind(StrEnum):
    """What sort of publication the text is (closed set of the claim schema)."""

    ABSTRACT = "abstract"
    FULL_TEXT = "full text"
    NEWS = "news"
    REGISTRY_RECORD = "registry record"
    REVIEW = "review"
    OTHER = "other"


class SectionKind(StrEnum):
    """What a part of the text is for.

    FURNITURE is everything that is not the article's own content. A TABLE holds a table with its caption and notes; its
    cells are read as a grid and never as sentences.
    """

    TITLE = "title"
    KEY_POINTS = "key points"
    ABSTRACT = "abstract"
    BACKGROUND = "background"
    METHODS = "methods"
    RESULTS = "results"
    DISCUSSION = "discussion"
    CONCLUSION = "conclusion"
    BODY = "body"
    TABLE = "table"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Section:
    """One block of the text. ``name`` is the heading as printed, None where there is none."""

    span: Span
    kind: SectionKind
    name: str | None = None


_SCHEMES = {
    "doi": "https://doi.org/{}",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "registration": "https://clinicaltrials.gov/study/{}",
    "id": "urn:picograph:article:{}",
    "sha256": "urn:picograph:text:{}",
}


def article_iri(
    *,
    doi: str | None = None,
    pmcid: str | None = None,
    pmid: str | None = None,
    registration: str | None = None,
    given: str | None = None,
    sha256: str,
) -> str:
    """The article's identity as an IRI: DOI, else PMCID, PMID, registry id, an id the user gives, else the text's hash.

    >>> article_iri(doi="10.1038/BCJ.2016.114", pmid="27935580", sha256="00")
    'https://doi.org/10.1038/bcj.2016.114'
    >>> article_iri(given="corpus/first trial", sha256="00")
    'urn:picograph:article:corpus/first%20trial'
    """
    ranked = [
        ("doi", doi.lower() if doi else None),
        ("pmcid", pmcid.upper() if pmcid else None),
        ("pmid", pmid),
        ("registration", registration.upper() if registration else None),
        ("id", given),
        ("sha256", sha256),
    ]
    scheme, value = next((s, v) for s, v in ranked if v)
    return _SCHEMES[scheme].format(percent_encode(value.strip(), safe="/:.()-_;~"))


@dataclass(frozen=True)
class Article:
    """A publication: its text, what is known of it, and how the text divides. Immutable.

    ``published`` is ISO 8601 as precise as the source gives it. ``primary_source`` names, for a secondary source such
    as a news page, the publication it reports on (``doi:...``, ``pmid:...`` or as named there). None means unknown.
    ``registration`` is the study's own registry id, ``registrations`` are all that the article is filed under.
    ``publications`` are those of the study's results that a registry record lists (``pmid:...``).
    ``types`` are publication types as the source names them ("Randomized Controlled Trial"). ``no_evidence`` says why
    no claims are read from an article that is recorded all the same ("editorial without results"); None: they are.
    """

    id: str
    text: str
    kind: ArticleKind = ArticleKind.OTHER
    sections: tuple[Section, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    journal: str | None = None
    published: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    registration: str | None = None
    language: str | None = None
    licence: str | None = None
    retracted: bool = False
    primary_source: str | None = None
    registrations: tuple[str, ...] = ()
    publications: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    no_evidence: str | None = None
    tables: tuple[Table, ...] = ()

    def __post_init__(self) -> None:
        if re.search(r"[\s<>\"{}|\\^`]", self.id) or ":" not in self.id:
            raise ValueError(f"article id is not an IRI: {self.id!r}")
        if self.sections and self.sections[-1].span.end > len(self.text):
            raise ValueError("a section ends behind the text")

    @cached_property
    def text_sha256(self) -> str:
        """Hex sha256 of the text in UTF-8; the identity of this version."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def section_at(self, offset: int) -> Section | None:
        """The section that holds the code point at ``offset``; None between sections."""
        return next((s for s in self.sections if s.span.start <= offset < s.span.end), None)
