"""Short forms that an article defines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from ingest.abbreviations import find_definitions, resolve
from ingest.article import Span
from ingest.nlp import Abbreviation
from tests.ingest.printed import any_text


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("The risk of second primary malignancy (SPM) is low.", "SPM", "second primary malignancy"),
        ("of second primary malignancies (SPMs) was 3.62", "SPMs", "second primary malignancies"),
        ("the incidence rate (IR, events per 100 patient-years) of", "IR", "incidence rate"),
        ("melphalan, prednisone, and thalidomide (MPT; 72 weeks)", "MPT", "melphalan, prednisone, and thalidomide"),
        ("95% confidence interval [CI], 0.4-1.0", "CI", "confidence interval"),
        ("Overall survival (OS) was longer.", "OS", "Overall survival"),
        ("progression-free survival (PFS; primary comparison)", "PFS", "progression-free survival"),
        ("newly diagnosed multiple myeloma (NDMM)", "NDMM", "newly diagnosed multiple myeloma"),
    ],
)
def test_a_definition_gives_short_and_long_form(text: str, short: str, long: str) -> None:
    assert [(s, span.of(text)) for s, span in find_definitions(text)] == [(short, long)]


@pytest.mark.parametrize(
    "text", ["in men (A) only", "it fell (see below)", "was seen (P = .03)", "by Ada Sample (UK)", "(ABC) is new"]
)
def test_other_brackets_define_nothing(text: str) -> None:
    assert find_definitions(text) == []


def test_a_long_form_does_not_reach_over_a_sentence_end() -> None:
    assert find_definitions("It was seen in second. Primary malignancies (SPM) were") == []


def test_the_whole_article_has_one_long_form_for_a_short_one_without_its_plural() -> None:
    text = "Second primary malignancies (SPMs) are rare. Overall survival (OS) rose."
    assert resolve(text, []) == {"SPM": "Second primary malignancies", "OS": "Overall survival"}


def test_what_the_detector_found_is_added_and_a_better_fit_wins() -> None:
    def detected(short: str, long: str) -> Abbreviation:
        return Abbreviation(short, long, Span(0, len(short)), Span(0, len(long)))

    table = resolve(
        "Overall survival (OS) rose.",
        [detected("OS", "other survival of some"), detected("R2", "lenalidomide plus\nrituximab")],
    )
    assert table == {"OS": "Overall survival", "R2": "lenalidomide plus rituximab"}


@settings(max_examples=200, deadline=None)
@given(any_text.map(lambda t: f"{t} (AB) {t}") | any_text)
def test_whatever_the_text_a_long_form_stands_before_its_bracket(text: str) -> None:
    for short, span in find_definitions(text):
        assert span.end <= len(text)
        assert len(span) > len(short)
        assert text.find(short, span.end) >= 0
