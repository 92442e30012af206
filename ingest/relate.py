"""Which value belongs to which arm and outcome: the relations of the annotation contract, by trained trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from ingest.article import Span
from ingest.relation_context import CONTEXT, FirstLook, context
from ingest.relation_features import NAMES, Candidates, candidates
from ingest.relation_sentence import Marked, Matrix
from ingest.trees import Array, Forest, forest_of

KIND_OF = {"INTERVENTION": "I", "INTV": "I", "OUTCOME": "O", "OC": "O", "MEASURE": "M", "MEAS": "M"}
"""The labels of entities that take part; all others are passed over, and so is the ``pio`` layer, whose labels mean
more than an arm and what was measured."""
TASKS = ("arm", "second", "outcome")
"""What a forest tells: an arm has the value; it is the second arm, given that it has; an outcome has the value."""
LOOKS = {"first": NAMES, "again": (*NAMES, *CONTEXT)}
"""The columns that the forests of each look read; the second look sees what the first one said of the sentence."""
LINKED = {"arm": 0.5, "outcome": 0.4}
"""The chance above which a pair is a relation, chosen by cross-validation."""

MOST, PART = 60, 15
"""A sentence with more than ``MOST`` arms, outcomes and measures, as no author writes it, is looked at in parts of
``PART``: the pairs grow with the square."""
AT_ONCE = 64
"""Sentences of which the pairs are held in memory together."""

Relation = dict[str, Any]
_Marked = tuple[str, int, int, int]


@dataclass(frozen=True, eq=False)
class RelationModel:
    """One forest for each look and task, by the name ``look.task``."""

    forests: Mapping[str, Forest]

    @classmethod
    def load(cls) -> RelationModel:
        """The model that ships, read once. Raises OSError without its file, ValueError for one of other columns."""
        return _shipped()

    @classmethod
    def of(cls, arrays: Mapping[str, Array]) -> RelationModel:
        """The model in ``arrays``. Raises KeyError for a missing array, ValueError for columns other than ours."""
        return cls(forests_of(arrays, "first") | forests_of(arrays, "again"))

    def relate(self, text: str, sentences: Sequence[Span], entities: Sequence[Mapping[str, Any]]) -> list[Relation]:
        """Relations as ``{"head", "tail", "label"}`` with places in ``entities``, sorted by tail, label and head.

        An entity belongs to the sentence in which it starts; without sentences the whole text is one. A measure has one
        arm at most and any number of outcomes. The order of ``entities`` decides nothing.
        """
        groups = _by_sentence(text, sentences, entities)
        relations = [
            relation
            for at in range(0, len(groups), AT_ONCE)
            for relation in self._of_groups(text, groups[at : at + AT_ONCE])
        ]
        return sorted(relations, key=lambda r: (r["tail"], r["label"], r["head"]))

    def _of_groups(self, text: str, groups: Sequence[tuple[Span, list[_Marked]]]) -> list[Relation]:
        pairs = [
            candidates(text, span.start, span.end, [Marked(kind, start, end) for kind, start, end, _ in marked])
            for span, marked in groups
        ]
        looked = self.look(pairs)
        return [
            {"head": marked[head][3], "tail": marked[tail][3], "label": label}
            for (_, marked), c, look in zip(groups, pairs, looked, strict=True)
            for head, tail, label in decode(c, look)
        ]

    def look(self, pairs: Sequence[Candidates]) -> list[FirstLook]:
        """The chances of each pair after both looks; one item of ``pairs`` is one sentence."""
        first = look_at(self.forests, "first", pairs)
        return look_at(self.forests, "again", pairs, [with_context(c, f) for c, f in zip(pairs, first, strict=True)])


def forests_of(arrays: Mapping[str, Array], look: str) -> dict[str, Forest]:
    """The forests of one look. Raises KeyError for a missing array, ValueError for columns other than ours."""
    if tuple(str(n) for n in arrays[f"{look}.names"]) != LOOKS[look]:
        raise ValueError(f"the {look} look of the relation model was trained on other columns")
    return {f"{look}.{task}": forest_of(arrays, f"{look}.{task}") for task in TASKS}


def with_context(pairs: Candidates, look: FirstLook) -> Matrix:
    """What the second look reads: the features of the pairs and what the first look said."""
    return np.concatenate([pairs.features, context(pairs, look)], axis=1)


def look_at(
    forests: Mapping[str, Forest], look: str, pairs: Sequence[Candidates], features: Sequence[Matrix] | None = None
) -> list[FirstLook]:
    """One look at the pairs of each sentence, all at once; ``features`` are those of the pairs if not given."""
    if not pairs:
        return []
    rows = np.concatenate([c.features for c in pairs] if features is None else features)
    outcome = np.concatenate([c.outcome for c in pairs])
    link, second = np.zeros(len(rows)), np.zeros(len(rows))
    link[outcome] = forests[f"{look}.outcome"].chances(rows[outcome])
    link[~outcome] = forests[f"{look}.arm"].chances(rows[~outcome])
    second[~outcome] = forests[f"{look}.second"].chances(rows[~outcome])
    ends = np.cumsum([len(c.heads) for c in pairs])[:-1]
    return [FirstLook(*part) for part in zip(np.split(link, ends), np.split(second, ends), strict=True)]


def decode(pairs: Candidates, look: FirstLook) -> list[tuple[int, int, str]]:
    """(head, measure, label) of the pairs that are relations; of the arms of a measure only the likeliest, the first
    of equals."""
    out: list[tuple[int, int, str]] = []
    best: dict[int, tuple[float, int, str]] = {}
    for head, tail, outcome, link, second in zip(
        pairs.heads.tolist(), pairs.measures.tolist(), pairs.outcome.tolist(), *(c.tolist() for c in look), strict=True
    ):
        if outcome:
            if link > LINKED["outcome"]:
                out.append((head, tail, "OC_RES"))
        elif link > max(LINKED["arm"], best[tail][0] if tail in best else 0.0):
            best[tail] = link, head, "A2_RES" if second > 0.5 else "A1_RES"
    return out + [(head, tail, label) for tail, (_, head, label) in best.items()]


def _by_sentence(
    text: str, sentences: Sequence[Span], entities: Sequence[Mapping[str, Any]]
) -> list[tuple[Span, list[_Marked]]]:
    """The sentences with a measure, with the entities that take part; last comes the place in ``entities``."""
    marked = sorted(
        (int(e["start"]), int(e["end"]), KIND_OF[str(e["label"])], i)
        for i, e in enumerate(entities)
        if str(e["label"]) in KIND_OF and e.get("layer") != "pio"
    )
    spans = sorted(sentences) or [Span(0, len(text))] if text else []
    starts = np.array([s.start for s in spans], dtype=np.int64)
    groups: dict[int, list[_Marked]] = {}
    for start, end, kind, i in marked:
        sentence = max(0, int(np.searchsorted(starts, start, side="right")) - 1)
        groups.setdefault(sentence, []).append((kind, start, end, i))
    parts = [
        (spans[n], found[at : at + size])
        for n, found in sorted(groups.items())
        for size in (len(found) if len(found) <= MOST else PART,)
        for at in range(0, len(found), size)
    ]
    return [(span, found) for span, found in parts if any(kind == "M" for kind, *_ in found)]


@cache
def _shipped() -> RelationModel:
    with (
        files("ingest.data").joinpath("model/relations.npz").open("rb") as stored,
        np.load(stored, allow_pickle=False) as arrays,
    ):
        return RelationModel.of(arrays)
