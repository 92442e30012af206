"""Conflicting evidence: studies whose results for one drug and one outcome do not go together. Pure.

Compared are results on the same drug and outcome which, as far as both say, have the same comparator, population and
kind of measure. A study speaks once: where its own results differ it takes neither side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.analyses.facts import Fact, Term
from graph.analyses.tally import by_study
from ingest.claim import Direction, Measure, Significance


class Grade(StrEnum):
    """How much results disagree: significant in opposite directions, or significant against no difference shown."""

    CONTRADICTION = "contradiction"
    INCONSISTENCY = "inconsistency"


class Result(StrEnum):
    """What a claim has to say in a disagreement."""

    HIGHER = "significantly higher"
    LOWER = "significantly lower"
    NONE = "no significant difference"


_FAMILY = {
    Measure.HAZARD_RATIO: "time to event",
    Measure.MEAN_DIFFERENCE: "amount",
    Measure.STANDARDISED_MEAN_DIFFERENCE: "amount",
    Measure.MEAN: "amount",
    Measure.GEOMETRIC_MEAN: "amount",
    Measure.CORRELATION: "association",
} | dict.fromkeys(
    (
        Measure.ODDS_RATIO,
        Measure.RISK_RATIO,
        Measure.RATE_RATIO,
        Measure.STANDARDISED_INCIDENCE_RATIO,
        Measure.RISK_DIFFERENCE,
        Measure.NUMBER_NEEDED_TO_TREAT,
        Measure.PROPORTION,
        Measure.COUNT,
        Measure.RATE,
    ),
    "frequency",
)
"""What a measure is about; a median may be of a time or of an amount, and is taken with both."""


@dataclass(frozen=True, slots=True)
class Context:
    """Under what results were compared; None where no side says, or where the population is given in words alone."""

    comparator: Term | None
    population: Term | None
    family: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its studies in order, and their claims on it; of each study the claim to show comes first."""

    result: Result
    studies: tuple[str, ...]
    claims: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sides on one drug and one outcome: two, or those of a contradiction and the studies that show no difference.

    ``torn`` are studies that have results on opposite sides and count for neither. ``unsure`` says what some of the
    claims leave open, so that the difference may be one of what was studied.
    """

    grade: Grade
    drug: Term
    outcome: Term
    context: Context
    sides: tuple[Side, ...]
    torn: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()

    @property
    def studies(self) -> int:
        """How many studies disagree, each once."""
        return sum(len(side.studies) for side in self.sides)


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Conflicts, contradictions first, then those of most studies. ``undecided`` claims say nothing of significance."""

    conflicts: tuple[Conflict, ...]
    claims: int
    undecided: int


def family_of(measures: Iterable[Measure]) -> str | None:
    """What kind of measure these are: those that compare the arms, else those of the arms.

    None where none is known, or where they are of several kinds.
    """
    named = [m for m in measures if m in _FAMILY]
    kinds = {_FAMILY[m] for m in named if m.is_contrast} or {_FAMILY[m] for m in named}
    return kinds.pop() if len(kinds) == 1 else None


def result_of(fact: Fact) -> Result | None:
    """What a claim says in a disagreement; None where it says too little."""
    if fact.significance is Significance.SIGNIFICANT:
        return {Direction.HIGHER: Result.HIGHER, Direction.LOWER: Result.LOWER, None: None}.get(fact.direction)
    if fact.significance is Significance.NOT_SIGNIFICANT or fact.direction is Direction.NO_DIFFERENCE:
        return Result.NONE
    return None


def conflicts(facts: Iterable[Fact]) -> Conflicts:
    """Every disagreement among ``facts``, whatever their order."""
    held: dict[tuple[str, str], list[Fact]] = {}
    number = undecided = 0
    for fact in sorted(facts, key=lambda f: f.claim):
        number += 1
        if result_of(fact) is None:
            undecided += 1
        elif fact.drug is not None:
            held.setdefault((fact.drug.id, fact.outcome.id), []).append(fact)
    found = [c for some in held.values() for c in _of_pair(some)]
    found.sort(key=lambda c: (c.grade is not Grade.CONTRADICTION, -c.studies, c.drug.label, c.outcome.label, _key(c)))
    return Conflicts(tuple(found), number, undecided)


