"""What a SPARQL query costs beside the same query in this process. Run by `make bench`.

``direct_p50`` and ``endpoint_p50`` are milliseconds for one warm query: by Oxigraph on the same copy of the store, and
by a process of the endpoint, screening included, HTTP not. ``resident_mb`` is the memory of that process afterwards.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, Store
from pytest_benchmark.fixture import BenchmarkFixture

from api.settings import Settings
from api.sparql.endpoint import Endpoint
from api.sparql.protocol import Asked
from graph.library import Library
from tests.api.samples import fill

COUNT = 300
QUERIES = {
    "one": "ASK {}",
    "many": "SELECT ?claim ?p ?o { ?claim a <https://w3id.org/picograph/vocab#Claim> ; ?p ?o } LIMIT 100",
}


def _p50(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) // 2] * 1000


def _direct(store: Store, query: str) -> float:
    began = time.perf_counter()
    found = store.query(query)
    if isinstance(found, QuerySolutions):
        found.serialize(format=QueryResultsFormat.JSON)
    return time.perf_counter() - began


async def _timed(work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_beside_the_engine_alone(benchmark: BenchmarkFixture, tmp_path: Path, name: str) -> None:
    query = QUERIES[name]

    async def measure(library: Library) -> dict[str, float]:
        library.snapshot(tmp_path / "copy")
        store, endpoint = Store.read_only(str(tmp_path / "copy")), Endpoint(library, Settings(sparql_children=1))
        asked = Asked(query)

        async def ask() -> None:
            await endpoint.answer(asked, endpoint.look(asked), "json")

        try:
            await ask()
            direct, through = [], []
            for _ in range(COUNT):
                direct.append(_direct(store, query))
                through.append(await _timed(ask))
            resident = endpoint.pool.workers()[0].resident / 1e6
            return {"direct_p50": _p50(direct), "endpoint_p50": _p50(through), "resident_mb": resident}
        finally:
            await endpoint.close()

    with Library.open(tmp_path / "store") as library:
        fill(library)
        found = benchmark.pedantic(lambda: asyncio.run(measure(library)), rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info.update({key: round(value, 3) for key, value in found.items()})
    assert found["resident_mb"] > 0
