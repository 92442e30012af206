"""The effects grammar: every printed number of a text, read as what it is. Pure; needs no model.

Patterns are tried in the order of ``PATTERNS``; a range that one has read is closed to those after it, so that
"95%" in "95% CI" is never a percentage and "18" in "18 cycles" never a result. What stays unread stays unread.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.article import Span
from ingest.figure_patterns import statistics, unrelated
from ingest.figure_readers import Pattern
from ingest.figure_values import measurements, times_and_rest
from ingest.figures import Figure

PATTERNS: tuple[Pattern, ...] = (*unrelated(), *statistics(), *measurements(), *times_and_rest())
"""In the order in which they are tried."""


def read_figures(text: str) -> list[Figure]:
    """Every figure of ``text``, in its order; no two overlap. Intervals and p values stand apart: see ``attach``.

    >>> [(f.kind.value, f.value) for f in read_figures("PFS was 60% at 6 years (HR 1.03)")]
    [('value', 60.0), ('time point', None), ('value', 1.03)]
    """
    compact, places = _compact(text)
    taken = bytearray(len(compact))
    found: list[Figure] = []
    for pattern in PATTERNS:
        for m in pattern.regex.finditer(compact):
            if m.end() == m.start() or any(taken[m.start() : m.end()]):
                continue
            figure = pattern.build(m)
            if figure is not None:
                taken[figure.span.start : figure.span.end] = b"\x01" * len(figure.span)
                found.append(figure)
    return [_placed(f, places) for f in sorted(found, key=lambda f: f.span)]


_BLANKS = re.compile(r"\s{2,}")


def _compact(text: str) -> tuple[str, list[int]]:
    """``text`` with each run of white space as one character, and where each character stood.

    Blanked-out markup leaves long runs, and patterns with optional blanks would try every way to share them out.
    """
    pieces: list[str] = []
    places: list[int] = []
    last = 0
    for m in _BLANKS.finditer(text):
        pieces.append(text[last : m.start() + 1])
        places.extend(range(last, m.start() + 1))
        last = m.end()
    pieces.append(text[last:])
    places.extend(range(last, len(text)))
    return "".join(pieces), places


def _placed(figure: Figure, places: list[int]) -> Figure:
    def back(span: Span) -> Span:
        return Span(places[span.start], places[span.end - 1] + 1)

    return replace(figure, span=back(figure.span), times=tuple(back(t) for t in figure.times))
