"""The ontology, its shapes and its context as they ship, and what follows from the ontology. Read on first use."""

from __future__ import annotations

import io
import json
from functools import cache
from importlib import resources
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from graph.ontology.base import normal_base
from graph.vocab import BASE, SKOS, VOCABULARY, node

ONTOLOGY, SHAPES, CONTEXT = "picograph.ttl", "shapes.ttl", "context.jsonld"
_MAPPINGS = (node(SKOS.closeMatch), node(SKOS.exactMatch))


@cache
def shipped(name: str) -> str:
    """The text of one of the files."""
    return (resources.files("graph.ontology") / name).read_text(encoding="utf-8")


def published(name: str, base: str = BASE) -> str:
    """The text of one of the files with our own IRIs below ``base``. Raises ValueError when that is no base."""
    return shipped(name).replace(BASE, normal_base(base))


def as_jsonld(name: str, base: str = BASE) -> bytes:
    """One of the Turtle files as JSON-LD."""
    out = io.BytesIO()
    serialize(parse(published(name, base), RdfFormat.TURTLE), out, RdfFormat.JSON_LD)
    return out.getvalue()


def context(base: str = BASE) -> dict[str, Any]:
    """The JSON-LD context, without the member that wraps it in its file."""
    held: dict[str, Any] = json.loads(published(CONTEXT, base))["@context"]
    return held


@cache
def ontology_quads() -> tuple[Quad, ...]:
    """The ontology as quads, in the order of its file."""
    return tuple(parse(shipped(ONTOLOGY), RdfFormat.TURTLE))


@cache
def mappings() -> tuple[tuple[NamedNode, NamedNode, NamedNode], ...]:
    """How our terms relate to published ones (``skos:closeMatch``, ``skos:exactMatch``), in the order of the file."""
    return tuple(
        (q.subject, q.predicate, q.object)
        for q in ontology_quads()
        if q.predicate in _MAPPINGS and isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode)
    )


@cache
def defined() -> frozenset[str]:
    """The names of the terms that the ontology defines, without their namespace."""
    subjects = {q.subject.value for q in ontology_quads() if isinstance(q.subject, NamedNode)}
    return frozenset(iri.removeprefix(VOCABULARY) for iri in subjects if iri.startswith(VOCABULARY))
