"""Claims of registry records: direction, significance, the primary endpoint, concepts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph.verify import check_quotes
from ingest.claim import Arm, Direction, Significance
from ingest.claim_json import from_json, to_json
from ingest.pipeline import Pipeline, Reading, load_pipeline
from tests.ingest.ctgov_records import Json, hazard, outcome, read, record, row
from tests.ingest.read_golden import GOLDEN


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return load_pipeline()


def reading(pipeline: Pipeline, data: Json) -> Reading:
    return pipeline.read(read(data))


def survival(*values: str, **analysis: Any) -> Json:
    return record(outcome(row(*(values or ("14.0", "9.1"))), analyses=[hazard(**analysis)]))


def test_claims_of_the_large_record_stand_in_its_text_and_survive_json(pipeline: Pipeline) -> None:
    found = reading(pipeline, json.loads((GOLDEN / "ctgov" / "two_arms.json").read_text(encoding="utf-8")))
    assert len(found.claims) == 15
    assert len({c.id for c in found.claims}) == 15
    for claim in found.claims:
        assert check_quotes(claim, found.article.text) is claim
        assert from_json(json.loads(json.dumps(to_json(claim, found.article)))) == claim
        assert claim.intervention is not None
        assert claim.intervention.concept == "http://id.nlm.nih.gov/mesh/D000077269"
    pneumonia = next(c for c in found.claims if c.outcome.text == "Pneumonia")
    assert pneumonia.outcome.concept == "http://id.nlm.nih.gov/mesh/D011014"
    assert found.study is not None
    assert found.study.primary_endpoint_met is True
    assert [(arm.name, arm.size) for arm in found.study.arms] == [("Lenalidomide", 231), ("Placebo", 229)]
    assert (found.study.name, found.study.phase, found.study.enrolled) == ("NORTHLIGHT-1", "3", 460)
    assert found == reading(pipeline, json.loads((GOLDEN / "ctgov" / "two_arms.json").read_text(encoding="utf-8")))


def test_a_hazard_ratio_below_one_for_survival_is_more_survival(pipeline: Pipeline) -> None:
    claim = reading(pipeline, survival()).claims[1]
    assert (claim.direction, claim.significance) == (Direction.HIGHER, Significance.SIGNIFICANT)
    assert [e.arm for e in claim.effects] == [Arm.CONTRAST]


@pytest.mark.parametrize(
    "data",
    [
        survival("9.1", "14.0"),
        survival(nonInferiorityType="NON_INFERIORITY"),
        survival(testedNonInferiority=True),
        record(outcome(row("14.0", "9.1"), title="Time spent", analyses=[hazard()])),
        record(outcome(row("14.0", "9.1"), analyses=[hazard()]), arms=(("Drug A", "EXPERIMENTAL"), ("B", "OTHER")))
        | {"x": 1},
    ],
)
def test_an_analysis_that_leaves_its_side_open_has_no_direction(pipeline: Pipeline, data: Json) -> None:
    if "x" in data:
        for item in data["resultsSection"]["outcomeMeasuresModule"]["outcomeMeasures"][0]["groups"]:
            item["title"] = item["title"].replace("Placebo", "B")
    claim = reading(pipeline, data).claims[1]
    assert claim.direction is None
    assert claim.effects[0].value == 0.7


def test_a_one_sided_p_value_between_the_usual_levels_says_nothing_of_significance(pipeline: Pipeline) -> None:
    bounds = {"ciLowerLimit": "", "ciUpperLimit": ""}
    claim = reading(pipeline, survival(pValue="0.03", pValueComment="One-sided", **bounds)).claims[1]
    assert (claim.significance, claim.direction) == (None, None)
    sure = reading(pipeline, survival(pValue="0.004", pValueComment="One-sided", **bounds)).claims[1]
    assert sure.significance is Significance.SIGNIFICANT


@pytest.mark.parametrize(
    ("data", "met"),
    [
        (survival(), True),
        (survival(pValue="0.03"), None),
        (survival(pValue="0.34", ciUpperLimit="1.2"), False),
        (survival(pValue="<0.05"), None),
        (survival("9.1", "14.0", paramValue="1.4", ciLowerLimit="1.1", ciUpperLimit="1.8", pValue="0.001"), None),
        (survival(nonInferiorityType="NON_INFERIORITY", pValue="0.001"), None),
        (record(outcome(row("14.0", "9.1"), analyses=[hazard(), hazard("0.8")])), None),
        (record(outcome(row("1", "2"), analyses=[hazard()]), outcome(row("1", "2"), title="Response")), None),
        (record(outcome(row("14.0", "9.1"), type="SECONDARY", analyses=[hazard()])), None),
    ],
)
def test_the_primary_endpoint_is_met_only_where_no_doubt_is_left(
    pipeline: Pipeline, data: Json, met: bool | None
) -> None:
    study = reading(pipeline, data).study
    assert study is not None
    assert study.primary_endpoint_met is met


def test_a_record_without_results_gives_its_study_and_no_claim(pipeline: Pipeline) -> None:
    found = reading(pipeline, record())
    assert found.claims == ()
    assert found.study is not None
    assert found.study.registration == "NCT09000002"
