"""Likeness of drugs: symmetric, bounded, and explained by the outcomes that make it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from graph.analyses.facts import Fact
from graph.analyses.similarity import similar
from tests.graph.analyses.made import DOWN, SAME, UP, fact, many_facts
from tests.graph.small import OS, SPM


def test_the_same_findings_are_alike_and_opposite_ones_are_not() -> None:
    facts = [
        fact(1, "a", OS, "t1", direction=UP),
        fact(2, "a", SPM, "t1", direction=DOWN),
        fact(3, "b", OS, "t2", direction=UP),
        fact(4, "b", SPM, "t2", direction=DOWN),
        fact(5, "c", OS, "t3", direction=DOWN),
        fact(6, "c", SPM, "t3", direction=UP),
        fact(7, "d", OS, "t4", direction=UP),
    ]
    found = similar(facts)
    assert [(p.one.label, p.other.label, p.cosine, p.jaccard) for p in found.pairs] == [
        ("a", "b", 1.0, 1.0),
        ("a", "c", -1.0, 0.0),
        ("b", "c", -1.0, 0.0),
    ]
    assert {s.one.outcome.id: s.share for s in found.pairs[0].shared} == {OS: 0.5, SPM: 0.5}
    assert len(similar(facts, shared=1).pairs) == 6
    assert [p.other.label for p in similar(facts, to=frozenset({"words:a"})).pairs] == ["b", "c"]


def test_studies_weigh_and_a_study_weighs_once() -> None:
    facts = [
        fact(1, "a", OS, "t1", direction=UP),
        fact(2, "a", OS, "t1", direction=UP),
        fact(3, "a", OS, "t2", direction=UP),
        fact(4, "a", SPM, "t2", direction=UP),
        fact(5, "b", OS, "t3", direction=UP),
        fact(6, "b", SPM, "t3", direction=UP),
    ]
    (pair,) = similar(facts).pairs
    assert [(s.one.outcome.id, s.one.higher) for s in pair.shared] == [(OS, 2), (SPM, 1)]
    assert [s.share for s in pair.shared] == pytest.approx([2 / 10**0.5, 1 / 10**0.5], abs=1e-5)
    assert pair.cosine == pytest.approx(3 / 10**0.5, abs=1e-5)


def test_drugs_without_an_effect_are_alike_by_jaccard_alone() -> None:
    facts = [
        fact(n, drug, outcome, f"t{n}", direction=SAME)
        for n, (drug, outcome) in enumerate([("a", OS), ("a", SPM), ("b", OS), ("b", SPM)])
    ]
    (pair,) = similar(facts).pairs
    assert (pair.cosine, pair.jaccard) == (None, 1.0)


@settings(max_examples=60, deadline=None)
@given(many_facts())
def test_whatever_the_claims_likeness_is_symmetric_and_explained(facts: list[Fact]) -> None:
    found = similar(facts, shared=1)
    assert found == similar(facts[::-1], shared=1)
    for pair in found.pairs:
        assert pair.one.id < pair.other.id
        assert pair.cosine is None or -1 <= pair.cosine <= 1
        assert 0 <= pair.jaccard <= 1
        if pair.cosine is not None:
            assert sum(s.share for s in pair.shared) == pytest.approx(pair.cosine, abs=1e-4)
    mirrored = {pair.one.id: pair.other.id for pair in found.pairs}
    swapped = [fact for fact in facts if fact.drug is not None]
    for one in mirrored:
        only = similar(swapped, to=frozenset({one}), shared=1)
        assert {frozenset((p.one.id, p.other.id, str(p.cosine))) for p in only.pairs} == {
            frozenset((p.one.id, p.other.id, str(p.cosine))) for p in found.pairs if one in (p.one.id, p.other.id)
        }


def test_of_very_many_drugs_those_with_most_studies_are_compared() -> None:
    facts = [fact(n, f"drug{n % 5}", outcome, f"t{n}", direction=UP) for n in range(11) for outcome in (OS, SPM)]
    facts = [Fact(f"c{n}", f.article, f.study, f.outcome, f.drug, direction=f.direction) for n, f in enumerate(facts)]
    found = similar(facts, drugs=2)
    assert (found.drugs, found.all_drugs, len(found.pairs)) == (2, 5, 1)
    assert found.pairs[0].one.label == "drug0"
