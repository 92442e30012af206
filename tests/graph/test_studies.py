"""One study behind many articles."""

from __future__ import annotations

from graph.mapping_article import study_iri
from graph.studies import ArticleHead, Studies, StudyReport
from ingest.claim import Study

REGISTERED = study_iri(Study(registration="NCT00000001"), "")
OTHER = study_iri(Study(registration="NCT00000002"), "")
NAMED = study_iri(Study(name="Myeloma XI"), "")
UNNAMED = study_iri(Study(phase="3"), "urn:a:3")


def head(name: str, primary: str | None = None, doi: str | None = None) -> ArticleHead:
    return ArticleHead(name, "", retracted=False, doi=doi, primary=primary)


def test_a_name_goes_with_the_one_registration_that_bears_it() -> None:
    reports = [StudyReport("urn:a:1", REGISTERED, "Myeloma XI"), StudyReport("urn:a:2", NAMED, "myeloma xi")]
    studies = Studies.of([head("urn:a:1"), head("urn:a:2")], reports)
    assert studies.canonical(NAMED) == REGISTERED
    assert studies.behind("urn:a:2", NAMED) == studies.behind("urn:a:1", REGISTERED) == REGISTERED


def test_a_name_of_two_registrations_stays_by_itself() -> None:
    reports = [
        StudyReport("urn:a:1", REGISTERED, "Myeloma XI"),
        StudyReport("urn:a:2", OTHER, "Myeloma XI"),
        StudyReport("urn:a:3", NAMED, "Myeloma XI"),
    ]
    assert Studies.of([], reports).canonical(NAMED) == NAMED


def test_registrations_without_names_are_not_one() -> None:
    studies = Studies.of([], [StudyReport("urn:a:1", REGISTERED), StudyReport("urn:a:2", OTHER)])
    assert studies.behind("urn:a:1", REGISTERED) != studies.behind("urn:a:2", OTHER)


def test_an_unnamed_study_is_that_of_its_article_or_of_its_primary_source() -> None:
    heads = [head("urn:a:1", doi="10.1000/x"), head("urn:a:3", primary="https://doi.org/10.1000/x")]
    studies = Studies.of(heads, [StudyReport("urn:a:1", REGISTERED)])
    assert studies.behind("urn:a:3", None) == studies.behind("urn:a:3", UNNAMED) == REGISTERED
    assert studies.behind("urn:a:4", None) == "urn:a:4"


def test_two_pages_on_one_unknown_publication_count_once() -> None:
    source = "https://doi.org/10.1000/unknown"
    studies = Studies.of([head("urn:a:1", source), head("urn:a:2", source)], [])
    assert studies.behind("urn:a:1", None) == studies.behind("urn:a:2", None) == source


def test_articles_that_name_each_other_as_source_end() -> None:
    studies = Studies.of([head("urn:a:1", "urn:a:2"), head("urn:a:2", "urn:a:1")], [])
    assert studies.behind("urn:a:1", None) in ("urn:a:1", "urn:a:2")


def test_a_review_of_many_studies_is_none_of_them() -> None:
    heads = [head("urn:a:1"), head("urn:a:2", "urn:a:1")]
    studies = Studies.of(heads, [StudyReport("urn:a:1", REGISTERED), StudyReport("urn:a:1", OTHER)])
    assert studies.behind("urn:a:2", None) == "urn:a:1"
