"""The short query language: what it reads, and what it says of what it cannot read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QuestionError
from graph.language.tree import Term
from graph.question import LONGEST, Order, Question, parse_question, quoted
from graph.words import says, says_plainly
from ingest.claim import ClaimKind, Status
from ingest.terminology import key_of


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ('lenalidomide -> "second primary malignancies"', ("lenalidomide", "second primary malignancies")),
        ("lenalidomide→SPM", ("lenalidomide", "SPM")),
        ("5-FU->ORR", ("5-FU", "ORR")),
        ("high dose  melphalan\n->\toverall survival", ("high dose melphalan", "overall survival")),
        ("? -> SPM", (None, "SPM")),
        ("lenalidomide -> ?", ("lenalidomide", None)),
        ('"?" -> x', None),
        ('"a -> b" -> "c \\"d\\""', ("a -> b", 'c "d"')),
        ("“anti-CD38” → “SPM”", ("anti-CD38", "SPM")),
        ("http://id.nlm.nih.gov/mesh/D1 -> x", ("http://id.nlm.nih.gov/mesh/D1", "x")),
        ("ratio 1:2 -> x", ("ratio 1:2", "x")),
    ],
)
def test_terms(text: str, terms: tuple[str | None, str | None] | None) -> None:
    if terms is None:
        with pytest.raises(QuestionError, match="a letter or a digit"):
            parse_question(text)
    else:
        question = parse_question(text)
        assert (question.intervention, question.outcome) == tuple(t if t is None else Term(t) for t in terms)


def test_filters_in_any_order_quoted_or_not() -> None:
    question = parse_question(
        'a -> b status:accepted, corrected POPULATION:"transplant-eligible" comparator: no treatment '
        "kind:own-result population:elderly"
    )
    assert question == Question(
        question.text,
        Term("a"),
        Term("b"),
        populations=(Term("transplant-eligible"), Term("elderly")),
        comparators=(Term("no treatment"),),
        statuses=frozenset({Status.ACCEPTED, Status.CORRECTED}),
        kinds=frozenset({ClaimKind.OWN_RESULT}),
    )
    assert parse_question("a -> b status:any kind:any").statuses == frozenset(Status)
    assert parse_question("a -> b").order is Order.PLACE
    assert parse_question("a -> b order:Uncertain status:any").order is Order.UNCERTAIN


@pytest.mark.parametrize(
    ("text", "position", "told", "suggestion"),
    [
        ("", 0, "empty", "lenalidomide"),
        ("lenalidomide", 12, "arrow", "lenalidomide"),
        ("lenalidomide ->", 15, "too early", "lenalidomide"),
        ("-> SPM", 0, "before the arrow", "lenalidomide"),
        ("a -> b -> c", 7, "one arrow", None),
        ('a -> "b', 5, "not closed", None),
        ('a "b" -> c', 2, "either quoted", None),
        ("a -> b popluation:x", 7, "no filter popluation:", "population:"),
        ("a -> b colour:red", 7, "no filter colour:", None),
        ("population:x -> y", 0, "after the outcome", None),
        ("a -> b status:acepted", 14, "'acepted' is not allowed", "accepted"),
        ("a -> b kind:x", 12, "not allowed", "own result"),
        ("a -> b order:uncertian", 13, "not allowed", "uncertain"),
        ("a -> b order:place order:uncertain", 25, "one order", None),
        ("a -> b population:", 18, "too early", None),
        ('a -> ""', 5, "a letter or a digit", None),
        ("a -> b\x00", 6, r"U\+0000", None),
        ("a -> \ud800", 5, r"U\+D800", None),
        ("x" * (LONGEST + 1), LONGEST, "at most", None),
        ("? and a -> b", 0, "alone in its place", None),
        ("a -> not ?", 9, "alone in its place", None),
        ("a -> b status:any and kind:any", 14, "without and", None),
        ("a -> lymphoma not otherwise specified", 18, "quotation marks", "and not"),
        ("a not b -> c", 2, "not is written before a filter", "and not"),
        ("a AND b -> c", 2, "AND is written and", "and"),
        ("(a or b -> c", 8, "not closed", None),
        ("a or b) -> c", 6, "no parenthesis that this one closes", None),
        ("a (b c) -> x", 2, "quotation marks", None),
        ("a -> in elderly", 5, "a term is missing before in", None),
        ("a -> b in", 9, "behind in", None),
        ("a and -> b", 6, "behind and", None),
        ("a or or b -> c", 5, "a term is missing before or", None),
        ("a -> b n>=many", 10, "whole number", "n>=500"),
        ("a -> b n>=1000000000", 10, "nine digits", None),
        ("a -> b since:15", 13, "four digits", "2015"),
        ("a -> b since:2015 since:2016", 24, "said once", None),
        ("a -> b phase:3", 7, "no filter phase:", 'design:"phase 3"'),
        ("a -> b n:500", 7, "no filter n:", "n>=500"),
        ("a -> b -population:x", 7, "behind it", "in not"),
        ("a -> b -status:any", 15, "no value", None),
        ("a -> b kind:opinion -kind:opinion", 26, "no value", None),
        ("a -> b" + " n>1" * 41, 167, "at most 40 filters", None),
        ("a -> b -order:newest", 7, "negated", None),
        ("a -> b measure:hazzard", 15, "not allowed", "hazard ratio"),
        ("a -> b design:phase 2 phase 3", 14, "one phase", "phase 2, phase 3"),
        ("(" * 30 + "a" + ")" * 30 + " -> b", 30, "inside each other", None),
        (" or ".join(["a"] * 61) + " -> b", 300, "at most 60 terms", None),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    text: str, position: int, told: str, suggestion: str | None
) -> None:
    with pytest.raises(QuestionError, match=told) as caught:
        parse_question(text)
    assert caught.value.position == position
    if suggestion is not None:
        assert any(suggestion in s for s in caught.value.suggestions)


def test_a_misspelt_filter_has_one_suggestion() -> None:
    with pytest.raises(QuestionError, match="did you mean population:") as caught:
        parse_question("a -> b popluation:x")
    assert caught.value.suggestions == ("population:",)


def place_of_error(text: str) -> int:
    """Where reading stopped; 0 when it did not."""
    try:
        return 0 if parse_question(text).text == text else -1
    except QuestionError as error:
        return error.position


@given(st.text(max_size=60))
def test_any_text_is_a_question_or_a_named_error_inside_it(text: str) -> None:
    assert 0 <= place_of_error(text) <= len(text)


@given(st.text('ab "\\?->→:,.population', max_size=40))
def test_nothing_near_the_grammar_breaks_it(text: str) -> None:
    assert 0 <= place_of_error(text) <= len(text)


_signs = st.characters(categories=["L", "M", "N", "P", "S", "Zs"])
_terms = st.text(_signs, max_size=20).map(lambda inner: f"a{inner}b")


@given(_terms, _terms, st.none() | _terms)
def test_quoted_terms_come_through_whole(left: str, right: str, population: str | None) -> None:
    text = f"{quoted(left)} -> {quoted(right)}"
    if population is not None:
        text += f" population:{quoted(population)}"
    question = parse_question(text)
    assert (question.intervention, question.outcome) == (Term(left), Term(right))
    assert question.populations == (() if population is None else (Term(population),))


@pytest.mark.parametrize(
    ("words", "name", "answer"),
    [
        ("transplant-eligible patients", "transplant-eligible", True),
        ("patients eligible for transplantation", "transplant-eligible", None),
        ("non-transplant-eligible patients", "transplant-eligible", False),
        ("Not considered transplant eligible", "transplant-eligible", False),
        ("nontransplant-eligible", "transplant-eligible", None),
        ("transplant-ineligible", "transplant-eligible", None),
        ("transplant non-eligible", "eligible", False),
        ("non-transplant-eligible patients", "non-transplant-eligible", True),
        ("no prior lenalidomide", "lenalidomide", False),
        ("without lenalidomide, then lenalidomide", "lenalidomide", True),
        ("malignancies", "malignancy", True),
        ("premalignancy", "malignancy", None),
    ],
)
def test_a_name_is_told_from_its_negation(words: str, name: str, answer: bool | None) -> None:
    assert says(key_of(words), key_of(name)) is answer


def test_a_label_that_denies_the_name_decides() -> None:
    assert says_plainly(["noneligible", "non transplant eligible patient"], ["transplant eligible"]) is False
    assert says_plainly(["eligible", "transplant eligible patient"], ["transplant eligible"]) is True
    assert says_plainly(["x"], ["transplant eligible"]) is None
