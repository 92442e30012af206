"""Queries that mean harm, against a service that others ask: how far past its deadline one gets, and who notices."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from tests.api.sparql.attacks import ENDED, REFUSED, SURVIVED, asking_elsewhere
from tests.soak.figures import Report, latencies
from tests.soak.processes import service

DEADLINE = 2.0
GRACE = 1.0
ORDINARY = "SELECT (COUNT(*) AS ?count) { ?claim a <https://w3id.org/picograph/vocab#Claim> }"
TIMES = 100


@dataclass
class Seen:
    """What those who ask in between saw: seconds of health and of a query, statuses that are no 200, memory."""

    health: list[float] = field(default_factory=list)
    query: list[float] = field(default_factory=list)
    bad: Counter[int] = field(default_factory=Counter)
    peak: int = 0


def _timed(client: httpx.Client, seconds: list[float], query: str | None) -> httpx.Response:
    began = time.perf_counter()
    answer = client.get("/api/v1/health") if query is None else client.post("/sparql", data={"query": query})
    seconds.append(time.perf_counter() - began)
    return answer


def _watch(address: str, pid: int, stop: threading.Event, seen: Seen) -> None:
    process = psutil.Process(pid)
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        while not stop.is_set():
            for seconds, query in ((seen.health, None), (seen.query, ORDINARY)):
                answer = _timed(client, seconds, query)
                if answer.status_code != httpx.codes.OK:
                    seen.bad[answer.status_code] += 1
            seen.peak = max(seen.peak, *_memory(process), 0)


def _memory(process: psutil.Process) -> list[int]:
    """Resident bytes of the processes that answer queries."""
    found = []
    for child in process.children():
        try:
            found.append(child.memory_info().rss)
        except psutil.NoSuchProcess:
            continue
    return found


def _attack(address: str, query: str, took: list[float]) -> int:
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        return _timed(client, took, query).status_code


def run(store: Path, rounds: int, seed: int) -> Report:
    """Attack the service over ``store``: each query so many times, in an order of ``seed``, then four at a time."""
    report = Report("service, under attack by SPARQL")
    named = {**asking_elsewhere("<http://127.0.0.1:9/>"), **REFUSED, **ENDED, **SURVIVED}
    order = [name for _ in range(rounds) for name in named]
    random.Random(seed).shuffle(order)
    settings = {"PICOGRAPH_SPARQL_TIMEOUT": str(DEADLINE), "PICOGRAPH_SPARQL_WAIT": "60"}
    seen, took = Seen(), dict[str, float]()
    statuses: Counter[int] = Counter()
    with service(store, settings) as (process, address):
        with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
            quiet: list[float] = []
            for _ in range(TIMES):
                _timed(client, quiet, ORDINARY)
            idle = max(_memory(psutil.Process(process.pid)))
        stop = threading.Event()
        watching = threading.Thread(target=_watch, args=(address, process.pid, stop, seen))
        watching.start()
        for name in order:
            one: list[float] = []
            statuses[_attack(address, named[name], one)] += 1
            took[name] = max(took.get(name, 0.0), one[0])
        with ThreadPoolExecutor(4) as pool:
            together: list[float] = []
            work = [pool.submit(_attack, address, query, together) for query in ENDED.values()]
            statuses.update(w.result() for w in work)
        stop.set()
        watching.join()
        report.expect(process.poll() is None, "the service ended")
        left = _memory(psutil.Process(process.pid))
        report.expect(len(left) <= 2, f"{len(left)} processes are left")
    slowest = max(took, key=lambda name: took[name])
    report.expect(took[slowest] <= DEADLINE + GRACE, f"{slowest!r} took {took[slowest]:.2f} s")
    report.expect(not seen.bad, f"others got {dict(seen.bad)}")
    report.expect(not statuses.keys() - {200, 400, 413, 422, 500, 504}, f"attacks got {dict(statuses)}")
    report.figures = {
        "attacks": f"{len(order)} of {len(named)} kinds, {DEADLINE:g} s each: {dict(sorted(statuses.items()))}",
        "furthest over the deadline": f"{took[slowest] - DEADLINE:+.2f} s, by {slowest!r}",
        "health meanwhile": f"{len(seen.health)}; {latencies(seen.health)}",
        "an ordinary query meanwhile": f"{len(seen.query)}; {latencies(seen.query)}",
        "an ordinary query before": latencies(quiet),
        "memory of a process": f"{idle / 1e6:.0f} MB at rest, {seen.peak / 1e6:.0f} MB at most",
    }
    return report
