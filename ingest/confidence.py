"""How sure picograph is of a claim: a fixed score from what the reading had to suppose. Not yet calibrated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ingest.claim import Arm, Assertion, Claim, Grade
from ingest.grounds import Grounds

_START = 0.9
_COSTS = {
    "no numbers": 0.2,
    "arms from another sentence": 0.2,
    "outcome from another sentence": 0.1,
    "no concept for the outcome": 0.1,
    "no intervention": 0.1,
    "hedged": 0.05,
    "nobody in particular": 0.25,
    "numbers of one group only": 0.1,
    "exposure that is no arm": 0.15,
    "a failed check": 0.3,
}
"""What each supposition takes off; the floor is 0.05."""


def with_confidence(claims: Iterable[Claim], grounds: Mapping[str, Grounds]) -> tuple[Claim, ...]:
    """``claims`` with their confidence; ``grounds`` of each by its id."""
    out = []
    for claim in claims:
        of = grounds.get(claim.id, Grounds())
        out.append(
            replace(claim, confidence=confidence_of(claim, inherited=of.inherited, bare=of.bare, exposure=of.exposure))
        )
    return tuple(out)


def confidence_of(claim: Claim, *, inherited: bool, bare: bool, exposure: bool = False) -> float:
    """Between 0.05 and 0.9, two decimals; the more a reading supposes, the lower."""
    applies = {
        "no numbers": not claim.effects,
        "arms from another sentence": inherited,
        "outcome from another sentence": bare,
        "no concept for the outcome": claim.outcome.concept is None,
        "no intervention": claim.intervention is None,
        "nobody in particular": bool(claim.effects) and all(e.arm is Arm.OVERALL for e in claim.effects),
        "numbers of one group only": bool(claim.effects) and claim.comparator is None,
        "hedged": claim.assertion is Assertion.HEDGED,
        "exposure that is no arm": exposure,
        "a failed check": any(c.grade is Grade.ERROR for c in claim.checks),
    }
    return round(max(0.05, _START - sum(_COSTS[name] for name, holds in applies.items() if holds)), 2)
