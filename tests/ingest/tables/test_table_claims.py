"""Tables of our own making, read to claims: whose each number is, of what, and where nothing may be said."""

from __future__ import annotations

import pytest

from ingest.claim import Arm, ClaimKind, Direction, IntervalKind, Measure, Significance, TableSelector
from ingest.explain import explain
from ingest.pipeline import load_pipeline
from tests.ingest.tables.made import PROSE, Sheet, article, claims, printed, told

EVENTS = Sheet(
    [
        "Event, n (%) | Zelotrexin (n = 120) | Placebo (n = 120) | P value",
        "Nausea | 24 (20.0) | 12 (10.0) | 0.03",
        "Infections | | |",
        "> Any | 6 (5.0) | 7 (5.8) | 0.78",
        "> Severe | 0 (0.0) | 1 (0.8) | –",
    ],
    "Adverse events",
)


def test_shares_stand_under_their_arms_with_the_groups_size() -> None:
    nausea = claims(EVENTS)[0]
    assert told(nausea) == ("Zelotrexin", "Placebo", "Nausea")
    assert [printed(e) for e in nausea.effects] == [
        ("intervention", "proportion", "24 (20.0)", 20.0),
        ("comparator", "proportion", "12 (10.0)", 10.0),
        ("contrast", "p value", "0.03", None),
    ]
    assert [(e.events, e.total, e.unit) for e in nausea.effects[:2]] == [(24, 120, "%"), (12, 120, "%")]
    assert nausea.direction is Direction.HIGHER
    assert nausea.significance is Significance.SIGNIFICANT


def test_a_claim_quotes_its_row_and_says_where_each_number_stands() -> None:
    home = article(EVENTS)
    found = load_pipeline().read(home).claims
    severe = next(c for c in found if c.outcome.text == "Severe")
    assert severe.quote.exact == "Severe | 0 (0.0) | 1 (0.8)"
    assert severe.quote.span.of(home.text) == severe.quote.exact
    row = ("Infections", "Severe")
    assert severe.quote.table == TableSelector("t2", "Table 2", row)
    assert [e.table for e in severe.effects] == [
        TableSelector("t2", "Table 2", row, ("Zelotrexin (n = 120)",)),
        TableSelector("t2", "Table 2", row, ("Placebo (n = 120)",)),
    ]
    assert severe.outcome.label == "Infections: Severe"


def test_a_row_of_none_is_read_as_the_rows_beside_it() -> None:
    severe = next(c for c in claims(EVENTS) if c.outcome.text == "Severe")
    assert [(e.measure, e.events, e.total) for e in severe.effects] == [
        (Measure.PROPORTION, 0, 120),
        (Measure.PROPORTION, 1, 120),
    ]


def test_means_changes_and_times_of_three_arms() -> None:
    sheet = Sheet(
        [
            " | Week 12++ | Week 24++",
            " | Placebo (n=40) | Zelotrexin 10 mg (n=41) | Zelotrexin 20 mg (n=42)"
            " | Placebo (n=40) | Zelotrexin 10 mg (n=41) | Zelotrexin 20 mg (n=42)",
            "Change in pain score | −1.0 ± 2.1 | −2.2 ± 2.0 | −3.1 ± 1.9 | −1.2 ± 2.2 | −2.4 ± 2.0 | −3.3 ± 2.1",
        ],
        "Pain during treatment",
        ["Values are mean ± SD."],
        heads=2,
    )
    found = claims(sheet)
    assert {told(c) for c in found} == {
        ("Zelotrexin 10 mg", "Placebo", "Change in pain score"),
        ("Zelotrexin 20 mg", "Placebo", "Change in pain score"),
    }
    late = next(
        c for c in found if c.intervention and "20" in c.intervention.text and "24" in str(c.effects[0].timepoint)
    )
    values = {e.arm: e for e in late.effects}
    mine, theirs = values[Arm.INTERVENTION], values[Arm.COMPARATOR]
    assert (mine.value, mine.standard_deviation, mine.total, mine.change_from_baseline) == (-3.3, 2.1, 42, True)
    assert (theirs.value, theirs.standard_deviation, theirs.timepoint) == (-1.2, 2.2, "Week 24")


