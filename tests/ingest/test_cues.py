"""Words that say which way, how surely, whose result, and whether there is one."""

from __future__ import annotations

import pytest

from ingest.claim import Assertion, ClaimKind, Direction
from ingest.cues import (
    assertion_of,
    cues_disagree,
    direction_cue,
    is_enrolment,
    kind_of,
    reports_a_result,
    significance_cue,
)  # fmt: skip

HIGHER, LOWER, SAME = Direction.HIGHER, Direction.LOWER, Direction.NO_DIFFERENCE


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("relapse was higher with A", (HIGHER, False)), ("relapse was more frequent", (HIGHER, False)),
        ("A doubled the risk", (HIGHER, False)), ("relapse was lower", (LOWER, False)), ("A reduced relapse", (LOWER,
            False)),
        ("fewer patients relapsed", (LOWER, False)), ("deaths fell", (LOWER, False)), ("survival was longer", (HIGHER,
            True)),
        ("A improved survival", (HIGHER, True)), ("survival was worse", (LOWER, True)), ("shorter survival", (LOWER,
            True)),
        ("relapse was similar", (SAME, False)), ("relapse did not differ", (SAME, False)),
            ("no significant difference", (SAME, False)),
        ("A did not reduce relapse", (SAME, False)), ("no increase in relapse", (SAME, False)), ("was not higher",
            (SAME, False)),
        ("survival was similarly extended", (HIGHER, True)), ("relapse was seen", None), ("more than 20 relapsed",
            None),
        ("less than 5 relapsed", None), ("12% and 13%", None),
        ("Similarly, relapse was lower", (LOWER, False)), ("RESULTS: Similarly, relapse was lower", (LOWER, False)),
        ("Similar to earlier reports, relapse was lower", (LOWER, False)),
        ("relapse was lower, similar to our findings", (LOWER, False)),
        ("relapse was similar to placebo", (SAME, False)), ("Similar rates were seen", (SAME, False)),
    ],
)  # fmt: skip
def test_direction(words: str, expected: tuple[Direction, bool] | None) -> None:
    assert direction_cue(words) == expected


def test_the_first_word_of_direction_counts_and_a_second_is_told() -> None:
    assert direction_cue("relapse was lower and survival longer") == (LOWER, False)
    assert cues_disagree("relapse was lower and toxicity higher")
    assert not cues_disagree("relapse and toxicity were lower")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("significantly longer", True), ("a statistically significant rise", True), ("not significant", False),
        ("nonsignificant", False), ("no significant difference", False), ("did not differ", False), ("longer", None),
        ("did not differ significantly", False), ("did not show any significant difference", False),
        ("no other statistically significant differences", False), ("did not change significantly", False),
        ("not associated with a significant excess", False), ("not only significantly better", True),
        ("no deaths, and relapse was significantly lower", True),
        ("no significant change in one group, but a significant one in the other", None),
        ("did not reach statistical significance", False), ("not statistically significant", False),
    ],
)  # fmt: skip
def test_significance(words: str, expected: bool | None) -> None:
    assert significance_cue(words) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A reduced relapse", Assertion.STATED), ("A did not reduce relapse", Assertion.NEGATED),
        ("no increase in relapse was seen", Assertion.NEGATED), ("none relapsed", Assertion.NEGATED),
            ("A may reduce relapse", Assertion.HEDGED),
        ("A appears to reduce relapse", Assertion.HEDGED), ("results suggest it", Assertion.HEDGED),
            ("relapse was similar", Assertion.STATED),
        ("survival was no longer a matter of months", Assertion.STATED), ("medians were not reached", Assertion.STATED),
    ],
)  # fmt: skip
def test_assertion(words: str, expected: Assertion) -> None:
    assert assertion_of(words) is expected


@pytest.mark.parametrize(
    "words",
    [
        "The aim was to compare A with B.", "The primary endpoint was survival.", "Patients should be monitored.",
        "Did A work?", "A was approved in 2019.", "Informed consent was given.", "Further study is ongoing.",
        "We set out to find whether A reduces relapse.",
    ],
)  # fmt: skip
def test_what_reports_no_result(words: str) -> None:
    assert not reports_a_result(words)


@pytest.mark.parametrize(
    "words", ["Relapse was 12% with A.", "A reduced relapse.", "No new safety concerns were observed."]
)
def test_what_reports_one(words: str) -> None:
    assert reports_a_result(words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("302 patients were randomly assigned to A or B", True), ("Patients were enrolled in 2010", True),
        ("Relapse was 12% with A", False),
    ],
)  # fmt: skip
def test_enrolment(words: str, expected: bool) -> None:
    assert is_enrolment(words) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Relapse was 12% with A.", ClaimKind.OWN_RESULT), ("Previous studies showed relapse of 12%.",
            ClaimKind.BACKGROUND),
        ("A has been shown to reduce relapse.", ClaimKind.BACKGROUND),
        ("“Drug A reduces relapse in all of our patients,” said Dr. Sample.", ClaimKind.OPINION),
    ],
)  # fmt: skip
def test_whose_result_it_is(words: str, expected: ClaimKind) -> None:
    assert kind_of(words) is expected
