"""Words of names and how they are spelt, what is worth showing first, and that an index is made once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.concept_index import Words, distance, index_of
from ingest.term_table import Row, Source, Table, pack
from tests.graph.small import TERMINOLOGY

TEXTS = [b"breast cancer", b"cancer", b"lung cancer of the breast", b"", b"breasted"]


@pytest.mark.parametrize(
    ("typed", "word", "whole", "apart"),
    [
        ("abc", "abc", True, 0), ("abc", "abcd", True, 1), ("abc", "abcd", False, 0), ("acb", "abc", True, 1),
        ("", "abc", True, 3), ("", "abc", False, 0), ("abc", "", True, 3), ("xabc", "abcdef", False, 1),
        ("axc", "abcdef", False, 1), ("abdc", "abcdef", False, 1),
    ],
)  # fmt: skip
def test_letters_that_differ_are_counted(typed: str, word: str, whole: bool, apart: int) -> None:
    assert distance(typed, word, whole) == apart


WORD = st.text("abc", max_size=6)


def slow(typed: str, word: str) -> int:
    """The same by its definition, without the order of two letters counting as one."""
    if not typed or not word:
        return len(typed) + len(word)
    cost = typed[-1] != word[-1]
    return min(slow(typed[:-1], word) + 1, slow(typed, word[:-1]) + 1, slow(typed[:-1], word[:-1]) + cost)


@given(WORD, WORD)
def test_the_distance_is_even_and_no_more_than_without_swaps(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one) <= slow(one, other)
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other, whole=False) == min(distance(one, other[:i]) for i in range(len(other) + 1))


def rows(words: Words, found: range) -> list[int]:
    return sorted(set(words.rows_of(found).tolist()))


def test_texts_are_found_by_a_word_and_by_its_beginning() -> None:
    words = Words(TEXTS)
    assert rows(words, words.only("breast")) == [0, 2]
    assert rows(words, words.beginning("breast")) == [0, 2, 4]
    assert rows(words, words.only("brea")) == rows(words, words.beginning("x")) == []
    assert rows(Words([]), Words([]).beginning("a")) == []


@pytest.mark.parametrize(
    ("typed", "whole", "found"),
    [
        ("cancr", True, {"cancer"}), ("canc", True, set()), ("cnac", False, {"cancer"}), ("can", False, set()),
        ("braest", True, {"breast"}), ("braest", False, {"breast", "breasted"}), ("braested", True, {"breasted"}),
        ("brxaested", True, {"breasted"}), ("ümlaute", True, set()), ("c" * 500, False, set()),
    ],
)  # fmt: skip
def test_words_spelt_alike_are_found(typed: str, whole: bool, found: set[str]) -> None:
    words = Words(TEXTS)
    assert {words[i] for _, some in words.near(typed, whole) for i in some} == found


def test_the_first_letters_of_three_words_or_more_are_found() -> None:
    names = ["non small cell lung cancer", "nasal cell loss", "new large city", "no loss"]
    index = index_of(Table(pack([Row(f"urn:a:{i}", "disease", [(n, Source.OWN)]) for i, n in enumerate(names)])))

    def found(letters: str) -> list[str]:
        return [index.table.keys[int(index.rows[i])] for i in index.with_initials(letters)]

    assert found("nsclc") == ["non small cell lung cancer"]
    assert found("ncl") == ["nasal cell loss"]
    assert found("nl") == found("x.c") == found("ncl\n") == found("µµµ") == []


def test_ours_and_descriptors_weigh_more_than_supplementary_records() -> None:
    given_rows = [
        Row("mesh:C1", "drug", [("a", Source.SUPPLEMENT)]),
        Row("mondo:1", "disease", [("b", Source.ONTOLOGY)]),
        Row("mesh:D1", "disease", [("c", Source.MESH)]),
        Row("own:1", "disease", [("d", Source.OWN)]),
    ]
    weights = index_of(Table(pack(given_rows))).key_weights.tolist()
    assert weights == sorted(weights)
    assert len(set(weights)) == 4


def test_the_index_of_a_table_is_made_once() -> None:
    assert index_of(TERMINOLOGY.tables[0]) is index_of(TERMINOLOGY.tables[0])
