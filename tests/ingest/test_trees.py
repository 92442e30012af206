"""Forests of plain arrays: what they answer, what they refuse, and that they come back from their arrays."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.trees import Forest, forest_of

STUMP: dict[str, Any] = {
    "feature": np.array([1, 0, 0]),
    "threshold": np.array([0.5, np.inf, np.inf]),
    "left": np.array([1, 1, 2]),
    "value": np.array([0.0, -1.0, 2.0]),
    "roots": np.array([0]),
    "member": np.array([0]),
    "baseline": np.array([0.25]),
    "depth": 1,
    "width": 2,
}
"""Asks once whether the second feature is at most a half."""


def stump(**changes: Any) -> Forest:
    return Forest(**(STUMP | changes))


def chance(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-odds))


def test_a_row_on_the_threshold_goes_left() -> None:
    rows = np.array([[9.0, 0.0], [9.0, 0.5], [9.0, 0.6]])
    assert stump().chances(rows) == pytest.approx([chance(-0.75), chance(-0.75), chance(2.25)])


def test_trees_of_one_classifier_add_up_and_classifiers_are_averaged() -> None:
    three = stump(roots=np.array([0, 0, 0]), member=np.array([0, 0, 1]), baseline=np.array([0.25, -0.5]))
    expected = (chance(0.25 + 2.0 + 2.0) + chance(-0.5 + 2.0)) / 2
    assert three.chances(np.array([[0.0, 1.0]])) == pytest.approx([expected])


def test_odds_beyond_all_measure_are_still_chances() -> None:
    sure = stump(value=np.array([0.0, -1e6, 1e6])).chances(np.array([[0.0, 0.0], [0.0, 1.0]]))
    assert sure == pytest.approx([0.0, 1.0])


def test_no_rows_have_no_chances() -> None:
    assert stump().chances(np.zeros((0, 2))).shape == (0,)


@given(st.lists(st.floats(-2, 2), min_size=1, max_size=30))
def test_a_row_is_answered_alike_alone_and_among_others(values: list[float]) -> None:
    rows = np.array([[0.0, v] for v in values])
    assert list(stump().chances(rows)) == [stump().chances(row[None])[0] for row in rows]


def test_a_forest_comes_back_from_its_arrays() -> None:
    again = forest_of(stump().arrays("mine"), "mine")
    assert all(np.array_equal(getattr(again, name), value) for name, value in STUMP.items())


def test_rows_of_another_width_are_refused() -> None:
    with pytest.raises(ValueError, match=r"rows of 2 features are needed, got an array of shape \(1, 3\)"):
        stump().chances(np.zeros((1, 3)))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"value": np.zeros(2)}, "differ in length"),
        ({"roots": np.array([], dtype=int), "member": np.array([], dtype=int)}, "at least one"),
        ({"threshold": np.array([np.nan, np.inf, np.inf])}, "are numbers"),
        ({"value": np.array([0.0, np.inf, 0.0])}, "are numbers"),
        ({"feature": np.array([2, 0, 0])}, "a feature is not one of the 2"),
        ({"left": np.array([2, 1, 2])}, "a left is not one of the 3"),
        ({"roots": np.array([3])}, "a root is not one of the 3"),
        ({"member": np.array([1])}, "a classifier is not one of the 1"),
        ({"left": np.array([0, 1, 2])}, "a leaf leads to itself, any other node to one behind it"),
        ({"left": np.array([1, 0, 2])}, "a leaf leads to itself"),
    ],
)
def test_arrays_that_are_no_forest_are_refused(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        stump(**changes)
