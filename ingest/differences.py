"""Values that are differences between arms, by the words before them: "differences between means of 0.34 and 0.56"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.claim import Measure
from ingest.figures import Figure, FigureKind

_BEFORE = re.compile(
    r"(?<!no\s)(?<!significant\s)\bdifferences?\b(?![^.;()]{0,60}\bsignifican)[^.;()\d]{0,60}(?:\bof|\bwas|\bwere|=|:|,)\s*[(\[]?\s*$"
    r"|(?<!not\s)\bdiffer(?:ed|s)\b[^.;()\d]{0,60}\bby\s*$",
    re.I,
)
_JOINED = re.compile(r"[\s,;:)\]]*(?:(?:and|or|versus|adjusted|unadjusted)[\s,:]*)?[(\[]?\s*", re.I)
LEFT = 110
"""Characters before a value in which the word has to stand."""
_OPEN = frozenset({Measure.MEAN, Measure.PROPORTION, Measure.OTHER, Measure.MEDIAN})


def as_differences(view: str, figures: Sequence[Figure]) -> list[Figure]:
    """``figures`` with those values made differences that the words call so, and those that go on in the same list."""
    out: list[Figure] = []
    for f in figures:
        out.append(replace(f, measure=_measure(f)) if _is_one(view, f, out) else f)
    return out


def _is_one(view: str, f: Figure, before: Sequence[Figure]) -> bool:
    if f.kind is not FigureKind.VALUE or f.events is not None or f.rule == "relative change":
        return False
    if f.measure is not None and f.measure not in _OPEN:
        return False
    last = before[-1] if before else None
    if last is not None and last.measure in (Measure.MEAN_DIFFERENCE, Measure.RISK_DIFFERENCE):
        between = view[last.span.end : f.span.start]
        if _JOINED.fullmatch(between) and ("adjusted" in between or f.interval is not None):
            return True
    return _BEFORE.search(view[max(0, f.span.start - LEFT) : f.span.start]) is not None


def _measure(f: Figure) -> Measure:
    return Measure.RISK_DIFFERENCE if f.unit == "%" else Measure.MEAN_DIFFERENCE
