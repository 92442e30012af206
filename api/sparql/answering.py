# ruff: noqa: N818 (the names say what happened: `except TooLarge`)
"""A query on a store of Oxigraph, answered whole and within bounds. This runs in a process that can be ended."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO, Any, cast

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from api.sparql.rows import count_rows

_ROWS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_NOT_IN_XML = re.compile(rb"[\x00-\x08\x0b-\x1f]|\xef\xbf[\xbe\xbf]")
_GRAPHS = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}


class TooLarge(Exception):
    """The answer is over its limit; the message says which."""


class NoGraph(Exception):
    """A graph that is not served; the message names it."""


class NotInFormat(Exception):
    """The answer cannot be told in the format that was asked for; the message says why."""


class _Bounded(io.RawIOBase):
    """What is written, up to ``most`` bytes."""

    def __init__(self, most: int) -> None:
        self.held = bytearray()
        self._most = most

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.held += data
        if len(self.held) > self._most:
            raise TooLarge(f"the answer has more than {self._most} bytes")
        return len(data)


def _at_most(triples: QueryTriples, most: int) -> Iterator[Triple]:
    for number, triple in enumerate(triples, 1):
        if number > most:
            raise TooLarge(f"the answer has more than {most} triples")
        yield triple


def _resolved(prologue: str, written: list[str]) -> list[str]:
    """The IRIs that ``written`` stand for behind ``prologue``, as the engine itself reads them."""
    found = []
    for text in written:
        solutions = Store().query(f"{prologue}SELECT ({text} AS ?graph) {{}}")
        assert isinstance(solutions, QuerySolutions)
        term = next(solutions)["graph"]
        assert isinstance(term, NamedNode)
        found.append(term.value)
    return found


def _dataset(asked: dict[str, Any]) -> tuple[list[NamedNode | BlankNode | DefaultGraph], list[NamedNode | BlankNode]]:
    """Default and named graphs of the query: of the request, else of its own FROM, else everything that is served."""
    served, whole = asked["served"], asked["whole"]
    default, named = asked["default"], asked["named"]
    if not default and not named:
        default = _resolved(asked["prologue"], asked["from"])
        named = _resolved(asked["prologue"], asked["from_named"])
    if not default and not named:
        return [DefaultGraph()], [NamedNode(name) for name in served]
    for name in default:
        if name not in (*served, whole):
            raise NoGraph(f"{name} is not served; there are {', '.join((*served, whole))}")
    for name in named:
        if name not in served:
            raise NoGraph(f"{name} is not served as a named graph; there is {', '.join(served)}")
    graphs: list[NamedNode | BlankNode | DefaultGraph] = [
        DefaultGraph() if name == whole else NamedNode(name) for name in dict.fromkeys(default)
    ]
    return graphs, [NamedNode(name) for name in dict.fromkeys(named)]


def _check_xml(data: bytearray) -> None:
    """Write carriage returns so that they are read as such. Raises NotInFormat for characters that XML cannot hold."""
    if b"\r" in data:
        data[:] = data.replace(b"\r", b"&#13;")
    if _NOT_IN_XML.search(data) is not None:
        raise NotInFormat("the answer has control characters, which XML cannot hold; ask for JSON")


def answer(store: Store, asked: dict[str, Any]) -> bytearray:
    """The whole answer to a query, in the format that was asked for."""
    default, named = _dataset(asked)
    found = store.query(asked["query"], default_graph=default, named_graphs=named)
    into, form = _Bounded(asked["bytes"]), asked["format"]
    stream = cast(IO[bytes], into)
    if isinstance(found, QueryTriples) and form in _GRAPHS:
        serialize(_at_most(found, asked["rows"]), stream, _GRAPHS[form], prefixes=asked["prefixes"])
    elif isinstance(found, QuerySolutions | QueryBoolean) and form in _ROWS:
        found.serialize(stream, _ROWS[form])
        if form == "xml":
            _check_xml(into.held)
        if isinstance(found, QuerySolutions) and count_rows(into.held, form, asked["rows"]) > asked["rows"]:
            raise TooLarge(f"the answer has more than {asked['rows']} rows")
    else:
        raise SyntaxError("the query is not of the form that it seems to have")
    return into.held
