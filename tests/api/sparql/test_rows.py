"""Rows are counted in what the engine has serialised, whatever is in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions, Store

from api.sparql.rows import count_rows
from api.sparql.wire import ROW_FORMATS

FORMATS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
TEXTS = st.lists(st.text(alphabet='{},:"\\\r\n\t<result> ab', max_size=12), max_size=6, unique=True)


@pytest.mark.parametrize("form", ROW_FORMATS)
@given(texts=TEXTS)
def test_rows_are_counted(form: str, texts: list[str]) -> None:
    store = Store()
    store.extend(Quad(NamedNode("a:b"), NamedNode("a:c"), Literal(text)) for text in texts)
    for query in ("SELECT ?s ?o { ?s ?p ?o }", "SELECT ?none ?o { ?s ?p ?o }", "SELECT ?none { ?s ?p ?o }"):
        found = store.query(query)
        assert isinstance(found, QuerySolutions)
        data = found.serialize(format=FORMATS[form])
        assert data is not None
        assert count_rows(data, form, 0) == len(texts)
        assert (count_rows(data, form, 3) > 3) == (len(texts) > 3)
