"""The service as people run it: what it needs of memory, how soon it answers, and how long answers take over HTTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil

from api.sparql.protocol import SPARQL
from tests.bench.graph.figures import Figure, Times
from tests.bench.graph.questions import Asked
from tests.soak.processes import service

_CLIENTS = 2


class Watch:
    """The memory of a process and its children, looked at five times a second: shared pages are counted once (PSS)."""

    def __init__(self, pid: int) -> None:
        self._process, self._stop, self.peak, self.processes = psutil.Process(pid), threading.Event(), 0, 0
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def now(self) -> int:
        """Bytes at present."""
        total, number = 0, 0
        for one in [self._process, *self._process.children(recursive=True)]:
            try:
                total += one.memory_full_info().pss
                number += 1
            except psutil.Error:  # it has just ended
                continue
        self.peak, self.processes = max(self.peak, total), max(self.processes, number)
        return total

    def _look(self) -> None:
        while not self._stop.wait(0.2):
            try:
                self.now()
            except psutil.Error:
                return

    def end(self) -> None:
        """Look no more."""
        self._stop.set()
        self._thread.join()


def served(store: Path, questions: Sequence[Asked], claims: int) -> Iterator[Figure]:
    """Start it, ask it by several clients, evidence and SPARQL, and watch its memory all the while."""
    began = time.perf_counter()
    with service(store) as (process, address):
        started = time.perf_counter() - began
        watch = Watch(process.pid)
        with httpx.Client(base_url=address, trust_env=False, timeout=120) as http:
            http.get("/api/v1/evidence", params={"q": questions[0].text()}).raise_for_status()
            first = time.perf_counter() - began
            idle = watch.now()
        shares = [questions[1 + n :: _CLIENTS] for n in range(_CLIENTS)]
        with ThreadPoolExecutor(_CLIENTS) as pool:
            found = [f.result() for f in [pool.submit(_ask, address, share) for share in shares]]
        watch.end()
    times = Times([s for each in found for s in each[0]], [0.0])
    statuses = sorted({status for each in found for status in each[1]})
    yield Figure("service started; first answer", claims, first, "s", note=f"listening after {started:.1f} s")
    yield Figure("evidence over HTTP, two clients, p50", claims, times.ms(50), "ms", note=f"p99 {times.ms(99):.0f} ms")
    must, aim = (1500.0, 1000.0) if claims == 1_000_000 else (None, None)
    note = f"{idle / 1e6:.0f} MB after the first answer; {watch.processes} processes; "
    note += f"SPARQL answered with {statuses}"
    yield Figure(
        "memory of the service and its children, peak PSS", claims, watch.peak / 1e6, "MB", must, aim, note=note
    )


def _ask(address: str, questions: Sequence[Asked]) -> tuple[list[float], set[int]]:
    seconds, statuses = list[float](), set[int]()
    with httpx.Client(base_url=address, trust_env=False, timeout=120) as http:
        for number, one in enumerate(questions):
            began = time.perf_counter()
            http.get("/api/v1/evidence", params={"q": one.text()}).raise_for_status()
            seconds.append(time.perf_counter() - began)
            if number % 3 == 0:
                statuses.add(http.get(SPARQL, params={"query": one.page}).status_code)
    return seconds, statuses
