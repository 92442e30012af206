"""Concepts with names and hierarchy, from package data; no language model needed."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources


class ConceptKind(StrEnum):
    """What sort of thing a concept is."""

    DRUG = "drug"
    DISEASE = "disease"
    OUTCOME = "outcome"
    PROCEDURE = "procedure"
    POPULATION = "population"


@dataclass(frozen=True, slots=True)
class Concept:
    """A terminology entry. ``parents`` are the IRIs of directly broader concepts; ``favours`` is ``lower``, ``higher``
    or None: which direction is good for the patient where the concept is an outcome."""

    iri: str
    name: str
    kind: ConceptKind
    synonyms: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    favours: str | None = None


_SPELLING = (
    (re.compile(r"aemi"), "emi"),
    (re.compile(r"haem"), "hem"),
    (re.compile(r"oede"), "ede"),
    (re.compile(r"tumour"), "tumor"),
    (re.compile(r"leukaem"), "leukem"),
    (re.compile(r"diarrhoea"), "diarrhea"),
    (re.compile(r"anaem"), "anem"),
    (re.compile(r"oesoph"), "esoph"),
    (re.compile(r"isation\b"), "ization"),
    (re.compile(r"metre\b"), "meter"),
)
_KEEP_S = frozenset({"os", "pfs", "efs", "dfs", "mds", "orr", "diabetes", "sepsis", "metastasis", "diagnosis", "aids"})


def _singular(word: str) -> str:
    if word in _KEEP_S or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


@lru_cache(maxsize=50_000)
def key_of(name: str) -> str:
    """The look-up key of a name: case, hyphens, plural endings and British spelling do not matter.

    >>> key_of("Second primary malignancies") == key_of("second-primary malignancy")
    True
    >>> key_of("haematological tumours")
    'hematological tumor'
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    folded = re.sub(r"[®™]|['’]s\b", "", folded)
    for pattern, spelling in _SPELLING:
        folded = pattern.sub(spelling, folded)
    return " ".join(_singular(word) for word in re.findall(r"[^\W_]+", folded))


def _closure(start: str, step: Callable[[str], Iterable[str]]) -> frozenset[str]:
    seen, todo = {start}, [start]
    while todo:
        for iri in step(todo.pop()):
            if iri not in seen:
                seen.add(iri)
                todo.append(iri)
    return frozenset(seen)


class Terminology:
    """Concepts by IRI and by name, and their hierarchy."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._by_iri = {c.iri: c for c in sorted(concepts, key=lambda c: c.iri)}
        self._by_key: dict[str, list[Concept]] = {}
        self._children: dict[str, list[str]] = {}
        for concept in self._by_iri.values():
            for name in dict.fromkeys(key_of(n) for n in (concept.name, *concept.synonyms)):
                self._by_key.setdefault(name, []).append(concept)
            for parent in concept.parents:
                if parent not in self._by_iri:
                    raise ValueError(f"{concept.iri} has the unknown parent {parent}")
                self._children.setdefault(parent, []).append(concept.iri)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._by_iri.values())

    def __len__(self) -> int:
        return len(self._by_iri)

    def get(self, iri: str) -> Concept | None:
        """The concept with this IRI, None if there is none."""
        return self._by_iri.get(iri)

    def find(self, name: str) -> tuple[Concept, ...]:
        """Concepts that have ``name`` among their names, in the order of their IRIs; empty when none has."""
        return tuple(self._by_key.get(key_of(name), ()))

    def ancestors(self, iri: str) -> frozenset[str]:
        """The concept itself and everything broader."""
        return _closure(iri, self._broader)

    def descendants(self, iri: str) -> frozenset[str]:
        """The concept itself and everything narrower."""
        return _closure(iri, self._narrower)

    def _broader(self, iri: str) -> Iterable[str]:
        concept = self._by_iri.get(iri)
        return concept.parents if concept else ()

    def _narrower(self, iri: str) -> Iterable[str]:
        return self._children.get(iri, ())

    def suggest(self, name: str, limit: int = 5) -> list[Concept]:
        """Concepts with a name like ``name``: beginning with it, holding it, or spelt alike; best first."""
        key = key_of(name)
        if not key:
            return []
        keys = sorted(self._by_key)
        near = [k for k in keys if k.startswith(key)]
        near += [k for k in keys if f" {key}" in f" {k}"]
        near += get_close_matches(key, keys, n=limit, cutoff=0.75)
        found = dict.fromkeys(c.iri for k in near for c in self._by_key[k])
        return [self._by_iri[iri] for iri in list(found)[:limit]]

    def names(self) -> Iterator[tuple[str, Concept]]:
        """Every name with its concept, in a fixed order."""
        for concept in self:
            for name in (concept.name, *concept.synonyms):
                yield name, concept


def _cells(cell: str | None) -> tuple[str, ...]:
    return tuple(part for part in (cell or "").split("|") if part)


def parse_terminology(lines: Iterable[str]) -> Terminology:
    """A terminology from tab-separated lines: iri, name, kind, synonyms (``|``), parents (``|``), favours."""
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return Terminology(
        Concept(
            r["iri"],
            r["name"],
            ConceptKind(r["kind"]),
            _cells(r["synonyms"]),
            _cells(r["parents"]),
            r["favours"] or None,
        )
        for r in rows
    )


@cache
def load_terminology() -> Terminology:
    """The terminology that ships with picograph; read once."""
    source = resources.files("ingest") / "data" / "terminology.tsv"
    return parse_terminology(source.read_text(encoding="utf-8").splitlines())
