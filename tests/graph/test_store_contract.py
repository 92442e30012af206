"""What every store does, whatever it is: in memory, on disk, behind a URL."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph.errors import StoreBusy, StoreError, StoreUnavailable
from graph.sparql_store import SparqlStore
from graph.store import QuadStore
from graph.terms import DOUBLE

S, P, G = NamedNode("http://example.org/s"), NamedNode("http://example.org/p"), NamedNode("http://example.org/g")
BY_VALUE = "SELECT ?s WHERE { VALUES ?o { UNDEF } ?s <http://example.org/p> ?o }"
EVERYTHING = "SELECT ?g ?s ?p ?o WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
HOSTILE = [
    '"',
    "\\",
    '\\"',
    '" } } ; DROP ALL ; INSERT DATA { <a:a> <a:a> "',
    "} UNION { ?s ?p ?o } #",
    "VALUES ?o { UNDEF }",
    "\n\r\t\x00\x1f\x7f\x85\u2028\ufeff\U0001f9ec\u0301",
    "<http://example.org/x>",
    "'''",
    "x" * 100_000,
]


def put(store: QuadStore, *quads: Quad) -> None:
    store.apply([], quads, guard=None, proof=None)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_kept_and_found_and_nothing_else_happens(store: QuadStore, text: str) -> None:
    put(store, Quad(S, P, Literal(text)), Quad(S, P, Literal("other")))
    assert store.select(BY_VALUE, o=Literal(text)) == [(S,)]
    assert sorted(row[3].value for row in store.select(EVERYTHING) if row[3] is not None) == sorted([text, "other"])


def test_several_values_are_alternatives_and_none_finds_nothing(store: QuadStore) -> None:
    put(store, Quad(S, P, Literal("a")), Quad(G, P, Literal("b")))
    assert set(store.select(BY_VALUE, o=[Literal("a"), Literal("b")])) == {(S,), (G,)}
    assert store.select(BY_VALUE, o=[]) == []
    assert len(store.select(BY_VALUE)) == 2


def test_a_value_without_a_place_is_a_mistake(store: QuadStore) -> None:
    with pytest.raises(ValueError, match="no slot for nobody"):
        store.select(BY_VALUE, nobody=S)


def test_removing_and_adding_is_one_step_over_all_graphs(store: QuadStore) -> None:
    put(store, Quad(S, P, Literal("old")), Quad(S, P, Literal("old"), G))
    store.apply(
        [Quad(S, P, Literal("old")), Quad(S, P, Literal("old"), G)],
        [Quad(S, P, Literal("new")), Quad(S, P, Literal("new"), G)],
        guard=None,
        proof=None,
    )
    assert {(g, o.value) for g, _, _, o in store.select(EVERYTHING) if o} == {(None, "new"), (G, "new")}


def test_graphs_do_not_leak_into_the_default_graph(store: QuadStore) -> None:
    put(store, Quad(S, P, Literal("hidden"), G))
    assert store.select(BY_VALUE) == []


def test_numbers_and_unbound_variables_come_back_as_they_went_in(store: QuadStore) -> None:
    numbers = [0.1 + 0.2, 5e-324, 1e21, 1.0, -2.5]
    put(store, *(Quad(S, P, DOUBLE.encode(n)) for n in numbers))
    rows = store.select("SELECT ?o ?nothing WHERE { ?s ?p ?o OPTIONAL { ?o ?p ?nothing } }")
    assert {o for o, _ in rows} == {DOUBLE.encode(n) for n in numbers}
    assert {nothing for _, nothing in rows} == {None}


def test_a_query_that_is_none_is_a_named_error(store: QuadStore) -> None:
    with pytest.raises(StoreError):
        store.select("SELECT ?s WHERE {")


def test_a_closed_store_says_so(store: QuadStore) -> None:
    store.close()
    with pytest.raises((StoreError, RuntimeError)):
        store.select(EVERYTHING)


def test_of_two_who_write_to_a_shared_store_the_slower_is_told(served: str) -> None:
    one, two = SparqlStore(served), SparqlStore(served)
    before, after = Quad(S, P, Literal("1"), G), Quad(S, P, Literal("2"), G)
    put(one, before)
    mine, yours = Quad(G, P, Literal("mine")), Quad(G, P, Literal("yours"))
    one.apply([before], [after, mine], guard=before, proof=mine)
    with pytest.raises(StoreBusy):
        two.apply([before], [after, yours], guard=before, proof=yours)
    assert one.select(BY_VALUE, o=Literal("yours")) == []
    assert one.select(BY_VALUE, o=Literal("mine")) == [(G,)]


def test_a_store_that_is_not_there_is_unavailable_and_its_password_stays_secret() -> None:
    store = SparqlStore("http://me:secret@127.0.0.1:9")
    with pytest.raises(StoreUnavailable, match=r"http://127\.0\.0\.1:9") as caught:
        store.select(EVERYTHING)
    assert "secret" not in str(caught.value)
