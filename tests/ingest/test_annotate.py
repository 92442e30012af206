"""``Pipeline.annotate``: entities, relations and abbreviations of a text, in the layers of the contract."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given, settings

from ingest.aids import Tag
from ingest.annotate import Annotator
from ingest.article import Span
from ingest.language import Language, Text
from ingest.link_model import load_linker
from ingest.names import Names
from ingest.pipeline import Pipeline
from ingest.relate import RelationModel
from ingest.terminology import Concept, ConceptKind, Terminology
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
    text = "METHODS: Patients with type 2 diabetes were randomly assigned to receive metformin or placebo for 24 weeks."
    found = labels(pipeline.annotate(text), "pio")
    assert any(label == "PARTICIPANTS" and "Patients with type 2 diabetes" in words for label, words in found)


@pytest.mark.parametrize("layer", ["result", "pio", "concept", "role"])
def test_only_the_layers_that_are_asked_for_come_back(pipeline: Pipeline, layer: str) -> None:
    assert {e["layer"] for e in pipeline.annotate(TEXT, layers=[layer])["entities"]} <= {layer}


def test_all_layers_come_back_unless_some_are_asked_for(pipeline: Pipeline) -> None:
    assert {e["layer"] for e in pipeline.annotate(TEXT)["entities"]} == {"result", "pio", "concept", "role"}


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


class Named:
    """A language model that takes the given words for mentions of drugs."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def layers(self, text: Text, *_: object) -> dict[str, list[Tag]]:
        places = [(text.text.index(w), len(w)) for w in self._words]
        return {"concept": [Tag(Span(at, at + size), "DRUG", 0.9) for at, size in places]}


def annotator_of(terminology: Terminology, *words: str) -> Annotator:
    language = cast(Language, Named(*words))
    return Annotator(language, Names(terminology), RelationModel.load(), load_linker(terminology))


@pytest.mark.parametrize(
    ("mention", "named"),
    [
        ("lenalidomide", ["lenalidomide"]),
        ("Oral lenalidomide", ["lenalidomide"]),
        ("lenalidomide and thalidomide", ["lenalidomide", "thalidomide"]),
        ("a quite unheard-of derivative of lenalidomide", []),
        ("derivative of", []),
    ],
)
def test_a_longer_mention_has_the_concepts_that_it_names(mention: str, named: list[str]) -> None:
    terminology = Terminology([Concept(f"urn:{n}", n, ConceptKind.DRUG) for n in ("lenalidomide", "thalidomide")])
    text = f"Then {mention} or a quite unheard-of derivative of lenalidomide was given."
    (entity,) = annotator_of(terminology, mention).annotate(text, layers=["concept"])["entities"]
    assert entity["text"] == mention
    assert entity["concepts"] == [f"urn:{n}" for n in named]
    assert entity["concept"] == (f"urn:{named[0]}" if named else None)
    assert (entity["link_score"] is None) == (not named)


def test_a_concept_of_another_kind_inside_a_mention_is_not_its_own() -> None:
    terminology = Terminology([Concept("urn:m", "mania", ConceptKind.DISEASE)])
    (entity,) = annotator_of(terminology, "mania drops").annotate("Then mania drops.", layers=["concept"])["entities"]
    assert entity["concepts"] == []


def test_the_modifiers_of_a_mention_are_told(pipeline: Pipeline) -> None:
    text = "It was tried in newly diagnosed transplant-ineligible multiple myeloma."
    words = "newly diagnosed transplant-ineligible multiple myeloma"
    given = [{"start": text.index(words), "end": text.index(words) + len(words), "label": "Disease"}]
    (entity,) = pipeline.annotate(text, entities=given)["entities"]
    assert entity["concept"] == "http://id.nlm.nih.gov/mesh/D009101"
    assert [m.rpartition("/")[2] for m in entity["modifiers"]] == ["newly-diagnosed", "transplant-ineligible"]


def test_an_abbreviation_has_the_concept_of_its_long_form_in_the_article(pipeline: Pipeline) -> None:
    text = "Malignant melanoma (MM) recurred. MM was fatal."
    at = text.rindex("MM")
    (entity,) = pipeline.annotate(text, entities=[{"start": at, "end": at + 2, "label": "DISEASE"}])["entities"]
    assert entity["concept"] == "http://id.nlm.nih.gov/mesh/D008545"


@settings(max_examples=60, deadline=None)
@given(text=any_text.map(lambda t: t.encode("utf-8", "replace").decode()))
def test_any_text_is_annotated_verbatim_and_twice_alike(pipeline: Pipeline, text: str) -> None:
    found = pipeline.annotate(text)
    assert pipeline.annotate(text) == found
    entities = found["entities"]
    assert all(text[e["start"] : e["end"]] == e["text"] != "" for e in entities)
    assert all(e["score"] is None or 0 <= e["score"] <= 1 for e in entities)
    for r in found["relations"]:
        head, tail = entities[r["head"]], entities[r["tail"]]
        assert head["layer"] == tail["layer"] == "result"
        assert (head["label"], tail["label"]) == ("OUTCOME" if r["label"] == "OC_RES" else "INTERVENTION", "MEASURE")
    for pair in found["pairs"]:
        assert text[pair["sf_start"] : pair["sf_end"]] == pair["sf"]
        assert text[pair["lf_start"] : pair["lf_end"]] == pair["lf"]


def test_what_was_annotated_before_changes_nothing(pipeline: Pipeline) -> None:
    first = pipeline.annotate(TEXT)
    pipeline.annotate("Methylprednisolone-hydrocortisone-cyclophosphamide " * 3 + TEXT)
    assert pipeline.annotate(TEXT) == first
