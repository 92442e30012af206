"""A linker of scispacy's, made small and whole: its index, its knowledge base, and what is said of a folder unfit."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import joblib
import numpy as np
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from ingest.curies import expand
from ingest.link_model import load_linker
from ingest.linking import Mention
from ingest.scispacy_linker import ScispacyLinker, load_scispacy_linker
from ingest.term_table import Source
from ingest.terminology import Terminology, load_terminology, shipped_table
from ingest.vocabularies import linker_concepts, linker_folder, setting
from ingest.vocabularies.linker_concepts import linker_table, pack_linker
from ingest.vocabularies.linker_folder import open_folder
from ingest.vocabularies.loading import check, pack_vocabularies
from ingest.vocabularies.problems import VocabularyError

CONCEPTS: list[dict[str, Any]] = [
    {"concept_id": "C0000001", "canonical_name": "Walker's weariness", "aliases": ["fatigue of walkers", "WW"],
     "types": ["T047"], "definition": None},
    {"concept_id": "C0000002", "canonical_name": "Lenalidomide", "aliases": ["lenalidomide hard capsules"],
     "types": ["T109", "T121"]},
    {"concept_id": "C0000003", "canonical_name": "walking exercise therapy", "aliases": [], "types": ["T061"]},
    {"concept_id": "C0000004", "canonical_name": "walking stick insect", "aliases": [], "types": ["T204"]},
    {"concept_id": "C0000005", "canonical_name": "walking distance finding", "aliases": ["weary walking"],
     "types": ["T033"]},
    {"concept_id": "C0000006", "canonical_name": "weary walkers", "aliases": ["fatigue of walkers"],
     "types": ["T101"], "definition": "People."},
]  # fmt: skip
WEARY, LENALIDOMIDE = expand("umls:C0000001"), expand("mesh:D000077269")


def make_folder(folder: Path, concepts: list[dict[str, Any]] = CONCEPTS) -> Path:
    """What scispacy's ``create_tfidf_ann_index`` writes, which cannot be called with the scipy of today."""
    import nmslib

    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(c) + "\n" for c in concepts)
    (folder / "umls_small.jsonl").write_text(lines, encoding="utf-8")
    names = sorted({n for c in concepts for n in (c["canonical_name"], *c["aliases"])})
    vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), min_df=1, dtype=np.float32)
    vectors = vectoriser.fit_transform(names)
    kept = np.asarray(vectors.sum(axis=1)).ravel() != 0
    names, vectors = [n for n, keep in zip(names, kept, strict=True) if keep], vectors[kept]
    (folder / "concept_aliases.json").write_text(json.dumps(names), encoding="utf-8")
    joblib.dump(vectoriser, folder / "tfidf_vectorizer.joblib")
    halves = (vectors.data.astype(np.float16), vectors.indices, vectors.indptr)
    _save_halves(folder / "tfidf_vectors_sparse.npz", halves, vectors.shape)
    index = nmslib.init(method="hnsw", space="cosinesimil_sparse", data_type=nmslib.DataType.SPARSE_VECTOR)
    index.addDataPointBatch(vectors)
    index.createIndex({"M": 20, "efConstruction": 100, "post": 0}, print_progress=False)
    index.saveIndex(str(folder / "nmslib_index.bin"))
    return folder


def _save_halves(path: Path, parts: tuple[Any, Any, Any], shape: tuple[int, int]) -> None:
    """A sparse matrix of two-byte numbers, as scispacy's own folders have it; scipy no longer writes one."""
    data, indices, indptr = parts
    arrays = {"indices": indices, "indptr": indptr, "format": b"csr", "shape": shape, "data": data}
    np.savez_compressed(path, **arrays)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("linker"))


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "linker"))


@pytest.fixture
def _fresh() -> Iterator[None]:
    caches = (load_terminology, load_scispacy_linker, setting.table_of_linker)
    for one in caches:
        one.cache_clear()
    yield
    for one in caches:
        one.cache_clear()


@pytest.fixture
def linker(folder: Path) -> ScispacyLinker:
    opened = open_folder(folder)
    return ScispacyLinker(opened, linker_table(opened))


def faults(folder: Path) -> list[str]:
    def use() -> None:
        opened = open_folder(folder)
        ScispacyLinker(opened, linker_table(opened))(["weariness"], 3)

    with pytest.raises(VocabularyError) as raised:
        use()
    return [str(p) for p in raised.value.problems]


