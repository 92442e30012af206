"""A large store written anew, so that it takes less room.

Oxigraph compresses the lowest level of a table when it writes it, and only of a table of more than half a gigabyte.
What was loaded, or grew up to there, stays as it is until something newer lies above it. Such newer things are made
here: quads all over every table, added and removed in one transaction, so that nobody ever sees one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad
from rdflib.namespace import XSD

from graph.errors import StoreError
from graph.operations.figures import size_of
from graph.store import QuadStore
from graph.vocab import node

LARGE = 3_000_000_000
"""Bytes on disk below which a store is left as it is: its tables would not be compressed."""
_ROUNDS, _WORTH = 3, 0.99
"""How often it is written anew at most, while it shrinks by more than a hundredth: one time leaves some parts out."""
_SPREAD = 400
"""Quads of each kind: nodes are ordered by a hash, so that these lie all over a table."""


@dataclass(frozen=True, slots=True)
class Compacted:
    """Bytes on disk before and after; the same where the store was left as it is."""

    before: int
    after: int


def compact(store: QuadStore, *, least: int = LARGE) -> Compacted:
    """Write a store anew that takes ``least`` bytes or more on disk; it needs up to as much room again meanwhile.

    Raises StoreError for a store that is not on a disk of ours, or when writing fails; the store is whole then.
    """
    folder = store.folder
    if folder is None:
        raise StoreError("only a store in a folder is written anew, and no backup")
    before = size_of(folder)
    if before < least:
        return Compacted(before, before)
    quads, after = list(_everywhere()), before
    for _ in range(_ROUNDS):
        last = after
        store.rewrite(quads)
        after = size_of(folder)
        if after > _WORTH * last:
            break
    return Compacted(before, after)


def _everywhere() -> Iterator[Quad]:
    """Quads whose subjects, predicates and objects are all over what terms can be."""
    kinds: tuple[Callable[[int], NamedNode | Literal], ...] = (
        lambda n: _node(n + 1),
        lambda n: Literal(f"{n}"),
        lambda n: Literal(f"{n:040}"),
        lambda n: Literal(f"{n}", language="en"),
        lambda n: Literal(f"{n:040}", language="en"),
        lambda n: Literal(f"{n}", datatype=_node(0)),
        lambda n: Literal(f"{n:040}", datatype=_node(0)),
        lambda n: Literal(n % 2 == 0),
        lambda n: Literal(n * 10**12),
        lambda n: Literal(n * 1e9),
        lambda n: Literal(f"{1000 + n}-01-01", datatype=node(XSD.date)),
        lambda n: Literal(f"{1000 + n}-01-01T00:00:00Z", datatype=node(XSD.dateTime)),
        lambda n: Literal(f"{1000 + n}", datatype=node(XSD.gYear)),
        lambda n: Literal(f"P{n + 1}Y", datatype=node(XSD.yearMonthDuration)),
        lambda n: Literal(f"P{n + 1}D", datatype=node(XSD.dayTimeDuration)),
    )
    for kind in kinds:
        for number in range(_SPREAD):
            yield Quad(_node(number), _node(number), kind(number))


def _node(number: int) -> NamedNode:
    return NamedNode(f"urn:picograph:compacting:{number}")
