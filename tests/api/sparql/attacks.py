"""Queries that mean harm: those that were measured against other stores, and more of our own."""

from __future__ import annotations

_LONG = "".join(f" <http://example.org/{n}>" for n in range(400))


def asking_elsewhere(address: str) -> dict[str, str]:
    """Queries that make an engine send a request to ``address``, an IRI in angle brackets, by name."""
    body = "{ ?s ?p ?o }"
    escaped = address.replace(":", r"\u003A")
    return {
        "service": f"SELECT * {{ SERVICE {address} {body} }}",
        "service silent": f"SELECT * {{ SERVICE SILENT {address} {body} }}",
        "lower case": f"SELECT * {{ service {address} {body} }}",
        "mixed case, no blanks": f"SELECT*{{SeRvIcE{address}{body}}}",
        "a prefixed name": f"PREFIX e: {address} SELECT * {{ SERVICE e: {body} }}",
        "a prefixed name without a blank": f"PREFIX : {address} SELECT * {{ SERVICE: {body} }}",
        "a declared name": f"PREFIX : {address} PREFIX service: <a:> SELECT * {{ SERVICE:x {body} }}",
        "silent without blanks": f"PREFIX : {address} SELECT * {{ SERVICESILENT:x {body} }}",
        "an escape in the address": f"SELECT * {{ SERVICE {escaped} {body} }}",
        "an escape in the word": f"SELECT * {{ \\u0053ERVICE {address} {body} }}",
        "within exists": f"SELECT * {{ FILTER EXISTS {{ SERVICE {address} {body} }} }}",
        "within a subquery": f"SELECT * {{ {{ SELECT * {{ SERVICE {address} {body} }} }} }}",
        "a variable": f"SELECT * {{ VALUES ?x {{ {address} }} SERVICE ?x {body} }}",
        "behind a number": f"SELECT * {{ ?s ?p 1SERVICE{address}{body} }}",
        "behind a comment": f"SELECT * {{ # {{\rSERVICE {address} {body} }}",
        "behind a string": f"SELECT * {{ BIND('''it's # \\\\''' AS ?x) SERVICE {address} {body} }}",
        "in a likely IRI": f"SELECT * {{ VALUES (?a ?b) {{ (1 2) }} FILTER(?a<?b)SERVICE#>\n{address}{body} }}",
        "a comment that could be an IRI": "SELECT * { VALUES (?a ?b) { (1 2) } FILTER(?a<?b#>'''\n)"
        f"SERVICE{address}{body}#'''\n}}",
        "two less-than signs": f"SELECT * {{ VALUES ?a {{ 1 }} FILTER(?a<<b:c#>'''\n)SERVICE{address}{body}#'''\n}}",
    }


