"""What a value of a results table means: its measure, unit, spread, bounds, and why it is not there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.article import Span
from ingest.claim import Arm, Effect, Interval, IntervalKind, Measure, TableSelector, ValueState
from ingest.figure_units import unit_of
from ingest.readers.ctgov_fields import Fields, count, number, plain, words

_MEASURES = {
    "MEAN": Measure.MEAN, "LEAST_SQUARES_MEAN": Measure.MEAN, "GEOMETRIC_MEAN": Measure.GEOMETRIC_MEAN,
    "GEOMETRIC_LEAST_SQUARES_MEAN": Measure.GEOMETRIC_MEAN, "MEDIAN": Measure.MEDIAN,
    "COUNT_OF_PARTICIPANTS": Measure.COUNT, "COUNT_OF_UNITS": Measure.COUNT,
}  # fmt: skip
_PEOPLE = (
    r"(?:\w+ )?(?:participants?|patients?|subjects?|people|persons?|individuals?|women|men|children|infants?|adults?)"
)
_SHARE = re.compile(rf"(?:percent(?:age)?|%|percentages?)\s*(?:of|\()?\s*(?:the )?{_PEOPLE}\b.*|% {_PEOPLE}", re.I)
_BARE_SHARE = re.compile(r"%|percent(?:age)?", re.I)
_SHARE_TITLE = re.compile(
    rf"\b(?:percent(?:age)?|proportion|%) of (?:the )?{_PEOPLE}\b|\b(?:response|survival) rate\b", re.I
)
_FRACTION = re.compile(rf"(?:proportion|fraction|probability)\b(?: of {_PEOPLE})?.*", re.I)
_COUNTED = re.compile(rf"(?:number of )?{_PEOPLE}", re.I)
_RATE = re.compile(
    r".*\b(?:per|/)\s?(?:\d[\d,]*\s?)?(?:participant|patient|person|subject|woman)[- ]?(?:years?|months?|weeks?)\b.*",
    re.I,
)
_TIME = re.compile(r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?)", re.I)
_CHANGE = re.compile(r"\bchanges?\b.{0,120}\bfrom\b.{0,40}\bbaseline\b|\bchange from\b|\bfrom baseline\b", re.I)
_NOT_REACHED = re.compile(r"\bnot (?:yet )?(?:been )?(?:reached|attained|met)\b|\bNR\b|\bunreached\b", re.I)
_NOT_ESTIMABLE = re.compile(
    r"\b(?:not|non|in)[- ]?(?:be |been )?(?:estimable|estimated|estimatable|evaluable|calculable|calculated|computed)\b"
    r"|\b(?:cannot|could not|unable|can not|not possible|insufficient|too few)\b|\bNE\b|\bno events?\b",
    re.I,
)
_ABSENT = ("", "NA", "N/A", "NR", "NE", "ND")


@dataclass(frozen=True, slots=True)
class Scale:
    """What the values of a table are: code of the parameter, kind of spread, unit as printed and the table's title."""

    param: str
    dispersion: str
    unit: str
    title: str

    @property
    def measure(self) -> Measure:
        """The measure of the values; OTHER where the record does not tell."""
        if self.param != "NUMBER":
            return _MEASURES.get(self.param, Measure.OTHER)
        if _SHARE.fullmatch(self.unit) or _FRACTION.fullmatch(self.unit):
            return Measure.PROPORTION
        if _BARE_SHARE.fullmatch(self.unit) and _SHARE_TITLE.search(self.title):
            return Measure.PROPORTION
        if _RATE.fullmatch(self.unit):
            return Measure.RATE
        return Measure.COUNT if _COUNTED.fullmatch(self.unit) else Measure.OTHER

    @property
    def ucum(self) -> str | None:
        """The unit of the values; None for numbers of people, and where none is given."""
        if self.param == "COUNT_OF_PARTICIPANTS" or not self.unit or _COUNTED.fullmatch(self.unit):
            return None
        if _FRACTION.fullmatch(self.unit):
            return "1"
        if _SHARE.fullmatch(self.unit) or _BARE_SHARE.fullmatch(self.unit):
            return "%"
        return unit_of(self.unit.lower() if _TIME.fullmatch(self.unit) else self.unit)

    @property
    def change(self) -> bool:
        """True where the values are changes from baseline."""
        return is_change(self.title)

    @property
    def interval(self) -> tuple[IntervalKind, float | None] | None:
        """What lower and upper limits are, and the level in percent; None where the spread has none."""
        code = self.dispersion.upper().replace("-", " ").replace("_", " ")
        if m := re.search(r"([\d.]+)\s?% CONFIDENCE", code):
            return IntervalKind.CONFIDENCE, float(m[1])
        if m := re.search(r"CONFIDENCE (\d+)", code):
            return IntervalKind.CONFIDENCE, float(m[1]) if len(m[1]) < 3 else float(m[1]) / 10
        if "CONFIDENCE" in code:
            return IntervalKind.CONFIDENCE, None
        if "QUARTILE" in code:
            return IntervalKind.INTERQUARTILE, None
        return (IntervalKind.RANGE, None) if "FULL RANGE" in code else None

    def spread(self, value: float | None) -> dict[str, float]:
        """The field of an effect that a spread of this kind fills; empty where it fills none."""
        code = self.dispersion.upper().replace("_", " ")
        if value is None or value < 0:
            return {}
        if code.startswith("STANDARD DEVIATION"):
            return {"standard_deviation": value}
        return {"standard_error": value} if code.startswith("STANDARD ERROR") else {}


