"""The tables as their readers see them: look-ups, other connections, what is rolled back, notices."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import UnknownArticle
from graph.linking.facts import ArticleFacts, Row
from graph.linking.store import Linking
from graph.mapping_article import study_iri
from graph.standing import StoredNotice
from graph.study_grounds import ArticleHead, StudyReport
from ingest.claim import Study
from ingest.notices import Notice, NoticeKind
from tests import builders
from tests.graph.linking.libraries import opened

KIND = "https://w3id.org/picograph/vocab#abstract"
A, B, C = (f"urn:a:{n}" for n in range(3))
ONE = study_iri(Study(registration="NCT00000001"), "")


def facts(article: str, *, number: str | None = None, **known: object) -> ArticleFacts:
    head = replace(ArticleHead(article, KIND, retracted=False), **known)  # type: ignore[arg-type]
    iri = study_iri(Study(registration=number), article)
    return ArticleFacts(head, (StudyReport(article, iri),))


def holding(*items: ArticleFacts, connection: sqlite3.Connection | None = None) -> Linking:
    linking = opened() if connection is None else Linking(connection)
    linking.replace(items)
    linking.settle()
    return linking


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (A, A),
        ("doi:10.1000/X", A),
        ("10.1000/x", A),
        ("https://doi.org/10.1000/x", A),
        ("pmid:111111", B),
        ("PMCID: pmc7", B),
        ("https://pubmed.ncbi.nlm.nih.gov/111111/", B),
        ("pmid:222222", None),
        ("urn:elsewhere", None),
        ("some words", None),
    ],
)
def test_an_article_is_found_by_any_of_its_ids_and_by_no_source(name: str, found: str | None) -> None:
    items = [facts(A, doi="10.1000/x"), facts(B, pmid="111111", pmcid="PMC7"), facts(C, primary="urn:elsewhere")]
    assert holding(*items).find(name) == found


def test_of_several_records_with_an_id_the_first_is_found() -> None:
    items = [facts(B, doi="10.1000/x"), facts(A, doi="10.1000/x", pmid="111111"), facts(C, doi="10.1000/x")]
    assert holding(*items).find("doi:10.1000/x") == A


def test_heads_units_and_rows_are_of_the_articles_that_are_known() -> None:
    linking = holding(facts(A, number="NCT00000001", title="A trial"), facts(B, number="NCT00000001"), facts(C))
    head = linking.head(A)
    assert head is not None
    assert (head.title, linking.head("urn:nothing")) == ("A trial", None)
    assert list(linking.heads([C, "urn:nothing", A])) == [C, A]
    assert linking.units([A, B, C, "urn:nothing"]) == {A: ONE, B: ONE, C: C}
    assert list(linking.rows()) == [(A, Row(ONE)), (B, Row(ONE)), (C, Row(C))]
    assert linking.count() == 3


def test_an_unknown_article_is_named() -> None:
    linking = holding(facts(A))
    for ask in (linking.standing_of, linking.others, linking.reasons, lambda article: linking.behind(article, ONE)):
        with pytest.raises(UnknownArticle):
            ask(B)


def test_what_is_given_again_unchanged_changes_nothing() -> None:
    linking = holding(facts(A, number="NCT00000001"), facts(B))
    linking.replace([facts(A, number="NCT00000001")])
    linking.remove([C])
    assert linking.settle() == set()


def test_facts_of_another_article_are_refused() -> None:
    with pytest.raises(ValueError, match="is not of"):
        ArticleFacts(facts(A).head, facts(B).reports)


def test_what_is_rolled_back_is_not_remembered() -> None:
    connection = sqlite3.connect(":memory:")
    linking = holding(facts(A, number="NCT00000001"), facts(B), connection=connection)
    connection.commit()
    linking.replace([facts(B, number="NCT00000001", doi="10.1000/x")])
    assert linking.settle() == {B}
    assert (linking.others(A), linking.find("doi:10.1000/x")) == ((B,), B)
    connection.rollback()
    assert (linking.others(A), linking.find("doi:10.1000/x"), linking.standing_of(B)) == ((), None, Row(B))


def test_what_is_pending_survives_a_commit(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "linking.sqlite")) as first, first:
        Linking(first).replace([facts(A, number="NCT00000001")])
    with closing(sqlite3.connect(tmp_path / "linking.sqlite")) as second:
        linking = Linking(second)
        assert list(linking.rows()) == []
        assert linking.settle() == {A}


def test_a_reader_that_may_not_write_sees_what_was_committed(tmp_path: Path) -> None:
    path = tmp_path / "linking.sqlite"
    with closing(sqlite3.connect(path)) as writer, closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as reads:
        linking = holding(facts(A, number="NCT00000001"), facts(B), connection=writer)
        writer.commit()
        reader = Linking(reads)
        assert (reader.others(A), reader.find("doi:10.1000/x")) == ((), None)
        linking.replace([facts(B, number="NCT00000001", doi="10.1000/x")])
        linking.settle()
        assert reader.others(A) == ()
        writer.commit()
        assert (reader.others(A), reader.find("doi:10.1000/x")) == ((B,), B)


def test_an_article_tells_what_a_notice_of_another_says() -> None:
    notice = StoredNotice(B, NoticeKind.RETRACTION, of_other=True, about=A)
    linking = holding(facts(A), replace(facts(B, pmid="222222"), notices=(notice,)))
    assert linking.standing_of(A).excluded
    shown = linking.applied(builders.article(id=A))
    assert (shown.retracted, shown.notices) == (True, (Notice(NoticeKind.RETRACTION, "pmid:222222"),))
    linking.remove([B])
    assert linking.settle() == {A}
    assert linking.applied(builders.article(id=A)) == builders.article(id=A)
