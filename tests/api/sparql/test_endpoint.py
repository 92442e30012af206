"""The endpoint over HTTP: requests and responses as the protocol has them."""

from __future__ import annotations

import json
import re

import httpx
import pytest
from pyoxigraph import (
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from api.sparql.endpoint import DEFAULT_GRAPH
from graph.library import Library
from graph.vocab import BASE, DECISIONS, EXTRACTIONS, LOG, META, TEXTS
from tests.api.sparql.asking import CLAIMS, TRIPLES

QUERY = {"content-type": "application/sparql-query"}
NAMED = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"


def problem(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    return str(told["type"].removeprefix("urn:picograph:problem:"))


def count(answer: httpx.Response) -> int:
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["count"]["value"])


def ways(endpoint: httpx.Client, query: str, **parameters: str) -> list[httpx.Response]:
    """The same query in the three ways of the protocol."""
    return [
        endpoint.get("/sparql", params={"query": query, **parameters}),
        endpoint.post("/sparql", data={"query": query, **parameters}),
        endpoint.post("/sparql", params=parameters, content=query, headers=QUERY),
    ]


def test_get_form_and_direct_post_answer_the_same(endpoint: httpx.Client, shared_library: Library) -> None:
    bodies = set()
    for answer in ways(endpoint, CLAIMS):
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/sparql-results+json"
        assert answer.headers["picograph-revision"] == str(shared_library.revision())
        assert answer.headers["vary"] == "Accept"
        bodies.add(answer.content)
    (body,) = bodies
    assert [row["claim"]["value"].rpartition("/")[2] for row in json.loads(body)["results"]["bindings"]] == sorted(
        claim.id.rpartition("/")[2] for claim, _ in shared_library.claims()
    )


ROWS = """SELECT ?a ?b ?c ?d { VALUES (?a ?b ?c ?d) {
  (<http://example.org/é> "a \\"quoted\\", b\\n\\tnext" "wörter"@de-AT 1.50)
  (UNDEF "𝔘 & <tags> },{ \\\\" "2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date> UNDEF)
  (UNDEF UNDEF UNDEF UNDEF) (<a:b> "" 1e3 true) } }"""


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_rows_are_those_of_the_engine(endpoint: httpx.Client, form: str) -> None:
    kind = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "tsv": QueryResultsFormat.TSV}[form]
    expected = Store().query(ROWS)
    assert isinstance(expected, QuerySolutions)
    for answer in ways(endpoint, ROWS):
        assert answer.headers["content-type"] == "application/sparql-results+json"
    answer = endpoint.get("/sparql", params={"query": ROWS}, headers={"accept": kind.media_type})
    assert answer.headers["content-type"].partition(";")[0] == kind.media_type.partition(";")[0]
    told = parse_query_results(answer.content, kind)
    assert isinstance(told, QuerySolutions)
    assert [v.value for v in told.variables] == ["a", "b", "c", "d"]
    assert [list(row) for row in told] == [list(row) for row in expected]


