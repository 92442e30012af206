"""Paths of evidence: the shortest, by claims that really name both ends, or a reason why there is none."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings

from graph.analyses.facts import Fact
from graph.analyses.paths import Links, evidence_paths
from graph.library import Library
from ingest.claim import Status
from tests.builders import LENALIDOMIDE
from tests.graph.analyses.made import fact, many_facts
from tests.graph.analyses.test_evidence_map import fill
from tests.graph.small import ELIGIBLE, IMID, OS, SPM, SURVIVAL, TERMINOLOGY, THALIDOMIDE


def paths(facts: list[Fact], start: str, goal: str, number: int = 1) -> list[list[str]]:
    found = evidence_paths(Links(facts, TERMINOLOGY), {start}, {goal}, TERMINOLOGY, number)
    return [[end.label for end in path.ends] for path in found.paths]


def test_the_shortest_way_then_the_one_with_more_studies_then_by_name() -> None:
    long = [fact(1, "a", "x", "t1"), fact(2, "b", "x", "t1"), fact(3, "b", "y", "t1"), fact(4, "c", "y", "t1")]
    assert paths(long, "words:a", "words:y") == [["a", "x", "b", "y"]]
    two_ways = [fact(1, "a", "x", "t1"), fact(2, "b", "x", "t1"), fact(3, "a", "w", "t1"), fact(4, "b", "w", "t1")]
    assert paths(two_ways, "words:a", "words:b") == [["a", "w", "b"]]
    assert paths([*two_ways, fact(5, "b", "x", "t2")], "words:a", "words:b") == [["a", "x", "b"]]
    assert paths([*two_ways, fact(5, "b", "x", "t1")], "words:a", "words:b") == [["a", "w", "b"]]
    assert paths(two_ways, "words:a", "words:b", 5) == [["a", "w", "b"], ["a", "x", "b"]]


def test_a_step_begins_with_the_claim_to_show_and_says_what_its_ends_are() -> None:
    facts = [
        fact(1, "a", "x", "t1", confidence=0.9),
        fact(2, "a", "x", "t2", status=Status.ACCEPTED, confidence=0.3),
        fact(3, "x", "y", "t3", versus="a"),
    ]
    (path,) = evidence_paths(Links(facts, TERMINOLOGY), {"words:x"}, {"words:a"}, TERMINOLOGY).paths
    (step,) = path.steps
    assert step.claims == ("claim:0002", "claim:0001", "claim:0003")
    assert step.roles == ("outcome", "drug")
    assert step.studies == ("t1", "t2", "t3")


def test_ends_are_reached_by_what_is_narrower(library: Library) -> None:
    fill(library)
    found = library.analyses.path("IMiD", "SPM")
    (path,) = found.result.paths
    assert [end.id for end in path.ends] == [LENALIDOMIDE, SPM]
    assert set(found.shown) == {step.claims[0] for step in path.steps}
    claim, article = found.shown[path.steps[0].claims[0]]
    assert claim.quote.exact in article.text
    assert found.result.paths == library.analyses.path(IMID, SPM).result.paths


def test_where_there_is_no_way_the_nearest_are_suggested(library: Library) -> None:
    apart = [fact(1, LENALIDOMIDE, "x", "t1"), fact(2, "b", OS, "t2")]
    found = evidence_paths(Links(apart, TERMINOLOGY), {THALIDOMIDE}, {OS}, TERMINOLOGY)
    assert found.why == "No claim of the answer names the first of the two."
    assert [end.label for end in found.near] == ["lenalidomide"]
    found = evidence_paths(Links(apart, TERMINOLOGY), {LENALIDOMIDE}, {OS}, TERMINOLOGY)
    assert found.why == "No chain of claims leads from the one to the other."
    same = evidence_paths(Links(apart, TERMINOLOGY), {OS, SURVIVAL}, {OS}, TERMINOLOGY)
    assert same.why == "The two are the same, or one is a kind of the other: overall survival."
    assert library.analyses.path("nothing known", "SPM").result.paths == ()


@settings(max_examples=60, deadline=None)
@given(many_facts())
def test_whatever_the_claims_each_step_is_in_them(facts: list[Fact]) -> None:
    links = Links(facts, TERMINOLOGY)
    by_id = {f.claim: f for f in facts}

    def names(fact: Fact) -> set[str]:
        slots = (fact.drug, fact.comparator, fact.outcome, fact.population)
        return {id for slot in slots if slot is not None for id in slot.id.split(" + ")}

    for start, goal in ((LENALIDOMIDE, SPM), ("words:a", OS), (ELIGIBLE, "words:x")):
        found = evidence_paths(links, {start}, {goal}, TERMINOLOGY, 3)
        assert found == evidence_paths(Links(facts[::-1], TERMINOLOGY), {start}, {goal}, TERMINOLOGY, 3)
        assert bool(found.paths) != bool(found.why)
        lengths = [len(path.steps) for path in found.paths]
        assert lengths == sorted(lengths)
        for path in found.paths:
            assert (path.ends[0].id, path.ends[-1].id) == (start, goal)
            assert len({end.id for end in path.ends}) == len(path.ends)
            for step, (one, other) in zip(path.steps, pairwise(path.ends), strict=True):
                assert all({one.id, other.id} <= names(by_id[claim]) for claim in step.claims)
                assert set(step.studies) == {by_id[claim].study for claim in step.claims}
