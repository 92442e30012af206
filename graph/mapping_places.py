"""Places in a text and in its tables as triples and back: a table selector of our own beside those of W3C. Pure."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from graph.terms import INTEGER, JSON, TEXT, Description, Node
from graph.vocab import EV, OA, node
from ingest.article import Span
from ingest.claim import TableSelector

SELECTOR = node(OA.hasSelector)
_START, _END = node(OA.start), node(OA.end)
_TABLE, _LABEL = node(EV.table), node(EV.label)
_PATHS = (("row", node(EV.rowPath)), ("column", node(EV.columnPath)))


def put_span(part: Node, span: Span) -> None:
    """The range, as the bounds of a W3C text position."""
    part.put(_START, INTEGER, span.start)
    part.put(_END, INTEGER, span.end)


def span_from(part: NamedNode, held: Description) -> Span:
    """The inverse of ``put_span``. Raises ValueError where there is no range."""
    return Span(held.need(part, _START, INTEGER), held.need(part, _END, INTEGER))


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
