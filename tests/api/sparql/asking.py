"""An endpoint without a service around it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import psutil

from api.settings import Settings
from api.sparql.endpoint import Answer, Endpoint
from api.sparql.protocol import Asked
from graph.library import Library

CLAIMS = "SELECT ?claim { ?claim a <https://w3id.org/picograph/vocab#Claim> } ORDER BY ?claim"
TRIPLES = "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }"


@asynccontextmanager
async def running(library: Library, **limits: Any) -> AsyncIterator[Endpoint]:
    """An endpoint that is patient, but for ``limits``; all of its processes end with it."""
    endpoint = Endpoint(library, Settings(**{"sparql_timeout": 60, "sparql_wait": 60, "sparql_queue": 20, **limits}))
    try:
        yield endpoint
    finally:
        children = [worker.pid for worker in endpoint.pool.workers()]
        await endpoint.close()
        assert not [pid for pid in children if psutil.pid_exists(pid)]


def ask(endpoint: Endpoint, query: str, form: str = "json") -> Coroutine[Any, Any, Answer]:
    """The answer to come."""
    asked = Asked(query)
    return endpoint.answer(asked, endpoint.look(asked), form)
