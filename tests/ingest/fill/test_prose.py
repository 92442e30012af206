"""Numbers for a question from sentences: the right values in the right arm, or none."""

from __future__ import annotations

import pytest

from ingest.fill.glosses import glosses
from ingest.fill.model import OutcomeType, Question, Side, Statistic
from ingest.fill.prose import Candidate, best_of, prose_numbers
from ingest.fill.prose_outcomes import Asked, Said, item_of_list
from ingest.fill.prose_values import share_of
from ingest.fill.sizes import group_sizes
from tests.ingest.fill.test_sizes import article

COMMON = "Patients were randomised to zelotrexin (n = 40) or placebo (n = 38)."


def found(
    *sentences: str,
    intervention: str = "zelotrexin",
    comparator: str = "placebo",
    outcome: str = "pain score",
    kind: OutcomeType | None = None,
) -> list[Candidate]:
    prepared = article(*sentences)
    question = Question("1", intervention, comparator, outcome, kind)
    return prose_numbers(prepared, question, group_sizes(prepared), glosses(sentences, (), prepared.long_of))


def answer(
    *sentences: str,
    derive: bool = False,
    intervention: str = "zelotrexin",
    comparator: str = "placebo",
    outcome: str = "pain score",
) -> tuple[float | None, ...]:
    """Events, or mean and deviation, of the intervention and of the comparator."""
    best = best_of(found(*sentences, intervention=intervention, comparator=comparator, outcome=outcome), derive=derive)
    if best is None:
        return ()
    fields = (
        (Statistic.EVENTS,)
        if best.outcome_type is OutcomeType.BINARY
        else (Statistic.MEAN, Statistic.STANDARD_DEVIATION)
    )
    values = {(n.side, n.statistic): n.value for n in best.numbers}
    return tuple(values.get((side, field)) for side in (Side.INTERVENTION, Side.COMPARATOR) for field in fields)


@pytest.mark.parametrize(
    "sentence",
    [
        "The mean pain score was 3.1 ± 1.2 in the zelotrexin group and 4.5 ± 1.4 in the placebo group.",
        "The pain score was 4.5 ± 1.4 with placebo and 3.1 ± 1.2 with zelotrexin.",
        "Pain scores in the zelotrexin and placebo groups were 3.1 ± 1.2 and 4.5 ± 1.4, respectively.",
        "The pain score (mean ± SD) was 4.5 ± 1.4 and 3.1 ± 1.2 in the placebo and zelotrexin groups, respectively.",
        "Zelotrexin lowered the pain score compared with placebo (3.1 ± 1.2 vs 4.5 ± 1.4; P < 0.01).",
        "Pain scores were lower in the zelotrexin group (3.1 ± 1.2) than in the placebo group (4.5 ± 1.4).",
        "The mean pain score fell in the zelotrexin group to 3.1 ± 1.2 vs 4.5 ± 1.4 in the placebo group.",
        "The pain score differed (zelotrexin, 3.1 ± 1.2; placebo, 4.5 ± 1.4).",
        "The mean (SD) pain score was 3.1 (1.2) with zelotrexin versus 4.5 (1.4) with placebo.",
    ],
)
def test_means_go_to_their_arms_in_whatever_order_they_are_told(sentence: str) -> None:
    assert answer(COMMON, sentence) == (3.1, 1.2, 4.5, 1.4)


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Nausea occurred in 12/40 (30%) with zelotrexin and 4/38 (10.5%) with placebo.", (12, 4)),
        ("Nausea came up in 12 of 40 patients in the zelotrexin group and in 4 of 38 in the placebo group.", (12, 4)),
        ("More patients had nausea in the zelotrexin group (12/40 vs 4/38, p < 0.05).", (12, 4)),
        ("The incidence of nausea was 0% and 10% (4/38) in the zelotrexin and placebo groups, respectively.", (0, 4)),
        ("No nausea or vomiting was reported in either group.", (0, 0)),
    ],
)
def test_counts_go_to_their_arms(sentence: str, values: tuple[float, ...]) -> None:
    assert answer(COMMON, sentence, outcome="incidence of nausea") == values


