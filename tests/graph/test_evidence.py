"""Evidence answers: who is found, who is left out, in which order, and what is said about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.cited import is_iri
from graph.errors import QuestionError
from graph.library import Library
from graph.model import Reason, Verdict
from graph.opening import MEMORY
from graph.question import quoted
from ingest.article import Article, ArticleKind
from ingest.claim import Claim, ClaimKind, Mention, Status, Study
from tests import builders
from tests.builders import LENALIDOMIDE, RUN
from tests.graph.small import HAEMATOLOGICAL, INELIGIBLE, SPM, TERMINOLOGY

WHEN = "2026-03-01T12:00:00Z"


def add(library: Library, name: str, *, article: dict[str, Any] | None = None, **slots: Any) -> Claim:
    """Store one claim of an article of its own; slots may be given as words, with no place in the text."""
    source = builders.article(f"{name}: {builders.SENTENCE}", id=f"urn:picograph:article:{name}", **(article or {}))
    given = {name: Mention(value) if type(value) is str else value for name, value in slots.items()}
    claim = builders.spm_claim(source, **{"study": None, "outcome": Mention("SPM", None, None, SPM), **given})
    library.ingest(source, [claim], RUN)
    return claim


def found(library: Library, question: str) -> list[str]:
    page = library.evidence(question)
    assert page.total == len(page.rows)
    return [row.article.id.rpartition(":")[2] for row in page.rows]


@pytest.mark.parametrize(
    "question",
    [
        'lenalidomide -> "second primary malignancies"',
        "Revlimid → SPM",
        '"immunomodulatory drugs" -> SPM',
        "imids -> second-primary malignancy",
        "? -> SPM",
        "lenalidomide -> ?",
        "? -> ?",
        f"{LENALIDOMIDE} -> {SPM}",
        "lenalidomide -> SPM comparator:placebo",
        "lenalidomide -> SPM population:transplant-eligible",
        'lenalidomide -> SPM population:"transplant-eligible patients" status:unreviewed kind:"own result"',
    ],
)
def test_a_claim_is_found_by_any_name_and_by_anything_broader(any_library: Library, question: str) -> None:
    add(any_library, "one")
    assert found(any_library, question) == ["one"]


@pytest.mark.parametrize(
    "question",
    [
        "thalidomide -> SPM",
        "lenalidomide -> OS",
        'lenalidomide -> "haematological second primary malignancy"',
        "placebo -> SPM",
        "lenalidomide -> SPM comparator:thalidomide",
        "lenalidomide -> SPM population:non-transplant-eligible",
        "lenalidomide -> SPM status:accepted",
        "lenalidomide -> SPM kind:background",
        "nothing known -> SPM",
    ],
)
def test_a_claim_is_not_found_by_what_it_is_not(library: Library, question: str) -> None:
    add(library, "one")
    page = library.evidence(question)
    assert (page.rows, page.total, page.studies, page.cursor) == ((), 0, 0, None)
    assert any(said.startswith(("Nothing found", "Left out")) for said in page.explanation)


def test_narrower_concepts_count_and_broader_ones_do_not(library: Library) -> None:
    add(library, "broad", outcome=Mention("SPM", None, None, SPM))
    add(library, "narrow", outcome=Mention("haematological SPM", None, None, HAEMATOLOGICAL))
    assert found(library, "lenalidomide -> SPM") == ["broad", "narrow"]
    assert found(library, 'lenalidomide -> "haematological second primary malignancy"') == ["narrow"]


def test_every_concept_of_a_combination_counts(library: Library) -> None:
    pair = Mention("Rd", None, None, "urn:concept:dexamethasone", ("urn:concept:dexamethasone", LENALIDOMIDE))
    add(library, "one", intervention=pair)
    assert found(library, "lenalidomide -> SPM") == ["one"]
    assert found(library, "urn:concept:dexamethasone -> SPM") == []
    assert found(library, "? -> SPM") == ["one"]


def test_a_concept_that_the_terminology_lacks_is_found_by_its_iri(any_library: Library) -> None:
    concept = "http://example.org/new-drug"
    add(any_library, "one", intervention=Mention("newmab", None, None, concept))
    assert found(any_library, f"{concept} -> SPM") == ["one"]
    assert found(any_library, "newmab -> SPM") == ["one"]


def test_of_a_name_of_two_concepts_the_one_that_fits_the_slot_counts_and_the_other_is_named(library: Library) -> None:
    add(library, "one", intervention=Mention("MS", None, None, "https://w3id.org/picograph/concept/ms-morphine"))
    page = library.evidence("MS -> SPM")
    assert page.total == 1
    assert "read as morphine sulphate" in page.explanation[0]
    assert "Left out, being no intervention: multiple sclerosis (disease)" in page.explanation[0]


def test_words_are_the_last_resort_and_said_to_be(library: Library) -> None:
    add(library, "one", outcome="Deaths from any cause")
    page = library.evidence('lenalidomide -> "death from any cause"')
    assert page.total == 1
    assert "No concept is called" in page.explanation[1]
    assert found(library, 'lenalidomide -> "deaths from"') == ["one"]
    assert found(library, "lenalidomide -> eath") == []


def test_an_unknown_name_suggests_known_ones(library: Library) -> None:
    add(library, "one")
    page = library.evidence("lenalidomidum -> SPM")
    assert page.rows == ()
    assert "Names like it: lenalidomide (" in page.explanation[0]
    assert any(said.startswith("Try one of these names") for said in page.explanation)


def test_unlinked_mentions_are_found_by_a_name_of_the_concept(library: Library) -> None:
    add(library, "words", intervention="maintenance with Revlimid")
    add(library, "denied", intervention="no lenalidomide")
    assert found(library, "lenalidomide -> SPM") == ["words"]


def test_eligible_is_not_non_eligible(any_library: Library) -> None:
    add(any_library, "eligible", population="transplant-eligible patients")
    add(any_library, "denied", population="non-transplant-eligible patients")
    add(any_library, "elided", population=Mention("noneligible", None, "non-transplant-eligible patients"))
    add(any_library, "linked", population=Mention("TNE", None, None, INELIGIBLE))
    add(any_library, "none", population=None)
    assert found(any_library, 'lenalidomide -> SPM population:"transplant-eligible"') == ["eligible"]
    ineligible = found(any_library, 'lenalidomide -> SPM population:"non-transplant-eligible"')
    assert ineligible == ["denied", "elided", "linked"]
    assert len(found(any_library, "lenalidomide -> SPM")) == 5


def test_a_wrong_link_does_not_turn_a_negation_round(library: Library) -> None:
    wrong = Mention("non-transplant-eligible", None, None, "https://w3id.org/picograph/concept/eligible")
    add(library, "one", population=wrong)
    assert found(library, "lenalidomide -> SPM population:transplant-eligible") == []


def test_what_default_answers_leave_out_is_counted_and_can_be_asked_for(library: Library) -> None:
    add(library, "plain")
    gone = add(library, "rejected")
    library.decide(gone.id, Verdict.REJECT, reason=Reason.NOT_A_CLAIM, author="a", made_at=WHEN)
    add(library, "background", kind=ClaimKind.BACKGROUND)
    add(library, "retracted", article={"retracted": True})
    page = library.evidence("lenalidomide -> SPM")
    assert [row.article.id for row in page.rows] == ["urn:picograph:article:plain"]
    assert (
        "1 rejected or of another status, 1 not own results, 1 of articles that are retracted or in doubt"
        in page.explanation[-1]
    )
    assert found(library, "lenalidomide -> SPM status:any") == ["plain", "rejected"]
    assert found(library, "lenalidomide -> SPM kind:any") == ["plain", "background"]
    assert found(library, "lenalidomide -> SPM retracted:any") == ["plain", "retracted"]
    assert found(library, "lenalidomide -> SPM retracted:yes") == ["retracted"]
    assert found(library, "lenalidomide -> SPM retracted:no") == ["plain"]
    assert len(list(library.claims(question="lenalidomide -> SPM retracted:no"))) == 3
    assert [c.status for c, _ in library.claims(question="lenalidomide -> SPM status:rejected")] == [Status.REJECTED]
    assert len(list(library.claims(question="lenalidomide -> SPM"))) == 4
    assert len(list(library.claims(kinds=[ClaimKind.BACKGROUND]))) == 1
    assert len(list(library.claims(statuses=[Status.REJECTED], question="? -> ?"))) == 1
    assert len(list(library.claims(article="urn:picograph:article:plain"))) == 1


def test_evidence_is_counted_by_study_and_primary_sources_come_first(library: Library) -> None:
    trial = Study(name="Trial One", registration="NCT01554852")
    add(library, "a-news", article={"kind": ArticleKind.NEWS, "primary_source": "doi:10.1000/X"})
    add(library, "b-abstract", study=Study(name="Trial One"))
    add(library, "c-full", study=trial)
    add(library, "d-other")
    page = library.evidence("lenalidomide -> SPM")
    assert [row.article.id.rpartition(":")[2] for row in page.rows] == ["b-abstract", "c-full", "d-other", "a-news"]
    assert (page.total, page.studies) == (4, 3)
    add(library, "c-full", article={"doi": "10.1000/x"}, study=trial)
    assert library.evidence("lenalidomide -> SPM").studies == 2


def test_unreviewed_claims_of_the_least_confidence_come_first_and_page_by_page(library: Library) -> None:
    for name, confidence in (("a", 0.9), ("b", 0.31), ("c", 0.55), ("d", 0.1), ("e", 0.31)):
        add(library, name, confidence=confidence)
    library.decide(add(library, "done", confidence=0.02).id, Verdict.ACCEPT, author="a", made_at=WHEN)
    question = "? -> ? status:unreviewed order:uncertain"
    first = library.evidence(question, limit=3)
    second = library.evidence(question, limit=3, cursor=first.cursor)
    rows = [(row.article.id[-1], row.claim.confidence) for page in (first, second) for row in page.rows]
    assert rows == [("d", 0.1), ("b", 0.31), ("e", 0.31), ("c", 0.55), ("a", 0.9)]
    assert found(library, "? -> ? status:unreviewed") == list("abcde")


def test_pages_hold_every_claim_once_even_when_one_comes_between(library: Library) -> None:
    for name in "bcdef":
        add(library, name)
    first = library.evidence("lenalidomide -> SPM", limit=2)
    add(library, "a")
    second = library.evidence("lenalidomide -> SPM", limit=2, cursor=first.cursor)
    third = library.evidence("lenalidomide -> SPM", limit=2, cursor=second.cursor)
    names = [row.article.id[-1] for page in (first, second, third) for row in page.rows]
    assert names == list("bcdef")
    assert third.cursor is None
    assert (first.total, second.total) == (5, 6)
    assert second.revision == first.revision + 1


@pytest.mark.parametrize("cursor", ["", "x", "é", "bm90IGpzb24", "W10", "WzEsMiwzLDQsNSw2XQ", "[" * 5000])
def test_a_cursor_that_is_none_is_refused(library: Library, cursor: str) -> None:
    with pytest.raises(QuestionError, match="cursor"):
        library.evidence("lenalidomide -> SPM", cursor=cursor)


def test_a_cursor_of_another_question_is_refused(library: Library) -> None:
    for name in "ab":
        add(library, name)
    cursor = library.evidence("lenalidomide -> SPM", limit=1).cursor
    with pytest.raises(QuestionError, match="another question"):
        library.evidence("lenalidomide -> ?", cursor=cursor)
    for limit in (0, -1, 10_000):
        with pytest.raises(ValueError, match="a page holds"):
            library.evidence("lenalidomide -> SPM", limit=limit)


HOSTILE = [
    '" } } ; DROP ALL #',
    "\\x",
    "} UNION { ?claim ?p ?o }",
    "VALUES ?target { UNDEF } x",
    "<http://x> . ?a ?b ?c x",
    "http://x/> <y",
    "e\u0301\u202e\ufeffx",
    "x" * 1_000,
    "(" * 1_000 + "x",
]


@pytest.mark.parametrize("term", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_terms_are_only_words(any_library: Library, term: str) -> None:
    add(any_library, "one")
    before = any_library.stats()
    for question in (f"{quoted(term)} -> SPM", f"? -> {quoted(term)}", f"? -> ? population:{quoted(term)}"):
        assert any_library.evidence(question).rows == ()
    assert any_library.stats() == before


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), max_size=20).map(lambda inner: f"a{inner}b"))
def test_a_claim_is_found_by_the_words_of_its_own_mentions(words: str) -> None:
    from ingest.terminology import key_of

    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        add(library, "one", outcome=words)
        page = library.evidence(f"lenalidomide -> {quoted(words)}")
        is_concept = "://" in words and is_iri(words)  # then it asks for claims that use it, not for its words
        assert page.total == (1 if key_of(words) and not is_concept else 0)


def test_the_fixed_order_is_article_quote_id(library: Library) -> None:
    text = f"{builders.SENTENCE} Again: {builders.SENTENCE.replace('1.55', '1.66')}"
    source: Article = builders.article(text, id="urn:picograph:article:b")
    late = replace(builders.claim(source, "Again", outcome="second primary malignancies"), study=None)
    library.ingest(source, [late, builders.spm_claim(source)], RUN)
    add(library, "a")
    starts = [(a.id[-1], c.quote.span.start > 10) for c, a in library.claims()]
    assert starts == [("a", False), ("b", False), ("b", True)]


@given(st.sampled_from(["lenalidomide -> SPM", "? -> ?"]))
@settings(max_examples=2, deadline=None)
def test_an_empty_library_answers_too(question: str) -> None:
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        page = library.evidence(question)
        assert (page.total, page.rows) == (0, ())
        assert any("Nothing found" in said for said in page.explanation)
