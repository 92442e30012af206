"""Direction and significance where the text's words do not say: from the printed interval, p value or values.

The order is the one of the annotation rules: the text's word first; else an interval or p value that shows no
difference; else the printed values. Nothing is computed that a reader could not see in the print.
"""

from __future__ import annotations

import math
from dataclasses import replace

from ingest.checks import check_claim
from ingest.claim import Arm, Basis, Claim, Direction, Effect, Favours, Measure, Significance, ValueState

ALPHA = 0.05
"""The level at which a p value counts as significant (two-sided, the convention of the field)."""

_KEEP = (Basis.WORDS, Basis.CURATOR)


def settle(claim: Claim) -> Claim:
    """``claim`` with direction, significance and checks computed again; what rests on words or a curator stays."""
    significance, significance_basis = claim.significance, claim.significance_basis
    if significance_basis not in _KEEP:
        significance, significance_basis = significance_of(claim.effects)
    direction, basis = claim.direction, claim.direction_basis
    if basis not in _KEEP:
        direction, basis = direction_of(claim.effects, claim.outcome_favours, significance, significance_basis)
    settled = replace(
        claim,
        direction=direction,
        direction_basis=basis,
        significance=significance,
        significance_basis=significance_basis,
    )
    return replace(settled, checks=check_claim(settled))


def significance_of(effects: tuple[Effect, ...]) -> tuple[Significance | None, Basis | None]:
    """What a printed interval of a contrast, else its p value, shows; (None, None) where neither is printed."""
    contrasts = [e for e in effects if e.arm is Arm.CONTRAST]
    for effect in contrasts:
        p = effect.p
        if p is not None:
            if p.operator in ("<", "<=", "=") and p.value < ALPHA:
                return Significance.SIGNIFICANT, Basis.P_VALUE
            if p.operator in (">", ">=", "=") and p.value >= ALPHA:
                return Significance.NOT_SIGNIFICANT, Basis.P_VALUE
    for effect in contrasts:
        interval, null = effect.interval, effect.measure.null_value
        if interval is not None and null is not None and interval.low is not None and interval.high is not None:
            crosses = interval.low <= null <= interval.high
            return (Significance.NOT_SIGNIFICANT if crosses else Significance.SIGNIFICANT), Basis.INTERVAL
    return None, None


def direction_of(
    effects: tuple[Effect, ...],
    favours: Favours | None,
    significance: Significance | None,
    significance_basis: Basis | None,
) -> tuple[Direction | None, Basis | None]:
    """Direction from the print alone; (None, None) where nothing compares the arms."""
    if significance is Significance.NOT_SIGNIFICANT and significance_basis in (Basis.INTERVAL, Basis.P_VALUE):
        return Direction.NO_DIFFERENCE, significance_basis
    ours = [e for e in effects if e.arm is Arm.INTERVENTION and _level(e) is not None]
    theirs = [e for e in effects if e.arm is Arm.COMPARATOR and _level(e) is not None]
    for mine in ours:
        if mine.change_from_baseline:
            continue
        other = next((e for e in theirs if e.measure is mine.measure and e.timepoint == mine.timepoint), None)
        other = other or (theirs[0] if len(ours) == len(theirs) == 1 else None)
        if other is not None and (mine.value_state, other.value_state) == _NEITHER:
            return None, None
        if other is not None:
            return _compare(_level(mine), _level(other)), Basis.VALUES
    for effect in effects:
        null = effect.measure.null_value
        if effect.arm is Arm.CONTRAST and null is not None and effect.value is not None:
            way = _compare(effect.value, null)
            if effect.measure is Measure.HAZARD_RATIO and favours is Favours.HIGHER:
                way = {Direction.HIGHER: Direction.LOWER, Direction.LOWER: Direction.HIGHER}.get(way, way)
            return way, Basis.VALUES
    return None, None


_NEITHER = (ValueState.NOT_REACHED, ValueState.NOT_REACHED)


def _level(effect: Effect) -> float | None:
    """What of an effect is compared with the other arm's: a time not reached is longer than any that was."""
    if effect.value_state is ValueState.NOT_REACHED:
        return math.inf
    if effect.events is not None and effect.total:
        return 100 * effect.events / effect.total  # as the other arm may print its share in percent alone
    return effect.value if effect.value is not None else effect.events


def against_print(claim: Claim) -> bool:
    """True where a printed ratio goes the other way than the claim's direction, or its interval excludes no difference.

    The hazard of an outcome of which nobody knows whether it is good to have is not judged.
    """
    if any(e.measure is Measure.HAZARD_RATIO for e in claim.effects) and claim.outcome_favours is None:
        return False
    printed, _ = direction_of(claim.effects, claim.outcome_favours, *significance_of(claim.effects))
    if claim.direction is Direction.NO_DIFFERENCE:
        return significance_of(claim.effects)[0] is Significance.SIGNIFICANT
    return printed not in (claim.direction, Direction.NO_DIFFERENCE, None)


def _compare(mine: float | None, other: float | None) -> Direction:
    assert mine is not None
    assert other is not None
    if mine == other:
        return Direction.NO_DIFFERENCE
    return Direction.HIGHER if mine > other else Direction.LOWER