def test_ratios_with_interval_and_p_are_of_the_pair() -> None:
    sheet = Sheet(
        [
            "Outcome | Zelotrexin (n = 120) | Placebo (n = 120) | Hazard ratio (95% CI) | P",
            "Death | 10 (8.3%) | 20 (16.7%) | 0.48 (0.22–0.98) | 0.04",
        ],
        "Efficacy",
    )
    (death,) = claims(sheet)
    ratio = next(e for e in death.effects if e.measure is Measure.HAZARD_RATIO)
    assert ratio.interval is not None
    assert (ratio.value, ratio.interval.low, ratio.interval.high, ratio.interval.level) == (0.48, 0.22, 0.98, 95.0)
    assert ratio.interval.kind is IntervalKind.CONFIDENCE
    assert ratio.table is not None
    assert ratio.table.column == ("Hazard ratio (95% CI)",)


def test_a_nameless_difference_that_is_one_of_the_values_is_called_so() -> None:
    lines = ["Score | Zelotrexin | Placebo | Treatment effect (95% CI)", "Mood | 12.5 (3.1) | 10.0 (3.0) | {} "]
    notes = ["Values are mean (SD)."]
    forward = Sheet([lines[0], lines[1].format("2.5 (1.1, 3.9)")], "Scores", notes)
    (mood,) = claims(forward)
    assert [(e.measure, e.value) for e in mood.effects if e.arm is Arm.CONTRAST] == [(Measure.MEAN_DIFFERENCE, 2.5)]
    backward = Sheet([lines[0], lines[1].format("−2.5 (−3.9, −1.1)")], "Scores", notes)
    assert [e for c in claims(backward) for e in c.effects if e.arm is Arm.CONTRAST] == []


def test_arms_in_rows_with_the_outcomes_above() -> None:
    sheet = Sheet(
        [
            "Group | Pain | Sleep (hours)",
            " | Mean (SE) | Mean (SE)",
            "Week 4 | |",
            "> Placebo | 5.1 (0.3) | 6.0 (0.2)",
            "> Zelotrexin | 3.9 (0.3) | 6.8 (0.2)",
            "Week 8 | |",
            "> Placebo | 5.0 (0.3) | 6.1 (0.2)",
            "> Zelotrexin | 3.5 (0.4) | 7.0 (0.2)",
        ],
        "Estimated means",
        heads=2,
    )
    found = claims(sheet)
    assert {(c.effects[0].timepoint, *told(c)) for c in found} == {
        (week, "Zelotrexin", "Placebo", outcome) for week in ("Week 4", "Week 8") for outcome in ("Pain", "Sleep")
    }
    sleep = next(c for c in found if c.outcome.text == "Sleep" and c.effects[0].timepoint == "Week 8")
    assert {(e.arm.value, e.value, e.standard_error, e.unit) for e in sleep.effects} == {
        ("intervention", 7.0, 0.2, "h"),
        ("comparator", 6.1, 0.2, "h"),
    }


def test_counts_and_shares_in_columns_of_their_own_are_one_number() -> None:
    sheet = Sheet(
        [
            "Event | Zelotrexin (n = 50)+ | Placebo (n = 50)+",
            " | n | % | n | %",
            "Nausea | 10 | 20.0 | 5 | 10.0",
        ],
        "Adverse events",
        heads=2,
    )
    (nausea,) = claims(sheet)
    assert [(e.text, e.events, e.value, e.total) for e in nausea.effects] == [
        ("10 | 20.0", 10, 20.0, 50),
        ("5 | 10.0", 5, 10.0, 50),
    ]


def test_people_at_the_start_are_baseline() -> None:
    sheet = Sheet(
        ["Characteristic | Zelotrexin (n = 120) | Placebo (n = 120)", "Age, mean (SD) | 45.1 (9.9) | 44.8 (10.2)"],
        "Baseline characteristics of the patients",
    )
    (age,) = claims(sheet)
    assert age.kind is ClaimKind.BASELINE
    assert age.outcome.text == "Age"


def test_a_time_before_treatment_is_baseline_in_a_table_of_results() -> None:
    sheet = Sheet(
        [
            " | Zelotrexin (n=30)+ | Placebo (n=30)+",
            " | Baseline | Week 8 | Baseline | Week 8",
            "HbA1c (%) | 8.1 ± 0.9 | 7.0 ± 0.8 | 8.0 ± 1.0 | 7.9 ± 0.9",
        ],
        "Course of HbA1c",
        ["Data are mean ± SD."],
        heads=2,
    )
    kinds = {c.effects[0].timepoint: c.kind for c in claims(sheet)}
    assert kinds == {"Baseline": ClaimKind.BASELINE, "Week 8": ClaimKind.OWN_RESULT}


