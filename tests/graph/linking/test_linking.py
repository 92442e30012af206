"""Linking article by article gives what the whole library gives, whatever was given, changed and taken away."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.linking import names, settling
from graph.linking.facts import ArticleFacts, dumped, loaded
from graph.linking.store import Linking
from tests.graph.linking.libraries import IDS, facts, kept, opened, plain, whole

LIBRARIES = st.lists(facts(), max_size=14, unique_by=lambda each: each.head.id)
CHANGES = st.lists(st.one_of(facts(), st.sampled_from(IDS)), max_size=4)
SLOW = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


def apply(linking: Linking, held: dict[str, ArticleFacts], changes: list[ArticleFacts | str]) -> None:
    """Give and take away, in the tables and in what they are compared with."""
    for change in changes:
        if isinstance(change, str):
            linking.remove([change])
            held.pop(change, None)
        else:
            linking.replace([change])
            held[change.head.id] = change


def of_claims(linking: Linking, held: dict[str, ArticleFacts]) -> dict[tuple[str, str], str]:
    """What claims count for, by article and the study that it reports."""
    return {(a, r.study): linking.behind(a, r.study) for a, each in held.items() for r in each.reports}


@given(facts())
def test_facts_survive_being_written(each: ArticleFacts) -> None:
    again = loaded(dumped(each))
    assert (again.head, again.told, set(again.reports)) == (each.head, each.told, set(each.reports))
    assert set(again.notices) == set(each.notices)
    assert dumped(again) == dumped(each)


@pytest.fixture(params=[1, 3, names.COMMON])
def common(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names count as common from a few bearers on, and what is given is taken up in small parts."""
    monkeypatch.setattr(names, "COMMON", request.param)
    monkeypatch.setattr(settling, "AT_ONCE", 3 * request.param)


@pytest.mark.usefixtures("common")
@SLOW
@given(LIBRARIES, st.lists(CHANGES, max_size=4))
def test_tables_say_what_the_whole_library_says(
    library: list[ArticleFacts], rounds: list[list[ArticleFacts | str]]
) -> None:
    linking, held = opened(), {each.head.id: each for each in library}
    linking.replace(library)
    assert linking.settle() == set(held)
    assert kept(linking) == whole(held.values())
    for changes in rounds:
        before, units = dict(linking.rows()), of_claims(linking, held)
        apply(linking, held, changes)
        told = linking.settle()
        assert kept(linking) == whole(held.values())
        after = dict(linking.rows())
        assert {a for a, row in after.items() if before.get(a) != row} <= told <= set(held)
        assert {key[0] for key, unit in of_claims(linking, held).items() if units.get(key, unit) != unit} <= told


@pytest.mark.parametrize("limit", [2, 5, names.COMMON])
@pytest.mark.parametrize("seed", range(4))
def test_one_write_after_the_other_where_much_is_common(seed: int, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers and names that become common and are so no longer, and registrations that come by way of others."""
    monkeypatch.setattr(names, "COMMON", limit)
    random, linking, held = Random(seed), opened(), dict[str, ArticleFacts]()
    for _ in range(80):
        article = random.choice(IDS)
        take = article in held and random.random() < 0.3
        apply(linking, held, [article if take else plain(random, article)])
        linking.settle()
        assert kept(linking) == whole(held.values())