def _key(conflict: Conflict) -> tuple[tuple[str, ...], ...]:
    return tuple(claims for side in conflict.sides for claims in side.claims)


def _of_pair(facts: Sequence[Fact]) -> list[Conflict]:
    """The conflicts of one drug and outcome. One whose claims another one has on the same sides as well is left out."""
    found: dict[frozenset[tuple[Result, str]], Conflict] = {}
    for some in _comparable(facts, _SLOTS):
        conflict = _between(some)
        if conflict is not None:
            found[frozenset((s.result, c) for s in conflict.sides for claims in s.claims for c in claims)] = conflict
    return [c for said, c in found.items() if not any(said < other for other in found)]


_SLOTS: tuple[Callable[[Fact], str | None], ...] = (
    lambda f: None if f.comparator is None else f.comparator.id,
    lambda f: f.population.id if f.population is not None and f.population.linked else None,
    lambda f: family_of(f.measures),
)


def _comparable(facts: Sequence[Fact], slots: Sequence[Callable[[Fact], str | None]]) -> Iterator[Sequence[Fact]]:
    """The largest parts in which no two facts differ in a slot that both fill."""
    if not slots:
        yield facts
        return
    slot, *rest = slots
    filled = [slot(fact) for fact in facts]
    values: list[str | None] = [*sorted({v for v in filled if v is not None})]
    for value in values or [None]:
        yield from _comparable([f for f, v in zip(facts, filled, strict=True) if v in (value, None)], rest)


def _between(facts: Sequence[Fact]) -> Conflict | None:
    """The conflict among facts that may be compared with each other; None where there is none."""
    told = {study: {r for f in some if (r := result_of(f))} for study, some in by_study(facts).items()}
    opposite = {Result.HIGHER, Result.LOWER}
    clear = {study: said for study, said in told.items() if not said >= opposite}
    higher, lower = ([s for s, said in clear.items() if r in said] for r in (Result.HIGHER, Result.LOWER))
    none = [study for study, said in clear.items() if said == {Result.NONE}]
    if higher and lower:
        grade, torn = Grade.CONTRADICTION, [s for s in told if s not in clear]
    else:
        torn = [s for s, said in told.items() if len(said) > 1]
        higher, lower = ([s for s in some if s not in torn] for some in (higher, lower))
        grade = Grade.INCONSISTENCY
        if not none or not (higher or lower):
            return None
    parts = ((Result.HIGHER, higher), (Result.LOWER, lower), (Result.NONE, none))
    sides = tuple(_side(result, studies, facts) for result, studies in parts if studies)
    shown = [f for f in facts if any(f.claim in claims for side in sides for claims in side.claims)]
    drug = shown[0].drug
    assert drug is not None
    return Conflict(grade, drug, shown[0].outcome, _context(shown), sides, tuple(torn), _unsure(shown))


def _side(result: Result, studies: Sequence[str], facts: Sequence[Fact]) -> Side:
    held = by_study(f for f in facts if result_of(f) is result)
    return Side(result, tuple(studies), tuple(tuple(f.claim for f in held[study]) for study in studies))


def _context(facts: Sequence[Fact]) -> Context:
    comparator = next((f.comparator for f in facts if f.comparator is not None), None)
    population = next((f.population for f in facts if f.population is not None and f.population.linked), None)
    return Context(comparator, population, next((k for f in facts if (k := family_of(f.measures))), None))


def _unsure(facts: Sequence[Fact]) -> tuple[str, ...]:
    told = (
        ("name no comparator", sum(f.comparator is None for f in facts)),
        ("name no population", sum(f.population is None for f in facts)),
        (
            "name their population in words alone",
            sum(f.population is not None and not f.population.linked for f in facts),
        ),
        ("do not tell the kind of measure", sum(family_of(f.measures) is None for f in facts)),
    )
    return tuple(f"{number} of {len(facts)} claims {what}" for what, number in told if number)
