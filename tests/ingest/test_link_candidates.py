"""Which concepts a mention may mean: names, usage, what is broader, parts, spelling and meaning."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.alike import Alike
from ingest.curies import expand
from ingest.link_candidates import Candidate, How, candidates, preferred
from ingest.link_features import NAMES, OF_THE_NAME, Around, features, named_outright
from ingest.meanings import Meanings
from ingest.term_table import Row, Source, Table, pack
from ingest.terminology import Terminology

SPM, MEN, ILL = expand("mesh:D016609"), expand("mondo:0007540"), expand("mesh:D009369")
KIDNEY, RENAL = expand("mesh:D007674"), expand("mesh:D051437")
TERMINOLOGY = Terminology(
    tables=[
        Table(
            pack(
                [
                    Row(ILL, "disease", [("Neoplasms", Source.MESH), ("cancer", Source.MESH)]),
                    Row(SPM, "disease", [("Neoplasms, Second Primary", Source.MESH), ("SPM", Source.OWN)], [ILL]),
                    Row(MEN, "disease", [("odd endocrine growths", Source.ONTOLOGY), ("MEN", Source.SHORT)], [ILL]),
                    Row(KIDNEY, "disease", [("Kidney Diseases", Source.MESH)]),
                    Row(RENAL, "disease", [("Renal Insufficiency", Source.MESH)], [KIDNEY]),
                ]
            )
        )
    ]
)


def found(text: str, long: str | None = None, **more: object) -> dict[str, Candidate]:
    usage = {"renal impairment": {RENAL: 3, "urn:gone": 9}}
    return {c.iri: c for c in candidates(text, long, TERMINOLOGY, usage, **more)}  # type: ignore[arg-type]


def test_the_surest_way_comes_first_and_no_concept_twice() -> None:
    one = candidates("second primary cancer", None, TERMINOLOGY, {}, Alike(TERMINOLOGY))
    assert (one[0].iri, one[0].how) == (SPM, How.LOOSE)
    assert len({c.iri for c in one}) == len(one)


@pytest.mark.parametrize(
    ("text", "iri", "how"),
    [
        ("SPMs", SPM, How.EXACT),
        ("primary second malignancies", SPM, How.LOOSE),
        ("renal impairment", RENAL, How.USAGE),
        ("odd endocrine growths", MEN, How.EXACT),
        ("odd endocrine growths", ILL, How.BROADER),
        ("renal insuficiency", RENAL, How.ALIKE),
    ],
)
def test_ways_to_a_concept(text: str, iri: str, how: How) -> None:
    assert found(text, near=Alike(TERMINOLOGY))[iri].how is how


def test_a_part_of_the_words_is_looked_up() -> None:
    assert found("utterly florid and grave renal insufficiency")[RENAL].how is How.PART


def test_usage_of_what_is_no_concept_any_more_is_left() -> None:
    assert "urn:gone" not in found("renal impairment")


def test_words_in_small_letters_are_no_short_forms() -> None:
    assert MEN not in found("men")
    assert found("MEN")[MEN].source is Source.SHORT


def test_the_long_form_is_looked_up_first() -> None:
    assert found("SPM", "renal insufficiency").keys() == {RENAL}
    assert found("SPM", "renal insufficiency")[RENAL].long
    assert not found("SPM", "a form that nobody knows")[SPM].long


def test_mesh_and_our_own_list_are_preferred() -> None:
    assert [preferred(i) for i in (SPM, expand("own:pfs2"), MEN, "urn:x")] == [True, True, False, False]


def test_a_name_of_like_meaning_is_found_by_word_vectors() -> None:
    words = {"renal": 0, "kidney": 1, "insufficiency": 2, "impairment": 3, "disease": 4, "neoplasm": 5}
    vectors = np.eye(6, dtype=np.float32)
    vectors[1], vectors[3] = vectors[0], vectors[2]
    meaning = Meanings(TERMINOLOGY, words, vectors)
    (hits,) = meaning(["kidney impairment"], 2)
    assert next(iter(hits)) == RENAL
    assert hits[RENAL][1] > 0.95, "the words mean the same; only their weights differ"
    assert meaning(["nothing known"], 2) == [{}]
    assert meaning(["x"], 2) == [{}]
    candidate = found("kidney impairment", meaning=meaning)[RENAL]
    assert (candidate.how, candidate.meaning) == (How.MEANING, hits[RENAL][1])


def test_names_spelt_alike_are_the_best_of_each_concept() -> None:
    alike = Alike(TERMINOLOGY)
    (hits,) = alike(["renal insuficiency"], 3)
    assert hits[RENAL][0] == "renal insufficiency"
    assert 0.8 < hits[RENAL][1] < 1
    assert alike([], 3) == []
    assert alike(["", "\x00"], 3) == [{}, {}]


def test_features_have_a_column_for_each_name_and_say_what_the_article_names() -> None:
    some = candidates("second primary cancer", None, TERMINOLOGY, {}, Alike(TERMINOLOGY))
    alone = features("second primary cancer", "disease", some, Around(), TERMINOLOGY, {})
    amid = features("second primary cancer", "disease", some, Around({ILL: 2, SPM: 1}, 0.5, True), TERMINOLOGY, {})
    assert alone.shape == amid.shape == (len(some), len(NAMES))
    assert np.isfinite(alone).all()
    np.testing.assert_array_equal(alone[:, : len(OF_THE_NAME)], amid[:, : len(OF_THE_NAME)])
    assert amid[0, len(OF_THE_NAME) :].tolist() == [1.0, 1.0, 0.0, 0.5, 1.0]
    assert features("x", None, (), Around(), TERMINOLOGY, {}).shape == (0, len(NAMES))


def test_only_a_name_without_rivals_of_its_kind_is_outright() -> None:
    assert named_outright(list(found("SPM").values()), "disease", TERMINOLOGY) == SPM
    assert named_outright(list(found("renal impairment").values()), "disease", TERMINOLOGY) is None
