"""Points in time that a question, a heading or a sentence names: "at 6 months", "week 52", "12-month"."""

from __future__ import annotations

import re

from ingest.numbers import WORDS

_DAYS = {"minute": 1 / 1440, "min": 1 / 1440, "hour": 1 / 24, "hr": 1 / 24, "h": 1 / 24, "day": 1.0, "d": 1.0}
_DAYS |= {"week": 7.0, "wk": 7.0, "w": 7.0, "month": 30.4375, "mo": 30.4375, "mth": 30.4375, "m": 30.4375}
_DAYS |= {"year": 365.25, "yr": 365.25, "y": 365.25}
_NUMBER = rf"\d{{1,4}}(?:[.·]\d{{1,2}})?|\b(?:{'|'.join(w for w in WORDS if w != 'zero')})\b"
_TIME = re.compile(
    rf"""(?<![\w.·/±])(?<!±\s)(?P<n1>{_NUMBER})(?:st|nd|rd|th)?[\s-]{{0,2}}
        (?:(?P<unit1>minute|min|hour|hr|day|week|wk|month|mth|mo|year|yr)s?\b|(?P<letter>[hdwmy])\b)
        (?!\s+(?:old|of\s+age|or\s+younger))
    |(?<![\w-])(?P<unit2>minute|hour|day|week|wk|month|year)s?[\s-]{{1,2}}(?P<n2>{_NUMBER})(?![\w.·%/])""",
    re.I | re.X,
)
_LEAD = re.compile(r"\b(?:at|after|by|within|over|until|during|on|the)\s+$", re.I)
CLOSE = 0.04
"""Two times are one where they differ by less than this share: 52 weeks, 12 months, a year; not 24 weeks, 6 months."""


def times_in(words: str) -> tuple[float, ...]:
    """The points in time that are named, in days, in order; ages ("77 years old") are none.

    >>> times_in("HbA1c at 6 months"), times_in("Week 52"), times_in("two-week follow-up"), times_in("77 years old")
    ((182.625,), (364.0,), (14.0,), ())
    """
    found = []
    for m in _TIME.finditer(words):
        printed = m["n1"] or m["n2"]
        value = WORDS.get(printed.casefold())
        unit = (m["unit1"] or m["letter"] or m["unit2"]).casefold()
        found.append((float(printed.replace("·", ".")) if value is None else value) * _DAYS[unit])
    return tuple(found)


def same_time(one: float, two: float) -> bool:
    """True where two times in days are one.

    >>> same_time(364.0, 365.25), same_time(168.0, 182.6)
    (True, False)
    """
    return abs(one - two) <= CLOSE * max(one, two)


def without_times(words: str) -> str:
    """The words with the points in time taken out, also what leads to them ("at", "after", "by").

    >>> without_times("pain at 6 months follow-up")
    'pain follow-up'
    """
    out, at = "", 0
    for m in _TIME.finditer(words):
        out += _LEAD.sub("", words[at : m.start()])
        at = m.end()
    return " ".join((out + words[at:]).split())
