"""What a term names: concepts by name, by a loose spelling, by IRI; of the kind that the slot is about; else words."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest

from graph.naming import MOST, narrower
from graph.resolving import resolve
from ingest.curies import expand
from ingest.term_table import Row, Source, Table, pack
from ingest.terminology import Concept, ConceptKind, Terminology, load_terminology
from tests.builders import LENALIDOMIDE
from tests.graph.small import SPM, TERMINOLOGY, TWIN_ONE, TWIN_TWO

SCLEROSIS, MITRAL, MORPHINE = expand("own:sclerosis"), expand("own:mitral"), expand("own:morphine")
MYELOMA, ODD = expand("own:myeloma"), expand("own:odd")


def full(*names: str) -> list[tuple[str, Source]]:
    return [(name, Source.MESH) for name in names]


def short(*names: str) -> list[tuple[str, Source]]:
    return [(name, Source.SHORT) for name in names]


SHORT_FORMS = Terminology(
    tables=[
        Table(
            pack(
                [
                    Row(SCLEROSIS, "disease", full("multiple sclerosis") + short("MS")),
                    Row(MITRAL, "disease", full("mitral stenosis") + short("MS")),
                    Row(MORPHINE, "drug", full("morphine sulphate") + short("MS")),
                    Row(
                        MYELOMA, "disease", full("multiple myeloma", "MyM", "plasma cell myeloma") + short("MM", "PCMA")
                    ),
                    Row(ODD, "outcome", full("odd outcome") + short("MM odd")),
                ]
            )
        )
    ]
)


@pytest.mark.parametrize("term", ["second primary malignancy", "SPM", "second cancers", SPM, "own:spm"])
def test_a_name_an_iri_and_a_compact_id_name_the_concept(term: str) -> None:
    found = resolve(term, "outcome", TERMINOLOGY)
    assert (list(found.targets), found.loose) == ([SPM], False)
    assert "second primary malignancy (spm, with 1 narrower concept)" in found.said


@pytest.mark.parametrize(
    ("term", "name"),
    [
        ("primary second malignancies", "second primary malignancy"),
        ("second primary cancer", "second primary malignancy"),
        ("Second primary tumours", "second primary malignancy"),
        ("malignant second primary", "second primary malignancy"),
        ("cancer, secondary", "second cancer"),
        ("haematologic second primary tumours", "haematological second primary malignancy"),
    ],
)
def test_word_order_and_the_word_for_a_tumour_do_not_matter_and_that_is_said(term: str, name: str) -> None:
    found = resolve(term, "outcome", TERMINOLOGY)
    assert found.loose
    assert list(found.targets.values()) == [name]
    assert f'as a loose spelling of "{name}"' in found.said


def test_a_name_as_it_stands_comes_before_any_loose_spelling() -> None:
    both = Terminology(
        [Concept("urn:a", "lung cancer", ConceptKind.DISEASE), Concept("urn:b", "cancer, lung", ConceptKind.DISEASE)]
    )
    assert list(resolve("lung cancers", "outcome", both).targets) == ["urn:a"]
    assert list(resolve("pulmonary tumour", "outcome", both).targets) == ["urn:a", "urn:b"]


def test_a_short_form_of_several_things_means_all_that_fit_the_slot() -> None:
    found = resolve("MS", "outcome", SHORT_FORMS)
    assert set(found.targets) == {SCLEROSIS, MITRAL}
    assert "mitral stenosis (mitral) and as multiple sclerosis (sclerosis)" in found.said
    assert "Left out, being no outcome: morphine sulphate (drug)" in found.said
    drug = resolve("MS", "comparator", SHORT_FORMS)
    assert set(drug.targets) == {MORPHINE}
    assert "Left out, being no comparator: mitral stenosis (disease), multiple sclerosis (disease)" in drug.said


def test_a_short_form_is_not_taken_loosely() -> None:
    assert resolve("odd MM", "outcome", SHORT_FORMS).targets == {}


@pytest.mark.parametrize(
    ("role", "targets"),
    [
        ("intervention", [TWIN_ONE]),
        ("comparator", [TWIN_ONE]),
        ("outcome", [TWIN_TWO]),
        ("population", [TWIN_TWO]),
    ],
)
def test_the_slot_decides_between_a_drug_and_a_disease(role: str, targets: list[str]) -> None:
    assert list(resolve("MS", role, TERMINOLOGY).targets) == targets


def test_a_word_in_small_letters_does_not_ask_for_a_short_form_in_capitals() -> None:
    men = Concept("urn:men", "Men", ConceptKind.POPULATION)
    terminology = Terminology([men, Concept("urn:neoplasia", "endocrine neoplasia", ConceptKind.DISEASE, ("MEN",))])
    found = resolve("men", "population", terminology)
    assert list(found.targets) == ["urn:men"]
    assert "Left out, being written otherwise: endocrine neoplasia (MEN)." in found.said
    assert set(resolve("MEN", "population", terminology).targets) == {"urn:men", "urn:neoplasia"}
    assert list(resolve("spm", "outcome", TERMINOLOGY).targets) == [SPM]


@pytest.mark.parametrize(
    ("term", "role", "kind"),
    [("calcifediol", "intervention", ConceptKind.DRUG), ("calcifediol", "outcome", ConceptKind.OUTCOME)],
)
def test_the_example_of_the_page_on_the_query_language_holds(term: str, role: str, kind: ConceptKind) -> None:
    terminology = load_terminology()
    kinds = {c.kind for iri in resolve(term, role, terminology).targets if (c := terminology.get(iri)) is not None}
    assert kinds == {kind}
    loose = resolve("malignancies, secondary", "outcome", terminology)
    assert (loose.loose, set(loose.targets.values())) == (True, {"second cancer"})


@pytest.mark.parametrize("term", ["lenalidomide", LENALIDOMIDE])
def test_what_is_the_only_meaning_counts_in_any_slot(term: str) -> None:
    found = resolve(term, "population", TERMINOLOGY)
    assert list(found.targets) == [LENALIDOMIDE]
    assert "Left out" not in found.said


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("multiple myeloma", {"multiple myeloma": "multiple myeloma", "plasma cell myeloma": "plasma cell myeloma"}),
        ("MM", {"mm": "MM", "multiple myeloma": "multiple myeloma", "plasma cell myeloma": "plasma cell myeloma"}),
        (MYELOMA, {"multiple myeloma": "multiple myeloma", "plasma cell myeloma": "plasma cell myeloma"}),
        ("Odd Words", {"odd word": "Odd Words"}),
    ],
)
def test_short_names_and_short_forms_are_looked_for_only_when_they_were_typed(term: str, words: dict[str, str]) -> None:
    assert resolve(term, "population", SHORT_FORMS).words == words


def test_an_unknown_name_is_words_with_names_like_it() -> None:
    found = resolve("second primary malignancies today", "outcome", TERMINOLOGY)
    assert found.targets == {}
    assert found.words == {"second primary malignancy today": "second primary malignancies today"}
    assert "second primary malignancy" in found.suggestions
    assert "second primary malignancy (" in found.said


def test_an_unknown_iri_names_itself() -> None:
    found = resolve("http://example.org/x", "outcome", TERMINOLOGY)
    assert (found.targets, found.words) == ({"http://example.org/x": "http://example.org/x"}, {})


def chain(length: int) -> Iterable[Concept]:
    for i in range(length):
        yield Concept(f"urn:x:{i}", f"number {i}", ConceptKind.DISEASE, (), (f"urn:x:{i // 2}",) if i else ())


def test_narrower_concepts_are_counted_up_to_a_limit() -> None:
    few, many = Terminology(chain(50)), Terminology(chain(MOST + 300))
    assert [narrower(few, f"urn:x:{i}") for i in (0, 3, 49)] == [49, 16, 0]
    assert narrower(many, "urn:x:0") == MOST + 1
    assert "with more than 5,000 narrower concepts" in resolve("urn:x:0", "outcome", many).said


@pytest.mark.parametrize("name", ["Neoplasms", "Organic Chemicals", "Infections"])
def test_the_broadest_concepts_are_explained_at_once(name: str) -> None:
    terminology = load_terminology()
    resolve("lenalidomide", "intervention", terminology)
    times = []
    for _ in range(2):
        start = time.perf_counter()
        assert "narrower concepts" in resolve(name, "outcome", terminology).said
        times.append(time.perf_counter() - start)
    assert times[0] < 1.0, "about 0.05 s, on a machine with nothing else to do"
    assert times[1] < 0.1


@pytest.mark.parametrize("term", ["SPM", "second primary malignancies", "second cancers", "secondary neoplasms"])
def test_the_shipped_names_of_second_malignancies_are_one_concept(term: str) -> None:
    terminology = load_terminology()
    wanted = terminology.find("second primary malignancy")[0].iri
    assert wanted in resolve(term, "outcome", terminology).targets
