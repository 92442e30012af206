"""Values that say how far something moved: "fell by 6.8 kg with X and by 2.1 kg with Y" is lower under X."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.article import Span
from ingest.claim import Arm, Direction, Effect, Measure

_ROSE = re.compile(r"\b(?:rose|risen|rise|increas\w+|gain(?:ed|s)?|grew|improv\w+)\b", re.I)
_FELL = re.compile(r"\b(?:fell|fallen|fall|decreas\w+|declin\w+|dropp?\w*|reduc\w+|lost|loss|lower(?:ed|ing))\b", re.I)
_BY = re.compile(r"\b(?:by|of|from|was|were|to)\b[^.;]{0,30}$", re.I)
_MEASURES = frozenset({Measure.MEAN, Measure.MEDIAN, Measure.GEOMETRIC_MEAN, Measure.OTHER, Measure.PROPORTION})


def moved(masked: str, clause: Span, effects: Sequence[Effect]) -> tuple[tuple[Effect, ...], Direction | None]:
    """``effects`` with those marked that are changes, and which way the values of both arms go with their signs.

    ``masked`` are the words of ``clause`` without its names, so that an outcome called a reduction is none. The
    direction is None where the words do not say that both values are changes.
    """
    signs: dict[Span, int] = {}
    last: int | None = None
    edge = clause.start
    for effect in sorted(effects, key=lambda e: e.span):
        if effect.arm not in (Arm.INTERVENTION, Arm.COMPARATOR) or effect.measure not in _MEASURES:
            continue
        sign = _sign(masked[max(0, edge - clause.start) : max(0, effect.span.start - clause.start)])
        last = sign if sign is not None else last
        if last is not None and effect.value is not None and effect.events is None:
            signs[effect.span] = 1 if effect.value < 0 else last
        edge = effect.span.end
    marked = tuple(replace(e, change_from_baseline=True) if e.span in signs else e for e in effects)
    mine, theirs = (
        [signs[e.span] * (e.value or 0.0) for e in marked if e.arm is arm and e.span in signs]
        for arm in (Arm.INTERVENTION, Arm.COMPARATOR)
    )
    if len(mine) != 1 or len(theirs) != 1:
        return (marked if len(signs) > 1 else tuple(effects)), None
    if mine == theirs:
        return marked, Direction.NO_DIFFERENCE
    return marked, Direction.HIGHER if mine[0] > theirs[0] else Direction.LOWER


def _sign(words: str) -> int | None:
    """1 for words that say a rise of the number behind them, -1 for a fall, None for neither."""
    found = [(m.start(), sign, m.end()) for p, sign in ((_ROSE, 1), (_FELL, -1)) for m in p.finditer(words)]
    if not found:
        return None
    _, sign, end = max(found)
    return sign if _BY.search(words[end:]) else None