REFUSED = {
    "nested groups": "SELECT * " + "{" * 2000 + "}" * 2000,
    "20,000 nested groups": "SELECT * " + "{" * 20_000 + "}" * 20_000,
    "nested parentheses": "SELECT * { FILTER(" + "(" * 3000 + "1" + ")" * 3000 + ") }",
    "nested lists": "SELECT * { ?s ?p " + "(" * 3000 + ")" * 3000 + " }",
    "nested exists": "SELECT * { ?s ?p ?o " + "FILTER EXISTS { ?s ?p ?o " * 200 + "}" * 200 + " }",
    "nested filters": "SELECT * " + "{ ?s ?p ?o FILTER(!(" * 60 + "true" + ")) }" * 60,
    "nested triple terms": "SELECT * { " + "<<" * 1000 + " ?s ?p ?o " + ">> ?p ?o" * 1000 + " }",
    "brackets that could be an IRI": "SELECT * { FILTER(?a<" + "(" * 2000 + ">?b) }",
    "many values": "SELECT * { VALUES ?x { " + _LONG * 40 + " } ?x ?p ?o }",
    "load": "LOAD <http://127.0.0.1:9/>",
    "load a file": "LOAD <file:///etc/passwd>",
    "delete all": "DELETE WHERE { ?s ?p ?o }",
    "a second operation": "SELECT * { ?s ?p ?o } ; DROP ALL",
    "from a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "from the web": "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
    "from a graph that is not served": "SELECT * FROM <https://w3id.org/picograph/graph/texts> { ?s ?p ?o }",
    "every reading": "SELECT * { FILTER(" + "<a#>" * 3000 + ") }",
}
"""Queries that never run, by name."""
_ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . "
ENDED = {
    "cross join": f"SELECT (COUNT(*) AS ?count) {{ {_ALL} }}",
    "cross join with a filter": f"SELECT * {{ {_ALL} FILTER(?a = ?o && ?d = ?b) }}",
    "distinct of everything": f"SELECT DISTINCT * {{ {_ALL} }}",
    "everything in order": f"SELECT * {{ {_ALL} }} ORDER BY ?o ?l ?a",
    "everything in one string": f'SELECT (GROUP_CONCAT(?c; separator="{"x" * 5000}") AS ?all) {{ {_ALL} }}',
    "a path between all pairs": "SELECT (COUNT(*) AS ?count) { ?a (!<a:b>|!^<a:b>)* ?b . ?b (!<a:b>|!^<a:b>)* ?c . "
    "?c (!<a:b>|!^<a:b>)* ?d }",
    "paths of paths": "SELECT (COUNT(*) AS ?count) { ?a (((!<a:b>)*/(^!<a:b>)*)*/(!<a:c>)*)* ?b . "
    "?b (((!<a:b>)*/(^!<a:b>)*)*/(!<a:c>)*)* ?c . ?c (!<a:b>|!^<a:b>)* ?d }",
    "a string that doubles": 'SELECT (STRLEN(?z) AS ?length) { BIND("'
    + "x" * 1000
    + '" AS ?a0) '
    + " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(40))
    + " BIND(?a40 AS ?z) }",
    "replacements": 'SELECT (STRLEN(?z) AS ?length) { BIND("'
    + "x" * 2000
    + '" AS ?a0) '
    + " ".join(f'BIND(REPLACE(?a{n}, "x", "{"x" * 100}") AS ?a{n + 1})' for n in range(6))
    + " BIND(?a6 AS ?z) }",
    "regular expressions": f"SELECT * {{ {_ALL} FILTER(REGEX(CONCAT(STR(?a), STR(?o)), '((a|e)+.*)+~$')) }}",
    "exists for every row": f"SELECT (COUNT(*) AS ?count) {{ {_ALL} FILTER NOT EXISTS {{ "
    "?a ?x ?y . ?y ?z ?w . ?v ?u ?t FILTER(?v = ?o && ?t = 7) } }",
    "a graph that grows": "CONSTRUCT { " + "?a ?b ?f . ?d ?e ?i . ?g ?h ?c . " * 50 + f" }} {{ {_ALL} }}",
    "datatypes": "SELECT * { "
    + _ALL
    + 'BIND(STRDT(CONCAT(STR(?a), STR(?o)), IRI(CONCAT("http://example.org/", STR(RAND())))) AS ?x) }',
    "many unions": "SELECT (COUNT(*) AS ?count) { "
    + " UNION ".join("{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }" for _ in range(200))
    + " }",
    "optionals": "SELECT (COUNT(*) AS ?count) { ?s ?p ?o "
    + " ".join(f"OPTIONAL {{ ?s ?p{n} ?o{n} }}" for n in range(40))
    + " }",
    "groups": f"SELECT ?a ?f ?i (COUNT(*) AS ?count) {{ {_ALL} }} GROUP BY ?a ?f ?i HAVING (COUNT(?o) > 9e9)",
    "hashes": f"SELECT * {{ {_ALL} FILTER(SHA512(CONCAT(STR(?a), STR(?f), STR(?l))) = 'x') }}",
}
"""Queries that run until they are ended, or until their answer is too large, by name."""
SURVIVED = {
    "a long path": "SELECT * { ?s " + "/".join(["<a:b>"] * 2000) + " ?o }",
    "a long sum": "SELECT (" + "+".join(["1"] * 6000) + " AS ?x) {}",
    "a long condition": "SELECT * { FILTER(" + "||".join(["?x"] * 4000) + ") }",
    "negations": "SELECT (" + "!" * 8000 + "true AS ?x) {}",
    "minus signs": "SELECT (" + "- " * 6000 + "1 AS ?x) {}",
    "inverse paths": "SELECT * { ?s " + "^" * 8000 + "<a:b> ?o }",
    "many triples": "SELECT * { " + "?s ?p ?o . " * 1300 + " }",
    "many groups": "SELECT * { " + "{ ?s ?p ?o } " * 500 + "}",
    "many filters": "SELECT * { ?s ?p ?o " + "FILTER(?o > 1)" * 1000 + " }",
    "a long list": "SELECT * { ?s ?p (" + " 1" * 7000 + ") }",
}
"""Queries that may get an answer, an error, or end their process: whichever, the service goes on."""
