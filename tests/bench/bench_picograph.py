"""A warm question, and the ingest rate. Run by `make bench`; nothing here decides whether a test passes."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import count

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from api.records import LocalRecords
from corpus.load import articles
from graph.library import Library

QUESTION = "lenalidomide -> second primary malignancy"


@pytest.fixture(scope="module")
def records() -> Iterator[LocalRecords]:
    """The bundled articles, read."""
    with Library.open("memory:") as library:
        opened = LocalRecords(library)
        for article in articles():
            list(opened.add(BytesIO(article.read_bytes()), article.name))
        yield opened


def test_warm_query(benchmark: BenchmarkFixture, records: LocalRecords) -> None:
    page = benchmark(records.evidence, QUESTION)
    benchmark.extra_info["claims"] = page.total


def test_ingest_rate(benchmark: BenchmarkFixture, records: LocalRecords) -> None:
    bundled = [(a.read_bytes(), a.name) for a in articles()]
    rounds = count()

    def read_all() -> None:
        number = next(rounds)
        for data, name in bundled:
            list(records.add(BytesIO(data + f"\nRound {number}.\n".encode()), name))

    benchmark.pedantic(read_all, rounds=3, warmup_rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info["articles"] = len(bundled)
