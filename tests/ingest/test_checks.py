"""What is computed again from the printed numbers: each rule by worked cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Article
from ingest.checks import check_claim
from ingest.claim import (
    Arm,
    Check,
    Claim,
    Direction,
    Effect,
    Grade,
    Interval,
    IntervalKind,
    Measure,
    PValue,
    Significance,
    Study,
)  # fmt: skip
from tests import builders, strategies

Made = tuple[str, dict[str, Any]]
HR, SHARE = Measure.HAZARD_RATIO, Measure.PROPORTION


def ci(low: float | None, high: float | None, level: float | None = 95.0) -> Interval:
    return Interval(IntervalKind.CONFIDENCE, low, high, level)


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
    ("fraction-against-percentage", "17 (21.8%)", {"value": 21.8, "unit": "%", "events": 17}, None),
    ("interval-order", "0.9-0.6", {"measure": HR, "interval": ci(0.9, 0.6)}, Grade.ERROR),
    ("interval-order", "0.6-0.9", {"measure": HR, "interval": ci(0.6, 0.9)}, None),
    ("value-in-interval", "0.7 (0.6-0.9)", {"measure": HR, "value": 0.7, "interval": ci(0.6, 0.9)}, Grade.PASS),
    ("value-in-interval", "0.95 (0.6-0.9)", {"measure": HR, "value": 0.95, "interval": ci(0.6, 0.9)}, Grade.ERROR),
    ("value-in-interval", "0.9 (0.6-0.88)", {"measure": HR, "value": 0.9, "interval": ci(0.6, 0.88)}, Grade.PASS),
    ("value-in-interval", "0.90 (0.6-0.88)", {"measure": HR, "value": 0.9, "interval": ci(0.6, 0.88)}, Grade.ERROR),
    ("value-in-interval", "69.5 (61.2-NR)", {"value": 69.5, "interval": ci(61.2, None)}, None),
    ("ratio-at-log-centre", "0.78 (0.67-0.92)", {"measure": HR, "value": 0.78, "interval": ci(0.67, 0.92)}, Grade.PASS),
    ("ratio-at-log-centre", "0.90 (0.67-0.92)", {"measure": HR, "value": 0.9, "interval": ci(0.67, 0.92)}, Grade.NOTE),
    ("ratio-at-log-centre", "0.90 (0.67-0.92)", {"measure": Measure.MEAN, "value": 0.9, "interval": ci(0.67, 0.92)},
        None),
    ("ratio-at-log-centre", "0.9 (0-0.92)", {"measure": HR, "value": 0.9, "interval": ci(0.0, 0.92)}, None),
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
        None),
    ("interval-against-p", "(90% 0.67-0.92; P=.3)", {"measure": HR, "interval": ci(0.67, 0.92, 90.0), "p": PValue("=",
        0.3)}, None),
    ("interval-against-p", "(-2 to 1; P=.01)", {"measure": Measure.MEAN_DIFFERENCE, "interval": ci(-2, 1),
        "p": PValue("=", 0.01)}, Grade.ERROR),
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
        (None, 22.6, Direction.LOWER, None),
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


@pytest.mark.parametrize(("total", "expected"), [(78, Grade.PASS), (101, Grade.NOTE), (None, None)])
def test_a_total_is_within_those_enrolled(total: int | None, expected: Grade | None) -> None:
    made = claim(("17", {"events": 17, "total": total}), study=Study(enrolled=100))
    assert grade(check_claim(made), "total-within-enrolled") is expected
    assert grade(check_claim(replace(made, study=None)), "total-within-enrolled") is None


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
    assert all(c.rule and c.message for c in checks)
