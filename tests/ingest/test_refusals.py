"""Numbers that are no results, and numbers that are easily put into the wrong arm: each in its place or nowhere."""

from __future__ import annotations

import pytest

from ingest.claim import Arm, Assertion, Claim, Direction, Measure, Significance
from ingest.pipeline import Pipeline
from ingest.readers.table import read_bytes

Arms = list[tuple[str, str, float | None]]

IN_THEIR_ARMS: dict[str, Arms] = {
    "Median progression-free survival was longer in the dose-dense group (median 28.0 months, 95% CI 22.3-35.4) than "
    "in the conventional group (17.2 months, 15.7-21.1; HR 0.71, 95% CI 0.58-0.88).": [
        ("dose-dense group", "median", 28.0),
        ("conventional group", "median", 17.2),
        ("contrast", "hazard ratio", 0.71),
    ],
    "Median overall survival was 8.5 months for patients treated with nab-paclitaxel plus gemcitabine compared with "
    "6.7 months for patients treated with gemcitabine alone.": [
        ("nab-paclitaxel plus gemcitabine", "median", 8.5),
        ("gemcitabine alone", "median", 6.7),
    ],
    "Median overall survival was 6.7 months with placebo, as compared with 8.5 months with nivolumab.": [
        ("nivolumab", "median", 8.5),
        ("placebo", "median", 6.7),
    ],
    "Median overall survival was 12.1 and 16.4 months in the placebo group and the bevacizumab group, respectively.": [
        ("bevacizumab group", "median", 16.4),
        ("placebo group", "median", 12.1),
    ],
    "Median progression-free survival was 9.5 months in the palbociclib-plus-fulvestrant group and 4.6 months in the "
    "placebo-plus-fulvestrant group.": [
        ("palbociclib-plus-fulvestrant group", "median", 9.5),
        ("placebo-plus-fulvestrant group", "median", 4.6),
    ],
    "At ten years, 81 percent of the men had died, including 71 percent of those in the hormone group and 91 percent "
    "of those in the control group.": [("hormone group", "proportion", 71.0), ("control group", "proportion", 91.0)],
    "Overall survival was 60% with [nivolumab](https://example.org/a) and 40% with [placebo](https://example.org/b).": [
        ("nivolumab", "proportion", 60.0),
        ("placebo", "proportion", 40.0),
    ],
    "Overall survival was longer with nivolumab: 40% with placebo, 60% with nivolumab.": [
        ("nivolumab", "proportion", 60.0),
        ("placebo", "proportion", 40.0),
    ],
    "Relapse occurred in 12% with nivolumab and in 20% with placebo, and no deaths occurred in either group.": [
        ("nivolumab", "proportion", 12.0),
        ("placebo", "proportion", 20.0),
    ],
    "Median overall survival in the placebo and bevacizumab groups was 12.1 and 16.4 months, respectively.": [
        ("bevacizumab", "median", 16.4),
        ("placebo", "median", 12.1),
    ],
    "Death occurred in 12 patients with nivolumab and in 20 patients with placebo, and no toxicity was seen in either "
    "group.": [("nivolumab", "count", 12.0), ("placebo", "count", 20.0)],
}

RELATIVE = {
    "With trastuzumab, the reduction in the risk of death was 57 percent compared with placebo.": 57,
    "The risk of death was 29% lower with bevacizumab than with placebo.": 29,
    "Letrozole was associated with a 29% lower risk of death than placebo.": 29,
    "Bevacizumab reduced the risk of death by 21% compared with placebo.": 21,
    "The risk of death was lower with letrozole than with placebo; the reduction in the risk of death was "
    "57 percent.": 57,
}

NO_CLAIM = {
    "one value for two arms": "Overall survival with letrozole or placebo in the same population was 60%.",
    "shared elsewhere": "Grade 3 toxicity was seen in 12 and 20 patients, and no deaths were seen in either "
    "group, with nivolumab and placebo.",
    "an arm is not named": "Median survival was 8.5 months for patients treated with both drugs compared with 6.7 "
    "months for patients treated with gemcitabine alone.",
    "criterion of a response": "A pathological response, defined as <=10% viable cells, was seen with nivolumab.",
    "criterion of age": "Women aged 55 to 69 received letrozole or placebo, and mortality was assessed.",
    "power": "The trial had 80% power to detect a difference in overall survival between letrozole and placebo.",
    "power first": "With 80% power, overall survival was compared between letrozole and placebo.",
    "length of treatment": "The median duration of treatment was 14 months with letrozole and 9 months with placebo, "
    "and overall survival was assessed.",
    "inexact, of patients": "More than 70% of patients receiving nivolumab were alive.",
    "inexact, in patients": "Nivolumab gave a response in more than 70% of patients.",
    "inexact, at least": "Overall survival was at least 60% with nivolumab.",
    "share of cancers": "Adenocarcinoma accounts for 44 percent of all lung cancers.",
    "share of cancers with an arm": "Recurrence was seen in 44 percent of all breast cancers with tamoxifen.",
    "share of hospitals": "Death was reported in 12% of hospitals with letrozole.",
    "all of the same population": "Overall survival with letrozole and with placebo was seen in the same population.",
    "the same population": "Both trials enrolled the same population and assessed overall survival with letrozole and "
    "placebo.",
    "a table row": "| Overall survival | nivolumab 60% | placebo 40% | P = 0.01 |",
    "three arms, two values": "Overall survival was 60% and 40% with nivolumab, ipilimumab and placebo.",
    "three arms before": "Patients were assigned to nivolumab, ipilimumab or placebo. Overall survival was 60% and "
    "40%, respectively.",
    "before and after": "The response rate was 20% before and 45% after treatment with letrozole.",
    "before and after, each named": "Response was 20% before letrozole and 45% after letrozole.",
}


