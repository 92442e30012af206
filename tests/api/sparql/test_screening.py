"""What is refused before a parser sees it, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, Store

from api.sparql.errors import QueryMalformed, QueryRefused, QueryTooLong
from api.sparql.lexer import tokens
from api.sparql.screening import outline, screen
from tests.api.sparql.attacks import REFUSED, asking_elsewhere

HARMLESS = {
    "a prefix of that name": "PREFIX service: <http://example.org/> SELECT * { ?x service:foo ?y . ?y a service:bar }",
    "that name before a full stop": "PREFIX service: <a:> SELECT * { ?x ?y service:foo . { ?a ?b ?c } }",
    "a variable of that name": "SELECT ?service ?SERVICE { ?service ?SERVICE $service }",
    "a local part": "PREFIX a: <a:> SELECT * { a:SERVICE a a:service . { ?s ?p ?o } }",
    "a blank node": "SELECT * { _:service ?p ?o }",
    "an IRI": "SELECT * { <http://example.org/service> <http://example.org/service#> <urn:service:x> }",
    "an IRI with parentheses": "SELECT * { VALUES (?a ?b) { (<http://e.org/(service)> <http://e.org/a#b>) } }",
    "strings": 'SELECT * { ?s ?p "SERVICE <x> {", \'\'\'it\'s "SERVICE" \\\' \'\'\', """a "" SERVICE"""@en }',
    "a comment": "SELECT * { # SERVICE <http://example.org/> { ?s ?p ?o }\n ?s ?p ?o } # service",
    "a language": 'SELECT * { ?s ?p "x"@service }',
    "comparisons": "SELECT * { ?s ?p ?o FILTER(?s<?p && ?o>1 || ?s <= 2 && <a:b> < ?o) }",
    "a hundred brackets": "SELECT " + "(" * 100 + "1" + ")" * 99 + " AS ?x) { }",
    "brackets beside each other": "SELECT * { " + "{ ?s ?p ?o } " * 20 + "}",
    "brackets in a string": f'SELECT * {{ ?s ?p "{"{(" * 500}" }}',
}


def check(query: str) -> None:
    screen(query, longest=16_384, deepest=100)


@pytest.mark.parametrize("query", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_only_looks_like_harm_is_let_through(query: str) -> None:
    check(query)
    assert isinstance(Store().query(query), QuerySolutions)


ELSEWHERE = {k: v for k, v in asking_elsewhere("<http://127.0.0.1:9/>").items() if k != "an escape in the word"}


@pytest.mark.parametrize("query", ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_every_way_to_write_service_is_refused(query: str) -> None:
    with pytest.raises(QueryRefused, match="SERVICE"):
        check(query)


def test_an_escape_does_not_make_the_word() -> None:
    # if the engine ever read such escapes, this would have to be refused
    with pytest.raises(SyntaxError):
        Store().query(r"SELECT * { \u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


NESTED = [name for name in REFUSED if "nested" in name and "20,000" not in name] + ["brackets that could be an IRI"]


@pytest.mark.parametrize("name", NESTED)
def test_deep_nesting_is_refused(name: str) -> None:
    with pytest.raises(QueryRefused, match="at most 100 deep"):
        check(REFUSED[name])


def test_a_hundred_and_one_brackets_are_too_many() -> None:
    with pytest.raises(QueryRefused, match="at most 100 deep"):
        check("SELECT (" + "(" * 100 + "1" + ")" * 100 + " AS ?x) { }")


def test_the_length_is_counted_in_bytes() -> None:
    query = "SELECT * { ?s ?p '" + "é" * 40 + "' }"
    screen(query, longest=len(query.encode()), deepest=100)
    with pytest.raises(QueryTooLong):
        screen(query, longest=len(query.encode()) - 1, deepest=100)


@pytest.mark.parametrize(
    "text", ["<a#>" * 4000, "a." * 8000, "\"'" * 8000, "<" * 16_000, "<'>" * 5000, "'''a" * 4000, "<(>)#" * 3000]
)
def test_the_effort_is_bounded_for_whatever_text(text: str) -> None:
    told = ""
    try:
        check(text)
    except QueryRefused as refused:
        told = str(refused)
    assert not told or "readings" in told or "deep" in told


@given(st.text(alphabet="<>#\"'\\{}()?a:b. \nSERVICE", max_size=60))
def test_the_tokens_of_a_text_lie_side_by_side(text: str) -> None:
    place = 0
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
        assert token.start >= place
        place = token.end


PARTS = (
    *(
        "<",
        ">",
        "#",
        "\n",
        "\r",
        " ",
        "'",
        '"',
        "'''",
        '"""',
        "(",
        ")",
        "{",
        "}",
        ".",
        ";",
        ":",
        "1",
        "true",
        "?a",
        "a:b",
    ),
    *(
        "service:x",
        "<a:b>",
        "<b>",
        "FILTER(?a<",
        "FILTER(?a<?b",
        "BIND((1<",
        "VALUES(?a ?b){(1 2)}",
        "?s ?p ",
        "#'",
        '#"',
    ),
)
CALLS = (
    "SERVICE<x:y>{}",
    "SERVICE#>\n<x:y>{}",
    "SERVICE:{}",
    "service:x{}",
    ")SERVICE<x:y>{}#'",
    "\n)SERVICE<x:y>{}#'''\n",
)


