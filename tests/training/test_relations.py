"""Training of the relation model: the arrays answer as scikit-learn does, come out alike twice, and do well on dev."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.relate import RelationModel
from training.boosting import Growth, constant, fitted, forest_from, grow
from training.corpora import corpora_folder, read_split
from training.relations import CORPUS, predict, report, tally, train, triples

SMALL = Growth(trees=8, leaves=6, smallest=2, members=2)


def sentence(number: int) -> dict[str, Any]:
    """A made-up result with two arms, one outcome and gold relations; odd ones name the arms before the values."""
    values, arms = (f"{number}%", f"{number + 9}%"), (f"drug {number}", "placebo")
    order = (*arms, *values) if number % 2 else (values[0], arms[0], values[1], arms[1])
    text, entities = "Relapse was seen: ", [{"start": 0, "end": 7, "label": "OC"}]
    places = {}
    for words in order:
        places[words] = len(entities)
        label = "INTV" if words in arms else "MEAS"
        entities.append({"start": len(text), "end": len(text) + len(words), "label": label})
        text += f"{words} and "
    relations = [{"head": 0, "tail": places[v], "label": "OC_RES"} for v in values]
    relations += [
        {"head": places[arm], "tail": places[value], "label": f"A{n}_RES"}
        for n, (arm, value) in enumerate(zip(arms, values, strict=True), start=1)
    ]
    return {"id": str(number), "text": text, "entities": entities, "relations": relations, "domain": "made up"}


ROWS = [sentence(n) for n in range(1, 41)]


@pytest.fixture(scope="module")
def corpus() -> str:
    """The name of the corpus of result sentences, when it is at hand."""
    try:
        corpora_folder()
    except FileNotFoundError as absent:
        if os.environ.get("CI") == "true":
            pytest.fail(str(absent))
        pytest.skip(str(absent))
    return CORPUS


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), growth=st.sampled_from([SMALL, Growth(trees=20, members=1)]))
def test_arrays_answer_as_the_classifiers_do(seed: int, growth: Growth) -> None:
    random = np.random.default_rng(seed)
    rows = random.normal(size=(200, 5)).round(1)
    yes = rows[:, 0] + rows[:, 1] * rows[:, 2] + random.normal(size=200) > 0
    classifiers = [fitted(rows, yes, growth, seed + n) for n in range(growth.members)]
    unseen = np.concatenate([rows, random.normal(size=(50, 5))])
    expected = np.mean([c.predict_proba(unseen)[:, 1] for c in classifiers], axis=0)
    np.testing.assert_allclose(forest_from(classifiers, 5).chances(unseen), expected, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(("yes", "expected"), [([True] * 3, 0.999), ([False] * 3, 0.001), ([], 0.001)])
def test_where_all_rows_agree_the_forest_is_a_constant(yes: list[bool], expected: float) -> None:
    forest = grow(np.zeros((len(yes), 2)), np.array(yes, dtype=bool), SMALL, 0)
    assert forest.chances(np.ones((2, 2))) == pytest.approx([expected, expected])
    assert constant(2, 0.25).chances(np.ones((1, 2))) == pytest.approx([0.25])


@pytest.mark.slow
def test_the_same_rows_and_seed_give_the_same_model_and_it_has_learnt_them() -> None:
    arrays, again = (train(ROWS, 3, inner=2) for _ in range(2))
    assert arrays.keys() == again.keys()
    assert all(np.array_equal(arrays[name], again[name]) for name in arrays)
    assert predict(RelationModel.of(arrays), ROWS) == [triples(row) for row in ROWS]


def test_figures_are_of_strict_triples() -> None:
    row = ROWS[0]
    gold = triples(row)
    assert report("x", tally([row], [gold])) == "x: P 100.0 R 100.0 F 100.0; A1_RES 100.0, A2_RES 100.0, OC_RES 100.0"
    other = {(head, tail, label.replace("A1", "A2")) for head, tail, label in gold}
    assert report("x", tally([row], [other])) == "x: P 75.0 R 75.0 F 75.0; A1_RES 0.0, A2_RES 66.7, OC_RES 100.0"
    assert report("x", tally([], [])) == "x: P - R - F -; A1_RES -, A2_RES -, OC_RES -"


def test_the_model_that_ships_does_well_on_dev(corpus: str) -> None:
    counts = tally(rows := read_split(corpus, "dev"), predict(RelationModel.load(), rows))
    tp, wrong = (sum(n for (_, part), n in counts.items() if part in parts) for parts in (("tp",), ("fp", "fn")))
    assert 2 * tp / (2 * tp + wrong) > 0.88
