"""Which claims a question asks for: its slots, then its filters, over columns."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from graph.index.columns import Mask, Numbers
from graph.index.filtering import fitting
from graph.index.matching import mentions_of
from graph.index.side import SideIndex
from graph.language.tree import And, Anything, Expression, Not, Or, Term, terms
from graph.language.understanding import Slot, Understood


@dataclass
class Choice:
    """The claims that fit a question, whatever their status and kind, as places in the columns, ascending.

    ``named`` is how many fit the slots, whatever the filters say. ``meant`` has the mentions of every term, by its slot
    and its words.
    """

    chosen: Numbers
    named: int
    meant: dict[tuple[str, str], Mask] = field(default_factory=dict)


def choose(index: SideIndex, asked: Understood) -> Choice:
    """The claims that fit the slots and the filters."""
    columns = index.columns
    alive = columns.claims["alive"]
    meant = dict[tuple[str, str], Mask]()
    for slot in asked.slots:
        for term in terms(slot.expression):
            meant[slot.role, term.words] = mentions_of(index, slot.meanings[term.words])
    slots = [(columns.slot(slot.role), _mentions(index, slot, slot.expression, meant)) for slot in asked.slots]
    slots.sort(key=lambda slot: int(np.count_nonzero(slot[1])))  # few mentions first, so that little is left to look at
    chosen = np.flatnonzero(slots[0][1][slots[0][0]] & alive if slots else alive)
    for held, mask in slots[1:]:
        chosen = chosen[mask[held[chosen]]]
    named = len(chosen)
    for each in asked.question.filters:
        chosen = chosen[fitting(index, chosen, each)]
    return Choice(chosen, named, meant)


def by_itself(index: SideIndex, role: str, mask: Mask) -> int:
    """How many claims have one of these mentions in a slot."""
    columns = index.columns
    return int(np.count_nonzero(mask[columns.slot(role)] & columns.claims["alive"]))


def _mentions(index: SideIndex, slot: Slot, part: Expression, meant: dict[tuple[str, str], Mask]) -> Mask:
    """The mentions of which an expression is true; the last element, which stands for an empty slot, is False."""
    if isinstance(part, Term):
        return meant[slot.role, part.words]
    if isinstance(part, Anything):
        found: Mask = np.ones(index.columns.mentions.size + 1, np.bool_)
    elif isinstance(part, Not):
        found = ~_mentions(index, slot, part.part, meant)
    else:
        assert isinstance(part, And | Or)
        together = np.logical_and if isinstance(part, And) else np.logical_or
        found = together.reduce([_mentions(index, slot, each, meant) for each in part.parts])
    found[-1] = False
    return found
