"""Concepts by name and by hierarchy, on a terminology small enough to see whole and on the one that ships."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.terminology import Concept, ConceptKind, Terminology, key_of, load_terminology, parse_terminology
from tests.builders import LENALIDOMIDE
from tests.graph.small import HAEMATOLOGICAL, IMID, OS, SPM, SURVIVAL, TERMINOLOGY, THALIDOMIDE, TWIN_ONE, TWIN_TWO

HEAD = "iri\tname\tkind\tsynonyms\tparents\tfavours"


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


@pytest.mark.parametrize("name", ["second", "", "malignancy second primary", "SPMX"])
def test_another_name_finds_nothing(name: str) -> None:
    assert TERMINOLOGY.find(name) == ()


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


def test_a_circle_of_parents_has_an_end() -> None:
    one, two = (
        Concept("urn:a:1", "one", ConceptKind.DRUG, (), ("urn:a:2",)),
        Concept("urn:a:2", "two", ConceptKind.DRUG, (), ("urn:a:1",)),
    )
    assert Terminology([one, two]).ancestors("urn:a:1") == {"urn:a:1", "urn:a:2"}


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("lena", LENALIDOMIDE),
        ("lenalidomid", LENALIDOMIDE),
        ("lenaldomide", LENALIDOMIDE),
        ("overall", OS),
        ("survival", SURVIVAL),
    ],
)
def test_suggestions_begin_alike_hold_it_or_are_spelt_alike(name: str, first: str) -> None:
    assert TERMINOLOGY.suggest(name)[0].iri == first


def test_suggestions_are_few_distinct_and_none_for_nothing() -> None:
    found = TERMINOLOGY.suggest("s", limit=3)
    assert len({c.iri for c in found}) == len(found) == 3
    assert TERMINOLOGY.suggest("") == TERMINOLOGY.suggest("--") == TERMINOLOGY.suggest("qqqqqq") == []


def test_lines_are_read_with_comments_lists_and_quotation_marks() -> None:
    lines = [
        "# of our own",
        HEAD,
        'urn:a:1\tdrug "A\tdrug\tA one|A two\t\t',
        "urn:a:2\tdeath\toutcome\t\turn:a:1\tlower",
    ]
    terminology = parse_terminology(lines)
    assert terminology.get("urn:a:1") == Concept("urn:a:1", 'drug "A', ConceptKind.DRUG, ("A one", "A two"))
    assert terminology.get("urn:a:2") == Concept("urn:a:2", "death", ConceptKind.OUTCOME, (), ("urn:a:1",), "lower")
    assert (len(terminology), terminology.get("urn:a:3")) == (2, None)


def test_an_unknown_parent_is_refused() -> None:
    with pytest.raises(ValueError, match="urn:a:1 has the unknown parent urn:a:9"):
        parse_terminology([HEAD, "urn:a:1\ta\tdrug\t\turn:a:9\t"])


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="potion"):
        parse_terminology([HEAD, "urn:a:1\ta\tpotion\t\t\t"])


def test_the_terminology_that_ships_has_iris_kinds_and_a_way_that_is_good() -> None:
    terminology = load_terminology()
    assert all(":" in c.iri and c.name and c.favours in (None, "lower", "higher") for c in terminology)
    assert {c.kind for c in terminology} == set(ConceptKind)
    assert LENALIDOMIDE in {c.iri for c in terminology.find("Revlimid")}
