"""Intervals and p values joined to the values they belong to."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.article import Span
from ingest.claim import Interval, IntervalKind, Measure
from ingest.figure_ratios import under_one_name
from ingest.figure_readers import TIME
from ingest.figures import Figure, FigureKind
from ingest.numbers import PLAIN

_ARM_BETWEEN = r"\s+(?:with|in|for|among|on|without)\s+(?:the\s+)?[^.;:()\d]{2,60}?\s*[(\[]\s*"


def attach(text: str, figures: list[Figure]) -> list[Figure]:
    """Intervals joined to the value they follow, p values to a ratio they follow; the rest unchanged, in order.

    A value takes an interval when only brackets, commas, "with a", its time point or the name of its arm stand between
    them; a ratio takes a p value in the same brackets or sentence part. A bare range in brackets is an interval only
    where it holds the value and the text calls such ranges by their name. The joined range runs from the value to what
    joined it.
    """
    named = re.search(r"\d\d\s?%\s*(?:CI|confidence)|confidence intervals?", text) is not None
    out: list[Figure] = []
    for figure in figures:
        place = len(out) - 1
        if figure.kind is FigureKind.INTERVAL and place > 0 and out[place].kind is FigureKind.TIMEPOINT:
            place -= 1
        last = out[place] if place >= 0 and out[place].kind is FigureKind.VALUE else None
        joined = _join(text, last, figure, named) if last is not None else None
        if joined is None:
            out.append(figure)
        else:
            out[place] = replace(joined, span=Span(joined.span.start, figure.span.end))
    return [replace(f, span=closed(text, f.span)) for f in under_one_name(text, out)]


_CLOSING = re.compile(r"\s?%?\s?[)\]]")


def closed(text: str, span: Span) -> Span:
    """``span`` with the brackets that close right behind it, as many as it leaves open.

    >>> closed("HR 0.78 (95% CI 0.67-0.92), and", Span(0, 25))
    Span(start=0, end=26)
    """
    words = span.of(text)
    left_open = sum(words.count(c) for c in "([") - sum(words.count(c) for c in ")]")
    end = span.end
    while left_open > 0 and (found := _CLOSING.match(text, end)):
        end, left_open = found.end(), left_open - 1
    return Span(span.start, end)


_NEAR = re.compile(r"[\s,;:=(\[)\]%]*(?:(?:and|with)\s+)?(?:the\s+|an?\s+)?")


_TIME_BETWEEN = re.compile(rf"\s+(?:at|after|by)\s+(?:{PLAIN}|\w+)\s+{TIME}\s*[(\[]\s*")


def _join(text: str, last: Figure, figure: Figure, named: bool) -> Figure | None:
    between = text[last.span.end : figure.span.start]
    near = _NEAR.fullmatch(between)
    if figure.kind is FigureKind.INTERVAL and last.interval is None:
        if figure.rule == "bare interval" and not (named and figure.interval and _holds(figure.interval, last.value)):
            return None
        near = near or _TIME_BETWEEN.fullmatch(between)
        near = near or (re.fullmatch(_ARM_BETWEEN, between) if figure.rule != "bare interval" and not last.p else None)
        if not near:
            return None
        return replace(_no_share(last, figure.interval), interval=figure.interval)
    if figure.kind is FigureKind.P and last.p is None and last.measure is not None and last.measure.is_contrast:
        return replace(last, p=figure.p) if near else None
    return None


def _no_share(value: Figure, interval: Interval | None) -> Figure:
    """A percentage whose interval no share of people can have: quartiles, a range, a bound below zero."""
    if interval is None or value.rule != "percent" or value.measure is not Measure.PROPORTION:
        return value
    if interval.kind is IntervalKind.INTERQUARTILE:
        return replace(value, measure=Measure.MEDIAN)
    spread = interval.kind is IntervalKind.RANGE or (interval.low is not None and interval.low < 0)
    return replace(value, measure=None) if spread else value


def _holds(interval: Interval, value: float | None) -> bool:
    low, high = interval.low, interval.high
    return value is not None and low is not None and high is not None and low <= value <= high
