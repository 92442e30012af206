"""Annotation of abstracts of some 268 words. Run by `make bench`; one core: OMP_NUM_THREADS=1, as `make bench` sets it.

The texts are the bundled articles, cut and joined to that length: the size of an abstract, the words of results.
"""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from corpus.load import articles
from ingest.pipeline import Pipeline, load_pipeline

WORDS = 268
COUNT = 20


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """Loaded and warm."""
    loaded = load_pipeline()
    loaded.annotate("Relapse was 12% with lenalidomide and 19% with placebo.")
    return loaded


@pytest.fixture(scope="module")
def abstracts() -> list[str]:
    """``COUNT`` texts of ``WORDS`` words."""
    words = " ".join(article.read_text(encoding="utf-8") for article in articles()).split(" ")
    return [" ".join(words[i * WORDS : (i + 1) * WORDS]) for i in range(COUNT)]


@pytest.mark.parametrize(
    "layers", [None, ["concept"], ["result"], ["pio"], ["role"]], ids=lambda v: v[0] if v else "all"
)
def test_annotate(
    benchmark: BenchmarkFixture, pipeline: Pipeline, abstracts: list[str], layers: list[str] | None
) -> None:
    def annotate_all() -> None:
        for text in abstracts:
            pipeline.annotate(text, layers=layers)

    benchmark.pedantic(annotate_all, rounds=3, warmup_rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info["abstracts"] = len(abstracts)
