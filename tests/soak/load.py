"""Many readers and writers on one service: nothing is lost, no answer goes back in time, and how long answers take."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.soak.figures import Report, latencies
from tests.soak.processes import service

QUESTIONS = (
    "lenalidomide -> second primary malignancy",
    "immunomodulatory drugs -> ?",
    '? -> mortality population:"transplant-eligible"',
    "lenalidomide -> SPM status:accepted,rejected",
)


@dataclass
class Client:
    """What one client saw: seconds of its answers, their status codes, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def ask(self, http: httpx.Client, method: str, path: str, **parts: object) -> httpx.Response:
        """One request, timed."""
        began = time.perf_counter()
        answer = http.request(method, path, **parts)  # type: ignore[arg-type]
        self.seconds.append(time.perf_counter() - began)
        self.statuses[answer.status_code] += 1
        return answer


def _connected(address: str) -> httpx.Client:
    return httpx.Client(base_url=f"{address}/api/v1", trust_env=False, timeout=60)


def _read(address: str, number: int, until: float) -> Client:
    client, newest = Client(), 0
    with _connected(address) as http:
        while time.monotonic() < until:
            question = QUESTIONS[(number + len(client.seconds)) % len(QUESTIONS)]
            page = client.ask(http, "GET", "/evidence", params={"q": question, "limit": "50"}).json()
            if page["revision"] < newest:
                client.faults.append(f"revision {page['revision']} after {newest}")
            newest = max(newest, page["revision"])
    return client


def _write(address: str, number: int, claims: list[str], until: float) -> Client:
    """Decide on the revision that was read, as a curator does; a stale one is read again."""
    client = Client()
    with _connected(address) as http:
        while time.monotonic() < until:
            claim = claims[len(client.seconds) % len(claims)]
            tag = http.get(f"/claims/{claim}").headers["etag"]
            body = {"verdict": "accept", "author": f"writer {number}"}
            answer = client.ask(http, "POST", f"/claims/{claim}/decisions", json=body, headers={"If-Match": tag})
            if answer.status_code not in (201, 412):
                client.faults.append(f"a decision got {answer.status_code}: {answer.text[:200]}")
    return client


def _add(address: str, until: float) -> Client:
    client = Client()
    with _connected(address) as http:
        while time.monotonic() < until:
            text = f"Of 100 patients on lenalidomide, 1{len(client.seconds) % 10}% died, against 25% on placebo.\n"
            parts = {"text": text * 3, "id": f"load/{len(client.seconds)}"}
            answer = client.ask(http, "POST", "/articles", json=parts)
            if answer.status_code not in (200, 201):
                client.faults.append(f"an article got {answer.status_code}: {answer.text[:200]}")
    return client


def run(store: Path, readers: int, writers: int, seconds: float) -> Report:
    """Load the service over ``store`` for so many seconds."""
    report = Report("service, under load")
    with service(store) as (_, address), ThreadPoolExecutor(readers + writers + 1) as pool:
        with _connected(address) as http:
            page = http.get("/evidence", params={"q": "? -> ?", "limit": "500"}).json()
            claims = [claim["id"].rsplit("/", 1)[1] for claim in page["claims"]][:20]
            before = http.get("/health").json()["counts"]["decisions"]
        until = time.monotonic() + seconds
        reading = [pool.submit(_read, address, number, until) for number in range(readers)]
        writing = [pool.submit(_write, address, number, claims, until) for number in range(writers)]
        adding = pool.submit(_add, address, until)
        read, written = [f.result() for f in reading], [f.result() for f in writing]
        added = adding.result()
        with _connected(address) as http:
            after = http.get("/health").json()["counts"]["decisions"]
            alone = Client()
            for index in range(100):
                alone.ask(http, "GET", "/evidence", params={"q": QUESTIONS[0], "limit": str(50 - index % 2)})
    statuses = sum((c.statuses for c in [*read, *written, added]), Counter[int]())
    recorded = sum(c.statuses[201] for c in written)
    report.faults = [fault for c in [*read, *written, added] for fault in c.faults][:5]
    report.expect(after - before == recorded, f"{recorded} decisions acknowledged, {after - before} recorded")
    report.expect(not [s for s in statuses if s >= 500], f"the service failed: {dict(statuses)}")
    questions = [s for c in read for s in c.seconds]
    report.figures = {
        "clients": f"{readers} readers, {writers} writers, 1 adding articles, {seconds:g} s",
        "questions": f"{len(questions)}, {len(questions) / seconds:.0f} a second; {latencies(questions)}",
        "decisions": f"{recorded} recorded, {sum(c.statuses[412] for c in written)} stale; "
        + latencies([s for c in written for s in c.seconds]),
        "articles": f"{len(added.seconds)}; {latencies(added.seconds)}",
        "a question alone, afterwards": latencies(alone.seconds),
    }
    return report
