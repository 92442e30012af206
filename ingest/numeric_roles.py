"""What each number of an abstract is (participants, a count, a percentage, a mean) and of which arm, by trees."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from ingest import role_arm_features, role_links, role_sides, role_types
from ingest.abbreviations import Definition
from ingest.aids import Tag
from ingest.article import Span
from ingest.nlp import Token
from ingest.relate import RelationModel
from ingest.role_arms import Arm, arms_of
from ingest.role_labels import LABELS, TYPES, WITH_UNIT, one_each
from ingest.role_links import Links, links_of
from ingest.role_text import Reading
from ingest.trees import Array, Floats, Forest, forest_of

SCORE = 0.4
"""The chance that label and side are right above which a number is labelled, chosen on dev from 0.25 to 0.4."""
LIKELY = 0.05
"""Numbers less likely than this get no type and no side."""
LONGEST = 12_000
"""A longer text is read in parts of so many characters: numbers are compared with all others of their part."""
FORESTS = ("arm", "arm_again", "taken", *(f"type.{t}" for t in TYPES), "side")


class Looked(NamedTuple):
    """What the model says of each number: that it is labelled, of which of ``TYPES``, that it is the control's."""

    taken: Floats
    types: Floats
    control: Floats


@dataclass(frozen=True, eq=False)
class NumericRoles:
    """A forest for each of ``FORESTS``, the words that they look for, and the model that links numbers to arms."""

    forests: Mapping[str, Forest]
    words: Mapping[str, int]
    arm_words: Mapping[str, int]
    relations: RelationModel

    @classmethod
    def load(cls) -> NumericRoles:
        """The model that ships, read once. Raises OSError without its file, ValueError for one of other columns."""
        return _shipped()

    @classmethod
    def of(cls, arrays: Mapping[str, Array], relations: RelationModel) -> NumericRoles:
        """The model in ``arrays``. Raises KeyError for a missing array, ValueError for columns other than ours."""
        words, arm_words = ([str(w) for w in arrays[name]] for name in ("words", "arm_words"))
        if [str(n) for n in arrays["names"]] != columns(words, arm_words):
            raise ValueError("the model of numeric roles was trained on other columns")
        forests = {name: forest_of(arrays, name) for name in FORESTS}
        return cls(forests, numbered(words), numbered(arm_words), relations)

    def assign(
        self,
        text: str,
        tokens: Sequence[Token],
        sentences: Sequence[Span],
        definitions: Sequence[Definition],
        layers: Mapping[str, Sequence[Tag]],
    ) -> list[Tag]:
        """The numbers of ``text`` that have a role, in order; the score is the chance that label and side are right.

        Of ``layers`` the mentions of ``result`` are read; a layer that is missing counts as empty.
        """
        out: list[Tag] = []
        for reading in self.readings(text, tokens, sentences, definitions, layers):
            out += self.roles(reading)
        return out

    def roles(self, reading: Reading) -> list[Tag]:
        """``assign`` for an abstract that has been read."""
        if not reading.numbers:
            return []
        looked = self.look(reading)
        kinds = looked.types.argmax(axis=1)
        sided = np.maximum(looked.control, 1.0 - looked.control)
        sided[kinds == TYPES.index("total")] = 1.0
        scores = looked.taken * looked.types.max(axis=1) * sided
        chosen = np.flatnonzero(scores > SCORE)
        sizes = kinds[chosen] == TYPES.index("arm")
        controls = one_each(looked.control[chosen], np.where(sizes, reading.sentence[chosen], -1))
        found = []
        for i, control in zip(chosen.tolist(), controls.tolist(), strict=True):
            kind = TYPES[int(kinds[i])]
            span, label = reading.numbers[i].span(kind in WITH_UNIT), LABELS[kind][int(control > 0.5)]
            found.append(Tag(span, label, round(float(scores[i]), 4), "numbers"))
        return found

    def readings(
        self,
        text: str,
        tokens: Sequence[Token],
        sentences: Sequence[Span],
        definitions: Sequence[Definition],
        layers: Mapping[str, Sequence[Tag]],
    ) -> Iterator[Reading]:
        """The parts of ``text`` that are read together; an abstract is one."""
        starts = [t.start for t in tokens]
        of_layer = {name: sorted(tags, key=lambda t: t.span.start) for name, tags in layers.items() if name == "result"}
        for some in parts_of(sentences):
            first, last = bisect_left(starts, some[0].start), bisect_left(starts, some[-1].end)
            near = {name: tags[_at(tags, some[0].start) : _at(tags, some[-1].end)] for name, tags in of_layer.items()}
            yield Reading(text, tokens[first:last], some, definitions, near)

    def look(self, reading: Reading) -> Looked:
        """The chances of each number of ``reading``, 0 to 1; rows of types add up to 1."""
        arms = arms_of(reading)
        return self.look_beside(reading, arms, self.arms(reading, arms))

    def look_beside(self, reading: Reading, arms: Sequence[Arm], chances: Floats) -> Looked:
        """``look`` where the arms of ``reading``, and the chance of each to be the control, are known."""
        rows = role_types.features(reading, self.words)
        taken = self.forests["taken"].chances(rows)
        types = np.full((len(rows), len(TYPES)), 1.0 / len(TYPES))
        control = np.full(len(rows), 0.5)
        some = taken > LIKELY
        if some.any():
            types[some] = shares([self.forests[f"type.{t}"].chances(rows[some]) for t in TYPES])
            links = links_of(reading, arms, taken, self.relations)
            control[some] = self.forests["side"].chances(sides(reading, arms, chances, links, rows)[some])
        return Looked(taken, types, control)

    def arms(self, reading: Reading, arms: Sequence[Arm]) -> Floats:
        """The chance of each of ``arms`` to be the control, after a second look at all of them."""
        rows = role_arm_features.features(reading, arms, self.arm_words)
        first = self.forests["arm"].chances(rows)
        return self.forests["arm_again"].chances(again(reading, arms, rows, first))