def is_change(title: str) -> bool:
    """True for a title or heading of changes from baseline.

    >>> is_change("Change in HbA1c from baseline to week 24"), is_change("Baseline HbA1c")
    (True, False)
    """
    return _CHANGE.search(title) is not None


def shown(measurement: Fields) -> str:
    """A value as the text prints it: with its spread in round brackets, its limits in square ones, its comment."""
    value, spread = words(measurement, "value"), words(measurement, "spread")
    low, high = words(measurement, "lowerLimit"), words(measurement, "upperLimit")
    out = value
    if spread:
        out += f" ({spread})"
    if low or high:
        out += f" [{low or 'NA'} to {high or 'NA'}]"
    comment = words(measurement, "comment")
    return f"{out}; {comment}" if comment and out else out


def effect_of(
    scale: Scale,
    measurement: Fields,
    arm: Arm,
    text: str,
    span: Span,
    *,
    total: int | None,
    timepoint: str | None,
    table: TableSelector,
) -> Effect | None:
    """A value of an arm; None where it is no number and nobody says why."""
    printed = words(measurement, "value")
    value = number(printed)
    state = ValueState.REPORTED
    if value is None:
        why = _why_not(printed, words(measurement, "comment"))
        if why is None:
            return None
        state = why
    people = scale.param == "COUNT_OF_PARTICIPANTS" or (scale.measure is Measure.COUNT and scale.param == "NUMBER")
    events = count(printed) if people else None
    if people and value is not None and (events is None or (total is not None and events > total)):
        return None
    return Effect(
        measure=scale.measure,
        arm=arm,
        text=text,
        span=span,
        value=None if people else value,
        value_state=state,
        unit=scale.ucum,
        events=events,
        total=total if scale.param != "COUNT_OF_UNITS" else None,
        change_from_baseline=scale.change or (bool(table.row) and is_change(table.row[0])),
        interval=_limits(scale, measurement),
        timepoint=timepoint,
        table=table,
        **scale.spread(number(words(measurement, "spread"))),  # type: ignore[arg-type]
    )


def _limits(scale: Scale, measurement: Fields) -> Interval | None:
    kind = scale.interval
    low, high = (number(words(measurement, name)) for name in ("lowerLimit", "upperLimit"))
    return None if kind is None or (low is None and high is None) else Interval(kind[0], low, high, kind[1])


def _why_not(printed: str, comment: str) -> ValueState | None:
    if plain(printed).upper() not in _ABSENT:
        return None
    if _NOT_REACHED.search(comment):
        return ValueState.NOT_REACHED
    return ValueState.NOT_ESTIMABLE if _NOT_ESTIMABLE.search(comment) else None
