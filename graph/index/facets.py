"""How many claims of an answer there are of each drug, outcome, measure and so on, and of how many studies."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from graph.index.columns import Columns, Numbers
from graph.index.naming import WORDS
from graph.index.record import DIRECTIONS, KINDS, MEASURES, NONE, ROLES, SIGNIFICANCES, STATUSES
from graph.index.side import SideIndex
from graph.model import Facet, FacetValue

UNKNOWN = "unknown"
_MEMBERS = (
    ("direction", DIRECTIONS),
    ("significance", SIGNIFICANCES),
    ("kind", KINDS),
    ("status", STATUSES),
)
Texts = Callable[[Sequence[int]], Mapping[int, str]]


def facets_of(index: SideIndex, chosen: Numbers, name_of: Callable[[str], str], limit: int) -> dict[str, Facet]:
    """The facets of the chosen claims, by name; of each the ``limit`` values with the most claims, equal ones by their
    text, which is the IRI where it is a concept.

    ``name_of`` gives the name of a concept. A claim counts once under each value; under several measures where its
    effects have several. Years, designs and the closed sets count claims that say nothing as ``unknown``; a slot that
    is empty counts for nothing.
    """
    columns = index.columns
    claims, units = columns.claims, columns.claims["unit"][chosen]
    found: dict[str, Facet] = {}
    for role in ROLES:
        mentions = claims[role][chosen]
        filled = mentions != NONE
        values = columns.mentions["facet"][mentions[filled]]
        facet = _facet(values, units[filled], index.texts, limit)
        shown = tuple(_named(value, name_of) for value in facet.values)
        found["drug" if role == "intervention" else role] = Facet(shown, facet.distinct)
    found["measure"] = _measures(columns, chosen, units, limit)
    for field, members in _MEMBERS:
        texts = {place: UNKNOWN if member is None else str(member.value) for place, member in enumerate(members)}
        found[field] = _facet(claims[field][chosen], units, lambda _, known=texts: known, limit)  # type: ignore[misc]
    for field in ("design", "phase"):
        found[field] = _facet(claims[field][chosen], units, lambda numbers: _texts(index, numbers), limit)
    years = columns.articles["date"][claims["article"][chosen]] // 10_000
    found["year"] = _facet(years, units, lambda numbers: {n: str(n) if n else UNKNOWN for n in numbers}, limit)
    return found


def _texts(index: SideIndex, numbers: Sequence[int]) -> dict[int, str]:
    return {NONE: UNKNOWN} | index.texts([n for n in numbers if n != NONE])


def _named(value: FacetValue, name_of: Callable[[str], str]) -> FacetValue:
    text = value.value
    if text.startswith(WORDS):
        return replace(value, value=text[len(WORDS) :])
    return replace(value, value=name_of(text), concept=text)


def _measures(columns: Columns, chosen: Numbers, units: Numbers, limit: int) -> Facet:
    held = columns.claims["measures"][chosen]
    found = []
    for place, measure in enumerate(MEASURES):
        having = (held >> place) & 1 > 0
        if having.any():
            found.append(FacetValue(measure.value, None, int(having.sum()), len(np.unique(units[having]))))
    found.sort(key=lambda v: (-v.claims, v.value))
    return Facet(tuple(found[:limit]), len(found))


def _facet(values: Numbers, units: Numbers, texts: Texts, limit: int) -> Facet:
    """Values with their claims and studies."""
    if not len(values):
        return Facet((), 0)
    shifted = values.astype(np.int64) - NONE  # the least number is NONE
    counts = np.bincount(shifted)
    distinct = np.flatnonzero(counts)
    least = np.sort(counts[distinct])[::-1][min(limit, len(distinct)) - 1]
    candidates = distinct[counts[distinct] >= least].tolist()
    text = texts([c + NONE for c in candidates])
    first = heapq.nsmallest(limit, candidates, key=lambda c: (-int(counts[c]), text[c + NONE]))
    wanted = np.zeros(len(counts), np.bool_)
    wanted[first] = True
    chosen = wanted[shifted]
    pairs = np.unique(shifted[chosen] << 32 | units[chosen].astype(np.int64))
    studies = np.bincount(pairs >> 32, minlength=len(counts))
    shown = (FacetValue(text[c + NONE], None, int(counts[c]), int(studies[c])) for c in first)
    return Facet(tuple(shown), len(distinct))
