"""Exports in standard forms: of any selection, below any base, read by other programs."""

from __future__ import annotations

import json

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse

from graph.library import Library
from graph.model import Reason, Verdict
from graph.ontology.base import restored
from graph.ontology.complete import claim_of
from graph.ontology.conformity import conforms
from graph.ontology.jsonld import claim_from_jsonld
from graph.ontology.trusty import LENGTH, artifact_code
from graph.publishing import documents
from graph.vocab import BASE, DECISIONS, EV, NP, NPX, PREFIXES, RDF_TYPE, node
from ingest.claim import Mention, Status
from tests import builders
from tests.graph.small import SPM

OTHER = "https://example.org/kg/"
WHEN = "2026-03-01T12:00:00Z"


@pytest.fixture
def filled(library: Library) -> Library:
    """Two articles with a claim each, the second one corrected."""
    for name in "ab":
        source = builders.article(f"{name}: {builders.SENTENCE}", id=f"urn:picograph:article:{name}", title=name)
        claim = builders.spm_claim(source, outcome=Mention("SPM", None, None, SPM))
        library.ingest(source, [claim], builders.RUN)
    changes = [("direction", "lower")]
    library.decide(claim.id, Verdict.CORRECT, changes=changes, reason=Reason.OTHER, author="Ann", made_at=WHEN)
    return library


def export(library: Library, form: str, base: str = BASE) -> bytes:
    return b"".join(documents(library.claims(), library.background, form, base))


def test_the_background_of_a_claim_has_decisions_and_run(filled: Library) -> None:
    (first, _), (second, _) = filled.claims()
    assert filled.background(first.id).decisions == ()
    held = filled.background(second.id)
    assert [d.author for d in held.decisions] == ["Ann"]
    assert (held.run, held.claim, held.extracted.status) == (builders.RUN, second, Status.UNREVIEWED)


def test_json_ld_is_one_document_from_which_every_claim_comes_back(filled: Library) -> None:
    for base in (BASE, OTHER):
        document = json.loads(export(filled, "jsonld", base))
        claims = [claim for claim, _ in filled.claims()]
        parts = [{"@context": document["@context"], **each} for each in document["@graph"]]
        assert [claim_from_jsonld(part, base) for part in parts] == claims
        graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
        assert len(set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(base + "vocab#Claim")))) == 2


def test_trig_holds_the_complete_form_and_apart_from_it_how_it_came_about(filled: Library) -> None:
    for base in (BASE, OTHER):
        quads = list(restored(parse(export(filled, "trig", base), RdfFormat.TRIG), base))
        main = [q for q in quads if q.graph_name != DECISIONS]
        for claim, _ in filled.claims():
            assert claim_of(main, claim.id) == claim
        assert conforms(main) == []
        assert node(EV.Decision) in {q.object for q in quads if q.graph_name == DECISIONS and q.predicate == RDF_TYPE}


def test_each_claim_is_a_nanopublication_whose_code_fits(filled: Library) -> None:
    quads = list(parse(export(filled, "nanopub"), RdfFormat.TRIG))
    made = [q.subject.value for q in quads if q.object == node(NP.Nanopublication)]
    assert len(made) == 2
    for iri in made:
        mine = [q for q in quads if isinstance(q.graph_name, NamedNode) and q.graph_name.value.startswith(iri)]
        assert artifact_code(mine, iri[-LENGTH:]) == iri[-LENGTH:]
    assert len([q for q in quads if q.predicate == node(NPX.supersedes)]) == 1


def test_a_nanopublication_does_not_depend_on_what_else_the_library_holds(filled: Library, new_library) -> None:  # type: ignore[no-untyped-def]
    (_, home), _ = filled.claims()
    with new_library() as alone:
        claim = builders.spm_claim(home, outcome=Mention("SPM", None, None, SPM))
        alone.ingest(home, [claim], builders.RUN)
        assert alone.background(claim.id).nanopub() == filled.background(claim.id).nanopub()


@pytest.mark.parametrize("form", ["turtle", "nquads"])
def test_the_whole_library_can_have_another_base_and_comes_back(filled: Library, form: str) -> None:
    rdf = RdfFormat.TURTLE if form == "turtle" else RdfFormat.N_QUADS
    moved, plain = (b"".join(filled.dump(form, base)) for base in (OTHER, BASE))
    assert BASE.encode() not in moved
    assert set(restored(parse(moved, rdf), OTHER)) == set(parse(plain, rdf))


def test_forms_and_bases_that_are_none_are_refused_at_the_call(filled: Library) -> None:
    with pytest.raises(ValueError, match="jsonld, nanopub, trig"):
        documents((), filled.background, "xml")
    with pytest.raises(ValueError, match="a base is"):
        documents((), filled.background, "jsonld", "example")
    with pytest.raises(ValueError, match="a base is"):
        filled.dump("turtle", "example")


def test_an_export_of_nothing_is_still_a_document(library: Library) -> None:
    assert json.loads(export(library, "jsonld"))["@graph"] == []
    assert export(library, "nanopub") == export(library, "trig") == b""


def test_prefixes_of_ours_follow_the_base(filled: Library) -> None:
    told = export(filled, "trig", OTHER)
    assert b"@prefix ev: <https://example.org/kg/vocab#> ." in told
    assert PREFIXES["ev"].encode() not in told
