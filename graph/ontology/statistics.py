"""A claim's question as Cochrane's PICO ontology has it, and its numbers as STATO and OBI have them. Pure."""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode, Quad

from graph.mapping import mentions_of
from graph.ontology.annotations import anchored
from graph.terms import DOUBLE, INTEGER, IRI, TEXT, Codec, Node
from graph.vocab import DCTERMS, EV, OBO, PICO, RDF_TYPE, RDF_VALUE, RDFS_LABEL, node
from ingest.claim import Claim, Effect, IntervalKind, Mention

_GROUPS = {
    "intervention": (PICO.interventionGroup, PICO.InterventionGroup),
    "comparator": (PICO.comparatorGroup, PICO.InterventionGroup),
    "outcome": (PICO.outcomeGroup, PICO.Outcome),
    "population": (PICO.population, PICO.Population),
}
_HAS_PART = node(DCTERMS.hasPart)


def pico_quads(claim: Claim) -> list[Quad]:
    """The claim's subject: a PICO with a group for each slot, its concepts, and where its words stand."""
    subject = Node(NamedNode(f"{claim.id}#pico"), node(PICO.PICO))
    quads = [Quad(node(claim.id), node(DCTERMS.subject), subject.subject)]
    for role, mention in mentions_of(claim):
        predicate, kind = _GROUPS[role]
        group = Node(NamedNode(f"{claim.id}#{role}"), node(kind))
        subject.link(node(predicate), group.subject)
        group.put(RDFS_LABEL, TEXT, mention.label or mention.text)
        for concept in concepts_of(mention):
            group.put(node(EV.concept), IRI, concept)
        quads += group.quads
        if mention.span is not None:
            quads += anchored(group.subject, claim.article, mention.text, mention.span)
    return quads + subject.quads


def concepts_of(mention: Mention) -> list[str]:
    """The concepts of a mention, each once, the best first."""
    return list(dict.fromkeys((*([mention.concept] if mention.concept else ()), *mention.concepts)))


def statistics_quads(part: NamedNode, effect: Effect) -> list[Quad]:
    """The numbers of one effect as nodes of their own, each with its class and its value."""
    quads: list[Quad] = []

    def number(owner: NamedNode, name: str, kind: str, codec: Codec[Any], value: float | None) -> None:
        if value is not None:
            each = Node(NamedNode(f"{part.value}-{name}"), node(kind))
            each.put(RDF_VALUE, codec, value)
            quads.append(Quad(owner, _HAS_PART, each.subject))
            quads.extend(each.quads)

    number(part, "events", OBO.STATO_0000047, INTEGER, effect.events)
    number(part, "total", OBO.STATO_0000088, INTEGER, effect.total)
    number(part, "p", OBO.OBI_0000175, DOUBLE, None if effect.p is None else effect.p.value)
    interval = effect.interval
    if interval is not None and interval.kind is IntervalKind.CONFIDENCE:
        bounds = NamedNode(f"{part.value}-interval")
        quads.append(Quad(part, _HAS_PART, bounds))
        quads.append(Quad(bounds, RDF_TYPE, node(OBO.STATO_0000196)))
        number(bounds, "low", OBO.STATO_0000315, DOUBLE, interval.low)
        number(bounds, "high", OBO.STATO_0000314, DOUBLE, interval.high)
    return quads
