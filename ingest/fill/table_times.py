"""When the numbers of a table are from, as far as its caption and heads tell."""

from __future__ import annotations

import re

from ingest.fill.times import times_in
from ingest.tables.cell_reading import AT_START, Read

_LATE = re.compile(r"\b(?:follow[\s-]?up|final|end(?:\s?point)?|discharge)\b", re.I)
_THEN = re.compile(r"\b(?:post|after)\b", re.I)
_BEFORE = re.compile(
    r"\b(?:at|before|on)\s+(?:pre-?\s?(?:treatment|intervention|test)|base-?line|admission|entry)\b", re.I
)
_AFTERWARDS = re.compile(
    r"\b(?:post|after|follow|end\s+of|final|changes?|weeks?|months?|years?|days?|hours?|discharge)\b|\b(?:and|to)\s+\d",
    re.I,
)
_START = -1.0


def only_before(caption: str) -> bool:
    """True for a caption that names a time before treatment and none after it."""
    return _BEFORE.search(caption) is not None and not names_later(caption)


def names_later(caption: str) -> bool:
    """True for a caption that names a time after the start, or a change."""
    return _AFTERWARDS.search(caption) is not None


def how_late(read: Read, number: int) -> float:
    """Order of a row's time: days where its heads say so, else by words; -1 before treatment, 0 where none is told.

    ``number`` is the row's place, by which times of which nothing else is told are in their order.
    """
    if read.time is None:
        own = read.line.path[-1].text if read.line.path else ""
        return float(own) if re.fullmatch(r"\d{1,3}", own) else 0.0
    words = read.time.text
    if AT_START.search(words) and not read.change:
        return _START
    days = times_in(words)
    if days:
        return max(days)
    plain = re.fullmatch(r"\W*(?:T|week|month|day|year|visit|phase|time)?\s?(\d{1,3})\W*", words, re.I)
    if plain is not None:
        return float(plain[1])
    return 2.0 if _LATE.search(words) else 1.0 if _THEN.search(words) else 0.5 + number * 1e-6
