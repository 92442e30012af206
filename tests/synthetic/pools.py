"""What invented articles speak of: concepts of the shipped terminology, a few of them often, and words without one."""

from __future__ import annotations

import random
import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Generic, TypeVar

import numpy as np

from ingest.claim import Favours, Mention
from ingest.curies import expand
from ingest.term_table import KINDS, SPOT
from ingest.terminology import Concept, ConceptKind, Terminology, shipped_table

T = TypeVar("T")

_USUAL = re.compile(r"[A-Za-z][A-Za-z0-9,' -]{2,44}[A-Za-z0-9]")
_OTHER_DRUGS, _DRUGS, _OUTCOMES, _DISEASES = 3_000, 6_000, 4_000, 5_000


@dataclass(frozen=True, slots=True)
class Named:
    """Words as they are printed, and the concept that they name; None for words that no terminology has."""

    words: str
    concept: str | None = None
    label: str | None = None
    favours: Favours | None = None

    def mention(self) -> Mention:
        """The words as a mention whose place is not known yet."""
        return Mention(self.words, None, self.label, self.concept, () if self.concept is None else (self.concept,))


@dataclass(frozen=True)
class Zipf(Generic[T]):
    """Things of which the first is drawn twice as often as the second, three times as often as the third, ..."""

    things: Sequence[T]
    weights: Sequence[float]

    @classmethod
    def of(cls, things: Sequence[T]) -> Zipf[T]:
        """The things in the order of how common they are."""
        return cls(things, list(accumulate(1 / rank for rank in range(1, len(things) + 1))))

    def draw(self, chance: random.Random) -> T:
        """One of them."""
        return self.things[bisect(self.weights, chance.random() * self.weights[-1])]


@dataclass(frozen=True)
class Pools:
    """Everything that is drawn from. ``terminology`` is the one that ships, without anyone's own vocabularies."""

    terminology: Terminology
    drugs: Zipf[Named]
    outcomes: Zipf[Named]
    loose_outcomes: Zipf[Named]
    populations: Zipf[Named]


@cache
def pools(seed: int = 0) -> Pools:
    """The pools of one seed: which concepts are common depends on it."""
    terminology, chance = Terminology(tables=[shipped_table()]), random.Random(seed)

    def some(kind: ConceptKind, most: int, spotted: bool | None = None) -> list[Named]:
        listed = [c for number in _numbers(kind, spotted) if (c := _concept(terminology, number)) is not None]
        chance.shuffle(listed)
        return [_named(c) for c in listed[:most]]

    diseases = some(ConceptKind.DISEASE, _DISEASES, spotted=True)
    drugs = some(ConceptKind.DRUG, _DRUGS, spotted=True) + some(ConceptKind.DRUG, _OTHER_DRUGS, spotted=False)
    outcomes = _mixed(chance, some(ConceptKind.OUTCOME, _OUTCOMES), diseases)
    populations = _mixed(chance, some(ConceptKind.POPULATION, 400), diseases)
    return Pools(terminology, Zipf.of(drugs), Zipf.of(outcomes), Zipf.of(_loose(chance)), Zipf.of(populations))


def _numbers(kind: ConceptKind, spotted: bool | None) -> list[int]:
    """Places in the shipped table of the concepts of a kind, of those that are ``spotted`` or of the others."""
    table = shipped_table()
    wanted = np.asarray(table.kinds) == KINDS.index(kind.value)
    if spotted is not None:
        wanted &= (np.asarray(table.flags) & SPOT).astype(bool) == spotted
    numbers = [int(n) for n in np.flatnonzero(wanted)]
    return numbers if len(numbers) < 12_000 else numbers[:: len(numbers) // 6_000]


def _concept(terminology: Terminology, number: int) -> Concept | None:
    """The concept with its usual name; None where that would look odd in a sentence, or where nothing is broader."""
    found = terminology.get(expand(shipped_table().ids[number]))
    return found if found is not None and _USUAL.fullmatch(found.name) and found.parents else None


def _named(concept: Concept) -> Named:
    return Named(concept.name, concept.iri, concept.name, None if concept.favours is None else Favours(concept.favours))


def _mixed(chance: random.Random, *parts: Sequence[Named]) -> list[Named]:
    whole = [one for part in parts for one in part]
    chance.shuffle(whole)
    return whole


def _loose(chance: random.Random) -> list[Named]:
    """Outcomes as articles put them in words of their own."""
    firsts = ("unplanned", "clinician-rated", "patient-reported", "investigator-assessed", "sustained", "early", "late")
    seconds = (
        *("return visits", "global change", "need for rescue", "symptom-free days", "dose interruptions", "ward stay"),
        *("score change", "treatment burden", "retreatment", "loss of response", "device problems"),
    )
    made = [Named(f"{a} {b} at week {week}") for a in firsts for b in seconds for week in range(2, 54, 2)]
    chance.shuffle(made)
    return made
