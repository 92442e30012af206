"""Values told off over two dimensions, and refusals where counts do not agree."""

from __future__ import annotations

import pytest

from ingest.claim import Arm, Claim
from ingest.pipeline import Pipeline
from ingest.readers.table import read_bytes


def read(pipeline: Pipeline, text: str) -> tuple[Claim, ...]:
    return pipeline.read(read_bytes(f"A randomised trial of two drugs\n\n{text}".encode(), "a.txt")).claims


def cells(claims: tuple[Claim, ...]) -> set[tuple[str, str, float | None]]:
    arm = {Arm.INTERVENTION: "one", Arm.COMPARATOR: "two"}
    return {(c.outcome.text.lower(), arm.get(e.arm, "?"), e.value) for c in claims for e in c.effects}


def test_outcomes_by_arms(pipeline: Pipeline) -> None:
    text = (
        "Infections and bleeding occurred in 12% and 5%, respectively, of patients given idelalisib, and in 8% and 4% "
        "of patients given placebo."
    )
    assert cells(read(pipeline, text)) == {
        ("infections", "one", 12.0),
        ("infections", "two", 8.0),
        ("bleeding", "one", 5.0),
        ("bleeding", "two", 4.0),
    }


def test_arms_by_people(pipeline: Pipeline) -> None:
    text = (
        "Two-year survival was 80% and 70% in women and 72% and 61% in men given axitinib and sorafenib, respectively."
    )
    found = {
        (c.population.text if c.population else None, e.arm, e.value) for c in read(pipeline, text) for e in c.effects
    }
    assert found == {
        ("women", Arm.INTERVENTION, 80.0),
        ("women", Arm.COMPARATOR, 70.0),
        ("men", Arm.INTERVENTION, 72.0),
        ("men", Arm.COMPARATOR, 61.0),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Infections, falls and bleeding occurred in 12% and 5%, respectively, of patients given idelalisib, and in 8% "
        "and 4% of patients given placebo.",
        "Infections and bleeding occurred in 12%, 7% and 5% of patients given idelalisib and in 8% and 4% on placebo.",
    ],
)
def test_counts_that_disagree_are_refused(pipeline: Pipeline, text: str) -> None:
    assert not [e for c in read(pipeline, text) for e in c.effects if e.arm in (Arm.INTERVENTION, Arm.COMPARATOR)]
