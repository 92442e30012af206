"""Which of two arms is the one to compare with: by its words, by what the model says, by the order of the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.article import Span
from ingest.phrases import CONTROLS
from ingest.role_arms import telling

_COMPARES = re.compile(
    r"\b(?:versus|vs\.?|v\.?|compar\w+|against|or|and|over|than|rather|with\s+or\s+without|instead)\b", re.I
)
_IN_BRACKETS = re.compile(r"\s*[(\[]\s*")
LOOKED_AT = 3
"""Sentences from the start, the title among them, whose order tells the arms' roles."""
BY_WORD, BY_ORDER, BY_MODEL = 0.97, 0.88, 0.95
"""How sure each sign is at most."""
WEIGHT = 0.35
"""How much the odds that the model gives count."""
_STEM = 5


@dataclass(frozen=True, slots=True)
class Sides:
    """What the whole article tells of its arms: its first sentences, and its short forms in lower case."""

    opening: Sequence[str] = ()
    long_of: Mapping[str, str] = field(default_factory=dict)

    def second_is_control(self, one: str, two: str, chances: tuple[float, float] = (0.5, 0.5)) -> float:
        """The chance that ``two`` is the control of ``one``, where one of them is; ``chances`` are the model's of each.

        >>> round(Sides().second_is_control("aspirin", "placebo"), 2)
        0.97
        """
        first, second = bool(CONTROLS.search(self._long(one))), bool(CONTROLS.search(self._long(two)))
        if first != second:
            return BY_WORD if second else 1 - BY_WORD
        told = _odds(_within(chances[1])) / _odds(_within(chances[0]))
        order = self._order(one, two)
        signs: float = told**WEIGHT * (1.0 if order is None else _odds(BY_ORDER if order else 1 - BY_ORDER))
        return signs / (1 + signs)

    def _long(self, name: str) -> str:
        return " ".join(self.long_of.get(w.lower(), w) for w in re.split(r"[\s/+]+", name))

    def _order(self, one: str, two: str) -> bool | None:
        """True where the opening names ``one`` first and sets it against ``two``; None where it does not tell."""
        first, second = (frozenset(w[:_STEM] for w in telling(n, self.long_of)) for n in (one, two))
        first, second = first - second, second - first
        if not first or not second:
            return None
        for sentence in self.opening:
            words = [(m.start(), m[0].lower()[:_STEM]) for m in re.finditer(r"[^\W_]+", sentence)]
            a = next((at for at, w in words if w in first), None)
            b = next((at for at, w in words if w in second), None)
            if a is not None and b is not None and _COMPARES.search(sentence[min(a, b) : max(a, b)]):
                return a < b
        return None


def sides_of(view: str, sentences: Sequence[Span], short_forms: Mapping[str, str], arms: Iterable[Span]) -> Sides:
    """The sides of an article from its first sentences; ``short_forms`` are those that it defines.

    Of ``arms``, the mentions of arms in order, one in brackets right behind another is its short form.
    """
    opening = tuple(s.of(view) for s in sentences[:LOOKED_AT])
    long_of = {
        two.of(view).lower(): one.of(view).lower()
        for one, two in pairwise(arms)
        if len(two) < len(one) and _IN_BRACKETS.fullmatch(view, one.end, two.start)
    }
    return Sides(opening, long_of | {short.lower(): long.lower() for short, long in short_forms.items()})


def _within(chance: float) -> float:
    return min(BY_MODEL, max(1 - BY_MODEL, chance))


def _odds(chance: float) -> float:
    return chance / (1 - chance)
