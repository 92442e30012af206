"""What the language model sees of a word: any word has a key, letters and a shape, all within their bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.features import (
    CHARACTER_COUNT,
    CHARACTERS,
    MAX_CHARACTERS,
    MAX_KEY,
    PADDING,
    SHAPES,
    UNKNOWN,
    characters_of,
    key_of,
    shape_of,
)

ANY_WORD = st.text(st.characters(), max_size=60)
"""Lone surrogates included."""


@given(ANY_WORD)
def test_every_word_is_within_the_bounds(word: str) -> None:
    letters = characters_of(word)
    assert 2 <= len(letters) <= MAX_CHARACTERS + 2
    assert letters[0] == letters[-1] == PADDING
    assert all(UNKNOWN <= c < CHARACTER_COUNT for c in letters[1:-1])
    assert 0 <= shape_of(word) < SHAPES
    assert len(key_of(word)) <= MAX_KEY


@given(ANY_WORD)
def test_the_key_of_a_key_is_that_key_unless_its_small_letters_have_others(word: str) -> None:
    key = key_of(word)
    if key == key.lower():
        assert key_of(key) == key
    assert not any(c in "123456789" for c in key)


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Lenalidomide", "lenalidomide"),
        ("IL-6", "il-0"),
        ("12·5", "00·0"),
        ("", ""),
        ("x" * 50, "x" * 40),
        ("İ" * 40, "i̇" * 20),
    ],
)
def test_a_key_is_in_small_letters_with_zeros_for_digits(word: str, key: str) -> None:
    assert key_of(word) == key


def test_no_character_is_listed_twice_and_each_has_a_number_of_its_own() -> None:
    assert len(set(CHARACTERS)) == len(CHARACTERS)
    numbers = [characters_of(c)[1] for c in CHARACTERS]
    assert sorted(numbers) == list(range(UNKNOWN + 1, CHARACTER_COUNT))


def test_a_character_that_is_not_listed_is_unknown() -> None:
    assert characters_of("a药") == [PADDING, 2, UNKNOWN, PADDING]


def test_of_a_long_word_both_ends_stay() -> None:
    assert characters_of("a" * 50 + "b" * 50) == characters_of("a" * 12 + "b" * 12)
    assert characters_of("a" * 24) != characters_of("a" * 23)


@pytest.mark.parametrize(
    ("words", "shape"),
    [
        (["7", "12"], 1),
        (["120", "2024"], 2),
        (["12.5", "1,368", "±3"], 3),
        (["IL-6", "HbA1c"], 4),
        (["5-FU", "2b"], 5),
        (["placebo", "é"], 6),
        (["OS", "RCT"], 7),
        (["A"], 8),
        (["Placebo"], 9),
        (["mTOR", "McNemar"], 10),
        (["beta-blocker", "P."], 11),
        (["%", "(", "", "≥"], 0),
    ],
)
def test_spellings_fall_into_shapes(words: list[str], shape: int) -> None:
    assert {shape_of(word) for word in words} == {shape}
