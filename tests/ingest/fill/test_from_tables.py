"""Numbers for a question from tables: the asked row of the asked arms, at the last time, or none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.fill.answering import answer
from ingest.fill.from_tables import from_tables
from ingest.fill.model import Number, OutcomeType, Question
from ingest.fill.prepared import Prepared
from ingest.pipeline import Reading
from ingest.readers.table import read_bytes

BINARY, CONTINUOUS = OutcomeType.BINARY, OutcomeType.CONTINUOUS
Rows = Sequence[Sequence[str]]


def prepared(head: Rows, body: Rows, caption: str = "Results", note: str = "") -> Prepared:
    """An article of one table, as a fragment of JATS; a cell ``^2 words`` covers two columns."""

    def cell(words: str) -> str:
        wide, words = (words[1], words[3:]) if words.startswith("^") else ("1", words)
        return f'<td colspan="{wide}">{words}</td>'

    lines = ["".join(map(cell, row)).join(("<tr>", "</tr>")) for row in (*head, *body)]
    table = f"<thead>{''.join(lines[: len(head)])}</thead><tbody>{''.join(lines[len(head) :])}</tbody>"
    text = (
        "<abstract><p>Adults received zelotrexin or placebo.</p></abstract><sec><title>Results</title>"
        f'<table-wrap id="t1"><label>Table 1</label><caption><p>{caption}</p></caption><table>{table}</table>'
        f"<table-wrap-foot><p>{note}</p></table-wrap-foot></table-wrap></sec>"
    )
    article = read_bytes(text.encode(), "own.xml")
    return Prepared(article, lambda a: Reading(a, None, ()))


def found(case: Prepared, outcome: str, kind: OutcomeType | None = CONTINUOUS, **asked: str) -> dict[str, Number]:
    question = Question("1", asked.get("intervention", "zelotrexin"), asked.get("comparator", "placebo"), outcome, kind)
    numbers = list(from_tables(case, question))
    for number in numbers:
        assert number.span.of(case.text).strip(), number
    return {n.field: n for n in numbers}


def values(numbers: dict[str, Number]) -> dict[str, float]:
    return {name: n.value for name, n in numbers.items()}


HEAD = [["Outcome", "Zelotrexin (n = 40)", "Placebo (n = 38)", "P value"]]
BODY = [
    ["Pain score, mean (SD)", "3.1 (1.2)", "4.6 (1.4)", "0.02"],
    ["Sleep score, mean (SD)", "7.5 (2.2)", "6.4 (2.5)", "0.10"],
    ["Nausea, n (%)", "12 (30.0)", "4 (10.5)", "0.03"],
]


def test_the_asked_row_with_the_sizes_of_its_head() -> None:
    assert values(found(prepared(HEAD, BODY), "sleep score")) == {
        "intervention_mean": 7.5, "intervention_standard_deviation": 2.2, "intervention_group_size": 40,
        "comparator_mean": 6.4, "comparator_standard_deviation": 2.5, "comparator_group_size": 38,
    }  # fmt: skip


def test_sides_are_as_asked_whatever_their_order_in_the_table() -> None:
    case = prepared(HEAD, BODY)
    asked = values(found(case, "pain", intervention="placebo", comparator="zelotrexin"))
    assert (asked["intervention_mean"], asked["comparator_mean"]) == (4.6, 3.1)


def test_events_are_counted() -> None:
    got = values(found(prepared(HEAD, BODY), "nausea", BINARY))
    assert (got["intervention_events"], got["comparator_events"]) == (12, 4)


def test_every_number_is_where_it_is_printed() -> None:
    case = prepared(HEAD, BODY)
    for number in found(case, "pain score").values():
        assert float(number.span.of(case.text)) == number.value


@pytest.mark.parametrize("outcome", ["blood pressure", "survival", "quality of life"])
def test_an_outcome_that_no_row_names_has_no_number(outcome: str) -> None:
    assert found(prepared(HEAD, BODY), outcome) == {}


def test_an_arm_that_is_not_there_has_no_number() -> None:
    assert found(prepared(HEAD, BODY), "pain score", intervention="brimodane", comparator="orvaxil") == {}


TIMES = [
    ["Outcome", "^2 Zelotrexin (n = 40)", "^2 Placebo (n = 38)"],
    ["", "Baseline", "12 weeks", "Baseline", "12 weeks"],
]
LEVELS = [["Pain score", "6.0 ± 1.0", "3.0 ± 1.1", "6.1 ± 1.2", "4.5 ± 1.3"]]


def test_of_several_times_the_last_one_and_never_the_start() -> None:
    got = values(found(prepared(TIMES, LEVELS, "Pain score, mean ± SD"), "pain score"))
    assert (got["intervention_mean"], got["comparator_mean"]) == (3.0, 4.5)


def test_a_time_that_is_asked_for_wins() -> None:
    head = [TIMES[0], ["", "4 weeks", "12 weeks", "4 weeks", "12 weeks"]]
    got = values(found(prepared(head, LEVELS, "Mean ± SD"), "pain score at 4 weeks"))
    assert (got["intervention_mean"], got["comparator_mean"]) == (6.0, 6.1)


def test_a_table_of_people_before_treatment_has_no_results() -> None:
    assert found(prepared(HEAD, BODY, "Baseline characteristics"), "pain score") == {}
    assert found(prepared(HEAD, BODY, "Scores at pretreatment of each group"), "pain score") == {}


def test_medians_are_no_means() -> None:
    body = [["Pain score, median (IQR)", "3 (1-5)", "4 (2-6)", "0.2"]]
    assert {n.statistic for n in found(prepared(HEAD, body), "pain score").values()} <= {"group_size"}


def test_arms_as_rows() -> None:
    head = [["Group", "Pain score, mean (SD)", "Sleep score, mean (SD)"]]
    body = [["Zelotrexin", "3.1 (1.2)", "7.5 (2.2)"], ["Placebo", "4.6 (1.4)", "6.4 (2.5)"]]
    got = values(found(prepared(head, body), "sleep score"))
    assert (got["intervention_mean"], got["comparator_mean"]) == (7.5, 6.4)


def test_letters_and_sizes_of_the_caption() -> None:
    head = [["Outcome", "Group", "Mean (SD)"]]
    body = [["Pain score", "I", "3.1 (1.2)"], ["", "C", "4.6 (1.4)"], ["Sleep", "I", "7.5 (2)"], ["", "C", "6.4 (2)"]]
    caption = "Changes in the intervention group (I; n=41) and the control group (C; n=39)"
    got = values(found(prepared(head, body, caption), "pain score", comparator="no treatment"))
    assert got == {
        "intervention_mean": 3.1, "intervention_standard_deviation": 1.2, "intervention_group_size": 41,
        "comparator_mean": 4.6, "comparator_standard_deviation": 1.4, "comparator_group_size": 39,
    }  # fmt: skip


def test_mean_and_deviation_in_columns_of_their_own() -> None:
    head = [["Outcome", "^2 Zelotrexin", "^2 Placebo"], ["", "Mean", "SD", "Mean", "SD"]]
    got = values(found(prepared(head, [["Pain score", "3.1", "1.2", "4.6", "1.4"]]), "pain score"))
    assert got["intervention_standard_deviation"] == 1.2
    assert got["comparator_mean"] == 4.6


def test_the_size_at_the_time_goes_before_that_of_the_head() -> None:
    head = [["Outcome", "^3 Zelotrexin (n = 40)", "^3 Placebo (n = 38)"], ["", "n", "Mean", "SD", "n", "Mean", "SD"]]
    got = values(found(prepared(head, [["Pain score", "35", "3.1", "1.2", "31", "4.6", "1.4"]]), "pain score"))
    assert (got["intervention_group_size"], got["comparator_group_size"]) == (35, 31)


def test_men_and_women_apart_answer_nothing_for_all() -> None:
    head = [
        ["Outcome", "^2 Men", "^2 Women"],
        ["", "Zelotrexin (n = 20)", "Placebo (n = 19)", "Zelotrexin (n = 20)", "Placebo (n = 19)"],
    ]
    body = [["Pain score, mean (SD)", "3.1 (1.2)", "4.6 (1.4)", "2.1 (1.0)", "4.0 (1.1)"]]
    assert found(prepared(head, body), "pain score") == {}


def test_a_table_of_the_outcome_without_its_row_gives_its_groups() -> None:
    case = prepared(HEAD, [["Headache", "2", "3", ""], ["Nausea", "12", "4", ""]], "List of adverse events")
    assert values(found(case, "adverse events", BINARY)) == {
        "intervention_group_size": 40, "comparator_group_size": 38
    }  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "declared", "expected"),
    [("3.1 (0.2)", "Mean (SE)", 1.26), ("3.1 (2.7, 3.5)", "Mean (95% CI)", 1.29)],
)
def test_a_deviation_that_is_not_printed_is_only_derived(printed: str, declared: str, expected: float) -> None:
    case = prepared(HEAD, [["Pain score", printed, printed, "0.5"]], declared)
    number = found(case, "pain score")["intervention_standard_deviation"]
    assert number.derived
    assert number.note
    assert number.value == pytest.approx(expected)
    question = Question("1", "zelotrexin", "placebo", "pain score", CONTINUOUS)
    plain = {n.field for n in answer(case, question).numbers}
    assert "intervention_mean" in plain
    assert "intervention_standard_deviation" not in plain
    assert "intervention_standard_deviation" in {n.field for n in answer(case, question, derive=True).numbers}


def test_events_from_a_share_are_derived() -> None:
    case = prepared(HEAD, [["Nausea, %", "30.0", "10.5", "0.03"]])
    got = found(case, "nausea", BINARY)
    assert got["intervention_events"].derived
    assert values(got)["intervention_events"] == 12


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 999), st.integers(1, 99), st.integers(1, 999), st.integers(1, 99)), min_size=3,
             max_size=3),
    st.integers(0, 2),
)  # fmt: skip
def test_what_is_found_stands_in_the_asked_row(rows: list[tuple[int, int, int, int]], asked: int) -> None:
    names = ["Pain score", "Sleep score", "Walking distance"]
    body = [
        [f"{name}, mean (SD)", f"{a / 10} ({b / 10})", f"{c / 10} ({d / 10})", "0.5"]
        for name, (a, b, c, d) in zip(names, rows, strict=True)
    ]
    got = values(found(prepared(HEAD, body), names[asked]))
    a, b, c, d = rows[asked]
    assert got["intervention_mean"] == pytest.approx(a / 10)
    assert got["intervention_standard_deviation"] == pytest.approx(b / 10)
    assert got["comparator_mean"] == pytest.approx(c / 10)
    assert got["comparator_standard_deviation"] == pytest.approx(d / 10)
