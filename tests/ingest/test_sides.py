"""Which of two arms is the control: by word, by the order of the title, by the model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Span
from ingest.sides import Sides, sides_of

TITLE = "Nivolumab versus docetaxel in lung cancer."


@pytest.mark.parametrize(
    ("one", "two", "second"),
    [
        ("nivolumab", "placebo", True),
        ("the control group", "exercise", False),
        ("no boost", "boost", False),
        ("nivolumab", "docetaxel", True),
        ("docetaxel group", "nivolumab group", False),
    ],
)
def test_words_and_the_title_tell_the_control(one: str, two: str, second: bool) -> None:
    chance = Sides((TITLE,)).second_is_control(one, two)
    assert (chance > 0.5) is second
    assert abs(chance - 0.5) > 0.3


def test_nothing_said_is_even() -> None:
    assert Sides().second_is_control("alpha", "beta") == 0.5
    assert Sides(("Alpha, a drug. It does not name the other.",)).second_is_control("alpha", "beta") == 0.5


def test_the_model_tips_what_words_leave_open() -> None:
    assert Sides().second_is_control("alpha", "beta", (0.1, 0.9)) > 0.8
    assert Sides().second_is_control("alpha", "beta", (0.9, 0.1)) < 0.2


def test_a_short_form_in_brackets_behind_its_arm_is_known() -> None:
    view = "Trastuzumab emtansine versus trastuzumab plus docetaxel. Trastuzumab emtansine (T-DM1) was given."
    spans = [Span(0, 21), Span(29, 55), Span(57, 78), Span(80, 85)]
    sides = sides_of(view, [Span(0, 56), Span(57, len(view))], {}, spans)
    assert sides.second_is_control("T-DM1", "trastuzumab plus docetaxel") > 0.5
    assert sides.second_is_control("trastuzumab plus docetaxel", "T-DM1") < 0.5


@given(st.text(max_size=30), st.text(max_size=30), st.floats(0, 1), st.floats(0, 1))
def test_it_is_a_chance_and_turns_with_the_order(one: str, two: str, a: float, b: float) -> None:
    sides = Sides((TITLE,))
    forward, back = sides.second_is_control(one, two, (a, b)), sides.second_is_control(two, one, (b, a))
    assert 0 <= forward <= 1
    assert forward == pytest.approx(1 - back)
