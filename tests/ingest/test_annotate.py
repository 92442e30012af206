"""``Pipeline.annotate``: entities, relations and abbreviations of a text, in the layers of the contract."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from ingest.pipeline import Pipeline
from tests.builders import LENALIDOMIDE
from tests.ingest.printed import any_text

TEXT = "In women with breast cancer, relapse was 12% with lenalidomide and 19% with placebo."


def labels(found: dict[str, Any], layer: str) -> list[tuple[str, str]]:
    return [(e["label"], e["text"]) for e in found["entities"] if e["layer"] == layer]


def relations(found: dict[str, Any]) -> set[tuple[str, str, str]]:
    entities = found["entities"]
    return {(entities[r["head"]]["text"], r["label"], entities[r["tail"]]["text"]) for r in found["relations"]}


def test_a_result_has_its_arms_outcome_values_and_relations(pipeline: Pipeline) -> None:
    found = pipeline.annotate(TEXT, layers=["result"])
    assert labels(found, "result") == [
        ("OUTCOME", "relapse"),
        ("MEASURE", "12%"),
        ("INTERVENTION", "lenalidomide"),
        ("MEASURE", "19%"),
        ("INTERVENTION", "placebo"),
    ]
    assert relations(found) == {
        ("lenalidomide", "A1_RES", "12%"),
        ("placebo", "A2_RES", "19%"),
        ("relapse", "OC_RES", "12%"),
        ("relapse", "OC_RES", "19%"),
    }


def test_concepts_carry_their_iris(pipeline: Pipeline) -> None:
    found = pipeline.annotate(TEXT, layers=["concept"])
    (drug,) = [e for e in found["entities"] if e["label"] == "DRUG" and e["text"] == "lenalidomide"]
    assert drug["concept"] == LENALIDOMIDE
    assert LENALIDOMIDE in drug["concepts"]
    assert ("DISEASE", "breast cancer") in labels(found, "concept")


def test_who_took_part_is_a_participant(pipeline: Pipeline) -> None:
    assert ("PARTICIPANTS", "women with breast cancer") in labels(pipeline.annotate(TEXT), "pio")


@pytest.mark.parametrize("layer", ["result", "pio", "concept", "role"])
def test_only_the_layers_that_are_asked_for_come_back(pipeline: Pipeline, layer: str) -> None:
    assert {e["layer"] for e in pipeline.annotate(TEXT, layers=[layer])["entities"]} <= {layer}


def test_all_layers_come_back_unless_some_are_asked_for(pipeline: Pipeline) -> None:
    assert {e["layer"] for e in pipeline.annotate(TEXT)["entities"]} == {"result", "pio", "concept"}


def test_an_unknown_layer_is_refused(pipeline: Pipeline) -> None:
    with pytest.raises(ValueError, match="unknown layer nothing; known: result, pio, concept, role"):
        pipeline.annotate(TEXT, layers=["result", "nothing"])


def test_given_entities_are_kept_and_get_concepts_and_relations_alone(pipeline: Pipeline) -> None:
    def given_entity(words: str, label: str) -> dict[str, Any]:
        start = TEXT.index(words)
        return {"start": start, "end": start + len(words), "label": label, "layer": "result", "mine": words}

    mine = [given_entity("12%", "MEAS"), given_entity("lenalidomide", "INTV"), given_entity("relapse", "OC")]
    found = pipeline.annotate(TEXT, entities=mine)
    assert [(e["text"], e["label"], e["mine"]) for e in found["entities"]] == [
        (e["mine"], e["label"], e["mine"]) for e in mine
    ]
    assert found["entities"][1]["concept"] == LENALIDOMIDE
    assert relations(found) == {("lenalidomide", "A1_RES", "12%"), ("relapse", "OC_RES", "12%")}


@pytest.mark.parametrize("span", [(0, 10_000), (5, 5), (-1, 3)])
def test_a_given_entity_outside_the_text_is_refused(pipeline: Pipeline, span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=r"\d"):
        pipeline.annotate(TEXT, entities=[{"start": span[0], "end": span[1], "label": "DRUG"}])


def test_abbreviations_are_pairs_with_places(pipeline: Pipeline) -> None:
    text = "Second primary malignancies (SPMs) are rare."
    (pair,) = pipeline.annotate(text)["pairs"]
    assert (pair["sf"], pair["lf"]) == ("SPMs", "Second primary malignancies")
    assert text[pair["sf_start"] : pair["sf_end"]] == "SPMs"
    assert text[pair["lf_start"] : pair["lf_end"]] == "Second primary malignancies"


@settings(max_examples=60, deadline=None)
@given(text=any_text.map(lambda t: t.encode("utf-8", "replace").decode()))
def test_any_text_is_annotated_verbatim(pipeline: Pipeline, text: str) -> None:
    found = pipeline.annotate(text)
    assert all(text[e["start"] : e["end"]] == e["text"] != "" for e in found["entities"])
    assert all(0 <= r[end] < len(found["entities"]) for r in found["relations"] for end in ("head", "tail"))
    for pair in found["pairs"]:
        assert text[pair["sf_start"] : pair["sf_end"]] == pair["sf"]
        assert text[pair["lf_start"] : pair["lf_end"]] == pair["lf"]
