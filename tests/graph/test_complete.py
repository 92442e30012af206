"""The complete form of a claim: everything that is stored, in standard terms beside it, and back without loss."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from pyoxigraph import BlankNode, NamedNode, Quad

from graph.mapping import claim_quads
from graph.ontology.complete import claim_of, complete_quads
from graph.ontology.conformity import conforms
from graph.vocab import EV, OA, OBO, PICO, RDF_TYPE, node
from ingest.article import Article
from ingest.claim import Claim
from tests import builders, strategies

SOURCE = builders.article()
CLAIM = builders.spm_claim(SOURCE)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles_with_claims(max_claims=1))
def test_a_claim_comes_back_exactly_from_its_complete_form(case: tuple[Article, list[Claim]]) -> None:
    source, claims = case
    for claim in claims:
        quads = complete_quads(claim, source)
        assert claim_of(reversed(quads)) == claim
        assert set(quads) >= set(claim_quads(claim))
        assert len(quads) == len(set(quads))
        assert not [q for q in quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]


def test_the_complete_form_conforms_to_the_shapes_of_the_stored_one() -> None:
    assert conforms(complete_quads(CLAIM, SOURCE)) == []


def one(quads: list[Quad], subject: NamedNode, predicate: str) -> NamedNode:
    (value,) = [q.object for q in quads if q.subject == subject and q.predicate == node(predicate)]
    assert isinstance(value, NamedNode)
    return value


def test_a_quote_is_a_whole_web_annotation() -> None:
    quads = complete_quads(CLAIM, SOURCE)
    bodies = {q.object for q in quads if q.predicate == node(OA.hasBody)}
    assert node(CLAIM.id) in bodies
    annotation = next(q.subject for q in quads if q.predicate == node(OA.hasBody) and q.object == node(CLAIM.id))
    assert isinstance(annotation, NamedNode)
    target = one(quads, annotation, OA.hasTarget)
    assert one(quads, target, OA.hasSource).value == SOURCE.id
    selectors = {q.object for q in quads if q.subject == target and q.predicate == node(OA.hasSelector)}
    kinds = {q.object for q in quads if q.subject in selectors and q.predicate == RDF_TYPE}
    assert kinds == {node(OA.TextQuoteSelector), node(OA.TextPositionSelector)}


def test_numbers_and_slots_have_the_classes_of_stato_and_pico() -> None:
    quads = complete_quads(CLAIM, SOURCE)
    kinds = {q.object for q in quads if q.predicate == RDF_TYPE}
    for term in (
        OBO.STATO_0000677, OBO.STATO_0000196, OBO.STATO_0000315, OBO.STATO_0000314, OBO.OBI_0000175,
        OBO.SEPIO_0000001, PICO.PICO, PICO.Population, PICO.Outcome, PICO.InterventionGroup, EV.Mention, EV.Quote,
    ):  # fmt: skip
        assert node(term) in kinds
