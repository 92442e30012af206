"""A logistic regression whose weights keep to given signs, and how well chances agree with what came of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.stats import rankdata

from ingest.confidence import START

Floats = npt.NDArray[np.float64]
Bound = tuple[float | None, float | None]


def fit(
    names: Sequence[str], table: Floats, right: Floats, weight: Floats, bounds: Mapping[str, Bound], shrink: float
) -> dict[str, float]:
    """The weights that make ``right`` likeliest, each within its bounds, less ``shrink`` / 2 times their squares.

    The loss is convex, so the same claims give the same weights; they are rounded to two decimals.
    """
    rows = np.column_stack([np.ones(len(table)), table])
    held = np.full(rows.shape[1], shrink)
    held[0] = 0.0

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = rows @ weights
        chance = 1 / (1 + np.exp(-odds))
        value = weight @ (np.logaddexp(0, odds) - right * odds) + (held * weights**2).sum() / 2
        return float(value), rows.T @ (weight * (chance - right)) + held * weights

    limits = [(None, None), *(bounds.get(name, (None, None)) for name in names)]
    start = np.array([low or 0.0 if high is None else min(high, low or 0.0) for low, high in limits])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=limits, options={"ftol": 1e-12, "gtol": 1e-7})
    return {name: round(float(w), 2) + 0.0 for name, w in zip((START, *names), found.x, strict=True)}


@dataclass(frozen=True, slots=True)
class Band:
    """Claims of like confidence: their mean confidence, the share of right ones, and their share of all."""

    low: float
    high: float
    said: float
    right: float
    share: float


def bands(chance: Floats, right: Floats, weight: Floats, count: int = 10) -> list[Band]:
    """``count`` bands of equal weight, by rising confidence; equal chances stay in one order."""
    order = np.argsort(chance, kind="stable")
    place = (np.cumsum(weight[order]) - weight[order] / 2) / weight.sum()
    out = []
    for n in range(count):
        some = order[(place >= n / count) & (place < (n + 1) / count)]
        if len(some):
            mass = weight[some]
            said, came = (float(np.average(one[some], weights=mass)) for one in (chance, right))
            low, high = float(chance[some].min()), float(chance[some].max())
            out.append(Band(low, high, said, came, float(mass.sum() / weight.sum())))
    return out


def calibration_error(chance: Floats, right: Floats, weight: Floats) -> float:
    """The mean difference between confidence and share of right claims, over ten bands of equal weight."""
    return sum(b.share * abs(b.said - b.right) for b in bands(chance, right, weight))


def brier(chance: Floats, right: Floats, weight: Floats) -> float:
    """The mean squared difference between confidence and what came of it; 0 is best, 0.25 a coin."""
    return float(np.average((chance - right) ** 2, weights=weight))


def ranking(chance: Floats, right: Floats) -> float | None:
    """The chance that a right claim has more confidence than a wrong one (area under the curve); None without both."""
    yes = right > 0.5
    if yes.all() or not yes.any():
        return None
    ranks = rankdata(chance)
    return float((ranks[yes].mean() - (yes.sum() + 1) / 2) / (~yes).sum())
