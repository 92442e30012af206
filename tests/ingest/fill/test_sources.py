"""What running text alone answers: a sentence's numbers, and the sizes of the arms beside them."""

from __future__ import annotations

from ingest.fill.answering import answer
from ingest.fill.model import OutcomeType, Question
from tests.ingest.fill.test_sizes import article

COMMON = "Patients were randomised to zelotrexin (n = 40) or placebo (n = 38)."


def filled(
    *sentences: str, outcome: str = "nausea", kind: OutcomeType | None = None, derive: bool = False
) -> dict[str, float]:
    question = Question("1", "zelotrexin", "placebo", outcome, kind)
    return {n.field: n.value for n in answer(article(*sentences), question, derive=derive).numbers}


def test_a_sentence_and_the_sizes_of_the_arms_fill_a_row() -> None:
    sentence = "The pain score was 3.1 ± 1.2 with zelotrexin and 4.5 ± 1.4 with placebo."
    assert filled(COMMON, sentence, outcome="pain score") == {
        "intervention_mean": 3.1, "intervention_standard_deviation": 1.2, "intervention_group_size": 40,
        "comparator_mean": 4.5, "comparator_standard_deviation": 1.4, "comparator_group_size": 38,
    }  # fmt: skip


def test_a_sentence_s_own_totals_come_before_those_randomised() -> None:
    row = filled(COMMON, "Nausea occurred in 12/39 (30.8%) with zelotrexin and 4/37 (10.8%) with placebo.")
    assert (row["intervention_group_size"], row["comparator_group_size"]) == (39, 37)


def test_sizes_are_filled_where_the_outcome_has_no_numbers() -> None:
    row = filled(COMMON, "Nausea was rare.", kind=OutcomeType.CONTINUOUS)
    assert row == {"intervention_group_size": 40, "comparator_group_size": 38}


def test_derived_numbers_come_only_when_asked_for() -> None:
    sentences = (COMMON, "Nausea occurred in 30.0% with zelotrexin and 10.5% with placebo.")
    assert "intervention_events" not in filled(*sentences, kind=OutcomeType.BINARY)
    row = filled(*sentences, kind=OutcomeType.BINARY, derive=True)
    assert (row["intervention_events"], row["comparator_events"]) == (12, 4)


def test_shares_tell_sizes_where_nothing_else_does_and_they_agree() -> None:
    nausea = "Nausea occurred in 12/40 (30%) with zelotrexin and 4/38 (10.5%) with placebo."
    pain = "Pain occurred in 9/40 (22.5%) with zelotrexin and 6/36 (16.7%) with placebo."
    sizes = {"intervention_group_size": 40, "comparator_group_size": 38}
    assert filled(nausea, outcome="sleep", kind=OutcomeType.CONTINUOUS) == sizes
    assert filled(nausea, pain, outcome="sleep", kind=OutcomeType.CONTINUOUS) == {"intervention_group_size": 40}
    assert filled(nausea, outcome="sleep in women and men aged under 40", kind=OutcomeType.CONTINUOUS) == {}
