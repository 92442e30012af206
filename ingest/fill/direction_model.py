"""The trained model of directions: which passages are evidence for a question, and what each of them says.

A linear model over named features of the words comes first; three forests then weigh its answer together with signs,
fit and place: is the difference significant, which way does it go, is this passage about the question at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from ingest.fill.direction_candidates import Candidate
from ingest.fill.direction_signs import signs
from ingest.fill.direction_text import text_features
from ingest.trees import Array, Floats, Forest, forest_of

POWER = 0.7
"""The odds of being evidence, to this power, are a passage's vote."""
_SURE = 1e-6


@dataclass(frozen=True)
class Rows:
    """What the forests are told of passages, a row each: ``odd`` turns round with the arms, ``even`` does not.

    ``fit`` is how well the passage fits; ``chance`` and ``way`` are the linear model's log odds of a significant
    difference and, given one, of an increase.
    """

    odd: Floats
    even: Floats
    fit: Floats
    chance: Floats
    way: Floats

    def of_significance(self) -> Floats:
        """For the question whether there is a significant difference."""
        return np.column_stack([np.abs(self.odd), self.even, self.chance, np.abs(self.way)])

    def of_way(self) -> Floats:
        """For the question whether it is an increase."""
        return np.column_stack([self.odd, self.even, self.chance, self.way])

    def of_evidence(self) -> Floats:
        """For the question whether the passage is evidence."""
        return np.column_stack([self.fit, self.of_significance()])


@dataclass(frozen=True, eq=False)
class Linear:
    """Weights of named features, a row each: of increased, decreased, no difference. Unknown names count nothing."""

    places: Mapping[str, int]
    weights: Floats
    start: Floats

    def odds(self, features: Sequence[Mapping[str, float]]) -> tuple[Floats, Floats]:
        """Log odds of a significant difference, and of an increase among these, for each set of features."""
        sums = np.tile(self.start, (len(features), 1))
        for row, named in enumerate(features):
            known = [(self.places[n], v) for n, v in named.items() if n in self.places]
            if known:
                sums[row] += np.array([v for _, v in known]) @ self.weights[[p for p, _ in known]]
        return np.logaddexp(sums[:, 0], sums[:, 1]) - sums[:, 2], sums[:, 0] - sums[:, 1]


@dataclass(frozen=True, eq=False)
class DirectionModel:
    """The linear model with its forests."""

    linear: Linear
    significance: Forest
    way: Forest
    evidence: Forest

    def judge(self, found: Sequence[Candidate], stems: Sequence[str], unwanted: bool) -> tuple[Floats, Floats]:
        """Chances of increased, decreased, no difference for each passage; and each passage's vote, above 0."""
        chance, way = self.linear.odds([text_features(c.marks, stems) for c in found])
        rows = rows_of(found, unwanted, chance, way)
        significant, up = self.significance.chances(rows.of_significance()), self.way.chances(rows.of_way())
        chances = np.column_stack([significant * up, significant * (1 - up), 1 - significant])
        sure = np.clip(self.evidence.chances(rows.of_evidence()), _SURE, 1 - _SURE)
        return chances, (sure / (1 - sure)) ** POWER

    def arrays(self) -> dict[str, Array]:
        """What ``model_of`` reads back."""
        names = "\n".join(sorted(self.linear.places, key=self.linear.places.__getitem__))
        forests = {"significance": self.significance, "way": self.way, "evidence": self.evidence}
        return {
            "names": np.frombuffer(names.encode("utf-8"), dtype=np.uint8),
            "weights": self.linear.weights.astype(np.float32),
            "start": self.linear.start,
            **{key: array for name, forest in forests.items() for key, array in forest.arrays(name).items()},
        }


def rows_of(found: Sequence[Candidate], unwanted: bool, chance: Floats, way: Floats) -> Rows:
    """The rows of passages for one question."""
    told = [signs(c.marks, unwanted) for c in found]
    odd, even = (np.array([t[side] for t in told], dtype=np.float64) for side in (0, 1))
    return Rows(odd, even, np.array([c.fit for c in found], dtype=np.float64), chance, way)


def model_of(arrays: Mapping[str, Array]) -> DirectionModel:
    """The model that was written. Raises KeyError for a missing array, ValueError for an unfit one."""
    names = arrays["names"].astype(np.uint8).tobytes().decode("utf-8").split("\n")
    weights = arrays["weights"].astype(np.float64)
    if weights.shape != (len(names), 3):
        raise ValueError(f"{len(names)} names have weights of shape {weights.shape}")
    linear = Linear({n: i for i, n in enumerate(names)}, weights, arrays["start"].astype(np.float64))
    return DirectionModel(linear, *(forest_of(arrays, name) for name in ("significance", "way", "evidence")))


@cache
def load_direction_model() -> DirectionModel:
    """The model that ships with picograph; read once."""
    path = resources.files("ingest") / "data" / "direction.npz"
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        return model_of(dict(arrays))
