"""Suggestions while a concept is typed: what a medical writer expects first, whatever is typed, and nothing twice."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.concept_search import suggest
from ingest.term_table import Row, Source, Table, pack
from ingest.terminology import Concept, ConceptKind, Terminology, load_terminology
from tests.builders import LENALIDOMIDE
from tests.graph.small import CONCEPTS, HAEMATOLOGICAL, IMID, OS, SPM, TERMINOLOGY, TWIN_ONE, TWIN_TWO

MESH = "http://id.nlm.nih.gov/mesh/"


@cache
def shipped() -> Terminology:
    return load_terminology()


def names(terminology: Terminology, typed: str, limit: int = 5) -> list[str]:
    return [s.concept.name for s in suggest(terminology, typed, limit)]


@pytest.mark.parametrize(
    ("typed", "iri", "name", "why"),
    [
        ("Lenalidomide", LENALIDOMIDE, "lenalidomide", "same name"),
        ("spm", SPM, "SPM", "short form of second primary malignancy"),
        ("IMiDs", IMID, "IMiD", "short form of immunomodulatory drugs"),
        ("cancer, second", SPM, "second cancer", "same words in another order"),
        ("second tumours", SPM, "second cancer", "nearly the same words"),
        ("revl", LENALIDOMIDE, "Revlimid", "begins with this"),
        ("haemato", HAEMATOLOGICAL, "haematological second primary malignancy", "begins with this"),
        ("haema", HAEMATOLOGICAL, "haematological second primary malignancy", "begins with this"),
        ("malig", SPM, "second primary malignancy", "has the word"),
        ("surv over", OS, "overall survival", "has these words"),
        ("lenaldomide", LENALIDOMIDE, "lenalidomide", "spelt alike (0.91)"),
        ("elnali", LENALIDOMIDE, "lenalidomide", "spelt alike (0.83)"),
        ("secnod primery", SPM, "second primary malignancy", "spelt alike (0.85)"),
        ("lenali domide", LENALIDOMIDE, "lenalidomide", "spelt alike (0.70)"),
        (LENALIDOMIDE, LENALIDOMIDE, "lenalidomide", "this concept"),
        ("mesh:D000077269", LENALIDOMIDE, "lenalidomide", "this concept"),
    ],
)
def test_the_first_suggestion_says_which_name_was_found_and_why(typed: str, iri: str, name: str, why: str) -> None:
    first = suggest(TERMINOLOGY, typed)[0]
    assert (first.concept.iri, first.name) == (iri, name)
    assert first.why.partition(" (")[0] == why.partition(" (")[0]


def test_initials_find_a_name_that_no_vocabulary_shortens() -> None:
    (found,) = suggest(
        Terminology([Concept("urn:a:1", "newly diagnosed multiple myeloma", ConceptKind.DISEASE)]), "NDMM"
    )
    assert found.why == "has these initials"


def test_a_short_form_of_two_concepts_suggests_both() -> None:
    assert {s.concept.iri for s in suggest(TERMINOLOGY, "MS")} == {TWIN_ONE, TWIN_TWO}


def test_exact_names_come_before_short_forms_beginnings_and_words() -> None:
    rows = [
        Row("mesh:D1", "disease", [("alpha", Source.MESH), ("ABC", Source.SHORT)]),
        Row("mesh:D2", "disease", [("abc", Source.ONTOLOGY)]),
        Row("mesh:D3", "disease", [("abcess", Source.MESH)]),
        Row("mesh:D4", "disease", [("great abc", Source.MESH)]),
        Row("mesh:C5", "drug", [("abc-5", Source.SUPPLEMENT)]),
    ]
    found = suggest(Terminology(tables=[Table(pack(rows))]), "abc")
    assert [s.concept.iri.removeprefix(MESH) for s in found] == ["D2", "D1", "D3", "D4", "C5"]


def test_a_name_that_explains_a_short_form_counts_as_one() -> None:
    rows = [
        Row("mesh:D1", "disease", [("MSX", Source.MESH)]),
        Row("mesh:D2", "disease", [("Multiple Sclerosis", Source.MESH), ("MS (Multiple Sclerosis)", Source.MESH)]),
        Row("mesh:D3", "disease", [("MS (1-2)", Source.MESH)]),
    ]
    found = suggest(Terminology(tables=[Table(pack(rows))]), "ms")
    assert (found[0].concept.iri[-1], found[0].why) == ("2", "short form of Multiple Sclerosis")
    assert {s.why for s in found[1:]} == {"begins with this"}


def test_a_plural_that_is_typed_may_become_another_word() -> None:
    terminology = Terminology(
        [Concept("urn:a:1", "diabetes", ConceptKind.DISEASE), Concept("urn:a:2", "diastolic", ConceptKind.OUTCOME)]
    )
    assert names(terminology, "dia") == ["diabetes", "diastolic"]
    assert names(terminology, "dias")[0] == "diastolic"


def test_a_finished_word_is_not_continued() -> None:
    terminology = Terminology(
        [Concept("urn:a:1", "lungs", ConceptKind.DISEASE), Concept("urn:a:2", "lung pain", ConceptKind.DISEASE)]
    )
    assert names(terminology, "lung p") == ["lung pain"]
    assert names(terminology, "lung ")[0] == "lungs"


def test_a_better_known_concept_is_offered_beside_a_rare_one_that_begins_so() -> None:
    concepts = [Concept(f"urn:a:{i}", f"kind {i} of cancer", ConceptKind.DISEASE, (), ("urn:a:top",)) for i in range(9)]
    rare = Row("mesh:C1", "drug", [("canertinib", Source.SUPPLEMENT)])
    top = Concept("urn:a:top", "cancer", ConceptKind.DISEASE, ("neoplasm", "tumor", "malignancy"))
    terminology = Terminology([*concepts, top], tables=[Table(pack([rare]))])
    assert names(terminology, "caner")[:2] == ["canertinib", "cancer"]
    assert names(terminology, "canert") == ["canertinib"]


def test_every_table_is_searched() -> None:
    terminology = Terminology([Concept("urn:o:1", "lenalifake", ConceptKind.DRUG)], tables=TERMINOLOGY.tables)
    assert set(names(terminology, "lenali")) == {"lenalidomide", "lenalifake"}
    assert names(terminology, "lenalifkae") == ["lenalifake"]


TYPED = st.text(st.sampled_from("abelmnopsu-> ÄµéÅ\x00\n\t(),.'\"’0123456789"), max_size=30) | st.text(max_size=30)


@given(TYPED, st.integers(-1, 8))
@example("\ud800", 5)
@example("a" * 300, 5)
@example("of the", 5)
@example("a b c d e f g h i", 5)
def test_whatever_is_typed_the_answer_is_short_and_has_nothing_twice(typed: str, limit: int) -> None:
    found = suggest(TERMINOLOGY, typed, limit)
    iris = [s.concept.iri for s in found]
    assert len(iris) == len(set(iris)) <= max(limit, 0)
    assert all(s.name in (s.concept.name, *s.concept.synonyms) and s.why for s in found)
    assert suggest(TERMINOLOGY, typed, limit) == found
    assert suggest(TERMINOLOGY, typed, limit + 1)[: max(limit, 0)] == found or limit < 0


@given(st.data())
def test_any_name_typed_to_its_end_is_found_first_and_on_the_way_to_it(data: st.DataObject) -> None:
    words = st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta"])
    written = data.draw(
        st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=8, unique=True)
    )
    terminology = Terminology(Concept(f"urn:a:{i}", n, ConceptKind.DRUG) for i, n in enumerate(written))
    name = data.draw(st.sampled_from(written))
    cut = data.draw(st.integers(3, len(name)))
    assert names(terminology, name, 1) == [name]
    assert name in names(terminology, name[:cut], len(written))


@given(st.sampled_from([n for c in CONCEPTS for n in (c.name, *c.synonyms) if len(n) > 7 and n.isalpha()]), st.data())
def test_a_name_with_one_wrong_letter_is_still_found(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    typed = name[:at] + data.draw(st.sampled_from(["", "q", name[at] * 2])) + name[at + 1 :]
    assert set(names(TERMINOLOGY, typed, 12)) & {c.name for c in TERMINOLOGY.find(name)}


@pytest.mark.parametrize("typed", ["", " ", "\x00\x01", "--", "😀", "a" * 301, "a " * 2_000_000, "\ud800", "\n" * 100])
def test_hostile_input_gives_nothing_and_soon(typed: str) -> None:
    began = time.perf_counter()
    assert suggest(shipped(), typed) == []
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("limit", [0, -1])
def test_no_suggestion_is_made_where_none_is_asked_for(limit: int) -> None:
    assert suggest(TERMINOLOGY, "lena", limit) == []


def test_an_empty_terminology_suggests_nothing() -> None:
    assert suggest(Terminology(), "lena") == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lenal", "lenalidomide"), ("second prim", "second primary malignancy"), ("neutrop", "neutropenia"),
        ("breast canc", "breast cancer"), ("progresion free", "progression-free survival"),
        ("imids", "immunomodulatory drugs"), ("T2DM", "type 2 diabetes"), ("SPM", "second primary malignancy"),
        ("MS", "Multiple Sclerosis"), ("heart att", "Myocardial Infarction"), ("cc-5013", "lenalidomide"),
        ("asprin", "Aspirin"), ("leukae", "Leukemia"), ("nuetrop", "neutropenia"), ("melphelan", "melphalan"),
        ("survival overall", "overall survival"), ("quality of li", "quality of life"), ("dara", "daratumumab"),
        ("paracet", "Acetaminophen"), ("high blood pres", "Hypertension"), ("dvt", "Venous Thrombosis"),
    ],
)  # fmt: skip
def test_what_a_medical_writer_types_is_understood_at_once(typed: str, expected: str) -> None:
    assert expected in names(shipped(), typed)[:2]


def test_what_is_well_known_comes_before_chemicals_of_supplementary_records() -> None:
    for typed in ("leuk", "meth", "pneumo", "car", "surv"):
        ids = [s.concept.iri.removeprefix(MESH) for s in suggest(shipped(), typed, 3)]
        assert not any(one.startswith("C") for one in ids)


def test_threads_get_the_same_suggestions() -> None:
    typed = ["lenal", "nuetrop", "progresion free", "lenali domide", "MS", "second primry"] * 5
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda t: suggest(shipped(), t), typed))
    assert found == found[:6] * 5
