"""A claim as JSON-LD: other programs read the triples of the complete form, and it comes back without loss."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from graph.decisions import make_decision
from graph.model import Reason, Verdict
from graph.ontology.base import rebased
from graph.ontology.files import context, defined, ontology_quads
from graph.ontology.jsonld import claim_from_jsonld, claim_jsonld, published_quads
from graph.terms import JSON_TYPE
from graph.vocab import BASE, PREFIXES, RDF_TYPE, VOCABULARY
from ingest.article import Article
from ingest.claim import Claim, Measure
from tests import builders, strategies
from tests.graph.small import TERMINOLOGY

SOURCE = builders.article()
CLAIM = builders.spm_claim(SOURCE)
DECISION = make_decision(
    CLAIM, SOURCE.text, TERMINOLOGY, Verdict.CORRECT, changes=[("effects[0].timepoint", "at 3 years")],
    reason=Reason.OTHER, note="seen", author="Ann", made_at="2026-03-01T12:00:00Z",
)  # fmt: skip
OTHER = "https://example.org/kg/"
XSD = PREFIXES["xsd"]


def meaning(term: Any) -> tuple[Any, ...]:
    """A term by what it says: numbers by value, JSON by content."""
    if isinstance(term, rdflib.term.Node):
        term = (
            Literal(str(term), datatype=NamedNode(str(term.datatype or XSD + "string")))
            if isinstance(term, rdflib.Literal)
            else NamedNode(str(term))
        )
    if isinstance(term, NamedNode):
        return ("iri", term.value)
    kind = term.datatype.value
    if term.datatype == JSON_TYPE:
        return (kind, json.dumps(json.loads(term.value), sort_keys=True))
    if kind in (XSD + "double", XSD + "integer"):
        return (kind, float(term.value) if kind.endswith("double") else int(term.value))
    return (kind, term.value)


def meanings(triples: Any) -> set[tuple[Any, ...]]:
    return {tuple(meaning(part) for part in triple) for triple in triples}


def of_quads(quads: Any) -> set[tuple[Any, ...]]:
    return meanings((q.subject, q.predicate, q.object) for q in quads)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles_with_claims(max_claims=1))
def test_a_claim_comes_back_exactly_through_json_ld(case: tuple[Article, list[Claim]]) -> None:
    source, claims = case
    for claim in claims:
        text = json.dumps(claim_jsonld(claim, source, base=OTHER))
        assert of_quads(parse(text, RdfFormat.JSON_LD)) == of_quads(rebased(published_quads(claim, source), OTHER))
        assert claim_from_jsonld(text, OTHER) == claim


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles_with_claims(max_claims=1))
def test_rdflib_reads_the_same_triples(case: tuple[Article, list[Claim]]) -> None:
    source, claims = case
    for claim in claims:
        graph = rdflib.Graph().parse(data=json.dumps(claim_jsonld(claim, source)), format="json-ld")
        assert meanings(graph) == of_quads(published_quads(claim, source))


def test_decisions_and_run_are_in_the_document() -> None:
    document = claim_jsonld(CLAIM, SOURCE, [DECISION], builders.RUN)
    wanted = of_quads(published_quads(CLAIM, SOURCE, [DECISION], builders.RUN))
    assert of_quads(parse(json.dumps(document), RdfFormat.JSON_LD)) == wanted
    assert meanings(rdflib.Graph().parse(data=json.dumps(document), format="json-ld")) == wanted
    text = json.dumps(document)
    assert "Ann" in text
    assert "picograph 0.1.0" in text


def test_the_document_is_what_people_expect_to_see() -> None:
    document = claim_jsonld(CLAIM, SOURCE)
    assert document["@id"] == CLAIM.id
    assert document["@type"] == ["Claim", "AssertionOfEvidence"]
    assert document["status"] == "unreviewed"
    effect = document["effect"]
    assert (effect["measure"], effect["value"], effect["low"], effect["high"]) == ("hazardRatio", 1.55, 1.03, 2.34)
    assert document["annotations"]["hasTarget"]["hasSelector"][0]["exact"] == CLAIM.quote.exact
    assert document["subject"]["populationGroup"]["rdfsLabel"] == "transplant-eligible patients"


def test_the_same_claim_gives_the_same_bytes_whatever_the_order_of_sets() -> None:
    assert json.dumps(claim_jsonld(CLAIM, SOURCE)) == json.dumps(claim_jsonld(builders.spm_claim(SOURCE), SOURCE))


@pytest.mark.parametrize("number", [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -0.0, 1e21, 123456789.123456789, 95.0])
def test_numbers_survive_to_the_last_bit(number: float) -> None:
    effect = builders.effect(SOURCE.text, "HR 1.55", value=number, measure=Measure.HAZARD_RATIO)
    claim = builders.spm_claim(SOURCE, effects=(effect,))
    back = claim_from_jsonld(json.dumps(claim_jsonld(claim, SOURCE))).effects[0].value
    assert repr(back) == repr(number)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"@context": "https://example.org/c", "@id": "urn:a"}'])
def test_what_is_no_claim_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not JSON-LD|not one"):
        claim_from_jsonld(text)


def test_the_context_agrees_with_the_ontology() -> None:
    held = context()
    ranges = {q.subject.value: q.object.value for q in ontology_quads() if q.predicate.value.endswith("#range")}  # type: ignore[union-attr]
    closed = {q.subject.value for q in ontology_quads() if q.predicate.value.endswith("#closedSet")}  # type: ignore[union-attr]
    links = {q.subject.value for q in ontology_quads() if q.object.value.endswith("#ObjectProperty")}  # type: ignore[union-attr]
    typed = {f"{XSD}double", f"{XSD}integer", f"{XSD}boolean"}
    for name in defined():
        iri = VOCABULARY + name
        wanted = "@vocab" if iri in closed else "@id" if iri in links else ranges.get(iri)
        if wanted in typed or str(wanted).startswith("@"):
            assert held[name] == {"@id": iri, "@type": wanted}
    for name, said in held.items():
        if name in defined():
            assert said["@id"] == VOCABULARY + name, "a term of ours must not mean something else"
    iris = [said["@id"] for said in held.values() if isinstance(said, dict) and "@id" in said]
    assert len(iris) == len(set(iris))


def test_the_context_has_no_prefixes_that_an_iri_could_be_taken_for() -> None:
    for name, said in context().items():
        assert name.startswith("@") or (isinstance(said, dict) and ":" not in name)


def test_a_base_moves_the_whole_document() -> None:
    text = json.dumps(claim_jsonld(CLAIM, SOURCE, [DECISION], builders.RUN, base=OTHER))
    assert BASE not in text
    assert any(
        isinstance(q, Quad) and q.predicate == RDF_TYPE and q.object == NamedNode(OTHER + "vocab#Claim")
        for q in parse(text, RdfFormat.JSON_LD)
    )
