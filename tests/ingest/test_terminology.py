"""Concepts by name and by hierarchy, on terminologies small enough to see whole and on the one that ships."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.terminology import Concept, ConceptKind, Terminology, key_of, load_terminology
from tests.builders import LENALIDOMIDE
from tests.graph.small import HAEMATOLOGICAL, IMID, SPM, TERMINOLOGY, THALIDOMIDE, TWIN_ONE, TWIN_TWO

DRUG, DISEASE = ConceptKind.DRUG, ConceptKind.DISEASE


@pytest.mark.parametrize(
    "name",
    [
        "second primary malignancy", "Second Primary Malignancies", "second-primary malignancy", "SPM", "spm",
        "second cancers",
        "second\u00a0cancer",
    ],
)  # fmt: skip
def test_a_concept_is_found_by_any_of_its_names_however_it_is_written(name: str) -> None:
    assert [c.iri for c in TERMINOLOGY.find(name)] == [SPM]


@pytest.mark.parametrize("name", ["second", "", "--", "malignancy second primary", "SPMX", "\ud800", "a\nb"])
def test_another_name_finds_nothing(name: str) -> None:
    assert TERMINOLOGY.find(name) == ()
    assert TERMINOLOGY.get(name) is None


def test_a_name_of_two_concepts_finds_both() -> None:
    assert {c.iri for c in TERMINOLOGY.find("MS")} == {TWIN_ONE, TWIN_TWO}


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("haematological tumours", "hematological tumor"), ("leukaemia", "leukemia"), ("anaemias", "anemia"),
        ("oedema", "edema"), ("diarrhoea", "diarrhea"), ("oesophageal cancer", "esophageal cancers"),
            ("hospitalisation", "hospitalization"),
    ],
)  # fmt: skip
def test_british_and_american_spelling_are_one(british: str, american: str) -> None:
    assert key_of(british) == key_of(american)


@pytest.mark.parametrize("word", ["OS", "PFS", "diabetes", "sepsis", "virus", "diagnosis", "loss"])
def test_an_s_that_is_no_plural_stays(word: str) -> None:
    assert key_of(word) == word.casefold()


@given(st.text(max_size=30))
def test_a_key_is_its_own_key(name: str) -> None:
    assert key_of(name) == key_of(f" {name}  ")
    assert key_of(name.upper()) == key_of(name.upper().casefold())


def test_what_is_broader_and_narrower_holds_the_concept_itself() -> None:
    assert TERMINOLOGY.ancestors(LENALIDOMIDE) == {LENALIDOMIDE, IMID}
    assert TERMINOLOGY.descendants(IMID) == {IMID, LENALIDOMIDE, THALIDOMIDE}
    assert TERMINOLOGY.descendants(SPM) == {SPM, HAEMATOLOGICAL}
    assert TERMINOLOGY.ancestors("urn:unknown:1") == {"urn:unknown:1"}
    assert TERMINOLOGY.children(IMID) == (LENALIDOMIDE, THALIDOMIDE)


def test_a_circle_of_parents_has_an_end() -> None:
    one, two = Concept("urn:a:1", "one", DRUG, (), ("urn:a:2",)), Concept("urn:a:2", "two", DRUG, (), ("urn:a:1",))
    assert Terminology([one, two]).ancestors("urn:a:1") == {"urn:a:1", "urn:a:2"}


def test_a_concept_comes_back_as_it_was_given() -> None:
    given_one = Concept(
        "http://id.nlm.nih.gov/mesh/D1", "drug A", DRUG, ("A one", "µ"), ("urn:a:2",), "lower", ("chebi:1",), spot=False
    )
    terminology = Terminology([given_one, Concept("urn:a:2", "two", DRUG)])
    assert terminology.get(given_one.iri) == terminology.get("mesh:D1") == given_one
    assert list(terminology) == [given_one, terminology.get("urn:a:2")]
    assert (len(terminology), terminology.get("urn:a:3")) == (2, None)


def test_names_that_differ_only_as_written_are_one_name_of_a_concept() -> None:
    terminology = Terminology([Concept("urn:a:1", "Tumour A", DRUG, ("tumors-a", "Tumour A", "B", "b"))])
    assert terminology.get("urn:a:1") == Concept("urn:a:1", "Tumour A", DRUG, ("B",))


def test_a_name_without_letters_is_shown_and_never_found() -> None:
    terminology = Terminology([Concept("urn:a:1", "--", DRUG, ("++", "a"))])
    assert terminology.get("urn:a:1") == Concept("urn:a:1", "--", DRUG, ("a",))
    assert terminology.find("--") == terminology.find("++") == ()
    assert [name for name, _, _ in terminology.spotted()] == ["a"]


def test_a_terminology_may_be_empty() -> None:
    terminology = Terminology()
    assert (len(terminology), list(terminology), terminology.find("a"), terminology.loosely("a")) == (0, [], (), ())


def test_an_unknown_parent_is_refused() -> None:
    with pytest.raises(ValueError, match="urn:a:1 has the unknown parent urn:a:9"):
        Terminology([Concept("urn:a:1", "a", DRUG, (), ("urn:a:9",))])


def test_a_concept_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="urn:a:1 comes twice"):
        Terminology([Concept("urn:a:1", "a", DRUG), Concept("urn:a:1", "b", DRUG)])


@pytest.mark.parametrize(
    "text",
    ["malignancies, second primary", "second primary cancer", "tumour, primary, second", "secondary primary tumors"],
)
def test_a_name_is_found_in_another_order_and_with_another_head_noun(text: str) -> None:
    assert [n.iri for _, n in TERMINOLOGY.loosely(key_of(text))] == [SPM]


@pytest.mark.parametrize("text", ["", "of the", "and", "primary malignancy"])
def test_small_words_alone_are_not_nearly_a_name(text: str) -> None:
    terminology = Terminology([Concept("urn:a:1", "AND", DRUG), Concept("urn:a:2", "the", DRUG), *TERMINOLOGY])
    assert terminology.loosely(key_of(text)) == ()


def test_the_terminology_that_ships_knows_the_usual_names() -> None:
    terminology = load_terminology()
    assert len(terminology) > 200_000
    assert LENALIDOMIDE in {c.iri for c in terminology.find("Revlimid")}
    for name in ("SPM", "PFS", "T2DM", "neutropenia", "placebo", "breast cancer"):
        concept = terminology.find(name)[0]
        assert ":" in concept.iri
        assert concept.iri in terminology.ancestors(concept.iri)
        assert concept.favours in (None, "lower", "higher")
        namings = terminology.namings(key_of(concept.name))
        assert [n.name for n in namings if n.iri == concept.iri and n.preferred] == [concept.name]