def test_rows_as_csv_are_plain_values(endpoint: httpx.Client) -> None:
    answer = endpoint.get("/sparql", params={"query": ROWS}, headers={"accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.decode() == (
        'a,b,c,d\r\nhttp://example.org/é,"a ""quoted"", b\n\tnext",wörter,1.5\r\n'
        ',"𝔘 & <tags> },{ \\",2026-01-01,\r\n,,,\r\na:b,,1000,true\r\n'
    )


def test_characters_that_xml_cannot_hold_are_not_lost(endpoint: httpx.Client) -> None:
    accept = {"accept": "application/sparql-results+xml"}
    answer = endpoint.get("/sparql", params={"query": "SELECT ('a\\rb' AS ?x) {}"}, headers=accept)
    assert "<literal>a&#13;b</literal>" in answer.text
    answer = endpoint.get("/sparql", params={"query": "SELECT ('a\\u0001b' AS ?x) {}"}, headers=accept)
    assert (answer.status_code, problem(answer)) == (406, "sparql-format")
    json_answer = endpoint.get("/sparql", params={"query": "SELECT ('a\\u0001b' AS ?x) {}"}).json()
    assert json_answer["results"]["bindings"] == [{"x": {"type": "literal", "value": "a\x01b"}}]


@pytest.mark.parametrize(("query", "told"), [("ASK {}", True), ("ASK { FILTER(false) }", False)])
def test_yes_and_no(endpoint: httpx.Client, query: str, told: bool) -> None:
    assert endpoint.get("/sparql", params={"query": query}).json() == {"head": {}, "boolean": told}
    xml = endpoint.get("/sparql", params={"query": query}, headers={"accept": "application/sparql-results+xml"})
    assert f"<boolean>{str(told).lower()}</boolean>" in xml.text


GRAPH = """CONSTRUCT { <a:b> <a:c> "wörter"@de , 1.50 , "x\\ny" ; <a:d> [ <a:e> <a:f> ] } {}"""


@pytest.mark.parametrize("kind", [RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.JSON_LD])
def test_graphs_are_those_of_the_engine(endpoint: httpx.Client, kind: RdfFormat) -> None:
    media = kind.media_type.partition(";")[0]
    answer = endpoint.get("/sparql", params={"query": GRAPH}, headers={"accept": media})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media
    told = {(t.predicate, str(t.object)) for t in parse(answer.content, kind) if "e" not in t.predicate.value[-1:]}
    assert (NamedNode("a:c"), '"wörter"@de') in told
    assert (NamedNode("a:c"), '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>') in told
    assert (NamedNode("a:c"), '"x\\ny"') in told
    assert len(list(parse(answer.content, kind))) == 5


def test_a_description_is_turtle_with_our_prefixes(endpoint: httpx.Client) -> None:
    claim = endpoint.get("/sparql", params={"query": CLAIMS}).json()["results"]["bindings"][0]["claim"]["value"]
    answer = endpoint.get("/sparql", params={"query": f"DESCRIBE <{claim}>"})
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "ev:Claim" in answer.text


# Which graphs


def test_the_default_graph_and_the_decisions_are_served_and_nothing_else(endpoint: httpx.Client) -> None:
    assert count(endpoint.get("/sparql", params={"query": TRIPLES})) > 100
    told = endpoint.get("/sparql", params={"query": NAMED}).json()["results"]["bindings"]
    assert [row["g"]["value"] for row in told] == [DECISIONS.value]
    for graph in (TEXTS, EXTRACTIONS, LOG, META):
        assert not endpoint.get("/sparql", params={"query": f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}"}).json()[
            "boolean"
        ]


@pytest.mark.parametrize("graph", [TEXTS.value, META.value, "file:///etc/passwd", "http://127.0.0.1:9/", "no iri"])
def test_other_graphs_are_refused(endpoint: httpx.Client, graph: str) -> None:
    answers = [
        *ways(endpoint, TRIPLES, **{"default-graph-uri": graph}),
        *ways(endpoint, NAMED, **{"named-graph-uri": graph}),
    ]
    if graph != "no iri":
        answers += [endpoint.get("/sparql", params={"query": f"SELECT * FROM <{graph}> {{ ?s ?p ?o }}"})]
        answers += [endpoint.get("/sparql", params={"query": f"SELECT * FROM NAMED <{graph}> {{ ?s ?p ?o }}"})]
    for answer in answers:
        assert (answer.status_code, problem(answer)) == (400, "sparql-dataset")


def test_graphs_of_the_request_come_before_those_of_the_query(endpoint: httpx.Client) -> None:
    everything, decisions = count(endpoint.get("/sparql", params={"query": TRIPLES})), DECISIONS.value
    of_decisions = [count(a) for a in ways(endpoint, TRIPLES, **{"default-graph-uri": decisions})]
    assert 0 < of_decisions[0] < everything
    assert len(set(of_decisions)) == 1
    own = TRIPLES.replace("{ ?s", f"FROM <{DEFAULT_GRAPH}> {{ ?s")
    assert count(endpoint.get("/sparql", params={"query": own})) == everything
    assert {count(a) for a in ways(endpoint, own, **{"default-graph-uri": decisions})} == set(of_decisions)


def test_from_is_followed_also_by_its_prefix_or_base(endpoint: httpx.Client) -> None:
    base = DECISIONS.value.removesuffix("decisions")
    alone = count(endpoint.get("/sparql", params={"query": TRIPLES, "default-graph-uri": DECISIONS.value}))
    for prologue, name in (
        (f"PREFIX g: <{base}>", "g:decisions"),
        (f"BASE <{base}>", "<decisions>"),
        ("", f"<{base}d\\u0065cisions>"),
    ):
        query = f"{prologue} SELECT (COUNT(*) AS ?count) FROM {name} {{ ?s ?p ?o }}"
        assert count(endpoint.get("/sparql", params={"query": query})) == alone
        query = f"{prologue} SELECT (COUNT(*) AS ?count) FROM NAMED {name} {{ ?s ?p ?o }}"
        assert count(endpoint.get("/sparql", params={"query": query})) == 0


def test_two_graphs_are_asked_as_one(endpoint: httpx.Client) -> None:
    one = count(endpoint.get("/sparql", params={"query": TRIPLES}))
    other = count(endpoint.get("/sparql", params={"query": TRIPLES, "default-graph-uri": DECISIONS.value}))
    both = TRIPLES.replace("{ ?s", f"FROM <{DEFAULT_GRAPH}> FROM <{DECISIONS.value}> {{ ?s")
    assert count(endpoint.get("/sparql", params={"query": both})) == one + other


# What is refused


@pytest.mark.parametrize(
    ("query", "status", "kind"),
    [
        ("SELECT {", 400, "sparql-malformed"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", 400, "sparql-malformed"),
        ("DROP ALL", 400, "sparql-malformed"),
        ("SELECT * { ?s ?p ?o } ; DROP ALL", 400, "sparql-malformed"),
        ("SELECT * { SERVICE <a:b> { ?s ?p ?o } }", 400, "sparql-refused"),
        ("ASK {} #" + "x" * 16_400, 413, "sparql-too-long"),
        ("ASK {} #" + "x" * 40_000, 413, "sparql-too-long"),
    ],
)
def test_what_is_refused(endpoint: httpx.Client, query: str, status: int, kind: str) -> None:
    for answer in ways(endpoint, query)[(1 if len(query) > 20_000 else 0) :]:
        assert (answer.status_code, problem(answer)) == (status, kind)


def test_too_long_a_request_is_refused_before_it_is_read(endpoint: httpx.Client) -> None:
    answer = endpoint.post("/sparql", content=b"x" * 1_000_000, headers=QUERY)
    assert (answer.status_code, problem(answer)) == (413, "sparql-too-long")


def test_updates_are_not_taken(endpoint: httpx.Client) -> None:
    answer = endpoint.post("/sparql", content="CLEAR ALL", headers={"content-type": "application/sparql-update"})
    assert (answer.status_code, problem(answer)) == (415, "sparql-media-type")
    answer = endpoint.post("/sparql", data={"update": "CLEAR ALL"})
    assert (answer.status_code, problem(answer)) == (400, "sparql-malformed")


@pytest.mark.parametrize(("query", "accept"), [("ASK {}", "text/turtle"), (GRAPH, "text/csv"), (None, "text/csv")])
def test_what_cannot_be_had_in_a_format(endpoint: httpx.Client, query: str | None, accept: str) -> None:
    parameters = {} if query is None else {"query": query}
    answer = endpoint.get("/sparql", params=parameters, headers={"accept": accept})
    assert (answer.status_code, problem(answer)) == (406, "sparql-format")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods(endpoint: httpx.Client, method: str) -> None:
    answer = endpoint.request(method, "/sparql", params={"query": "ASK {}"})
    assert (answer.status_code, problem(answer)) == (405, "method")


def test_options_and_head(endpoint: httpx.Client) -> None:
    options = endpoint.options("/sparql")
    assert options.status_code == 204
    assert options.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    got = endpoint.get("/sparql", params={"query": CLAIMS})
    head = endpoint.head("/sparql", params={"query": CLAIMS})
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "picograph-revision", "etag"):
        assert head.headers[name] == got.headers[name]


def test_a_page_of_another_site_runs_no_query(endpoint: httpx.Client) -> None:
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "http://example.org"}):
        for answer in (
            endpoint.get("/sparql", params={"query": "ASK {}"}, headers=headers),
            endpoint.post("/sparql", data={"query": "ASK {}"}, headers=headers),
        ):
            assert answer.status_code == 403
            assert "access-control-allow-origin" not in answer.headers
    assert endpoint.get("/sparql", headers={"sec-fetch-site": "cross-site"}).status_code == 200


