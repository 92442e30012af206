"""Training of confidence: weights from small tables, measures of calibration, and what annotators say of a claim."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ingest.claim import Arm, Check, Claim, Grade, Measure
from ingest.confidence import START, chance_of
from ingest.grounds import Grounds
from tests import builders
from training.calibration import Floats, bands, brier, calibration_error, fit, ranking
from training.claim_judges import of_ratios, of_relations, of_sides, same
from training.claim_labels import Labelled
from training.confidence import TABLES, as_table, report, unseen_chances, weights_of, with_tables
from training.reliability import drawing

ONES = np.ones(8)
RIGHT = np.array([1.0, 1, 1, 0, 1, 0, 0, 0])
TEXT = "Relapse was seen in 12% with Varolin and 30% with placebo (OR 0.32)."


def numbers(*values: float) -> Floats:
    return np.array(values)


def test_weights_follow_the_claims_and_keep_to_their_bounds() -> None:
    table = np.array([[1.0, 0], [1, 0], [1, 1], [1, 0], [0, 1], [0, 0], [0, 1], [0, 0]])
    free = fit(["good", "odd"], table, RIGHT, ONES, {}, 1.0)
    assert min(free["good"], free["odd"]) > 0
    held = fit(["good", "odd"], table, RIGHT, ONES, {"odd": (None, -0.5), "good": (0.0, 0.1)}, 1.0)
    assert (held["odd"], held["good"]) == (-0.5, 0.1)
    assert free == fit(["good", "odd"], table[::-1], RIGHT[::-1], ONES, {}, 1.0)
    heavy = fit(["good", "odd"], table, RIGHT, np.where(RIGHT > 0, 3.0, 1.0), {}, 1.0)
    assert heavy[START] > free[START]


def test_one_feature_that_tells_half_gives_the_odds_of_its_halves() -> None:
    table, right = np.repeat([[1.0], [0.0]], 400, axis=0), np.tile([1.0, 1, 1, 0], 200)
    right[400:] = np.tile([1.0, 0, 0, 0], 100)
    weights = fit(["a"], table, right, np.ones(800), {}, 1e-9)
    assert chance_of(weights, {"a": 1.0}) == 0.75
    assert chance_of(weights, {"a": 0.0}) == 0.25


def test_measures_of_calibration_by_hand() -> None:
    chance, right = numbers(0.2, 0.2, 0.2, 0.2, 0.2, 0.9, 0.9), numbers(1, 0, 0, 0, 0, 1, 0)
    even = np.ones(7)
    assert brier(chance, right, even) == pytest.approx((0.64 + 4 * 0.04 + 0.01 + 0.81) / 7)
    one = bands(chance, right, even, 1)
    assert [(b.low, b.high, b.share) for b in one] == [(0.2, 0.9, 1.0)]
    assert [one[0].said, one[0].right] == pytest.approx([2.8 / 7, 2 / 7])
    assert calibration_error(np.full(40, 0.5), np.tile([0.0, 1.0], 20), np.ones(40)) == pytest.approx(0)
    assert calibration_error(np.full(40, 0.9), np.tile([0.0, 1.0], 20), np.ones(40)) == pytest.approx(0.4)
    assert sum(b.share for b in bands(np.linspace(0, 1, 37), np.ones(37), np.ones(37))) == pytest.approx(1)


def test_ranking_counts_pairs_and_halves_ties() -> None:
    assert ranking(numbers(0.1, 0.9), numbers(0, 1)) == 1
    assert ranking(numbers(0.9, 0.1), numbers(0, 1)) == 0
    assert ranking(numbers(0.5, 0.5, 0.9), numbers(0, 1, 1)) == pytest.approx(0.75)
    assert ranking(numbers(0.5, 0.6), numbers(1, 1)) is None


def claim(**fields: Any) -> Claim:
    source = builders.article(TEXT)
    effects = (
        builders.effect(TEXT, "12%", measure=Measure.PROPORTION, arm=Arm.INTERVENTION, value=12.0, unit="%"),
        builders.effect(TEXT, "30%", measure=Measure.PROPORTION, arm=Arm.COMPARATOR, value=30.0, unit="%"),
        builders.effect(TEXT, "OR 0.32", measure=Measure.ODDS_RATIO, value=0.32),
    )
    given = {"intervention": "Varolin", "comparator": "placebo", "outcome": "Relapse", "effects": effects, **fields}
    return builders.claim(source, **given)


def swapped(one: Claim) -> Claim:
    other = {Arm.INTERVENTION: Arm.COMPARATOR, Arm.COMPARATOR: Arm.INTERVENTION}
    return replace(one, effects=tuple(replace(e, arm=other.get(e.arm, e.arm)) for e in one.effects))


def entity(label: str, words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"label": label, "text": words, "start": start, "end": start + len(words)}


def row(*entities: dict[str, Any], relations: tuple[tuple[str, int, int], ...] = ()) -> dict[str, Any]:
    tied = [{"label": label, "head": head, "tail": tail} for label, head, tail in relations]
    return {"id": "1", "text": TEXT, "entities": list(entities), "relations": tied}


def test_relations_judge_arms_and_outcomes() -> None:
    named = [entity("INTV", "Varolin"), entity("INTV", "placebo"), entity("MEAS", "12%"), entity("MEAS", "30%")]
    arms = (("A1_RES", 0, 2), ("A2_RES", 1, 3))
    gold = row(*named, entity("OC", "Relapse"), relations=(*arms, ("OC_RES", 4, 2), ("OC_RES", 4, 3)))
    assert of_relations(gold, [claim(), swapped(claim())]) == [True, False]
    other = row(*named, entity("OC", "seen"), relations=(*arms, ("OC_RES", 4, 2)))
    assert of_relations(other, [claim()]) == [False]
    assert of_relations(row(*named), [claim()]) == [None]


def test_sides_judge_arms_of_values_that_are_annotated() -> None:
    gold = row(entity("iv-bin-percent", "12%"), entity("cv-bin-percent", "30%"))
    assert of_sides(gold, [claim(), swapped(claim())]) == [True, False]
    assert of_sides(row(entity("cv-bin-percent", "30%")), [claim()]) == [True]
    assert of_sides(row(entity("iv-cont-mean", "12%"), entity("outcome", "Relapse")), [claim()]) == [None]


def test_ratios_judge_exposure_and_outcome() -> None:
    what = [entity("OR", "0.32"), entity("explanatory", "Varolin"), entity("outcome", "Relapse")]
    gold = row(*what, relations=(("", 0, 1), ("", 0, 2)))
    assert of_ratios(gold, [claim(), claim(outcome="placebo"), claim(effects=())]) == [True, False, None]
    assert of_ratios(row(entity("HR", "0.32")), [claim()]) == [False]


def test_the_same_words_elsewhere_are_the_same_slot() -> None:
    made = claim().outcome
    assert same(made, {"text": "relapse", "start": 900, "end": 907})
    assert not same(made, {"text": "relapses", "start": 900, "end": 908})
    assert not same(None, entity("OC", "Relapse"))


def labelled(count: int) -> list[Labelled]:
    """Claims of articles of their own, of which those with a failed check are wrong, but for one in five."""
    out = []
    for n in range(count):
        wrong = n % 2 == 0
        made = replace(claim(), checks=(Check("rule", Grade.ERROR if wrong else Grade.PASS),))
        out.append(Labelled("made", f"article {n}", made, Grounds(words=n % 30), wrong == (n % 5 == 0)))
    return out


def test_the_same_claims_give_the_same_table_byte_for_byte() -> None:
    claims = labelled(40)
    first, again = as_table(weights_of(claims)), as_table(weights_of(list(reversed(claims))))
    assert first == again
    assert first.startswith(f"{START}\t")
    assert float(dict(line.split("\t") for line in first.splitlines())["a check failed"]) <= -1


def test_chances_come_from_weights_of_other_articles_and_are_reported() -> None:
    claims = labelled(60)
    chance = unseen_chances(claims, 5)
    right = np.array([c.right for c in claims])
    assert chance[right].mean() > chance[~right].mean() + 0.2
    lines = list(report(claims, chance))
    assert lines[-1].startswith("| all corpora, weighed | 60 | ")
    assert len({line.count("|") for line in lines}) == 1


def test_tables_are_written_between_the_marks_of_the_page() -> None:
    page = with_tables(TABLES.read_text(encoding="utf-8"), "| new |")
    assert page.count("| new |") == 1
    assert "| audit |" not in page
    assert with_tables(page, "| newer |").count("| new |") == 0
    with pytest.raises(ValueError, match="marks"):
        with_tables("nothing", "| new |")


def test_the_drawing_is_xml_with_a_dot_for_each_band() -> None:
    some = bands(numbers(0.1, 0.5, 0.9), numbers(0, 1, 1), np.ones(3), 3)
    drawn = drawing({"one": some, "two": some})
    root = ET.fromstring(drawn)
    assert len(root.findall(".//{http://www.w3.org/2000/svg}circle")) == 6
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
