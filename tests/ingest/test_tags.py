"""Spans as tags and back, and the best sequence of tags against every sequence there is."""

from __future__ import annotations

import itertools
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from ingest.tags import FORBIDDEN, allowed, best_path, decode, encode, tags_of

LABELS = ["DRUG", "end-point"]
TAGS = tags_of(LABELS)
Spans = list[tuple[int, int, str]]


@st.composite
def apart(draw: st.DrawFn) -> tuple[int, Spans]:
    """A number of tokens and spans among them that do not overlap, in order."""
    cuts = sorted(draw(st.sets(st.integers(0, 30), max_size=10)))
    spans = [(a, b, draw(st.sampled_from(LABELS))) for a, b in itertools.pairwise(cuts) if draw(st.booleans())]
    return draw(st.integers(max(cuts, default=0), 31)), spans


@given(apart())
def test_spans_come_back_from_their_tags(case: tuple[int, Spans]) -> None:
    length, spans = case
    tags = encode(length, spans)
    assert len(tags) == length
    assert set(tags) <= set(TAGS)
    assert decode(tags) == spans


@given(apart())
def test_the_tags_of_spans_follow_one_another_as_is_allowed(case: tuple[int, Spans]) -> None:
    tags = encode(*case)
    assert well_formed([TAGS.index(t) for t in tags])


def test_of_spans_that_overlap_the_first_stays_and_an_empty_one_is_left_out() -> None:
    spans = [(2, 4, "DRUG"), (0, 3, "DRUG"), (4, 5, "end-point"), (1, 1, "DRUG")]
    assert encode(6, spans) == ["O", "O", "B-DRUG", "E-DRUG", "S-end-point", "O"]


def test_long_spans_have_tokens_inside() -> None:
    assert encode(4, [(0, 4, "DRUG")]) == ["B-DRUG", "I-DRUG", "I-DRUG", "E-DRUG"]
    assert tags_of([]) == ["O"]


@pytest.mark.parametrize(
    ("left", "right", "may"),
    [
        ("O", "O", True),
        ("O", "I-DRUG", False),
        ("B-DRUG", "E-DRUG", True),
        ("B-DRUG", "E-end-point", False),
        ("B-DRUG", "O", False),
        ("I-DRUG", "B-DRUG", False),
        ("S-DRUG", "B-DRUG", True),
        ("E-DRUG", "S-end-point", True),
    ],
)
def test_which_tag_may_follow_which(left: str, right: str, may: bool) -> None:
    assert allowed(TAGS)[TAGS.index(left), TAGS.index(right)] == may


def well_formed(path: list[int]) -> bool:
    grid, outside = allowed(TAGS), len(TAGS)
    return all(grid[a, b] for a, b in itertools.pairwise([outside, *path, outside]))


def price(path: list[int], emissions: NDArray[Any], grid: NDArray[Any]) -> float:
    steps = itertools.pairwise([len(TAGS), *path, len(TAGS)])
    return float(sum(emissions[t, tag] for t, tag in enumerate(path)) + sum(grid[a, b] for a, b in steps))


def scores(seed: int, lengths: list[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    random = np.random.default_rng(seed)
    emissions = random.normal(0, 3, (len(lengths), max(lengths, default=0), len(TAGS))).astype(np.float32)
    grid = random.normal(0, 1, (len(TAGS) + 1, len(TAGS) + 1)).astype(np.float32)
    return emissions, np.where(allowed(TAGS), grid, FORBIDDEN).astype(np.float32)


@cache
def every(length: int) -> list[list[int]]:
    """All well-formed sequences of so many tags."""
    return [list(p) for p in itertools.product(range(len(TAGS)), repeat=length) if well_formed(list(p))]


@settings(deadline=None)
@given(seed=st.integers(0, 2**32), lengths=st.lists(st.integers(0, 4), min_size=1, max_size=3))
def test_the_best_path_is_the_best_of_all_sequences(seed: int, lengths: list[int]) -> None:
    emissions, grid = scores(seed, lengths)
    for one, length, path in zip(emissions, lengths, best_path(emissions, grid, lengths), strict=True):
        assert path in every(length)
        assert price(path, one, grid) == pytest.approx(max(price(p, one, grid) for p in every(length)), abs=1e-3)


@settings(deadline=None)
@given(seed=st.integers(0, 2**32), lengths=st.lists(st.integers(0, 40), min_size=1, max_size=4))
def test_a_path_is_well_formed_and_does_not_depend_on_its_batch(seed: int, lengths: list[int]) -> None:
    emissions, grid = scores(seed, lengths)
    paths = best_path(emissions, grid, lengths)
    assert all(well_formed(p) for p in paths)
    alone = [best_path(e[None, :n], grid, [n])[0] for e, n in zip(emissions, lengths, strict=True)]
    assert paths == alone
