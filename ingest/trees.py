"""Gradient-boosted decision trees as plain arrays: the chance of yes for each row, in numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ingest.leaves import Leaves, leaves_of

Floats = npt.NDArray[np.float64]
Array = npt.NDArray[np.generic]

ROWS_AT_ONCE = 4096
"""Bounds memory: a row takes about 30 bytes a tree."""


@dataclass(frozen=True, eq=False)
class Forest:
    """The trees of one or more boosted classifiers of yes or no, whose chances are averaged.

    A node goes left, to ``left``, when ``x[feature] <= threshold``, else to the node behind it. A leaf leads to itself
    (its threshold is infinite) and its ``value`` is in log odds. ``roots`` and ``member`` hold one number a tree: its
    first node and its classifier; ``baseline`` one a classifier: the log odds its trees are added to. ``depth`` is the
    longest way from a root to a leaf. Features are finite numbers; nothing is said of NaN.
    """

    feature: npt.NDArray[np.int64]
    threshold: Floats
    left: npt.NDArray[np.int64]
    value: Floats
    roots: npt.NDArray[np.int64]
    member: npt.NDArray[np.int64]
    baseline: Floats
    depth: int
    width: int

    def __post_init__(self) -> None:
        """Raise ValueError for arrays of which no walk could come to an end in a leaf of the forest."""
        nodes = len(self.feature)
        if not (len(self.threshold) == len(self.left) == len(self.value) == nodes):
            raise ValueError("the arrays of nodes differ in length")
        if len(self.roots) != len(self.member) or not len(self.roots) or not len(self.baseline):
            raise ValueError("each tree has a root and a classifier, and there is at least one")
        leaf = np.isposinf(self.threshold)
        if not np.isfinite(self.threshold[~leaf]).all() or not np.isfinite(self.value).all():
            raise ValueError("thresholds and values are numbers")
        for name, numbers, limit in (
            ("feature", self.feature, self.width),
            ("left", self.left + ~leaf, nodes),
            ("root", self.roots, nodes),
            ("classifier", self.member, len(self.baseline)),
        ):
            if nodes and (numbers.min() < 0 or numbers.max() >= limit):
                raise ValueError(f"a {name} is not one of the {limit} there are")
        if (self.left[leaf] != np.flatnonzero(leaf)).any() or (self.left[~leaf] <= np.flatnonzero(~leaf)).any():
            raise ValueError("a leaf leads to itself, any other node to one behind it")

    def chances(self, rows: Floats) -> Floats:
        """The chance of yes, 0 to 1, of each of ``rows`` (rows by features). Raises ValueError for another width."""
        if rows.ndim != 2 or rows.shape[1] != self.width:
            raise ValueError(f"rows of {self.width} features are needed, got an array of shape {rows.shape}")
        parts = [self._chances(rows[i : i + ROWS_AT_ONCE]) for i in range(0, len(rows), ROWS_AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _chances(self, rows: Floats) -> Floats:
        values = self._walk(rows) if self._leaves is None else self._leaves.values(rows)
        sums = np.stack([values[:, self.member == m].sum(axis=1) for m in range(len(self.baseline))], axis=1)
        chances: Floats = (1.0 / (1.0 + np.exp(-np.clip(sums + self.baseline, -500.0, 500.0)))).mean(axis=1)
        return chances

    def _walk(self, rows: Floats) -> Floats:
        flat = np.ascontiguousarray(rows).ravel()
        start = (np.arange(len(rows)) * self.width)[:, None]
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            at = self.left.take(at) + (flat.take(start + self.feature.take(at)) > self.threshold.take(at))
        return np.asarray(self.value.take(at))

    @cached_property
    def _leaves(self) -> Leaves | None:
        return leaves_of(self.threshold, self.feature, self.left, self.value, self.roots)

    def arrays(self, name: str) -> dict[str, Array]:
        """What ``forest_of`` reads back, each array under ``name`` and a point; small types, the same numbers."""
        return {
            f"{name}.feature": self.feature.astype(np.int16),
            f"{name}.threshold": self.threshold,
            f"{name}.left": self.left.astype(np.int32),
            f"{name}.value": self.value,
            f"{name}.roots": self.roots.astype(np.int32),
            f"{name}.member": self.member.astype(np.int16),
            f"{name}.baseline": self.baseline,
            f"{name}.shape": np.array([self.depth, self.width], dtype=np.int32),
        }


def forest_of(arrays: Mapping[str, Array], name: str) -> Forest:
    """The forest that was written under ``name``. Raises KeyError for a missing array, ValueError for an unfit one."""

    def numbers(part: str) -> npt.NDArray[np.int64]:
        return arrays[f"{name}.{part}"].astype(np.int64)

    def floats(part: str) -> Floats:
        return arrays[f"{name}.{part}"].astype(np.float64)

    depth, width = (int(n) for n in numbers("shape"))
    return Forest(
        numbers("feature"),
        floats("threshold"),
        numbers("left"),
        floats("value"),
        numbers("roots"),
        numbers("member"),
        floats("baseline"),
        depth,
        width,
    )
