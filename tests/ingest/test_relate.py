"""Relations between the entities of a result: which value belongs to which arm and outcome."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Span
from ingest.relate import LOOKS, RelationModel, forests_of
from ingest.relation_context import CONTEXT, FirstLook, context
from ingest.relation_features import NAMES, candidates
from ingest.relation_sentence import Marked
from ingest.relation_words import is_control, is_time, name_ids, value_form

LABEL = {"I": "INTERVENTION", "O": "OUTCOME", "M": "MEASURE"}
SHORT = {"I": "INTV", "O": "OC", "M": "MEAS"}


def read(marked: str, labels: dict[str, str] = LABEL) -> tuple[str, list[dict[str, Any]]]:
    """The text and entities of ``{I:placebo} had {M:3%}``."""
    text, entities = "", []
    for part in re.split(r"(\{.:[^}]*\})", marked):
        words = part[3:-1] if part.startswith("{") else part
        if part.startswith("{"):
            entities.append({"start": len(text), "end": len(text) + len(words), "label": labels[part[1]]})
        text += words
    return text, entities


def related(marked: str, labels: dict[str, str] = LABEL) -> set[tuple[str, str, str]]:
    text, entities = read(marked, labels)
    words = [text[e["start"] : e["end"]] for e in entities]
    found = RelationModel.load().relate(text, [], entities)
    return {(words[r["head"]], r["label"][:2], words[r["tail"]]) for r in found}


CASES = {
    "{O:Relapse} was {M:12%} with {I:drug A} and {M:19%} with {I:placebo}.": {
        ("Relapse", "OC", "12%"),
        ("Relapse", "OC", "19%"),
        ("drug A", "A1", "12%"),
        ("placebo", "A2", "19%"),
    },
    "{O:Nausea} ({M:31%} vs {M:17%}) and {O:fever} ({M:9%} vs {M:4%}) were seen with {I:drug A} and {I:drug B}.": {
        *(("Nausea", "OC", "31%"), ("Nausea", "OC", "17%"), ("fever", "OC", "9%"), ("fever", "OC", "4%")),
        *(("drug A", "A1", "31%"), ("drug B", "A2", "17%"), ("drug A", "A1", "9%"), ("drug B", "A2", "4%")),
    },
    "The {O:mean score} was {M:5.1 ± 1.2} in the {I:yoga group} and {M:7.4 ± 1.9} in the {I:control group}": {
        *(("mean score", "OC", "5.1 ± 1.2"), ("mean score", "OC", "7.4 ± 1.9")),
        *(("yoga group", "A1", "5.1 ± 1.2"), ("control group", "A2", "7.4 ± 1.9")),
    },
}


@pytest.mark.parametrize("labels", [LABEL, SHORT], ids=["contract", "short"])
@pytest.mark.parametrize("marked", CASES)
def test_values_find_their_arms_and_outcomes(marked: str, labels: dict[str, str]) -> None:
    assert related(marked, labels) == CASES[marked]


def test_relations_stay_in_their_sentence() -> None:
    one, first = read("{O:Relapse} was {M:12%} with {I:drug A} and {M:19%} with {I:placebo}. ")
    two, second = read("{O:Fever} was seen in {M:3%} with {I:drug A} and {M:2%} with {I:placebo}.")
    moved = [{**e, "start": e["start"] + len(one), "end": e["end"] + len(one)} for e in second]
    found = RelationModel.load().relate(one + two, [Span(0, len(one)), Span(len(one), len(one + two))], first + moved)
    apart = [RelationModel.load().relate(text, [], entities) for text, entities in ((one, first), (two, second))]
    shifted = [{**r, "head": r["head"] + len(first), "tail": r["tail"] + len(first)} for r in apart[1]]
    assert found == apart[0] + shifted


def test_labels_of_other_layers_are_passed_over() -> None:
    text, entities = read("{O:Relapse} was {M:12%} with {I:drug A}.")
    others = [{**entities[2], "label": "DRUG"}, {**entities[2], "layer": "pio"}]
    model = RelationModel.load()
    assert model.relate(text, [], [*entities, *others]) == model.relate(text, [], entities) != []


@pytest.mark.parametrize("marked", ["", "Nothing here.", "{M:3%} died.", "{I:drug A} and {O:death}"])
def test_without_both_ends_nothing_is_related(marked: str) -> None:
    assert related(marked) == set()


PIECES = "vs and ( ) , ; with 12 % placebo at months the respectively {I:drug} {O:pain} {M:3%} {M:4}"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES.split()), max_size=25), st.randoms(use_true_random=False))
def test_any_entities_in_any_order_are_related_alike(parts: list[str], shuffle: random.Random) -> None:
    text, entities = read(" ".join(parts))
    order = list(range(len(entities)))
    shuffle.shuffle(order)
    model = RelationModel.load()
    found = model.relate(text, [], entities)
    other = model.relate(text, [], [entities[i] for i in order])
    triple = {(order[r["head"]], order[r["tail"]], r["label"]) for r in other}
    assert {(r["head"], r["tail"], r["label"]) for r in found} == triple
    arms = [r["tail"] for r in found if r["label"] != "OC_RES"]
    assert len(arms) == len(set(arms))


def test_every_pair_has_a_number_in_every_column() -> None:
    text, entities = read(next(iter(CASES)))
    kind = {label: k for k, label in LABEL.items()}
    pairs = candidates(text, 0, len(text), [Marked(kind[e["label"]], e["start"], e["end"]) for e in entities])
    assert pairs.features.shape == (6, len(NAMES))
    assert len(set(NAMES)) == len(NAMES)
    assert np.isfinite(pairs.features).all()
    assert list(zip(pairs.heads.tolist(), pairs.measures.tolist(), strict=True)) == [
        (head, tail) for head in (0, 2, 4) for tail in (1, 3)
    ]
    column = dict(zip(NAMES, pairs.features.T, strict=True))
    assert list(column["pair.follows"]) == [1, 1, 0, 1, 0, 0]
    assert list(column["between.with"]) == [0, 1, 1, 0, 2, 1]
    said = context(pairs, FirstLook(np.linspace(0, 0.5, 6), np.zeros(6)))
    assert said.shape == (6, len(CONTEXT))
    assert np.isfinite(said).all()


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["drug A", "placebo", "the drug A group", "placebo-treated patients"], [0, 1, 0, 1]),
        (["drug A 10 mg", "drug A 20 mg"], [0, 1]),
        (["alpha beta gamma", "ABG", "control"], [0, 0, 1]),
        (["ABG", "alpha beta gamma"], [0, 0]),
        (["group", "%"], [0, 1]),
        ([], []),
    ],
)
def test_names_of_one_arm_share_a_number(names: list[str], ids: list[int]) -> None:
    assert name_ids(names) == ids


def test_words_are_told_apart() -> None:
    assert [is_time(w) for w in ("6 months", "baseline", "overall survival")] == [True, True, False]
    assert [is_control(w) for w in ("placebo", "usual care", "drug A")] == [True, True, False]
    assert value_form("12%")[0]
    assert not value_form("12 mm")[0]


def test_a_model_of_other_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="the first look of the relation model was trained on other columns"):
        forests_of({"first.names": np.array(LOOKS["first"][1:])}, "first")


def test_the_trees_are_read_without_what_grew_them() -> None:
    code = "import sys; from ingest.relate import RelationModel; RelationModel.load(); print('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
