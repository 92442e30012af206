"""SPARQL on a copy of the store in a process of its own, which is killed when a query takes too long."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

from tests.bench.graph.figures import Times

LIMIT = 15.0
"""Seconds after which a query is stopped, and counted as so many."""
Answer = tuple[list[tuple[str | None, ...]], float, float]


def _serve(folder: str, calls: Connection) -> None:
    store = Store.read_only(folder)
    calls.send("ready")
    while (query := calls.recv()) is not None:
        wall, cpu = time.perf_counter(), time.process_time()
        found = store.query(query)
        assert isinstance(found, QuerySolutions)
        rows = [tuple(None if term is None else str(term) for term in solution) for solution in found]
        calls.send((rows, time.perf_counter() - wall, time.process_time() - cpu))


class Stoppable:
    """A process that answers SPARQL from a folder that nobody writes to."""

    def __init__(self, folder: Path, serve: Callable[[str, Connection], None] = _serve) -> None:
        self._folder, self._serve = folder, serve
        self._start()

    def _start(self) -> None:
        self._calls, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("spawn").Process(
            target=self._serve, args=(str(self._folder), theirs), daemon=True
        )
        self._process.start()
        theirs.close()
        if self._calls.recv() != "ready":
            raise RuntimeError("the process that answers SPARQL did not start")

    def ask(self, query: str, times: Times | None = None, limit: float = LIMIT) -> list[tuple[str | None, ...]] | None:
        """The rows; None when it took longer than ``limit``."""
        self._calls.send(query)
        if not self._calls.poll(limit):
            self._process.kill()
            self._process.join()
            if times is not None:
                times.stop(limit)
            self._start()
            return None
        rows, wall, cpu = self._calls.recv()
        if times is not None:
            times.add(wall, cpu)
        found: list[tuple[str | None, ...]] = rows
        return found

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
