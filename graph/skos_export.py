"""The whole terminology as SKOS in Turtle, a concept at a time. The same terminology gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from graph.hierarchy import skos_quads
from graph.vocab import DCTERMS, PREFIXES, RDF_TYPE, SCHEME, SKOS, node
from ingest.curies import PREFIXES as VOCABULARIES
from ingest.terminology import Terminology

TITLE = "The terminology of picograph"
_PREFIXES = {name: PREFIXES[name] for name in ("dcterms", "ev", "skos")} | VOCABULARIES
_NEXT = " ;\n    "
_LOCAL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?")


def skos_lines(terminology: Terminology) -> Iterator[bytes]:
    """Turtle: the prefixes, the scheme, then every concept in the order in which the terminology has them.

    Of a concept: type, scheme, kind, preferred and other names, favoured direction, directly broader concepts, and the
    same concept in other vocabularies; not the closure, which follows from ``skos:broader``.
    """
    for name, iri in sorted(_PREFIXES.items()):
        yield f"@prefix {name}: <{iri}> .\n".encode("ascii")
    kind, title = _written(node(SKOS.ConceptScheme)), _short(str(DCTERMS["title"]))
    yield f"\n<{SCHEME}> a {kind} ;\n    {title} {Literal(TITLE)} .\n".encode("ascii")
    for concept in terminology:
        facts = [f"{_verb(quad.predicate)} {_written(quad.object)}" for quad in skos_quads(concept)]
        yield f"\n{_short(concept.iri)} {_NEXT.join(facts)} .\n".encode()


def _verb(predicate: NamedNode) -> str:
    return "a" if predicate == RDF_TYPE else _short(predicate.value)


def _written(term: object) -> str:
    return _short(term.value) if isinstance(term, NamedNode) else str(term)


@lru_cache(maxsize=10_000)
def _short(iri: str) -> str:
    """The IRI by its prefix, where the rest is plain enough for Turtle, else as it stands.

    >>> _short("http://id.nlm.nih.gov/mesh/D009101"), _short("http://id.nlm.nih.gov/mesh/a,b")
    ('mesh:D009101', '<http://id.nlm.nih.gov/mesh/a,b>')
    """
    for prefix, beginning in _PREFIXES.items():
        if iri.startswith(beginning) and _LOCAL.fullmatch(iri, len(beginning)):
            return f"{prefix}:{iri[len(beginning) :]}"
    return str(node(iri))
