"""Which of an article's arms, and which of its outcomes, a question asks for. Pure: names in, places out."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.fill.glosses import gloss_of
from ingest.fill.outcomes import match_outcome as match_outcome
from ingest.fill.roles import abbreviates_control, control, no_arm, only_active, only_control
from ingest.fill.spelling import WITHOUT, alike, plain, stem, tokens_of, written_out
from ingest.short_forms import align

LEAST, MARGIN = 0.3, 0.08
"""An arm is chosen from this likeness on, and only where the next best is farther below it than the margin."""
_BY_ROLE, _BY_HALF_ROLE = 0.6, 0.45
"""Likenesses of arms by their part in the study, where words say nothing."""
_PART = 0.9
"""A part of a name ("(group A)") counts a little less than the whole, so that whole names win ties."""
_PEOPLE = "patient participant subject case condition cohort treatment therapy therapeutic regimen intervention"
_EMPTY = frozenset(stem(w) for w in _PEOPLE.split())
_FAINT = 0.15
"""What a word of no meaning of its own weighs."""
_JOINTS = re.compile(r"\s[-–—]\s|:\s|,\s*i\.e\.,?\s")
_BOTH = re.compile(r"\s*(?:[-–—−/]|\bvs?\.?(?=\s)|\bversus\b|\bminus\b|\bcompared\s+(?:with|to)\b)\s*", re.I)
_DOSE = re.compile(r"\d+(?:\.\d+)?([a-z%]*)")


@dataclass(frozen=True)
class Name:
    """A name in all the ways it may be read: whole, written out, what stands in brackets, what stands before them.

    ``parts`` are words that can be compared, each with how much a likeness to it counts.
    """

    words: str
    parts: tuple[tuple[tuple[str, ...], float], ...]


def name_of(words: str, short_forms: Mapping[str, str]) -> Name:
    """The name with its parts as words that can be compared; the whole name is the first part."""
    short = plain(words)
    outside = " ".join(re.sub(r"[(\[][^()\[\]]*[)\]]", " ", short).split())
    head, *rest = _JOINTS.split(outside)
    inside = re.findall(r"[(\[]([^()\[\]]{1,200})[)\]]", short)
    valued = [(short, 1.0), (head, 1.0), *((t, _PART) for t in (outside, *inside, *rest))]
    glossed = ((t, gloss_of(t, short_forms)) for t in (short, outside, *inside))
    valued += [(gloss, 1.0) for _, gloss in glossed if gloss is not None]
    parts: dict[tuple[str, ...], float] = {}
    for text, value in valued:
        for form in (text, written_out(text, short_forms)):
            tokens = tuple(t for t in tokens_of(form) if t not in ("group", "arm"))
            if any(t not in _EMPTY for t in tokens):
                parts[tokens] = max(value, parts.get(tokens, 0.0))
    return Name(short, tuple(parts.items()) or (((), 1.0),))


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
    weights = _Weights([n.parts[0][0] for n in read])
    likeness = [[_likeness(side, name, weights) for name in read] for side in asked]
    by_role = _roles(asked, read)
    scores = [
        own if max(own, default=0.0) >= LEAST else [max(a, b) for a, b in zip(own, role, strict=True)]
        for own, role in zip(likeness, by_role, strict=True)
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


class _Weights:
    """How much a word tells arms apart: words that all names share tell nothing."""

    def __init__(self, names: Sequence[tuple[str, ...]]) -> None:
        self.count = len(names)
        self.having = Counter(t for name in names for t in set(name))

    def of(self, token: str) -> float:
        if token in _EMPTY:
            return _FAINT
        having = self.having[token] if self.count > 1 else 0
        rare = math.log((1 + self.count) / (0.5 + having)) / math.log(2 * (1 + self.count))
        return max(rare, 0.1) * (0.6 if len(token) == 1 and token.isalpha() and having == 0 else 1.0)


def _likeness(one: Name, two: Name, weights: _Weights) -> float:
    """0 to 1: the best of the likenesses of the two names' parts."""
    best = 0.0
    for a, of_a in one.parts:
        for b, _ in two.parts:
            best = max(best, of_a * _shared(a, b, weights))
    if best < LEAST:
        best = max(best, 0.5 * _initials(one, two))
    return best


def _shared(one: Sequence[str], two: Sequence[str], weights: _Weights) -> float:
    """The weight of shared words among all words of both (Dice); less where doses or a "without" disagree."""
    if not one or not two:
        return 0.0
    of_one = sum(weights.of(t) for t in one if any(alike(t, u) for u in two))
    of_two = sum(weights.of(u) for u in two if any(alike(t, u) for t in one))
    if not any(t not in _EMPTY and any(alike(t, u) for u in two) for t in one):
        return 0.0
    whole = sum(map(weights.of, one)) + sum(map(weights.of, two))
    coverage = (of_one + of_two) / whole
    within = max(of_one / sum(map(weights.of, one)), of_two / sum(map(weights.of, two)))
    score = 0.75 * coverage + 0.25 * within
    return score * (0.3 if _contradict(one, two) else 1.0)


def _contradict(one: Sequence[str], two: Sequence[str]) -> bool:
    """True where one is "without" and the other is not, or both have doses of one unit and none in common."""
    if (WITHOUT in one) != (WITHOUT in two):
        return True
    doses = [{(m[1], m[0]) for t in tokens if (m := _DOSE.fullmatch(t))} for tokens in (one, two)]
    common = {unit for unit, _ in doses[0]} & {unit for unit, _ in doses[1]}
    return any(not {d for d in doses[0] if d[0] == u} & {d for d in doses[1] if d[0] == u} for u in common)


def _initials(one: Name, two: Name) -> float:
    """1 where a name of two to six capitals is made of the first letters of the other's words."""
    for short, long in ((one, two), (two, one)):
        for letters in re.findall(r"(?<![\w-])[A-Z]{2,6}(?![\w-])", short.words):
            fit = align(letters, long.words)
            if fit is not None and fit.cost <= 4 * fit.letters:
                return 1.0
            starts = "".join(w[0] for w in re.findall(r"[A-Za-z]\w+", long.words) if w.lower() not in ("of", "and"))
            if letters.lower() in starts.lower():
                return 1.0
    return 0.0


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
