"""Which of an article's arms, and which of its outcomes, a question asks for. Pure: names in, places out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.fill.likeness import LEAST, Name, Weights, likeness, name_of
from ingest.fill.outcomes import match_outcome as match_outcome
from ingest.fill.roles import abbreviates_control, control, no_arm, only_active, only_control
from ingest.fill.spelling import plain

MARGIN = 0.08
"""An arm is chosen only where the next best is farther below it than this."""
_BY_ROLE, _BY_HALF_ROLE = 0.6, 0.45
"""Likenesses of arms by their part in the study, where words say nothing."""
_BOTH = re.compile(r"\s*(?:[-–—−/]|\bvs?\.?(?=\s)|\bversus\b|\bminus\b|\bcompared\s+(?:with|to)\b)\s*", re.I)


def match_arms(
    intervention: str,
    comparator: str,
    names: Sequence[str],
    short_forms: Mapping[str, str],
    *,
    by_elimination: bool = True,
) -> tuple[int | None, int | None]:
    """The places in ``names`` of the arms that a question names; None where none fits, or two fit as well.

    ``short_forms`` are what the article's abbreviations, and its names of arms, stand for. A name that stands in the
    list more than once has its first place. "Control" finds the placebo arm, "the intervention group" the arm that is
    no control, and of two arms the one that is left is the other's opponent. The two are never the same arm.
    ``by_elimination`` False: what is left is not taken, as the names may not be all arms.
    """
    first = _first_places(names)
    plainly = {plain(names[i]).casefold() for i in first}
    arms = [i for i in first if not no_arm(names[i]) and not _compares(names[i], plainly)]
    read = [name_of(names[i], short_forms) for i in arms]
    asked = [name_of(words, short_forms) for words in (intervention, comparator)]
    weights = Weights([n.parts[0][0] for n in read])
    by_words = [[likeness(side, name, weights) for name in read] for side in asked]
    by_role = _roles(asked, read)
    scores = [
        own if max(own, default=0.0) >= LEAST else [max(a, b) for a, b in zip(own, role, strict=True)]
        for own, role in zip(by_words, by_role, strict=True)
    ]
    one, two = _chosen(scores)
    if by_elimination and len(arms) == 2 and (one is None) != (two is None):
        taken = one if one is not None else two
        one, two = (one, 1 - one) if one is not None else (1 - taken if taken is not None else None, two)
        if _denied(asked, read, one, two):
            one, two = (taken, None) if one == taken else (None, taken)
    return (None if one is None else arms[one], None if two is None else arms[two])


def _first_places(names: Sequence[str]) -> list[int]:
    seen: dict[str, int] = {}
    for i, name in enumerate(names):
        seen.setdefault(plain(name).casefold(), i)
    return sorted(seen.values())


def _compares(name: str, names: set[str]) -> bool:
    """True for "X - Y" or "X vs Y" of two other names: a contrast, no arm."""
    parts = _BOTH.split(plain(name).casefold())
    return len(parts) == 2 and all(p in names for p in parts)


def _roles(asked: Sequence[Name], names: Sequence[Name]) -> list[list[float]]:
    """Likeness by part in the study: a control asked for and one named; the intervention, and one only so named."""
    intervention, comparator = asked
    out = [[0.0] * len(names) for _ in asked]
    against_control = control(comparator.words) > 0 or only_control(comparator.words)
    for i, name in enumerate(names):
        for side, words in enumerate((intervention.words, comparator.words)):
            both = min(control(words), control(name.words))
            if both and (only_control(words) or only_control(name.words) or both == 1.0):
                out[side][i] = _BY_ROLE * both if only_control(words) or both == 1.0 else _BY_HALF_ROLE
        if only_active(name.words) and not control(intervention.words):
            by_half = _BY_HALF_ROLE if any(only_control(n.words) for n in names) and len(names) == 2 else 0.0
            out[0][i] = max(out[0][i], _BY_ROLE if against_control else by_half)
        if only_control(comparator.words) and abbreviates_control(name.words, (n.words for n in names)):
            out[1][i] = _BY_ROLE
        if only_active(intervention.words) and only_active(name.words):
            out[0][i] = 1.0
    return out


def _chosen(scores: Sequence[Sequence[float]]) -> tuple[int | None, int | None]:
    """The pair of arms with the best sum, each of them only where it is good enough and nothing else comes near."""
    count = len(scores[0])
    pairs = [
        (scores[0][i] + scores[1][j], i, j)
        for i in range(count)
        for j in range(count)
        if (i != j or count == 1) and (scores[0][i] >= LEAST or scores[1][j] >= LEAST)
    ]
    if not pairs:
        return None, None
    if count == 1:
        one, two = scores[0][0], scores[1][0]
        return (0 if one - two > MARGIN else None), (0 if two - one > MARGIN else None)
    _, i, j = max(pairs, key=lambda p: (p[0], -p[1], -p[2]))
    return _sure(scores[0], i, j), _sure(scores[1], j, i)


def _sure(scores: Sequence[float], at: int, other: int) -> int | None:
    """``at`` where its score is enough and the next, the other side's arm left out, is far enough below it."""
    rest = max((s for k, s in enumerate(scores) if k not in (at, other)), default=0.0)
    return at if scores[at] >= LEAST and scores[at] - rest > MARGIN else None


def _denied(asked: Sequence[Name], names: Sequence[Name], one: int | None, two: int | None) -> bool:
    """True where the arm that would be left for a side says itself that it is not: a control for the intervention."""
    if one is None or two is None:
        return True
    if control(names[one].words) == 1.0 and not control(asked[0].words) and not control(names[two].words):
        return True
    return only_active(names[two].words) and control(names[one].words) == 0.0
