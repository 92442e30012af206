"""The loader refuses gold that its article does not bear out, and says where and why."""

from __future__ import annotations

import doctest
import json
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from corpus import match, printed
from corpus.load import CorpusError, read_gold
from corpus.printed import numbers_in, prints
from ingest.claim import Arm, Direction, Measure

TEXT = "# A trial\n\nAmong 40 patients, relapse was seen in 12% with drug A and 30% with placebo (P=.04).\n"
QUOTE = "relapse was seen in 12% with drug A and 30% with placebo (P=.04)."


def _gold() -> dict[str, Any]:
    mention: dict[str, list[str]] = {"also": []}
    percent = {"measure": "proportion", "unit": "%"}
    return {
        "article": "trial.md",
        "study": {"phase": "III", "enrolled": 40, "randomised": None},
        "claims": [
            {
                "id": "relapse",
                "optional": False,
                "intervention": {"text": "drug A", **mention},
                "comparator": {"text": "placebo", **mention},
                "outcome": {"text": "relapse", **mention},
                "population": None,
                "effects": [
                    {**percent, "arm": "intervention", "value": 12},
                    {**percent, "arm": "comparator", "value": 30, "total": 40},
                    {"measure": "p value", "arm": "contrast", "p_operator": "=", "p_value": 0.04},
                ],
                "direction": "lower",
                "significance": "significant",
                "assertion": "stated",
                "kind": "own result",
                "quote": QUOTE,
            }
        ],
    }


def test_gold_becomes_values() -> None:
    doc = read_gold("trial.gold.json", json.dumps(_gold()), "trial.md", TEXT)
    (claim,) = doc.claims
    assert claim.direction is Direction.LOWER
    assert [(e.measure, e.arm, e.value) for e in claim.effects] == [
        (Measure.PROPORTION, Arm.INTERVENTION, 12),
        (Measure.PROPORTION, Arm.COMPARATOR, 30),
        (Measure.P_VALUE, Arm.CONTRAST, None),
    ]
    assert doc.study.facts() == {"phase": "III", "enrolled": 40}


def _set(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    def change(gold: dict[str, Any]) -> None:
        item: Any = gold
        for step in path[:-1]:
            item = item[step]
        item[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "claim", "reason"),
    [
        (_set("claims", 0, "quote", to="relapse was seen in 12% of patients"), "relapse", "stands 0 times"),
        (_set("claims", 0, "quote", to="with "), "relapse", "stands 2 times"),
        (_set("claims", 0, "outcome", "text", to="relapses"), "relapse", "outcome 'relapses' is not verbatim"),
        (_set("claims", 0, "comparator", "text", to="placebos"), "relapse", "comparator 'placebos' is not verbatim"),
        (_set("claims", 0, "effects", 0, "value", to=1.2), "relapse", "1.2 is not printed in the quote"),
        (_set("claims", 0, "effects", 0, "value", to=40), "relapse", "40 is not printed in the quote"),
        (_set("claims", 0, "effects", 1, "total", to=41), "relapse", "the total 41 is not printed"),
        (_set("claims", 0, "effects", 2, "p_value", to=0.4), "relapse", "0.4 is not printed in the quote"),
        (_set("claims", 0, "effects", 2, "p_operator", to=None), "relapse", "p needs a value and one of"),
        (_set("claims", 0, "effects", 0, "timepoint", to="at once"), "relapse", "'at once' is not verbatim"),
        (_set("claims", 0, "effects", 0, "value", to=None), "relapse", "an effect needs a number"),
        (_set("claims", 0, "effects", 0, "measure", to="percentage"), "relapse", "'percentage' is not a valid Measure"),
        (_set("claims", 0, "effects", 0, "colour", to="red"), "relapse", "colour"),
        (_set("claims", 0, "direction", to="up"), "relapse", "'up' is not a valid Direction"),
        (_set("study", "enrolled", to=41), None, "study enrolled 41 does not stand in the article"),
        (_set("study", "name", to="TRIAL"), None, "study name 'TRIAL' does not stand in the article"),
        (_set("article", to="other.md"), None, "is for other.md, not for trial.md"),
    ],
)
def test_a_fault_is_named_with_file_and_claim(
    change: Callable[[dict[str, Any]], None], claim: str | None, reason: str
) -> None:
    gold = _gold()
    change(gold)
    with pytest.raises(CorpusError) as caught:
        read_gold("trial.gold.json", json.dumps(gold), "trial.md", TEXT)
    assert (caught.value.file, caught.value.claim) == ("trial.gold.json", claim)
    assert reason in caught.value.reason
    assert "trial.gold.json" in str(caught.value)


def test_an_id_stands_for_one_claim() -> None:
    gold = _gold()
    gold["claims"] *= 2
    with pytest.raises(CorpusError, match="used twice"):
        read_gold("trial.gold.json", json.dumps(gold), "trial.md", TEXT)


def test_what_is_not_json_is_a_corpus_error_too() -> None:
    with pytest.raises(CorpusError, match="annotation guide"):
        read_gold("trial.gold.json", "{", "trial.md", TEXT)


@pytest.mark.parametrize(
    ("passage", "numbers"),
    [
        ("HR 0.46; 95% CI, 0.34–0.62; P<.001", {0.46, 95, 0.34, 0.62, 0.001}),
        ("1,137 patients", {1137}),
        ("53/286 (18.5%)", {53, 286, 18.5}),
        ("Ninety-two were assigned", {90, 2, 92}),
        ("twelve of twenty", {12, 20}),
        ("P=0·0007 in Lancet style", {0.0007}),
        ("between 1980 and 1993", {1980, 1993}),
        ("nobody", set()),
    ],
)
def test_numbers_that_a_passage_prints(passage: str, numbers: set[float]) -> None:
    assert numbers_in(passage) == numbers


def test_a_sign_is_not_held_against_a_number() -> None:
    assert prints("a change of −1.4 points", -1.4)
    assert not prints("a change of −1.4 points", 14)


@pytest.mark.parametrize("module", [match, printed], ids=lambda module: module.__name__)
def test_the_examples_in_docstrings_hold(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
