"""Sentences of clinical prose."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings

from ingest.sentences import MAX_SENTENCE, split_sentences
from tests.ingest.printed import any_text


def sentences(text: str) -> list[str]:
    return [s.of(text) for s in split_sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "PFS was longer with A vs. B (P = .03) in men.",
        "The ratio was 0.78 (95% CI 0.67 to 0.92; P = .0023).",
        "Relapse fell (P=.03). ".strip(),
        "Dr. Sample and Prof. Example agreed.",
        "Sample et al. Found it first.",
        "It was 3.5 mg, i.e. Half of it.",
        "J. R. Sample of the U.S. Group wrote it.",
        "See Fig. 2 for it.",
        "It was seen in approx. 12 patients.",
        "A dose of .5 mg was given",
        "He is Ada Sample Jr. MD.",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(whole: str) -> None:
    assert sentences(whole) == [whole]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It was longer (P = .03).", "It did not last."),
        ("Survival was longer.3", "This is new."),
        ("It is known in MM.4-9", "And so on."),
        ("It is known.1,2", "So it is."),
        ("Did it work?", "It did!"),
        ("“It works.”", "She said so."),
        ("It was 12%.", "95 of 302 patients relapsed."),
        ("It worked.", "(It did.)"),
        ("Median OS was 69.5 months.", "≥60 months passed."),
        ("It was seen in 2010.", "It was not in 2011."),
    ],
)
def test_a_stop_at_the_end_does(first: str, second: str) -> None:
    assert sentences(f"{first} {second}") == [first, second]


def test_reference_digits_belong_to_the_sentence_before_them() -> None:
    assert sentences("It improved survival.3  The rest did not.") == ["It improved survival.3", "The rest did not."]


def test_a_blank_line_ends_a_sentence_and_a_line_end_does_not() -> None:
    assert sentences("Key points\n\nIt was\nlonger") == ["Key points", "It was\nlonger"]
    assert sentences("Key points\r\n\r\nIt was") == ["Key points", "It was"]


@pytest.mark.parametrize("mark", ["-", "*", "•", "+", "1.", "12)"])
def test_every_item_of_a_list_is_a_sentence(mark: str) -> None:
    assert sentences(f"Findings\n{mark} one was longer\n{mark} two was not") == [
        "Findings",
        f"{mark} one was longer",
        f"{mark} two was not",
    ]


def test_sentences_of_a_part_have_the_offsets_of_the_whole() -> None:
    text = "Outside. Inside one. Inside two. Outside."
    start, end = text.index("Inside one"), text.index(" Outside.", 10)
    assert [s.of(text) for s in split_sentences(text, start, end)] == ["Inside one.", "Inside two."]


def test_a_text_without_an_end_is_cut() -> None:
    spans = split_sentences("word " * 3000)
    assert len(spans) == 4
    assert max(map(len, spans)) <= MAX_SENTENCE


def test_nothing_has_no_sentences() -> None:
    assert split_sentences("") == split_sentences(" \n\t ") == []


@settings(max_examples=200, deadline=None)
@given(any_text)
def test_sentences_are_in_order_apart_and_hold_every_character_that_shows(text: str) -> None:
    spans = split_sentences(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(s.of(text) == s.of(text).strip() for s in spans)
    inside = {i for s in spans for i in range(s.start, s.end)}
    assert all(c.isspace() for i, c in enumerate(text) if i not in inside)