def _calls(query: str) -> bool:
    """True when the engine tries to ask another service; it finds no scheme that it knows, and asks nobody."""
    try:
        list(Store().query(query))  # type: ignore[arg-type]
    except OSError as error:
        return "URI scheme" in str(error)
    except (SyntaxError, ValueError, RuntimeError):
        return False
    return False


@given(
    st.lists(st.sampled_from(PARTS), max_size=8), st.sampled_from(CALLS), st.lists(st.sampled_from(PARTS), max_size=3)
)
@example(["FILTER(?a<", "?b"], ")SERVICE<x:y>{}#'", [])
@example(["VALUES(?a ?b){(1 2)}", "FILTER(?a<?b", "#", ">", "'''"], "\n)SERVICE<x:y>{}#'''\n", [])
@example(["FILTER(?a<?b", ")"], "SERVICE#>\n<x:y>{}", [])
@example([], "service:x{}", [])
def test_nothing_around_it_hides_a_call_that_the_engine_would_make(
    before: list[str], call: str, after: list[str]
) -> None:
    prologue = "BASE <http://h/> PREFIX a: <a:> PREFIX : <x:> PREFIX service: <s:>"
    query = f"{prologue} SELECT * {{ {''.join(before)}{call}{''.join(after)} }}"
    if _calls(query):
        with pytest.raises(QueryRefused):
            check(query)


def test_the_engine_would_make_such_calls() -> None:
    prologue = "PREFIX : <x:>"
    assert _calls(f"{prologue} SELECT * {{ SERVICE:{{}} }}")
    assert _calls(f"{prologue} SELECT * {{ VALUES(?a ?b){{(1 2)}} FILTER(?a<?b)SERVICE#>\n<x:y>{{}} }}")
    assert _calls(f"{prologue} SELECT * {{ VALUES(?a ?b){{(1 2)}} FILTER(?a<?b#>'''\n)SERVICE<x:y>{{}}#'''\n }}")


def test_the_outline_tells_form_prologue_and_graphs() -> None:
    query = (
        "BASE <http://e.org/> # SELECT\nPREFIX select: <a:> SELECT * FROM select:x FROM NAMED <y>\nfrom<z> "
        "WHERE { ?from ?p 'FROM' . { SELECT * { ?s ?p ?o } } }"
    )
    seen = outline(query)
    assert seen.form == "select"
    assert seen.prologue == "BASE <http://e.org/> # SELECT\nPREFIX select: <a:> "
    assert seen.graphs == ("select:x", "<z>")
    assert seen.named == ("<y>",)
    assert not seen.volatile


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("ask{}", "ask"),
        ("Describe <a:b>", "describe"),
        ("CONSTRUCT { ?s ?p ?o } FROM <a:b> WHERE { ?s ?p ?o }", "construct"),
    ],
)
def test_the_form_is_told(query: str, form: str) -> None:
    assert outline(query).form == form


def test_the_graphs_of_a_construct_stand_behind_its_template() -> None:
    assert outline("CONSTRUCT { ?s ?p ?o } FROM <a:b> WHERE { ?s ?p ?o }").graphs == ("<a:b>",)


@pytest.mark.parametrize(
    "query", ["SELECT (now() AS ?x) {}", "SELECT (RAND() AS ?x) {}", "SELECT (strUUID() AS ?x) {}"]
)
def test_what_changes_by_itself_is_told(query: str) -> None:
    assert outline(query).volatile


@pytest.mark.parametrize(
    "query", ["", "  # nothing", "LOAD <a:b>", "INSERT DATA { <a:b> <a:b> 1 }", "PREFIX a: <a:>", "?"]
)
def test_what_is_no_query_is_malformed(query: str) -> None:
    with pytest.raises(QueryMalformed):
        outline(query)