def test_an_answer_is_not_sent_again_while_the_library_stays(endpoint: httpx.Client) -> None:
    first = endpoint.get("/sparql", params={"query": CLAIMS})
    again = endpoint.get(
        "/sparql", params={"query": CLAIMS}, headers={"if-none-match": f'"a", {first.headers["etag"]}'}
    )
    assert (again.status_code, again.content) == (304, b"")
    other = endpoint.get("/sparql", params={"query": CLAIMS}, headers={"accept": "text/csv"})
    assert other.headers["etag"] != first.headers["etag"]
    assert "etag" not in endpoint.get("/sparql", params={"query": "SELECT (NOW() AS ?now) {}"}).headers


# What it says of itself


@pytest.mark.parametrize("kind", [None, RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.JSON_LD])
def test_the_service_describes_itself(endpoint: httpx.Client, kind: RdfFormat | None) -> None:
    answer = endpoint.get("/sparql", headers={} if kind is None else {"accept": kind.media_type})
    assert answer.status_code == 200
    described = Store()
    described.bulk_load(answer.content, kind or RdfFormat.TURTLE)
    sd = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>"
    found = described.query(
        f"{sd} SELECT ?at {{ ?s a sd:Service ; sd:endpoint ?at ; sd:supportedLanguage sd:SPARQL11Query }}"
    )
    assert isinstance(found, QuerySolutions)
    assert [str(row["at"]) for row in found] == [f"<{endpoint.base_url}/sparql>"]
    assert described.query(
        f"{sd} ASK {{ ?s sd:defaultDataset ?d . ?d a sd:Dataset ; sd:defaultGraph ?g . "
        f"?d sd:namedGraph/sd:name {DECISIONS} . "
        "?g a sd:Graph FILTER NOT EXISTS { ?s sd:feature sd:BasicFederatedQuery } }"
    )


