"""The network of compared treatments: its parts, loops, and what hangs on one study."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings

from graph.analyses.comparisons import compared
from graph.analyses.facts import Fact
from graph.analyses.feasibility import feasible
from ingest.claim import Measure
from tests.graph.analyses.made import fact, many_facts
from tests.graph.small import OS

ROOT = Path(__file__).resolve().parents[3]


def edges(*pairs: tuple[str, str, str]) -> list[Fact]:
    return [
        fact(number, one, OS, study, versus=other, measures=(Measure.HAZARD_RATIO,), participants=100)
        for number, (one, other, study) in enumerate(pairs)
    ]


def test_a_triangle_of_three_trials_is_a_loop_that_can_be_checked() -> None:
    network = compared(edges(("a", "b", "t1"), ("b", "c", "t2"), ("c", "a", "t3")))
    assert network.connected
    assert [loop.treatments for loop in network.loops] == [("words:a", "words:b", "words:c")]
    assert network.loops[0].checkable
    assert not any(c.bridge for c in network.comparisons)
    verdict = feasible(network)
    assert verdict.possible
    assert verdict.reasons == (
        "All 3 treatments are connected by direct comparisons: a network meta-analysis is possible in principle.",
        "1 closed loop; in 1 direct and indirect evidence can be checked against each other.",
    )


def test_a_loop_within_one_trial_of_three_arms_checks_nothing() -> None:
    network = compared(edges(("a", "b", "t1"), ("b", "c", "t1"), ("c", "a", "t1")))
    assert [loop.checkable for loop in network.loops] == [False]
    assert network.several_arms == (("t1", ("words:a", "words:b", "words:c")),)
    assert all(t.single_study for t in network.treatments)
    assert "consistency cannot be checked" in feasible(network).reasons[1]
    with_another = compared(edges(("a", "b", "t1"), ("b", "c", "t1"), ("c", "a", "t1"), ("a", "b", "t2")))
    assert [loop.checkable for loop in with_another.loops] == [True]


def test_a_star_has_bridges_and_a_treatment_that_all_hangs_on() -> None:
    network = compared(edges(("a", "p", "t1"), ("b", "p", "t2"), ("c", "p", "t3")))
    assert network.connected
    assert not network.loops
    assert all(c.bridge for c in network.comparisons)
    assert [t.term.label for t in network.treatments if t.cut] == ["p"]
    assert network.treatments[0].term.label == "p"
    assert network.treatments[0].degree == 3
    told = feasible(network)
    assert told.reasons[1].startswith("There is no closed loop")
    assert "Treatments that alone link others: p." in told.warnings


def test_two_islands_are_told_by_name_and_each_is_judged() -> None:
    network = compared(edges(("a", "b", "t1"), ("b", "c", "t2"), ("x", "y", "t3")))
    assert not network.connected
    assert network.parts == (("words:a", "words:b", "words:c"), ("words:x", "words:y"))
    verdict = feasible(network)
    assert verdict.possible
    assert verdict.reasons[0] == "The network falls into 2 parts that no comparison links: a, b, c; x, y."
    assert not feasible(compared(edges(("a", "b", "t1"), ("x", "y", "t3")))).possible
    assert not feasible(compared(edges(("a", "b", "t1")))).possible
    assert feasible(compared([])).reasons == ("No claim compares two treatments: there is no network.",)


def test_what_is_no_comparison_is_counted_and_said() -> None:
    facts = [
        fact(1, "a", OS, "t1"),
        fact(2, None, OS, "t1", versus="b"),
        fact(3, "a", OS, "t1", versus="a"),
        fact(4, "a", OS, "t1", versus="b"),
    ]
    network = compared(facts)
    assert (network.claims, network.without_comparator, network.without_drug, network.same_treatment) == (4, 1, 1, 1)
    assert [c.claims for c in network.comparisons] == [("claim:0004",)]
    assert [w for w in feasible(network).warnings if w.startswith("Left out")] == [
        "Left out: 1 claim in which no comparator is named.",
        "Left out: 1 claim in which no treatment is named.",
        "Left out: 1 claim in which the same treatment is on both sides, as doses or schedules.",
    ]


def test_a_study_and_its_participants_count_once_for_a_comparison() -> None:
    told_twice = [*edges(("a", "b", "t1"), ("b", "a", "t1")), fact(9, "a", OS, "t2", versus="b")]
    (made,) = compared(told_twice).comparisons
    assert made.studies == ("t1", "t2")
    assert len(made.claims) == 3
    assert (made.participants, made.sized) == (100, 1)


def test_several_outcomes_and_measures_are_warned_of() -> None:
    facts = [*edges(("a", "b", "t1")), fact(5, "b", "x", "t2", versus="c", measures=(Measure.ODDS_RATIO,))]
    warnings = feasible(compared(facts)).warnings
    assert any(w.startswith("The comparisons are of 2 outcomes (") for w in warnings)
    assert any(w.startswith("Several measures of effect are reported (hazard ratio, odds ratio)") for w in warnings)


@settings(max_examples=60, deadline=None)
@given(many_facts())
def test_whatever_the_claims_the_network_is_sound(facts: list[Fact]) -> None:
    network = compared(facts)
    assert network == compared(facts[::-1])
    pairs = {c.pair for c in network.comparisons}
    left = network.without_drug + network.without_comparator + network.same_treatment
    assert sum(len(c.claims) for c in network.comparisons) + left == len(facts)
    for loop in network.loops:
        circle = [*loop.treatments, loop.treatments[0]]
        assert len(set(loop.treatments)) > 2
        assert all((min(pair), max(pair)) in pairs for pair in pairwise(circle))
    assert len(network.loops) == len(pairs) - len(network.treatments) + len(network.parts)
    assert {id for part in network.parts for id in part} == {t.term.id for t in network.treatments}
    for made in network.comparisons:
        assert len(set(made.studies)) == len(made.studies) <= len(made.claims)
    assert all(told.strip() for told in (*feasible(network).reasons, *feasible(network).warnings))


def test_loops_do_not_depend_on_the_process() -> None:
    program = (
        "from tests.graph.analyses.test_comparisons import edges\n"
        "from graph.analyses.comparisons import compared\n"
        "names = 'abcdefgh'\n"
        "pairs = [(a, b, a + b) for i, a in enumerate(names) for b in names[i + 1:] if (ord(a) * ord(b)) % 3]\n"
        "print(compared(edges(*pairs)).loops)\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
