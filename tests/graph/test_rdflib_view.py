"""The store as an rdflib dataset: the same triples, the same answers, nothing to be changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import Store
from rdflib import RDF, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.sparql import prepareQuery

from graph.errors import StoreError
from graph.library import Library
from graph.opening import MEMORY
from graph.oxigraph_store import OxigraphStore
from graph.rdflib_view import dataset, from_rdflib, to_rdflib
from graph.vocab import EV, TEXTS
from tests.graph.small import TERMINOLOGY
from tests.graph.test_same_answers import fill

QUESTIONS = [
    "SELECT ?claim ?status WHERE { ?claim a ev:Claim ; ev:status ?status }",
    "SELECT * WHERE { ?claim ev:effect ?effect . ?effect ev:value ?value ; ev:measure ?measure }",
    "SELECT ?status (COUNT(*) AS ?n) WHERE { ?claim ev:status ?status } GROUP BY ?status ORDER BY ?status",
    "# a comment with SELECT\nPREFIX e: <https://w3id.org/picograph/vocab#>\n"
    "SELECT ?t WHERE { GRAPH ?g { ?t e:text ?words } }",
    "SELECT ?words WHERE { ?claim ev:quote/oa:exact ?words } ORDER BY ?words LIMIT 3",
    "SELECT ?a ?issued WHERE { ?a a ev:Article OPTIONAL { ?a dcterms:issued ?issued FILTER(?issued = 'x') } }",
]


@pytest.fixture(scope="module")
def held() -> Iterator[tuple[Store, Library]]:
    """A library and the store below it."""
    store = Store()
    with Library(OxigraphStore(store), TERMINOLOGY) as library:
        fill(library)
        yield store, library


@pytest.fixture(scope="module")
def plain(held: tuple[Store, Library]) -> rdflib.Dataset:
    """The same store as a dataset of rdflib's own."""
    made = rdflib.Dataset(default_union=False)
    for quad in held[0]:
        name = DATASET_DEFAULT_GRAPH_ID if str(quad.graph_name) == "DEFAULT" else URIRef(quad.graph_name.value)
        s, p, o = map(to_rdflib, (quad.subject, quad.predicate, quad.object))
        made.graph(name).add((s, p, o))
    for prefix, iri in held[1].dataset().namespaces():
        made.bind(prefix, iri)
    return made


def quads(view: rdflib.Dataset) -> set[tuple[object, ...]]:
    return {(s, p, o, None if g in (None, DATASET_DEFAULT_GRAPH_ID) else g) for s, p, o, g in view.quads()}


def answers(result: Any) -> Counter[frozenset[object]]:
    """Rows as bindings, in no order."""
    return Counter(frozenset(row.asdict().items()) for row in result)


def test_the_quads_are_those_of_the_store(held: tuple[Store, Library], plain: rdflib.Dataset) -> None:
    view = held[1].dataset()
    assert quads(view) == quads(plain)
    assert len(list(view.quads())) == len(held[0])
    assert {g.identifier for g in view.graphs()} == {g.identifier for g in plain.graphs()}


def test_patterns_find_what_they_find_in_rdflib(held: tuple[Store, Library], plain: rdflib.Dataset) -> None:
    view = held[1].dataset()
    claim = next(plain.subjects(RDF.type, URIRef(str(EV.Claim))))
    number = next(plain.objects(None, URIRef(str(EV.value))))
    text = URIRef(TEXTS.value)
    patterns: list[tuple[Any, Any, Any]] = [
        (claim, None, None), (None, URIRef(str(EV.status)), None), (None, None, number), (claim, None, Literal("none")),
        (None, None, rdflib.BNode()), (None, None, Literal("é", lang="fr")),
    ]  # fmt: skip
    for pattern in patterns:
        assert set(view.triples(pattern)) == set(plain.triples(pattern)), pattern
        assert set(view.graph(text).triples(pattern)) == set(plain.graph(text).triples(pattern)), pattern
    assert set(view.graph(text)) == set(plain.graph(text)) != set()
    assert (claim, RDF.type, URIRef(str(EV.Claim))) in view
    assert (None, URIRef(str(EV.text)), None) not in view  # it is in a named graph, and there is no union


