"""Whatever is done to an input, its reader gives articles or a named error, and comes to an end.

``make soak`` tries for longer.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.article import Article
from tests.ingest.fuzz_seeds import own_seeds, seeds
from tests.ingest.fuzzing import Mutation, broken, mutations, read_and_check

SEEDS = seeds()
OWN = own_seeds()
QUICK = sorted(name for name in SEEDS if not name.startswith("pdf"))
"""PDFs are read in a process of their own, which takes a quarter of a second."""


@pytest.mark.parametrize("name", OWN)
def test_an_unbroken_input_gives_an_article(name: str) -> None:
    assert any(isinstance(item, Article) for item in read_and_check(OWN[name]))


@pytest.mark.parametrize("name", QUICK)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=mutations)
def test_a_broken_input_gives_articles_or_errors(name: str, steps: list[Mutation]) -> None:
    read_and_check(broken(SEEDS[name], steps))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=mutations)
def test_a_broken_pdf_gives_an_article_or_an_error(steps: list[Mutation]) -> None:
    read_and_check(broken(OWN["pdf"], steps))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=st.sampled_from(QUICK), second=st.sampled_from(QUICK), steps=mutations)
def test_two_inputs_in_one_give_articles_or_errors(first: str, second: str, steps: list[Mutation]) -> None:
    read_and_check(broken(SEEDS[first] + SEEDS[second], steps))


@settings(deadline=None)
@given(st.binary(max_size=3_000))
def test_any_bytes_give_articles_or_errors(data: bytes) -> None:
    read_and_check(data)
