"""Cost of linking the mentions of the bundled articles. Run by `make bench`; ``each`` is milliseconds a mention."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from ingest.link_model import load_linker
from ingest.linking import Linker, Mention
from ingest.pipeline import load_pipeline
from ingest.terminology import Terminology, load_terminology, shipped_table
from tests.api.conftest import ROOT

Articles = list[tuple[list[Mention], dict[str, str], str]]


@pytest.fixture(scope="module")
def articles() -> Articles:
    """Mentions, abbreviations and text of each bundled article."""
    pipeline, out = load_pipeline(), []
    for path in sorted((ROOT / "corpus" / "articles").glob("*")):
        text = path.read_text(encoding="utf-8")
        found = pipeline.annotate(text, layers=["concept"])
        kinds = {"DRUG": "drug", "DISEASE": "disease"}
        mentions = [Mention(e["text"], kinds[e["label"]]) for e in found["entities"]]
        out.append((mentions, {p["sf"]: p["lf"] for p in found["pairs"]}, text))
    return out


def link(linker: Linker, articles: Articles) -> int:
    return sum(len(linker.link(mentions, short, text)) for mentions, short, text in articles)


def test_mentions_seen_before(benchmark: BenchmarkFixture, articles: Articles) -> None:
    linker = load_linker(load_terminology())
    count = link(linker, articles)
    benchmark(link, linker, articles)
    benchmark.extra_info["each"] = round(benchmark.stats["mean"] / count * 1000, 3)  # type: ignore[index]


def test_mentions_seen_for_the_first_time(benchmark: BenchmarkFixture, articles: Articles) -> None:
    ready = load_linker(load_terminology())
    count = link(ready, articles)

    def fresh() -> tuple[tuple[Linker, Articles], dict[str, object]]:
        linker = Linker(Terminology(tables=[shipped_table()]), ready._model, ready._near, ready._meaning)
        return (linker, articles), {}

    benchmark.pedantic(link, setup=fresh, rounds=5)  # type: ignore[no-untyped-call]
    benchmark.extra_info["each"] = round(benchmark.stats["mean"] / count * 1000, 3)  # type: ignore[index]
