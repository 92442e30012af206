"""A pipeline that the user has: built here, saved, and used in place of our own recognition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy

from api.settings import Settings
from ingest.nlp import parse
from ingest.other_model import LABELS, OtherModel, OtherModelError, load_other_model

TEXT = "Cocaine-induced seizures, then aspirin (ASA) and lenalidomide for myeloma in Leeds; no zebra, no relapse."
KINDS = {"lenalidomide": "drug", "myeloma": "disease", "relapse": "outcome"}


def save(folder: Path, **labels: list[str]) -> Path:
    """A pipeline with spaCy's own tokenizer, which knows the words under each label."""
    nlp = spacy.blank("en")
    nlp.meta["name"], nlp.meta["version"] = "small", "1.2.3"
    ruler: Any = nlp.add_pipe("entity_ruler")
    patterns = [{"label": label, "pattern": words} for label, listed in labels.items() for words in listed]
    ruler.add_patterns(patterns)
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Typed and untyped labels, one that means nothing to us, and spans that are longer than the mention."""
    return save(
        tmp_path / "small",
        CHEMICAL=["Cocaine-induced", "aspirin (ASA"],
        Disease=["seizures"],
        ENTITY=["lenalidomide", "myeloma", "zebra", "relapse"],
        GPE=["Leeds"],
    )


def concepts(model: OtherModel, text: str = TEXT) -> list[tuple[str, str, None]]:
    found = model.concepts(text, parse(text).tokens, lambda words: KINDS.get(words.lower()))
    return [(span.of(text), label, score) for span, label, score in found]


def test_its_entities_come_back_on_our_tokens_with_our_labels(folder: Path) -> None:
    assert concepts(load_other_model(str(folder))) == [
        ("Cocaine", "DRUG", None),
        ("seizures", "DISEASE", None),
        ("aspirin", "DRUG", None),
        ("lenalidomide", "DRUG", None),
        ("myeloma", "DISEASE", None),
    ]


def test_the_variable_names_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PICOGRAPH_MODEL", str(folder))
    name = Settings().model
    assert name is not None
    assert load_other_model(name) is load_other_model(str(folder))


@pytest.mark.parametrize("value", [None, "", "  "])
def test_without_the_variable_there_is_no_other_model(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PICOGRAPH_MODEL", raising=False)
    if value is not None:
        monkeypatch.setenv("PICOGRAPH_MODEL", value)
    assert Settings().model is None


def test_its_version_has_its_name_and_tells_two_of_one_name_apart(folder: Path, tmp_path: Path) -> None:
    one = load_other_model(str(folder)).VERSION
    two = load_other_model(str(save(tmp_path / "two", CHEMICAL=["aspirin"]))).VERSION
    assert one.startswith("en_small-1.2.3+")
    assert one.partition("+")[0] == two.partition("+")[0]
    assert one != two


def test_an_empty_text_has_no_concepts(folder: Path) -> None:
    assert concepts(load_other_model(str(folder)), "") == []


def test_a_long_text_is_read(folder: Path) -> None:
    text = "Nothing here. " * 80_000 + "Then seizures."
    tokens = parse(text[-100:]).tokens
    shifted = [type(t)(t.text, t.start + len(text) - 100, t.end + len(text) - 100) for t in tokens]
    found = load_other_model(str(folder)).concepts(text, shifted, lambda _: None)
    assert [(span.of(text), label) for span, label, _ in found] == [("seizures", "DISEASE")]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("our_own_model", "no such package or folder; install its package with pip, or name the folder of a saved"),
        ("en_core_sci_mdd", r"did you mean en_core_sci_md\? Otherwise install its package"),
        ("en_ner_craft_md", r"pip install --no-deps https://\S+/releases/v0\.5\.4/en_ner_craft_md-0\.5\.4\.tar\.gz$"),
        ("./models/mine", "no such package or folder; name the folder that nlp.to_disk"),
        ("json", r"spaCy cannot load it \("),
    ],
)
def test_a_model_that_is_not_there_is_told_with_what_to_do(name: str, told: str) -> None:
    with pytest.raises(OtherModelError, match=f"PICOGRAPH_MODEL names the model '{name}': .*{told}") as error:
        load_other_model(name)
    assert "\n" not in str(error.value)


def test_a_folder_that_holds_no_pipeline_is_told(tmp_path: Path) -> None:
    with pytest.raises(OtherModelError, match="spaCy cannot load it"):
        load_other_model(str(tmp_path))


def test_a_broken_pipeline_is_told(folder: Path) -> None:
    (folder / "config.cfg").write_text("[nlp]\nlang = 1\n", encoding="utf-8")
    with pytest.raises(OtherModelError, match="spaCy cannot load it"):
        load_other_model(str(folder))


def test_a_pipeline_for_another_spacy_is_used_and_warned_of(folder: Path) -> None:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    (folder / "meta.json").write_text(json.dumps(meta | {"spacy_version": ">=3.7.4,<3.8.0"}), encoding="utf-8")
    with pytest.warns(UserWarning, match=r"\[W095\] Model 'en_small' \(1\.2\.3\) was trained with spaCy v3\.7\.4"):
        model = load_other_model(str(folder))
    assert concepts(model)


@pytest.mark.parametrize("component", [None, "sentencizer", "attribute_ruler"])
def test_a_pipeline_without_entities_is_told(component: str | None, tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    if component is not None:
        nlp.add_pipe(component)
    nlp.to_disk(tmp_path / "none")
    with pytest.raises(OtherModelError, match=rf"finds no entities \(its components: {component or 'none'}\)"):
        load_other_model(str(tmp_path / "none"))


def test_a_pipeline_of_other_things_is_told_with_its_labels(tmp_path: Path) -> None:
    folder = save(tmp_path / "places", GPE=["Leeds"], PERSON=["Ada"])
    with pytest.raises(OtherModelError, match=r"no drugs or diseases \(its labels: GPE, PERSON\)"):
        load_other_model(str(folder))


def test_a_span_ruler_that_sets_entities_is_used(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    ruler: Any = nlp.add_pipe("span_ruler", config={"annotate_ents": True})
    ruler.add_patterns([{"label": "DISEASE", "pattern": "seizures"}])
    nlp.to_disk(tmp_path / "spans")
    assert concepts(load_other_model(str(tmp_path / "spans"))) == [("seizures", "DISEASE", None)]


def test_every_label_is_in_the_manual() -> None:
    manual = (Path(__file__).resolve().parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
    flat = manual.replace("_", "").upper()
    assert [label for label in LABELS if f"`{label}`" not in flat] == []
