"""Trees answered without a walk reach the leaf that a walk from the root reaches."""

from __future__ import annotations

import random
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.leaves import BITS, leaves_of

WIDTH = 3


class Nodes(NamedTuple):
    """The arrays of trees as a forest has them: a node goes left to ``left``, right to the node behind it."""

    threshold: npt.NDArray[np.float64]
    feature: npt.NDArray[np.int64]
    left: npt.NDArray[np.int64]
    value: npt.NDArray[np.float64]
    roots: npt.NDArray[np.int64]


def grown(seed: int, leaves: list[int]) -> Nodes:
    """A tree for each number of leaves, split at random; every leaf has a value of its own."""
    chosen = random.Random(seed)
    threshold: list[float] = []
    value: list[float] = []
    feature: list[int] = []
    left: list[int] = []
    roots: list[int] = []
    for count in leaves:
        roots.append(len(threshold))
        threshold.append(np.inf)
        open_ = [(roots[-1], count)]
        feature.append(0)
        left.append(roots[-1])
        value.append(float(len(value)))
        while open_:
            node, size = open_.pop(chosen.randrange(len(open_)))
            if size == 1:
                continue
            threshold[node], feature[node], left[node] = (
                chosen.choice([-1.0, 0.0, 0.5]),
                chosen.randrange(WIDTH),
                len(left),
            )
            share = chosen.randrange(1, size)
            for part in (share, size - share):
                open_.append((len(threshold), part))
                left.append(len(left))
                threshold.append(np.inf)
                feature.append(0)
                value.append(float(len(value)))
    return Nodes(*(np.array(part) for part in (threshold, feature, left, value, roots)))


def walked(nodes: Nodes, row: npt.NDArray[np.float64]) -> list[float]:
    reached = []
    for root in nodes.roots.tolist():
        at = root
        while np.isfinite(nodes.threshold[at]):
            at = int(nodes.left[at]) + int(row[nodes.feature[at]] > nodes.threshold[at])
        reached.append(float(nodes.value[at]))
    return reached


@given(
    seed=st.integers(0, 10_000),
    leaves=st.lists(st.integers(1, BITS), min_size=1, max_size=6),
    rows=st.lists(
        st.lists(st.sampled_from([-2.0, -1.0, 0.0, 0.25, 0.5, 3.0]), min_size=WIDTH, max_size=WIDTH),
        min_size=1,
        max_size=150,
    ),
)
def test_the_same_leaf_is_reached_as_by_a_walk(seed: int, leaves: list[int], rows: list[list[float]]) -> None:
    nodes = grown(seed, leaves)
    compared = leaves_of(*nodes)
    assert compared is not None
    table = np.array(rows)
    assert compared.values(table).tolist() == [walked(nodes, row) for row in table]


@pytest.mark.parametrize(("leaves", "fits"), [([BITS], True), ([BITS + 1], False), ([2, BITS + 1, 2], False)])
def test_a_tree_with_more_leaves_than_bits_is_left_to_a_walk(leaves: list[int], fits: bool) -> None:
    assert (leaves_of(*grown(1, leaves)) is not None) == fits


def test_no_rows_reach_no_leaves() -> None:
    compared = leaves_of(*grown(1, [3, 4]))
    assert compared is not None
    assert compared.values(np.zeros((0, WIDTH))).shape == (0, 2)
