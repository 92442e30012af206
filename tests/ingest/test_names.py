"""Concepts in running text: the longest name, and the article's own words before the dictionary's."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pytest
from hypothesis import given, settings

from ingest.article import Span
from ingest.names import Found, Names
from ingest.nlp import parse
from ingest.terminology import Concept, ConceptKind, Terminology
from tests.graph.small import CONCEPTS
from tests.ingest.printed import any_text

RECOGNISER = Names(
    Terminology(
        [
            *CONCEPTS,
            Concept("urn:d:dex", "dexamethasone", ConceptKind.DRUG),
            Concept("urn:o:pfs", "progression-free survival", ConceptKind.OUTCOME, ("PFS",)),
            Concept("urn:x:cat", "computed tomography", ConceptKind.PROCEDURE, ("CAT",)),
            Concept("urn:x:ash", "a society", ConceptKind.PROCEDURE, ("ASH",)),
        ]
    )
)


def found(text: str, short_forms: Mapping[str, str] | None = None) -> list[tuple[str, list[str]]]:
    hits = RECOGNISER.find(text, parse(text).tokens, short_forms or {})
    return [(f.span.of(text), [c.name for c in f.concepts]) for f in hits]


def names(text: str, short_forms: Mapping[str, str] | None = None) -> list[str]:
    return [words for words, _ in found(text, short_forms)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Haematological second primary malignancies rose.", ["Haematological second primary malignancies"]),
        ("Hematological second primary malignancy rose.", ["Hematological second primary malignancy"]),
        ("overall survival and survival", ["overall survival", "survival"]),
        ("second\nprimary malignancies", ["second\nprimary malignancies"]),
        ("Lenalidomide/dexamethasone was used", ["Lenalidomide", "dexamethasone"]),
        ("lenalidomide-induced SPMs", ["lenalidomide", "SPMs"]),
        ("Progression free survival rose", ["Progression free survival"]),
        ("lenalidomide, placebo; thalidomide", ["lenalidomide", "placebo", "thalidomide"]),
        ("second (primary) malignancy", []),
        ("lenalidomides", ["lenalidomides"]),
        ("nonlenalidomide", []),
    ],
)
def test_the_longest_name_that_stands_in_one_piece_is_found(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_name_of_two_concepts_gives_both_unless_an_everyday_word_shares_it() -> None:
    assert found("SPM") == [("SPM", ["second primary malignancy"])]
    assert names("MS was all he had as a cat") == []


def test_a_short_form_is_meant_only_in_capitals() -> None:
    assert names("PFS rose") == ["PFS"]
    assert names("pfs and ash on the os coxae") == []
    assert names("ASH") == ["ASH"]


def test_what_the_article_says_a_short_form_means_wins() -> None:
    assert found("PFS rose", {"PFS": "placebo for some"}) == [("PFS", ["placebo"])]
    assert found("PFS rose", {"PFS": "patients from Spain"}) == []


def test_a_short_form_of_a_combination_names_all_its_drugs() -> None:
    hits = found("Rd was better, and Rds too", {"Rd": "lenalidomide plus low-dose dexamethasone"})
    assert hits == [("Rd", ["lenalidomide", "dexamethasone"])]


def test_a_plural_of_a_short_form_is_the_short_form() -> None:
    assert names("XYs", {"XY": "second primary malignancy"}) == ["XYs"]


def test_look_up_takes_words_whole() -> None:
    assert [c.name for c in RECOGNISER.look_up("Second cancers")] == ["second primary malignancy"]
    assert RECOGNISER.look_up("more second cancers") == ()


@settings(max_examples=60, deadline=None)
@given(any_text.map(lambda t: t.encode("utf-8", "replace").decode()))
def test_names_are_in_order_apart_and_in_the_text(text: str) -> None:
    hits = RECOGNISER.find(text, parse(text).tokens, {"HR": "hazard ratio", "CI": "lenalidomide"})
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(hits))
    assert all(f.span.end <= len(text) and f.concepts for f in hits)


def test_what_the_model_told_has_its_kind_without_a_concept() -> None:
    assert Found(Span(0, 4), (), told=ConceptKind.DRUG).kind is ConceptKind.DRUG
    named = Found(Span(0, 4), (Concept("urn:p", "pain", ConceptKind.DISEASE),))
    assert (named.kind, named.told) == (ConceptKind.DISEASE, None)
    assert all(f.told is None and f.concepts for f in RECOGNISER.find("SPM", parse("SPM").tokens, {}))
