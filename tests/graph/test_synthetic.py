"""Made-up libraries: one loaded in bulk is the one that storing its articles one by one gives."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from graph.library import Library
from tests.synthetic.build import built
from tests.synthetic.bulk import RUN
from tests.synthetic.library import library, pair, size
from tests.synthetic.pools import pools

CLAIMS = 300


@pytest.fixture(scope="module")
def one_by_one() -> Iterator[Library]:
    with Library.open("memory:", terminology=pools().terminology) as made:
        for article, claims in library(CLAIMS):
            made.ingest(article, claims, RUN)
        yield made


@pytest.fixture(scope="module")
def in_bulk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("synthetic")
    built(folder, CLAIMS, workers=1)
    with Library.open(folder / "store", terminology=pools().terminology) as made:
        yield made


@pytest.mark.parametrize("form", ["jsonl", "nquads", "turtle"])
def test_a_library_loaded_in_bulk_exports_the_same_bytes(one_by_one: Library, in_bulk: Library, form: str) -> None:
    assert b"".join(in_bulk.dump(form)) == b"".join(one_by_one.dump(form))


def test_a_library_loaded_in_bulk_counts_and_answers_the_same(one_by_one: Library, in_bulk: Library) -> None:
    assert in_bulk.stats() == one_by_one.stats()
    assert in_bulk.stats()["claims"] == CLAIMS
    assert in_bulk.revision() == one_by_one.revision()
    drugs = {c.intervention.concept for _, claims in library(100) for c in claims if c.intervention}
    for drug in sorted(d for d in drugs if d):
        for question in (f'"{drug}" -> ?', f'"{drug}" -> ? status:any kind:any retracted:any'):
            assert in_bulk.evidence(question) == one_by_one.evidence(question)


def test_a_library_loaded_in_bulk_takes_an_article_as_known(in_bulk: Library) -> None:
    article, claims = pair(0, 3)
    assert in_bulk.ingest(article, claims, RUN).unchanged


def test_the_same_seed_gives_the_same_library_and_a_small_one_begins_a_large_one() -> None:
    small, large = list(library(60)), list(library(120))
    assert large[: len(small) - 1] == small[:-1]
    assert sum(len(claims) for _, claims in small) == 60
    assert next(library(10, seed=1)) != small[0]


def test_the_size_of_an_article_is_known_before_it_is_written() -> None:
    assert [size(0, n) for n in range(80)] == [len(pair(0, n)[1]) for n in range(80)]


def test_articles_are_as_varied_as_those_that_are_read() -> None:
    made = list(islice(library(100_000), 300))
    articles, claims = [a for a, _ in made], [c for _, some in made for c in some]
    assert {a.kind.value for a in articles} == {"abstract", "news"}
    assert any(a.retracted for a in articles)
    assert len({c.study.registration for c in claims if c.study}) < len(articles)
    assert any(c.outcome.concept is None for c in claims)
    assert {c.direction.value for c in claims if c.direction} == {"higher", "lower", "no difference"}
    assert {"pass", "error", "not checkable"} <= {k.grade.value for c in claims for k in c.checks}


def test_what_is_built_is_used_again_unless_other_claims_are_wanted(tmp_path: Path) -> None:
    first = built(tmp_path / "set", 20, workers=1)
    assert built(tmp_path / "set", 20, workers=1) == first
    assert built(tmp_path / "set", 30, workers=1).claims == 30
