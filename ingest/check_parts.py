"""What the checks share: findings and their places, what rounding allows, what p values and intervals say of chance."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.claim import Check, Effect, Grade, IntervalKind, PValue
from ingest.numbers import decimals

ALPHA = 0.05
"""The level at which a p value counts as significant where no interval names another (two-sided)."""
_INFERRED = (IntervalKind.CONFIDENCE, IntervalKind.CREDIBLE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found of some effects of a claim (their indices; none: of the claim as a whole)."""

    rule: str
    grade: Grade
    message: str
    effects: tuple[int, ...] = ()


def graded(rule: str, holds: bool, message: str, *effects: int, otherwise: Grade = Grade.ERROR) -> Finding:
    """``pass`` where the rule holds, else ``otherwise``."""
    return Finding(rule, Grade.PASS if holds else otherwise, message, effects)


def not_checkable(rule: str, missing: str, *effects: int) -> Finding:
    """The rule is about such effects, and a number that it needs is not printed."""
    return Finding(rule, Grade.NOT_CHECKABLE, missing, effects)


def as_checks(findings: Iterable[Finding]) -> tuple[Check, ...]:
    """Findings as checks, in their order; those that miss the same number are one check that names all effects."""
    folded: dict[tuple[object, ...], Finding] = {}
    for n, f in enumerate(findings):
        key = (f.rule, f.message) if f.grade is Grade.NOT_CHECKABLE else (n,)
        known = folded.get(key)
        folded[key] = f if known is None else Finding(f.rule, f.grade, f.message, (*known.effects, *f.effects))
    return tuple(Check(f.rule, f.grade, _placed(f)) for f in folded.values())


def _placed(finding: Finding) -> str:
    places = ", ".join(f"effects[{n}]" for n in dict.fromkeys(finding.effects))
    return f"{places}: {finding.message}" if places else finding.message


def half_place(effect: Effect, value: float) -> float:
    """Half a unit of the last place of ``value`` as the effect's text prints it.

    Where the text does not hold it (a curator's number), of its shortest spelling.
    """
    for printed in re.findall(r"\d*[.·]?\d+", effect.text):
        if float(printed.replace("·", ".")) == abs(value):
            return float(0.5 * 10.0 ** -decimals(printed))
    return float(0.5 * 10.0 ** -decimals(f"{value:.10g}"))


def around(effect: Effect, value: float) -> tuple[float, float]:
    """The numbers that ``value`` may stand for, as it is printed."""
    half = half_place(effect, value)
    return value - half, value + half


def is_inferred(effect: Effect) -> bool:
    """True where the interval is one of confidence or credibility, not the spread of what was measured."""
    return effect.interval is not None and effect.interval.kind in _INFERRED


def alpha_of(effect: Effect) -> float:
    """The two-sided level of the effect's interval; ``ALPHA`` where its level is not printed or is none."""
    level = None if effect.interval is None else effect.interval.level
    return round(1 - level / 100, 9) if level is not None and 1 <= level <= 99.9999 else ALPHA


def p_excludes_chance(effect: Effect, p: PValue, alpha: float) -> bool | None:
    """True where p lies below ``alpha``, False where not; None where its print or its operator leaves that open."""
    if p.operator == "=":
        half = half_place(effect, p.value)
        return None if abs(p.value - alpha) <= half + 1e-12 else p.value < alpha
    if p.operator in ("<", "<="):
        return True if p.value <= alpha else None
    return False if p.value >= alpha else None


def interval_excludes_null(effect: Effect) -> bool | None:
    """True where the interval leaves out the value of no effect, False where it holds it.

    None where it compares nothing, a bound is not printed, or a bound lies at that value as far as its print shows.
    """
    interval, null = effect.interval, effect.measure.null_value
    if interval is None or null is None or interval.low is None or interval.high is None:
        return None
    for bound in (interval.low, interval.high):
        if abs(bound - null) <= half_place(effect, bound) + 1e-12:
            return None
    return not interval.low <= null <= interval.high
