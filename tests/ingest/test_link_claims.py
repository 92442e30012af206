"""Slots of claims get concepts that the names of the terminology did not settle."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.claim import Mention
from ingest.link_claims import with_concepts
from ingest.link_model import load_linker
from ingest.linking import Linker
from ingest.pipeline import Pipeline
from ingest.readers.text import read_text
from ingest.terminology import load_terminology
from tests import builders

MESH = "http://id.nlm.nih.gov/mesh/"


@pytest.fixture(scope="module")
def linker() -> Linker:
    return load_linker(load_terminology())


def filled(linker: Linker, role: str, words: str, **short: str) -> Mention:
    source = builders.article()
    claim = builders.spm_claim(source, **{role: Mention(words)})
    (found,) = with_concepts([claim], linker, short, source.text)
    slots = {r: getattr(claim, r) for r in ("intervention", "comparator", "outcome", "population")}
    assert replace(found, **slots) == claim, "nothing but slots changes"
    slot: Mention = getattr(found, role)
    return slot


@pytest.mark.parametrize(
    ("role", "words", "concepts"),
    [
        ("intervention", "imiquimod", ["D000077271"]),
        ("intervention", "sigmoidoscopy group", ["D012812"]),
        ("comparator", "placebo plus rituximab", ["D010919", "D000069283"]),
        ("outcome", "new hypertriglyceridaemia", ["D015228"]),
        ("population", "patients with relapsed follicular lymphoma", ["D008224", "relapsed-or-refractory"]),
    ],
)
def test_a_slot_gets_the_concept_of_its_words(linker: Linker, role: str, words: str, concepts: list[str]) -> None:
    slot = filled(linker, role, words)
    assert [c.rpartition("/")[2] for c in slot.concepts] == concepts
    assert slot.concept == slot.concepts[0]


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("intervention", "the drug"),
        ("intervention", "drug"),
        ("intervention", "those who did not"),
        ("intervention", "multiple myeloma"),
        ("outcome", "lenalidomide"),
        ("population", "those under observation since 2010"),
    ],
)
def test_a_slot_stays_without_a_concept_where_none_is_sure_or_fits(linker: Linker, role: str, words: str) -> None:
    assert filled(linker, role, words).concept is None


def test_an_abbreviation_means_what_the_article_says(linker: Linker) -> None:
    slot = filled(linker, "population", "patients with MM", MM="malignant melanoma")
    assert slot.concept == f"{MESH}D008545"


def test_a_slot_keeps_the_concept_it_has(linker: Linker) -> None:
    own = Mention("imiquimod", None, None, "urn:x:1", ("urn:x:1",))
    (found,) = with_concepts([builders.spm_claim(builders.article(), intervention=own)], linker, {}, "")
    assert found.intervention == own


def test_claims_that_are_read_have_concepts_beyond_the_names_that_are_spotted(pipeline: Pipeline) -> None:
    text = (
        "Patients were randomly assigned to imiquimod or placebo. The relapse rate was 12% with imiquimod and 30% with "
        "placebo."
    )
    article = read_text(text.encode(), "note.txt")
    found = {c.intervention.concept for c in pipeline.read(article).claims if c.intervention}
    assert found == {f"{MESH}D000077271"}
