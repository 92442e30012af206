"""Direction and significance from the print, and what stays as the text or a curator has it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.claim import Arm, Basis, Direction, Favours, Interval, IntervalKind, Measure, PValue, Significance
from ingest.settle import settle
from tests import strategies
from tests.ingest.test_checks import Made, claim

OURS, THEIRS = {"arm": Arm.INTERVENTION}, {"arm": Arm.COMPARATOR}
HR = {"measure": Measure.HAZARD_RATIO}
HIGHER, LOWER, SAME = Direction.HIGHER, Direction.LOWER, Direction.NO_DIFFERENCE
SURE, UNSURE = Significance.SIGNIFICANT, Significance.NOT_SIGNIFICANT


def ci(low: float | None, high: float | None) -> dict[str, Any]:
    return {"interval": Interval(IntervalKind.CONFIDENCE, low, high, 95.0)}


def p(operator: str, value: float) -> dict[str, Any]:
    return {"p": PValue(operator, value)}


VALUES: list[Made] = [("16.6%", {**OURS, "value": 16.6}), ("22.6%", {**THEIRS, "value": 22.6})]

CASES: list[tuple[str, list[Made], Favours | None, tuple[Any, Any, Any, Any]]] = [
    ("a share with its counts, and one without its total", [("4/7 (57.1%)", {**OURS, "value": 57.1, "events": 4,
        "total": 7, "unit": "%"}), ("5 (55.6%)", {**THEIRS, "value": 55.6, "events": 5, "unit": "%"})], None, (HIGHER,
        Basis.VALUES, None, None)),
    ("two values", VALUES, None, (LOWER, Basis.VALUES, None, None)),
    ("equal values", [("5%", {**OURS, "value": 5.0}), ("5 %", {**THEIRS, "value": 5.0})], None, (SAME, Basis.VALUES,
        None, None)),
    ("values and a small p", [*VALUES, ("P=.01", p("=", 0.01))], None, (LOWER, Basis.VALUES, SURE, Basis.P_VALUE)),
    ("values and a large p", [*VALUES, ("P=.34", p("=", 0.34))], None, (SAME, Basis.P_VALUE, UNSURE, Basis.P_VALUE)),
    ("p at the level", [*VALUES, ("P=.05", p("=", 0.05))], None, (SAME, Basis.P_VALUE, UNSURE, Basis.P_VALUE)),
    ("p below a large bound tells nothing", [*VALUES, ("P<.1", p("<", 0.1))], None, (LOWER, Basis.VALUES, None, None)),
    ("p above a small bound tells nothing", [*VALUES, ("P>.01", p(">", 0.01))], None, (LOWER, Basis.VALUES, None,
        None)),
    ("p alone", [("P<.001", p("<", 0.001))], None, (None, None, SURE, Basis.P_VALUE)),
    ("a ratio below one", [("0.78", {**HR, "value": 0.78})], Favours.LOWER, (LOWER, Basis.VALUES, None, None)),
    ("a hazard of what is good", [("0.78", {**HR, "value": 0.78})], Favours.HIGHER, (HIGHER, Basis.VALUES, None, None)),
    ("odds of what is good", [("2.1", {"measure": Measure.ODDS_RATIO, "value": 2.1})], Favours.HIGHER, (HIGHER,
        Basis.VALUES, None, None)),
    ("an interval that excludes one", [("0.78", {**HR, "value": 0.78, **ci(0.67, 0.92)})], None, (LOWER, Basis.VALUES,
        SURE, Basis.INTERVAL)),
    ("an interval that holds one", [("0.78", {**HR, "value": 0.78, **ci(0.67, 1.2)})], None, (SAME, Basis.INTERVAL,
        UNSURE, Basis.INTERVAL)),
    ("an open interval tells nothing", [("0.78", {**HR, "value": 0.78, **ci(0.67, None)})], None, (LOWER,
        Basis.VALUES, None, None)),
    ("p before interval", [("0.78", {**HR, "value": 0.78, **ci(0.67, 1.2), **p("=", 0.04)})], None, (LOWER,
        Basis.VALUES, SURE, Basis.P_VALUE)),
    ("a difference", [("-3.5", {"measure": Measure.MEAN_DIFFERENCE, "value": -3.5})], None, (LOWER, Basis.VALUES,
        None, None)),
    ("one arm", [VALUES[0]], None, (None, None, None, None)),
    ("intervals of arms compare nothing", [("3.98", {**OURS, "value": 3.98, **ci(2.51, 6.31)})], None, (None, None,
        None, None)),
    ("no numbers", [], None, (None, None, None, None)),
    ("values of other times are not compared", [
        ("12%", {**OURS, "value": 12.0, "timepoint": "1 year"}), ("14%", {**OURS, "value": 14.0,
            "timepoint": "2 years"}),
        ("16%", {**THEIRS, "value": 16.0, "timepoint": "3 years"}),
    ], None, (None, None, None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("made", "favours", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_what_the_print_shows(made: list[Made], favours: Favours | None, expected: tuple[Any, ...]) -> None:
    found = settle(claim(*(made or [("nothing", {})]), outcome_favours=favours))
    told = (found.direction, found.direction_basis, found.significance, found.significance_basis)
    assert told == expected


@pytest.mark.parametrize("basis", [Basis.WORDS, Basis.CURATOR])
def test_what_the_text_or_a_curator_says_stays(basis: Basis) -> None:
    said = claim(
        *VALUES,
        ("P=.34", p("=", 0.34)),
        direction=HIGHER,
        direction_basis=basis,
        significance=SURE,
        significance_basis=basis,
    )
    found = settle(said)
    assert (found.direction, found.direction_basis) == (HIGHER, basis)
    assert (found.significance, found.significance_basis) == (SURE, basis)
    assert "direction-against-values" in {c.rule for c in found.checks}


@pytest.mark.parametrize("basis", [Basis.VALUES, Basis.INTERVAL, Basis.P_VALUE])
def test_what_rested_on_other_numbers_is_computed_again(basis: Basis) -> None:
    found = settle(claim(*VALUES, direction=HIGHER, direction_basis=basis))
    assert (found.direction, found.direction_basis) == (LOWER, Basis.VALUES)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_settling_changes_no_number_and_settles(data: st.DataObject) -> None:
    source = data.draw(strategies.articles())
    made = data.draw(strategies.claims(source))
    found = settle(made)
    assert settle(found) == found
    same = {"direction", "direction_basis", "significance", "significance_basis", "checks"}
    assert replace(made, **{field: getattr(found, field) for field in same}) == found
