"""The whole terminology as SKOS: other programs read it, and it says what the terminology says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse

from graph.hierarchy import skos_quads
from graph.skos_export import skos_lines
from graph.vocab import SCHEME
from ingest.terminology import Concept, ConceptKind, Terminology, load_terminology
from tests.graph.small import CONCEPTS, SPM

ODD = Concept(
    "http://example.org/a,b(c)/é",
    'a "quoted" \\ name with é, β and 中',
    ConceptKind.DISEASE,
    ("tab\tname", "-", "x" * 500),
    (SPM,),
    None,
    ("mondo:0007254", "omim:604129", "own:a.b", "mesh:", "no id"),
)
TERMINOLOGY = Terminology([*CONCEPTS, ODD])


def test_rdflib_reads_the_triples_that_the_graph_would_hold() -> None:
    graph = rdflib.Graph().parse(data=b"".join(skos_lines(TERMINOLOGY)), format="turtle")
    about = {t for t in graph if t[0] != rdflib.URIRef(SCHEME)}
    expected = rdflib.Graph()
    for concept in TERMINOLOGY:
        for quad in skos_quads(concept):
            expected.parse(data=f"{quad.subject} {quad.predicate} {quad.object} .", format="nt")
    assert about == set(expected)
    assert len(graph) == len(expected) + 2
    assert (rdflib.URIRef(SCHEME), rdflib.RDF.type, rdflib.SKOS.ConceptScheme) in graph


def test_other_vocabularies_are_linked_by_iri() -> None:
    graph = rdflib.Graph().parse(data=b"".join(skos_lines(TERMINOLOGY)), format="turtle")
    same = {str(o) for o in graph.objects(rdflib.URIRef(ODD.iri), rdflib.SKOS.exactMatch)}
    assert "http://purl.obolibrary.org/obo/MONDO_0007254" in same
    assert len(same) == 4, "what is no IRI is left out"


def test_the_same_concepts_are_the_same_bytes_in_any_order() -> None:
    assert b"".join(skos_lines(Terminology(reversed([*CONCEPTS, ODD])))) == b"".join(skos_lines(TERMINOLOGY))


def test_a_concept_is_written_when_it_is_asked_for() -> None:
    lines = skos_lines(load_terminology())
    first = b"".join(next(lines) for _ in range(40))
    assert first.startswith(b"@prefix ")
    assert first.endswith(b" .\n")
    assert first.count(b"skos:prefLabel") > 10


def test_concepts_of_several_tables_are_written_once_and_whole() -> None:
    own = Terminology([replace(CONCEPTS[1], synonyms=("another name",))], tables=TERMINOLOGY.tables)
    graph = rdflib.Graph().parse(data=b"".join(skos_lines(own)), format="turtle")
    subject = rdflib.URIRef(CONCEPTS[1].iri)
    assert len(set(graph.objects(subject, rdflib.SKOS.prefLabel))) == 1
    assert {"another name", "Revlimid"} <= {str(o) for o in graph.objects(subject, rdflib.SKOS.altLabel)}


@pytest.mark.slow
def test_the_shipped_terminology_is_valid_and_whole(tmp_path: Path) -> None:
    terminology = load_terminology()
    target = tmp_path / "terminology.ttl"
    with target.open("wb") as file:
        file.writelines(skos_lines(terminology))
    kinds: Counter[str] = Counter()
    linked: set[str] = set()
    named: set[str] = set()
    for triple in parse(path=str(target), format=RdfFormat.TURTLE):
        kinds[triple.predicate.value.rpartition("#")[2]] += 1
        if triple.predicate.value.endswith("#broader") and isinstance(triple.object, NamedNode):
            linked.add(triple.object.value)
        if triple.predicate.value.endswith("#prefLabel") and isinstance(triple.subject, NamedNode):
            named.add(triple.subject.value)
    assert kinds["prefLabel"] == kinds["inScheme"] == kinds["conceptKind"] == len(terminology) == len(named)
    assert linked <= named