@pytest.mark.parametrize("query", QUESTIONS)
def test_a_query_answers_as_the_store_and_as_rdflib(
    held: tuple[Store, Library], plain: rdflib.Dataset, query: str
) -> None:
    asked = answers(held[1].dataset().query(query))
    assert asked == answers(plain.query(query))
    prefixes = "".join(f"PREFIX {p}: <{n}>\n" for p, n in plain.namespaces())
    solutions: Any = held[0].query(prefixes + query)
    names = [v.value for v in solutions.variables]
    own = (
        {rdflib.Variable(n): to_rdflib(t) for n, t in zip(names, row, strict=True) if t is not None}
        for row in solutions
    )
    assert asked == Counter(frozenset((str(k), v) for k, v in row.items()) for row in own)
    assert asked


def test_what_only_rdflib_can_do_is_the_same_too(held: tuple[Store, Library], plain: rdflib.Dataset) -> None:
    view = held[1].dataset()
    claim = next(plain.subjects(RDF.type, URIRef(str(EV.Claim))))
    status = "SELECT ?status WHERE { ?claim ev:status ?status }"
    bound: Any = {"claim": claim}
    assert answers(view.query(status, initBindings=bound)) == answers(plain.query(status, initBindings=bound))
    prepared = prepareQuery(status, initNs={"ev": str(EV)})
    assert answers(view.query(prepared)) == answers(plain.query(prepared))
    assert view.query("ASK { ?claim ev:status ev:rejected }").askAnswer is True
    text = "SELECT ?t WHERE { ?t ev:text ?words }"
    graph = URIRef(TEXTS.value)
    assert answers(view.graph(graph).query(text)) == answers(plain.graph(graph).query(text)) != Counter()
    made = "CONSTRUCT { ?claim ev:status ?s } WHERE { ?claim a ev:Claim ; ev:status ?s }"
    assert set(view.query(made).graph or ()) == set(plain.query(made).graph or ()) != set()


def test_nothing_can_be_changed(held: tuple[Store, Library]) -> None:
    before = len(held[0])
    view: Any = held[1].dataset()
    triple = (URIRef("urn:a"), URIRef("urn:b"), Literal("c"))
    changes: tuple[Any, ...] = (
        lambda: view.add(triple),
        lambda: view.remove((None, None, None)),
        lambda: view.update("DELETE WHERE { ?s ?p ?o }"),
        lambda: view.graph(URIRef("urn:g")).add(triple),
        lambda: view.remove_graph(URIRef(TEXTS.value)),
        lambda: view.parse(data="<urn:a> <urn:b> <urn:c> .", format="turtle"),
    )
    for change in changes:
        with pytest.raises(StoreError, match="for reading"):
            change()
    assert len(held[0]) == before


def test_terms_come_and_go_letter_by_letter(held: tuple[Store, Library]) -> None:
    for quad in held[0]:
        assert from_rdflib(to_rdflib(quad.object)) == quad.object


def test_every_store_has_the_view(any_library: Library) -> None:
    fill(any_library)
    with Library.open(MEMORY, terminology=TERMINOLOGY) as known:
        fill(known)
        assert answers(any_library.dataset().query(QUESTIONS[0])) == answers(known.dataset().query(QUESTIONS[0]))
        anything = (None, None, None)
        assert set(any_library.dataset().triples(anything)) == set(known.dataset().triples(anything)) != set()


def test_a_query_becomes_a_graph(held: tuple[Store, Library]) -> None:
    made = held[1].digraph(
        "PREFIX ev: <https://w3id.org/picograph/vocab#> SELECT ?drug ?outcome ?claim ?label WHERE { "
        "?claim ev:intervention/ev:concept ?drug ; ev:outcome/ev:concept ?outcome "
        "OPTIONAL { ?claim ev:label ?label } } ORDER BY ?claim"
    )
    rows = sum(data["weight"] for _, _, data in made.edges(data=True))
    assert rows == 10
    for _, _, data in made.edges(data=True):
        assert len(data["claim"]) == len(data["label"]) == data["weight"]
        assert data["claim"] == sorted(data["claim"])
        assert set(data["label"]) == {None}
    assert held[1].digraph("SELECT ?a ?b WHERE { ?a <urn:none> ?b }").number_of_nodes() == 0
    with pytest.raises(ValueError, match="two variables"):
        held[1].digraph("SELECT ?a WHERE { ?a ?p ?o }")
    with pytest.raises(StoreError):
        held[1].digraph("ASK { ?a ?p ?o }")


def test_the_view_of_an_empty_store_is_empty() -> None:
    view = dataset(OxigraphStore(Store()))
    assert (len(view), list(view.quads()), list(view.query("SELECT ?s WHERE { ?s ?p ?o }"))) == (0, [], [])


def test_the_example_for_notebooks_runs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "stores.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, Any] = {}
    exec(block, names)
    assert names["rows"] == []
    assert names["graph"].number_of_edges() == 0
