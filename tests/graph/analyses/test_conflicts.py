"""Conflicts: opposite and unequal results of different studies, never of one study with itself."""

from __future__ import annotations

from hypothesis import given, settings

from graph.analyses.conflicts import Grade, Result, conflicts, result_of
from graph.analyses.facts import Fact
from ingest.claim import Measure
from tests.graph.analyses.made import DOWN, SAME, SURE, UNSURE, UP, fact, many_facts
from tests.graph.small import ELIGIBLE, INELIGIBLE, OS, PLACEBO


def test_significant_in_opposite_directions_is_a_contradiction() -> None:
    (found,) = conflicts(
        [
            fact(1, "a", OS, "t1", direction=UP, significance=SURE),
            fact(2, "a", OS, "t2", direction=DOWN, significance=SURE),
            fact(3, "a", OS, "t3", direction=SAME, significance=UNSURE),
        ]
    ).conflicts
    assert found.grade is Grade.CONTRADICTION
    assert [(side.result, side.studies) for side in found.sides] == [
        (Result.HIGHER, ("t1",)),
        (Result.LOWER, ("t2",)),
        (Result.NONE, ("t3",)),
    ]
    assert found.studies == 3
    assert "3 of 3 claims name no comparator" in found.unsure


def test_significant_against_no_difference_is_an_inconsistency() -> None:
    facts = [
        fact(1, "a", OS, "t1", direction=UP, significance=SURE),
        fact(2, "a", OS, "t2", direction=UP, significance=UNSURE),
    ]
    (found,) = conflicts(facts).conflicts
    assert found.grade is Grade.INCONSISTENCY
    assert [side.claims for side in found.sides] == [(("claim:0001",),), (("claim:0002",),)]


def test_two_tellings_of_one_study_are_no_conflict() -> None:
    facts = [
        fact(1, "a", OS, "t1", direction=UP, significance=SURE),
        fact(2, "a", OS, "t1", direction=DOWN, significance=SURE),
    ]
    assert conflicts(facts).conflicts == ()
    third = fact(3, "a", OS, "t2", direction=DOWN, significance=SURE)
    assert conflicts([*facts, third]).conflicts == ()  # the first study is torn: nobody is left on its other side
    fourth = fact(4, "a", OS, "t3", direction=UP, significance=SURE)
    (found,) = conflicts([*facts, third, fourth]).conflicts
    assert found.torn == ("t1",)
    assert [side.studies for side in found.sides] == [("t3",), ("t2",)]


def test_results_in_what_both_say_to_be_different_are_no_conflict() -> None:
    def pair(**unlike: tuple[object, object]) -> list[Fact]:
        one, other = ({name: values[i] for name, values in unlike.items()} for i in (0, 1))
        return [
            fact(1, "a", OS, "t1", direction=UP, significance=SURE, **one),  # type: ignore[arg-type]
            fact(2, "a", OS, "t2", direction=DOWN, significance=SURE, **other),  # type: ignore[arg-type]
        ]

    assert not conflicts(pair(versus=(PLACEBO, "b"))).conflicts
    assert not conflicts(pair(among=(ELIGIBLE, INELIGIBLE))).conflicts
    assert not conflicts(pair(measures=((Measure.HAZARD_RATIO,), (Measure.MEAN_DIFFERENCE,)))).conflicts
    assert conflicts(pair(versus=(PLACEBO, None))).conflicts
    assert conflicts(pair(measures=((Measure.ODDS_RATIO,), (Measure.RISK_RATIO,)))).conflicts
    (by_words,) = conflicts(pair(among=("young people", "old people"))).conflicts
    assert "2 of 2 claims name their population in words alone" in by_words.unsure


def test_a_conflict_is_told_once_whatever_else_there_is() -> None:
    """Both sides name no comparator: that other claims name two is no reason to tell it twice."""
    facts = [
        fact(1, "a", OS, "t1", direction=UP, significance=SURE),
        fact(2, "a", OS, "t2", direction=DOWN, significance=SURE),
        fact(3, "a", OS, "t3", direction=UP, versus=PLACEBO),
        fact(4, "a", OS, "t4", direction=UP, versus="b"),
    ]
    (found,) = conflicts(facts).conflicts
    assert found.context.comparator is None
    assert conflicts(facts).undecided == 2


def test_what_says_nothing_of_chance_takes_no_side() -> None:
    assert result_of(fact(1, "a", OS, "t1", direction=UP)) is None
    assert result_of(fact(1, "a", OS, "t1", significance=SURE)) is None
    assert result_of(fact(1, "a", OS, "t1", direction=SAME)) is Result.NONE


@settings(max_examples=60, deadline=None)
@given(many_facts())
def test_whatever_the_claims_each_conflict_is_of_different_studies(facts: list[Fact]) -> None:
    found = conflicts(facts)
    assert found == conflicts(facts[::-1])
    by_id = {f.claim: f for f in facts}
    for one in found.conflicts:
        studies = [study for side in one.sides for study in side.studies]
        assert len(studies) == len(set(studies)) == one.studies >= 2
        assert not set(studies) & set(one.torn)
        for side in one.sides:
            for study, claims in zip(side.studies, side.claims, strict=True):
                for claim in claims:
                    told = by_id[claim]
                    assert (told.study, result_of(told)) == (study, side.result)
                    assert told.drug is not None
                    assert (told.drug.id, told.outcome.id) == (one.drug.id, one.outcome.id)
