"""Where a claim's words stand: in the text, as one JSON value, and in tables, as a selector of our own. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Quad

from graph.terms import JSON, TEXT, Description, Node
from graph.vocab import EV, OA, node
from ingest.article import Span
from ingest.claim import Claim, Quote, TableSelector

SELECTOR = node(OA.hasSelector)
SLOTS = ("intervention", "comparator", "outcome", "population")
Around = tuple[int, str, str]
"""Where a passage begins, and the words before and behind it."""
_TABLE, _LABEL = node(EV.table), node(EV.label)
_PATHS = (("row", node(EV.rowPath)), ("column", node(EV.columnPath)))


@dataclass(frozen=True, slots=True)
class Places:
    """Where in the text all that a claim quotes begins; where it ends follows from the words, which are as long.

    ``quote`` and ``restatements`` have the words before and behind too. A slot whose place is unknown has none.
    """

    slots: Mapping[str, int]
    effects: Sequence[int]
    quote: Around
    restatements: Sequence[Around]

    def written(self) -> dict[str, Any]:
        """As plain values for JSON; what there is none of is left out."""
        more = {"effects": list(self.effects), "restatements": [list(each) for each in self.restatements]}
        return {**self.slots, "quote": list(self.quote)} | {name: value for name, value in more.items() if value}


def places_of(claim: Claim) -> Places:
    """Where the claim's words stand."""
    mentions = ((role, getattr(claim, role)) for role in SLOTS)
    return Places(
        {role: mention.span.start for role, mention in mentions if mention is not None and mention.span is not None},
        [effect.span.start for effect in claim.effects],
        _around(claim.quote),
        [_around(quote) for quote in claim.restatements],
    )


def places_from(held: Mapping[str, Any]) -> Places:
    """The inverse of ``Places.written``. Raises KeyError or ValueError for anything else."""
    slots = {role: int(held[role]) for role in SLOTS if role in held}
    start, before, behind = held["quote"]
    others = [(int(at), str(prefix), str(suffix)) for at, prefix, suffix in held.get("restatements", ())]
    return Places(slots, [int(at) for at in held.get("effects", ())], (int(start), str(before), str(behind)), others)


def span_at(start: int, words: str) -> Span:
    """The range of ``words`` that begin at ``start``."""
    return Span(start, start + len(words))


def _around(quote: Quote) -> Around:
    return quote.span.start, quote.prefix, quote.suffix


def put_place(head: Node, place: TableSelector | None) -> list[Quad]:
    """The selector as a node below ``head``, which links to it; nothing where there is none.

    A path is a JSON list, from the outermost head to the innermost.
    """
    if place is None:
        return []
    part = Node(NamedNode(f"{head.subject.value}-table"))
    head.link(SELECTOR, part.subject)
    part.put(_TABLE, TEXT, place.id)
    part.put(_LABEL, TEXT, place.label)
    for name, predicate in _PATHS:
        path: tuple[str, ...] = getattr(place, name)
        part.put(predicate, JSON, list(path) if path else None)
    return part.quads


def place_from(head: NamedNode, held: Description) -> TableSelector | None:
    """The inverse of ``put_place``."""
    links = held.links(head, SELECTOR)
    if not links:
        return None
    part = links[0]
    row, column = (tuple(held.one(part, predicate, JSON) or ()) for _, predicate in _PATHS)
    return TableSelector(held.need(part, _TABLE, TEXT), held.one(part, _LABEL, TEXT), row, column)
