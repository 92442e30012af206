"""Which articles are withdrawn or in doubt: by their own record, or by a notice the library holds of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from graph.study_grounds import ArticleHead, by_any_id
from ingest.article import Article
from ingest.notices import Notice, NoticeKind

EXCLUDING = frozenset({NoticeKind.RETRACTION, NoticeKind.CONCERN})
"""Notices that take an article out of the evidence unless it is asked for."""


@dataclass(frozen=True, slots=True)
class StoredNotice:
    """A notice that ``article`` has; ``about`` is the IRI of the article it speaks of, None where it names none."""

    article: str
    kind: NoticeKind
    of_other: bool
    about: str | None = None


@dataclass(frozen=True)
class Standings:
    """How the articles of a library stand; build with ``Standings.of``. ``excluded`` are ids left out of evidence."""

    excluded: frozenset[str] = frozenset()
    _told: Mapping[str, tuple[Notice, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, articles: Iterable[ArticleHead], notices: Iterable[StoredNotice]) -> Standings:
        """From every article and every notice of the library."""
        heads = sorted(articles, key=lambda head: head.id)
        doubts: dict[str, set[NoticeKind]] = {head.id: {NoticeKind.RETRACTION} for head in heads if head.retracted}
        known = by_any_id(heads)
        named = {head.id: _named(head) for head in heads}
        told: dict[str, list[Notice]] = {}
        for notice in notices:
            home = known.get(notice.about or "") if notice.of_other else notice.article
            if home is None or (notice.of_other and home == notice.article):
                continue
            if notice.kind in EXCLUDING:
                doubts.setdefault(home, set()).add(notice.kind)
            if notice.of_other:
                told.setdefault(home, []).append(Notice(notice.kind, named.get(notice.article, notice.article)))
        for home, sibling in _siblings(heads, doubts):
            told.setdefault(sibling, []).extend(Notice(kind, named[home]) for kind in doubts[home])
            doubts.setdefault(sibling, set())
        return cls(frozenset(doubts), {home: tuple(sorted(set(each))) for home, each in told.items()})

    def applied(self, article: Article) -> Article:
        """The article with what notices in the library say of it; the same where they say nothing new."""
        return applied(article, self.said(article.id))

    def said(self, article: str) -> tuple[Notice, ...]:
        """What other articles of the library say of this one, in a fixed order."""
        return self._told.get(article, ())


def applied(article: Article, said: tuple[Notice, ...]) -> Article:
    """The article with what others say of it; the same where that is nothing new."""
    new = tuple(n for n in said if n not in article.notices)
    withdrawn = article.retracted or any(
        n.kind is NoticeKind.RETRACTION and not n.of_other for n in (*article.notices, *said)
    )
    if not new and withdrawn == article.retracted:
        return article
    return replace(article, notices=article.notices + new, retracted=withdrawn)


def _siblings(heads: Iterable[ArticleHead], doubts: Mapping[str, object]) -> list[tuple[str, str]]:
    """Other records of publications with ``doubts``, by a DOI, PMID or PMCID in common, where they have none."""
    every = list(heads)
    homes = {iri: head.id for head in every if head.id in doubts for iri in head.ids.values()}
    new = [head for head in every if head.id not in doubts]
    return sorted({(homes[iri], head.id) for head in new for iri in head.ids.values() if iri in homes})


def _named(head: ArticleHead) -> str:
    """An article as notices name their source."""
    for scheme in ("pmid", "doi", "pmcid"):
        if value := getattr(head, scheme):
            return f"{scheme}:{value}"
    return head.id
