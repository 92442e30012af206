"""The service, killed while curators decide: what was acknowledged is there once, and nothing is half there."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from graph.library import Library
from tests.soak.figures import Report
from tests.soak.processes import service


def _decide_until_gone(address: str, claims: list[str], client: int, stop: threading.Event) -> list[str]:
    """Decisions that the service acknowledged, by their authors, each with a name of its own."""
    known: list[str] = []
    with httpx.Client(base_url=f"{address}/api/v1", trust_env=False, timeout=30) as http:
        for number in range(100_000):
            if stop.is_set():
                break
            author = f"{address} {client} {number}"
            claim = claims[(client + number) % len(claims)]
            body = {"verdict": ("accept", "reject")[number % 2], "author": author, "reason": "other"}
            try:
                answer = http.post(f"/claims/{claim}/decisions", json=body, headers={"If-Match": "*"})
            except httpx.HTTPError:
                break
            if answer.status_code == 201:
                known.append(author)
    return known


def run(store: Path, rounds: int, clients: int, seed: int) -> Report:
    """Kill the service over ``store`` in ``rounds`` rounds while ``clients`` decide."""
    report, draw = Report("service, killed during decisions"), random.Random(seed)
    with Library.open(store) as library:
        claims = [claim.id.rsplit("/", 1)[1] for claim, _ in library.claims()][: clients * 4]
    acknowledged: list[str] = []
    openings: list[float] = []
    for _ in range(rounds):
        stop = threading.Event()
        with service(store) as (process, address), ThreadPoolExecutor(clients) as pool:
            tasks = [pool.submit(_decide_until_gone, address, claims, client, stop) for client in range(clients)]
            time.sleep(draw.uniform(0.3, 2.0))
            process.kill()
            stop.set()
            acknowledged += [author for task in tasks for author in task.result(timeout=60)]
        began = time.monotonic()
        with Library.open(store) as library:
            openings.append(time.monotonic() - began)
            histories = {claim: library.history(claim) for claim in claims}
            revisions = {claim: library.claim(claim)[0].revision for claim in claims}
        authors = Counter(decision.author for history in histories.values() for decision in history)
        lost = [author for author in acknowledged if authors[author] != 1]
        report.expect(not lost, f"{len(lost)} acknowledged decisions are not there once, such as {lost[:1]}")
        report.expect(max(authors.values(), default=1) == 1, "a decision is there twice")
        numbered = all([d.revision for d in h] == list(range(1, revisions[c] + 1)) for c, h in histories.items())
        report.expect(numbered, "revisions and histories disagree")
        extra = sum(authors.values()) - len(acknowledged)
        report.expect(0 <= extra <= clients * rounds, f"{extra} decisions were never acknowledged")
    report.figures = {
        "kills": f"{rounds}, with {clients} clients",
        "acknowledged decisions": f"{len(acknowledged)}, lost 0" if not report.faults else str(len(acknowledged)),
        "recorded, answer cut off": str(extra if rounds else 0),
        "opening after a kill": f"{max(openings, default=0.0):.2f} s at most",
    }
    return report
