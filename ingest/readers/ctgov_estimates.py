"""What an analysis of a registry record estimates: measure, interval, p value, and whether the arms' values agree."""

from __future__ import annotations

import re

from ingest.article import Span
from ingest.claim import Arm, Effect, Interval, IntervalKind, Measure, PValue, TableSelector
from ingest.readers.ctgov_fields import Fields, number, spoken, words
from ingest.readers.ctgov_groups import Pair
from ingest.readers.ctgov_outcomes import Outcome, Row

_P = re.compile(
    r"(?:p(?:[- ]?value)?\s*)?(?P<op><=|>=|=<|=>|[<>=≤≥])?\s*(?P<value>(?:\d+[.,]|[.,])?\d+(?:e-?\d{1,3})?)", re.I
)
_OPERATORS = {"≤": "<=", "≥": ">=", "=<": "<=", "=>": ">=", None: "="}
_ESTIMATES: tuple[tuple[re.Pattern[str], Measure], ...] = tuple(
    (re.compile(pattern, re.I), measure)
    for pattern, measure in (
        (r"\blog\b|\bln\b|geometric|\bratio of\b|reciprocal|\binverse\b", Measure.OTHER),
        (r"\bhazards? ratio\b", Measure.HAZARD_RATIO),
        (r"\bodds ratio\b", Measure.ODDS_RATIO),
        (r"\brate ratio\b", Measure.RATE_RATIO),
        (r"\brisk ratio\b|\brelative risk\b", Measure.RISK_RATIO),
        (r"\bstandardi[sz]ed mean difference\b", Measure.STANDARDISED_MEAN_DIFFERENCE),
        (r"\brisk difference\b|\bdifference in (?:proportions?|percent\w*|risks?|rates?)\b", Measure.RISK_DIFFERENCE),
        (r"\bpercent\w* difference\b|\bmedian difference\b|\bdifference in medians?\b", Measure.OTHER),
        (
            r"\bmean differences?\b|\bdifferences? (?:in|of|between)\s+(?:[\w()-]+\s+){0,4}means?\b",
            Measure.MEAN_DIFFERENCE,
        ),
    )
)
"""The first that fits is the measure of an estimate; where none does, it is OTHER."""
_TIMES = ("a", "mo", "wk", "d", "h")


def measure_of(estimate: str) -> Measure:
    """The measure that the registry's words for an estimate name.

    >>> measure_of("Hazard Ratio (HR)").value, measure_of("Hazard Ratio, log").value, measure_of("RISK_RATIO").value
    ('hazard ratio', 'other', 'risk ratio')
    """
    told = spoken(estimate)
    return next((measure for pattern, measure in _ESTIMATES if pattern.search(told)), Measure.OTHER)


def p_of(printed: str) -> PValue | None:
    """A p value as printed; None where it is none, or not between 0 and 1.

    >>> p_of("<0.001"), p_of("0.03"), p_of("NA"), p_of("p = .5")
    (PValue(operator='<', value=0.001), PValue(operator='=', value=0.03), None, PValue(operator='=', value=0.5))
    """
    m = _P.fullmatch(printed.strip())
    if m is None:
        return None
    value = float(m["value"].replace(",", "."))
    return PValue(_OPERATORS.get(m["op"], m["op"]), value) if 0 <= value <= 1 else None


def effect_of(outcome: Outcome, fields: Fields, text: str, span: Span, table: TableSelector) -> Effect | None:
    """The estimate of an analysis with its interval and p value; None where it prints neither estimate nor p."""
    value, p = number(words(fields, "paramValue")), p_of(words(fields, "pValue"))
    timepoint = _timepoint(outcome)
    if value is None:
        if p is None:
            return None
        return Effect(Measure.P_VALUE, Arm.CONTRAST, text, span, p=p, timepoint=timepoint, table=table)
    measure = measure_of(words(fields, "paramType"))
    spread = number(words(fields, "dispersionValue"))
    is_error = "error" in words(fields, "dispersionType").casefold() and spread is not None and spread >= 0
    mean = measure is Measure.MEAN_DIFFERENCE
    return Effect(
        measure,
        Arm.CONTRAST,
        text,
        span,
        value=value,
        unit=outcome.scale.ucum if mean else None,
        standard_error=spread if is_error else None,
        change_from_baseline=mean and outcome.scale.change,
        interval=_interval(fields),
        p=p,
        timepoint=timepoint,
        table=table,
    )


def contradicted(outcome: Outcome, pair: Pair, effect: Effect) -> bool:
    """True where the values of both arms go the other way than a ratio or difference of the first to the second.

    Then it is one of the second to the first, or of something else.
    """
    row = single_row(outcome)
    if row is None or pair.second is None or effect.value is None or effect.measure.null_value is None:
        return False
    mine, other = (_level(outcome, row, group.id) for group in (pair.first, pair.second))
    if mine is None or other is None or mine == other or effect.value == effect.measure.null_value:
        return False
    turned = effect.measure is Measure.HAZARD_RATIO and _longer_is_less(outcome)
    return ((mine > other) != (effect.value > effect.measure.null_value)) != turned


def single_row(outcome: Outcome) -> Row | None:
    """The one row of an outcome; None where it has several, and nobody says of which an analysis is."""
    return outcome.rows[0] if len(outcome.rows) == 1 else None


def _longer_is_less(outcome: Outcome) -> bool:
    """True where the value is a time to an event, or the share without it: a smaller hazard makes it larger."""
    free = re.search(r"surviv|-free\b|without\b|alive\b|event[- ]free", outcome.title, re.I) is not None
    return outcome.scale.ucum in _TIMES or free


def _level(outcome: Outcome, row: Row, group: str) -> float | None:
    value, size = number(words(row.values.get(group), "value")), row.sizes.get(group)
    if value is not None and outcome.scale.param == "COUNT_OF_PARTICIPANTS":
        return value / size if size else None
    return value


def _timepoint(outcome: Outcome) -> str | None:
    row = single_row(outcome)
    if row is not None:
        return outcome.timepoint(row)
    return None if any(r.time for r in outcome.rows) else outcome.timeframe


def _interval(fields: Fields) -> Interval | None:
    low, high = (number(words(fields, name)) for name in ("ciLowerLimit", "ciUpperLimit"))
    if low is None and high is None:
        return None
    level = number(words(fields, "ciPctValue").rstrip("% "))
    return Interval(IntervalKind.CONFIDENCE, low, high, level)
