"""Which claims rest on the same study, whatever articles tell of it. Pure.

Articles give a study by registration, by name alone, or not at all. A name goes with a registration when articles give
exactly one registration under that name. A secondary source that names no study of its own counts as the study of the
article it reports on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.mapping_article import STUDY_BASE
from ingest.article import article_iri
from ingest.terminology import key_of

_BY_NAME, _BY_ARTICLE = f"{STUDY_BASE}name/", f"{STUDY_BASE}article/"


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What the library knows of an article without reading it. ``primary`` is the IRI it reports on, None if none."""

    id: str
    kind: str
    retracted: bool
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    primary: str | None = None


@dataclass(frozen=True, slots=True)
class StudyReport:
    """That ``article`` reports ``study``, under ``name`` where it gives one."""

    article: str
    study: str
    name: str | None = None


@dataclass(frozen=True)
class Studies:
    """The studies of a library; build with ``Studies.of``."""

    _one: Mapping[str, str] = field(default_factory=dict)
    _of_article: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _primary: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, articles: Iterable[ArticleHead], reports: Iterable[StudyReport]) -> Studies:
        """From every article and every report of the library."""
        heads, told = list(articles), list(reports)
        registered: dict[str, set[str]] = {}
        for report in told:
            if not report.study.startswith((_BY_NAME, _BY_ARTICLE)):
                registered.setdefault(key_of(report.name or ""), set()).add(report.study)
        registered.pop("", None)
        one = {}
        for report in told:
            same = registered.get(key_of(report.name or ""), set())
            if report.study.startswith(_BY_NAME) and len(same) == 1:
                one[report.study] = next(iter(same))
        of_article: dict[str, set[str]] = {}
        for report in told:
            if not report.study.startswith(_BY_ARTICLE):
                of_article.setdefault(report.article, set()).add(one.get(report.study, report.study))
        known = by_any_id(heads)
        primary = {h.id: known.get(h.primary, h.primary) for h in heads if h.primary is not None}
        return cls(one, {a: frozenset(s) for a, s in of_article.items()}, primary)

    def canonical(self, study: str) -> str:
        """The one IRI of a study that an article gives as ``study``."""
        return self._one.get(study, study)

    def behind(self, article: str, study: str | None) -> str:
        """What counts as one study: its IRI, else the IRI of the article that stands for it."""
        if study is not None and not study.startswith(_BY_ARTICLE):
            return self.canonical(study)
        seen = {article}
        while (source := self._primary.get(article)) is not None and source not in seen:
            article = source
            seen.add(article)
            studies = self._of_article.get(article, frozenset())
            if len(studies) == 1:
                return next(iter(studies))
        return article


def by_any_id(heads: Iterable[ArticleHead]) -> dict[str, str]:
    """Every IRI that a known article may be named by, to its id."""
    known: dict[str, str] = {}
    for head in heads:
        for scheme in ("doi", "pmid", "pmcid"):
            if value := getattr(head, scheme):
                named: dict[str, str] = {scheme: value}
                known.setdefault(article_iri(**named, sha256=""), head.id)
    return known | {head.id: head.id for head in heads}
