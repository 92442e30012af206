"""The effects grammar: every printed number of a text, read as what it is. Pure; needs no model.

Patterns are tried in the order of ``PATTERNS``; a range that one has read is closed to those after it, so that
"95%" in "95% CI" is never a percentage and "18" in "18 cycles" never a result. What stays unread stays unread.

One scan finds the tokens that a pattern may begin with; each pattern is then tried only where it says that it starts.
The manual is ``docs/effects-grammar.md``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from ingest.article import Span
from ingest.claim import Measure
from ingest.figure_counts import counts, fractions
from ingest.figure_intervals import bare_intervals, intervals, p_values
from ingest.figure_measured import laboratory, not_there, rates, rest
from ingest.figure_ratios import ratios
from ingest.figure_readers import Pattern, pattern, span_of
from ingest.figure_shares import shares
from ingest.figure_spreads import declared, spreads
from ingest.figure_times import durations, follow_up, time_points
from ingest.figure_unrelated import asides, thresholds, unrelated
from ingest.figures import Figure, FigureKind
from ingest.numbers import PLAIN, parse

_SIZE = pattern(
    "size",
    "n = 535",
    "n",
    rf"\b[nN]\s?=\s?(?P<value>{PLAIN})(?![\d.,·])(?!\s?[(\[]\s?{PLAIN}\s?%)",
    lambda m: Figure(FigureKind.SIZE, span_of(m), "size", Measure.COUNT, parse(m["value"])),
)
PATTERNS: tuple[Pattern, ...] = (
    *spreads(),
    *unrelated(),
    *follow_up(),
    _SIZE,
    *intervals(),
    *p_values(),
    *thresholds(),
    *ratios(),
    *bare_intervals(),
    *fractions(),
    *declared(),
    *rates(),
    *asides(),
    *shares(),
    *time_points(),
    *durations(),
    *laboratory(),
    *not_there(),
    *counts(),
    *rest(),
)
"""In the order in which they are tried."""

_TOKEN = re.compile(
    r"(?P<number>[-−+]?[.·]?\d+(?:,\d{3})*(?:[.·]\d+)*)(?=\s?(?P<next>[^\W\d_]+|[^\w\s]|))|[^\W\d_]+|[<>≤≥≈~]"
)


def read_figures(text: str) -> list[Figure]:
    """Every figure of ``text``, in its order; no two overlap. Intervals and p values stand apart: see ``attach``.

    >>> [(f.kind.value, f.value) for f in read_figures("PFS was 60% at 6 years (HR 1.03)")]
    [('value', 60.0), ('time point', None), ('value', 1.03)]
    """
    compact, missing = _compact(text)
    taken = bytearray(len(compact))
    found: list[Figure] = []
    for index, starts in sorted(_starts(compact).items()):
        match, build = PATTERNS[index].regex.match, PATTERNS[index].build
        for start in starts:
            if taken[start]:
                continue
            m = match(compact, start)
            if m is None or taken.find(1, start, m.end()) >= 0:
                continue
            figure = build(m)
            if figure is not None:
                taken[figure.span.start : figure.span.end] = b"\x01" * len(figure.span)
                found.append(figure)
    return [_placed(f, missing) for f in sorted(found, key=lambda f: f.span)]


def _starts(text: str) -> dict[int, list[int]]:
    """Where each pattern is worth trying, by its place in ``PATTERNS``; a signed number starts twice."""
    starts: dict[int, list[int]] = {}
    for m in _TOKEN.finditer(text):
        at, number = m.start(), m["number"]
        if number is None:
            for index in _starting(m[0].casefold()):
                starts.setdefault(index, []).append(at)
            continue
        for index in _starting("0" + m["next"].casefold()):
            here = starts.setdefault(index, [])
            here.append(at)
            here.extend(range(at + 1, at + 1 + len(number) - len(number.lstrip("-−+.·"))))
    return starts


@lru_cache(maxsize=20_000)
def _starting(key: str) -> tuple[int, ...]:
    """Places in ``PATTERNS`` of those that a token with this key may begin."""
    return tuple(i for i, starts in enumerate(_start_patterns()) if starts.fullmatch(key))


@cache
def _start_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p.starts) for p in PATTERNS)


_BLANKS = re.compile(r"\s{2,}")


def _compact(text: str) -> tuple[str, list[tuple[int, int]]]:
    """``text`` with each run of white space as one character, and how many are missing from which place on.

    Blanked-out markup leaves long runs, and patterns with optional blanks would try every way to share them out.
    """
    pieces: list[str] = []
    missing: list[tuple[int, int]] = []
    last, lost = 0, 0
    for m in _BLANKS.finditer(text):
        pieces.append(text[last : m.start() + 1])
        last = m.end()
        lost += m.end() - m.start() - 1
        missing.append((m.end() - lost, lost))
    pieces.append(text[last:])
    return "".join(pieces), missing


def _placed(figure: Figure, missing: Sequence[tuple[int, int]]) -> Figure:
    if not missing:
        return figure

    def place(at: int) -> int:
        before = bisect_right(missing, at, key=lambda cut: cut[0])
        return at + (missing[before - 1][1] if before else 0)

    def back(span: Span) -> Span:
        return Span(place(span.start), place(span.end - 1) + 1)

    return replace(figure, span=back(figure.span), times=tuple(back(t) for t in figure.times))
