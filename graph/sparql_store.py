"""A store behind a URL, over the SPARQL 1.1 protocol."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.binding import Values, bind, load_query
from graph.connection import Connection, connection_from_environment
from graph.errors import StoreBusy, StoreError, StoreFormatError, StoreUnavailable
from graph.lease import leased
from graph.sparql_http import NotInThisForm, SlowUpdate, SparqlHttp
from graph.sparql_results import JSON, TURTLE, Solutions, from_json, from_turtle
from graph.sparql_steps import Journal, guarded, steps
from graph.store import Row, Triple, data_block
from graph.vocab import DECISIONS, EXTRACTIONS, LEASES, LOG, META, TEXTS

NAMED = (TEXTS, EXTRACTIONS, DECISIONS, LOG, META, LEASES)
_READ: dict[str, Callable[[bytes], Solutions]] = {JSON: from_json, TURTLE: from_turtle}
_EXACT = Literal(0.1 + 0.2)
_PROBE = "SELECT (0.30000000000000004e0 AS ?number) WHERE {}"
_LEASES = "SELECT ?lease WHERE { ?store <https://w3id.org/picograph/vocab#writer> ?lease }"


class SparqlStore:
    """A quad store that others may read and write at the same time.

    ``connection`` says who asks and what the store cannot do by itself (None: as the environment has it).
    """

    def __init__(self, url: str, connection: Connection | None = None, named: Sequence[NamedNode] = NAMED) -> None:
        """``named`` are the graphs there may be, for a store whose default graph has a name."""
        held = connection_from_environment() if connection is None else connection
        self._http = SparqlHttp(url, held)
        self._limit = held.update_limit
        self._default = None if held.default_graph is None else NamedNode(held.default_graph)
        self._dataset: Mapping[str, Sequence[str]] = {}
        if self._default is not None:
            self._dataset = {
                "default-graph-uri": [self._default.value],
                "named-graph-uri": [graph.value for graph in named],
            }
        self._journal = Journal(self.select, self._http.update)
        self._form: str | None = None
        self._apart = self._default is not None

    @property
    def shared(self) -> bool:
        """See ``QuadStore``."""
        return True

    @property
    def folder(self) -> Path | None:
        """See ``QuadStore``: it is not ours."""
        return None

    def select(self, query: str, /, **values: Values) -> list[Row]:
        """See ``QuadStore``. Raises StoreUnavailable when the answer is missing, refused, rounded or cut short."""
        return self.solutions(bind(query, values))[1]

    def solutions(self, query: str, /) -> tuple[list[str], list[Row]]:
        """See ``QuadStore``."""
        form = self._exact_form()
        try:
            return self._read(query, form)
        except NotInThisForm:  # Virtuoso has no Turtle for a query that it knows to find nothing
            names, rows = self._read(query, JSON)
            if form == JSON or rows:
                raise
            return names, rows

    def describe(
        self, subjects: Iterable[NamedNode], only: NamedNode | None = None, graph: NamedNode | None = None, /
    ) -> list[Triple]:
        """See ``QuadStore``."""
        given: dict[str, Values] = {"subject": list(subjects)}
        if only is not None:
            given["predicate"] = only
        if graph is not None:
            given["graph"] = graph
        query = load_query("describe") if graph is None else load_query("describe_in_graph")
        rows = self.select(query, **given) if given["subject"] else []
        return [
            (s, p, o) for s, p, o in rows if isinstance(s, NamedNode) and isinstance(p, NamedNode) and o is not None
        ]

    def _read(self, query: str, form: str) -> Solutions:
        answer = self._http.query(query, form, self._dataset)
        try:
            return _READ[form](answer.body)
        except ValueError as error:
            raise StoreUnavailable(
                f"{self._http.name} gave an answer that is no SPARQL result, or half of one; ask again, and look at "
                "the limits and the log of that store"
            ) from error

    def _exact_form(self) -> str:
        """The form of results in which this store keeps every digit of a number; asked once."""
        if self._form is None:
            forms = [form for form in (JSON, TURTLE) if self._keeps_digits(form)]
            if not forms:
                raise StoreUnavailable(
                    f"{self._http.name} rounds numbers in its answers, so that picograph cannot use it; take another"
                )
            self._form = forms[0]
        return self._form

    def _keeps_digits(self, form: str) -> bool:
        try:
            return self._read(_PROBE, form)[1] == [(_EXACT,)]
        except StoreUnavailable:
            if form == JSON:
                raise
            return False

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """See ``QuadStore``. Raises StoreFormatError where the default graph shows what is in named graphs."""

        def read() -> list[str]:
            return [lease.value for (lease,) in self.select(load_query("leases")) if lease is not None]

        with leased(read, lambda removed, added: self.apply(removed, added, guard=None, proof=None)):
            if not self._apart:  # our own lease is in a named graph right now
                if self.select(_LEASES):
                    raise StoreFormatError(
                        f"{self._http.name} shows all graphs in its default graph; set PICOGRAPH_STORE_DEFAULT_GRAPH="
                        "https://w3id.org/picograph/graph/default, and picograph keeps them apart"
                    )
                self._apart = True
            if self._limit is not None:
                self._journal.finish()
            yield

    def apply(
        self, removed: Collection[Quad], added: Collection[Quad], *, guard: Quad | None, proof: Quad | None
    ) -> None:
        """See ``QuadStore``. With a limit on updates it goes in steps, see ``sparql_steps``."""
        gone, new = self._placed(removed), self._placed(added)
        if self._limit is not None:
            if guard is not None and not self._stands(guard):
                raise StoreBusy(self._overtaken)
            requests = steps(gone, new, guard, self._limit)
        elif guard is None:
            requests = [f"DELETE DATA {{\n{data_block(gone)}\n}} ;\nINSERT DATA {{\n{data_block(new)}\n}}"]
        else:
            requests = [guarded(gone, new, self._placed([guard]))]
        try:
            if len(requests) == 1:
                self._http.update(requests[0])
            else:
                self._journal.run(requests)
        except SlowUpdate:
            if proof is None or not self._stands(proof):
                raise
        if proof is not None and not self._stands(proof):
            raise StoreBusy(self._overtaken)

    @property
    def _overtaken(self) -> str:
        return f"{self._http.name} was changed by someone else at the same moment; nothing was written"

    def _stands(self, quad: Quad) -> bool:
        return bool(self.select(f"SELECT (1 AS ?found) WHERE {{ {data_block([quad])} }}"))

    def _placed(self, quads: Collection[Quad]) -> list[Quad]:
        """The quads with the name that the default graph has here."""
        if self._default is None:
            return list(quads)
        return [
            Quad(q.subject, q.predicate, q.object, self._default) if isinstance(q.graph_name, DefaultGraph) else q
            for q in quads
        ]

    def flush(self) -> None:
        """See ``QuadStore``. The protocol has no such request: durability is that of the store behind the URL."""

    def snapshot(self, target: Path) -> None:
        """See ``QuadStore``; not to be had over the protocol."""
        raise StoreError(f"{self._http.name} makes its own copies; picograph cannot make one over the SPARQL protocol")

    def rewrite(self, passing: Collection[Quad]) -> None:
        """See ``QuadStore``; not to be had over the protocol."""
        raise StoreError(f"{self._http.name} keeps its own files; picograph cannot write them anew")

    def close(self) -> None:
        """See ``QuadStore``."""
        self._http.close()
