"""Concepts as SKOS, with the closure: ``ev:within`` leads from a concept to itself and to everything broader. Pure.

The terminology is far larger than what a library uses of it, so the default graph holds the concepts that claims and
decisions use, with everything broader, and nothing else. Also how our own vocabulary relates to the published ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from graph import codes
from graph.ontology.files import mappings
from graph.terms import TEXT, canonical_json
from graph.vocab import EV, RDF_TYPE, SCHEME, SKOS, node
from ingest.curies import expand
from ingest.terminology import Concept, Terminology

LAYOUT = 2
"""Moves when the same terminology is written in another way: stores are then brought up to date as they are opened."""
_WITHIN = node(EV.within)
_ABOUT = frozenset(
    node(p)
    for p in (
        SKOS.inScheme,
        SKOS.prefLabel,
        SKOS.altLabel,
        SKOS.broader,
        SKOS.exactMatch,
        EV.conceptKind,
        EV.favours,
        EV.within,
    )
)


def terminology_hash(terminology: Terminology) -> str:
    """Changes when any concept, name or link does, or the way they are written here."""
    matches = [[term.value for term in match] for match in mappings()]
    return hashlib.sha256(canonical_json([terminology.digest, matches, LAYOUT]).encode("ascii")).hexdigest()


def scheme_quads() -> list[Quad]:
    """What every store holds, whatever its claims use."""
    quads = [Quad(node(SCHEME), RDF_TYPE, node(SKOS.ConceptScheme))]
    return quads + [Quad(*mapping) for mapping in mappings()]


def with_broader(concepts: Iterable[str], terminology: Terminology) -> set[str]:
    """These concepts and everything broader. One that the terminology lacks is within itself alone."""
    found: set[str] = set()
    for iri in concepts:
        found |= terminology.ancestors(iri) if known(iri, terminology) is not None else {iri}
    return found


def concept_quads(concepts: Iterable[str], terminology: Terminology) -> list[Quad]:
    """What the graph says of these concepts; give them ``with_broader``, so that no link leads nowhere."""
    quads: list[Quad] = []
    for iri in sorted(concepts):
        concept = known(iri, terminology)
        if concept is None:
            quads.append(Quad(NamedNode(iri), _WITHIN, NamedNode(iri)))
        else:
            quads += skos_quads(concept)
            quads += [Quad(node(iri), _WITHIN, node(broader)) for broader in sorted(terminology.ancestors(iri))]
    return quads


def known(iri: str, terminology: Terminology) -> Concept | None:
    """The concept with exactly this IRI: its compact id is no name of a node."""
    concept = terminology.get(iri)
    return concept if concept is not None and concept.iri == iri else None


def skos_quads(concept: Concept) -> list[Quad]:
    """One concept without its closure; no quad twice."""
    subject = node(concept.iri)
    quads = [
        Quad(subject, RDF_TYPE, node(SKOS.Concept)),
        Quad(subject, node(SKOS.inScheme), node(SCHEME)),
        Quad(subject, node(SKOS.prefLabel), TEXT.encode(concept.name)),
        Quad(subject, node(EV.conceptKind), codes.CONCEPT_KIND.encode(concept.kind)),
    ]
    if concept.favours:
        quads.append(Quad(subject, node(EV.favours), node(EV[concept.favours])))
    others = dict.fromkeys(name for name in concept.synonyms if name != concept.name)
    quads += [Quad(subject, node(SKOS.altLabel), TEXT.encode(name)) for name in others]
    quads += [Quad(subject, node(SKOS.broader), node(parent)) for parent in dict.fromkeys(concept.parents)]
    return quads + [Quad(subject, node(SKOS.exactMatch), other) for other in _nodes(concept.same)]


def is_about_concept(quad: Quad) -> bool:
    """True for what ``concept_quads`` may have written of a concept, whatever else its node may be."""
    return quad.predicate in _ABOUT or (quad.predicate == RDF_TYPE and quad.object == node(SKOS.Concept))


def _nodes(compact: Iterable[str]) -> list[NamedNode]:
    """Compact ids as nodes; what a vocabulary of one's own calls an id, and is no IRI, is left out."""
    found: dict[NamedNode, None] = {}
    for one in compact:
        try:
            found[node(expand(one))] = None
        except ValueError:
            continue
    return list(found)
