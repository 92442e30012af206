"""The view in which markup is blank: as long as the text, and its words at their places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from ingest.view import plain_view
from tests.ingest.printed import any_text


@settings(max_examples=300, deadline=None)
@given(any_text)
def test_the_view_is_the_text_with_some_characters_blank(text: str) -> None:
    view = plain_view(text)
    assert len(view) == len(text)
    assert all(v in (c, " ") for v, c in zip(view, text, strict=True))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Results** of [a trial](http://x.org/a)", "Results of a trial"),
        ("![a figure](fig1.png) It fell.", "It fell."),
        ("_Drug A_ was *better*", "Drug A was better"),
        ("[**bold** link](x)", "bold link"),
        ("# Title\n> quoted\n- item", "Title quoted item"),
        ("<p>It <b>fell</b> by 4%</p>", "It fell by 4%"),
    ],
)
def test_marks_are_blank_and_words_stay(text: str, words: str) -> None:
    assert plain_view(text).split() == words.split()


@pytest.mark.parametrize(
    "text",
    [
        "P < .05 and P > .01",
        "a * b",
        "n_1 and snake_case_name",
        "2 * 3 * 4",
        "[1] and (2)",
        "−3.5 - 2",
        "HR[a]",
        "5-year",
    ],
)
def test_what_is_no_markup_stays(text: str) -> None:
    assert plain_view(text) == text
