"""Places in tables as triples and back: a selector of our own beside those of Web Annotation. Pure."""

from __future__ import annotations

from pyoxigraph import NamedNode

from graph.terms import JSON, TEXT, Description, Node
from graph.vocab import EV, node
from ingest.claim import TableSelector

_PATHS = (("row", node(EV.rowPath)), ("column", node(EV.columnPath)))


def put_place(subject: NamedNode, record: NamedNode, place: TableSelector) -> Node:
    """The selector as a node of ``record``; a path is a JSON list, from the outermost head to the innermost."""
    part = Node(subject, node(EV.TableSelector), record)
    part.put(node(EV.table), TEXT, place.id)
    part.put(node(EV.label), TEXT, place.label)
    for name, predicate in _PATHS:
        path: tuple[str, ...] = getattr(place, name)
        part.put(predicate, JSON, list(path) if path else None)
    return part


def place_from(part: NamedNode, held: Description) -> TableSelector:
    """The inverse of ``put_place``."""
    row, column = (tuple(held.one(part, predicate, JSON) or ()) for _, predicate in _PATHS)
    return TableSelector(held.need(part, node(EV.table), TEXT), held.one(part, node(EV.label), TEXT), row, column)
