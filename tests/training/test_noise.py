"""Sentences with the faults of a recogniser: what is missing, cut or added, and that what stays is still right."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.training.test_relations import sentence
from training.noise import Faults, noisy

NONE = Faults(missing=0, cut=0, added_word=0, added_number=0)
ROW = {**sentence(4), "text": sentence(4)["text"] + "others had 77 problems"}


def test_without_faults_nothing_changes() -> None:
    assert noisy(ROW, random.Random(1), NONE) == ROW


def test_what_is_missing_takes_its_relations_along() -> None:
    assert noisy(ROW, random.Random(1), Faults(missing=1, cut=0, added_word=0, added_number=0)) == {
        **ROW,
        "entities": [],
        "relations": [],
    }


def test_every_free_number_and_word_can_be_taken_for_an_entity() -> None:
    added = noisy(ROW, random.Random(1), Faults(missing=0, cut=0, added_word=1, added_number=1))
    new = {ROW["text"][e["start"] : e["end"]]: e["label"] for e in added["entities"][len(ROW["entities"]) :]}
    assert new["77"] == "MEAS"
    assert new["problems"] in ("INTV", "OC")
    assert added["relations"] == ROW["relations"]


def test_a_cut_entity_loses_a_word_and_one_of_a_single_word_stays() -> None:
    cut = noisy(ROW, random.Random(1), Faults(missing=0, cut=1, added_word=0, added_number=0))
    words = [ROW["text"][e["start"] : e["end"]] for e in cut["entities"]]
    assert words[0] == "Relapse"
    assert words[2] in ("drug", "4")


@given(st.integers(0, 10_000))
def test_relations_that_stay_join_entities_of_the_kinds_they_joined(seed: int) -> None:
    row = noisy(ROW, random.Random(seed), Faults(missing=0.3, cut=0.3, added_word=0.3, added_number=0.3))
    assert noisy(ROW, random.Random(seed), Faults(missing=0.3, cut=0.3, added_word=0.3, added_number=0.3)) == row
    for e in row["entities"]:
        assert 0 <= e["start"] < e["end"] <= len(row["text"])
    for r in row["relations"]:
        labels = row["entities"][r["head"]]["label"], row["entities"][r["tail"]]["label"]
        assert labels == ("OC" if r["label"] == "OC_RES" else "INTV", "MEAS")
