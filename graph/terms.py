"""Values as RDF terms and back, without loss. One codec for each kind of value.

Doubles are written in the form the store keeps (no exponent), so that what is written and what is read compare equal.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from graph.vocab import RDF_TYPE, node

Term = NamedNode | Literal
T = TypeVar("T")
E = TypeVar("E", bound=Enum)

_XSD = "http://www.w3.org/2001/XMLSchema#"
INTEGER_TYPE = NamedNode(_XSD + "integer")
DOUBLE_TYPE = NamedNode(_XSD + "double")
_PART_OF = NamedNode("https://w3id.org/picograph/vocab#partOf")
_CANONICAL = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
JSON_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON")


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """How values of one kind are written as a term and read again; ``decode`` is the inverse of ``encode``."""

    encode: Callable[[T], Term]
    decode: Callable[[Term], T]


def _text(value: str) -> Literal:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"text holds half of a surrogate pair at {error.start}") from error
    return Literal(value)


def _double(value: float) -> Literal:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{number} is not a number that can be stored")
    return Literal(number)


def _integer(value: int) -> Literal:
    return Literal(str(int(value)), datatype=INTEGER_TYPE)


def canonical_json(value: object) -> str:
    """Compact JSON with sorted keys; the one form in which JSON is stored and hashed."""
    return _CANONICAL.encode(value)


TEXT: Codec[str] = Codec(_text, lambda term: term.value)
DOUBLE: Codec[float] = Codec(_double, lambda term: float(term.value))
INTEGER: Codec[int] = Codec(_integer, lambda term: int(term.value))
BOOLEAN: Codec[bool] = Codec(Literal, lambda term: term.value == "true")
IRI: Codec[str] = Codec(node, lambda term: term.value)
JSON: Codec[Any] = Codec(
    lambda value: Literal(canonical_json(value), datatype=JSON_TYPE), lambda term: json.loads(term.value)
)


def coded(codes: Mapping[E, NamedNode]) -> Codec[E]:
    """The codec of a closed set. ``codes`` names every member by an IRI of its own. Raises KeyError on any other."""
    members = {code: member for member, code in codes.items()}
    if len(members) != len(codes):
        raise ValueError(f"two members share a code: {codes}")
    return Codec(lambda member: codes[member], lambda term: members[term])  # type: ignore[index]


class Node:
    """One node that is being written: collects its triples."""

    def __init__(self, subject: NamedNode, kind: NamedNode | None = None, record: NamedNode | None = None) -> None:
        """``kind`` is its class, where it says one; ``record`` the record it belongs to, where nothing links to it."""
        self.subject = subject
        self.quads: list[Quad] = []
        if kind is not None:
            self.link(RDF_TYPE, kind)
        if record is not None:
            self.link(_PART_OF, record)

    def put(self, predicate: NamedNode, codec: Codec[T], value: T | None) -> None:
        """Add one value; None adds nothing."""
        if value is not None:
            self.quads.append(Quad(self.subject, predicate, codec.encode(value)))

    def link(self, predicate: NamedNode, other: NamedNode) -> None:
        """Add a link to another node."""
        self.quads.append(Quad(self.subject, predicate, other))


class Description:
    """Triples that were read, by subject and predicate."""

    def __init__(self, triples: Iterable[tuple[NamedNode, NamedNode, Term]] = ()) -> None:
        self._held: dict[NamedNode, dict[NamedNode, list[Term]]] = {}
        self.add(triples)

    def add(self, triples: Iterable[tuple[NamedNode, NamedNode, Term]]) -> None:
        """More of what was read."""
        for subject, predicate, value in triples:
            self._held.setdefault(subject, {}).setdefault(predicate, []).append(value)

    def __contains__(self, subject: object) -> bool:
        return subject in self._held

    def one(self, subject: NamedNode, predicate: NamedNode, codec: Codec[T]) -> T | None:
        """The only value, None where there is none. Raises ValueError when there are several."""
        values = self._held.get(subject, {}).get(predicate, ())
        if len(values) > 1:
            raise ValueError(f"{subject} has {len(values)} values of {predicate}")
        return codec.decode(values[0]) if values else None

    def need(self, subject: NamedNode, predicate: NamedNode, codec: Codec[T]) -> T:
        """The only value. Raises ValueError when there is none or several."""
        value = self.one(subject, predicate, codec)
        if value is None:
            raise ValueError(f"{subject} has no {predicate}")
        return value

    def links(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        """Nodes that the node links to, in no order."""
        return [v for v in self._held.get(subject, {}).get(predicate, ()) if isinstance(v, NamedNode)]
