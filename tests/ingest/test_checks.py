"""What is computed again from the printed numbers: each rule by worked cases."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Article
from ingest.checks import RULES, check_claim
from ingest.claim import (
    Arm,
    Basis,
    Check,
    Claim,
    Direction,
    Effect,
    Favours,
    Grade,
    Interval,
    IntervalKind,
    Measure,
    Mention,
    PValue,
    Significance,
    Study,
    StudyArm,
)  # fmt: skip
from tests import builders, strategies

Made = tuple[str, dict[str, Any]]
HR, SHARE, MD = Measure.HAZARD_RATIO, Measure.PROPORTION, Measure.MEAN_DIFFERENCE
RR, OR, RD = Measure.RISK_RATIO, Measure.ODDS_RATIO, Measure.RISK_DIFFERENCE
UNKNOWN = Grade.NOT_CHECKABLE


def ci(low: float | None, high: float | None, level: float | None = 95.0) -> Interval:
    return Interval(IntervalKind.CONFIDENCE, low, high, level)


def spread(low: float, high: float) -> Interval:
    return Interval(IntervalKind.INTERQUARTILE, low, high)


def claim(*made: Made, **fields: Any) -> Claim:
    """A claim with effects of which each prints its words in a text of its own."""
    text = "Relapse: " + "; ".join(words for words, _ in made) + "."
    source = builders.article(text)
    effects = tuple(builders.effect(text, words, **numbers) for words, numbers in made)
    return builders.claim(source, outcome="Relapse", effects=effects, **fields)


def grade(checks: tuple[Check, ...], rule: str) -> Grade | None:
    found = [c.grade for c in checks if c.rule == rule]
    assert len(found) <= 1
    return found[0] if found else None


ONE_EFFECT: list[tuple[str, str, dict[str, Any], Grade | None]] = [
    ("percentage-range", "0%", {"measure": SHARE, "value": 0.0, "unit": "%"}, Grade.PASS),
    ("percentage-range", "100%", {"measure": SHARE, "value": 100.0, "unit": "%"}, Grade.PASS),
    ("percentage-range", "120%", {"measure": SHARE, "value": 120.0, "unit": "%"}, Grade.ERROR),
    ("percentage-range", "120%", {"measure": Measure.MEAN, "value": 120.0, "unit": "%"}, None),
    ("fraction-against-percentage", "17/78 (21.8%)", {"value": 21.8, "unit": "%", "events": 17, "total": 78},
        Grade.PASS),
    ("fraction-against-percentage", "17/78 (22%)", {"value": 22.0, "unit": "%", "events": 17, "total": 78}, Grade.PASS),
    ("fraction-against-percentage", "17/78 (22.0%)", {"value": 22.0, "unit": "%", "events": 17, "total": 78},
        Grade.ERROR),
    ("fraction-against-percentage", "17/78 (24%)", {"value": 24.0, "unit": "%", "events": 17, "total": 78},
        Grade.ERROR),
    ("fraction-against-percentage", "0/0 (0%)", {"value": 0.0, "unit": "%", "events": 0, "total": 0}, Grade.ERROR),
    ("fraction-against-percentage", "17/78 (21.7%)", {"value": 21.7, "unit": "%", "events": 17, "total": 78},
        Grade.NOTE),
    ("fraction-against-percentage", "17 (21.8%)", {"value": 21.8, "unit": "%", "events": 17}, UNKNOWN),
    ("fraction-against-percentage", "21.8%", {"measure": SHARE, "value": 21.8, "unit": "%"}, UNKNOWN),
    ("fraction-against-percentage", "21.8%", {"measure": Measure.MEAN, "value": 21.8, "unit": "%"}, None),
    ("events-within-total", "17/78", {"events": 17, "total": 78}, Grade.PASS),
    ("events-within-total", "79/78", {"events": 79, "total": 78}, Grade.ERROR),
    ("events-within-total", "79", {"events": 79}, None),
    ("spread-not-negative", "7 (SD 2)", {"value": 7.0, "standard_deviation": 2.0}, Grade.PASS),
    ("spread-not-negative", "7 (SD -2)", {"value": 7.0, "standard_deviation": -2.0}, Grade.ERROR),
    ("spread-not-negative", "7 (SE 0)", {"value": 7.0, "standard_error": 0.0}, Grade.PASS),
    ("spread-not-negative", "7", {"value": 7.0}, None),
    ("interval-order", "0.9-0.6", {"measure": HR, "interval": ci(0.9, 0.6)}, Grade.ERROR),
    ("interval-order", "0.6-0.9", {"measure": HR, "interval": ci(0.6, 0.9)}, Grade.PASS),
    ("interval-order", "-1.45 (-0.13 to -2.76)", {"measure": MD, "value": -1.45, "interval": ci(-0.13, -2.76)},
        Grade.NOTE),
    ("interval-order", "63% (-34% to -78%)", {"measure": RD, "value": 63.0, "interval": ci(-34, -78)}, Grade.NOTE),
    ("value-in-interval", "33 (-47 to -20)", {"measure": MD, "value": 33.0, "interval": ci(-47, -20)}, Grade.NOTE),
    ("value-in-interval", "77.4% (0.58-0.90)", {"measure": SHARE, "value": 77.4, "unit": "%",
        "interval": ci(0.58, 0.9)}, Grade.NOTE),
    ("value-in-interval", "97.4% (0.58-0.90)", {"measure": SHARE, "value": 97.4, "unit": "%",
        "interval": ci(0.58, 0.9)}, Grade.ERROR),
    ("interval-order", "0.6-NR", {"measure": HR, "interval": ci(0.6, None)}, None),
    ("value-in-interval", "0.9-0.6", {"measure": HR, "value": 0.7, "interval": ci(0.9, 0.6)}, None),
    ("value-in-interval", "0.7 (0.6-0.9)", {"measure": HR, "value": 0.7, "interval": ci(0.6, 0.9)}, Grade.PASS),
    ("value-in-interval", "0.95 (0.6-0.9)", {"measure": HR, "value": 0.95, "interval": ci(0.6, 0.9)}, Grade.ERROR),
    ("value-in-interval", "0.9 (0.6-0.88)", {"measure": HR, "value": 0.9, "interval": ci(0.6, 0.88)}, Grade.PASS),
    ("value-in-interval", "0.90 (0.6-0.88)", {"measure": HR, "value": 0.9, "interval": ci(0.6, 0.88)}, Grade.ERROR),
    ("value-in-interval", "69.5 (61.2-NR)", {"value": 69.5, "interval": ci(61.2, None)}, UNKNOWN),
    ("value-in-interval", "59.5 (61.2-NR)", {"value": 59.5, "interval": ci(61.2, None)}, Grade.ERROR),
    ("value-in-interval", "69.5 (NR-61.2)", {"value": 69.5, "interval": ci(None, 61.2)}, Grade.ERROR),
    ("value-in-interval", "NR (61.2-NR)", {"value": None, "interval": ci(61.2, None)}, UNKNOWN),
    ("value-in-interval", "NR (61.2-70.1)", {"value": None, "interval": ci(61.2, 70.1)}, UNKNOWN),
    ("value-in-interval", "0.9", {"measure": HR, "value": 0.9}, UNKNOWN),
    ("value-in-interval", "9%", {"measure": SHARE, "value": 9.0}, None),
    ("value-in-interval", "9 (4-7)", {"measure": Measure.MEDIAN, "value": 9.0, "interval": spread(4, 7)}, Grade.ERROR),
    ("value-in-interval", "9 (4-7)", {"measure": Measure.MEAN, "value": 9.0, "interval": spread(4, 7)}, Grade.NOTE),
    ("ratio-at-log-centre", "0.78 (0.67-0.92)", {"measure": HR, "value": 0.78, "interval": ci(0.67, 0.92)}, Grade.PASS),
    ("ratio-at-log-centre", "0.90 (0.67-0.92)", {"measure": HR, "value": 0.9, "interval": ci(0.67, 0.92)}, Grade.NOTE),
    ("ratio-at-log-centre", "0.90 (0.67-0.92)", {"measure": Measure.MEAN, "value": 0.9, "interval": ci(0.67, 0.92)},
        None),
    ("ratio-at-log-centre", "0.9 (0-0.92)", {"measure": HR, "value": 0.9, "interval": ci(0.0, 0.92)}, UNKNOWN),
    ("difference-at-centre", "-3.5 (-6.1 to -0.9)", {"measure": MD, "value": -3.5, "interval": ci(-6.1, -0.9)},
        Grade.PASS),
    ("difference-at-centre", "-3.1 (-6.1 to -0.9)", {"measure": MD, "value": -3.1, "interval": ci(-6.1, -0.9)},
        Grade.NOTE),
    ("difference-at-centre", "0.78 (0.67-0.92)", {"measure": HR, "value": 0.78, "interval": ci(0.67, 0.92)}, None),
    ("interval-against-p", "(0.67-0.92; P=.01)", {"measure": HR, "interval": ci(0.67, 0.92), "p": PValue("=", 0.01)},
        Grade.PASS),
    ("interval-against-p", "(0.67-0.92; P=.30)", {"measure": HR, "interval": ci(0.67, 0.92), "p": PValue("=", 0.3)},
        Grade.ERROR),
    ("interval-against-p", "(0.67-1.92; P=.01)", {"measure": HR, "interval": ci(0.67, 1.92), "p": PValue("=", 0.01)},
        Grade.ERROR),
    ("interval-against-p", "(0.67-1.92; P<.1)", {"measure": HR, "interval": ci(0.67, 1.92), "p": PValue("<", 0.1)},
        None),
    ("interval-against-p", "(0.67-1.92; P=.05)", {"measure": HR, "interval": ci(0.67, 1.92), "p": PValue("=", 0.05)},
        Grade.PASS),
    ("interval-against-p", "(0.67-1.92; P>.05)", {"measure": HR, "interval": ci(0.67, 1.92), "p": PValue(">", 0.05)},
        Grade.PASS),
    ("interval-against-p", "(0.67-0.92; P>.05)", {"measure": HR, "interval": ci(0.67, 0.92), "p": PValue(">", 0.05)},
        Grade.ERROR),
    ("interval-against-p", "(0.67-0.92; P>.01)", {"measure": HR, "interval": ci(0.67, 0.92), "p": PValue(">", 0.01)},
        None),
    ("interval-against-p", "(0.67-1.00; P=.04)", {"measure": HR, "interval": ci(0.67, 1.0), "p": PValue("=", 0.04)},
        Grade.PASS),
    ("interval-against-p", "(0.67-0.92)", {"measure": HR, "interval": ci(0.67, 0.92)}, UNKNOWN),
    ("interval-against-p", "(0.67-NR; P=.04)", {"measure": HR, "interval": ci(0.67, None), "p": PValue("=", 0.04)},
        UNKNOWN),
    ("interval-against-p", "(61-70; P=.04)", {"measure": SHARE, "interval": ci(61, 70), "p": PValue("=", 0.04)}, None),
    ("interval-against-p", "(90% 0.67-0.92; P=.3)", {"measure": HR, "interval": ci(0.67, 0.92, 90.0), "p": PValue("=",
        0.3)}, Grade.ERROR),
    ("interval-against-p", "(90% 0.67-0.92; P=.08)", {"measure": HR, "interval": ci(0.67, 0.92, 90.0), "p": PValue("=",
        0.08)}, Grade.PASS),
    ("interval-against-p", "(-2 to 1; P=.01)", {"measure": Measure.MEAN_DIFFERENCE, "interval": ci(-2, 1),
        "p": PValue("=", 0.01)}, Grade.ERROR),
    ("p-from-interval", "0.78 (0.67-0.92; P=.0023)", {"measure": HR, "value": 0.78, "interval": ci(0.67, 0.92),
        "p": PValue("=", 0.0023)}, Grade.PASS),
    ("p-from-interval", "0.78 (0.67-0.92; P=.03)", {"measure": HR, "value": 0.78, "interval": ci(0.67, 0.92),
        "p": PValue("=", 0.03)}, Grade.NOTE),
    ("p-from-interval", "0.78 (0.67-0.92; P<.01)", {"measure": HR, "value": 0.78, "interval": ci(0.67, 0.92),
        "p": PValue("<", 0.01)}, Grade.PASS),
    ("p-from-interval", "0.78 (0.67-0.92; P>.1)", {"measure": HR, "value": 0.78, "interval": ci(0.67, 0.92),
        "p": PValue(">", 0.1)}, Grade.NOTE),
    ("p-from-interval", "0.30 (0.20-0.45; P=.0001)", {"measure": HR, "value": 0.3, "interval": ci(0.2, 0.45),
        "p": PValue("=", 0.0001)}, Grade.PASS),
    ("p-from-interval", "-3.5 (-6.1 to -0.9; P=.008)", {"measure": MD, "value": -3.5, "interval": ci(-6.1, -0.9),
        "p": PValue("=", 0.008)}, Grade.PASS),
    ("p-from-interval", "-3.5 (-6.1 to -0.9; P=.2)", {"measure": MD, "value": -3.5, "interval": ci(-6.1, -0.9),
        "p": PValue("=", 0.2)}, Grade.NOTE),
    ("p-from-interval", "0.78 (100% 0.67-0.92; P=.0023)", {"measure": HR, "value": 0.78, "interval": ci(0.67, 0.92,
        100.0), "p": PValue("=", 0.0023)}, Grade.PASS),
    ("p-from-interval", "0.78 (0% 0.67-0.92; P=.03)", {"measure": HR, "value": 0.78, "interval": ci(0.67, 0.92, 0.0),
        "p": PValue("=", 0.03)}, Grade.NOTE),
    ("p-from-interval", "0.78 (0.67-0.92)", {"measure": HR, "value": 0.78, "interval": ci(0.67, 0.92)}, None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "words", "numbers", "expected"), ONE_EFFECT)
def test_one_effect(rule: str, words: str, numbers: dict[str, Any], expected: Grade | None) -> None:
    assert grade(check_claim(claim((words, numbers))), rule) is expected


@pytest.mark.parametrize(
    ("ours", "theirs", "direction", "expected"),
    [
        (16.6, 22.6, Direction.LOWER, Grade.PASS),
        (16.6, 22.6, Direction.HIGHER, Grade.ERROR),
        (16.6, 16.6, Direction.HIGHER, Grade.PASS),
        (16.6, 22.6, Direction.NO_DIFFERENCE, None),
        (16.6, 22.6, None, None),
        (None, 22.6, Direction.LOWER, UNKNOWN),
    ],
)
def test_direction_against_the_values(
    ours: float | None, theirs: float, direction: Direction | None, expected: Grade | None
) -> None:
    made = claim(
        ("16.6%", {"arm": Arm.INTERVENTION, "measure": SHARE, "value": ours}),
        ("22.6%", {"arm": Arm.COMPARATOR, "measure": SHARE, "value": theirs}),
        direction=direction,
    )
    assert grade(check_claim(made), "direction-against-values") is expected


@pytest.mark.parametrize(
    ("said", "low", "high", "expected"),
    [
        (Significance.SIGNIFICANT, 0.67, 0.92, Grade.PASS),
        (Significance.SIGNIFICANT, 0.67, 1.92, Grade.ERROR),
        (Significance.NOT_SIGNIFICANT, 0.67, 1.92, Grade.PASS),
        (Significance.NOT_SIGNIFICANT, 0.67, 0.92, Grade.ERROR),
        (None, 0.67, 0.92, None),
        (Significance.SIGNIFICANT, 0.67, None, None),
    ],
)
def test_significance_against_the_interval(
    said: Significance | None, low: float, high: float | None, expected: Grade | None
) -> None:
    made = claim(("0.78", {"measure": HR, "value": 0.78, "interval": ci(low, high)}), significance=said)
    assert grade(check_claim(made), "significance-against-interval") is expected


@pytest.mark.parametrize(
    ("words", "p", "said", "expected"),
    [
        ("P=.01", PValue("=", 0.01), Significance.SIGNIFICANT, Grade.PASS),
        ("P=.01", PValue("=", 0.01), Significance.NOT_SIGNIFICANT, Grade.NOTE),
        ("P<.0001", PValue("<", 0.0001), Significance.NOT_SIGNIFICANT, Grade.ERROR),
        ("P=.40", PValue("=", 0.4), Significance.SIGNIFICANT, Grade.ERROR),
        ("P=.08", PValue("=", 0.08), Significance.SIGNIFICANT, Grade.NOTE),
        ("P=.05", PValue("=", 0.05), Significance.SIGNIFICANT, None),
        ("P<.1", PValue("<", 0.1), Significance.SIGNIFICANT, None),
        ("P=.40", PValue("=", 0.4), None, None),
    ],
)
def test_significance_against_p(words: str, p: PValue, said: Significance | None, expected: Grade | None) -> None:
    made = claim((words, {"measure": Measure.P_VALUE, "p": p}), significance=said, significance_basis=Basis.WORDS)
    assert grade(check_claim(made), "significance-against-p") is expected
    taken = replace(made, significance_basis=Basis.P_VALUE)
    assert grade(check_claim(taken), "significance-against-p") is None, "what comes from p agrees with p"


def test_a_passage_that_speaks_of_significance_twice_may_mean_another_result() -> None:
    numbers = {"measure": Measure.P_VALUE, "p": PValue("=", 0.4)}
    said = {"significance": Significance.SIGNIFICANT, "significance_basis": Basis.WORDS}
    once, twice = (claim((words, numbers), **said) for words in ("significant, P=.4", "significant significant P=.4"))
    assert grade(check_claim(once), "significance-against-p") is Grade.ERROR
    assert grade(check_claim(twice), "significance-against-p") is Grade.NOTE


def test_a_test_of_non_inferiority_may_have_another_p() -> None:
    numbers = {"measure": HR, "value": 0.95, "interval": ci(0.8, 1.12), "p": PValue("=", 0.002)}
    plain = claim(("0.95 (0.80-1.12; P=.002)", numbers))
    assert grade(check_claim(plain), "interval-against-p") is Grade.ERROR
    told = claim(("0.95 (0.80-1.12; P=.002 for noninferiority)", numbers))
    assert grade(check_claim(told), "interval-against-p") is Grade.NOTE


OURS, THEIRS, RATIO = ({"arm": arm} for arm in (Arm.INTERVENTION, Arm.COMPARATOR, Arm.CONTRAST))
TEN = ("10/100", {**OURS, "events": 10, "total": 100})
TWENTY = ("20/100", {**THEIRS, "events": 20, "total": 100})
LESS = ("16.6%", {**OURS, "measure": SHARE, "value": 16.6, "unit": "%"})
MORE = ("22.6%", {**THEIRS, "measure": SHARE, "value": 22.6, "unit": "%"})
WORDS = {"direction": Direction.LOWER, "direction_basis": Basis.WORDS}

TWO_ARMS: list[tuple[str, list[Made], dict[str, Any], Grade | None]] = [
    ("ratio-from-values", [TEN, TWENTY, ("0.50", {"measure": RR, "value": 0.5})], {}, Grade.PASS),
    ("ratio-from-values", [TEN, TWENTY, ("0.54", {"measure": RR, "value": 0.54})], {}, Grade.PASS),
    ("ratio-from-values", [TEN, TWENTY, ("0.70", {"measure": RR, "value": 0.7})], {}, Grade.NOTE),
    ("ratio-from-values", [TEN, TWENTY, ("0.44", {"measure": OR, "value": 0.44})], {}, Grade.PASS),
    ("ratio-from-values", [TEN, TWENTY, ("0.90", {"measure": OR, "value": 0.9})], {}, Grade.NOTE),
    ("ratio-from-values", [LESS, MORE, ("0.73", {"measure": RR, "value": 0.73})], {}, Grade.PASS),
    ("ratio-from-values", [LESS, MORE, ("1.36", {"measure": RR, "value": 1.36})], {}, Grade.NOTE),
    ("ratio-from-values", [LESS, MORE, ("0.73", {"measure": HR, "value": 0.73})], {}, None),
    ("ratio-from-values", [("0.73", {"measure": RR, "value": 0.73})], {}, UNKNOWN),
    ("ratio-from-values", [("0%", {**LESS[1], "value": 0.0}), MORE, ("0.7", {"measure": RR, "value": 0.7})], {},
        UNKNOWN),
    ("ratio-against-values", [LESS, MORE, ("0.73", {"measure": RR, "value": 0.73})], {}, Grade.PASS),
    ("ratio-against-values", [LESS, MORE, ("1.73", {"measure": RR, "value": 1.73})], {}, Grade.NOTE),
    ("ratio-against-values", [LESS, MORE, ("1.73", {"measure": HR, "value": 1.73})], {}, UNKNOWN),
    ("ratio-against-values", [LESS, MORE, ("1.73", {"measure": HR, "value": 1.73})],
        {"outcome_favours": Favours.LOWER}, Grade.NOTE),
    ("ratio-against-values", [LESS, MORE, ("1.73", {"measure": HR, "value": 1.73})],
        {"outcome_favours": Favours.HIGHER}, Grade.PASS),
    ("ratio-against-values", [TEN, TWENTY, ("1.73", {"measure": RR, "value": 1.73})], {}, Grade.NOTE),
    ("ratio-against-values", [("30 mo", {**OURS, "value": 30.0, "unit": "mo"}), ("19 mo", {**THEIRS, "value": 19.0,
        "unit": "mo"}), ("0.69", {"measure": HR, "value": 0.69})], {}, Grade.PASS),
    ("direction-against-ratio", [("0.73", {"measure": RR, "value": 0.73})], WORDS, Grade.PASS),
    ("direction-against-ratio", [("1.73", {"measure": RR, "value": 1.73})], WORDS, Grade.NOTE),
    ("direction-against-ratio", [("1.73 (1.2-2.5)", {"measure": RR, "value": 1.73, "interval": ci(1.2, 2.5)})], WORDS,
        Grade.ERROR),
    ("direction-against-ratio", [("1.73", {"measure": HR, "value": 1.73})], WORDS, UNKNOWN),
    ("direction-against-ratio", [("1.73", {"measure": HR, "value": 1.73})],
        {**WORDS, "outcome_favours": Favours.HIGHER}, Grade.PASS),
    ("direction-against-ratio", [("1.73", {"measure": RR, "value": 1.73})], {**WORDS, "direction_basis": Basis.VALUES},
        None),
    ("direction-against-ratio", [("1.00", {"measure": RR, "value": 1.0})], WORDS, None),
    ("difference-from-values", [LESS, MORE, ("-6.0%", {"measure": RD, "value": -6.0, "unit": "%"})], {}, Grade.PASS),
    ("difference-from-values", [LESS, MORE, ("6.0%", {"measure": RD, "value": 6.0, "unit": "%"})], {}, Grade.PASS),
    ("difference-from-values", [LESS, MORE, ("0.06", {"measure": RD, "value": 0.06})], {}, Grade.PASS),
    ("difference-from-values", [LESS, MORE, ("9.0%", {"measure": RD, "value": 9.0, "unit": "%"})], {}, Grade.NOTE),
    ("difference-from-values", [LESS, MORE, ("9.0 mo", {"measure": RD, "value": 9.0, "unit": "mo"})], {}, None),
    ("totals-against-enrolled", [TEN, TWENTY], {"study": Study(enrolled=200)}, Grade.PASS),
    ("totals-against-enrolled", [TEN, TWENTY], {"study": Study(enrolled=250, randomised=199)}, Grade.PASS),
    ("totals-against-enrolled", [TEN, TWENTY], {"study": Study(enrolled=199)}, Grade.NOTE),
    ("totals-against-enrolled", [TEN, TWENTY, ("30/150", {"arm": Arm.OVERALL, "events": 30, "total": 150})], {},
        Grade.NOTE),
    ("totals-against-enrolled", [TEN, TWENTY], {}, None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "made", "fields", "expected"), TWO_ARMS)
def test_two_arms(rule: str, made: list[Made], fields: dict[str, Any], expected: Grade | None) -> None:
    assert grade(check_claim(claim(*made, **fields)), rule) is expected


def test_changes_may_be_printed_without_their_sign() -> None:
    fell = {"value": 5.0, "change_from_baseline": True}
    made = claim(("5", {**OURS, **fell}), ("2", {**THEIRS, **fell, "value": 2.0}), direction=Direction.LOWER)
    assert grade(check_claim(made), "direction-against-values") is UNKNOWN


def test_values_of_several_times_are_told_apart() -> None:
    found = claim(
        *(
            (f"{value}%{time}", {**arm, "measure": SHARE, "value": value, "unit": "%", "timepoint": time})
            for time, pair in (("1 year", (5.0, 9.0)), ("2 years", (12.0, 11.0)))
            for arm, value in zip((OURS, THEIRS), pair, strict=True)
        ),
        direction=Direction.LOWER,
    )
    grades = [c.grade for c in check_claim(found) if c.rule == "direction-against-values"]
    assert grades == [Grade.PASS, Grade.ERROR]
    taken = check_claim(replace(found, direction_basis=Basis.VALUES))
    assert [c.grade for c in taken if c.rule == "direction-against-values"] == [Grade.PASS, Grade.NOTE]


@pytest.mark.parametrize(("total", "expected"), [(78, Grade.PASS), (101, Grade.NOTE), (None, None)])
def test_a_total_is_within_those_enrolled(total: int | None, expected: Grade | None) -> None:
    made = claim(("17", {"events": 17, "total": total}), study=Study(enrolled=100))
    assert grade(check_claim(made), "total-within-enrolled") is expected
    unknown = UNKNOWN if total is not None else None
    assert grade(check_claim(replace(made, study=None)), "total-within-enrolled") is unknown


@pytest.mark.parametrize(
    ("sizes", "randomised", "by_arm", "together"),
    [
        ((100, 100), 200, [Grade.PASS, Grade.PASS], Grade.PASS),
        ((99, 100), 200, [Grade.NOTE, Grade.PASS], UNKNOWN),
        ((100, 101), 200, [Grade.PASS, Grade.PASS], Grade.NOTE),
        ((100, 100, 100), 200, [Grade.PASS, Grade.PASS], UNKNOWN),
        ((100, 100, 100), 300, [Grade.PASS, Grade.PASS], Grade.PASS),
        ((100, 100, None), 300, [Grade.PASS, Grade.PASS], UNKNOWN),
        ((None, 100), 200, [Grade.PASS], None),
        ((100, 100), None, [Grade.PASS, Grade.PASS], None),
    ],
)
def test_arm_sizes(
    sizes: tuple[int | None, ...], randomised: int | None, by_arm: list[Grade], together: Grade | None
) -> None:
    names = ("lenalidomide", "placebo", "thalidomide")
    study = Study(randomised=randomised, arms=tuple(map(StudyArm, names, sizes)))
    made = claim(TEN, TWENTY, study=study)
    checks = check_claim(replace(made, intervention=Mention("Lenalidomide"), comparator=Mention("placebo")))
    assert [c.grade for c in checks if c.rule == "total-against-arm-size"] == by_arm
    assert grade(checks, "arm-sizes-against-randomised") is together


def test_what_misses_the_same_number_is_told_once() -> None:
    (found,) = [c for c in check_claim(claim(LESS, MORE)) if c.grade is UNKNOWN]
    assert found.rule == "fraction-against-percentage"
    assert found.message == "effects[0], effects[1]: no counts are printed with the percentage"


def test_a_message_says_which_effect_and_what_was_computed() -> None:
    made = claim(("12%", {"value": 12.0}), ("17/78 (24%)", {"value": 24.0, "unit": "%", "events": 17, "total": 78}))
    (found,) = [c for c in check_claim(made) if c.rule == "fraction-against-percentage"]
    assert found.message == "effects[1]: 17/78 gives 21.79 %, printed 24 %"


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_numbers_can_be_checked_and_none_is_changed(data: st.DataObject) -> None:
    source: Article = data.draw(strategies.articles())
    made = data.draw(strategies.claims(source))
    before: tuple[Effect, ...] = made.effects
    checks = check_claim(made)
    assert made.effects == before
    assert all(c.rule in RULES and c.message for c in checks)


def test_the_guide_tells_every_rule() -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
    (section,) = re.findall(r"^## Checks.*?(?=^## |\Z)", guide, re.M | re.S)
    told = re.findall(r"^\| `([a-z-]+)` \|", section, re.M)
    assert told == list(RULES)
