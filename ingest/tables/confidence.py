"""How likely a claim of a table is right: a fixed prior, moved by what its table says and leaves open.

The weights are log odds, set by reading claims against their tables and not learnt: too few tables are annotated.
docs/quality.md has the counts behind them.
"""

from __future__ import annotations

from collections.abc import Mapping

from ingest.claim import Arm, Claim, Grade, Measure
from ingest.confidence import chance_of

WEIGHTS: Mapping[str, float] = {
    "start": 1.2,
    "the table says what its numbers are": 0.7,
    "words tell the control": 0.4,
    "one arm alone": -0.4,
    "a number of no known kind": -0.6,
    "a comparison": 0.2,
    "a check passed": 0.2,
    "a check with a note": -0.3,
    "a check failed": -1.6,
}


def features_of(claim: Claim, declared: bool, control: bool) -> dict[str, float]:
    """What speaks for a claim of a table and against it; each 0 or 1."""
    grades = {c.grade for c in claim.checks}
    arms = {e.arm for e in claim.effects}
    found = {
        "the table says what its numbers are": declared,
        "words tell the control": control,
        "one arm alone": Arm.COMPARATOR not in arms,
        "a number of no known kind": any(e.measure is Measure.OTHER for e in claim.effects),
        "a comparison": Arm.CONTRAST in arms,
        "a check passed": Grade.PASS in grades,
        "a check with a note": Grade.NOTE in grades,
        "a check failed": Grade.ERROR in grades,
    }
    return {name: float(value) for name, value in found.items()}


def confidence_of(features: Mapping[str, float]) -> float:
    """The chance that a claim with these features is right, with two decimals."""
    return chance_of(WEIGHTS, features)
