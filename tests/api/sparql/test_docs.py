"""The page on SPARQL says what the endpoint does."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from api.settings import Settings
from api.sparql import errors
from api.sparql.endpoint import DEFAULT_GRAPH, SERVED
from api.sparql.formats import PAGE, media_type
from api.sparql.wire import GRAPH_FORMATS, ROW_FORMATS

PAGE_TEXT = (Path(__file__).resolve().parents[3] / "docs" / "sparql.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sparql\n(.*?)```", PAGE_TEXT, re.DOTALL)
LINES = [line for line in PAGE_TEXT.splitlines() if line.startswith("|")]


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_finds_something(endpoint: httpx.Client, query: str) -> None:
    answer = endpoint.get("/sparql", params={"query": query})
    assert answer.status_code == 200, answer.text
    assert answer.json()["results"]["bindings"]


def test_the_example_of_curl_finds_something(endpoint: httpx.Client) -> None:
    (query,) = re.findall(r"'query=\n(.*?)'", PAGE_TEXT, re.DOTALL)
    assert endpoint.post("/sparql", data={"query": query}).json()["results"]["bindings"]


def test_every_setting_is_there_with_its_default() -> None:
    settings = {name: field for name, field in Settings.model_fields.items() if name.startswith("sparql_")}
    assert len(settings) == 10
    for name, field in settings.items():
        (line,) = [line for line in LINES if line.startswith(f"| `PICOGRAPH_{name.upper()}`")]
        assert line.split("|")[2].strip() == f"{field.default:,.0f}"


def test_every_error_is_there_with_its_status() -> None:
    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, errors.SparqlError)]
    for kind in kinds:
        if kind is not errors.SparqlError:
            assert [line for line in LINES if f"`{kind.slug}`" in line and str(kind.status) in line], kind.slug


def test_every_format_and_graph_is_there() -> None:
    for form in (*ROW_FORMATS, *GRAPH_FORMATS, PAGE):
        assert f"`{media_type(form).partition(';')[0]}`" in PAGE_TEXT
    for graph in (*SERVED, DEFAULT_GRAPH):
        assert f"`{graph}`" in PAGE_TEXT
