"""Suggestions over the shipped terminology, and what the service makes of them. Run by `make bench`.

``p50`` and ``p95`` are milliseconds for one suggestion, warm; names are those of well-known concepts.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

import httpx
import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from graph.library import Library
from ingest.concept_index import index_of
from ingest.concept_search import suggest, warm
from ingest.terminology import Terminology, load_terminology
from tests.api.conftest import serving

COUNT = 500
KNOWN = 60_000
LETTERS = "aeiourstln"


@pytest.fixture(scope="module")
def terminology() -> Terminology:
    """Loaded and warm."""
    loaded = load_terminology()
    warm(loaded)
    return loaded


@pytest.fixture(scope="module")
def names(terminology: Terminology) -> list[str]:
    """``COUNT`` names of the ``KNOWN`` best known."""
    table = terminology.tables[0]
    best = np.argsort(-index_of(table).weights, kind="stable")[:KNOWN]
    return [table.texts[int(i)] for i in random.Random(5).sample(best.tolist(), COUNT)]


def prefixes(names: list[str]) -> list[str]:
    """The beginnings of names."""
    draw = random.Random(6)
    return [name[: draw.randint(2, max(2, len(name) - 1))] for name in names]


def typos(names: list[str]) -> list[str]:
    """Names with one mistake."""
    draw, made = random.Random(7), []
    for name in names:
        at, letter = draw.randrange(1, max(2, len(name))), draw.choice(LETTERS)
        ways = name[:at] + name[at + 1 :], name[:at] + letter + name[at + 1 :], name[:at] + letter + name[at:]
        made.append(draw.choice(ways))
    return made


def measured(ask: Callable[[str], object], typed: list[str]) -> dict[str, float]:
    """Milliseconds of one call: median, and what 95 of 100 do not exceed."""
    times = []
    for text in typed:
        began = time.perf_counter()
        ask(text)
        times.append(1_000 * (time.perf_counter() - began))
    return {"p50": round(float(np.percentile(times, 50)), 2), "p95": round(float(np.percentile(times, 95)), 2)}


@pytest.mark.parametrize("make", [prefixes, typos])
def test_suggest(
    benchmark: BenchmarkFixture, terminology: Terminology, names: list[str], make: Callable[[list[str]], list[str]]
) -> None:
    typed = make(names)
    found = benchmark.pedantic(  # type: ignore[no-untyped-call]
        measured, args=(lambda text: suggest(terminology, text), typed), rounds=3, warmup_rounds=1
    )
    benchmark.extra_info.update(found)


def test_first_suggestion(benchmark: BenchmarkFixture, terminology: Terminology) -> None:
    benchmark.pedantic(  # type: ignore[no-untyped-call]
        suggest, args=(terminology, "lenal"), setup=index_of.cache_clear, rounds=3
    )
    warm(terminology)


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    """A service without claims."""
    with (
        Library.open("memory:") as library,
        serving(library) as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        yield client


def test_suggestions_of_the_service(
    benchmark: BenchmarkFixture, terminology: Terminology, names: list[str], http: httpx.Client
) -> None:
    def ask(text: str) -> None:
        http.get("/api/v1/concepts", params={"q": text[:200], "limit": 7}).raise_for_status()

    found = benchmark.pedantic(  # type: ignore[no-untyped-call]
        measured, args=(ask, prefixes(names)), rounds=3, warmup_rounds=1
    )
    benchmark.extra_info.update(found)


@pytest.mark.parametrize("concept", ["mesh:D000077269", "mesh:D009369", "efo:0004747"])
def test_a_concept_of_the_service(benchmark: BenchmarkFixture, http: httpx.Client, concept: str) -> None:
    benchmark(lambda: http.get(f"/api/v1/concepts/{concept}").raise_for_status())
