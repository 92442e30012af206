"""Networks of random weights, small enough to be worked out step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.features import CHARACTER_COUNT, SHAPES
from ingest.tagger import Tagger
from ingest.tags import FORBIDDEN, allowed, tags_of

KEYS = ("placebo", "relapse", "was", "00%", "with")
WORDS = ("Placebo", "relapse", "was", "12%", "with", "HbA1c", ".", "β-blocker", "non-small-cell-lung-cancer-x", "a")
HEADS = {"result": ("ARM", "VALUE"), "concept": ("DRUG",)}


def weights(
    seed: int, heads: Mapping[str, Sequence[str]] = HEADS, *, hidden: int = 3, layers: int = 2, spread: float = 1.0
) -> dict[str, NDArray[Any]]:
    """Arrays as they are stored, with every transition that is allowed at a random score."""
    random = np.random.default_rng(seed)

    def some(*shape: int) -> NDArray[np.float32]:
        return random.normal(0, spread, shape).astype(np.float32)

    tags = {name: tags_of(labels) for name, labels in heads.items()}
    arrays: dict[str, NDArray[Any]] = {
        "vectors": random.integers(-100, 100, (len(KEYS) + 1, 4)).astype(np.int8),
        "scale": np.array(0.02),
        "characters": some(CHARACTER_COUNT, 2),
        "filters": some(6, 3),
        "filters_bias": some(3),
        "shapes": some(SHAPES, 2),
        "out": some(2 * hidden, sum(map(len, tags.values()))),
        "out_bias": some(sum(map(len, tags.values()))),
    }
    width = 4 + 3 + 2
    for layer in range(layers):
        arrays[f"input_{layer}"] = some(2, width, 4 * hidden)
        arrays[f"bias_{layer}"] = some(2, 4 * hidden)
        arrays[f"recurrent_{layer}"] = some(2, hidden, 4 * hidden)
        width = 2 * hidden
    for name, listed in tags.items():
        arrays[f"transitions_{name}"] = some(len(listed) + 1, len(listed) + 1) + np.where(
            allowed(listed), np.float32(0), FORBIDDEN
        )
    return arrays


def tagger(seed: int, heads: Mapping[str, Sequence[str]] = HEADS, *, spread: float = 1.0) -> Tagger:
    """A tagger whose every decision is random, and the same at every run."""
    return Tagger(weights(seed, heads, spread=spread), KEYS, heads)
