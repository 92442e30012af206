"""Articles that print the same numbers about the same thing: when that makes them reports of one study. Pure.

The rule: two articles are linked when they share ``NEEDED`` grounds or more. A ground is a ratio or difference with its
interval, where measure, value and both bounds are equal, for the same outcome concept under a common drug concept; the
number of participants is one more, where both give one, at least ``FEWEST``, and it is equal. Both giving different
numbers of participants, or different study names, links nothing. Numbers that more than ``MOST`` articles share say
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

NEEDED = 2
"""Grounds that two articles have to share; one of them has to be a ratio or difference."""
FEWEST = 30
"""Numbers of participants below this are shared by chance."""
MOST = 8
"""Articles that share one number."""


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """A ratio or difference of a claim: of what, between which bounds, about which outcome and drugs (IRIs)."""

    article: str
    measure: str
    value: float
    low: float
    high: float
    outcome: str
    drug: str

    def said(self) -> str:
        """For people: "hazard ratio 0.7 (0.55 to 0.89)"."""
        return f"{self.measure} {self.value:g} ({self.low:g} to {self.high:g})"


@dataclass(frozen=True, slots=True)
class Told:
    """What an article's own results tell: their ratios and differences, and the drugs (IRIs) that were given."""

    figures: frozenset[Figure] = frozenset()
    drugs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What else may keep two articles apart: sizes and study names as keys, where given."""

    sizes: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()


def alike(figures: Iterable[Figure], known: Mapping[str, Known]) -> dict[tuple[str, str], str]:
    """Pairs of articles that the rule links, each with what they share in words. Articles not in ``known`` are left."""
    held: dict[tuple[str, float, float, float, str], dict[str, set[str]]] = {}
    told: dict[tuple[str, float, float, float, str], str] = {}
    for figure in figures:
        if figure.article in known and figure.low < figure.high:
            key = (figure.measure, figure.value, figure.low, figure.high, figure.outcome)
            held.setdefault(key, {}).setdefault(figure.article, set()).add(figure.drug)
            told[key] = figure.said()
    shared: dict[tuple[str, str], set[str]] = {}
    for key, articles in held.items():
        if 1 < len(articles) <= MOST:
            for one, other in combinations(sorted(articles), 2):
                if articles[one] & articles[other]:
                    shared.setdefault((one, other), set()).add(told[key])
    out = {}
    for pair in sorted(shared):
        said = _grounds(sorted(shared[pair]), known[pair[0]], known[pair[1]])
        if said is not None:
            out[pair] = said
    return out


def _grounds(figures: list[str], one: Known, other: Known) -> str | None:
    sizes = {size for size in one.sizes & other.sizes if size >= FEWEST}
    if (one.sizes and other.sizes and not sizes) or (one.names and other.names and not one.names & other.names):
        return None
    if len(figures) + bool(sizes) < NEEDED:
        return None
    return ", ".join([*figures, *([f"{max(sizes)} participants"] if sizes else [])])