NOTHING = {
    "definitions": Sheet(["Grade | Zelotrexin | Placebo", "1 | 10 | 20"], "Definitions of grades"),
    "a dose plan": Sheet(["Week | Zelotrexin | Placebo", "1 | 10 | 20"], "Dosage of the study drugs"),
    "predictors": Sheet(
        ["Variable | Odds ratio (95% CI) | P", "Age | 1.2 (1.0–1.4) | 0.04"], "Multivariable predictors of relapse"
    ),
    "one group alone": Sheet(["Finding | All patients (n = 50)", "Fever | 10 (20.0%)"], "Findings"),
    "no groups at all": Sheet(["Country | Cases | Deaths", "Norway | 10 | 2", "Chile | 12 | 3"], "Cases by country"),
    "p values of factors": Sheet(
        ["Measure | Time | Group | Time*Group", "Weight | 0.01 | 0.44 | 0.08"], "P values of the analysis"
    ),
    "words": Sheet(["Item | Zelotrexin | Placebo", "Taste | bitter | sweet"], "Description of the tablets"),
}


@pytest.mark.parametrize("name", NOTHING)
def test_tables_that_report_no_result_of_arms_give_nothing(name: str) -> None:
    assert claims(NOTHING[name]) == ()


def test_a_spread_that_nobody_names_is_left_out() -> None:
    sheet = Sheet(["Score | Zelotrexin | Placebo", "Mood | 12.5 ± 3.1 | 10.0 ± 3.0"], "Scores")
    (mood,) = claims(sheet)
    assert {(e.value, e.standard_deviation, e.standard_error) for e in mood.effects} == {
        (12.5, None, None),
        (10.0, None, None),
    }


def test_a_share_that_does_not_fit_its_group_has_no_total() -> None:
    sheet = Sheet(["Event, n (%) | Zelotrexin (n = 120) | Placebo (n = 120)", "Fever | 8 (7.5) | 12 (10.0)"], "Events")
    (fever,) = claims(sheet)
    assert [(e.events, e.total) for e in fever.effects] == [(8, None), (12, 120)]


def test_a_p_value_of_three_arms_belongs_to_no_pair() -> None:
    sheet = Sheet(
        [
            "Event, n (%) | Placebo (n = 50) | Zelotrexin 10 mg (n = 50) | Zelotrexin 20 mg (n = 50) | P",
            "Nausea | 5 (10.0) | 8 (16.0) | 12 (24.0) | 0.04",
        ],
        "Adverse events",
    )
    found = claims(sheet)
    assert len(found) == 2
    assert not any(e.measure is Measure.P_VALUE for c in found for e in c.effects)


def test_a_footnote_tells_which_group_is_the_control() -> None:
    sheet = Sheet(
        ["Event | Group A (n = 30) | Group B (n = 30)", "Vomiting | 12 (40%) | 3 (10%)"],
        "Nausea and vomiting",
        ["Group A: normal saline, Group B: ondansetron 4 mg."],
    )
    (vomiting,) = claims(sheet, "Patients were randomised.", "Antiemetics after surgery")
    assert told(vomiting)[:2] == ("Group B", "Group A")


def test_what_the_text_says_too_is_one_claim_with_two_quotes() -> None:
    said = "Nausea was more common with zelotrexin than with placebo (20.0% versus 10.0%; P = 0.03)."
    found = load_pipeline().read(article(EVENTS, f"{PROSE} {said}")).claims
    nausea = [c for c in found if "ausea" in c.outcome.text]
    assert len(nausea) == 1
    assert nausea[0].quote.exact.startswith("Nausea | 24 (20.0)")
    assert [q.exact for q in nausea[0].restatements] == [said]


def test_a_sentence_about_other_numbers_stays_a_claim_of_its_own() -> None:
    said = "Nausea was more common with zelotrexin than with placebo (22.0% versus 11.0%; P = 0.03)."
    found = load_pipeline().read(article(EVENTS, f"{PROSE} {said}")).claims
    assert len([c for c in found if "ausea" in c.outcome.text]) == 2


def test_reading_twice_gives_the_same_claims() -> None:
    assert claims(EVENTS) == claims(EVENTS)


def test_claims_of_tables_have_notes_of_how_they_came_about() -> None:
    told_ = explain(load_pipeline(), article(EVENTS))
    rows = [s for s in told_.sentences if s.section == "table"]
    assert [len(s.claims) for s in rows] == [1, 1, 1]
    assert any("the table says what its numbers are" in d.text for d in rows[0].decisions)


def test_a_table_of_ten_thousand_cells_is_read_in_bounds() -> None:
    lines = ["Event, n (%) | Zelotrexin (n = 120) | Placebo (n = 120)"]
    lines += [f"Event {n} | {n % 100} ({n % 100 / 1.2:.1f}) | 12 (10.0)" for n in range(1, 1400)]
    assert 0 < len(claims(Sheet(lines, "Adverse events"))) <= 2_000
