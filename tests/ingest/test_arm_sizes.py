"""How many people each arm has, what lies in a range of the text, and results that clauses share out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ingest.pipeline
from ingest.align import _by_place
from ingest.article import Span
from ingest.attach import attach
from ingest.claim import Arm, Effect, Measure
from ingest.combine import combine
from ingest.contrasts import Result
from ingest.effects import read_figures
from ingest.figures import FigureKind
from ingest.phrases import ArmNames, Phrase
from ingest.pipeline import Pipeline
from ingest.ranges import Ranges
from ingest.readers.table import read_bytes
from ingest.roles import Roles
from tests.builders import find


def names_of(pipeline: Pipeline, text: str, monkeypatch: pytest.MonkeyPatch) -> ArmNames:
    """What the article with ``text`` knows of its arms."""
    learnt: list[ArmNames] = []
    learn = ingest.pipeline.learn_arms  # type: ignore[attr-defined]

    def kept(*given: Any) -> ArmNames:
        learnt.append(learn(*given))
        return learnt[-1]

    monkeypatch.setattr(ingest.pipeline, "learn_arms", kept)
    pipeline.read(read_bytes(text.encode(), "a.md"))
    return learnt[0]


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        (
            "Of 2274 patients who were randomised, 1,368 received lenalidomide and 906 underwent observation.",
            {"lenalidomide": 1368, "observation": 906},
        ),
        (
            "Patients were randomly assigned, 1,368 to lenalidomide and 906 to observation.",
            {"lenalidomide": 1368, "observation": 906},
        ),
        (
            "Of 302 patients, 150 were assigned to sunitinib and 152 were assigned to placebo.",
            {"sunitinib": 150, "placebo": 152},
        ),
        (
            "Patients were randomly assigned in a 2:1 ratio to lenalidomide (n = 200) or to placebo (n=100).",
            {"lenalidomide": 200, "placebo": 100},
        ),
        ("Patients were randomly assigned 1:1 to lenalidomide or placebo.", {}),
        ("Patients were randomly assigned (1:1) to receive lenalidomide or placebo.", {}),
        ("Patients with diabetes (n = 200) were enrolled.", {}),
        ("In 2010, women were assigned to sunitinib or placebo.", {}),
    ],
)
def test_sizes_of_arms(pipeline: Pipeline, text: str, sizes: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    assert names_of(pipeline, text, monkeypatch).sizes == sizes


def test_the_compared_pair_is_named_without_the_words_before_it(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Patients were randomly assigned to lenalidomide (n = 200) or placebo (n = 100)."
    pair = names_of(pipeline, text, monkeypatch).pair
    assert pair is not None
    assert [p.text for p in pair] == ["lenalidomide", "placebo"]


@dataclass(frozen=True)
class Item:
    span: Span


spans = st.tuples(st.integers(0, 30), st.integers(1, 15)).map(lambda p: Span(p[0], p[0] + p[1]))


@given(st.lists(spans.map(Item)), spans)
def test_what_lies_inside_a_range_is_what_a_plain_filter_finds(items: list[Item], span: Span) -> None:
    ordered = sorted(items, key=lambda i: (i.span.start, i.span.end))
    assert Ranges(items).inside(span) == [i for i in ordered if span.contains(i.span)]


TEXT = "Relapse was 12% with sunitinib; with placebo, it was 19% (HR 0.60); death was rare."
SENTENCE = Span(0, len(TEXT))
RELAPSE, DEATH = (Phrase(find(TEXT, w), w) for w in ("Relapse", "death"))
DRUG, PLACEBO = (Phrase(find(TEXT, w), w) for w in ("sunitinib", "placebo"))


def effect(words: str, measure: Measure, arm: Arm) -> Effect:
    return Effect(measure, arm, words, find(TEXT, words))


def result(arm: Phrase | None, outcome: Phrase, *effects: Effect) -> Result:
    return Result(Span(0, 30), Roles(arm), outcome, None, effects)


MINE = effect("12%", Measure.PROPORTION, Arm.INTERVENTION)
THEIRS = effect("19%", Measure.PROPORTION, Arm.INTERVENTION)
RATIO = effect("HR 0.60", Measure.HAZARD_RATIO, Arm.CONTRAST)


@pytest.mark.parametrize("drug_first", [True, False])
def test_two_halves_are_one_comparison_and_a_ratio_joins_it(drug_first: bool) -> None:
    halves = [result(DRUG, RELAPSE, MINE), result(PLACEBO, RELAPSE, THEIRS)]
    ratio = result(None, RELAPSE, RATIO)
    (joined,) = combine([*(halves if drug_first else halves[::-1]), ratio], SENTENCE)
    assert (joined.roles.intervention, joined.roles.comparator) == (DRUG, PLACEBO)
    assert [(e.text, e.arm) for e in joined.effects] == [
        ("12%", Arm.INTERVENTION),
        ("19%", Arm.COMPARATOR),
        ("HR 0.60", Arm.CONTRAST),
    ]
    assert joined.clause == SENTENCE


@pytest.mark.parametrize(
    "other",
    [result(PLACEBO, DEATH, THEIRS), result(DRUG, RELAPSE, THEIRS), result(None, RELAPSE, RATIO)],
    ids=["other outcome", "same arm", "ratio beside one arm"],
)
def test_what_is_no_other_half_stays_apart(other: Result) -> None:
    mine = result(DRUG, RELAPSE, MINE)
    assert combine([mine, other], SENTENCE) == [mine, other]


@pytest.mark.parametrize(
    ("text", "arms"),
    [
        ("With AA, few had any trouble at all: 12% with BB and 19% with AA", [1, 0]),
        ("With AA 12%, with BB 19%, and AA again", [0, 1]),
        ("12% and 19% with AA", None),
    ],
)
def test_of_two_orders_the_one_nearer_to_its_values_counts(text: str, arms: list[int] | None) -> None:
    values = [f for f in attach(text, read_figures(text)) if f.kind is FigureKind.VALUE]
    places = [
        (Span(i, i + 2), number)
        for i in range(len(text))
        for number, name in enumerate(("AA", "BB"))
        if text.startswith(name, i)
    ]
    assert _by_place(text, values, places) == arms
