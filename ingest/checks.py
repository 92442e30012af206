"""What can be computed again from the printed numbers of one claim. A check finds; it never repairs.

Tolerances come from the printed decimals: a value printed with ``d`` decimals stands for any number within half a unit
of its last place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from ingest.claim import Arm, Check, Claim, Direction, Effect, Grade, Measure, Significance
from ingest.numbers import decimals

_ALPHA = 0.05
_LOG_CENTRE = 0.03
"""How far, beyond rounding, a ratio may lie from the log centre of its interval before it is worth a note."""


def check_claim(claim: Claim) -> tuple[Check, ...]:
    """Every rule that applies to ``claim``, in a fixed order; rules without the numbers they need are left out."""
    found: list[Check] = []
    for n, effect in enumerate(claim.effects):
        found.extend(_check_effect(effect, f"effects[{n}]"))
    found.extend(_sizes(claim))
    found.extend(_direction(claim))
    found.extend(_no_difference(claim))
    found.extend(_significance(claim))
    return tuple(found)


def _last_place(effect: Effect, value: float) -> float:
    """Half a unit of the last printed place of ``value`` in the effect's text; 0.5 where it is not found there."""
    for printed in re.findall(r"\d*[.·]?\d+", effect.text):
        if float(printed.replace("·", ".")) == abs(value):
            return 0.5 * 10.0 ** -decimals(printed)
    return 0.5


def _check_effect(effect: Effect, where: str) -> Iterator[Check]:
    value, interval = effect.value, effect.interval
    if effect.unit == "%" and value is not None and effect.measure is Measure.PROPORTION:
        bad = not 0 <= value <= 100
        yield Check(
            "percentage-range",
            Grade.ERROR if bad else Grade.PASS,
            f"{where}: {value:g} % " + ("is no share" if bad else "is a share"),
        )
    if effect.events is not None and effect.total is not None and value is not None and effect.unit == "%":
        computed = 100 * effect.events / effect.total if effect.total else math.nan
        close = abs(computed - value) <= _last_place(effect, value) + 1e-9
        message = f"{where}: {effect.events}/{effect.total} gives {computed:.2f} %, printed {value:g} %"
        yield Check("fraction-against-percentage", Grade.PASS if close else Grade.ERROR, message)
    if interval is None or interval.low is None or interval.high is None:
        return
    if interval.low > interval.high:
        yield Check("interval-order", Grade.ERROR, f"{where}: {interval.low:g} is above {interval.high:g}")
        return
    if value is not None:
        slack = _last_place(effect, value)
        inside = interval.low - slack <= value <= interval.high + slack
        message = f"{where}: {value:g} {'within' if inside else 'outside'} {interval.low:g} to {interval.high:g}"
        yield Check("value-in-interval", Grade.PASS if inside else Grade.ERROR, message)
        if inside and effect.measure.is_ratio and interval.low > 0 and value > 0:
            yield _log_centre(effect, value, interval.low, interval.high, where)
    null, p = effect.measure.null_value, effect.p
    if p is not None and null is not None and interval.level in (None, 95.0) and p.operator in ("=", "<", "<="):
        crosses = interval.low <= null <= interval.high
        agree = crosses != (p.value < _ALPHA) or p.value == _ALPHA
        if p.operator != "=" and p.value > _ALPHA:
            return
        message = f"{where}: the interval {'holds' if crosses else 'excludes'} {null:g}, p {p.operator} {p.value:g}"
        yield Check("interval-against-p", Grade.PASS if agree else Grade.ERROR, message)


def _log_centre(effect: Effect, value: float, low: float, high: float, where: str) -> Check:
    centre = math.sqrt(low * high)
    slack = _last_place(effect, value) + centre * 0.5 * (
        _last_place(effect, low) / low + _last_place(effect, high) / high
    )
    near = abs(value - centre) <= slack + _LOG_CENTRE * centre
    message = f"{where}: log centre of the interval {centre:.3g}, printed {value:g}"
    return Check("ratio-at-log-centre", Grade.PASS if near else Grade.NOTE, message)


def _sizes(claim: Claim) -> Iterator[Check]:
    enrolled = claim.study.enrolled if claim.study else None
    for n, effect in enumerate(claim.effects):
        if enrolled is not None and effect.total is not None:
            fits = effect.total <= enrolled
            message = f"effects[{n}]: {effect.total} of {enrolled} enrolled"
            yield Check("total-within-enrolled", Grade.PASS if fits else Grade.NOTE, message)


def _direction(claim: Claim) -> Iterator[Check]:
    ours = [e for e in claim.effects if e.arm is Arm.INTERVENTION and e.value is not None]
    theirs = [e for e in claim.effects if e.arm is Arm.COMPARATOR and e.value is not None]
    if len(ours) != 1 or len(theirs) != 1 or claim.direction is None or claim.direction is Direction.NO_DIFFERENCE:
        return
    mine, other = ours[0].value or 0.0, theirs[0].value or 0.0
    agree = mine == other or (mine > other) == (claim.direction is Direction.HIGHER)
    message = f"{mine:g} against {other:g}, said to be {claim.direction.value}"
    yield Check("direction-against-values", Grade.PASS if agree else Grade.ERROR, message)


def _no_difference(claim: Claim) -> Iterator[Check]:
    if claim.direction is not Direction.NO_DIFFERENCE or claim.significance is None:
        return
    agree = claim.significance is not Significance.SIGNIFICANT
    message = f"said to be {claim.significance.value}, and to make no difference"
    yield Check("no-difference-against-significance", Grade.PASS if agree else Grade.ERROR, message)


def _significance(claim: Claim) -> Iterator[Check]:
    for n, effect in enumerate(claim.effects):
        interval, null = effect.interval, effect.measure.null_value
        if effect.arm is not Arm.CONTRAST or claim.significance is None or interval is None or null is None:
            continue
        if interval.low is None or interval.high is None:
            continue
        crosses = interval.low <= null <= interval.high
        agree = crosses != (claim.significance is Significance.SIGNIFICANT)
        message = (
            f"effects[{n}]: the interval {'holds' if crosses else 'excludes'} {null:g}, said to be"
            f" {claim.significance.value}"
        )
        yield Check("significance-against-interval", Grade.PASS if agree else Grade.ERROR, message)
