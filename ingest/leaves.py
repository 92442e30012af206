"""Trees without a walk: all comparisons at once, and each that goes right rules out the leaves on its left.

The leaf that a row reaches is the first, from left to right, that no comparison has ruled out (Lucchese et al.,
QuickScorer, SIGIR 2015). The answers are those of the walk, number for number; deep trees gain most.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
BITS = 32
"""Trees with more leaves are walked."""
AT_ONCE = 64
"""Rows compared together: what they need stays in the cache of a core."""


@dataclass(frozen=True, slots=True, eq=False)
class Leaves:
    """The comparisons of all trees, (place, tree) in C order; a place that a tree does not have never goes right.

    ``ruled_out`` has a bit for each leaf on the left of the comparison. ``value`` (tree, leaf).
    """

    feature: Ints
    threshold: Floats
    ruled_out: npt.NDArray[np.uint32]
    value: Floats

    def values(self, rows: Floats) -> Floats:
        """The value of the leaf that each row reaches in each tree, (rows, trees)."""
        trees, most = self.value.shape
        out = np.empty((len(rows), trees))
        base = (np.arange(trees) * most)[:, None]
        for at in range(0, len(rows), AT_ONCE):
            some = np.ascontiguousarray(rows[at : at + AT_ONCE].T)
            right = some.take(self.feature, axis=0) > self.threshold[:, None]
            out_of = np.bitwise_or.reduce((right * self.ruled_out[:, None]).reshape(-1, trees, some.shape[1]), axis=0)
            first = ~out_of & (out_of + np.uint32(1))
            leaf = (first.astype(np.float32).view(np.int32) >> 23) - 127  # the exponent of a power of two
            out[at : at + AT_ONCE] = self.value.take(base + leaf).T
        return out


def leaves_of(threshold: Floats, feature: Ints, left: Ints, value: Floats, roots: Ints) -> Leaves | None:
    """The trees in another form; None where one has more than ``BITS`` leaves."""
    trees = []
    for root in roots.tolist():
        tree = _tree(int(root), threshold, left)
        if tree is None:
            return None
        trees.append(tree)
    most = max(1, *(len(nodes) for nodes, _ in trees))
    shape = (most, len(trees))
    features, thresholds = np.zeros(shape, dtype=np.int64), np.full(shape, np.inf)
    ruled_out = np.zeros(shape, dtype=np.uint32)
    values = np.zeros((len(trees), max(len(leaves) for _, leaves in trees)))
    for t, (nodes, leaves) in enumerate(trees):
        values[t, : len(leaves)] = value[leaves]
        for place, (node, low, high) in enumerate(nodes):
            features[place, t], thresholds[place, t] = feature[node], threshold[node]
            ruled_out[place, t] = (1 << high) - (1 << low)
    return Leaves(features.ravel(), thresholds.ravel(), ruled_out.ravel(), values)


def _tree(root: int, threshold: Floats, left: Ints) -> tuple[list[tuple[int, int, int]], list[int]] | None:
    """The comparisons with the range of leaves on their left, and the leaves from left to right."""
    nodes: list[tuple[int, int, int]] = []
    leaves: list[int] = []
    stack: list[tuple[int, int]] = [(root, -1)]
    while stack:
        node, began = stack.pop()
        if began >= 0:  # its left side is done, its right side comes next
            nodes.append((node, began, len(leaves)))
            stack.append((int(left[node]) + 1, -1))
        elif np.isposinf(threshold[node]):
            leaves.append(node)
            if len(leaves) > BITS:
                return None
        else:
            stack += [(node, len(leaves)), (int(left[node]), -1)]
    return nodes, leaves
