"""Patterns of the effects grammar for times: follow-up, time points, lengths of treatment, durations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.article import Span
from ingest.figure_readers import (
    NUMBER_KEYS,
    TIME,
    TIME_KEYS,
    WORD_NUMBER,
    Pattern,
    before,
    pattern,
    simple_reader,
    span_of,
)
from ingest.figure_units import unit_of
from ingest.figures import Figure, FigureKind
from ingest.numbers import END, PLAIN, START, parse

_TIME_NUMBER = rf"(?>\d{{1,4}}(?:[.·]\d{{1,2}})?|{WORD_NUMBER})"
TIMES = rf"{_TIME_NUMBER}(?>(?:\s?,\s?(?:(?:and|or|to)\s)?|\s(?:and|or|to)\s){_TIME_NUMBER}){{0,9}}"
"""One time point or a list of at most ten; written so that there is one way only to read a list."""
HANGING_TIMES = rf"{_TIME_NUMBER}(?>-?(?:\s?,\s?(?:(?:and|or|to)\s)?|\s(?:and|or|to)\s){_TIME_NUMBER}){{1,9}}"
"""A list whose unit hangs on its last item: "1-, 2-, and 3"."""
_ABOUT = r"(?:approximately|about|nearly|almost)"


def follow_up() -> Iterator[Pattern]:
    """How long people were watched."""
    yield pattern(
        "follow-up",
        "At a median follow-up of 67 months",
        r"median|mean|average|duration|followup|follow|followed|0(?:follow)",
        r"(?i:(?:(?:median|mean|average)\s)?(?:duration\sof\s)?follow[\s-]?up(?:\s(?:time|period"
        r"|duration))?(?:\s(?:after|from|since|for|in)\s[^.,;:()]{1,60}?)?\s?(?:of|was|is|,|:"
        rf"|=)?\s?{_ABOUT}?\s?)(?:{PLAIN}|{WORD_NUMBER})(?:\s?-?\s?{TIME})"
        r"|(?i:followed(?:\sup)?\sfor\s(?:a\s)?(?:median|mean"
        rf"|average)\s(?:of\s)?(?:approximately|about)?\s?)(?:{PLAIN}|{WORD_NUMBER})\s?{TIME}",
        simple_reader(FigureKind.FOLLOW_UP, "follow-up"),
    )


def time_points() -> Iterator[Pattern]:
    """When something was measured."""
    yield pattern(
        "time point",
        "at 1, 2 and 3 years",
        "at|by|after|within|over|for|during",
        r"\b(?i:at|by|after|within|over|during|for\sup\sto)\s(?:a\s|the\s)?(?i:first\s|median\sof\s|mean\sof\s|least\s"
        rf"|approximately\s|about\s)?(?P<list>{TIMES})[\s-]?{TIME}(?:\sof\sfollow[\s-]?up|\safter\s\w+)?\b",
        _times,
    )
    yield pattern(
        "time adjectives",
        "1-, 2-, and 3-year",
        rf"0[-,]|0and|0or|{NUMBER_KEYS}",
        rf"{START}(?P<list>{HANGING_TIMES})[\s-](?i:year|month|week|day)(?![\w])",
        _times,
    )
    yield pattern(
        "time adjective",
        "6-year",
        rf"0[-‐]|{NUMBER_KEYS}",
        rf"(?<![\w.])(?P<list>{PLAIN}|(?i:{WORD_NUMBER}))-(?i:year|month|week|day)(?![\w])",
        _times,
    )
    yield pattern(
        "week number",
        "week 24",
        "weeks?|months?|days?|years?",
        rf"\b(?i:weeks?|months?|days?|years?)\s(?P<list>{TIMES}){END}(?!\s?%)",
        _times,
    )


def durations() -> Iterator[Pattern]:
    """How long something lasted."""
    yield pattern(
        "length of treatment",
        "for 72 weeks",
        "for|every|once|lasting|least|until",
        rf"\b(?i:for|every|once\severy|lasting|least|until)\s(?:a\s)?(?P<value>{PLAIN}"
        rf"|(?i:{WORD_NUMBER}))(?:\s?(?:to|-|–)\s?{PLAIN})?\s(?:additional\s|more\s)?(?P<unit>{TIME})\b",
        lambda m: Figure(
            FigureKind.IGNORED, span_of(m), "length of treatment", value=parse(m["value"]), unit=unit_of(m["unit"])
        ),
    )
    yield pattern(
        "duration",
        "30.5 months",
        rf"0(?:{TIME_KEYS}|[-–])",
        rf"{START}(?P<value>{PLAIN})(?:\s|-(?=days?\b|hours?\b|minutes?\b))?(?P<unit>{TIME})\b",
        lambda m: Figure(FigureKind.VALUE, span_of(m), "duration", None, parse(m["value"]), unit_of(m["unit"])),
    )


_MEDIAN_TIME = re.compile(r"\bafter\s(?:a\s)?(?:median|mean)\sof\s", re.I)


def _times(m: re.Match[str]) -> Figure | None:
    """One time point, or a list of them with the range of each; None for "resumed after a median of 5.8 months"."""
    if _MEDIAN_TIME.match(m[0]) and before(m).strip():
        return None
    times = tuple(
        Span(m.start("list") + t.start(), m.start("list") + t.end())
        for t in re.finditer(PLAIN + "|" + WORD_NUMBER, m["list"], re.I)
    )
    return Figure(FigureKind.TIMEPOINT, span_of(m), "time point", times=times)
