"""The same pages from rdflib's in-memory store, and from rdflib-endpoint over it: each query stopped in time."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile

import httpx
from pyoxigraph import DefaultGraph, RdfFormat, Store
from rdflib import Graph

from tests.bench.graph.figures import Figure, Times
from tests.bench.graph.plain import LIMIT
from tests.bench.graph.questions import Asked


def _loaded(store: Path) -> Graph:
    """The default graph in rdflib's own memory."""
    graph = Graph()
    with NamedTemporaryFile(suffix=".nt") as held:
        Store.read_only(str(store / "oxigraph")).dump(held, RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        held.flush()
        graph.parse(held.name, format="nt")
    return graph


def _forked(work: Callable[[], None]) -> int:
    """Run ``work`` in a copy of this process, which ends with it; its process id."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return child


def _in_memory(graph: Graph, questions: Sequence[Asked]) -> Times:
    times = Times()
    for one in questions:
        began = time.perf_counter()
        child = _forked(lambda one=one: print(len(list(graph.query(one.page))), file=sys.stderr))  # type: ignore[misc]
        while (done := os.waitpid(child, os.WNOHANG)[0]) == 0 and time.perf_counter() - began < LIMIT:
            time.sleep(0.001)
        if done:
            took = time.perf_counter() - began
            times.add(took, took)
        else:
            _kill(child)
            times.stop(LIMIT)
    return times


def _over_http(graph: Graph, questions: Sequence[Asked]) -> Times:
    times, child, port = Times(), 0, 0
    try:
        for one in questions:
            if not child:
                port = _free_port()
                child = _forked(partial(_endpoint, graph, port))
                _wait(port)
            began = time.perf_counter()
            try:
                _post(f"http://127.0.0.1:{port}/", one.page)
            except httpx.TimeoutException:
                _kill(child)  # it does not end by itself, and not on SIGTERM
                child = 0
                times.stop(LIMIT)
            else:
                took = time.perf_counter() - began
                times.add(took, took)
    finally:
        if child:
            _kill(child)
    return times


def _post(address: str, query: str) -> None:
    httpx.post(address, data={"query": query}, timeout=LIMIT, trust_env=False).raise_for_status()


def _endpoint(graph: Graph, port: int) -> None:
    import uvicorn
    from rdflib_endpoint import SparqlEndpoint

    uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=port, log_level="critical")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait(port: int) -> None:
    for _ in range(600):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("rdflib-endpoint did not start")


def _kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def compared(store: Path, questions: Sequence[Asked], claims: int, mine: Times) -> Iterator[Figure]:
    """Both, as ratios to the median of our own pages: a lower bound where queries were stopped."""
    graph = _loaded(store)
    for name, times in (
        ("rdflib in memory", _in_memory(graph, questions)),
        ("rdflib-endpoint over it", _over_http(graph, questions)),
    ):
        yield Figure(f"{name}, p50", claims, times.ms(50), "ms", note=times.told())
        ratio = times.ms(50) / mine.ms(50)
        yield Figure(f"{name} against evidence page, p50", claims, ratio, "times", 50, 500, more=True)