def test_names_spelt_like_a_mention_are_found_with_their_concepts(linker: ScispacyLinker) -> None:
    weary, lena, nothing = linker(["walkers weariness", "lenalidomide capsule", "qqqq"], 4)
    assert max(weary, key=lambda iri: weary[iri][1]) == WEARY
    assert weary[WEARY][0] == "Walker's weariness"
    assert 0.7 < weary[WEARY][1] <= 1
    assert next(iter(lena)) == LENALIDOMIDE
    assert nothing == {}


def test_a_name_of_two_concepts_finds_both(linker: ScispacyLinker) -> None:
    (found,) = linker(["fatigue of walkers"], 1)
    assert set(found) == {WEARY, expand("umls:C0000006")}
    assert min(like for _, like in found.values()) > 0.999


def test_concepts_have_kinds_by_their_types_and_the_others_are_left_out(linker: ScispacyLinker) -> None:
    terminology = Terminology(tables=[shipped_table(), linker.table])
    kinds = {i: c.kind.value for i in range(1, 7) if (c := terminology.get(expand(f"umls:C000000{i}")))}
    assert kinds == {1: "disease", 3: "procedure", 5: "outcome", 6: "population"}
    (found,) = linker(["walking stick insect"], 1)
    assert found == {}


def test_a_concept_with_the_name_of_a_shipped_one_is_that_one(linker: ScispacyLinker) -> None:
    terminology = Terminology(tables=[shipped_table(), linker.table])
    lenalidomide = terminology.get(LENALIDOMIDE)
    assert lenalidomide is not None
    assert "umls:C0000002" in lenalidomide.same
    assert [c.iri for c in terminology.find("lenalidomide hard capsules")] == [LENALIDOMIDE]


def test_names_that_ship_count_more_and_none_is_looked_for_in_running_text(linker: ScispacyLinker) -> None:
    terminology = Terminology(tables=[linker.table])
    assert list(terminology.spotted()) == []
    assert {n.source for n in terminology.namings("ww")} == {Source.SHORT}
    assert {n.source for n in terminology.namings("walker weariness")} == {Source.OWN}
    assert {n.source for n in terminology.namings("lenalidomide")} == {Source.ONTOLOGY}


@pytest.mark.usefixtures("_fresh")
def test_the_variable_switches_it_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_scispacy_linker() is None
    load_scispacy_linker.cache_clear()
    monkeypatch.setenv(setting.LINKER, str(folder))
    found, terminology = load_scispacy_linker(), load_terminology()
    assert found is not None
    assert terminology.get(WEARY) is not None
    assert found.table in terminology.tables
    assert found.without(terminology).get(WEARY) is None
    assert found.without(terminology).get(LENALIDOMIDE) is not None
    both = found.beside(lambda keys, count: [{WEARY: ("spelt alike", 0.1), "urn:x:1": ("one", 0.5)} for _ in keys])
    (hits,) = both(["walkers weariness"], 4)
    assert hits["urn:x:1"] == ("one", 0.5)
    assert hits[WEARY][0] == "Walker's weariness"


@pytest.mark.usefixtures("_fresh")
def test_mentions_are_linked_to_its_concepts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(setting.LINKER, str(folder))
    linker = load_linker(load_terminology())
    mentions = [Mention("walker's weariness", "disease"), Mention("lenalidomide hard capsules", "drug")]
    weary, lena = linker.link(mentions, {})
    assert (weary.concepts, lena.concepts) == ((WEARY,), (LENALIDOMIDE,))
    (misspelt,) = linker.link([Mention("walkers wearines", "disease")], {})
    assert WEARY in {w.candidate.iri for w in misspelt.weighed}


def test_a_vectoriser_of_an_older_scikit_learn_is_mended(folder: Path, linker: ScispacyLinker) -> None:
    expected = linker(["walkers weariness"], 3)
    path = folder / "tfidf_vectorizer.joblib"
    vectoriser = joblib.load(path)
    inner = vectoriser._tfidf
    inner._idf_diag = sparse.diags(inner.__dict__.pop("idf_"), format="csr")
    joblib.dump(vectoriser, path)
    opened = open_folder(folder)
    assert ScispacyLinker(opened, linker_table(opened))(["walkers weariness"], 3) == expected


