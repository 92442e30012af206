"""A record of a literature database as an Article: what PubMed, MEDLINE and RIS records have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.article import Article, ArticleKind, SectionKind
from ingest.notices import Notice, NoticeKind
from ingest.readers.assembled import assembled
from ingest.readers.building import TextBuilder, clean_words
from ingest.readers.evidence_policy import is_review
from ingest.readers.labels import labelled
from ingest.readers.registries import registry_ids


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an abstract: its words, its heading as printed, and what it is for where the source says so."""

    words: str
    label: str | None = None
    kind: SectionKind | None = None


@dataclass(slots=True)
class Citation:
    """One record. ``title`` in English where there is one, else in its own language; ``original_title`` that one.

    ``language`` is that of the abstract, of the title where there is none. ``registrations`` are those of the record's
    own fields; those that the abstract prints are added.
    """

    title: str | None = None
    original_title: str | None = None
    abstract: Sequence[Part] = ()
    authors: Sequence[str] = ()
    journal: str | None = None
    published: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    language: str | None = None
    types: Sequence[str] = ()
    registrations: Sequence[str] = ()
    notices: Sequence[Notice] = ()
    retracted: bool = False
    more: dict[str, Any] = field(default_factory=dict)
    """Further fields of Article by name."""


def article_of(citation: Citation, given_id: str | None = None) -> Article | None:
    """The article of a record; None where it has neither a title nor an abstract."""
    builder = TextBuilder()
    title = clean_words(citation.title or citation.original_title or "")
    builder.title(title)
    if citation.original_title and citation.original_title != citation.title and citation.title:
        builder.paragraph(citation.original_title, SectionKind.FURNITURE)
    _write_abstract(builder, citation.abstract)
    built = builder.finish()
    if not built.text:
        return None
    printed = registry_ids(" ".join(part.words for part in citation.abstract))
    registrations = tuple(dict.fromkeys((*citation.registrations, *printed)))
    types, notices = tuple(citation.types), tuple(citation.notices)
    kind = ArticleKind.REVIEW if is_review(types) else ArticleKind.ABSTRACT
    retracted = citation.retracted or any(n.kind is NoticeKind.RETRACTION and not n.of_other for n in notices)
    meta: dict[str, Any] = {
        "title": title or None,
        "authors": tuple(citation.authors),
        "journal": citation.journal,
        "published": citation.published,
        "doi": citation.doi,
        "pmid": citation.pmid,
        "pmcid": citation.pmcid,
        "registration": registrations[0] if registrations else None,
        "registrations": registrations,
        "language": citation.language,
        "types": types,
        "notices": notices,
        "retracted": retracted,
        **citation.more,
    }
    return assembled(built, kind, meta, given_id)


def _write_abstract(builder: TextBuilder, parts: Sequence[Part]) -> None:
    builder.heading("", 1, SectionKind.ABSTRACT)
    for part in parts:
        if part.label:
            builder.heading(part.label, 2, part.kind)
            builder.paragraph(part.words)
            continue
        words = clean_words(part.words)
        for start, end, label in labelled(words, 0, len(words)):
            if label is not None:
                builder.heading(label, 2)
            builder.paragraph(words[start:end], part.kind if label is None else None)
