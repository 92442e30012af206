"""The manual of the effects grammar reads as it says, and every pattern is tried where its example begins."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.effects import PATTERNS, read_figures
from tests.ingest.test_effects import results

MANUAL = (Path(__file__).resolve().parents[2] / "docs" / "effects-grammar.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `(.+?)` \| (.+?) \|$", MANUAL, re.M)
SHARED_EXAMPLE = "HR, 0.78"


def test_the_manual_has_examples() -> None:
    assert len(EXAMPLES) >= 55


@pytest.mark.parametrize(("text", "reading"), EXAMPLES)
def test_an_example_of_the_manual_reads_as_the_manual_says(text: str, reading: str) -> None:
    assert ("; ".join(results(text)) or "nothing") == reading


@pytest.mark.parametrize("pattern", [p for p in PATTERNS if p.example != SHARED_EXAMPLE], ids=lambda p: p.name)
def test_a_pattern_is_tried_where_its_example_begins(pattern: object) -> None:
    (found,) = [p for p in PATTERNS if p is pattern]
    read = read_figures(f"It: {found.example} ") or read_figures(found.example)
    assert read, found.name
    starts = [i for i in range(len(found.example)) if found.regex.match(found.example, i)]
    assert starts, found.name


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The mean (SD) score was 54.2 (3.1) points", "declared spread"),
        ("-7.6% (SD 5.9) with A and -0.7% (4.9) with B", "declared spread"),
        ("four strokes with ticlopidine and one with aspirin", "count of the same"),
        ("each 1.5 per 1000 births", "rate"),
        ("upper limit of the 95% CI, 1.2", "one bound"),
        ("group 1, 32 months; group 2, 54 months", "duration"),
        ("per 10 percent decrease", "increment"),
        ("a cut-off of 12", "criterion"),
    ],
)
def test_the_rule_that_reads_a_text_is_the_one_written_for_it(text: str, rule: str) -> None:
    assert rule in [f.rule for f in read_figures(text)]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("54.2 ± 3.1 mL/min", "mL/min"), ("54.2 IU/L", "[IU]/L"), ("54.2 μmol/l", "umol/L"),
        ("5 µmol/L", "umol/L"), ("was 3 cm H2O", "cm[H2O]"),
        ("54.2 mg/dl", "mg/dL"), ("72 beats per minute", "/min"), ("27 kg/m²", "kg/m2"), ("4 hours", "h"),
        ("30 seconds", "s"), ("2 weeks", "wk"),
        ("3.1 per 1,000 person-months", "/(1000.mo)"), ("blood loss was 350 mL", "mL"),
    ],
)  # fmt: skip
def test_units_are_those_of_ucum(text: str, unit: str) -> None:
    assert [f.unit for f in read_figures(text) if f.unit] == [unit]


def test_a_minus_that_stands_apart_is_not_lost() -> None:
    assert results("fell (- 55.9% vs. - 45.9%)") == ["value -55.9 % change", "value -45.9 % change"]
    assert results("(A - 45%)") == ["proportion 45 %"]


@pytest.mark.parametrize(
    "text", ["received 500 mL of saline", "a dose of 12 g", "arm 1 (12%)", "10 ± 2 years old", "aged 54 ± 3 years"]
)
def test_what_was_given_and_who_was_treated_is_no_value(text: str) -> None:
    assert [f for f in results(text) if not f.startswith("proportion 12")] == []