def read(pipeline: Pipeline, text: str) -> tuple[Claim, ...]:
    return pipeline.read(read_bytes(text.encode(), "a.md")).claims


def in_arms(claim: Claim) -> Arms:
    """Every value with the words of its arm."""
    names = {
        Arm.INTERVENTION: claim.intervention.text if claim.intervention else "?",
        Arm.COMPARATOR: claim.comparator.text if claim.comparator else "?",
    }
    return [(names.get(e.arm, e.arm.value), e.measure.value, e.value) for e in claim.effects]


@pytest.mark.parametrize(("text", "arms"), IN_THEIR_ARMS.items())
def test_each_number_stands_in_its_arm(pipeline: Pipeline, text: str, arms: Arms) -> None:
    (claim,) = read(pipeline, text)
    assert in_arms(claim) == arms


@pytest.mark.parametrize(("text", "percent"), RELATIVE.items())
def test_a_relative_change_belongs_to_both_arms_and_is_no_proportion(
    pipeline: Pipeline, text: str, percent: float
) -> None:
    (claim,) = read(pipeline, text)
    assert [(e.arm, e.measure, e.value, e.unit) for e in claim.effects] == [(Arm.CONTRAST, Measure.OTHER, percent, "%")]
    assert claim.direction is Direction.LOWER


@pytest.mark.parametrize("text", NO_CLAIM.values(), ids=NO_CLAIM)
def test_what_is_no_result_gives_no_claim(pipeline: Pipeline, text: str) -> None:
    assert read(pipeline, text) == ()


@pytest.mark.parametrize(
    ("text", "arm"),
    [
        ("A pathological response (<=10% viable cells) was seen in 45% of patients with nivolumab.", "nivolumab"),
        ("Mortality with letrozole was 45% in women aged 55 to 69.", "letrozole"),
        ("Recurrence was seen in 45 percent of all women with tamoxifen.", "tamoxifen"),
    ],
)
def test_a_result_beside_a_criterion_is_the_only_value(pipeline: Pipeline, text: str, arm: str) -> None:
    (claim,) = read(pipeline, text)
    assert in_arms(claim) == [(arm, "proportion", 45.0)]


def test_a_length_of_treatment_beside_a_result_is_no_value(pipeline: Pipeline) -> None:
    (claim,) = read(pipeline, "Recurrence was lower after 5 years of letrozole than after placebo.")
    assert (claim.effects, claim.direction) == ((), Direction.LOWER)


@pytest.mark.parametrize(
    ("text", "significance"),
    [
        ("There was no increased risk of death with letrozole compared with placebo.", None),
        (
            "There was not a statistically significant difference in overall survival between letrozole and placebo.",
            Significance.NOT_SIGNIFICANT,
        ),
        ("Overall survival did not differ between letrozole and placebo (P = 0.40).", Significance.NOT_SIGNIFICANT),
    ],
)
def test_no_difference_is_told_and_negated(pipeline: Pipeline, text: str, significance: Significance | None) -> None:
    (claim,) = read(pipeline, text)
    assert (claim.direction, claim.assertion) == (Direction.NO_DIFFERENCE, Assertion.NEGATED)
    assert claim.significance is significance


def test_each_p_value_goes_to_its_own_outcome(pipeline: Pipeline) -> None:
    claims = read(
        pipeline,
        "Overall survival was 60% with nivolumab and 40% with placebo (P = 0.01), and progression-free survival was "
        "30% and 20%, respectively (P = 0.20).",
    )
    found = {c.outcome.text: [e.p.value for e in c.effects if e.p is not None] for c in claims if c.outcome}
    assert found == {"Overall survival": [0.01], "progression-free survival": [0.20]}


def test_a_first_p_value_is_not_given_to_a_second_outcome(pipeline: Pipeline) -> None:
    claims = read(
        pipeline,
        "Nivolumab improved overall survival (P = 0.01) and progression-free survival (P = 0.03) over placebo.",
    )
    allowed = {("overall survival", 0.01), ("progression-free survival", 0.03)}
    found = {(c.outcome.text, e.p.value) for c in claims if c.outcome for e in c.effects if e.p is not None}
    assert found
    assert found <= allowed


def test_the_status_of_a_receptor_is_no_arm(pipeline: Pipeline) -> None:
    text = "Estrogen receptor (ER) status was known. In the ER-positive cohort, recurrence was 12% with goserelin."
    (claim,) = read(pipeline, text)
    assert claim.intervention is not None
    assert claim.intervention.text == "goserelin"


def test_words_that_say_significant_and_no_difference_go_no_way(pipeline: Pipeline) -> None:
    words = "Survival improved significantly with nivolumab to levels comparable with placebo"
    assert read(pipeline, f"{words}.") == ()
    (claim,) = read(pipeline, f"{words} (60% vs 40%).")
    assert claim.direction is Direction.HIGHER, "the printed values say which way"
    assert not [c for c in claim.checks if c.rule == "no-difference-against-significance"]


def test_a_word_against_the_p_value_is_that_of_another_finding(pipeline: Pipeline) -> None:
    (claim,) = read(
        pipeline,
        "Mortality did not differ, despite relapse being lower with nivolumab than placebo (17% vs 24%; P = .02).",
    )
    assert claim.outcome.text == "relapse"
    assert claim.direction is Direction.LOWER
