"""Counting claims and studies by what they found. A study counts once, whatever it has to say. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from graph.analyses.facts import Fact
from ingest.claim import Direction

_M = TypeVar("_M", bound=StrEnum)


class Found(StrEnum):
    """What a claim, or a study with all of its claims, found of an outcome."""

    HIGHER = "higher"
    LOWER = "lower"
    NO_DIFFERENCE = "no difference"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Worth(StrEnum):
    """Whether what was found is good for the patient."""

    BENEFIT = "benefit"
    HARM = "harm"
    NEITHER = "neither"
    MIXED = "mixed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class StudyFound:
    """One study of a cell: what its claims found together, and the claims, by id."""

    study: str
    found: Found
    worth: Worth
    significant: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Claims and studies that have something in common.

    ``studies`` are each there once; ``latest`` is the most recent year of publication, None where none is known.
    ``claims_found`` counts claims, ``studies_found`` and ``worth`` studies, without what none has found.
    """

    claims: tuple[str, ...]
    studies: tuple[StudyFound, ...]
    claims_found: tuple[tuple[Found, int], ...]
    studies_found: tuple[tuple[Found, int], ...]
    worth: tuple[tuple[Worth, int], ...]
    significant: int
    latest: int | None


def found_by(fact: Fact) -> Found:
    """What one claim found."""
    return Found.UNKNOWN if fact.direction is None else Found(fact.direction.value)


def worth_of(fact: Fact) -> Worth:
    """Whether what one claim found is good for the patient."""
    if fact.direction is Direction.NO_DIFFERENCE:
        return Worth.NEITHER
    return {True: Worth.BENEFIT, False: Worth.HARM, None: Worth.UNKNOWN}[fact.benefit]


def by_study(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Facts by study, in the order of the studies; those of a study with the best to show first."""
    held: dict[str, list[Fact]] = {}
    for fact in facts:
        held.setdefault(fact.study, []).append(fact)
    return {study: sorted(held[study], key=lambda f: f.rank) for study in sorted(held)}


def study_found(study: str, facts: Sequence[Fact]) -> StudyFound:
    """What the claims of one study found together: ``mixed`` where they go several ways.

    What no claim says is unknown; a claim that says nothing takes nothing from another one that does.
    """
    found = {found_by(f) for f in facts} - {Found.UNKNOWN}
    worth = {worth_of(f) for f in facts} - {Worth.UNKNOWN}
    return StudyFound(
        study,
        Found.MIXED if len(found) > 1 else next(iter(found), Found.UNKNOWN),
        Worth.MIXED if len(worth) > 1 else next(iter(worth), Worth.UNKNOWN),
        any(f.significant for f in facts),
        tuple(f.claim for f in facts),
    )


def tally(facts: Iterable[Fact]) -> Tally:
    """Count ``facts``. The order in which they come does not matter."""
    held = by_study(facts)
    studies = tuple(study_found(study, some) for study, some in held.items())
    every = [fact for some in held.values() for fact in some]
    return Tally(
        claims=tuple(sorted(fact.claim for fact in every)),
        studies=studies,
        claims_found=_counts(Found, [found_by(f) for f in every]),
        studies_found=_counts(Found, [s.found for s in studies]),
        worth=_counts(Worth, [s.worth for s in studies]),
        significant=sum(s.significant for s in studies),
        latest=max((f.year for f in every if f.year is not None), default=None),
    )


def _counts(members: type[_M], found: Sequence[_M]) -> tuple[tuple[_M, int], ...]:
    return tuple((member, n) for member in members if (n := found.count(member)))
