"""The numbers of a cell as one effect: what is measured, its spread, its counts. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.article import Span
from ingest.claim import Arm, Effect, Interval, IntervalKind, Measure, PValue, TableSelector
from ingest.figure_ratios import RATIOS
from ingest.tables.cells import Figure
from ingest.tables.layout import Stat, Told

_BOUNDS = {
    Stat.CI: IntervalKind.CONFIDENCE,
    Stat.IQR: IntervalKind.INTERQUARTILE,
    Stat.RANGE: IntervalKind.RANGE,
}
_LEVEL = re.compile(r"\b(?P<level>9\d(?:\.\d+)?)\s?%")
_DIFFERENCE = re.compile(r"\bdifferences?\b|\bdiff\b|\bvs\.?\b|\bversus\b|Δ|\bminus\b", re.I)
_NAMED = tuple((measure, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")) for words, measure in RATIOS.items())
_STANDARDISED = re.compile(r"\bcohen|\bhedges|\beffect\s+size", re.I)
ROUNDING = 0.5 + 1e-9
"""Half of the last decimal: how far a printed share may be from the one of its counts."""


def value_of(told: Told, span: Span, text: str, size: int | None, heads: str = "") -> Effect | None:
    """The numbers of a cell of an arm; None where they report nothing that an effect can hold.

    ``span`` is what is printed, ``size`` the group's, ``heads`` the words above and beside the cell. The arm is left
    to the caller and stands as OVERALL.
    """
    draft = Effect(Measure.OTHER, Arm.OVERALL, span.of(text), span)
    count, percent, total = (told.get(s) for s in (Stat.COUNT, Stat.PERCENT, Stat.TOTAL))
    if count is not None:
        return _counted(draft, count, percent, None if total is None else int(total.value), size)
    if percent is not None:
        if not 0 <= percent.value <= 100:
            return None
        interval = _interval(told, heads)
        return replace(draft, measure=Measure.PROPORTION, value=percent.value, unit="%", total=size, interval=interval)
    for stat, measure in ((Stat.MEAN, Measure.MEAN), (Stat.MEDIAN, Measure.MEDIAN)):
        figure = told.get(stat)
        if figure is not None:
            spreads = {
                "standard_deviation": _value(told.get(Stat.SD)),
                "standard_error": _value(told.get(Stat.SE)),
                "interval": _interval(told, heads),
            }
            return replace(draft, measure=measure, value=figure.value, total=size, **spreads)  # type: ignore[arg-type]
    if len(told.parts) == 1 and told.parts[0][0] is Stat.OTHER:
        figure = told.parts[0][1]
        if figure.percent:
            if not 0 <= figure.value <= 100:
                return None
            return replace(draft, measure=Measure.PROPORTION, value=figure.value, unit="%", total=size)
        return replace(draft, value=figure.value, total=size)
    return None


def contrast_of(told: Told, span: Span, text: str, heads: str) -> Effect | None:
    """The number of a cell that compares arms, as ``heads`` call it; None where it is no such number.

    Without a name that tells it from others the measure is OTHER.
    """
    draft = Effect(Measure.OTHER, Arm.CONTRAST, span.of(text), span)
    main = next((figure for stat, figure in told.parts if stat not in _BOUNDS and stat not in (Stat.SD, Stat.SE)), None)
    if main is None:
        return None
    measure = measure_named(heads, main.percent)
    if measure.is_ratio and (main.value <= 0 or main.percent):
        return None
    unit = "%" if main.percent and not measure.is_ratio else None
    spreads = {"standard_error": _value(told.get(Stat.SE)), "interval": _interval(told, heads, usual=True)}
    return replace(draft, measure=measure, value=main.value, unit=unit, **spreads)  # type: ignore[arg-type]


def measure_named(heads: str, percent: bool = False) -> Measure:
    """What the words above a column call a number that compares arms; OTHER where they do not tell.

    >>> measure_named("Adjusted OR (95% CI)"), measure_named("Mean difference"), measure_named("Estimate")
    (<Measure.ODDS_RATIO: 'odds ratio'>, <Measure.MEAN_DIFFERENCE: 'mean difference'>, <Measure.OTHER: 'other'>)
    """
    for measure, pattern in _NAMED:
        if pattern.search(heads):
            return measure
    if _STANDARDISED.search(heads):
        return Measure.STANDARDISED_MEAN_DIFFERENCE
    if _DIFFERENCE.search(heads):
        return Measure.RISK_DIFFERENCE if percent else Measure.MEAN_DIFFERENCE
    return Measure.OTHER


def p_of(told: Told, operator: str, span: Span, text: str) -> Effect | None:
    """The p value of a cell; None for a number that is none."""
    figure = told.get(Stat.P_VALUE)
    if figure is None or not 0 <= figure.value <= 1:
        return None
    return Effect(Measure.P_VALUE, Arm.CONTRAST, span.of(text), span, p=PValue(operator, figure.value))


def _counted(
    draft: Effect, count: Figure, percent: Figure | None, total: int | None, size: int | None
) -> Effect | None:
    """Events; of the group's size where they fit into it, and where a printed share agrees with it."""
    events = int(count.value)
    if percent is not None and not 0 <= percent.value <= 100:
        return None
    if percent is None:
        if total is not None:
            return replace(draft, measure=Measure.COUNT, events=events, total=total)
        whole = size if size is not None and events <= size else None
        value = count.value if whole is None else None  # as of 12/40 in a sentence: two numbers, and no share
        return replace(draft, measure=Measure.COUNT, value=value, events=events, total=whole)
    whole = total if total is not None else size if size is not None and _agrees(events, size, percent) else None
    return replace(draft, measure=Measure.PROPORTION, value=percent.value, unit="%", events=events, total=whole)


def _agrees(events: int, size: int, percent: Figure) -> bool:
    return events <= size and abs(100 * events / size - percent.value) <= 2 * ROUNDING / 10**percent.decimals


def _interval(told: Told, heads: str, *, usual: bool = False) -> Interval | None:
    """The interval of a cell. ``usual``: the level of a confidence interval is 95 where the heads give no other."""
    for stat, kind in _BOUNDS.items():
        bounds = [figure.value for part, figure in told.parts if part is stat]
        if len(bounds) == 2 and bounds[0] <= bounds[1]:
            level = _LEVEL.search(heads) if kind is IntervalKind.CONFIDENCE else None
            return Interval(kind, bounds[0], bounds[1], float(level["level"]) if level else None)
    return None


def _value(figure: Figure | None) -> float | None:
    return None if figure is None else figure.value


def placed(effect: Effect, place: TableSelector, column: tuple[str, ...]) -> Effect:
    """The effect with where it stands in its table."""
    return replace(effect, table=replace(place, column=column))
