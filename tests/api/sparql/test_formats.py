"""Which format a request gets."""

from __future__ import annotations

import pytest

from api.sparql.errors import NotAcceptable
from api.sparql.formats import answer_type, choose, formats_of

ROWS = (*formats_of("select"), "html")
GRAPHS = (*formats_of("construct"), "html")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("application/sparql-results+json", "json"),
        ("application/json", "json"),
        ("application/sparql-results+xml", "xml"),
        ("application/xml", "xml"),
        ("text/csv", "csv"),
        ("text/tab-separated-values", "tsv"),
        ("TEXT/CSV ; Q=0.4", "csv"),
        ("text/csv;q=0.4, text/tab-separated-values;q=0.6", "tsv"),
        ("text/csv;q=0.4, */*;q=0.1", "csv"),
        ("text/*", "csv"),
        ("application/*;q=0.5, text/csv;q=0.2", "json"),
        ("text/csv;q=0, text/*", "tsv"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("text/turtle, text/csv", "csv"),
        ("nonsense, text/csv", "csv"),
        ("text/csv;q=much, text/tab-separated-values", "tsv"),
        (BROWSER, "html"),
    ],
)
def test_the_format_of_rows(accept: str | None, form: str) -> None:
    assert choose(accept, ROWS) == form


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, "turtle"),
        ("*/*", "turtle"),
        ("text/turtle", "turtle"),
        ("application/n-triples", "ntriples"),
        ("application/ld+json", "jsonld"),
        ("text/turtle;q=0.1, application/ld+json", "jsonld"),
        (BROWSER, "html"),
    ],
)
def test_the_format_of_graphs(accept: str | None, form: str) -> None:
    assert choose(accept, GRAPHS) == form


@pytest.mark.parametrize("accept", ["text/turtle", "image/png", "text/csv;q=0", "*/*;q=0", "nonsense"])
def test_what_rows_cannot_be(accept: str) -> None:
    with pytest.raises(NotAcceptable, match="application/sparql-results"):
        choose(accept, ROWS)


@pytest.mark.parametrize(
    ("accept", "form", "media"),
    [
        (None, "json", "application/sparql-results+json"),
        ("application/json", "json", "application/json"),
        ("application/json, application/sparql-results+json", "json", "application/sparql-results+json"),
        ("application/json, */*", "json", "application/sparql-results+json"),
        ("text/csv", "csv", "text/csv; charset=utf-8"),
    ],
)
def test_an_answer_has_the_name_it_was_asked_by(accept: str | None, form: str, media: str) -> None:
    assert answer_type(accept, form) == media
