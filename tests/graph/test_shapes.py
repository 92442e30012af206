"""Whatever the library stores conforms to the shapes, and each constraint of them refuses what it is there for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from pyoxigraph import Literal, NamedNode, Quad
from rdflib.namespace import RDF, SH

from graph.decisions import make_decision
from graph.mapping import claim_quads, mentions_of
from graph.mapping_article import article_quads, report_quads, study_iri, study_quads
from graph.mapping_mentions import mention_node, mention_quads
from graph.model import Reason, Verdict
from graph.ontology.claim_model import claim_faults
from graph.ontology.conformity import claim_conforms, conforms
from graph.ontology.files import SHAPES, ontology_quads, shipped
from graph.records import decision_quads
from graph.vocab import BASE, EV, OA, PREFIXES, node
from ingest.article import Article, ArticleKind, Section, SectionKind, Span
from ingest.claim import (
    Assertion,
    Basis,
    Check,
    Claim,
    Direction,
    Favours,
    Grade,
    Interval,
    IntervalKind,
    PValue,
    Significance,
    Study,
    StudyArm,
    TableSelector,
    ValueState,
)
from ingest.notices import Notice, NoticeKind
from ingest.tabular import Table
from tests import builders, strategies
from tests.graph.small import TERMINOLOGY
from tests.graph.test_claim_model import WRONG

SHAPE = BASE + "shape/"
PLACE = TableSelector("t1", "Table 1", ("Deaths",), ("Drug",))
GRAPH = rdflib.Graph().parse(data=shipped(SHAPES), format="turtle")


def whole(claim: Claim, source: Article) -> list[Quad]:
    quads = [*claim_quads(claim), *article_quads(source)]
    for _, mention in mentions_of(claim):
        quads += mention_quads(mention)
    if claim.study is not None:
        quads += report_quads(claim.study, source.id) + study_quads(study_iri(claim.study, source.id))
    return list(dict.fromkeys(quads))


def sample() -> tuple[list[Quad], dict[str, str]]:
    """A library in which every property that the shapes speak of has a value; and a node for each shape."""
    source = builders.article(
        kind=ArticleKind.NEWS, title="A", published="2023", doi="10.1/x", pmid="1", pmcid="PMC1", registration="NCT1",
        notices=(Notice(NoticeKind.COMMENT, "pmid:123456", True),), sections=(Section(Span(0, 5), SectionKind.BODY),),
        tables=(Table("t1", Span(0, 5), ()),),
    )  # fmt: skip
    claim = builders.spm_claim(source)
    effect = replace(
        claim.effects[0], unit="%", events=3, total=40, standard_deviation=1.0, standard_error=0.5, timepoint="1 year",
        change_from_baseline=True, interval=Interval(IntervalKind.CREDIBLE, 1.03, 2.34, 95.0), p=PValue("=", 0.037),
        value_state=ValueState.NOT_ESTIMABLE, table=PLACE,
    )  # fmt: skip
    quote = replace(claim.quote, prefix="a", suffix="b", section="Results", table=PLACE)
    outcome = replace(claim.outcome, label="SPM")
    assert claim.intervention is not None
    drug = replace(claim.intervention, concepts=(*claim.intervention.concepts, "urn:x:other"))
    study = Study(None, "Trial", "NCT1", "double-blind", "3", 40, 38, (StudyArm("a", 20),), "1 year", True)
    claim = replace(
        claim, content_key="k", effects=(effect,), quote=quote, restatements=(quote,), outcome=outcome,
        assertion=Assertion.HEDGED, revision=1,
        intervention=drug, outcome_favours=Favours.LOWER, direction=Direction.HIGHER, direction_basis=Basis.WORDS,
        study=study, significance=Significance.SIGNIFICANT, significance_basis=Basis.P_VALUE,
        checks=(Check("r", Grade.PASS, "m"),),
    )  # fmt: skip
    changes = [("direction", "lower")]
    decision = make_decision(
        claim, source.text, TERMINOLOGY, Verdict.CORRECT, changes=changes, reason=Reason.OTHER, note="n", author="a",
        made_at="2026-03-01T12:00:00Z",
    )  # fmt: skip
    quads = [*whole(claim, source), *decision_quads(decision)]
    (report,) = {q.object.value for q in quads if q.predicate == node(EV.studyReport)}  # type: ignore[union-attr]
    nodes = {
        "Claim": claim.id, "Mention": mention_node(outcome).value, "Effect": f"{claim.id}#effect-0",
        "EffectInOrder": f"{claim.id}#effect-0", "Quote": f"{claim.id}#quote", "Table": f"{claim.id}#effect-0-table",
        "Article": source.id, "Notice": f"{source.id}#notice-0", "Study": study_iri(study, source.id),
        "StudyReport": report, "StudyArm": f"{report}#arm-0", "Decision": decision.id,
        "Change": f"{decision.id}#change-0",
    }  # fmt: skip
    return quads, nodes


QUADS, NODES = sample()
_TYPED = {"Mention": ["unlinked", "concept", "bestConcept", "conceptOrder"]}


def constraints() -> Iterator[tuple[str, str, str]]:
    """Shape, path and constraint, of every property shape of the shapes with a focus node of their own."""
    for shape in sorted(set(GRAPH.subjects(RDF.type, SH.NodeShape)), key=str):
        name = str(shape).removeprefix(SHAPE)
        if name in NODES and name != "EffectInOrder":
            for prop in GRAPH.objects(shape, SH.property):
                path = str(GRAPH.value(prop, SH.path))
                for kind in sorted(set(GRAPH.predicates(prop)) - {SH.path, SH.node, SH.qualifiedMinCount}, key=str):
                    yield name, path, str(kind).removeprefix(str(SH))


def subject_of(shape: str, path: str) -> str:
    """The sample's node of the shape; another mention where that one has no concept."""
    if shape == "Mention" and path.removeprefix(str(EV)) in ("concept", "bestConcept", "conceptOrder"):
        return next(q.subject.value for q in QUADS if q.predicate.value == path)  # type: ignore[union-attr]
    return NODES[shape]


