"""Checks of one interval: its order, its value, its centre, and the p value that it gives."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import NormalDist

from ingest.check_parts import Finding, alpha_of, around, graded, half_place, is_inferred, not_checkable
from ingest.claim import Effect, Grade, IntervalKind, Measure

OFF_CENTRE = 0.03
"""How far, beyond rounding, a ratio may lie from the log centre of its interval (as a share of that centre), or a
difference from the middle of its (as a share of its width), before it is worth a note."""
OFF_P = 2.0
"""How many times larger or smaller than the p value of a Wald test a printed one may be, beyond rounding."""
TINY = 0.001
"""Two p values below this say the same."""


def check_interval(n: int, effect: Effect) -> Iterator[Finding]:
    """Everything that one interval shows of itself."""
    interval, value, compares = effect.interval, effect.value, effect.measure.null_value is not None
    if interval is None:
        if compares and value is not None and effect.measure is not Measure.CORRELATION:
            yield not_checkable("value-in-interval", "no interval is printed", n)
        return
    low, high = interval.low, interval.high
    if low is None or high is None:
        yield from _one_bound(n, effect, low, high)
        return
    if low > high:
        turned = value is not None and (high <= value <= low or high <= -value <= low)
        words = f"{low:g} is above {high:g}" + (": from high to low" if turned else "")
        yield Finding("interval-order", Grade.NOTE if turned else Grade.ERROR, words, (n,))
        return
    yield Finding("interval-order", Grade.PASS, f"{low:g} to {high:g}", (n,))
    if value is None:
        yield not_checkable("value-in-interval", "no value is printed", n)
        return
    slack = half_place(effect, value)
    inside = low - slack <= value <= high + slack
    message = f"{value:g} {'within' if inside else 'outside'} {low:g} to {high:g}"
    known = None if inside else _otherwise_inside(effect, value, low, high, slack)
    message += f"; {known}" if known else ""
    yield graded("value-in-interval", inside, message, n, otherwise=Grade.NOTE if known else Grade.ERROR)
    if inside and compares and is_inferred(effect):
        yield from _centre(n, effect, value, low, high)
        yield from _wald(n, effect, value, low, high)


def _otherwise_inside(effect: Effect, value: float, low: float, high: float, slack: float) -> str | None:
    """A way of printing that explains a value outside of its interval; None where there is none."""
    if low - slack <= -value <= high + slack:
        return "within with the other sign, as a reduction is printed"
    if effect.unit == "%" and low - slack / 100 <= value / 100 <= high + slack / 100 and 0 <= low <= high <= 1:
        return "within as a share of 1"
    spread = effect.interval is not None and effect.interval.kind is IntervalKind.INTERQUARTILE
    if spread and effect.measure is not Measure.MEDIAN:
        return "a mean may lie outside the middle half of what was measured"
    return None


def _one_bound(n: int, effect: Effect, low: float | None, high: float | None) -> Iterator[Finding]:
    value, rule = effect.value, "value-in-interval"
    slack = 0.0 if value is None else half_place(effect, value)
    if value is not None and ((low is not None and value < low - slack) or (high is not None and value > high + slack)):
        bound = f"below {low:g}" if low is not None else f"above {high:g}"
        yield Finding(rule, Grade.ERROR, f"{value:g} {bound}", (n,))
    else:
        yield not_checkable(rule, "only one bound is printed", n)


def _centre(n: int, effect: Effect, value: float, low: float, high: float) -> Iterator[Finding]:
    if not effect.measure.is_ratio:
        middle = (low + high) / 2
        slack = half_place(effect, value) + (half_place(effect, low) + half_place(effect, high)) / 2
        near = abs(value - middle) <= slack + OFF_CENTRE * (high - low)
        message = f"middle of the interval {middle:.4g}, printed {value:g}"
        yield graded("difference-at-centre", near, message, n, otherwise=Grade.NOTE)
        return
    if low <= 0 or value <= 0:
        yield not_checkable("ratio-at-log-centre", "a bound of 0 has no logarithm", n)
        return
    centre = math.sqrt(low * high)
    slack = half_place(effect, value) + centre * (half_place(effect, low) / low + half_place(effect, high) / high) / 2
    near = abs(value - centre) <= slack + OFF_CENTRE * centre
    message = f"log centre of the interval {centre:.3g}, printed {value:g}"
    yield graded("ratio-at-log-centre", near, message, n, otherwise=Grade.NOTE)


def _wald(n: int, effect: Effect, value: float, low: float, high: float) -> Iterator[Finding]:
    """The p value of a Wald test from value and interval, over all that rounding allows, against the printed one."""
    p = effect.p
    if p is None:
        return
    bounds = [around(effect, x) for x in (value, low, high)]
    if effect.measure.is_ratio:
        if any(least <= 0 for least, _ in bounds):
            return
        bounds = [(math.log(a), math.log(b)) for a, b in bounds]
    (v1, v2), (l1, l2), (h1, h2) = bounds
    narrow, wide = h1 - l2, h2 - l1
    if narrow <= 0:
        return
    z = 2 * NormalDist().inv_cdf(1 - alpha_of(effect) / 2)
    nearest = 0.0 if v1 <= 0 <= v2 else min(abs(v1), abs(v2))
    least, most = _two_sided(max(abs(v1), abs(v2)) * z / narrow), _two_sided(nearest * z / wide)
    first, last = _printed_p(effect)
    agree = (least / OFF_P <= last and first <= most * OFF_P) or (least < TINY and first < TINY)
    message = f"the interval gives p of {least:.2g} to {most:.2g} (Wald), printed p {p.operator} {p.value:g}"
    yield graded("p-from-interval", agree, message, n, otherwise=Grade.NOTE)


def _two_sided(z: float) -> float:
    """The p value of a standard normal deviate.

    >>> round(_two_sided(1.959964), 4)
    0.05
    """
    return math.erfc(z / math.sqrt(2))


def _printed_p(effect: Effect) -> tuple[float, float]:
    p = effect.p
    assert p is not None
    if p.operator == "=":
        first, last = around(effect, p.value)
        return max(0.0, first), min(1.0, last)
    return (0.0, p.value) if p.operator in ("<", "<=") else (p.value, 1.0)