def test_the_packed_form_is_used_while_it_fits(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    made = linker_table(open_folder(folder))
    assert pack_linker(open_folder(folder)).digest == made.digest
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linker_concepts, "_rows", lambda _: pytest.fail("it was read anew"))
        assert linker_table(open_folder(folder)).digest == made.digest
    assert not caplog.messages
    concepts = folder / "umls_small.jsonl"
    concepts.write_bytes(concepts.read_bytes().replace(b"C0000003", b"C0000033"))
    assert linker_table(open_folder(folder)).digest != made.digest
    assert "pack the linker again" in caplog.text


def test_a_folder_is_checked_and_packed_like_a_file(folder: Path, tmp_path: Path) -> None:
    (report,) = check([folder]).files
    assert (report.file, report.new, report.merged) == (str(folder / "umls_small.jsonl"), 4, 1)
    assert pack_vocabularies([folder], folder / "picograph.npz").files == (report,)
    assert (folder / "picograph.npz").is_file()
    with pytest.raises(VocabularyError, match="a linker is packed into"):
        pack_vocabularies([folder], tmp_path / "own.npz")
    (folder / "concept_aliases.json").unlink()
    assert "the folder lacks this file" in check([folder]).problems[0].reason


@pytest.mark.parametrize(
    ("own", "vocabulary", "compact"),
    [
        ("C0004057", None, "umls:C0004057"),
        ("D009101", None, "mesh:D009101"),
        ("C467566", None, "mesh:C467566"),
        ("C000598555", "mesh", "mesh:C000598555"),
        ("HP:0001250", None, "hp:0001250"),
        ("1191", None, "rxnorm:1191"),
        ("1191", "rxnorm", "rxnorm:1191"),
        ("C0004057", "rxnorm", "umls:C0004057"),
        ("C0004057", "mesh", None),
        ("1191", "umls", None),
        ("GO:0008150", None, None),
    ],
)
def test_ids_tell_their_vocabulary(own: str, vocabulary: str | None, compact: str | None) -> None:
    assert linker_concepts._ident(own, vocabulary) == compact


def test_a_mesh_concept_without_types_has_the_kind_that_ships(tmp_path: Path) -> None:
    concepts = [
        {"concept_id": "D000077269", "canonical_name": "Lenalidomide", "aliases": ["Lenalix"]},
        {"concept_id": "D999999", "canonical_name": "nobody's", "aliases": [], "types": []},
    ]
    folder = make_folder(tmp_path / "mesh", concepts)
    table = linker_table(open_folder(folder))
    assert [table.ids[i] for i in range(len(table.ids))] == ["mesh:D000077269"]
    (folder / "linker.json").write_text('{"vocabulary": "mesh", "kind": "disease", "concepts": "umls_small.jsonl"}')
    assert len(linker_table(open_folder(folder)).ids) == 2


def test_all_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    assert "there is no such folder" in faults(tmp_path / "none")[0]
    told = faults(tmp_path)
    assert [line.partition(": ")[0] for line in told] == [
        *(str(tmp_path / name) for name in linker_folder.INDEX_FILES),
        str(tmp_path),
    ]
    assert "lacks the knowledge base" in told[-1]


def test_a_second_knowledge_base_must_be_named(folder: Path) -> None:
    shutil.copy(folder / "umls_small.jsonl", folder / "other.jsonl")
    assert "several .jsonl files" in faults(folder)[0]
    (folder / "linker.json").write_text('{"concepts": "umls_small.jsonl"}')
    assert open_folder(folder).concepts == folder / "umls_small.jsonl"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "this is no JSON"),
        ("[]", "write an object with concepts, vocabulary, kind"),
        ('{"vocabulary": "snomed"}', "vocabulary must be one of umls, mesh, rxnorm, hpo"),
        ('{"kind": "potion"}', "kind must be one of drug"),
        ('{"concepts": "../x.jsonl"}', "which is no file of the folder"),
        ('{"vocabluary": "umls"}', "known are concepts, vocabulary, kind"),
        ('{"concepts": 3}', "concepts must be a file name"),
    ],
)
def test_settings_that_are_not_understood_are_told(folder: Path, content: str, told: str) -> None:
    (folder / "linker.json").write_text(content)
    assert told in faults(folder)[0]