def broken(shape: str, path: str, kind: str) -> list[Quad]:
    """The sample with one value changed so that it breaks one constraint."""
    subject, predicate = NamedNode(subject_of(shape, path)), NamedNode(path)
    mine = [q for q in QUADS if q.subject == subject and q.predicate == predicate]
    assert mine, f"the sample has no {path} at {subject}"
    others = [q for q in QUADS if q not in mine]
    (prop,) = [
        p for p in GRAPH.objects(rdflib.URIRef(SHAPE + shape), SH.property) if str(GRAPH.value(p, SH.path)) == path
    ]
    bound = GRAPH.value(prop, SH[kind])
    datatype = getattr(mine[0].object, "datatype", None)

    def number(value: float) -> Literal:
        return Literal(str(value), datatype=datatype)

    limit = float(bound) if kind.startswith(("minI", "minE", "maxI", "maxE")) else 0.0  # type: ignore[arg-type]
    new: dict[str, list[Any]] = {
        "minCount": [],
        "maxCount": [q.object for q in mine] + [Literal("a"), Literal("b")],
        "in": [NamedNode("urn:x:none")],
        "datatype": [Literal("a", language="en")],
        "nodeKind": [Literal("a") if bound == SH.IRI else NamedNode("urn:x:none")],
        "hasValue": [q.object for q in mine if q.object.value != str(bound)],  # type: ignore[union-attr]
        "minLength": [Literal("")],
        "pattern": [Literal(" ")],
        "minInclusive": [number(int(limit) - 1)],
        "maxInclusive": [number(int(limit) + 1)],
        "minExclusive": [number(int(limit))],
        "maxExclusive": [number(int(limit))],
        "lessThan": [number(10**6)],
    }
    return others + [Quad(subject, predicate, value) for value in new[kind]]


@pytest.mark.parametrize(("shape", "path", "kind"), list(constraints()))
def test_each_constraint_of_a_property_refuses_what_breaks_it(shape: str, path: str, kind: str) -> None:
    found = conforms(broken(shape, path, kind))
    component = kind[0].upper() + kind[1:]
    if shape in ("Table", "Notice", "StudyArm", "Change"):  # told as the fault of the record's link to its part
        assert "Node" in {f.shape for f in found}
    else:
        assert component in {f.shape for f in found if f.path == path}


@pytest.mark.parametrize("predicate", sorted({q.predicate.value for q in QUADS if q.subject.value == NODES["Effect"]}))  # type: ignore[union-attr]
def test_the_shapes_speak_of_every_property_of_an_effect(predicate: str) -> None:
    assert ("Effect", predicate) in {(shape, path) for shape, path, _ in constraints()} | {
        ("Effect", str(OA.hasSelector))
    }


def allowed(shape: str, path: str) -> set[str]:
    """The values that a property shape lists."""
    props = GRAPH.objects(rdflib.URIRef(SHAPE + shape), SH.property)
    (listed,) = [GRAPH.value(p, SH["in"]) for p in props if str(GRAPH.value(p, SH.path)) == path]
    assert listed is not None
    return {str(each) for each in GRAPH.items(listed)}


