"""What the effects grammar makes of a match: a figure with its numbers, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.article import Span
from ingest.claim import Measure
from ingest.figures import Figure, FigureKind
from ingest.numbers import PLAIN, WORDS, parse, parse_count

TIME = r"(?:years?|months?|weeks?|days?|hours?|minutes?|yrs?|mo\b|wks?)"


TIME_UNITS = {"y": "a", "mo": "mo", "w": "wk", "d": "d", "h": "h", "mi": "min"}


Build = Callable[["re.Match[str]"], Figure | None]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern, the words it was written for, and what it makes of a match (None: not this one after all)."""

    name: str
    example: str
    regex: re.Pattern[str]
    build: Build


def span_of(m: re.Match[str], group: str | int = 0) -> Span:
    """The range of a match, or of one of its groups."""
    return Span(*m.span(group))


def simple_reader(kind: FigureKind, name: str) -> Build:
    """A reader that keeps the match as a figure of ``kind`` without numbers."""
    return lambda m: Figure(kind, span_of(m), name)


def fraction_figure(m: re.Match[str]) -> Figure | None:
    """Events of a total, with a percentage where one is printed; None where the counts make no fraction."""
    events, total = parse_count(m["x"]), parse_count(m["n"])
    if events is None or total is None or events > total or (total < 10 and not m["pct"]):
        return None
    value = parse(m["pct"]) if m["pct"] else None
    measure = Measure.PROPORTION if m["pct"] else Measure.COUNT
    unit = "%" if m["pct"] else None
    return Figure(FigureKind.VALUE, span_of(m), "fraction", measure, value, unit, events, total)


def percent_fraction_figure(m: re.Match[str]) -> Figure | None:
    """A percentage with its events in brackets; None where the counts make no fraction."""
    events = parse_count(m["x"])
    total = parse_count(m["n"]) if m["n"] else None
    if events is None or (total is not None and events > total):
        return None
    return Figure(
        FigureKind.VALUE, span_of(m), "percent with fraction", Measure.PROPORTION, parse(m["pct"]), "%", events, total
    )


def count_percent_figure(m: re.Match[str]) -> Figure | None:
    """A count with its percentage in brackets; None where the count has decimals."""
    events = parse_count(m["x"])
    if events is None:
        return None
    return Figure(FigureKind.VALUE, span_of(m), "count with percent", Measure.PROPORTION, parse(m["pct"]), "%", events)


def mean_figure(m: re.Match[str]) -> Figure:
    """A mean with its standard deviation."""
    unit = (m["unit"] or "").strip() or None
    return Figure(
        FigureKind.VALUE,
        span_of(m),
        "mean with SD",
        Measure.MEAN,
        parse(m["value"]),
        unit_of(unit),
        standard_deviation=parse(m["sd"]),
    )


def unit_of(printed: str | None) -> str | None:
    """UCUM for the units that are read, the printed unit where there is none; None for None."""
    if printed is None:
        return None
    word = printed.strip()
    if re.fullmatch(r"%|percent|per\s?cent", word):
        return "%"
    for start, ucum in TIME_UNITS.items():
        if re.fullmatch(TIME, word) and word.startswith(start):
            return ucum
    fixed = {"mm Hg": "mm[Hg]", "mmHg": "mm[Hg]", "µmol/L": "umol/L", "μmol/L": "umol/L", "bpm": "/min"}
    return fixed.get(word, re.sub(r"/l$", "/L", re.sub(r"/dl$", "/dL", word)))


def value_reader(name: str, measure: Measure | None, unit: Callable[[re.Match[str]], str | None]) -> Build:
    """A reader of one plain value; ``unit`` takes it from the match."""
    return lambda m: Figure(FigureKind.VALUE, span_of(m), name, measure, parse(m["value"]), unit(m))


def rate_figure(m: re.Match[str]) -> Figure:
    """Events per so many person-years."""
    base = m["base"].replace(",", "") if m["base"] else "1"
    return Figure(FigureKind.VALUE, span_of(m), "rate", Measure.RATE, parse(m["value"]), f"/({base}.a)")


def times_figure(m: re.Match[str]) -> Figure:
    """One time point, or a list of them with the range of each."""
    times = tuple(
        Span(m.start("list") + t.start(), m.start("list") + t.end())
        for t in re.finditer(PLAIN + "|" + WORD_NUMBER, m["list"], re.I)
    )
    return Figure(FigureKind.TIMEPOINT, span_of(m), "time point", times=times)


def people_figure(m: re.Match[str]) -> Figure | None:
    """So many people; None where the number has decimals."""
    count = parse_count(m["value"])
    return None if count is None else Figure(FigureKind.SIZE, span_of(m), "people", Measure.COUNT, float(count))


WORD_NUMBER = r"\b(?i:" + "|".join(WORDS) + r")\b"
_TIME_NUMBER = rf"(?>\d{{1,4}}(?:[.·]\d{{1,2}})?|{WORD_NUMBER})"
TIMES = rf"{_TIME_NUMBER}(?>(?:\s?,\s?(?:(?:and|or|to)\s)?|\s(?:and|or|to)\s){_TIME_NUMBER}){{0,9}}"
"""One time point or a list of at most ten; written so that there is one way only to read a list."""
HANGING_TIMES = rf"{_TIME_NUMBER}(?>-?(?:\s?,\s?(?:(?:and|or|to)\s)?|\s(?:and|or|to)\s){_TIME_NUMBER}){{1,9}}"
"""A list whose unit hangs on its last item: "1-, 2-, and 3"."""


def skip(name: str, example: str, regex: str) -> Pattern:
    """A pattern for numbers that are never results."""
    return Pattern(name, example, re.compile(regex), simple_reader(FigureKind.IGNORED, name))
