"""Invented trials: who was treated with what, and the sentences with their results."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache

from ingest.claim import Study, StudyArm
from tests.synthetic.pools import Named, Pools, pools
from tests.synthetic.sentences import Arms, Told, result

AGAIN = 0.05
"""The share of articles that report the study of the article before them."""
_LOOSE, _OWN_GROUP = 0.3, 0.15
_PLACEBO = Named("placebo", "http://id.nlm.nih.gov/mesh/D010919", "placebos")


@dataclass(frozen=True, slots=True)
class Trial:
    """What one article tells: ``number`` is that of the article, ``study`` that of the study that it reports."""

    seed: int
    number: int
    study: int
    arms: Arms
    population: Named
    results: tuple[Told, ...]

    @property
    def registration(self) -> str:
        """The registry number of the study."""
        return f"NCT{(70_000_000 + 3_000_000 * self.seed + self.study) % 100_000_000:08d}"

    @property
    def name(self) -> str:
        """What the study is called."""
        return f"SYNTH-{self.seed}-{self.study}"

    def as_study(self) -> Study:
        """The study as the article reports it."""
        both = sum(self.arms.sizes)
        told = self.study % 3 == 0  # most abstracts leave the sizes of the arms to the full text
        named = (self.arms.drug.words, self.arms.comparator.words)
        return Study(
            name=self.name,
            registration=self.registration,
            design="randomised controlled trial" if self.study % 4 else "cohort study",
            phase=("2", "3", "3", "4")[self.study % 4] if self.study % 4 else None,
            enrolled=both if told else None,
            randomised=both if told and self.study % 4 else None,
            arms=tuple(StudyArm(n, s if told else None) for n, s in zip(named, self.arms.sizes, strict=True)),
        )


def chance_of(seed: int, number: int, what: int) -> random.Random:
    """The draws of one article for one purpose: the same whatever was drawn before."""
    return random.Random((seed * 1_000_003 + what) * 100_000_007 + number)


@lru_cache(maxsize=64)
def study_of(seed: int, number: int) -> int:
    """The study that an article reports: one of its own, now and then that of the article before."""
    again = number > 0 and chance_of(seed, number, 1).random() < AGAIN
    return study_of(seed, number - 1) if again else number


@lru_cache(maxsize=64)
def trial(seed: int, number: int, claims: int = 10) -> Trial:
    """The trial of one article; ``claims`` is how many results it has on average."""
    drawn, study = pools(seed), study_of(seed, number)
    shared, own = chance_of(seed, study, 2), chance_of(seed, number, 3)
    number_of_results = results_of(own, claims)
    arms, population = _arms(shared, drawn), drawn.populations.draw(shared)
    results = tuple(
        result(own, arms, outcome, drawn.populations.draw(own) if own.random() < _OWN_GROUP else None)
        for outcome in _outcomes(own, drawn, number_of_results)
    )
    return Trial(seed, number, study, arms, population, results)


def results_of(own: random.Random, claims: int) -> int:
    """How many results an article has: the first draw of those that are its own."""
    return max(1, round(own.uniform(0.6, 1.4) * claims))


def _arms(chance: random.Random, drawn: Pools) -> Arms:
    drug = drawn.drugs.draw(chance)
    other = _PLACEBO if chance.random() < 0.5 else drawn.drugs.draw(chance)
    size = chance.randint(20, 900)
    return Arms(drug, _PLACEBO if other == drug else other, (size, size + chance.randint(-5, 5)))


def _outcomes(chance: random.Random, drawn: Pools, number: int) -> list[Named]:
    """Different outcomes, of which some are words that no concept has."""
    found: dict[Named, None] = {}
    while len(found) < number:
        found[(drawn.loose_outcomes if chance.random() < _LOOSE else drawn.outcomes).draw(chance)] = None
    return list(found)
