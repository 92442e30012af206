"""A process that writes to a store, killed at random moments: nothing acknowledged is lost, nothing is half there."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

from graph.errors import StoreError
from graph.library import Library
from graph.operations.upkeep import upkeep
from tests.api.conftest import ROOT, environment
from tests.bench.graph.questions import asked
from tests.soak.figures import Report
from tests.soak.store_writer import BURST, SEED
from tests.synthetic.library import pair
from tests.synthetic.pools import pools

LONGEST = 2.5
"""Seconds after its first word within which the writer is killed."""
_QUESTIONS = 6


@dataclass
class Acknowledged:
    """What the writers said that they have done."""

    articles: set[int] = field(default_factory=set)
    decisions: list[tuple[str, str]] = field(default_factory=list)
    backups: dict[str, int] = field(default_factory=dict)

    def take(self, line: bytes) -> None:
        """One line of a writer; one that is cut short was not said."""
        if not line.endswith(b"\n"):
            return
        told = json.loads(line)
        self.articles.update(told.get("articles", ()))
        if "claim" in told:
            self.decisions.append((told["claim"], told["author"]))
        if "backup" in told:
            self.backups[told["backup"]] = told["revision"]


def run(place: Path, kills: int, seed: int) -> Report:
    """Kill ``kills`` writers of the store in ``place`` one after the other, and look at it after each."""
    report, draw, known = Report("store, killed during writes"), random.Random(seed), Acknowledged()
    store, backups, openings = place / "store", place / "backups", list[float]()
    place.mkdir(parents=True, exist_ok=True)
    unacknowledged = 0
    for number in range(kills):
        first = max(known.articles, default=-1) + 1
        _killed(store, backups, first, seed * 1000 + number, draw.uniform(0, LONGEST), known)
        began = time.monotonic()
        with Library.open(store, terminology=pools(SEED).terminology) as library:
            openings.append(time.monotonic() - began)
            unacknowledged += _looked_at(library, known, report)
            _index(library, place / "copy", known, report, seed + number)
        if report.faults:
            break
    with upkeep(store) as kept:
        wrong = kept.verify(shapes=False).findings
    report.expect(not wrong, f"the store is not whole: {[str(p) for p in wrong[:3]]}")
    _backups(known, report)
    report.figures = {
        "kills": f"{len(openings)} of {kills}",
        "acknowledged articles, decisions, backups": ", ".join(
            str(len(each)) for each in (known.articles, known.decisions, known.backups)
        ),
        "lost or half there": "0" if not report.faults else "see the faults",
        "there without having been acknowledged": f"{unacknowledged} articles, all whole",
        "opening after a kill": f"{max(openings, default=0.0):.2f} s at most",
    }
    return report


def _killed(store: Path, backups: Path, first: int, seed: int, after: float, known: Acknowledged) -> None:
    command = [sys.executable, "-m", "tests.soak.store_writer", str(store), str(backups), str(first), str(seed)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=environment())
    assert process.stdout is not None
    if not process.stdout.readline():
        raise RuntimeError("the writer did not start")
    time.sleep(after)
    process.kill()
    rest, _ = process.communicate()
    if process.returncode != -signal.SIGKILL:
        raise RuntimeError(f"the writer ended by itself, with {process.returncode}")
    for line in rest.splitlines(keepends=True):
        known.take(line)


def _looked_at(library: Library, known: Acknowledged, report: Report) -> int:
    """How many articles are there that nobody acknowledged; they count as acknowledged from now on."""
    expected = {pair(SEED, n)[0].id: n for n in range(max(known.articles, default=-1) + 2 + BURST)}
    held = {article.id for article in library.articles()}
    lost = [n for n in known.articles if pair(SEED, n)[0].id not in held]
    report.expect(not lost, f"acknowledged articles are gone: {lost[:3]}")
    extra = {expected[i] for i in held if i in expected} - known.articles
    report.expect(held <= set(expected), "an article is there that nobody wrote")
    report.expect(len(extra) <= BURST, f"{len(extra)} articles were never acknowledged")
    for article in sorted(held & set(expected)):
        claims = {c.id for c in library.article(article).claims}
        wanted = {c.id for c in pair(SEED, expected[article])[1]}
        report.expect(claims == wanted, f"{article} has {len(claims)} of {len(wanted)} claims")
    authors = Counter[tuple[str, str]]()
    for claim in sorted({claim for claim, _ in known.decisions}):
        history = library.history(claim)
        authors.update((claim, decision.author) for decision in history)
        revisions = [decision.revision for decision in history]
        now = library.claim(claim)[0].revision
        report.expect(revisions == list(range(1, now + 1)), f"{claim}: revision {now}, history {revisions}")
    missing = [one for one in known.decisions if authors[one] != 1]
    report.expect(not missing, f"{len(missing)} acknowledged decisions are not there once, such as {missing[:1]}")
    known.articles |= extra
    return len(extra)


def _index(library: Library, copy: Path, known: Acknowledged, report: Report, seed: int) -> None:
    """What the library answers is what SPARQL finds in the store itself."""
    if not known.articles:
        return
    library.snapshot(copy)
    store = Store.read_only(str(copy))
    for one in asked(_QUESTIONS, len(known.articles), SEED, seed):
        found = store.query(one.count)
        assert isinstance(found, QuerySolutions)
        number = next(found)[0]
        total = library.evidence(one.text("retracted:any")).total
        said = None if number is None else int(number.value)
        report.expect(total == said, f"{one.text()}: the library finds {total} claims, the store has {said}")
    del store
    subprocess.run(["rm", "-rf", str(copy)], check=True)


def _backups(known: Acknowledged, report: Report) -> None:
    """The last ten: each opens, holds the revision that was told, and is whole."""
    for path, revision in list(known.backups.items())[-10:]:
        try:
            with upkeep(path) as kept:
                held, wrong = kept.figures(triples=False).revision, kept.verify(shapes=False).findings
        except StoreError as error:
            report.expect(False, f"the backup {path} cannot be read: {error}")
            continue
        report.expect(held == revision and not wrong, f"the backup {path} is at {held}, not {revision}: {wrong[:2]}")
