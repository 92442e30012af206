"""Patterns of the effects grammar for fractions, people, and events in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.article import Span
from ingest.claim import Measure
from ingest.figure_readers import (
    PEOPLE,
    PEOPLE_KEYS,
    WORDS_FIRST,
    Pattern,
    before,
    pattern,
    span_of,
)
from ingest.figures import Figure, FigureKind
from ingest.numbers import IN_WORDS, NONE_WORD, PERCENT, PLAIN, START, parse, parse_count

_OPEN = r"[(\[]\s?"


_CLOSE = r"\s?[)\]]"


_N = r"(?:[nN]\s?=\s?)?"


_OF = r"(?:/|\bof\b|\bout\sof\b)\s?(?:the\s|all\s|these\s|those\s|our\s)?"


_COUNT = rf"(?:{PLAIN}|{IN_WORDS})"


_EVENTS = (
    r"(?:deaths?|events?|cases?|cancers?|relapses?|recurrences?|strokes?|infections?|fractures?|failures?|losses|ruptures?"
    r"|metastases|tumou?rs|perforations?|leaks?|infarctions?|reactions?|thromboses|progressions?)"
)


def fractions() -> Iterator[Pattern]:
    """Events of a total, with or without their percentage, in either order."""
    yield pattern(
        "count of people with percent",
        "three (4.5%) of 66 patients",
        rf"0[(\[]|{WORDS_FIRST}",
        rf"{START}(?P<x>{_COUNT})\s?\(\s?(?P<pct>{PLAIN}){PERCENT}\s?\)\s?of\s(?:the\s)?(?P<n>{PLAIN})(?:\s{PEOPLE})?",
        _percent_fraction,
    )
    yield pattern(
        "percent with fraction",
        "21.8% (17 of 78)",
        r"0(?:%|percent|per)",
        rf"{START}(?P<pct>{PLAIN}){PERCENT}\s?{_OPEN}(?i:{_N})(?P<x>{_COUNT})\s?(?:(?:{PEOPLE})\s?)?"
        rf"(?:{_OF}(?P<n>{_COUNT}))?(?:\s{PEOPLE}|\sevents|\scases)?(?:{_CLOSE}|(?=\s?[;,]\s?(?:95|9\d|P|p|HR|OR|RR)))"
        rf"|{START}(?P<pct2>{PLAIN}){PERCENT}\s?[,;]\s(?P<x2>{_COUNT})\s?{_OF}(?P<n2>{_COUNT})(?:\s{PEOPLE})?(?=\s?[)\]])",
        _percent_fraction,
    )
    yield pattern(
        "fraction",
        "17/78 (21.8%)",
        rf"0(?:/|of|out|{PEOPLE_KEYS})|{WORDS_FIRST}",
        rf"{START}(?P<x>{_COUNT})\s?(?:(?:{PEOPLE})\s?)?{_OF}(?P<n>{_COUNT})(?![\w.·,]\d|\s?%|/\d)(?:\s?(?:{PEOPLE}))?"
        rf"(?:\s?[(\[,;]\s?(?P<pct>{PLAIN}){PERCENT}(?:{_CLOSE}|(?=\s?[;,)\]])))?",
        _fraction,
    )
    yield pattern(
        "count with percent",
        "n = 12 (9%)",
        rf"n|0(?:[(\[,=]|{PEOPLE_KEYS}|events|cases|deaths)|{WORDS_FIRST}",
        rf"(?:\b[nN]\s?=\s?|{START})(?P<x>{_COUNT})\s?(?:(?:{PEOPLE}|events|cases|deaths)\s?)?"
        rf"(?:[(\[]\s?(?:n\s?=\s?\d+\s?[;,]\s?)?(?P<pct>{PLAIN}){PERCENT}{_CLOSE}|(?:,|=)\s?(?P<pct2>{PLAIN}){PERCENT}(?=\s?[)\]]))",
        _count_percent,
    )


def counts() -> Iterator[Pattern]:
    """People and events, counted in digits or in words."""
    yield pattern(
        "people",
        "14 patients",
        rf"0[a-z]+|{WORDS_FIRST}",
        rf"(?i:{START}(?P<value>{PLAIN}|{IN_WORDS})\s(?:[a-z]+-(?:treated|positive|negative|exposed)\s)?(?:{PEOPLE})\b)",
        _people,
    )
    yield pattern(
        "count in words",
        "two deaths",
        WORDS_FIRST,
        rf"(?P<value>{IN_WORDS})(?=\s(?:[a-z][\w-]*\s){{0,3}}?{_EVENTS}\b)",
        lambda m: Figure(FigureKind.VALUE, span_of(m), "count in words", Measure.COUNT, parse(m["value"])),
    )
    yield pattern(
        "count of the same",
        "four strokes with A and one with B",
        WORDS_FIRST,
        rf"(?P<value>{IN_WORDS})(?=\s(?:in|with|on|for|among)\s(?!(?:every|all|each|total|{IN_WORDS}|\d)\b))",
        _elliptical,
    )


_COUNTED = re.compile(
    rf"(?:\d|{IN_WORDS})\s(?:[\w-]+\s){{0,4}}?(?:{_EVENTS}|{PEOPLE})\b[^.;]*"
    r"(?:\band|\bbut|,|\bversus|\bvs\.?|\bto|\bwith|\bthan|\bonly)\s?(?:only\s|just\s)?$",
    re.I,
)


def _elliptical(m: re.Match[str]) -> Figure | None:
    """None where no count of people or events in the sentence says what is counted."""
    if not _COUNTED.search(before(m)):
        return None
    return Figure(FigureKind.VALUE, span_of(m), "count of the same", Measure.COUNT, parse(m["value"]))


_OF_PEOPLE = re.compile(rf"\s{PEOPLE}$", re.I)
"""Few out of few are a fraction where they are people: "4 of 7 men"."""


def _fraction(m: re.Match[str]) -> Figure | None:
    """None where the counts make no fraction."""
    events, total = parse_count(m["x"]), parse_count(m["n"])
    if events is None or total is None or events > total:
        return None
    if total < 10 and not m["pct"] and m["x"] not in NONE_WORD and _OF_PEOPLE.search(m[0]) is None:
        return None
    value = parse(m["pct"]) if m["pct"] else None
    measure = Measure.PROPORTION if m["pct"] else Measure.COUNT
    unit = "%" if m["pct"] else None
    end = m.end()
    return Figure(FigureKind.VALUE, Span(m.start(), end), "fraction", measure, value, unit, events, total)


def _percent_fraction(m: re.Match[str]) -> Figure | None:
    """A percentage with its events in brackets; None where the counts make no fraction."""
    groups = m.groupdict()
    events = parse_count(groups["x"] or groups["x2"])
    printed = groups["n"] or groups.get("n2")
    total = parse_count(printed) if printed else None
    if events is None or (printed and (total is None or events > total)):
        return None
    percent = parse(groups["pct"] or groups["pct2"])
    return Figure(
        FigureKind.VALUE, span_of(m), "percent with fraction", Measure.PROPORTION, percent, "%", events, total
    )


def _count_percent(m: re.Match[str]) -> Figure | None:
    """A count with its percentage in brackets; None where the count has decimals."""
    events = parse_count(m["x"])
    if events is None:
        return None
    percent = parse(m["pct"] or m["pct2"])
    return Figure(FigureKind.VALUE, span_of(m), "count with percent", Measure.PROPORTION, percent, "%", events)


def _people(m: re.Match[str]) -> Figure | None:
    """So many people; None where the number has decimals."""
    count = parse_count(m["value"])
    return None if count is None else Figure(FigureKind.SIZE, span_of(m), "people", Measure.COUNT, float(count))
