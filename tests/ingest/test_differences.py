"""Values that words call differences."""

from __future__ import annotations

import pytest

from ingest.attach import attach
from ingest.claim import Measure
from ingest.differences import as_differences
from ingest.effects import read_figures


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("The difference between means was 0.34.", [Measure.MEAN_DIFFERENCE]),
        ("Scores differed by 3.3 points.", [Measure.MEAN_DIFFERENCE]),
        ("The difference between the groups was 4%.", [Measure.RISK_DIFFERENCE]),
        (
            "(difference of 0.34, 95% CI -0.33 to 1.02, and 0.56, 95% CI -0.39 to 1.51)",
            [Measure.MEAN_DIFFERENCE, Measure.MEAN_DIFFERENCE],
        ),
    ],
)
def test_what_is_called_a_difference_is_one(text: str, measures: list[Measure]) -> None:
    found = as_differences(text, attach(text, read_figures(text)))
    assert [f.measure for f in found if f.measure and f.measure.is_contrast] == measures


@pytest.mark.parametrize(
    "text",
    [
        "There was no significant difference (33% versus 30%).",
        "Rates did not differ: 12% and 14%.",
        "The difference in survival was not significant, 60% being alive.",
    ],
)
def test_values_beside_a_denied_difference_stay(text: str) -> None:
    found = as_differences(text, attach(text, read_figures(text)))
    assert not any(f.measure and f.measure.is_contrast for f in found)
