"""The concept hierarchy as SKOS, with its closure: ``ev:within`` leads from a concept to itself and all broader ones.

Also how our own vocabulary relates to the published ones. All of it stands in the default graph beside the claims.
"""

from __future__ import annotations

import hashlib

from pyoxigraph import NamedNode, Quad

from graph import codes
from graph.terms import TEXT, canonical_json
from graph.vocab import EV, OA, OBO, PICO, RDF_TYPE, SCHEMA, SCHEME, SKOS, node
from ingest.terminology import Concept, Terminology

_MATCHES = (
    (EV.Claim, SKOS.closeMatch, OBO.SEPIO_0000001),
    (EV.Decision, SKOS.closeMatch, OBO.SEPIO_0000131),
    (EV.Study, SKOS.closeMatch, SCHEMA.MedicalStudy),
    (EV.intervention, SKOS.closeMatch, PICO.InterventionGroup),
    (EV.outcome, SKOS.closeMatch, PICO.Outcome),
    (EV.population, SKOS.closeMatch, PICO.Population),
    (EV.low, SKOS.exactMatch, OBO.STATO_0000315),
    (EV.high, SKOS.exactMatch, OBO.STATO_0000314),
    (EV.p, SKOS.exactMatch, OBO.OBI_0000175),
    (EV.printed, SKOS.closeMatch, OA.exact),
)


def terminology_hash(terminology: Terminology) -> str:
    """Changes when any concept, name or link does, or the way they are written here."""
    rows = [
        [c.iri, c.name, c.kind.value, list(c.synonyms), list(c.parents), c.favours]
        for c in sorted(terminology, key=lambda c: c.iri)
    ]
    matches = [[str(term) for term in match] for match in _MATCHES]
    return hashlib.sha256(canonical_json([rows, matches, 1]).encode("ascii")).hexdigest()


def terminology_quads(terminology: Terminology) -> list[Quad]:
    """Every concept with names, broader concepts and closure; none twice."""
    quads = [Quad(node(SCHEME), RDF_TYPE, node(SKOS.ConceptScheme))]
    quads += [Quad(node(a), node(b), node(c)) for a, b, c in _MATCHES]
    for concept in terminology:
        quads += _concept_quads(concept, sorted(terminology.ancestors(concept.iri)))
    return quads


def _concept_quads(concept: Concept, closure: list[str]) -> list[Quad]:
    subject = node(concept.iri)
    quads = [
        Quad(subject, RDF_TYPE, node(SKOS.Concept)),
        Quad(subject, node(SKOS.inScheme), node(SCHEME)),
        Quad(subject, node(SKOS.prefLabel), TEXT.encode(concept.name)),
        Quad(subject, node(EV.conceptKind), codes.CONCEPT_KIND.encode(concept.kind)),
    ]
    quads += [Quad(subject, node(SKOS.altLabel), TEXT.encode(name)) for name in dict.fromkeys(concept.synonyms)]
    quads += [Quad(subject, node(SKOS.broader), node(parent)) for parent in dict.fromkeys(concept.parents)]
    quads += [Quad(subject, node(EV.within), node(broader)) for broader in closure]
    if concept.favours:
        quads.append(Quad(subject, node(EV.favours), node(EV[concept.favours])))
    return quads


def own_closure(concept: str) -> Quad:
    """What a concept needs that claims use and the terminology lacks: it is within itself."""
    return Quad(NamedNode(concept), node(EV.within), NamedNode(concept))
