"""Questions to registry records: the row that is meant, its arms, sizes and tests; nothing where two rows would do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ingest.fill.answering import answer
from ingest.fill.model import Answer, DirectionLabel, OutcomeType, Question
from ingest.fill.prepared import Prepared
from ingest.pipeline import Pipeline
from tests.ingest.ctgov_records import Json, hazard, outcome, read, record, row
from tests.ingest.read_golden import GOLDEN

LARGE = json.loads((GOLDEN / "ctgov" / "two_arms.json").read_text(encoding="utf-8"))


def asked(
    pipeline: Pipeline, data: Json, words: str, one: str = "lenalidomide", two: str = "placebo", kind: str = "binary"
) -> Answer:
    return answer(Prepared(read(data), pipeline.read), Question("1", one, two, words, OutcomeType(kind)))


def numbers(found: Answer) -> dict[str, float]:
    return {n.field: n.value for n in found.numbers}


def test_events_and_sizes_come_from_their_cells(pipeline: Pipeline) -> None:
    found = asked(pipeline, LARGE, "complete response")
    assert numbers(found) == {
        "intervention_events": 78,
        "intervention_group_size": 231,
        "comparator_events": 51,
        "comparator_group_size": 229,
    }
    text = read(LARGE).text
    assert {n.field: n.span.of(text) for n in found.numbers} == {f: f"{v:g}" for f, v in numbers(found).items()}
    assert all(n.claim is not None for n in found.numbers)
    assert found.direction is not None
    assert found.direction.label is DirectionLabel.INCREASED


def test_arms_asked_the_other_way_round_are_answered_so(pipeline: Pipeline) -> None:
    found = asked(pipeline, LARGE, "complete response", "placebo", "lenalidomide")
    assert numbers(found)["intervention_events"] == 51
    assert found.direction is not None
    assert found.direction.label is DirectionLabel.DECREASED


def test_of_two_times_the_asked_one_counts_and_none_where_none_is_asked(pipeline: Pipeline) -> None:
    found = asked(pipeline, LARGE, "fatigue score at week 24", kind="continuous")
    assert numbers(found) == {
        "intervention_mean": -3.0,
        "intervention_group_size": 190,
        "comparator_mean": 0.2,
        "comparator_group_size": 181,
    }
    assert "intervention_mean" not in numbers(asked(pipeline, LARGE, "fatigue score", kind="continuous"))


@pytest.mark.parametrize(
    "fields", [{"pValue": "0.4", "ciUpperLimit": "1.2"}, {"nonInferiorityType": "NON_INFERIORITY"}]
)
def test_a_test_that_shows_nothing_is_no_difference_or_no_answer(pipeline: Pipeline, fields: dict[str, Any]) -> None:
    data = record(outcome(row("14", "9"), paramType="MEAN", title="Walking distance", analyses=[hazard(**fields)]))
    found = asked(pipeline, data, "walking distance", "Drug A", kind="continuous")
    assert numbers(found)["intervention_mean"] == 14
    label = None if found.direction is None else found.direction.label
    assert label is (DirectionLabel.NO_DIFFERENCE if "pValue" in fields else None)


@pytest.mark.parametrize("words", ["bone density", "pneumonia in children of mothers with asthma"])
def test_what_the_record_has_no_row_for_is_not_answered(pipeline: Pipeline, words: str) -> None:
    assert "intervention_events" not in numbers(asked(pipeline, LARGE, words))
