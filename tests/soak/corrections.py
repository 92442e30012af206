"""Many writers correct one claim at once, each retried when it was late: no correction is lost, none is made twice."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx

from graph.library import Library
from tests.soak.figures import Report, latencies
from tests.soak.processes import service
from tests.synthetic.bulk import RUN
from tests.synthetic.library import library as made_up

_READERS = 2
Seen = tuple[int, float]
"""A revision of the claim, and the value that it then had."""


def value_of(writer: int, number: int) -> float:
    """The value that a writer sets: another one each time."""
    return 1000.0 * (writer + 1) + number


def correct(address: str, claim: str, writer: int, number: int) -> tuple[list[float], int]:
    """``number`` corrections that were acknowledged: seconds of each request, and how many of them were late."""
    seconds, late = list[float](), 0
    with httpx.Client(base_url=f"{address}/api/v1", trust_env=False, timeout=120) as http:
        for which in range(number):
            change = {"field": "effects[0].value", "value": value_of(writer, which)}
            body = {"verdict": "correct", "author": f"writer {writer}", "changes": [change], "reason": "wrong-number"}
            tag = http.get(f"/claims/{claim}").headers["etag"]
            while True:
                began = time.perf_counter()
                answer = http.post(f"/claims/{claim}/decisions", json=body, headers={"If-Match": tag})
                seconds.append(time.perf_counter() - began)
                if answer.status_code == 201:
                    break
                if answer.status_code != 412:
                    raise RuntimeError(f"a correction got {answer.status_code}: {answer.text[:300]}")
                late, tag = late + 1, answer.headers["etag"]
    return seconds, late


def watch(address: str, claim: str, stop: Event) -> list[Seen]:
    """What a reader sees of the claim meanwhile, by revision."""
    seen = list[Seen]()
    with httpx.Client(base_url=f"{address}/api/v1", trust_env=False, timeout=120) as http:
        while not stop.is_set():
            found = http.get(f"/claims/{claim}").json()
            seen.append((found["revision"], found["effects"][0]["value"]))
    return seen


def filled(store: Path) -> str:
    """A small library, and the last part of the id of one of its claims that has a number."""
    with Library.open(store) as library:
        pairs = list(made_up(60))
        for article, claims in pairs:
            library.ingest(article, claims, RUN)
    return next(c for _, claims in pairs for c in claims if c.effects).id.rpartition("/")[2]


def judged(report: Report, store: Path, claim: str, wanted: Counter[str], seen: list[list[Seen]]) -> None:
    """Compare the history with what was acknowledged and with what readers saw."""
    with Library.open(store) as library:
        history, (now, _) = library.history(claim), library.claim(claim)
    report.expect(now.revision == sum(wanted.values()), f"revision {now.revision} after {sum(wanted.values())}")
    report.expect([d.revision for d in history] == list(range(1, len(history) + 1)), "the history has gaps")
    report.expect(Counter(d.author for d in history) == wanted, "the history lacks somebody's correction")
    set_values = {d.revision: d.changes[0].new for d in history}
    report.expect(len(set(map(str, set_values.values()))) == len(history), "a correction is there twice")
    chained = all(set_values[d.revision - 1] == d.changes[0].old for d in history[1:])
    report.expect(chained, "a correction replaced another value than the one that stood there")
    for each in seen:
        wrong = [s for s in each if s[0] > 0 and set_values.get(s[0]) != s[1]]
        report.expect(not wrong, f"readers saw values that no such revision has: {wrong[:3]}")
        report.expect([r for r, _ in each] == sorted(r for r, _ in each), "a reader saw a revision go back")


def run(place: Path, writers: int, number: int) -> Report:
    """``writers`` times ``number`` corrections of one claim over HTTP, while others read it."""
    report, stop, store = Report("one claim, corrected by many"), Event(), place / "store"
    claim = filled(store)
    began = time.monotonic()
    with service(store) as (_, address), ThreadPoolExecutor(writers + _READERS) as pool:
        reading = [pool.submit(watch, address, claim, stop) for _ in range(_READERS)]
        writing = [pool.submit(correct, address, claim, writer, number) for writer in range(writers)]
        try:
            done = [task.result() for task in writing]
        finally:
            stop.set()
        seen = [task.result() for task in reading]
    judged(report, store, claim, Counter({f"writer {w}": number for w in range(writers)}), seen)
    report.figures = {
        "corrections": f"{writers} writers, {number} each, {time.monotonic() - began:.0f} s",
        "late, and tried again": f"{sum(late for _, late in done)}",
        "a request": latencies([s for seconds, _ in done for s in seconds]),
        "readings meanwhile": f"{sum(map(len, seen))}",
    }
    return report
