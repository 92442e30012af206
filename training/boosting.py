"""Boosted trees, trained with scikit-learn and handed on as the plain arrays that picograph reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped, unused-ignore]

from ingest.trees import Floats, Forest


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees are grown; ``share`` of the features are tried at a split, ``members`` classifiers are averaged."""

    trees: int = 100
    rate: float = 0.1
    leaves: int = 15
    smallest: int = 20
    share: float = 0.3
    shrink: float = 0.0
    members: int = 3
    bins: int = 63


def grow(rows: Floats, yes: npt.NDArray[np.bool_], growth: Growth, seed: int) -> Forest:
    """Classifiers of ``yes`` with seeds from ``seed`` on; a constant where all rows agree."""
    if not len(rows) or yes.all() or not yes.any():
        return constant(rows.shape[1], 0.999 if len(rows) and yes.all() else 0.001)
    return forest_from([fitted(rows, yes, growth, seed + i) for i in range(growth.members)], rows.shape[1])


def fitted(rows: Floats, yes: npt.NDArray[np.bool_], growth: Growth, seed: int) -> Any:
    """One scikit-learn classifier."""
    return HistGradientBoostingClassifier(
        max_iter=growth.trees,
        learning_rate=growth.rate,
        max_leaf_nodes=growth.leaves,
        min_samples_leaf=growth.smallest,
        max_features=growth.share,
        l2_regularization=growth.shrink,
        max_bins=growth.bins,
        early_stopping=False,
        random_state=seed,
    ).fit(rows, yes)


def constant(width: int, chance: float) -> Forest:
    """A forest of one leaf that gives every row the same chance."""
    one, none = np.zeros(1), np.zeros(1, dtype=np.int64)
    odds = np.log(np.array([chance / (1.0 - chance)]))
    return Forest(none, one + np.inf, none, one, none, none, odds, 0, width)


def forest_from(classifiers: Sequence[Any], width: int) -> Forest:
    """The trees of fitted scikit-learn classifiers of two classes, nodes renumbered so that right follows left."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    value: list[float] = []
    roots: list[int] = []
    member: list[int] = []
    depth = 0
    for number, classifier in enumerate(classifiers):
        for (tree,) in classifier._predictors:
            roots.append(len(feature))
            member.append(number)
            queue = [0]
            free = len(feature) + 1
            for node in queue:  # grows while it is walked: breadth first, the children of a node side by side
                at = tree.nodes[node]
                leaf = bool(at["is_leaf"])
                depth = max(depth, int(at["depth"]))
                feature.append(0 if leaf else int(at["feature_idx"]))
                threshold.append(np.inf if leaf else float(at["num_threshold"]))
                left.append(len(feature) - 1 if leaf else free)
                value.append(float(at["value"]) if leaf else 0.0)
                if not leaf:
                    queue += [int(at["left"]), int(at["right"])]
                    free += 2
    baseline = np.array([float(np.ravel(c._baseline_prediction)[0]) for c in classifiers])
    return Forest(
        np.array(feature, dtype=np.int64),
        np.array(threshold),
        np.array(left, dtype=np.int64),
        np.array(value),
        np.array(roots, dtype=np.int64),
        np.array(member, dtype=np.int64),
        baseline,
        depth,
        width,
    )
