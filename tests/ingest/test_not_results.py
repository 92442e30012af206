"""Numbers that are printed and are no results: nobody's age, dose, date or reference becomes evidence."""

from __future__ import annotations

import pytest

from ingest.attach import attach
from ingest.effects import read_figures
from ingest.figures import FigureKind

NOT_RESULTS = {
    "age": [
        "aged >74 years", "patients aged 65 years or older", "median age was 63 years", "women older than 70 years",
        "18 years of age", "a 64-year-old man", "aged between 40 and 75 years", "65 years or older",
    ],
    "dose": ["10 mg/m2", "25 mg daily", "40 Gy", "2.5-10 mg", "500 mL", "20 μg/kg"],
    "date": ["October 6, 2023", "6 October 2023", "May 2010", "2023-10-06", "12/01/2016", "Sept. 4, 2021"],
    "year": ["in 2019", "from 2010 to 2019", "between 1998 and 2004", "(2004–2008)"],
    "label": [
        "phase 3", "grade 3 or 4", "grade 3-5 events", "stage II", "stages I to III", "Figure 2", "Table 1", "type 2",
        "grades 1-3a", "interleukin 6",
    ],
    "course": ["18 cycles", "11 clinical trials", "56 centres", "3 doses"],
    "allocation": ["1:1", "2:1", "1:1:2"],
    "identifier": ["NCT01650701", "ISRCTN49407852", "doi 10.1038/bcj.2016.114", "https://example.org/3/1.5"],
    "time of follow-up": ["60 months’ follow-up", "5 years of follow-up"],
    "difference in time": ["10 months longer", "a ≈30-month longer stay"],
    "length of treatment": ["for 72 weeks", "every 3 months"],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in NOT_RESULTS.items() for text in texts])
def test_it_is_read_as_what_it_is_and_set_aside(rule: str, text: str) -> None:
    figures = attach(text, read_figures(text))
    assert [(f.kind, f.rule) for f in figures] == [(FigureKind.IGNORED, rule)]


@pytest.mark.parametrize(
    "text",
    [
        "It improved survival.3 The rest did not.",
        "It is used in myeloma.4-9 And so on.",
        "It is known.1,2 So it is.",
        "COVID-19", "CD20", "MM-009", "B12", "the 1st and 2nd lines", "Rd18", "p53", "HER2-positive",
    ],
)  # fmt: skip
def test_digits_that_belong_to_a_word_or_a_reference_are_no_figures(text: str) -> None:
    assert read_figures(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "At a median follow-up of 67 months", "Median follow-up was approximately 1 year", "mean follow-up: 4.5 years",
        "Patients were followed for a median of 6 years", "median duration of follow-up, 30 months",
    ],
)  # fmt: skip
def test_follow_up_is_not_an_outcome(text: str) -> None:
    assert [f.kind for f in read_figures(text)] == [FigureKind.FOLLOW_UP]


@pytest.mark.parametrize(
    ("text", "count"),
    [("(N = 535)", 535), ("(n=541)", 541), ("n = 3,846", 3846), ("14 patients", 14), ("50,000 women", 50000)],
)
def test_a_group_size_is_a_size(text: str, count: int) -> None:
    assert [(f.kind, f.value) for f in read_figures(text)] == [(FigureKind.SIZE, count)]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("at 1, 2 and 3 years", ["1", "2", "3"]), ("6-year", ["6"]), ("Six-year", ["Six"]), ("at 5 years", ["5"]),
        ("week 24", ["24"]), ("after 12 months", ["12"]), ("weeks 4 and 8", ["4", "8"]), ("within 30 days", ["30"]),
    ],
)  # fmt: skip
def test_a_time_point_lists_its_times(text: str, times: list[str]) -> None:
    (figure,) = read_figures(text)
    assert figure.kind is FigureKind.TIMEPOINT
    assert [t.of(text) for t in figure.times] == times


def test_the_level_of_an_interval_is_no_percentage() -> None:
    (figure,) = read_figures("95% CI 1.2 to 3.4")
    assert figure.kind is FigureKind.INTERVAL


def test_a_p_value_above_one_is_none() -> None:
    assert not any(f.p for f in read_figures("P = 3"))


def test_a_share_of_more_than_all_is_no_fraction() -> None:
    assert not any(f.events is not None for f in read_figures("302 of 95 patients"))