def test_closed_sets_of_the_shapes_are_those_of_the_ontology_and_the_program() -> None:
    members: dict[str, set[str]] = {}
    for q in ontology_quads():
        if q.predicate.value == PREFIXES["skos"] + "inScheme":
            members.setdefault(q.object.value, set()).add(q.subject.value)  # type: ignore[union-attr]
    closed = {q.subject.value: q.object.value for q in ontology_quads() if q.predicate == node(EV.closedSet)}  # type: ignore[union-attr]
    others = {("Claim", str(EV.kind)): str(EV.ClaimKind), ("Article", str(EV.kind)): str(EV.ArticleKind)}
    listed = [(shape, path) for shape, path, kind in constraints() if kind == "in" and path in closed]
    assert len(listed) == 16
    for shape, path in listed:
        assert allowed(shape, path) == members[others.get((shape, path), closed[path])]
    assert allowed("Decision", str(EV.reason)) == {reason.value for reason in Reason}
    assert allowed("Effect", str(EV.pOperator)) == {"=", "<", ">", "<=", ">="}


def test_every_shape_that_has_targets_is_in_the_sample() -> None:
    named = {str(shape).removeprefix(SHAPE) for shape in GRAPH.subjects(RDF.type, SH.NodeShape)}
    assert named - set(NODES) == {"InOrder", "Flagged"}


def test_the_sample_conforms() -> None:
    assert conforms(QUADS) == []


def changed(remove: str, *add: Quad, of: str) -> list[Quad]:
    return [q for q in QUADS if not (q.subject.value == of and q.predicate.value == remove)] + list(add)  # type: ignore[union-attr]


def test_values_that_belong_together_come_together() -> None:
    effect, claim = NODES["Effect"], NODES["Claim"]
    assert [f.shape for f in conforms(changed(str(EV.p), of=effect))] == ["Xone"]
    assert [f.shape for f in conforms(changed(str(EV.pOperator), of=effect))] == ["Xone"]
    bare = [q for q in QUADS if q.predicate not in (node(EV.low), node(EV.high))]
    assert [f.shape for f in conforms(bare)] == ["Or"]
    unlinked = [q for q in QUADS if q.predicate != node(EV.concept)]
    assert [f.shape for f in conforms(unlinked)] == ["Xone"]
    assert [f.shape for f in conforms([q for q in QUADS if q.predicate != node(EV.change)])] == ["Xone"]
    named = [q if q.subject.value != claim else Quad(NamedNode("urn:x:c"), q.predicate, q.object) for q in QUADS]  # type: ignore[union-attr]
    assert "Pattern" in {f.shape for f in conforms(named)}


@pytest.mark.parametrize(("path", "value"), [(EV.low, "9.5"), (EV.events, "41")])
def test_a_misprint_needs_a_check_that_says_so(path: rdflib.URIRef, value: str) -> None:
    effect, claim = NODES["Effect"], NamedNode(NODES["Claim"])
    kind = NamedNode(PREFIXES["xsd"] + ("double" if path == EV.low else "integer"))
    odd = changed(str(path), Quad(NamedNode(effect), node(path), Literal(value, datatype=kind)), of=effect)
    assert [(f.node, f.shape) for f in conforms(odd)] == [(NODES["Claim"], "Or")]
    for grade in (EV.error, EV.noteGrade):
        assert conforms([*odd, Quad(claim, node(EV.checkGrade), node(grade))]) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles_with_claims())
def test_what_the_model_accepts_conforms_and_so_does_its_article(case: tuple[Article, list[Claim]]) -> None:
    source, claims = case
    assert all(claim_faults(claim) == [] for claim in claims)
    assert conforms([q for claim in claims for q in whole(claim, source)] or article_quads(source)) == []


NOT_IN_RDF = {
    "content_key", "text_sha256", "article", "assertion", "outcome", "outcome.span", "direction", "effects[0].measure",
    "checks[0].grade", "outcome.concept", "outcome.concepts[1]", "effects[0].value", "effects[0].interval.low",
}  # fmt: skip
"""What the mapping refuses, writes as it should be, works out by itself, or keeps in JSON."""


@pytest.mark.parametrize("field", sorted(set(WRONG) - NOT_IN_RDF))
def test_what_the_model_refuses_does_not_conform(field: str) -> None:
    assert claim_conforms(WRONG[field]()) != []


@pytest.mark.parametrize("field", sorted(NOT_IN_RDF - {"content_key", "text_sha256", "outcome.span", "direction"}))
def test_the_rest_cannot_be_written_or_does_not_conform(field: str) -> None:
    try:
        found = claim_conforms(WRONG[field]())
    except (ValueError, KeyError, AttributeError, TypeError):
        return
    assert found != []