def parts_of(sentences: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """The sentences in runs of ``LONGEST`` characters at most, or one that is longer: an abstract is one run."""
    first = 0
    for i, sentence in enumerate(sentences):
        if i > first and sentence.end - sentences[first].start > LONGEST:
            yield sentences[first:i]
            first = i
    if sentences:
        yield sentences[first:]


def _at(tags: Sequence[Tag], start: int) -> int:
    return bisect_left(tags, start, key=lambda t: t.span.start)


def again(reading: Reading, arms: Sequence[Arm], rows: Floats, first: Floats) -> Floats:
    """What the second look at ``arms`` reads: their features, and what the first look said of each."""
    return np.concatenate([rows, role_arm_features.again(reading, arms, first)], axis=1)


def sides(reading: Reading, arms: Sequence[Arm], chances: Floats, links: Links, rows: Floats) -> Floats:
    """What the side of each number is told from; ``rows`` are its own features, ``chances`` those of the arms."""
    parts = [role_sides.features(reading, arms, chances), role_links.columns(links, chances), rows]
    return np.concatenate(parts, axis=1)


def shares(chances: Sequence[Floats]) -> Floats:
    """Chances of yes or no for each type, made to add up to 1 for each number."""
    table = np.stack(chances, axis=1)
    whole: Floats = table / table.sum(axis=1, keepdims=True)
    return whole


def columns(words: Sequence[str], arm_words: Sequence[str]) -> list[str]:
    """The names of all columns, which a stored model carries with it."""
    return [
        *role_types.names(words),
        *role_sides.NAMES,
        *role_links.NAMES,
        *role_arm_features.names(arm_words),
        *role_arm_features.AGAIN,
    ]


def numbered(words: Sequence[str]) -> dict[str, int]:
    """The words with their places."""
    return {word: i for i, word in enumerate(words)}


@cache
def _shipped() -> NumericRoles:
    with (
        files("ingest.data").joinpath("model/roles.npz").open("rb") as stored,
        np.load(stored, allow_pickle=False) as arrays,
    ):
        return NumericRoles.of(arrays, RelationModel.load())