@pytest.mark.parametrize("name", ["", "tfidf_vectorizer.joblib", "umls_small.jsonl", "linker.json"])
def test_what_anyone_may_write_to_is_not_loaded(folder: Path, name: str) -> None:
    (folder / "linker.json").write_text("{}")
    path = folder / name
    path.chmod(path.stat().st_mode | 0o002)
    assert faults(folder) == [
        f"{path}: anyone may write to it, and it holds code that would run; chmod o-w it".replace("/:", ":")
    ]


def test_what_belongs_to_another_user_is_not_loaded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = folder / "tfidf_vectorizer.joblib"
    looked = Path.stat

    def stat(self: Path, **more: Any) -> Any:
        state = looked(self, **more)
        return SimpleNamespace(st_uid=4_711, st_mode=state.st_mode) if self == other else state

    monkeypatch.setattr(Path, "stat", stat)
    assert faults(folder) == [f"{other}: it belongs to another user, and it holds code that would run; copy it"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "this is no concept of scispacy (JSONDecodeError"),
        ("[]", "this is no concept of scispacy (TypeError"),
        ('{"concept_id": "C0000009"}', "(KeyError: 'canonical_name')"),
        ('{"concept_id": 9, "canonical_name": "x", "aliases": []}', "are texts"),
        ('{"concept_id": "X9", "canonical_name": "x", "aliases": []}', "'X9' is no id of UMLS, MeSH, HPO or RxNorm"),
        (json.dumps(CONCEPTS[0]), "comes twice: it stands on line 1 already"),
    ],
)
def test_lines_of_the_knowledge_base_that_are_none_are_told(folder: Path, line: str, told: str) -> None:
    with (folder / "umls_small.jsonl").open("a") as lines:
        lines.write(f"\n{line}\n")
    (fault,) = faults(folder)
    assert fault.startswith(f"{folder / 'umls_small.jsonl'}:8: ")
    assert told in fault


def test_a_knowledge_base_without_kinds_is_refused(tmp_path: Path) -> None:
    concepts = [{"concept_id": "C0000004", "canonical_name": "walking stick insect", "aliases": [], "types": ["T204"]}]
    assert "no concept in it has a kind" in faults(make_folder(tmp_path / "insects", concepts))[0]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("nmslib_index.bin", b"", "it cannot be loaded"),
        ("concept_aliases.json", b"[]", "it is no list of names"),
        ("concept_aliases.json", b"{", "it is no JSON"),
        ("concept_aliases.json", b'["one"]', "vectors, concept_aliases.json 1 names"),
        ("tfidf_vectorizer.joblib", b"hello", "it cannot be loaded"),
        ("tfidf_vectors_sparse.npz", b"hello", "it cannot be loaded"),
    ],
)
def test_an_index_that_is_none_is_refused(folder: Path, name: str, content: bytes, told: str) -> None:
    (folder / name).write_bytes(content)
    (fault,) = faults(folder)
    assert told in fault
    assert "take all files of the folder from one linker" in fault


def test_a_vectoriser_of_another_linker_is_refused(folder: Path, tmp_path: Path) -> None:
    other = make_folder(tmp_path / "other", [{**CONCEPTS[0], "aliases": ["something else altogether"]}])
    shutil.copy(other / "tfidf_vectorizer.joblib", folder)
    assert "columns" in faults(folder)[0]
    vectoriser = joblib.load(folder / "tfidf_vectorizer.joblib")
    assert vectoriser is not None


def test_a_vectoriser_that_weighs_otherwise_is_refused(folder: Path) -> None:
    path = folder / "tfidf_vectorizer.joblib"
    vectoriser = joblib.load(path)
    vectoriser._tfidf.idf_ = np.ones_like(vectoriser._tfidf.idf_) * np.arange(1, len(vectoriser.idf_) + 1)
    joblib.dump(vectoriser, path)
    assert "does not give the vectors" in faults(folder)[0]


def test_nothing_is_fetched(linker: ScispacyLinker, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        pytest.fail("something went to the network")

    monkeypatch.setattr("socket.socket.connect", fail)
    monkeypatch.setattr("socket.getaddrinfo", fail)
    assert linker(["walkers weariness"], 2)[0]
