"""Operators, places and filters of the query language: what is read, what it means, and that it can be written."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QuestionError
from graph.language import fitting, patterns
from graph.language.model import Designs, DesignWords, Order, Question, Says, Size
from graph.language.rendering import rendered
from graph.language.tree import And, Anything, Not, Or, Term, terms, wanted
from graph.language.understanding import known_to, understand
from graph.language.values import MEASURES, design_words
from graph.question import parse_question
from ingest.claim import ClaimKind, Measure, Status
from ingest.terminology import Concept, ConceptKind, Terminology
from tests.graph.questions import questions

A, B, C, D = (Term(name) for name in "abcd")


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("a or b and not c", Or((A, And((B, Not(C)))))),
        ("(a or b) and c", And((Or((A, B)), C))),
        ("a and (b and c)", And((A, B, C))),
        ("not not a", Not(Not(A))),
        ("((a))", A),
        ('a or "b or c"', Or((A, Term("b or c")))),
        ("a and(b or c)", And((A, Or((B, C))))),
        ("band or notch", Or((Term("band"), Term("notch")))),
        ("IL-2 (x) and b", And((Term("IL-2 (x)"), B))),
        ("OR", Term("OR")),
        ("“a and b” and c", And((Term("a and b"), C))),
    ],
)
def test_not_binds_closer_than_and_and_and_closer_than_or(text: str, expression: object) -> None:
    assert parse_question(f"x -> {text}").outcome == expression
    assert parse_question(f"{text} -> x").intervention == expression


def test_population_and_comparator_have_words_of_their_own() -> None:
    asked = Question("", A, B, populations=(Or((C, D)),), comparators=(Not(A), Anything()))
    for text in (
        "a -> b in c or d vs not a vs ?",
        "a vs not a -> b vs. ? in (c or d)",
        "a -> b versus not a comparator:? population:c or d",
        "a in c or d vs not a vs ? -> b",
    ):
        assert parse_question(text) == asked


def test_a_filter_ends_a_term_and_a_place_ends_a_filter() -> None:
    asked = parse_question("a -> b n>=500 in c status:accepted vs d design:phase 3 n < 1,000 n≥5")
    assert (asked.populations, asked.comparators) == ((C,), (D,))
    assert asked.statuses == frozenset({Status.ACCEPTED})
    assert asked.filters == (Size(">=", 500), Designs((DesignWords((), 3),)), Size("<", 1000), Size(">=", 5))


def test_several_values_are_any_of_them_and_a_dash_takes_away() -> None:
    asked = parse_question("a -> b -status:accepted not kind:background,opinion -text:x direction:none,unknown")
    assert asked.statuses == frozenset({Status.UNREVIEWED, Status.CORRECTED})
    assert asked.kinds == frozenset({ClaimKind.OWN_RESULT, ClaimKind.BASELINE})
    assert asked.filters[0] == Says(("x",), negated=True)
    assert parse_question("? -> ? status:any -status:accepted").statuses == frozenset(Status) - {Status.ACCEPTED}
    assert parse_question("? -> ? -status:accepted -status:corrected").statuses == frozenset({Status.UNREVIEWED})
    assert parse_question("? -> ? not -status:accepted").statuses == frozenset({Status.ACCEPTED})


@pytest.mark.parametrize(
    ("name", "measure"),
    [("HR", Measure.HAZARD_RATIO), ("OR", Measure.ODDS_RATIO), ("or", Measure.ODDS_RATIO), ("rr", Measure.RISK_RATIO),
     ("standardized mean-difference", Measure.STANDARDISED_MEAN_DIFFERENCE), ("p-value", Measure.P_VALUE)],
)  # fmt: skip
def test_measures_go_by_their_short_names_too(name: str, measure: Measure) -> None:
    (found,) = parse_question(f"a -> b measure:{name}").filters
    assert found.measures == {measure}  # type: ignore[union-attr]


def test_every_measure_has_its_name() -> None:
    assert set(MEASURES.values()) == set(Measure)


@given(questions())
def test_what_is_written_is_what_is_read(question: Question) -> None:
    assert parse_question(question.text) == question
    assert rendered(parse_question(question.text)) == question.text


@given(st.lists(st.sampled_from(
    ["a", '"b c"', "and", "or", "not", "in", "vs", "(", ")", "->", "?", "status:any", "-kind:x", "n>5", "text:", ","]
), max_size=14))  # fmt: skip
def test_any_row_of_the_words_of_the_language_is_a_question_or_a_named_error(words: list[str]) -> None:
    text = " ".join(words)
    assert 0 <= place_of_error(text) <= len(text)


def place_of_error(text: str) -> int:
    """Where reading stopped; 0 where it did not, and what was read could be written."""
    try:
        question = parse_question(text)
    except QuestionError as error:
        return error.position
    return 0 if parse_question(rendered(question)) == question else -1


def test_wanted_terms_are_those_that_speak_for_a_claim() -> None:
    asked = parse_question("a and not (b or not c) -> x").intervention
    assert asked is not None
    assert [t.words for t in terms(asked)] == ["a", "b", "c"]
    assert [t.words for t in wanted(asked)] == ["a", "c"]


NAMES = Terminology(
    Concept(f"urn:c:{i}", name, kind)
    for i, (name, kind) in enumerate(
        [
            ("carcinoma in situ", ConceptKind.DISEASE),
            ("head and neck cancer", ConceptKind.DISEASE),
            ("nausea", ConceptKind.OUTCOME),
            ("vomiting", ConceptKind.OUTCOME),
            ("nausea and vomiting", ConceptKind.OUTCOME),
            ("survival", ConceptKind.OUTCOME),
            ("lenalidomide", ConceptKind.DRUG),
        ]
    )
)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("? -> carcinoma in situ", '? -> "carcinoma in situ"'),
        ("? -> survival in carcinoma in situ", '? -> "survival" in "carcinoma in situ"'),
        ("? -> head  and\nneck cancer", '? -> "head and neck cancer"'),
        ("? -> nausea and vomiting or survival", '? -> ("nausea and vomiting" or "survival")'),
        ('? -> "nausea" and vomiting', '? -> ("nausea" and "vomiting")'),
        ("? -> (nausea) and vomiting", '? -> ("nausea" and "vomiting")'),
        ("? -> vomiting and nausea", '? -> ("vomiting" and "nausea")'),
        ("lenalidomide -> survival in frail people", '"lenalidomide" -> "survival" in "frail people"'),
        ("lenalidomide or newmab -> survival", '("lenalidomide" or "newmab") -> "survival"'),
        ('"newmab" or "oldmab" -> "change" in "HbA1c"', '("newmab" or "oldmab") -> "change" in "HbA1c"'),
        ("newmab vs placebo -> survival", None),
        ("? -> change in HbA1c", None),
        ("? -> salt and pepper", None),
        ("? -> fever in adults vs survival", None),
    ],
)
def test_an_operator_word_in_a_known_name_is_part_of_it_and_doubt_is_refused(text: str, form: str | None) -> None:
    question = parse_question(text, known_to(NAMES))
    if form is None:
        with pytest.raises(QuestionError, match="put names in quotation marks") as caught:
            understand(question, NAMES)
        for suggestion in caught.value.suggestions:
            assert suggestion.replace('"', "") in text
        return
    assert rendered(question) == form
    said = " ".join(understand(question, NAMES).said)
    assert ("is one name" in said) == (
        (" and" in text and "head" in text) or "nausea and vomiting" in form or "situ" in form
    )


@pytest.mark.parametrize(
    ("asked", "design", "phase", "fits"),
    [
        ("RCT", "randomised controlled trial", None, True),
        ("randomized", "randomised controlled trial", None, True),
        ("randomised trial", "Randomized, controlled trial", None, True),
        ("rct", "cohort study", None, False),
        ("cohort, registry", "registry", None, True),
        ("cohort", "cohorts", None, False),
        ("phase 3", None, "III", True),
        ("phase III trial", None, "2/3", True),
        ("phase-3", None, "IIIb", True),
        ("phase 3", None, "II", False),
        ("phase 1", None, "II", False),
        ("phase 2", None, "Phase 2", True),
        ("phase 2", "phase 2", None, False),
        ("phase 3 rct", "randomised controlled trial", "3", True),
        ("phase 3 rct", "single-arm trial", "3", False),
        ("rct", None, None, False),
    ],
)
def test_designs(asked: str, design: str | None, phase: str | None, fits: bool) -> None:
    assert patterns.designed(Designs(design_words(asked, 0)), design, phase) is fits


@pytest.mark.parametrize(
    ("words", "quote", "fits"),
    [
        ("second cancers", "Second\n cancers (n=5)", True),
        ("cancer", "cancers", False),
        ("95 ci", "(95% CI 1)", True),
        ("über", "ÜBER", True),
        ("a b", "a x b", False),
        ("b", "a_b", True),
        ("5 μg", "5 \u00b5g", True),
        ("σασ", "ΣΑΣ", True),
    ],
)
def test_words_of_a_quote_are_whole_and_in_order(words: str, quote: str, fits: bool) -> None:
    assert patterns.says(Says(tuple(words.split())), quote) is fits


def test_orders_and_dates() -> None:
    assert parse_question("? -> ? order:newest").order is Order.NEWEST
    days = [fitting.day_of(date) for date in (None, "2015", "2015-01", "2015-01-31", "2016", "1 May 2015", "２０１５")]
    assert days == [None, 20150000, 20150100, 20150131, 20160000, None, None]


@pytest.mark.parametrize("module", ["rendering", "values", "patterns", "fitting"])
def test_worked_examples_hold(module: str) -> None:
    found = doctest.testmod(import_module(f"graph.language.{module}"))
    assert found.attempted > 0
    assert found.failed == 0
