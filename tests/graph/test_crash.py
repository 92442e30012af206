"""A killed process leaves a store that opens, with every article whole or absent, and no acknowledged one lost."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.library import Library
from ingest.article import Article
from ingest.claim import Claim, Status
from tests import builders
from tests.graph.small import TERMINOLOGY

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys
from graph.library import Library
from graph.model import Verdict
from tests.builders import RUN
from tests.graph.small import TERMINOLOGY
from tests.graph.test_crash import many_claims
with Library.open(sys.argv[1], terminology=TERMINOLOGY) as library:
    for number in range(int(sys.argv[2]), 100_000):
        source, claims = many_claims(number)
        library.ingest(source, claims, RUN)
        library.decide(claims[0].id, Verdict.ACCEPT, author="a", made_at="2026-03-01T12:00:00Z")
        print(number, flush=True)
"""


def many_claims(number: int) -> tuple[Article, list[Claim]]:
    """Article ``number`` with eight claims."""
    text = " ".join(f"{part}. {builders.SENTENCE}" for part in range(number * 10, number * 10 + 8))
    source = builders.article(text, id=f"urn:picograph:article:{number:06}")
    claims = [
        builders.claim(source, f"{part}. {builders.SENTENCE}", outcome="second primary malignancies")
        for part in range(number * 10, number * 10 + 8)
    ]
    return source, claims


@pytest.mark.parametrize("delay", [0.0, 0.03, 0.1, 0.2, 0.31])
def test_a_kill_leaves_articles_whole_or_absent(tmp_path: Path, delay: float) -> None:
    place = tmp_path / "store"
    acknowledged: list[int] = []
    for start in (0, 1_000):
        command = [sys.executable, "-c", WRITER, str(place), str(start)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            acknowledged.append(int(writer.stdout.readline()))
            time.sleep(delay)
            writer.kill()
            acknowledged += [int(line) for line in writer.stdout.read().split() if line.isdigit()]
    with Library.open(place, terminology=TERMINOLOGY) as library:
        articles = {a.id: a for a in library.articles()}
        assert {f"urn:picograph:article:{n:06}" for n in acknowledged} <= set(articles)
        for name, article in articles.items():
            number = int(name[-6:])
            source, claims = many_claims(number)
            record = library.article(name)
            assert article == source
            assert {c.id for c in record.claims} == {c.id for c in claims}
            decided = [c for c in record.claims if c.status is Status.ACCEPTED]
            assert len(decided) == 1 if number in acknowledged else len(decided) <= 1
            for claim in record.claims:
                assert len(library.history(claim.id)) == claim.revision
        assert library.revision() == len(articles) + library.stats()["decisions"]
        before = library.revision()
        source, claims = many_claims(acknowledged[0])
        assert library.ingest(source, claims, builders.RUN).unchanged
        assert library.revision() == before
