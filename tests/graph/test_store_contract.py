"""What every store does, whatever it is: in memory, on disk, behind a URL."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.errors import StoreBusy, StoreError, StoreUnavailable
from graph.sparql_store import SparqlStore
from graph.store import QuadStore
from graph.terms import DOUBLE
from graph.vocab import DECISIONS, META

S, P, G = NamedNode("http://example.org/s"), NamedNode("http://example.org/p"), DECISIONS
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


KINDS = "http://www.w3.org/2001/XMLSchema#"


TERMS: list[Literal | NamedNode] = [
    Literal(True),
    Literal(False),
    Literal("7", datatype=NamedNode(KINDS + "integer")),
    Literal(str(2**53 + 1), datatype=NamedNode(KINDS + "integer")),
    Literal("-1", datatype=NamedNode(KINDS + "integer")),
    Literal("2014-09-03", datatype=NamedNode(KINDS + "date")),
    Literal("2014-09", datatype=NamedNode(KINDS + "gYearMonth")),
    Literal("2014", datatype=NamedNode(KINDS + "gYear")),
    Literal('[1.5, ["a\\"b", {}], null]', datatype=NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON")),
    Literal("é", language="fr"),
    Literal(""),
    Literal("true"),
    Literal("1e3"),
    NamedNode("http://example.org/a%20b?x=1&y=é#z"),
]


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_a_term_of_any_kind_comes_back_as_it_went_in_and_is_found(store: QuadStore, term: Literal | NamedNode) -> None:
    put(store, Quad(S, P, term), Quad(S, P, Literal("beside")))
    found = [o for _, _, _, o in store.select(EVERYTHING)]
    assert term in found
    assert len(found) == 2
    assert store.select(BY_VALUE, o=term) == [(S,)]


def test_terms_of_every_kind_are_replaced_in_several_graphs_at_once(store: QuadStore) -> None:
    old = [Quad(S, P, term, graph) for term in [*TERMS, DOUBLE.encode(0.1 + 0.2)] for graph in (None, G, META)]
    before, after = Quad(G, P, Literal("1"), META), Quad(G, P, Literal("2"), META)
    new = [Quad(P, P, quad.object, quad.graph_name) for quad in old]
    put(store, before, *old)
    store.apply([before, *old], [after, *new], guard=before, proof=after)
    left = {(g, s, o) for g, s, _, o in store.select(EVERYTHING)}
    graphs = {q: None if isinstance(q.graph_name, DefaultGraph) else q.graph_name for q in new}
    assert left == {(META, G, Literal("2")), *((graphs[q], P, q.object) for q in new)}


def test_every_double_keeps_all_its_digits(store: QuadStore) -> None:
    numbers = [1 / n for n in range(3, 60, 2)] + [
        1.7976931348623157e308,
        2.2250738585072014e-308,
        123456789.123,
        1e-7,
        0.65,
    ]
    put(store, *(Quad(S, P, DOUBLE.encode(n)) for n in numbers))
    found = [o.value for _, _, _, o in store.select(EVERYTHING) if o is not None]
    assert sorted(map(float, found)) == sorted(numbers)
    assert all(store.select(BY_VALUE, o=DOUBLE.encode(n)) == [(S,)] for n in numbers[:5])


def test_rows_come_in_the_order_of_the_query(store: QuadStore) -> None:
    put(store, *(Quad(NamedNode(f"http://example.org/{n % 7}"), P, Literal(f"{n:03}")) for n in range(300)))
    found = store.select("SELECT ?o ?s WHERE { ?s ?p ?o } ORDER BY DESC(?s) ?o")
    expected = sorted(((f"{n:03}", n % 7) for n in range(300)), key=lambda row: (-row[1], row[0]))
    assert [(o.value, int(s.value[-1])) for o, s in found if o is not None and s is not None] == expected


def test_a_large_change_is_made_whole(store: QuadStore) -> None:
    old = [Quad(S, P, Literal(f"old {n}"), G if n % 2 else None) for n in range(3_000)]
    new = [Quad(S, P, Literal(f"new {n}"), G if n % 2 else None) for n in range(3_000)]
    mark = Quad(G, P, Literal("revision"), META)
    put(store, mark, *old)
    done = Quad(G, P, Literal("next"), META)
    store.apply([mark, *old], [done, *new], guard=mark, proof=done)
    assert {o.value for _, _, _, o in store.select(EVERYTHING) if o} == {"next", *(f"new {n}" for n in range(3_000))}


def test_what_is_there_already_is_added_and_what_is_not_is_removed_without_a_word(store: QuadStore) -> None:
    put(store, Quad(S, P, Literal("one")))
    store.apply([Quad(S, P, Literal("nobody"))], [Quad(S, P, Literal("one"))], guard=None, proof=None)
    assert [o.value for _, _, _, o in store.select(EVERYTHING) if o is not None] == ["one"]


def test_a_count_and_an_empty_answer_are_rows(store: QuadStore) -> None:
    put(store, *(Quad(S, P, Literal(f"{n}")) for n in range(5)))
    ((count,),) = store.select("SELECT (COUNT(?o) AS ?n) WHERE { ?s ?p ?o }")
    assert count is not None
    assert int(count.value) == 5
    assert store.select("SELECT ?o WHERE { ?s ?p ?o FILTER(false) }") == []
