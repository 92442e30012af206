"""Retractions and concerns take an article out of the evidence, whoever tells of them; corrections do not."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from graph.library import Library
from ingest.article import Article, ArticleKind
from ingest.notices import Notice, NoticeKind
from tests import builders
from tests.graph.small import TERMINOLOGY

QUESTION = "lenalidomide -> SPM"
TRIAL = "https://pubmed.ncbi.nlm.nih.gov/111111/"


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open("memory:", terminology=TERMINOLOGY) as opened:
        yield opened


def trial(*notices: Notice, retracted: bool = False) -> Article:
    return builders.article(id=TRIAL, pmid="111111", doi="10.1000/Trial", notices=notices, retracted=retracted)


def notice_of(source: str, kind: NoticeKind = NoticeKind.RETRACTION) -> Article:
    """An article that is itself a notice."""
    return builders.article(
        f"Notice about {source}.",
        id="https://pubmed.ncbi.nlm.nih.gov/222222/",
        pmid="222222",
        notices=(Notice(kind, source, of_other=True),),
        no_evidence="retraction notice",
    )


def add(library: Library, *articles: Article) -> None:
    for article in articles:
        claims = [] if article.no_evidence else [builders.spm_claim(article)]
        library.ingest(article, claims, builders.RUN)


def found(library: Library, question: str = QUESTION) -> int:
    return library.evidence(question).total


@pytest.mark.parametrize("kind", NoticeKind)
def test_own_notices_exclude_where_they_should(library: Library, kind: NoticeKind) -> None:
    add(library, trial(Notice(kind, "pmid:222222")))
    excluded = kind in (NoticeKind.RETRACTION, NoticeKind.CONCERN)
    assert found(library) == (0 if excluded else 1)
    assert found(library, f"{QUESTION} retracted:yes") == (1 if excluded else 0)
    assert found(library, f"{QUESTION} retracted:any") == 1
    shown = library.article(TRIAL).article
    assert shown.notices == (Notice(kind, "pmid:222222"),)
    assert shown.retracted == (kind is NoticeKind.RETRACTION)


@pytest.mark.parametrize("source", ["pmid:111111", "doi:10.1000/TRIAL", "PMID: 111111", TRIAL])
@pytest.mark.parametrize("notice_first", [True, False])
def test_a_notice_in_the_library_marks_the_article_it_is_about(
    library: Library, source: str, notice_first: bool
) -> None:
    pair = [notice_of(source), trial()]
    add(library, *(pair if notice_first else reversed(pair)))
    assert found(library) == 0
    (row,) = library.evidence(f"{QUESTION} retracted:yes").rows
    assert row.article.retracted
    assert row.article.notices == (Notice(NoticeKind.RETRACTION, "pmid:222222"),)
    assert not library.article("pmid:222222").article.retracted


def test_a_concern_is_no_retraction_and_is_told_once(library: Library) -> None:
    known = Notice(NoticeKind.CONCERN, "pmid:222222")
    add(library, trial(known), notice_of("pmid:111111", NoticeKind.CONCERN))
    assert found(library) == 0
    shown = library.article(TRIAL).article
    assert (shown.notices, shown.retracted) == ((known,), False)


@pytest.mark.parametrize("source", ["pmid:999999", "Lancet 2001;1:2", None, "pmid:222222"])
def test_a_notice_about_something_else_changes_nothing(library: Library, source: str | None) -> None:
    add(library, trial(), notice_of(source or ""))
    assert found(library) == 1
    assert not library.article(TRIAL).article.retracted


def test_a_notice_that_is_gone_marks_nothing_any_more(library: Library) -> None:
    add(library, trial(), notice_of("pmid:111111"))
    assert found(library) == 0
    add(library, notice_of("pmid:333333"))
    assert found(library) == 1


def test_short_records_with_ids_of_their_own_are_articles_of_their_own(library: Library) -> None:
    ids = ("555551", "555552", None)
    for pmid, name in zip(ids, itertools.count(), strict=False):
        library.ingest(builders.article("Editorial.", id=f"urn:x:{name}", pmid=pmid), [], builders.RUN)
    assert [a.id for a in library.articles()] == ["urn:x:0", "urn:x:1"]


ABSTRACT = f"Trial one. {builders.SENTENCE}"
FULL = f"Trial one, at length. {builders.SENTENCE} More is said of it."


def record(text: str, kind: ArticleKind, **about: Any) -> Article:
    """A record of one publication under the id that both of its records have."""
    return builders.article(text, id="https://doi.org/10.1000/one", doi="10.1000/one", kind=kind, **about)


@pytest.mark.parametrize("abstract_first", [True, False])
def test_what_an_abstract_says_of_its_article_is_kept_with_the_full_text(
    library: Library, abstract_first: bool
) -> None:
    notice = Notice(NoticeKind.RETRACTION, "pmid:222222")
    abstract = record(
        ABSTRACT, ArticleKind.ABSTRACT, pmid="111111", types=("Trial",), notices=(notice,), retracted=True
    )
    full = record(FULL, ArticleKind.FULL_TEXT, pmcid="PMC1", types=("research-article",))
    add(library, *((abstract, full) if abstract_first else (full, abstract)))
    shown = library.article(full.id)
    assert (shown.article.text, len(shown.claims)) == (FULL, 1)
    assert (shown.article.pmid, shown.article.pmcid) == ("111111", "PMC1")
    assert shown.article.types == ("research-article", "Trial")
    assert (shown.article.notices, shown.article.retracted) == ((notice,), True)
    assert found(library) == 0
    revision = library.revision()
    for again in (abstract, full):
        assert library.ingest(again, [builders.spm_claim(again)], builders.RUN).unchanged
    assert library.revision() == revision


def test_a_retraction_that_the_abstract_takes_back_goes_when_the_full_text_is_read_anew(library: Library) -> None:
    full = record(FULL, ArticleKind.FULL_TEXT)
    add(library, full, record(ABSTRACT, ArticleKind.ABSTRACT, retracted=True))
    assert found(library) == 0
    add(library, record(ABSTRACT, ArticleKind.ABSTRACT), full)
    assert found(library) == 1


def test_the_same_kind_of_record_read_anew_takes_back_what_it_said(library: Library) -> None:
    add(library, record(ABSTRACT, ArticleKind.ABSTRACT, retracted=True))
    assert found(library) == 0
    add(library, record(ABSTRACT, ArticleKind.ABSTRACT))
    assert found(library) == 1


@pytest.mark.parametrize("kind", [NoticeKind.RETRACTION, NoticeKind.CONCERN])
def test_a_retraction_holds_for_every_record_of_the_publication(library: Library, kind: NoticeKind) -> None:
    indexed = builders.article("Trial one.", id=TRIAL, pmid="111111", notices=(Notice(kind, "pmid:222222"),))
    library.ingest(indexed, [], builders.RUN)
    add(library, record(FULL, ArticleKind.FULL_TEXT, pmid="111111"))
    library.ingest(builders.article("Another.", id="urn:x:other", pmid="333333"), [], builders.RUN)
    assert found(library) == 0
    (row,) = library.evidence(f"{QUESTION} retracted:yes").rows
    assert row.article.notices == (Notice(kind, "pmid:111111"),)
    assert row.article.retracted == (kind is NoticeKind.RETRACTION)
    assert not library.article("pmid:333333").article.notices
