"""Fields of a PubMed record: words with their marks, abstracts, authors, notices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from ingest.article import SectionKind
from ingest.notices import Notice, NoticeKind
from ingest.readers.building import clean_words
from ingest.readers.citation import Part
from ingest.readers.jats_words import words_of
from ingest.readers.sections import kind_of_heading

_CATEGORIES = {
    "BACKGROUND": SectionKind.BACKGROUND,
    "OBJECTIVE": SectionKind.BACKGROUND,
    "METHODS": SectionKind.METHODS,
    "RESULTS": SectionKind.RESULTS,
    "CONCLUSIONS": SectionKind.CONCLUSION,
}
_NOTICES = {
    "RetractionIn": (NoticeKind.RETRACTION, False),
    "RetractionOf": (NoticeKind.RETRACTION, True),
    "PartialRetractionIn": (NoticeKind.CORRECTION, False),
    "PartialRetractionOf": (NoticeKind.CORRECTION, True),
    "ErratumIn": (NoticeKind.CORRECTION, False),
    "ErratumFor": (NoticeKind.CORRECTION, True),
    "ExpressionOfConcernIn": (NoticeKind.CONCERN, False),
    "ExpressionOfConcernFor": (NoticeKind.CONCERN, True),
    "CorrectedandRepublishedIn": (NoticeKind.REPUBLICATION, False),
    "CorrectedandRepublishedFrom": (NoticeKind.REPUBLICATION, True),
    "RepublishedIn": (NoticeKind.REPUBLICATION, False),
    "RepublishedFrom": (NoticeKind.REPUBLICATION, True),
    "RetractedandRepublishedIn": (NoticeKind.RETRACTION, False),
    "RetractedandRepublishedFrom": (NoticeKind.REPUBLICATION, True),
    "CommentIn": (NoticeKind.COMMENT, False),
    "CommentOn": (NoticeKind.COMMENT, True),
}
"""@RefType to what is said, and whether this record says it of another. Cites and updates say nothing of the kind."""
_BY_WORDS = {name.casefold(): said for name, said in _NOTICES.items()}


_BEHIND = ("Identifier", "AffiliationInfo", "Affiliation")
"""What stands behind an author's names."""


def words(element: etree._Element | None) -> str:
    """The words of an element with its marks (italics, superscripts, formulas), white space as it is."""
    if element is None:
        return ""
    if not len(element):
        return element.text or ""
    for inner in element.iter("{*}math"):
        for part in inner.iter(etree.Element):
            part.tag = str(part.tag).rpartition("}")[2]
    return words_of(element)


def parts_of(abstract: etree._Element) -> list[Part]:
    """The parts of an ``Abstract`` or ``OtherAbstract``."""
    return [part for text in abstract if text.tag == "AbstractText" and (part := _part(text)).words.strip()]


def _part(text: etree._Element) -> Part:
    label = clean_words(text.get("Label") or "")
    if not label or label.upper() in ("UNLABELLED", "UNLABELED"):
        return Part(words(text), None, None)
    kind = kind_of_heading(label)
    if kind is not SectionKind.FURNITURE:
        kind = _CATEGORIES.get(text.get("NlmCategory") or "", kind)
    return Part(words(text), label, kind)


def authors_of(authors: Sequence[etree._Element]) -> Iterator[str]:
    """Names as "Given Family", groups as they are called."""
    for author in authors:
        given = family = suffix = ""
        for part in author:
            tag = part.tag
            if tag == "ForeName" or (tag == "Initials" and not given):
                given = words(part)
            elif tag in ("LastName", "CollectiveName"):
                family = words(part)
            elif tag == "Suffix":
                suffix = words(part)
            elif tag in _BEHIND:
                break
        if name := clean_words(" ".join(part for part in (given, family, suffix) if part)):
            yield name


def notice_type(words: str) -> tuple[NoticeKind, bool] | None:
    """A @RefType, or the same in words ("Retraction in"): what is said, and whether of another; None for the others."""
    return _BY_WORDS.get("".join(words.split()).casefold())


def notices_of(corrections: etree._Element) -> tuple[Notice, ...]:
    """The notices of a ``CommentsCorrectionsList``, sorted."""
    found = set()
    for item in corrections:
        kind = notice_type(item.get("RefType") or "")
        if kind is not None:
            pmid = (item.findtext("PMID") or "").strip()
            source = f"pmid:{pmid}" if pmid else clean_words(item.findtext("RefSource") or "")[:300] or None
            found.add(Notice(kind[0], source, kind[1]))
    return tuple(sorted(found, key=lambda n: (n.kind, n.source or "", n.of_other)))
