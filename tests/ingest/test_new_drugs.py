"""Drugs that no terminology knows reach the claims: from our model when it is sure, and from a model of the user's."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.services.reading import ReadingError, read_article
from api.settings import Settings
from ingest.pipeline import MIN_SCORE, Pipeline, load_pipeline, version
from ingest.readers.table import read_bytes
from ingest.tagger import Tagged
from ingest.terminology import load_terminology
from tests.ingest.test_language import Told
from tests.ingest.test_other_model import save

TEXT = "Relapse was 12% with trobaxumine and 19% with placebo.\n"
Build = Callable[..., Pipeline]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Build:
    """Builds a pipeline whose tagger finds the given words, with a score, and nothing else."""

    def build(score: float, **layers: dict[str, str]) -> Pipeline:
        class Sure(Told):
            def _spans(self, words: object, head: str) -> list[Tagged]:
                found = super()._spans(words, head)  # type: ignore[arg-type]
                return [Tagged(s.start, s.end, s.label, score) for s in found]

        monkeypatch.setattr("ingest.pipeline.load_tagger", lambda: Sure(**layers))
        return Pipeline(load_terminology())

    return build


def interventions(made: Pipeline, text: str = TEXT) -> list[str]:
    claims = made.read(read_bytes(text.encode(), "a.txt")).claims
    return [c.intervention.text for c in claims if c.intervention is not None]


def test_a_drug_that_the_model_is_sure_of_is_an_intervention(told: Build) -> None:
    made = told(MIN_SCORE, concept={"trobaxumine": "DRUG"})
    (claim,) = made.read(read_bytes(TEXT.encode(), "a.txt")).claims
    assert claim.intervention is not None
    assert (claim.intervention.text, claim.intervention.concept) == ("trobaxumine", None)
    assert claim.comparator is not None
    assert claim.comparator.text == "placebo"
    assert [e.value for e in claim.effects] == [12.0, 19.0]


@pytest.mark.parametrize("score", [0.0, MIN_SCORE - 0.01])
def test_one_that_it_is_not_sure_of_is_none(told: Build, score: float) -> None:
    assert "trobaxumine" not in interventions(told(score, concept={"trobaxumine": "DRUG"}))


def test_a_new_disease_is_no_intervention(told: Build) -> None:
    assert "trobaxumine" not in interventions(told(0.99, concept={"trobaxumine": "DISEASE"}))


def test_a_few_letters_are_no_new_drug(told: Build) -> None:
    text = TEXT.replace("trobaxumine", "trbx")
    assert "trbx" not in interventions(told(0.99, concept={"trbx": "DRUG"}), text)
    longer = TEXT.replace("trobaxumine", "trobx")
    assert interventions(told(0.99, concept={"trobx": "DRUG"}), longer) == ["trobx"]


def test_a_name_of_the_terminology_stays_what_it_is(told: Build) -> None:
    text = TEXT.replace("trobaxumine", "lenalidomide plus care")
    made = told(0.99, concept={"lenalidomide plus": "DRUG"})
    (claim,) = made.read(read_bytes(text.encode(), "a.txt")).claims
    assert claim.intervention is not None
    assert claim.intervention.text.startswith("lenalidomide")
    assert claim.intervention.concept == "http://id.nlm.nih.gov/mesh/D000077269"


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A user's pipeline that knows one drug and one disease, named by the variable."""
    folder = str(save(tmp_path / "small", CHEMICAL=["trobaxumine"], DISEASE=["Relapse"]))
    monkeypatch.setenv("PICOGRAPH_MODEL", folder)
    return folder


def test_the_users_model_finds_the_concepts_and_ours_all_else(model: str) -> None:
    assert Settings().model == model
    found = load_pipeline(model).annotate(TEXT)["entities"]
    concepts = {(e["text"], e["label"], e["score"]) for e in found if e["layer"] == "concept"}
    assert {("trobaxumine", "DRUG", None), ("Relapse", "DISEASE", None)} <= concepts
    assert ("MEASURE", "12%") in {(e["label"], e["text"]) for e in found if e["layer"] == "result"}


def test_its_drugs_reach_the_claims_which_name_it(model: str) -> None:
    read = read_article(io.BytesIO(TEXT.encode()), "a.txt")
    assert [c.intervention.text for c in read.claims if c.intervention is not None] == ["trobaxumine"]
    assert read.version.startswith(f"{version()}, en_small-1.2.3+")


def test_without_it_the_version_is_ours_alone(pipeline: Pipeline) -> None:
    assert version() == pipeline.VERSION
    assert load_pipeline() is load_pipeline()


def test_the_command_uses_it(model: str) -> None:
    text = "Then came zebranumol."
    save(Path(model), CHEMICAL=["zebranumol"])
    done = CliRunner().invoke(app, ["annotate", "--layer", "concept"], input=json.dumps({"id": "a", "text": text}))
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)["entities"]
    assert [(e["text"], e["label"], e["score"]) for e in found] == [("zebranumol", "DRUG", None)]


def test_a_model_that_is_not_there_is_told_when_an_article_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PICOGRAPH_MODEL", "no_such_model")
    with pytest.raises(ReadingError, match="PICOGRAPH_MODEL names the model 'no_such_model': there is no such"):
        read_article(io.BytesIO(TEXT.encode()), "a.txt")
