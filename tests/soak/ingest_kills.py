"""`picograph ingest` of a folder, killed again and again: the store opens, holds whole articles, and is completed."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from pathlib import Path

from graph.library import Library
from tests.soak.figures import Report
from tests.soak.processes import ended, start, write_articles

LIMIT = 600.0
"""Seconds within which an undisturbed run must end."""


def claims_by_article(store: Path) -> dict[str, frozenset[str]]:
    """The ids of the claims of every article in the store."""
    with Library.open(store) as library:
        held = [library.article(article.id) for article in library.articles()]
        return {record.article.id: frozenset(claim.id for claim in record.claims) for record in held}


def exported(store: Path, form: str) -> bytes:
    """The whole store as the command exports it."""
    status, out = ended(start("--store", str(store), "export", "--format", form, output=subprocess.PIPE), LIMIT)
    if status != 0:
        raise RuntimeError(f"export ended with {status}")
    return out


def _ingest(store: Path, folder: Path) -> tuple[int, float]:
    began = time.monotonic()
    status, _ = ended(start("--store", str(store), "ingest", str(folder)), LIMIT)
    return status, time.monotonic() - began


def run(place: Path, kills: int, number: int, seed: int) -> Report:
    """Kill ``kills`` runs over ``number`` articles at moments drawn from ``seed``, then let one finish."""
    report, draw = Report("ingest, killed"), random.Random(seed)
    folder, calm, store = place / "articles", place / "calm", place / "store"
    write_articles(folder, number)
    status, whole = _ingest(calm, folder)
    report.expect(status == 0, f"the undisturbed run ended with {status}")
    wanted = claims_by_article(calm)
    reached: list[int] = []
    midway = 0
    last_held = 0
    for _ in range(kills):
        if last_held == number:  # nothing is left to be disturbed: begin anew
            shutil.rmtree(store)
            last_held = 0
        process = start("--store", str(store), "ingest", str(folder))
        try:
            process.wait(draw.uniform(0.3, 0.7) * whole)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        if not store.exists():
            continue
        held = claims_by_article(store)
        torn = [name for name, claims in held.items() if wanted.get(name) != claims]
        report.expect(not torn, f"articles that are not whole after a kill: {torn[:3]}")
        report.expect(len(held) >= last_held, "an article of an earlier run is gone")
        last_held = len(held)
        reached.append(last_held)
        midway += 0 < len(held) < number
    status, last = _ingest(store, folder)
    report.expect(status == 0, f"the completing run ended with {status}")
    for form in ("jsonl", "nquads"):
        same = exported(store, form) == exported(calm, form)
        report.expect(same, f"the {form} export differs from that of an undisturbed store")
    report.figures = {
        "articles": f"{number}, {sum(map(len, wanted.values()))} claims",
        "undisturbed run": f"{whole:.1f} s",
        "kills": f"{kills}, of which {midway} left a part of the folder",
        "articles after each kill": ", ".join(map(str, reached)) or "none",
        "completing run": f"{last:.1f} s",
    }
    return report
