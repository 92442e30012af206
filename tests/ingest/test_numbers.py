"""Printed numbers and what they are worth."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numbers import END, IN_WORDS, NUMBER, PLAIN, START, decimals, parse, parse_count


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("12", 12.0), ("1,368", 1368.0), ("1\u2009368", 1368.0), ("1\u00a0368", 1368.0), ("12,345,678", 12345678.0),
        (".011", 0.011), ("0·011", 0.011), ("·5", 0.5), ("−3·5", -3.5), ("-3.5", -3.5), ("six", 6.0), ("Twenty",
            20.0), ("0", 0.0),
    ],
)  # fmt: skip
def test_a_printed_number_has_a_value(words: str, value: float) -> None:
    assert parse(words) == value


@pytest.mark.parametrize("words", ["12", "1,368", ".011", "0·011", "16.60", "1\u2009368"])
def test_the_pattern_takes_a_number_whole(words: str) -> None:
    assert re.fullmatch(PLAIN, words)
    assert re.findall(rf"{START}(?:{NUMBER}){END}", f"was {words} in") == [words]


@pytest.mark.parametrize("text", ["p53", "Rd18", "3rd", "v1.2.3", "CD20", "survival.3", "a)3"])
def test_digits_inside_a_word_are_no_number(text: str) -> None:
    assert re.search(rf"{START}(?:{NUMBER}){END}", text) is None


@pytest.mark.parametrize(("words", "count"), [("1,368", 1368), ("six", 6), ("12.0", None), ("4·5", None)])
def test_a_count_has_no_decimals(words: str, count: int | None) -> None:
    assert parse_count(words) == count


@pytest.mark.parametrize(("words", "places"), [("16.60%", 2), ("·5", 1), ("12", 0), ("1,368", 0), ("0.0023", 4)])
def test_precision_is_what_is_printed(words: str, places: int) -> None:
    assert decimals(words) == places


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_decimal_points_of_both_kinds_and_separators_do_not_matter(number: object) -> None:
    grouped = f"{number:,}"
    assert parse(grouped) == parse(grouped.replace(",", "")) == parse(grouped.replace(".", "·")) == float(str(number))


@pytest.mark.parametrize(
    ("words", "value"), [("Thirty-three", 33.0), ("ninety", 90.0), ("Four", 4.0), ("twenty-one", 21.0)]
)
def test_numbers_in_words_are_read_whatever_their_case(words: str, value: float) -> None:
    assert parse(words) == value
    assert re.fullmatch(IN_WORDS, words)