def test_people_get_a_page_with_a_form_and_a_table(endpoint: httpx.Client) -> None:
    browser = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    empty = endpoint.get("/sparql", headers=browser)
    assert empty.headers["content-type"].startswith("text/html")
    assert '<textarea id="query" name="query"' in empty.text
    answered = endpoint.post("/sparql", data={"query": "SELECT ('<b>&' AS ?shown) {}"}, headers=browser)
    assert "<td>&lt;b&gt;&amp;</td>" in answered.text
    assert "1 row." in answered.text
    wrong = endpoint.post("/sparql", data={"query": "SELECT {"}, headers=browser)
    assert wrong.status_code == 400
    assert wrong.headers["content-type"].startswith("text/html")
    assert re.search(r"<textarea[^>]*>\s*SELECT {</textarea>", wrong.text)
    assert "The query cannot be read" in wrong.text


def test_what_is_ours_in_a_table_for_people_leads_to_its_page(endpoint: httpx.Client) -> None:
    query = "SELECT * { ?claim a <https://w3id.org/picograph/vocab#Claim> ; ?p ?o FILTER(ISIRI(?o)) }"
    table = endpoint.get("/sparql", params={"query": query}, headers={"accept": "text/html"}).text
    links = set(re.findall(r'<td><a href="([^"]+)"', table))
    assert "/vocab" in links
    claims = [link for link in links if link.startswith("/claims/")]
    assert claims
    assert not [link for link in links if link.startswith(BASE)]
    for link in claims:
        assert endpoint.get(link).status_code == 200