def test_each_number_stands_where_its_span_says_and_totals_come_along() -> None:
    sentence = "Nausea occurred in 12/40 (30%) with zelotrexin and 4/38 (10.5%) with placebo."
    prepared = article(COMMON, sentence)
    question = Question("1", "zelotrexin", "placebo", "nausea")
    best = best_of(prose_numbers(prepared, question, group_sizes(prepared), {}))
    assert best is not None
    assert {n.field: n.value for n in best.numbers} == {
        "intervention_events": 12, "intervention_group_size": 40, "comparator_events": 4, "comparator_group_size": 38,
    }  # fmt: skip
    assert all(str(int(n.value)) in n.span.of(prepared.text) for n in best.numbers)
    assert best.span.of(prepared.text) == sentence


def test_letters_of_groups_and_other_arms() -> None:
    lines = (
        "Patients were given saline (group N), lidocaine (group L), ketamine (group K) or zelotrexin (group R).",
        "Pain was felt by 75% (24/32), 25% (8/32), 31% (10/32), and 0% in group N, group L, group K, and group"
        " R, respectively.",
    )
    assert answer(*lines, intervention="lidocaine", comparator="saline", outcome="pain") == (8, 24)
    assert answer(*lines, intervention="zelotrexin", comparator="saline", outcome="pain") == (0, 24)
    assert answer(*lines, intervention="ketamine", comparator="lidocaine", outcome="pain") == (10, 8)
    assert answer(*lines, intervention="warfarin", comparator="saline", outcome="pain") == ()


def test_a_list_of_outcomes_is_told_apart() -> None:
    sentence = (
        "The mean pain, sleep and mood scores (zelotrexin versus placebo, respectively) were 9.4 ± 2.2 versus"
        " 10.7 ± 2.1 (P = 0.4), 7.2 ± 1.2 versus 7.9 ± 1.5 (P = 0.8) and 3.9 ± 0.8 versus 2.4 ± 0.7 (P = 0.6)."
    )
    assert answer(COMMON, sentence, outcome="sleep score") == (7.2, 1.2, 7.9, 1.5)
    assert answer(COMMON, sentence, outcome="mood score") == (3.9, 0.8, 2.4, 0.7)
    assert item_of_list("Mean pain and sleep scores were ", 0, 3) is None


def test_doses_name_arms_and_are_no_values() -> None:
    common = "Patients were randomised to zelotrexin 300 mg (n = 40), zelotrexin 600 mg (n = 39) or placebo (n = 38)."
    told = "The mean pain score was 3.1 ± 1.2 in the 300 mg group and 2.2 ± 1.1 in the 600 mg group."
    assert answer(common, told, intervention="zelotrexin 600 mg", comparator="zelotrexin 300 mg") == (
        2.2,
        1.1,
        3.1,
        1.2,
    )
    lists = "The mean pain score fell more with zelotrexin 300 and 600 mg than with placebo."
    assert found(common, lists, comparator="placebo", intervention="zelotrexin 600 mg") == []


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        (
            "The mean pain score was lower with zelotrexin (3.1 and 2.1) than with placebo (4.5 and 4.1).",
            (),
        ),
        (
            "The mean pain score with zelotrexin was no better (4.5 in the placebo arm v 3.1 in the zelotrexin arm).",
            (3.1, None, 4.5, None),
        ),
    ],
)
def test_values_of_one_arm_are_not_put_to_both(sentence: str, values: tuple[float | None, ...]) -> None:
    assert answer(COMMON, sentence) == values


def test_two_outcomes_of_one_sentence_are_told_apart() -> None:
    sentence = (
        "The pain score was lower with zelotrexin than with placebo (3.1 ± 1.2 vs 4.5 ± 1.4), and so was the"
        " fatigue score (5.0 ± 2.2 vs 6.1 ± 2.0)."
    )
    assert answer(COMMON, sentence) == (3.1, 1.2, 4.5, 1.4)
    assert answer(COMMON, sentence, outcome="fatigue score") == (5.0, 2.2, 6.1, 2.0)


