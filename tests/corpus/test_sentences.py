"""The suite of result sentences: what it holds, how it is counted, and that reading does not fall back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import pytest

from corpus.load import CorpusError
from corpus.sentences import Item, Tally, by_phenomenon, items, read_item, tally
from ingest.claim_json import to_json
from ingest.pipeline import Pipeline
from ingest.readers.files import read_bytes

SUITE = list(items())
FLOORS = {
    "arms introduced before": (5, 2),
    "arms without drugs": (2, 0),
    "associations": (2, 2),
    "background": (4, 1),
    "baseline": (4, 0),
    "brand and code names": (3, 0),
    "changes from baseline": (3, 0),
    "combination arms": (1, 1),
    "control group": (2, 0),
    "counts in words": (2, 1),
    "differences": (4, 2),
    "direction of a good outcome": (9, 0),
    "dose arms": (3, 0),
    "factorial designs": (2, 0),
    "fractions": (8, 0),
    "hedging": (3, 0),
    "hypotheses": (5, 0),
    "intervals": (3, 1),
    "lists of outcomes": (12, 2),
    "means": (7, 3),
    "medians": (11, 1),
    "methods": (6, 0),
    "negation": (7, 0),
    "no difference": (8, 3),
    "not effects": (11, 0),
    "not reached": (2, 1),
    "one group": (1, 0),
    "opinion": (3, 0),
    "p values": (8, 2),
    "printing": (5, 0),
    "rates": (5, 0),
    "ratio a sentence later": (2, 0),
    "ratios": (38, 4),
    "refusal": (3, 0),
    "respectively": (24, 3),
    "restatements": (3, 1),
    "reversed order": (7, 0),
    "shared values": (3, 2),
    "shares": (13, 3),
    "subgroups": (8, 3),
    "three and more arms": (4, 2),
    "time points": (14, 2),
    "words only": (7, 1),
}
"""Of each phenomenon: how many claims are read right (never fewer), and how many read wrong (never more)."""
LINE = files("corpus").joinpath("sentences", "numbers.jsonl").read_text(encoding="utf-8").splitlines()[0]


def _claims(pipeline: Pipeline, text: str) -> list[dict[str, Any]]:
    reading = pipeline.read(read_bytes(text.encode("utf-8"), "sentence.txt"))
    return [to_json(claim, reading.article) for claim in reading.claims]


@pytest.fixture(scope="module")
def scored(pipeline: Pipeline) -> tuple[dict[str, Tally], dict[str, Tally]]:
    return by_phenomenon(SUITE, lambda text: _claims(pipeline, text))


def test_the_suite_has_two_hundred_texts_of_all_phenomena() -> None:
    assert len(SUITE) >= 200
    assert {name for item in SUITE for name in item.phenomena} == set(FLOORS)
    assert sum(not item.doc.claims for item in SUITE) >= 25
    assert max(Counter(item.doc.text for item in SUITE).values()) == 1


@pytest.mark.parametrize("phenomenon", FLOORS)
def test_reading_does_not_fall_back(scored: tuple[dict[str, Tally], dict[str, Tally]], phenomenon: str) -> None:
    now, (right, wrong) = scored[0][phenomenon], FLOORS[phenomenon]
    assert (now.right >= right, now.wrong <= wrong) == (True, True), now


def test_no_number_of_the_suite_is_under_a_wrong_arm(scored: tuple[dict[str, Tally], dict[str, Tally]]) -> None:
    assert [name for name, told in scored[1].items() if told.wrong_arm] == []


def _as_read(item: Item) -> list[dict[str, Any]]:
    """The gold of an item as a reader would have to hand it in."""
    text, claims = item.doc.text, []
    for raw in json.loads(LINE)["claims"]:
        start = text.index(raw["quote"])
        quote = {"exact": raw["quote"], "start": start, "end": start + len(raw["quote"])}
        effects = [dict(e, text=text[start : quote["end"]], start=start, end=quote["end"]) for e in raw["effects"]]
        slots = {slot: _mention(text, raw[slot]) for slot in ("intervention", "comparator", "outcome", "population")}
        claims.append(raw | slots | {"quote": quote, "effects": effects, "restatements": []})
    return claims


def _mention(text: str, raw: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if raw is None:
        return None
    start = text.index(raw["text"])
    return {"text": raw["text"], "start": start, "end": start + len(raw["text"])}


def test_right_left_out_and_wrong_are_told_apart() -> None:
    item = read_item("here:1", LINE)
    (claim,) = _as_read(item)
    swapped = [dict(e, arm={"intervention": "comparator", "comparator": "intervention"}[e["arm"]])
               for e in claim["effects"]]  # fmt: skip
    assert tally(item.doc, [claim]) == Tally(right=1)
    assert tally(item.doc, []) == Tally(left_out=1)
    assert tally(item.doc, [dict(claim, direction="lower")]) == Tally(wrong=1)
    assert tally(item.doc, [dict(claim, assertion="negated")]) == Tally(wrong=1)
    assert tally(item.doc, [dict(claim, effects=swapped)]) == Tally(left_out=1, wrong=1, wrong_arm=1)


def test_a_text_that_says_nothing_is_right_when_nothing_is_read() -> None:
    line = json.dumps({"id": "x", "phenomena": ["methods"], "text": "Response was planned.", "claims": []})
    item = read_item("here:1", line)
    outcome = {"text": "Response", "start": 0, "end": 8}
    claim = {
        "outcome": outcome,
        "quote": {"exact": item.doc.text, "start": 0, "end": len(item.doc.text)},
        "effects": [],
    }
    assert tally(item.doc, []) == Tally(right=1)
    assert tally(item.doc, [claim]) == Tally(wrong=1)
    assert Tally().share is None
    assert (Tally(right=1) + Tally(wrong=3)).share == 0.25


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": "Another text."}, "quote"),
        ({"phenomena": []}, "phenomenon"),
        ({"claims": [{}]}, "id"),
        ({"text": " "}, "text"),
    ],
)
def test_a_line_that_is_not_in_form_is_refused(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(CorpusError, match=reason) as error:
        read_item("here:1", json.dumps(json.loads(LINE) | change))
    assert error.value.file == "here:1"


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(CorpusError, match="here:1"):
        read_item("here:1", "{")
