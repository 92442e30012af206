"""A store behind a URL, over the SPARQL 1.1 protocol: form POST, results as JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from pyoxigraph import Literal, NamedNode, Quad

from graph.binding import Values, bind, load_query
from graph.errors import StoreBusy, StoreError, StoreUnavailable
from graph.lease import leased
from graph.store import Row, Triple, data_block
from graph.terms import DOUBLE_TYPE, Term

TIMEOUT = httpx.Timeout(60.0, connect=5.0)
_RESULTS = "application/sparql-results+json"


def endpoints(url: str) -> tuple[str, str]:
    """The query and the update address of the store at ``url``.

    >>> endpoints("http://localhost:7878")
    ('http://localhost:7878/query', 'http://localhost:7878/update')
    >>> endpoints("http://localhost:8890/sparql")
    ('http://localhost:8890/sparql', 'http://localhost:8890/sparql')
    >>> endpoints("http://localhost:3030/ds/query")
    ('http://localhost:3030/ds/query', 'http://localhost:3030/ds/update')
    """
    base = url.rstrip("/")
    if base.endswith("/sparql"):
        return base, base
    base = base.removesuffix("/query")
    return f"{base}/query", f"{base}/update"


def without_credentials(url: str) -> str:
    """``url`` as it may be shown: without user and password.

    >>> without_credentials("https://me:secret@example.org/sparql?key=1")
    'https://example.org/sparql'
    """
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"


class SparqlStore:
    """A quad store that others may read and write at the same time. User and password in the URL go as basic auth."""

    def __init__(self, url: str) -> None:
        self._query_url, self._update_url = endpoints(url)
        self._name = without_credentials(url)
        self._client = httpx.Client(timeout=TIMEOUT, headers={"Accept": _RESULTS}, follow_redirects=False)

    @property
    def shared(self) -> bool:
        """See ``QuadStore``."""
        return True

    def select(self, query: str, /, **values: Values) -> list[Row]:
        """See ``QuadStore``. Raises StoreUnavailable when the answer is missing, refused or cut short."""
        answer = self._post(self._query_url, "query", bind(query, values))
        try:
            body: Any = answer.json()
            names = body["head"]["vars"]
            return [tuple(_term(row.get(name)) for name in names) for row in body["results"]["bindings"]]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreUnavailable(f"{self._name} gave an answer that is no SPARQL result, or half of one") from error

    def describe(self, subjects: Iterable[NamedNode], only: NamedNode | None = None, /) -> list[Triple]:
        """See ``QuadStore``."""
        given: dict[str, Values] = {"subject": list(subjects)}
        if only is not None:
            given["predicate"] = only
        rows = self.select(load_query("describe"), **given) if given["subject"] else []
        return [
            (s, p, o) for s, p, o in rows if isinstance(s, NamedNode) and isinstance(p, NamedNode) and o is not None
        ]

    def exclusive(self) -> AbstractContextManager[None]:
        """See ``QuadStore``."""

        def read() -> list[str]:
            return [lease.value for (lease,) in self.select(load_query("leases")) if lease is not None]

        return leased(read, lambda removed, added: self.apply(removed, added, guard=None, proof=None))

    def apply(
        self, removed: Collection[Quad], added: Collection[Quad], *, guard: Quad | None, proof: Quad | None
    ) -> None:
        """See ``QuadStore``."""
        if guard is None:
            text = f"DELETE DATA {{\n{data_block(removed)}\n}} ;\nINSERT DATA {{\n{data_block(added)}\n}}"
        else:
            text = (
                f"DELETE {{\n{data_block(removed)}\n}}\nINSERT {{\n{data_block(added)}\n}}\n"
                f"WHERE {{ {data_block([guard])} }}"
            )
        self._post(self._update_url, "update", text)
        if proof is not None and not self.select(f"SELECT (1 AS ?found) WHERE {{ {data_block([proof])} }}"):
            raise StoreBusy(f"{self._name} was changed by someone else at the same moment; nothing was written")

    def flush(self) -> None:
        """See ``QuadStore``. The protocol has no such request: durability is that of the store behind the URL."""

    def snapshot(self, target: Path) -> None:
        """See ``QuadStore``; not to be had over the protocol."""
        raise StoreError(f"{self._name} makes its own copies; picograph cannot make one over the SPARQL protocol")

    def close(self) -> None:
        """See ``QuadStore``."""
        self._client.close()

    def _post(self, url: str, field: str, text: str) -> httpx.Response:
        try:
            answer = self._client.post(url, data={field: text})
        except httpx.HTTPError as error:
            raise StoreUnavailable(f"{self._name} did not answer: {error}") from error
        if not answer.is_success:
            raise StoreUnavailable(f"{self._name} answered {answer.status_code}: {answer.text[:200]}")
        return answer


def _term(found: Mapping[str, str] | None) -> Term | None:
    """One value of a SPARQL JSON result; doubles in the store's own form, so that they compare equal."""
    if found is None:
        return None
    if found["type"] == "uri":
        return NamedNode(found["value"])
    if found["type"] not in ("literal", "typed-literal"):
        raise ValueError(f"a {found['type']} in a result")
    if "xml:lang" in found:
        return Literal(found["value"], language=found["xml:lang"])
    if "datatype" not in found:
        return Literal(found["value"])
    kind = NamedNode(found["datatype"])
    return Literal(float(found["value"])) if kind == DOUBLE_TYPE else Literal(found["value"], datatype=kind)
