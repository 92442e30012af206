"""Roles of numbers: what counts as a number, whose it is, and a small model that has learnt one way of writing."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import role_arm_features, role_arms, role_sides, role_types
from ingest.abbreviations import find_definitions
from ingest.aids import Aids, Tag
from ingest.article import Span
from ingest.nlp import Token
from ingest.numeric_roles import NumericRoles, parts_of
from ingest.role_labels import NUMERIC, one_each, with_numbers
from ingest.role_numbers import in_words, numbers_in
from ingest.role_text import MOST, Reading
from ingest.sentences import split_sentences

TEXT = (
    "Zeltine versus placebo for hives. Sixty adults were randomised: 31 to zeltine and 29 to placebo. "
    "Relief was seen in 24 (77%) with zeltine and in 9 (31%) with placebo (P = 0.01)."
)


WHOLE = (
    "Zeltine versus placebo for chronic hives: a randomized trial. Hives are common and treatment often fails. "
    "We compared zeltine with placebo in adults with chronic hives. "
    "A total of 61 patients were randomized to receive zeltine (n = 32) or placebo (n = 29) for 8 weeks. "
    "Complete relief was seen in 77% of patients in the zeltine group and 31% of patients in the placebo group "
    "(P = 0.01). No serious adverse events were seen. Zeltine was superior to placebo. Longer studies are needed."
)
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
ONES = f"{_ONES} seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = ["", "", *_TENS.split()]


def tokens_of(text: str) -> list[Token]:
    """Words, numbers and signs."""
    return [Token(m.group(), *m.span()) for m in re.finditer(r"\w+|\S", text)]


def reading(text: str) -> Reading:
    """``text`` with every zeltine and placebo marked as an arm."""
    arms = [Tag(Span(*m.span()), "INTERVENTION", 0.9) for m in re.finditer("zeltine|placebo", text, re.IGNORECASE)]
    values = [Tag(Span(*m.span()), "MEASURE", 0.9) for m in re.finditer(r"\d+ \(\d+%\)|\d+%", text)]
    return Reading(text, tokens_of(text), split_sentences(text), find_definitions(text), {"result": [*arms, *values]})


@pytest.mark.parametrize(
    ("text", "bare", "with_unit"),
    [
        ("One hundred and twelve women", "One hundred and twelve", "One hundred and twelve"),
        ("fell by −2.5 kg", "−2.5", "−2.5 kg"),
        ("in 12·5 % of eyes", "12·5 %", "12·5 %"),
        ("after 7.5 months", "7.5", "7.5 months"),
        ("enrolled 1,204 men", "1,204", "1,204"),
        ("11.2 g/dL", "11.2", "11.2 g/dL"),
        ("none died", "none", "none"),
        ("n = .5", ".5", ".5"),
    ],
)
def test_a_number_goes_with_its_sign_and_a_result_with_its_unit(text: str, bare: str, with_unit: str) -> None:
    (number,) = numbers_in(text)
    assert (number.span(False).of(text), number.span(True).of(text)) == (bare, with_unit)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("aged 34-57 years", ["34", "57"]),
        ("three and eight of B12 users", ["three", "eight"]),
        ("3.1 +/- 0.4", ["3.1", "0.4"]),
        ("12 000 and 7 000 of 12 345", ["12 000", "7 000", "12 345"]),
        ("no number", []),
    ],
)
def test_what_is_one_number_and_what_two(text: str, found: list[str]) -> None:
    assert [n.span(False).of(text) for n in numbers_in(text)] == found


@given(st.integers(1, 9999))
def test_numbers_in_letters_have_their_value(value: int) -> None:
    def small(n: int) -> list[str]:
        return [ONES[n]] if n < 20 else ["-".join([TENS[n // 10], *([ONES[n % 10]] if n % 10 else [])])]

    words: list[str] = []
    for size, name in ((1000, "thousand"), (100, "hundred")):
        words += [ONES[value // size], name] if value >= size else []
        value %= size
    words += small(value) if value or not words else []
    (number,) = numbers_in(" ".join(words))
    assert number.value == in_words(" ".join(words))
    assert number.end == len(" ".join(words))


@settings(max_examples=60)
@given(st.text(alphabet="0123456789 .,%()-±/=ab\u2009·", max_size=60))
def test_numbers_stand_in_order_and_lie_in_the_text(text: str) -> None:
    found = numbers_in(text)
    assert all(0 <= a.start < a.end <= a.reach <= len(text) for a in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_names_of_arms_are_one_for_an_abbreviation_and_its_words() -> None:
    text = "Fast walking training (FWT) or rest. The FWT group and the rest group. Brisk rest."
    spans = [Span(*m.span()) for m in re.finditer(r"Fast walking training|FWT(?= group)|rest\b", text)]
    layers = {"result": [Tag(s, "INTERVENTION") for s in spans]}
    read = Reading(text, tokens_of(text), split_sentences(text), find_definitions(text), layers)
    assert [a.name for a in role_arms.arms_of(read)] == [0, 1, 0, 1, 1]


def test_names_are_alike_by_common_words_and_by_first_letters() -> None:
    def arm(name: int, text: str) -> role_arms.Arm:
        return role_arms.Arm(0, 1, 0, name, role_arms.telling(text), text)

    alike = role_arms.likeness([arm(0, "deep tissue massage"), arm(1, "DTM"), arm(2, "massage"), arm(3, "rest")])
    assert alike[0, 1] == pytest.approx(0.9)
    assert alike[0, 2] == pytest.approx(1 / 3)
    assert not alike[3, :3].any()
    assert (alike == alike.T).all()


def test_every_number_gets_a_row_of_finite_numbers() -> None:
    read = reading(TEXT)
    words = {"to": 0, "with": 1, "P": 2}
    rows = role_types.features(read, words)
    assert rows.shape == (len(read.numbers), len(role_types.names(list(words))))
    arms = role_arms.arms_of(read)
    of_arms = role_arm_features.features(read, arms, {"placebo": 0})
    assert of_arms.shape == (len(arms), len(role_arm_features.names(["placebo"])))
    assert role_arm_features.again(read, arms, of_arms[:, 0]).shape == (len(arms), len(role_arm_features.AGAIN))
    sides = role_sides.features(read, arms, of_arms[:, 0])
    assert sides.shape == (len(read.numbers), len(role_sides.NAMES))
    assert all(np.isfinite(table).all() for table in (rows, of_arms, sides))


def test_counts_that_add_up_and_percentages_that_fit_are_seen() -> None:
    read = reading(TEXT)
    rows = role_types.features(read, {})
    column = {name: rows[:, i].tolist() for i, name in enumerate(role_types.NAMES)}
    printed = [n.span(False).of(TEXT) for n in read.numbers]
    assert [p for p, is_sum in zip(printed, column["sums.is_sum"], strict=True) if is_sum] == ["Sixty"]
    assert [p for p, part in zip(printed, column["sums.is_part"], strict=True) if part] == ["31", "29"]
    assert [p for p, n in zip(printed, column["sums.makes_percent"], strict=True) if n == 1] == ["24", "9"]


def test_arms_beside_a_number_and_the_chances_that_they_are_the_control() -> None:
    read = reading(TEXT)
    arms = role_arms.arms_of(read)
    chances = np.array([1.0 if a.text == "placebo" else 0.0 for a in arms])
    column = dict(zip(role_sides.NAMES, role_sides.features(read, arms, chances).T.tolist(), strict=True))
    printed = [n.span(False).of(TEXT) for n in read.numbers]
    assert column["behind_1.chance"][printed.index("77%")] == 0.0
    assert column["behind_1.chance"][printed.index("31%")] == 1.0
    assert column["by_turn"][printed.index("77%")] == 0.0


def test_a_sentence_has_so_many_numbers_and_a_text_is_read_in_parts() -> None:
    text = "1 " * (2 * MOST)
    assert len(reading(text).numbers) == MOST
    sentences = [Span(i, i + 5000) for i in range(0, 40_000, 5000)]
    parts = list(parts_of(sentences))
    assert [s for part in parts for s in part] == sentences
    assert max(part[-1].end - part[0].start for part in parts) <= 12_000
    assert list(parts_of([])) == []


def test_numbers_take_the_place_of_the_numeric_mentions_alone() -> None:
    head = [Tag(Span(0, 7), "intervention", 0.8), Tag(Span(9, 11), "iv-bin-abs", 0.7)]
    numbers = [Tag(Span(20, 23), "cv-bin-percent", 0.9, "numbers"), Tag(Span(9, 11), "cv-bin-abs", 0.6, "numbers")]
    assert with_numbers(head, numbers) == [head[0], numbers[1], numbers[0]]
    assert {"total-participants", "iv-cont-sd"} <= NUMERIC


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(-1, 3)), max_size=12))
def test_two_sizes_of_one_sentence_are_not_of_one_arm(numbers: list[tuple[float, int]]) -> None:
    chances, groups = np.array([c for c, _ in numbers]), np.array([g for _, g in numbers], dtype=np.int64)
    apart = one_each(chances, groups)
    for group in range(-1, 4):
        mine = apart[groups == group]
        if len(mine) == 2 and group >= 0:
            assert mine.min() <= 0.5 <= mine.max()
        else:
            assert (mine == chances[groups == group]).all()


def test_the_aid_can_be_switched_off() -> None:
    assert Aids().roles
    assert not Aids(roles=False).roles


def test_an_invented_abstract_with_the_model_that_ships() -> None:
    model = NumericRoles.load()
    found = {t.span.of(WHOLE): t.label for t in model.roles(reading(WHOLE))}
    assert (found["77%"], found["31%"]) == ("iv-bin-percent", "cv-bin-percent")
    assert (found["32"], found["29"]) == ("intervention-participants", "control-participants")
    assert "0.01" not in found
    assert model.assign("", [], [], [], {}) == []
