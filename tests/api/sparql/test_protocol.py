"""Requests of the SPARQL protocol, and what they ask. Modelled on the manifests of the W3C."""

from __future__ import annotations

import pytest

from api.sparql.errors import FormUnsupported, QueryMalformed, SparqlError
from api.sparql.protocol import DIRECT, FORM, Asked, asked_of

UNDERSTOOD: list[tuple[str, str, str | None, bytes, Asked | None]] = [
    ("GET", "query=ASK%20%7B%7D", None, b"", Asked("ASK {}")),
    ("HEAD", "query=ASK+%7B%7D", None, b"", Asked("ASK {}")),
    ("GET", "", None, b"", None),
    ("GET", "default-graph-uri=a%3Ab", None, b"", None),
    ("GET", "query=ASK%7B%7D&default-graph-uri=a%3Ab", None, b"", Asked("ASK{}", ("a:b",))),
    (
        "GET",
        "query=ASK%7B%7D&default-graph-uri=a%3Ab&default-graph-uri=a%3Ac",
        None,
        b"",
        Asked("ASK{}", ("a:b", "a:c")),
    ),
    (
        "GET",
        "query=ASK%7B%7D&named-graph-uri=a%3Ab&named-graph-uri=a%3Ac",
        None,
        b"",
        Asked("ASK{}", (), ("a:b", "a:c")),
    ),
    (
        "GET",
        "query=ASK%7B%7D&default-graph-uri=a%3Ab&named-graph-uri=c%3Ad",
        None,
        b"",
        Asked("ASK{}", ("a:b",), ("c:d",)),
    ),
    ("GET", "query=ASK%7B%7D&unknown=1", None, b"", Asked("ASK{}")),
    ("POST", "", FORM, b"query=ASK%20%7B%7D", Asked("ASK {}")),
    ("POST", "", FORM + "; charset=UTF-8", b"query=ASK%20%7B%7D&named-graph-uri=a%3Ab", Asked("ASK {}", (), ("a:b",))),
    ("POST", "", DIRECT, b"ASK {}", Asked("ASK {}")),
    ("POST", "", DIRECT + ';charset="utf-8"', "ASK { 'é' }".encode(), Asked("ASK { 'é' }")),
    ("POST", "default-graph-uri=a%3Ab", DIRECT, b"ASK {}", Asked("ASK {}", ("a:b",))),
    ("POST", "named-graph-uri=a%3Ab", DIRECT.upper(), b"ASK {}", Asked("ASK {}", (), ("a:b",))),
]
REFUSED: list[tuple[str, str, str | None, bytes, type[SparqlError]]] = [
    ("GET", "query=", None, b"", QueryMalformed),
    ("GET", "query=ASK%7B%7D&query=ASK%7B%7D", None, b"", QueryMalformed),
    ("GET", "query=%FF", None, b"", QueryMalformed),
    ("GET", "query=ASK%7B%7D&update=CLEAR+ALL", None, b"", QueryMalformed),
    ("GET", "query=ASK" + "&default-graph-uri=a%3Ab" * 200, None, b"", QueryMalformed),
    ("POST", "", FORM, b"", QueryMalformed),
    ("POST", "", FORM, b"update=CLEAR+ALL", QueryMalformed),
    ("POST", "query=ASK%7B%7D", FORM, b"", QueryMalformed),
    ("POST", "", FORM, b"query=ASK%7B%7D&query=ASK%7B%7D", QueryMalformed),
    ("POST", "", DIRECT, b"", QueryMalformed),
    ("POST", "query=ASK%7B%7D", DIRECT, b"ASK {}", QueryMalformed),
    ("POST", "", DIRECT, "ASK { 'é' }".encode("latin-1"), QueryMalformed),
    ("POST", "", DIRECT + "; charset=utf-16", "ASK {}".encode("utf-16"), FormUnsupported),
    ("POST", "", None, b"ASK {}", FormUnsupported),
    ("POST", "", "text/plain", b"ASK {}", FormUnsupported),
    ("POST", "", "application/sparql-update", b"CLEAR ALL", FormUnsupported),
    ("POST", "", "multipart/form-data; boundary=x", b"--x--", FormUnsupported),
]


@pytest.mark.parametrize(("method", "parameters", "kind", "body", "asked"), UNDERSTOOD)
def test_what_a_request_asks(method: str, parameters: str, kind: str | None, body: bytes, asked: Asked | None) -> None:
    assert asked_of(method, parameters, kind, body) == asked


@pytest.mark.parametrize(("method", "parameters", "kind", "body", "refusal"), REFUSED)
def test_what_is_no_request(
    method: str, parameters: str, kind: str | None, body: bytes, refusal: type[SparqlError]
) -> None:
    with pytest.raises(refusal):
        asked_of(method, parameters, kind, body)
