"""Checks of what a claim says of chance: its interval, its p value and its words against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.check_parts import (
    ALPHA,
    Finding,
    alpha_of,
    graded,
    interval_excludes_null,
    is_inferred,
    not_checkable,
    p_excludes_chance,
)
from ingest.claim import Arm, Basis, Claim, Direction, Effect, Grade, Significance

_ONE_SIDED = re.compile(r"\bnon-?inferior|\bone-?(?:sided|tailed)\b|\bequivalen", re.I)
"""Words of tests whose p value and interval may answer two questions."""
_SIGNIFICANCE = re.compile(r"significan", re.I)
"""A passage with this more than once may speak of another result's significance."""
LAX, STRICT = 0.1, 0.001
"""Levels that trials use lie between these: outside of them word and p value contradict each other, within it is a
note (a level of 0.1, or one that allows for many tests)."""


def compare_chance(claim: Claim) -> Iterator[Finding]:
    """Interval against p value, and the claim's significance against both."""
    contrasts = [(n, e) for n, e in enumerate(claim.effects) if e.arm is Arm.CONTRAST]
    words = claim.quote.exact
    softened = _ONE_SIDED.search(words) is not None
    several = claim.significance_basis is Basis.WORDS and len(_SIGNIFICANCE.findall(words)) > 1
    for n, e in contrasts:
        yield from _interval_and_p(n, e, softened)
    if claim.significance is not None:
        said = claim.significance is Significance.SIGNIFICANT
        for n, e in contrasts:
            if claim.significance_basis is not Basis.INTERVAL:
                yield from _said_and_interval(n, e, said, softened or several)
            if claim.significance_basis is not Basis.P_VALUE:
                yield from _said_and_p(n, e, said, several)
        if claim.direction is Direction.NO_DIFFERENCE:
            message = f"said to be {claim.significance.value}, and to make no difference"
            yield graded("no-difference-against-significance", not said, message)


def _interval_and_p(n: int, effect: Effect, softened: bool) -> Iterator[Finding]:
    rule, p, null = "interval-against-p", effect.p, effect.measure.null_value
    if null is None or not is_inferred(effect):
        return
    if p is None:
        yield not_checkable(rule, "no p value is printed with the interval", n)
        return
    excludes, below = interval_excludes_null(effect), p_excludes_chance(effect, p, alpha_of(effect))
    interval = effect.interval
    assert interval is not None
    if interval.low is None or interval.high is None:
        yield not_checkable(rule, "only one bound is printed", n)
        return
    told = f"{interval.low:g} to {interval.high:g} {'excludes' if excludes else 'holds'} {null:g}"
    message = f"{told}, p {p.operator} {p.value:g}"
    if excludes is None or below is None:
        if p.operator == "=":  # p or a bound lies at the limit as far as print shows: either reading agrees
            yield Finding(rule, Grade.PASS, message.replace("holds", "touches"), (n,))
        return
    if excludes != below and softened:
        yield Finding(rule, Grade.NOTE, f"{message}; the p value may be of another test", (n,))
        return
    yield graded(rule, excludes == below, message, n)


def _said_and_interval(n: int, effect: Effect, said: bool, softened: bool) -> Iterator[Finding]:
    excludes = interval_excludes_null(effect)
    if excludes is None or not is_inferred(effect):
        return
    null = effect.measure.null_value
    message = f"the interval {'excludes' if excludes else 'holds'} {null:g}, said to be {_word(said)}"
    other_level = effect.interval is not None and effect.interval.level not in (None, 95.0)
    worst = Grade.NOTE if softened or other_level else Grade.ERROR
    yield graded("significance-against-interval", excludes is said, message, n, otherwise=worst)


def _said_and_p(n: int, effect: Effect, said: bool, several: bool) -> Iterator[Finding]:
    p = effect.p
    below = None if p is None else p_excludes_chance(effect, p, ALPHA)
    if p is None or below is None:
        return
    message = f"p {p.operator} {p.value:g}, said to be {_word(said)}"
    near = several or STRICT <= p.value <= LAX
    yield graded("significance-against-p", below is said, message, n, otherwise=Grade.NOTE if near else Grade.ERROR)


def _word(said: bool) -> str:
    return (Significance.SIGNIFICANT if said else Significance.NOT_SIGNIFICANT).value
