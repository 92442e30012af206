"""Nanopublications are well formed, their IRIs fit their content, and each revision names the one before."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from graph.decisions import effective, make_decision, stages
from graph.model import Change, Decision, Reason, Verdict
from graph.ontology.base import rebased
from graph.ontology.complete import claim_of
from graph.ontology.nanopub import Nanopub, nanopubs
from graph.ontology.trusty import LENGTH, artifact_code
from graph.vocab import BASE, BIOLINK, DCTERMS, NP, NPX, OBO, PROV, RDF_TYPE, node
from ingest.article import Article
from ingest.claim import Claim
from tests import builders, strategies
from tests.graph.small import TERMINOLOGY

SOURCE = builders.article()
CLAIM = builders.spm_claim(SOURCE)
RUN = builders.RUN
OTHER = "https://example.org/kg/"


def decisions(*verdicts: Verdict) -> list[Decision]:
    made: list[Decision] = []
    for day, verdict in enumerate(verdicts, 1):
        state = effective(CLAIM, made, SOURCE.text)[0]
        changes = [("population.label", f"label {day}")] if verdict is Verdict.CORRECT else []
        when = f"2026-03-{day:02}T12:00:00Z"
        made.append(
            make_decision(
                state,
                SOURCE.text,
                TERMINOLOGY,
                verdict,
                changes=changes,
                reason=Reason.OTHER,
                author="Ann",
                made_at=when,
            )
        )
    return made


def graphs(quads: list[Quad]) -> dict[str, list[Quad]]:
    found: dict[str, list[Quad]] = {}
    for quad in quads:
        assert isinstance(quad.graph_name, NamedNode), "everything is in a named graph"
        found.setdefault(quad.graph_name.value, []).append(quad)
    return found


def well_formed(one: Nanopub) -> dict[str, list[Quad]]:
    """The four graphs by what they are, after the rules of the nanopublication guidelines, read from the TriG."""
    quads = list(parse(one.trig(), RdfFormat.TRIG))
    held = graphs(quads)
    this = NamedNode(one.iri)
    heads = [g for g, said in held.items() for q in said if q.object == node(NP.Nanopublication)]
    assert len(heads) == 1
    named = {"head": heads[0]}
    for part, predicate in (
        ("assertion", NP.hasAssertion),
        ("provenance", NP.hasProvenance),
        ("info", NP.hasPublicationInfo),
    ):
        (graph,) = [q.object for q in held[heads[0]] if q.subject == this and q.predicate == node(predicate)]
        assert isinstance(graph, NamedNode)
        named[part] = graph.value
    assert set(held) == set(named.values())
    assert len(held) == 4
    assert all(held.values())
    assert NamedNode(named["assertion"]) in {q.subject for q in held[named["provenance"]]}
    assert this in {q.subject for q in held[named["info"]]}
    assert not [q for q in quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]
    code = one.iri[-LENGTH:]
    assert one.iri == f"{one.iri[:-LENGTH]}{code}"
    assert artifact_code(quads, code) == code
    return {part: held[graph] for part, graph in named.items()}


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles_with_claims(max_claims=1))
def test_every_claim_is_a_nanopublication_from_which_it_comes_back(case: tuple[Article, list[Claim]]) -> None:
    source, claims = case
    for claim in claims:
        (one,) = nanopubs(claim, [], source, RUN)
        parts = well_formed(one)
        assert claim_of([*parts["assertion"], *parts["provenance"]]) == claim


@settings(deadline=None, max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles_with_claims(max_claims=1))
def test_the_code_still_fits_what_rdflib_has_read(case: tuple[Article, list[Claim]]) -> None:
    source, claims = case
    for claim in claims:
        (one,) = nanopubs(claim, [], source, RUN)
        read = rdflib.Dataset()
        read.parse(data=one.trig(), format="trig")
        again = list(parse(read.serialize(format="nquads"), RdfFormat.N_QUADS))
        assert artifact_code(again, one.iri[-LENGTH:]) == one.iri[-LENGTH:]


def test_the_code_is_the_one_that_the_reference_implementation_gives() -> None:
    """Made with the Python package nanopub 2.2.2."""
    quad = Quad(NamedNode(BASE + "a"), NamedNode(BASE + "b"), Literal("line\nand \\ and \u00e9"), NamedNode(BASE + "g"))
    assert artifact_code([quad]) == GOLDEN
    assert artifact_code([quad, quad]) == GOLDEN


GOLDEN = "RAz-3qUtzWWNHfzwQROZi2AYLY4ZBHrgBIbZySGB6peiQ"


@pytest.mark.parametrize("change", ["1.55", "lenalidomide", "2026-01-02"])
def test_a_changed_nanopublication_shows(change: str) -> None:
    (one,) = nanopubs(CLAIM, [], SOURCE, RUN)
    forged = one.trig().replace(change.encode(), b"9" * len(change))
    assert forged != one.trig()
    assert artifact_code(parse(forged, RdfFormat.TRIG), one.iri[-LENGTH:]) != one.iri[-LENGTH:]


def linked(part: list[Quad], predicate: str) -> list[str]:
    return [q.object.value for q in part if q.predicate == node(predicate)]  # type: ignore[union-attr]


def test_each_revision_supersedes_the_one_before_and_a_rejection_retracts_it() -> None:
    made = decisions(Verdict.ACCEPT, Verdict.CORRECT, Verdict.REJECT, Verdict.ACCEPT)
    chain = nanopubs(CLAIM, made, SOURCE, RUN)
    parts = [well_formed(one) for one in chain]
    assert [linked(p["info"], NPX.supersedes) for p in parts] == [
        [], [chain[0].iri], [chain[1].iri], [], [chain[3].iri],
    ]  # fmt: skip
    assert [linked(p["assertion"], NPX.retracts) for p in parts] == [[], [], [], [chain[2].iri], []]
    assert len(parts[3]["assertion"]) == 1
    assert [linked(p["info"], NPX.introduces) for p in parts] == [[CLAIM.id]] * 3 + [[]] + [[CLAIM.id]]
    assert [n.iri for n in nanopubs(CLAIM, made[:2], SOURCE, RUN)] == [n.iri for n in chain[:3]]


def test_a_claim_passes_through_the_states_that_its_decisions_give_it() -> None:
    made = decisions(Verdict.ACCEPT, Verdict.CORRECT, Verdict.REJECT, Verdict.CORRECT, Verdict.ACCEPT)
    wanted = [effective(CLAIM, made[:count], SOURCE.text)[0] for count in range(len(made) + 1)]
    assert stages(CLAIM, made, SOURCE.text) == wanted
    stale = replace(made[1], changes=(Change("effects[0].value", 9.9, 1.0),))
    assert stages(CLAIM, [stale], SOURCE.text) == [CLAIM]
    with pytest.raises(ValueError, match="zip"):
        nanopubs(CLAIM, [stale], SOURCE)


def test_a_nanopublication_does_not_grow_with_the_decisions_before_it() -> None:
    short, long = (nanopubs(CLAIM, decisions(*[Verdict.ACCEPT] * n), SOURCE, RUN)[-1] for n in (2, 12))
    assert len(short.quads) == len(long.quads)


def test_who_says_so_and_how_sure_it_is_changes_with_curation() -> None:
    read, confirmed = (well_formed(one) for one in nanopubs(CLAIM, decisions(Verdict.ACCEPT), SOURCE, RUN))
    assert linked(read["provenance"], BIOLINK.agent_type) == ["text_mining_agent"]
    assert linked(confirmed["provenance"], BIOLINK.agent_type) == ["manual_validation_of_automated_agent"]
    assert node(OBO.ECO_0007539) in {q.object for q in read["provenance"] if q.predicate == RDF_TYPE}
    assert node(OBO.ECO_0006017) in {q.object for q in confirmed["provenance"] if q.predicate == RDF_TYPE}
    assert linked(confirmed["provenance"], PROV.wasDerivedFrom)[0] == SOURCE.id


def test_there_are_no_times_but_those_that_were_recorded() -> None:
    (one,) = nanopubs(CLAIM, [], SOURCE)
    assert b"dateTime" not in one.trig()
    read, confirmed = (well_formed(n) for n in nanopubs(CLAIM, decisions(Verdict.ACCEPT), SOURCE, RUN))
    assert linked(read["info"], DCTERMS.created) == ["2026-01-02T03:04:05+00:00"]
    assert linked(confirmed["info"], DCTERMS.created) == ["2026-03-01T12:00:00+00:00"]


def test_the_same_claim_gives_the_same_bytes() -> None:
    first, second = (nanopubs(CLAIM, decisions(Verdict.CORRECT), SOURCE, RUN)[-1] for _ in range(2))
    assert first.trig() == second.trig()
    assert pyoxigraph.Dataset(first.quads) == pyoxigraph.Dataset(parse(first.trig(), RdfFormat.TRIG))


def test_a_base_moves_everything_and_the_code_with_it() -> None:
    here, there = (nanopubs(CLAIM, decisions(Verdict.ACCEPT), SOURCE, RUN, base)[-1] for base in (BASE, OTHER))
    assert there.iri.startswith(OTHER + "np/RA")
    assert BASE.encode() not in there.trig()
    well_formed(there)
    assert here.iri[-LENGTH:] != there.iri[-LENGTH:]
    assert len(list(rebased(here.quads, OTHER))) == len(there.quads)
