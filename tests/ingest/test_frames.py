"""Comparisons that the language model tells: arms and outcomes that no terminology knows."""

from __future__ import annotations

import pytest

from ingest.claim import Arm, Claim, Direction
from ingest.frame_sides import chance_of_pair
from ingest.pipeline import Pipeline
from ingest.readers.table import read_bytes

HEAD = (
    "A randomised trial of a decision aid\n\nWomen were randomly assigned to the decision aid or usual consultation. "
)


def read(pipeline: Pipeline, text: str) -> list[Claim]:
    return list(pipeline.read(read_bytes((HEAD + text).encode(), "a.txt")).claims)


def values(claims: list[Claim]) -> list[tuple[str, str, str]]:
    names = [(c, {Arm.INTERVENTION: c.intervention, Arm.COMPARATOR: c.comparator}) for c in claims]
    return [
        (m.text, e.text, c.outcome.text) for c, arms in names for e in c.effects if (m := arms.get(e.arm)) is not None
    ]


def test_arms_that_only_the_model_knows_get_their_numbers(pipeline: Pipeline) -> None:
    (claim,) = read(
        pipeline, "Mean knowledge scores were 80.2 in the decision aid group and 71.7 in the control group."
    )
    assert values([claim]) == [
        ("decision aid group", "80.2", claim.outcome.text),
        ("control group", "71.7", claim.outcome.text),
    ]
    assert "knowledge" in claim.outcome.text
    assert claim.direction is Direction.HIGHER


def test_the_first_of_two_values_belongs_to_the_subject(pipeline: Pipeline) -> None:
    claims = read(pipeline, "Compared with controls, more women in the decision aid group were informed (29% vs 17%).")
    told = values(claims)
    assert ("decision aid group", "29%") in [(arm, value) for arm, value, _ in told]
    assert all(not (arm.startswith("decision") and value == "17%") for arm, value, _ in told)


@pytest.mark.parametrize(
    "text",
    [
        "Knowledge decreased in both groups (242 vs 109, p<0.001 in the decision aid group; 216 vs 109, p=0.001 in the "
        "control group).",
        "Attitudes were 'good' (18.8%) or 'very good' (81.2%) in the decision aid group.",
        "Of the 300 women assigned to the decision aid, 84% came to the first visit and 54% to the second.",
    ],
)
def test_two_numbers_of_one_arm_are_not_shared_out_to_two(pipeline: Pipeline, text: str) -> None:
    assert not [c for c in read(pipeline, text) if {Arm.INTERVENTION, Arm.COMPARATOR} <= {e.arm for e in c.effects}]


def test_a_total_is_no_value_of_an_arm(pipeline: Pipeline) -> None:
    text = "Complications occurred in 8 cases (one in the decision aid group and 7 in the control group)."
    assert all(value != "8 cases" for _, value, _ in values(read(pipeline, text)))


def test_the_chance_of_a_pair() -> None:
    assert chance_of_pair(0.0, 1.0) == 1.0
    assert chance_of_pair(1.0, 0.0) == 0.0
    assert chance_of_pair(0.5, 0.5) == 0.5
    assert chance_of_pair(0.0, 0.0) == 0.5