@pytest.mark.parametrize(
    "sentence",
    [
        "The median pain score was 3 with zelotrexin and 4 with placebo.",
        "The pain score was 3.1 ± 1.2 in men and 4.5 ± 1.4 in women.",
        "The mean fatigue score was 3.1 ± 1.2 with zelotrexin and 4.5 ± 1.4 with placebo.",
        "At baseline the pain score was 3.1 ± 1.2 with zelotrexin and 4.5 ± 1.4 with placebo.",
        "In women the pain score was 3.1 ± 1.2 with zelotrexin and 4.5 ± 1.4 with placebo.",
        "Pain scores were 3.1 ± 1.2, 4.5 ± 1.4 and 3.8 ± 1.0.",
        "The mean pain score fell by 1.2 with zelotrexin and rose by 0.4 with placebo.",
    ],
)
def test_what_is_not_asked_for_or_not_sure_is_no_answer(sentence: str) -> None:
    assert answer(COMMON, sentence) == ()


def test_values_that_differ_leave_it_open_unless_one_is_later() -> None:
    early = "At 3 months the mean pain score was 3.1 ± 1.2 with zelotrexin and 4.5 ± 1.4 with placebo."
    late = "At 12 months the mean pain score was 2.1 ± 1.0 with zelotrexin and 4.4 ± 1.1 with placebo."
    plain = [s.replace("At 3 months t", "T").replace("At 12 months t", "T") for s in (early, late)]
    assert answer(COMMON, early, late) == (2.1, 1.0, 4.4, 1.1)
    assert answer(COMMON, early, late, outcome="pain score at 3 months") == (3.1, 1.2, 4.5, 1.4)
    assert answer(COMMON, *plain) == ()


def test_shares_give_counts_only_as_derived_and_only_where_they_come_out() -> None:
    sentence = "Nausea occurred in 30.0% with zelotrexin and 10.5% with placebo."
    assert answer(COMMON, sentence, outcome="nausea") == ()
    assert answer(COMMON, sentence, outcome="nausea", derive=True) == (12, 4)
    best = best_of(found(COMMON, sentence, outcome="nausea"), derive=True)
    assert best is not None
    assert all(n.derived and n.note for n in best.numbers if n.statistic is Statistic.EVENTS)
    assert answer(COMMON, sentence.replace("30.0", "31.3"), outcome="nausea", derive=True) == ()
    assert share_of(50.0, 0, 1) is None


def test_no_one_in_one_arm_is_derived_where_the_other_arm_s_count_is() -> None:
    sentence = "Nausea occurred in 30.0% with zelotrexin and 0% with placebo."
    assert answer(COMMON, sentence, outcome="nausea") == ()
    assert answer(COMMON, sentence, outcome="nausea", derive=True) == (12, 0)
    best = best_of(found(COMMON, sentence, outcome="nausea"), derive=True)
    assert best is not None
    assert all(n.derived for n in best.numbers if n.statistic is Statistic.EVENTS)


def test_what_got_better_is_not_what_came_back() -> None:
    asked = Asked.of("reduction in redness", {})
    back = Said("The redness reappeared in ", (0, 26), (), "")
    less = Said("The redness was reduced in ", (0, 27), (), "")
    assert asked.fit(back, {}) < asked.fit(less, {})


def test_the_type_asked_for_is_kept_to() -> None:
    sentence = "Nausea occurred in 12/40 (30%) with zelotrexin and 4/38 (10.5%) with placebo."
    assert found(COMMON, sentence, outcome="nausea", kind=OutcomeType.CONTINUOUS) == []
    assert found(COMMON, sentence, outcome="nausea", kind=OutcomeType.BINARY)


def test_articles_without_sentences_or_with_odd_ones_give_nothing() -> None:
    assert found("Nothing was measured.") == []
    assert found("± " * 400, "vs " * 500, "(" * 900, "1 and " * 300 + "with zelotrexin and placebo") is not None
