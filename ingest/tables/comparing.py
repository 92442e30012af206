"""Numbers that compare two arms, set against the numbers of the arms: which difference it is, and which way round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.claim import Arm, Effect, Measure

NEAR = 0.15
"""How far a difference may lie from that of the printed values, as a share of it: some are adjusted."""


def agreeing(effects: Sequence[Effect], sure: bool) -> tuple[Effect, ...]:
    """``effects`` of one result without comparisons that are printed the other way round.

    A number without a name that is the difference of the two values is called so; nothing else is changed. Not
    ``sure`` which arm is the control: only p values stay, and comparisons that the values of the arms bear out.
    """
    sides = [[e for e in effects if e.arm is arm and e.value is not None] for arm in (Arm.INTERVENTION, Arm.COMPARATOR)]
    plain = len(sides[0]) == len(sides[1]) == 1 and sides[0][0].measure is sides[1][0].measure
    if not plain:
        return tuple(e for e in effects if sure or e.arm is not Arm.CONTRAST or e.measure is Measure.P_VALUE)
    mine, other = sides[0][0], sides[1][0]
    fitting = (kept for e in effects if (kept := _fitting(e, mine, other)) is not None)
    return tuple(e for e in fitting if sure or _borne_out(e, mine, other))


def _borne_out(effect: Effect, mine: Effect, other: Effect) -> bool:
    """True for what compares nothing, and for a comparison that goes the way of the values."""
    if effect.arm is not Arm.CONTRAST or effect.measure is Measure.P_VALUE:
        return True
    if effect.value is None or mine.value is None or other.value is None or mine.value == other.value:
        return False
    if effect.measure.is_ratio and effect.measure is not Measure.HAZARD_RATIO:
        return (effect.value > 1) == (mine.value > other.value)
    return effect.measure.null_value == 0.0 and (effect.value > 0) == (mine.value > other.value)


def _fitting(effect: Effect, mine: Effect, other: Effect) -> Effect | None:
    if effect.arm is not Arm.CONTRAST or effect.value is None or mine.value is None or other.value is None:
        return effect
    gap = mine.value - other.value
    if effect.measure in (Measure.OTHER, Measure.MEAN_DIFFERENCE, Measure.RISK_DIFFERENCE):
        if gap and _near(effect.value, -gap) and not _near(effect.value, gap):
            return None
        if effect.measure is Measure.OTHER and gap and _near(effect.value, gap):
            share = mine.measure is Measure.PROPORTION
            return replace(effect, measure=Measure.RISK_DIFFERENCE if share else Measure.MEAN_DIFFERENCE)
        return effect
    if effect.measure.is_ratio and effect.value > 0 and mine.value > 0 and other.value > 0:
        ratio = mine.value / other.value
        turned = (effect.value > 1) != (ratio > 1) and _near(1 / effect.value, ratio, 0.3)
        return None if turned and effect.measure is not Measure.HAZARD_RATIO else effect
    return effect


def _near(value: float, expected: float, share: float = NEAR) -> bool:
    return abs(value - expected) <= max(share * abs(expected), 0.051)
