"""How alike two names of arms are: by their words, their parts, what they stand for, their doses and their initials."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.fill.glosses import gloss_of
from ingest.fill.spelling import WITHOUT, alike, plain, stem, tokens_of, written_out
from ingest.short_forms import align

LEAST = 0.3
"""Names that are less alike say nothing by their words; their initials may."""
_PART = 0.9
"""A part of a name ("(group A)") counts a little less than the whole, so that whole names win ties."""
_PEOPLE = "patient participant subject case condition cohort treatment therapy therapeutic regimen intervention"
_EMPTY = frozenset(stem(w) for w in _PEOPLE.split())
_FAINT = 0.15
"""What a word of no meaning of its own weighs."""
_JOINTS = re.compile(r"\s[-–—]\s|:\s|,\s*i\.e\.,?\s")
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


class Weights:
    """How much a word tells arms apart: words that all names share tell nothing."""

    def __init__(self, names: Sequence[tuple[str, ...]]) -> None:
        self.count = len(names)
        self.having = Counter(t for name in names for t in set(name))

    def of(self, token: str) -> float:
        """The weight of one word, above 0."""
        if token in _EMPTY:
            return _FAINT
        having = self.having[token] if self.count > 1 else 0
        rare = math.log((1 + self.count) / (0.5 + having)) / math.log(2 * (1 + self.count))
        return max(rare, 0.1) * (0.6 if len(token) == 1 and token.isalpha() and having == 0 else 1.0)


def likeness(one: Name, two: Name, weights: Weights) -> float:
    """0 to 1: the best of the likenesses of the two names' parts."""
    best = 0.0
    for a, of_a in one.parts:
        for b, _ in two.parts:
            best = max(best, of_a * _shared(a, b, weights))
    if best < LEAST:
        best = max(best, 0.5 * _initials(one, two))
    return best


def _shared(one: Sequence[str], two: Sequence[str], weights: Weights) -> float:
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
