"""The effects grammar: every printed number of a text, read as what it is. Pure; needs no model.

Patterns are tried in the order of ``PATTERNS``; a range that one has read is closed to those after it, so that
"95%" in "95% CI" is never a percentage and "18" in "18 cycles" never a result. What stays unread stays unread.
"""

from __future__ import annotations

from ingest.figure_patterns import statistics, unrelated
from ingest.figure_readers import Pattern
from ingest.figure_values import measurements, times_and_rest
from ingest.figures import Figure
from ingest.numbers import END, NUMBER, START

N = rf"{START}{NUMBER}{END}"


PATTERNS: tuple[Pattern, ...] = (*unrelated(), *statistics(), *measurements(), *times_and_rest())
"""In the order in which they are tried."""


def read_figures(text: str) -> list[Figure]:
    """Every figure of ``text``, in its order; no two overlap. Intervals and p values stand apart: see ``attach``.

    >>> [(f.kind.value, f.value) for f in read_figures("PFS was 60% at 6 years (HR 1.03)")]
    [('value', 60.0), ('time point', None), ('value', 1.03)]
    """
    taken = bytearray(len(text))
    found: list[Figure] = []
    for pattern in PATTERNS:
        for m in pattern.regex.finditer(text):
            if m.end() == m.start() or any(taken[m.start() : m.end()]):
                continue
            figure = pattern.build(m)
            if figure is not None:
                taken[figure.span.start : figure.span.end] = b"\x01" * len(figure.span)
                found.append(figure)
    return sorted(found, key=lambda f: f.span)
