"""Quads as JSON-LD by a context: terms for IRIs, plain values, nodes inside the node that leads to them. Pure.

Small on purpose: it writes what our own context can say, and writes out in full what it cannot.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from graph.terms import DOUBLE_TYPE, INTEGER_TYPE, JSON_TYPE
from graph.vocab import PREFIXES, RDF_TYPE

JsonObject = dict[str, Any]
_STRING, _BOOLEAN = (NamedNode(PREFIXES["xsd"] + name) for name in ("string", "boolean"))
_SAFE = 2**53
"""Whole numbers up to here are the same in every program that reads JSON."""


class Compaction:
    """Quads by their subject, and a context to write them with."""

    def __init__(self, quads: Iterable[Quad], context: JsonObject) -> None:
        self._vocabulary: str = context["@vocab"]
        said = {name: one for name, one in context.items() if isinstance(one, dict)}
        self._terms = {one["@id"]: (name, one.get("@type")) for name, one in said.items() if "@id" in one}
        self._turned = {one["@reverse"]: name for name, one in said.items() if "@reverse" in one}
        self._held: dict[str, list[Quad]] = {}
        self._to: dict[str, list[Quad]] = {}
        for quad in quads:
            self._held.setdefault(quad.subject.value, []).append(quad)  # type: ignore[union-attr]
            if quad.predicate.value in self._turned and isinstance(quad.object, NamedNode):
                self._to.setdefault(quad.object.value, []).append(quad)
        self._written: set[str] = set()
        self._inside: set[Quad] = set()

    def node(self, iri: str) -> JsonObject:
        """The node with all that it says, and all nodes that it leads to and that are not yet written."""
        self._written.add(iri)
        made: JsonObject = {"@id": iri}
        kinds = [self._named(q.object.value) for q in self._held.get(iri, ()) if q.predicate == RDF_TYPE]  # type: ignore[union-attr]
        if kinds:
            made["@type"] = kinds[0] if len(kinds) == 1 else kinds
        values: dict[str, list[Any]] = {}
        for quad in self._held.get(iri, ()):
            if quad.predicate != RDF_TYPE and quad not in self._inside:
                name, kind = self._terms.get(quad.predicate.value, (self._named(quad.predicate.value), None))
                values.setdefault(name, []).append(self._value(quad.object, kind))
        for quad in self._to.get(iri, ()):
            if quad.subject.value not in self._written:  # type: ignore[union-attr]
                self._inside.add(quad)
                name = self._turned[quad.predicate.value]
                values.setdefault(name, []).append(self.node(quad.subject.value))  # type: ignore[union-attr]
        return made | {name: each[0] if len(each) == 1 else each for name, each in values.items()}

    def rest(self) -> list[JsonObject]:
        """The nodes that no written node leads to."""
        return [self.node(iri) for iri in list(self._held) if iri not in self._written]

    def _named(self, iri: str) -> str:
        if iri in self._terms:
            return self._terms[iri][0]
        name = iri.removeprefix(self._vocabulary)
        return name if name != iri and name.isidentifier() else iri

    def _value(self, value: object, kind: str | None) -> Any:
        if isinstance(value, NamedNode):
            if kind == "@vocab":
                return self._named(value.value)
            if value.value in self._held and value.value not in self._written:
                return self.node(value.value)
            return value.value if kind == "@id" else {"@id": value.value}
        assert isinstance(value, Literal), "picograph writes no blank nodes"
        if value.datatype == JSON_TYPE:
            held = json.loads(value.value)
            return held if kind == "@json" else {"@value": held, "@type": "@json"}
        if value.datatype == _STRING:
            return value.value if kind is None else {"@value": value.value}
        if value.datatype == _BOOLEAN and kind == _BOOLEAN.value:
            return value.value == "true"
        if kind == value.datatype.value:
            return _number(value)
        return {"@value": value.value, "@type": value.datatype.value}


def _number(value: Literal) -> Any:
    """As a JSON number where every program reads it back the same, else as it is written; the context says the type."""
    if value.datatype == INTEGER_TYPE and abs(int(value.value)) <= _SAFE:
        return int(value.value)
    if value.datatype == DOUBLE_TYPE:
        number = float(value.value)
        if float(f"{number:.15E}") == number and (number or str(number) == "0.0"):  # JSON-LD keeps 16 digits, no -0
            return number
    return value.value
