# ruff: noqa: N803, N815 (rdflib names its arguments and methods so)
"""A store as an rdflib ``Dataset`` for notebooks: what is in the store now, read only, nothing copied.

A SELECT over the whole dataset is answered by the store itself and as fast as there. What rdflib adds (other forms of
queries, prepared ones, bindings, one named graph) its own engine answers, from patterns that the store finds.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from typing import Any, NoReturn

import rdflib
from pyoxigraph import Literal, NamedNode
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result
from rdflib.store import Store
from rdflib.term import Identifier, Variable

from graph.binding import Values
from graph.errors import StoreError
from graph.store import QuadStore
from graph.terms import Term
from graph.vocab import PREFIXES

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_SELECT = re.compile(r"(?:\s+|#[^\n]*|(?:PREFIX\s+[^\s:]*:|BASE)\s*<[^>]*>)*SELECT\b", re.IGNORECASE)
_Pattern = tuple[Identifier | None, Identifier | None, Identifier | None]


def dataset(store: QuadStore) -> rdflib.Dataset:
    """The graphs of a store; the default graph is not their union. Changing it raises StoreError."""
    view = rdflib.Dataset(store=_View(store), default_union=False)
    for prefix, iri in PREFIXES.items():
        view.bind(prefix, iri)
    return view


def to_rdflib(term: Term) -> rdflib.URIRef | rdflib.Literal:
    """A term of ours as rdflib has it, letter by letter."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    kind = None if term.datatype.value == _STRING else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=kind, normalize=False)


def from_rdflib(term: Identifier) -> Term | None:
    """The inverse; None for what no store of ours holds, such as a blank node."""
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if not isinstance(term, rdflib.Literal):
        return None
    if term.language is not None:
        return Literal(str(term), language=term.language)
    return Literal(str(term), datatype=NamedNode(str(term.datatype or _STRING)))


class _View(Store):
    """rdflib's interface of a store, as far as reading needs it."""

    context_aware = True
    graph_aware = True
    transaction_aware = False

    def __init__(self, held: QuadStore) -> None:
        super().__init__()
        self._held = held
        self._prefixes: dict[str, rdflib.URIRef] = {}

    def triples(  # type: ignore[override]
        self, triple_pattern: _Pattern, context: rdflib.Graph | None = None
    ) -> Iterator[tuple[tuple[Any, Any, Any], Iterator[rdflib.Graph | None]]]:
        """The triples that fit a pattern, in one graph; of all graphs where none is given."""
        given: dict[str, Values] = {}
        for name, term in zip("spo", triple_pattern, strict=True):
            if term is not None:
                value = from_rdflib(term)
                if value is None:
                    return
                given[name] = value
        slots = " ".join(f"VALUES ?{name} {{ UNDEF }}" for name in given)
        pattern = f"{slots} ?s ?p ?o"
        if context is None:
            body = f"{{ {pattern} }} UNION {{ {slots} GRAPH ?g {{ ?s ?p ?o }} }}"
        elif context.identifier == DATASET_DEFAULT_GRAPH_ID:
            body = pattern
        else:
            graph = from_rdflib(context.identifier)
            if graph is None:
                return
            given["g"] = graph
            body = f"VALUES ?g {{ UNDEF }} {slots} GRAPH ?g {{ ?s ?p ?o }}"
        for row in self._held.select(f"SELECT ?s ?p ?o ?g WHERE {{ {body} }}", **given):
            home = row[3]
            graph_of = rdflib.Graph(self, DATASET_DEFAULT_GRAPH_ID if home is None else to_rdflib(home))
            s, p, o = (to_rdflib(term) for term in row[:3] if term is not None)
            yield (s, p, o), iter((graph_of,))

    def __len__(self, context: rdflib.Graph | None = None) -> int:
        """How many triples there are, in one graph or in all."""
        return sum(1 for _ in self.triples((None, None, None), context))

    def contexts(self, triple: _Pattern | None = None) -> Generator[rdflib.Graph, None, None]:  # type: ignore[override]
        """The named graphs, or those that have a triple."""
        if triple is not None:
            yield from {g.identifier: g for _, graphs in self.triples(triple) for g in graphs if g is not None}.values()
            return
        for (name,) in self._held.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"):
            if name is not None:
                yield rdflib.Graph(self, to_rdflib(name))

    def query(
        self, query: object, initNs: Mapping[str, object], initBindings: Mapping[str, object], queryGraph: str, **_: Any
    ) -> Result:
        """A SELECT over the dataset, by the store. NotImplementedError hands anything else to rdflib's engine."""
        if not isinstance(query, str) or initBindings or str(queryGraph) != str(DATASET_DEFAULT_GRAPH_ID):
            raise NotImplementedError
        if _SELECT.match(query) is None:
            raise NotImplementedError
        prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in initNs.items())
        names, rows = self._held.solutions(prefixes + query)
        result = Result("SELECT")
        result.vars = [Variable(name) for name in names]
        result.bindings = [
            {name: to_rdflib(term) for name, term in zip(result.vars, row, strict=True) if term is not None}
            for row in rows
        ]
        return result

    def bind(self, prefix: str, namespace: rdflib.URIRef, override: bool = True) -> None:
        """Remember a prefix, in this view alone."""
        if override or prefix not in self._prefixes:
            self._prefixes[prefix] = namespace

    def namespace(self, prefix: str) -> rdflib.URIRef | None:
        """What a prefix stands for."""
        return self._prefixes.get(prefix)

    def prefix(self, namespace: rdflib.URIRef) -> str | None:
        """The prefix of a namespace."""
        return next((prefix for prefix, iri in self._prefixes.items() if str(iri) == str(namespace)), None)

    def namespaces(self) -> Iterator[tuple[str, rdflib.URIRef]]:
        """Every prefix."""
        yield from self._prefixes.items()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise StoreError("this view of the store is for reading: change claims with Library.ingest and Library.decide")

    add = addN = remove = update = remove_graph = _refuse

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Naming a graph adds nothing to it."""
