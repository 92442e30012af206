"""Which records are kept without being read for claims, and why; said in one place for every format."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.article import ArticleKind
from ingest.notices import Notice, NoticeKind

_ENGLISH = frozenset({"en", "eng", "english"})
_UNKNOWN = frozenset({"", "und", "mul", "zxx"})
_OPINION = {
    "editorial": "editorial",
    "letter": "letter",
    "comment": "comment",
    "article-commentary": "comment",
    "news": "news item",
    "biography": "biography",
    "book-review": "book review",
    "obituary": "obituary",
    "reply": "reply",
}
_NOTICES = {
    NoticeKind.RETRACTION: "retraction notice",
    NoticeKind.CONCERN: "expression of concern about another article",
    NoticeKind.CORRECTION: "correction of another article",
}
_NOTICE_TYPES = {
    "retraction of publication": "retraction notice",
    "retraction": "retraction notice",
    "published erratum": "correction of another article",
    "correction": "correction of another article",
    "erratum": "correction of another article",
    "expression of concern": "expression of concern about another article",
}
_REVIEWS = frozenset(
    {"review", "review-article", "systematic review", "systematic-review", "scoping review", "review article"}
)
_RESEARCH = frozenset({"research-article", "brief-report", "rapid-communication", "case-report", "data-paper"})
"""Types that rank above a journal's heading: some call their research articles letters."""
_TRIALS = frozenset({"randomized controlled trial", "clinical trial", "controlled clinical trial"})
_BOOKS = frozenset(
    {"book", "book chapter", "chapter", "whole book", "edited book", "electronic book", "electronic book section"}
    | {"conference proceedings", "thesis", "dissertation"}
)


def is_review(types: Iterable[str]) -> bool:
    """True where the types say that the article sums up others' studies and is not itself a trial's report.

    >>> is_review(["Journal Article", "Review"]), is_review(["Review", "Randomized Controlled Trial"])
    (True, False)
    """
    named = {t.casefold().strip() for t in types}
    return not named.isdisjoint(_REVIEWS) and named.isdisjoint(_TRIALS)


def why_no_evidence(
    *,
    kind: ArticleKind,
    types: Iterable[str] = (),
    language: str | None = None,
    has_abstract: bool = True,
    has_results: bool = False,
    notices: Iterable[Notice] = (),
) -> str | None:
    """Why an article is recorded without claims; None where claims are read from it.

    ``types`` are publication types as any source names them, ``has_abstract`` is True where there is an abstract or a
    body, ``has_results`` where it has results of its own: a section of that name, or a table. ``language`` is that of
    the text, in any of the usual codes.

    >>> why_no_evidence(kind=ArticleKind.ABSTRACT, types=["Journal Article"], language="fre")
    'language: fre'
    >>> why_no_evidence(kind=ArticleKind.ABSTRACT, types=["Editorial"], has_abstract=False)
    'editorial without results'
    """
    named = [t.casefold().strip() for t in types]
    for notice in notices:
        if notice.of_other and notice.kind in _NOTICES:
            return _NOTICES[notice.kind]
    for name in named:
        if name in _NOTICE_TYPES:
            return _NOTICE_TYPES[name]
    if (book := next((n for n in named if n in _BOOKS), None)) is not None:
        return "book" if book == "whole book" else book
    told = (language or "").casefold().split("-")[0].split("_")[0].strip()
    if told not in _ENGLISH | _UNKNOWN:
        return f"language: {language}"
    opinion = None if _RESEARCH & set(named) else next((_OPINION[n] for n in named if n in _OPINION), None)
    if opinion is not None and not has_results and (not has_abstract or kind is ArticleKind.FULL_TEXT):
        return f"{opinion} without results"
    return None if has_abstract else "no abstract"
