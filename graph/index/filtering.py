"""Filters of a question over columns: which of the chosen claims stay."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from graph.index.columns import Columns, Mask, Numbers
from graph.index.matching import quoting
from graph.index.record import DIRECTIONS, GRADES, MEASURES, NONE, SIGNIFICANCES
from graph.index.side import SideIndex
from graph.language.model import (
    Designs,
    Directions,
    Filter,
    Grades,
    Measures,
    Says,
    Significances,
    Since,
    Size,
    Until,
)
from graph.language.patterns import designed

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


def one_of(columns: Columns, field: str, chosen: Numbers, members: tuple[Any, ...], wanted: Iterable[Any]) -> Mask:
    """True for the chosen claims that have one of the wanted members in a field."""
    allowed: Mask = np.zeros(len(members), np.bool_)
    allowed[[members.index(member) for member in wanted]] = True
    found: Mask = allowed[columns.claims[field][chosen]]
    return found


def fitting(index: SideIndex, chosen: Numbers, asked: Filter) -> Mask:
    """True for the chosen claims that a filter lets pass."""
    found = _fitting(index, chosen, asked)
    return ~found if getattr(asked, "negated", False) else found


def _fitting(index: SideIndex, chosen: Numbers, asked: Filter) -> Mask:
    columns = index.columns
    claims = columns.claims
    match asked:
        case Measures(measures):
            return _any_bit(claims["measures"][chosen], (MEASURES.index(m) for m in measures))
        case Grades(grades):
            return _any_bit(claims["grades"][chosen], (GRADES.index(g) for g in grades))
        case Directions(directions):
            return one_of(columns, "direction", chosen, DIRECTIONS, directions)
        case Significances(significances):
            return one_of(columns, "significance", chosen, SIGNIFICANCES, significances)
        case Size(sign, number):
            people = claims["people"][chosen]
            found: Mask = (people != NONE) & _OPERATORS[sign](people, number)
            return found
        case Since(year) | Until(year):
            years = columns.articles["date"][claims["article"][chosen]] // 10_000
            dated: Mask = (years > 0) & (years >= year if isinstance(asked, Since) else years <= year)
            return dated
        case Designs():
            return _designs(index, chosen, asked)
        case Says(words):
            return quoting(index, " ".join(words))[chosen]
    raise AssertionError(f"{asked} is no filter")  # pragma: no cover - the match names every one


def _any_bit(held: Numbers, places: Iterable[int]) -> Mask:
    wanted = sum(1 << place for place in set(places))
    found: Mask = (held & wanted) != 0
    return found


def _designs(index: SideIndex, chosen: Numbers, asked: Designs) -> Mask:
    """By the distinct pairs of design and phase, of which there are few."""
    claims = index.columns.claims
    pairs = claims["design"][chosen].astype(np.int64) << 32 | (claims["phase"][chosen].astype(np.int64) & 0xFFFFFFFF)
    distinct, places = np.unique(pairs, return_inverse=True)
    fits: Mask = np.zeros(len(distinct), np.bool_)
    for place, pair in enumerate(distinct.tolist()):
        design, phase = pair >> 32, (pair & 0xFFFFFFFF) - (1 << 32 if pair & 0x80000000 else 0)
        fits[place] = designed(asked, index.said(design), index.said(phase))
    found: Mask = fits[places]
    return found
