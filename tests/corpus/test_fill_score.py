"""The scoring of filled tables: the rules of the shared scorer, with exact intervals."""

from __future__ import annotations

import gzip
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from corpus.fill_report import Filled, of_directions, of_numbers, rows_of
from corpus.fill_score import FIELDS, Share, direction_of, judge, macro_f, number_of, shares
from tests.ingest.conftest import shared as shared

GOLD = {"pmcid": 1, "outcome_type": "binary", "intervention_events": 3, "intervention_group_size": 20,
        "comparator_events": "", "comparator_group_size": 21, "label": "significantly increase"}  # fmt: skip


def _given(**changed: Any) -> dict[str, Any]:
    return {"intervention_events": 3.0, "intervention_group_size": 20.0, "comparator_group_size": 21.0} | changed


@pytest.mark.parametrize(
    ("given", "right", "wrong", "empty", "fields"),
    [
        (_given(), True, False, False, 4),
        (_given(comparator_events=6), False, True, False, 3),
        (_given(intervention_events=None), False, False, False, 3),
        ({}, False, False, True, 1),
    ],
)
def test_a_row_is_right_only_where_every_field_is(
    given: dict[str, Any], right: bool, wrong: bool, empty: bool, fields: int
) -> None:
    verdict = judge(GOLD, given)
    assert (verdict.right, verdict.wrong, verdict.empty, verdict.fields_right) == (right, wrong, empty, fields)


def test_exact_intervals_at_the_ends_and_over_nothing() -> None:
    assert Share(0, 0).interval is None
    assert Share(0, 0).value is None
    low, high = Share(0, 10).interval or (1.0, 1.0)
    assert (low, round(high, 4)) == (0.0, 0.3085)
    low, high = Share(10, 10).interval or (0.0, 0.0)
    assert (round(low, 4), high) == (0.6915, 1.0)


def test_shares_count_rows_and_fields() -> None:
    told = shares([judge(GOLD, _given()), judge(GOLD, {})])
    assert told["all fields right"] == Share(1, 2)
    assert told["left empty"] == Share(1, 2)
    assert told["fields right"] == Share(5, 8)


def test_numbers_by_type_and_by_part_of_the_articles() -> None:
    rows = [Filled(GOLD | {"pmcid": n}, _given()) for n in range(20)]
    told = of_numbers(rows)["binary"]
    assert told["all"]["all fields right"] == Share(20, 20)
    assert sum(part["all fields right"].total for part in told["parts"]) == 20
    assert of_numbers(rows)["continuous"]["all"]["all fields right"] == Share(0, 0)


def test_directions_count_where_the_gold_has_one() -> None:
    rows = [
        Filled(GOLD, {"direction_label": "significantly increased"}),
        Filled(GOLD | {"label": "invalid prompt"}, {"direction_label": None}),
    ]
    assert of_directions(rows)["right"] == Share(1, 1)
    assert direction_of("significantly decrease") is None
    assert macro_f([("significantly increased", "significantly increased")]) == pytest.approx(1 / 3)


def test_rows_of_plain_and_packed_files(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"a": 1}\n\n', encoding="utf-8")
    with gzip.open(tmp_path / "b.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write('{"b": 2}\n')
    assert list(rows_of(tmp_path / "a.jsonl")) == [{"a": 1}]
    assert list(rows_of(tmp_path / "b.jsonl")) == [{"b": 2}]


def test_the_rules_are_those_of_the_shared_scorer(shared: Path) -> None:
    spec = importlib.util.spec_from_file_location("score_fill", shared / "eval" / "score_fill.py")
    assert spec is not None
    assert spec.loader is not None
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    assert theirs.FIELDS == FIELDS
    for value in ["", None, "x", "unknown", 3, 2.5, "1,200", "−2·5", "about 3", "0.1234567"]:
        assert theirs.number(value) == number_of(value), json.dumps(value)
