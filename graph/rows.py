"""Rows of queries as values."""

from __future__ import annotations

import json
from collections.abc import Iterable

from graph import codes
from graph.errors import StoreError
from graph.standing import StoredNotice
from graph.store import Row
from graph.study_figures import Figure, Told
from graph.study_grounds import ArticleHead, StudyReport
from graph.terms import Term


def word(term: Term | None) -> str:
    """The text of a term that is always there."""
    if term is None:
        raise StoreError("the store gave a row with a hole in it")
    return term.value


def article_head(row: Row) -> ArticleHead:
    """A row of ``article_heads``."""
    article, kind, retracted, doi, pmid, pmcid, primary, title, published, registration, *lists = row
    registrations, publications, types = (_listed(term) for term in lists)
    own = _text(registration)
    return ArticleHead(
        word(article),
        word(kind),
        word(retracted) == "true",
        doi=_text(doi),
        pmid=_text(pmid),
        pmcid=_text(pmcid),
        primary=_text(primary),
        title=_text(title),
        published=_text(published),
        registrations=registrations if own is None or own in registrations else (own, *registrations),
        publications=publications,
        types=types,
    )


def study_report(row: Row) -> StudyReport:
    """A row of ``study_reports``."""
    article, study, name, design, *sizes = row
    known = frozenset(int(size.value) for size in sizes if size is not None)
    return StudyReport(word(article), word(study), _text(name), _text(design), known)


def stored_notice(row: Row) -> StoredNotice:
    """A row of ``notices``."""
    article, kind, other, about = row
    made = codes.NOTICE.decode(kind)  # type: ignore[arg-type]
    return StoredNotice(word(article), made, word(other) == "true", _text(about))


def figure(row: Row) -> Figure:
    """A row of ``figures``."""
    article, measure, value, low, high, outcome, drug = row
    name = codes.MEASURE.decode(measure).value  # type: ignore[arg-type]
    middle, least, most = float(word(value)), float(word(low)), float(word(high))
    return Figure(word(article), name, middle, least, most, word(outcome), word(drug))


def told(figures: Iterable[Row], given: Iterable[Row]) -> dict[str, Told]:
    """Rows of ``figures`` and of ``given``, by article."""
    ratios, drugs = dict[str, set[Figure]](), dict[str, set[str]]()
    for row in figures:
        ratios.setdefault((made := figure(row)).article, set()).add(made)
    for article, drug in given:
        drugs.setdefault(word(article), set()).add(word(drug))
    both = {*ratios, *drugs}
    return {a: Told(frozenset(ratios.get(a, ())), frozenset(drugs.get(a, ()))) for a in both}


def _text(term: Term | None) -> str | None:
    return None if term is None else term.value


def _listed(term: Term | None) -> tuple[str, ...]:
    return () if term is None else tuple(json.loads(term.value))
