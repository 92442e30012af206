"""A store behind a URL: who may ask, what counts as an answer, and what is tried again."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest
from pydantic import SecretStr, ValidationError
from pyoxigraph import Literal, NamedNode, Quad

from graph.binding import Values
from graph.connection import Connection, connection_from_environment
from graph.errors import StoreError, StoreFormatError, StoreUnavailable
from graph.library import Library
from graph.opening import open_store
from graph.sparql_results import JSON, from_json, from_turtle
from graph.sparql_store import SparqlStore
from graph.store import Row
from graph.vocab import DECISIONS
from tests.graph.proxy import PASSWORD, TOKEN, USER, Check, Passing, Spoil, basic, bearer, digest, proxied
from tests.graph.small import TERMINOLOGY

S, P = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")
HERE = Quad(S, P, Literal("here"))
EVERYTHING = "SELECT ?o WHERE { <http://example.org/s> ?p ?o }"
SIGNED = {
    "basic": (basic, Connection(user=USER, password=SecretStr(PASSWORD))),
    "digest": (digest, Connection(user=USER, password=SecretStr(PASSWORD), auth="digest")),
    "bearer": (bearer, Connection(token=SecretStr(TOKEN))),
}


@pytest.mark.parametrize("kind", SIGNED)
def test_who_signs_may_read_and_write(served: str, kind: str) -> None:
    check, connection = SIGNED[kind]
    with proxied(served, check=check) as url:
        store = SparqlStore(url, connection)
        store.apply([], [HERE], guard=None, proof=HERE)
        assert store.select(EVERYTHING) == [(Literal("here"),)]


def test_a_user_in_the_url_comes_first(served: str) -> None:
    with proxied(served, check=basic) as url:
        signed = url.replace("://", f"://{USER}:{quote(PASSWORD, safe='')}@")
        store = SparqlStore(signed, Connection(token=SecretStr("another")))
        assert store.select(EVERYTHING) == []


@pytest.mark.parametrize(
    ("check", "connection", "advice"),
    [
        (basic, Connection(), "set PICOGRAPH_STORE_USER"),
        (basic, Connection(user=USER, password=SecretStr("wrong-one")), "check them"),
        (digest, Connection(user=USER, password=SecretStr(PASSWORD)), "PICOGRAPH_STORE_AUTH=digest"),
        (bearer, Connection(token=SecretStr("wrong-one")), "check them"),
    ],
)
def test_who_is_refused_is_told_what_to_set_and_no_secret(
    served: str, check: Check, connection: Connection, advice: str
) -> None:
    with proxied(served, check=check) as url:
        store = SparqlStore(url, connection)
        for ask in (lambda: store.select(EVERYTHING), lambda: store.apply([], [HERE], guard=None, proof=None)):
            with pytest.raises(StoreUnavailable, match=advice) as caught:
                ask()
            assert "wrong-one" not in str(caught.value) + repr(connection)
            assert PASSWORD not in str(caught.value) + repr(connection)


def test_the_environment_describes_a_connection(monkeypatch: pytest.MonkeyPatch, served: str) -> None:
    with proxied(served, check=digest) as url:
        for name, value in (("USER", USER), ("PASSWORD", PASSWORD), ("AUTH", "digest"), ("UPDATE", f"{url}/update")):
            monkeypatch.setenv(f"PICOGRAPH_STORE_{name}", value)
        with Library.open(url, terminology=TERMINOLOGY) as library:
            assert library.stats()["claims"] == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("AUTH", "hunter2"), ("UPDATE", "ftp://hunter2"), ("DEFAULT_GRAPH", "hunter2 <"), ("UPDATE_LIMIT", "hunter2")],
)
def test_a_variable_that_is_wrong_is_named_and_its_value_is_not(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"PICOGRAPH_STORE_{name}", value)
    with pytest.raises(StoreError, match=f"PICOGRAPH_STORE_{name}: ") as caught:
        connection_from_environment()
    assert "hunter2" not in str(caught.value)


def test_a_token_and_a_user_are_one_too_many() -> None:
    with pytest.raises(ValidationError, match="not both"):
        Connection(user="me", token=SecretStr("x"))


def cut_json(passing: Passing, number: int, path: str) -> Passing:
    return replace(passing, body=passing.body[: len(passing.body) // 2])


def short_body(passing: Passing, number: int, path: str) -> Passing:
    return replace(passing, length=len(passing.body) + 100)


def with_error_behind(passing: Passing, number: int, path: str) -> Passing:
    return replace(passing, body=passing.body + b"The query timed out")


def page(passing: Passing, number: int, path: str) -> Passing:
    return Passing(200, "text/html", b"<html>Please log in</html>")


def elsewhere(passing: Passing, number: int, path: str) -> Passing:
    return Passing(302, "text/plain", b"", {"Location": "http://me:secret@127.0.0.1:9/query?key=secret"})


def some_rows(passing: Passing, number: int, path: str) -> Passing:
    return replace(passing, headers={"X-SPARQL-MaxRows": "10000"})


def part(passing: Passing, number: int, path: str) -> Passing:
    return replace(passing, status=206)


def not_there(passing: Passing, number: int, path: str) -> Passing:
    return Passing(404, "text/plain", b"no such page")


def always_busy(passing: Passing, number: int, path: str) -> Passing:
    return Passing(503, "text/plain", b"come back")


def too_large(passing: Passing, number: int, path: str) -> Passing:
    return replace(passing, body=b" " * 20_000 + passing.body)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (cut_json, "half of one"),
        (short_body, "did not answer"),
        (with_error_behind, "half of one"),
        (page, "answered with text/html"),
        (elsewhere, "give that address"),
        (some_rows, "left rows out"),
        (part, "part of the rows"),
        (not_there, "there is no SPARQL service"),
        (always_busy, "come back; try again later"),
        (too_large, "PICOGRAPH_STORE_BYTES"),
    ],
)
def test_what_is_no_whole_answer_is_an_error_with_advice(served: str, spoil: Spoil, told: str) -> None:
    with proxied(served, spoil=spoil) as url:
        store = SparqlStore(url, Connection(bytes=10_000))
        with pytest.raises(StoreUnavailable, match=told) as caught:
            store.select(EVERYTHING)
        assert "secret" not in str(caught.value)


def test_an_update_that_is_sent_on_or_lands_nowhere_is_an_error(served: str) -> None:
    for spoil, told in ((elsewhere, "give that address"), (not_there, "PICOGRAPH_STORE_UPDATE")):
        with proxied(served, spoil=spoil) as url, pytest.raises(StoreUnavailable, match=told):
            SparqlStore(url, Connection()).apply([], [HERE], guard=None, proof=None)


def test_a_store_that_is_busy_or_drops_the_line_is_asked_again(served: str) -> None:
    def first_ones(passing: Passing, number: int, path: str) -> Passing | None:
        if number % 3 == 0:
            return Passing(503, "text/plain", b"busy")
        return replace(passing, drop=True) if number % 3 == 1 else None

    with proxied(served, spoil=first_ones) as url:
        store = SparqlStore(url, Connection())
        store.apply([], [HERE], guard=None, proof=HERE)
        assert store.select(EVERYTHING) == [(Literal("here"),)]


def test_a_guarded_update_whose_answer_is_lost_is_done_once(served: str) -> None:
    lost: list[str] = []

    def lose_first_update(passing: Passing, number: int, path: str) -> Passing | None:
        if path != "/update" or lost:
            return None
        lost.append(path)
        return replace(passing, drop=True)

    direct = SparqlStore(served, Connection())
    one, two = Quad(S, P, Literal("1")), Quad(S, P, Literal("2"))
    direct.apply([], [one], guard=None, proof=None)
    with proxied(served, spoil=lose_first_update) as url:
        SparqlStore(url, Connection()).apply([one], [two, HERE], guard=one, proof=HERE)
    assert lost
    assert set(direct.select(EVERYTHING)) == {(Literal("2"),), (Literal("here"),)}


def test_a_question_that_is_wrong_is_not_asked_again(served: str) -> None:
    asked: list[int] = []

    def count(passing: Passing, number: int, path: str) -> None:
        asked.append(number)

    with proxied(served, spoil=count) as url:
        store = SparqlStore(url, Connection())
        store.select(EVERYTHING)
        before = len(asked)
        with pytest.raises(StoreUnavailable, match="answered 400"):
            store.select("SELECT ?s WHERE {")
    assert len(asked) == before + 1


def test_a_store_that_rounds_numbers_is_refused(served: str) -> None:
    def rounded(passing: Passing, number: int, path: str) -> Passing:
        return replace(passing, body=passing.body.replace(b"0.30000000000000004", b"0.3"))

    with proxied(served, spoil=rounded) as url, pytest.raises(StoreUnavailable, match="rounds numbers"):
        SparqlStore(url, Connection()).select(EVERYTHING)


def test_a_default_graph_that_shows_all_graphs_is_refused_until_it_has_a_name(served: str) -> None:
    class Union(SparqlStore):
        """As a store that answers from all graphs."""

        def select(self, query: str, /, **values: Values) -> list[Row]:
            return super().select(
                query.replace("{ ?store", "{ GRAPH ?any { ?store").replace("?lease }", "?lease } }"), **values
            )

    store = Union(served, Connection())
    with pytest.raises(StoreFormatError, match="PICOGRAPH_STORE_DEFAULT_GRAPH"), store.exclusive():
        pass
    with Union(served, Connection(default_graph="urn:default")).exclusive():
        pass
    assert SparqlStore(served, Connection()).select("SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } }") == []


def test_a_default_graph_with_a_name_is_kept_apart_from_other_data(served: str) -> None:
    outside = SparqlStore(served, Connection())
    outside.apply([], [HERE, Quad(S, P, Literal("other"), NamedNode("urn:other"))], guard=None, proof=None)
    inside = SparqlStore(served, Connection(default_graph="urn:default"))
    inside.apply([], [Quad(S, P, Literal("mine")), Quad(S, P, Literal("named"), DECISIONS)], guard=None, proof=None)
    assert inside.select(EVERYTHING) == [(Literal("mine"),)]
    assert inside.select("SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } }") == [(DECISIONS,)]
    assert outside.select(EVERYTHING) == [(Literal("here"),)]


@pytest.mark.parametrize("limit", [50, 51, 1000])
def test_a_change_may_go_in_several_updates(served: str, limit: int) -> None:
    store = SparqlStore(served, Connection(update_limit=limit))
    many = [Quad(S, P, Literal(f"{n}"), DECISIONS if n % 2 else None) for n in range(500)]
    store.apply([], [HERE, *many], guard=None, proof=HERE)
    store.apply(many[:200], [Quad(S, P, Literal("more"))], guard=HERE, proof=HERE)
    assert len(store.select(EVERYTHING)) == 1 + 150 + 1
    assert store.select("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")[0][0].value == "150"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b'{"head": {"vars": ["a"]}}',
        b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"b": {"type": "uri", "value": "urn:b"}}]}}',
        b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "bnode", "value": "b"}}]}}',
        b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "uri", "value": "no iri"}}]}}',
        b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "literal", "value": "x", "datatype": '
        b'"http://www.w3.org/2001/XMLSchema#double"}}]}}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_result_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_json(body)
    with pytest.raises(ValueError, match=r".+"):
        from_turtle(body)


def test_typed_literals_of_older_stores_are_read() -> None:
    kind = "http://www.w3.org/2001/XMLSchema#"
    cells = [("double", "0.5"), ("integer", "7"), ("boolean", "1"), ("boolean", "false")]
    found = ", ".join(
        f'"{i}": {{"type": "typed-literal", "datatype": "{kind}{t}", "value": "{v}"}}' for i, (t, v) in enumerate(cells)
    )
    body = f'{{"head": {{"vars": ["0", "1", "2", "3"]}}, "results": {{"bindings": [{{{found}}}]}}}}'
    integer = Literal("7", datatype=NamedNode(kind + "integer"))
    assert from_json(body.encode())[1] == [(Literal(0.5), integer, Literal(True), Literal(False))]


def test_a_result_set_in_turtle_keeps_every_digit_and_its_order() -> None:
    body = b"""
    @prefix res: <http://www.w3.org/2005/sparql-results#> .
    _:_ a res:ResultSet .
    _:_ res:resultVariable "b" , "a" .
    _:_ res:solution [ res:binding [ res:variable "a" ; res:value 0.30000000000000004441 ] ;
                       res:binding [ res:variable "b" ; res:value <urn:z> ] ] .
    _:_ res:solution [ res:binding [ res:variable "b" ; res:value "x"@en ] ] .
    """
    rows = [(NamedNode("urn:z"), Literal(0.1 + 0.2)), (Literal("x", language="en"), None)]
    assert from_turtle(body) == (["b", "a"], rows)
    with pytest.raises(ValueError, match="Turtle"):
        from_turtle(body[:-20])


def test_opening_by_url_takes_a_connection(served: str) -> None:
    with proxied(served, check=bearer) as url:
        store = open_store(url, connection=Connection(token=SecretStr(TOKEN)))
        assert store.select(EVERYTHING) == []
        store.close()
    assert JSON == "application/sparql-results+json"
