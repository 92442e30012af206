"""The processes behind the endpoint: how many, for how long, and what becomes of them."""

from __future__ import annotations

import asyncio
from typing import Any

import psutil
import pytest

from api.sparql.errors import AnswerTooLarge, EndpointBusy, MemoryOver, QueryEnded, SparqlError, TimeOver
from api.sparql.protocol import Asked
from graph.library import Library
from tests.api.sparql.asking import CLAIMS, TRIPLES, ask, running
from tests.api.sparql.attacks import ENDED

ALL = "SELECT * { ?s ?p ?o . ?a ?b ?c }"
ENDLESS = ENDED["cross join"]


def test_as_many_processes_as_set_and_they_are_kept(shared_library: Library) -> None:
    async def work() -> None:
        async with running(shared_library, sparql_children=3) as endpoint:
            answers = await asyncio.gather(*(ask(endpoint, CLAIMS) for _ in range(9)))
            assert len({answer.body for answer in answers}) == 1
            while len(endpoint.pool.workers()) < 3:
                await asyncio.sleep(0.05)
            before = {worker.pid for worker in endpoint.pool.workers()}
            await asyncio.gather(*(ask(endpoint, TRIPLES) for _ in range(9)))
            assert {worker.pid for worker in endpoint.pool.workers()} == before

    asyncio.run(work())


def test_they_know_nothing_of_the_services_environment(
    shared_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PICOGRAPH_NCBI_API_KEY", "a-secret")

    async def work() -> None:
        async with running(shared_library, sparql_children=1) as endpoint:
            await ask(endpoint, CLAIMS)
            (worker,) = endpoint.pool.workers()
            child = psutil.Process(worker.pid)
            assert not [name for name in child.environ() if name.startswith("PICOGRAPH")]
            assert "limits" in worker.means

    asyncio.run(work())


@pytest.mark.parametrize(
    ("query", "limits", "refusal"),
    [
        (ENDLESS, {"sparql_timeout": 0.2}, TimeOver),
        (ENDED["replacements"], {}, MemoryOver),
        (ENDED["everything in order"], {"sparql_memory": 50_000_000}, MemoryOver),
        (ALL, {"sparql_answer_bytes": 100_000}, AnswerTooLarge),
        (ALL.replace("*", "?s") + " LIMIT 101", {"sparql_rows": 100}, AnswerTooLarge),
        ("SELECT * { " + "{ ?s ?p ?o } " * 500 + "}", {"sparql_timeout": 2}, (QueryEnded, TimeOver, MemoryOver)),
    ],
)
def test_over_a_limit_there_is_no_answer_and_the_next_query_has_one(
    shared_library: Library, query: str, limits: dict[str, Any], refusal: type[SparqlError]
) -> None:
    async def work() -> None:
        async with running(shared_library, sparql_children=1, **limits) as endpoint:
            with pytest.raises(refusal):
                await ask(endpoint, query)
            assert (await ask(endpoint, "ASK {}")).body == b'{"head":{},"boolean":true}'

    asyncio.run(work())


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_as_many_rows_as_allowed_are_an_answer(shared_library: Library, form: str) -> None:
    async def work() -> None:
        async with running(shared_library, sparql_children=1, sparql_rows=100) as endpoint:
            assert (await ask(endpoint, "SELECT * { ?s ?p ?o } LIMIT 100", form)).body
            with pytest.raises(AnswerTooLarge, match="more than 100 rows"):
                await ask(endpoint, "SELECT * { ?s ?p ?o } LIMIT 101", form)

    asyncio.run(work())


@pytest.mark.parametrize("form", ["turtle", "ntriples", "jsonld"])
def test_triples_are_counted_like_rows(shared_library: Library, form: str) -> None:
    async def work() -> None:
        async with running(shared_library, sparql_children=1, sparql_rows=100) as endpoint:
            assert (await ask(endpoint, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 100", form)).body
            with pytest.raises(AnswerTooLarge, match="more than 100 triples"):
                await ask(endpoint, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 101", form)

    asyncio.run(work())


def test_whoever_waits_too_long_or_comes_too_late_is_told(shared_library: Library) -> None:
    async def work() -> None:
        limits = {"sparql_children": 1, "sparql_queue": 1, "sparql_wait": 0.2}
        async with running(shared_library, **limits) as endpoint:
            await ask(endpoint, "ASK {}")
            first = asyncio.ensure_future(ask(endpoint, ENDLESS))
            await asyncio.sleep(0.05)
            second = asyncio.ensure_future(ask(endpoint, "ASK {}"))
            await asyncio.sleep(0.05)
            with pytest.raises(EndpointBusy, match="1 queries are waiting"):
                await ask(endpoint, "ASK {}")
            with pytest.raises(EndpointBusy, match=r"all of 0.2 seconds"):
                await second
            first.cancel()

    asyncio.run(work())


def test_a_query_that_nobody_waits_for_is_ended(shared_library: Library) -> None:
    async def work() -> None:
        async with running(shared_library, sparql_children=1) as endpoint:
            await ask(endpoint, "ASK {}")
            (worker,) = endpoint.pool.workers()
            child = psutil.Process(worker.pid)
            asked = asyncio.ensure_future(ask(endpoint, ENDLESS))
            await asyncio.sleep(0.1)
            asked.cancel()
            await asyncio.wait({asked})
            assert (await ask(endpoint, "ASK {}")).body
            assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE

    asyncio.run(work())


def test_a_process_that_somebody_ends_is_replaced(shared_library: Library) -> None:
    async def work() -> None:
        async with running(shared_library, sparql_children=1) as endpoint:
            await ask(endpoint, "ASK {}")
            psutil.Process(endpoint.pool.workers()[0].pid).kill()
            with pytest.raises(QueryEnded):
                await ask(endpoint, "ASK {}")
            assert (await ask(endpoint, "ASK {}")).body

    asyncio.run(work())


def test_the_network_is_out_of_reach_also_for_a_call_that_was_overlooked(shared_library: Library) -> None:
    callers: list[object] = []

    async def work() -> None:
        async def called(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            callers.append(reader)
            writer.close()

        server = await asyncio.start_server(called, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        query = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
        async with server, running(shared_library, sparql_children=1) as endpoint:
            asked = Asked(query)
            with pytest.raises(QueryEnded):
                await endpoint.answer(asked, endpoint.look(Asked("SELECT * {}")), "json")

    asyncio.run(work())
    assert callers == []
