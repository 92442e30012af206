"""The order of an answer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

import numpy as np

from graph.index.columns import Columns, Numbers
from graph.index.record import NONE, whole
from graph.language.model import Order

OrderKey = tuple[int, int, str, int, str]
"""What orders claims: see ``keys_of``; then secondary or not, article, place of the quote, and id."""
_START, _RANK = 28, 27
"""Bits for the place of a quote, in code points, and for the rank of an article."""


def first_of(columns: Columns, chosen: Numbers, order: Order) -> Numbers:
    """What comes first in an order, small before large.

    By place: own results, then background, opinion, baseline. Else confidence in steps of a thousandth, the date of
    publication or the size of the study backwards, with what is unknown last.
    """
    claims = columns.claims
    if order is Order.UNCERTAIN:
        found: Numbers = claims["confidence"][chosen].astype(np.int64)
    elif order is Order.NEWEST:
        found = -columns.articles["date"][claims["article"][chosen]].astype(np.int64)
    elif order is Order.LARGEST:
        people = claims["people"][chosen].astype(np.int64)
        found = np.where(people == NONE, 1, -people)
    else:
        found = claims["kind"][chosen].astype(np.int64)
    return found


def in_order(columns: Columns, chosen: Numbers, order: Order) -> Numbers:
    """The chosen claims in the order of an answer: what comes first, then primary sources before secondary ones, then
    by article id, place of the quote, and claim id."""
    claims, articles = columns.claims, columns.articles
    home = claims["article"][chosen]
    place = articles["secondary"][home].astype(np.int64) << _RANK | articles["rank"][home]
    place = place << _START | np.minimum(claims["start"][chosen], (1 << _START) - 1)
    first = first_of(columns, chosen, order)
    alike = not len(first) or first.min() == first.max()
    places: Numbers = np.argsort(place, kind="stable") if alike else np.lexsort((place, first))
    sorted_place, sorted_first = place[places], first[places]
    ties = (sorted_place[1:] == sorted_place[:-1]) & (sorted_first[1:] == sorted_first[:-1])
    if ties.any():
        places = np.lexsort((claims["low"][chosen], claims["high"][chosen], place, first))
    ordered: Numbers = chosen[places]
    return ordered


class Keys(Sequence[OrderKey]):
    """The order keys of claims that are in order, made as they are asked for."""

    def __init__(self, columns: Columns, ordered: Numbers, order: Order) -> None:
        self._columns, self._ordered, self._order = columns, ordered, order

    def __len__(self) -> int:
        return len(self._ordered)

    @overload
    def __getitem__(self, place: int) -> OrderKey: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[OrderKey]: ...
    def __getitem__(self, place: int | slice) -> OrderKey | Sequence[OrderKey]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        claims, one = self._columns.claims, self._ordered[place : place + 1 or None]
        home = int(claims["article"][one[0]])
        return (
            int(first_of(self._columns, one, self._order)[0]),
            int(self._columns.articles["secondary"][home]),
            self._columns.ids[home],
            int(claims["start"][one[0]]),
            id_of(self._columns, int(one[0])),
        )


def id_of(columns: Columns, place: int) -> str:
    """The id of the claim at this place."""
    return whole(int(columns.claims["high"][place]), int(columns.claims["low"][place]))
