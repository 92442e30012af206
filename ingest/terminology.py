"""Concepts with names and hierarchy; no language model needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from importlib import resources
from itertools import groupby

import numpy as np

from ingest.curies import expand, shorten
from ingest.term_below import Below
from ingest.term_keys import key_of as key_of
from ingest.term_keys import loose_hash, loose_of
from ingest.term_table import FAVOURS, KINDS, SPOT, Row, Source, Table, pack


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
    or None: which direction is good for the patient where the concept is an outcome. ``same`` are compact ids of the
    same concept in other vocabularies. ``spot`` is True where its names may be looked for in any running text."""

    iri: str
    name: str
    kind: ConceptKind
    synonyms: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    favours: str | None = None
    same: tuple[str, ...] = ()
    spot: bool = True


@dataclass(frozen=True, slots=True)
class Naming:
    """That a concept (by IRI) has a name: the name as its vocabulary writes it, from where, and whether preferred."""

    iri: str
    name: str
    source: Source
    preferred: bool


class Terminology:
    """Concepts by IRI and by name, and their hierarchy: one or more tables, of which a later one adds to an earlier.

    Raises ValueError for a parent that no table has, and for an IRI that comes twice in ``concepts``.
    """

    def __init__(self, concepts: Iterable[Concept] = (), tables: Sequence[Table] = ()) -> None:
        own = [_row(c) for c in concepts]
        self.tables = (*tables, *([Table(pack(own))] if own or not tables else ()))
        self._get = lru_cache(maxsize=20_000)(self._concept)
        self._broader = lru_cache(maxsize=20_000)(self._broader_of)
        self.namings = lru_cache(maxsize=50_000)(self._namings)
        self.loosely = lru_cache(maxsize=50_000)(self._loosely)
        self.breadth = lru_cache(maxsize=20_000)(self._breadth)
        self.ancestors = lru_cache(maxsize=20_000)(self._ancestors)
        self.descendants = lru_cache(maxsize=40)(self._descendants)
        for table in self.tables:
            for i in range(len(table.outside)):
                if not any(t.ids.find(table.outside[i]) is not None for t in self.tables):
                    child = expand(table.ids[int(table.children(len(table.ids) + i)[0])])
                    raise ValueError(f"{child} has the unknown parent {expand(table.outside[i])}")

    def __iter__(self) -> Iterator[Concept]:
        """Every concept, in the order of the compact ids; with the shipped terminology these are very many."""
        seen: set[str] = set()
        for table in self.tables:
            for i in range(len(table.ids)):
                if len(self.tables) == 1 or table.ids[i] not in seen:
                    seen.add(table.ids[i])
                    yield self._require(table.ids[i])

    @cached_property
    def _size(self) -> int:
        if len(self.tables) == 1:
            return len(self.tables[0].ids)
        return len({table.ids.raw(i) for table in self.tables for i in range(len(table.ids))})

    def __len__(self) -> int:
        return self._size

    @cached_property
    def digest(self) -> str:
        """Changes when any concept, name or link does."""
        whole = sha256()
        for table in self.tables:
            whole.update(table.digest.encode("ascii"))
        return whole.hexdigest()

    def get(self, iri: str) -> Concept | None:
        """The concept with this IRI, None if there is none."""
        return self._get(shorten(iri))

    def find(self, name: str) -> tuple[Concept, ...]:
        """Concepts that have ``name`` among their names, the most telling first: our own, then by vocabulary.

        A short form that a vocabulary gives counts only where nothing else has that name.
        """
        namings = self.namings(key_of(name))
        full = [n for n in namings if n.source < Source.SHORT] or namings
        best = sorted(full, key=lambda n: (n.source, not n.preferred, n.iri))
        return tuple(self._require(shorten(iri)) for iri in dict.fromkeys(n.iri for n in best))

    def _namings(self, key: str) -> tuple[Naming, ...]:
        """Every concept that has a name with this look-up key, in the order of the tables."""
        out = []
        for table in self.tables if key else ():
            number = table.keys.find(key)
            out += [] if number is None else self._of_key(table, number)
        return tuple(out)

    def _loosely(self, key: str) -> tuple[tuple[str, Naming], ...]:
        """The same for keys that differ only in word order, small words or the choice of head noun, with those keys."""
        wanted, hashed, out = loose_of(key), loose_hash(key), list[tuple[str, Naming]]()
        for table in self.tables if wanted else ():  # small words alone tell nothing
            for number in table.keys_of_loose(hashed):
                other = table.keys[int(number)]
                if loose_of(other) == wanted:
                    out += [(other, naming) for naming in self._of_key(table, int(number))]
        return tuple(out)

    def _of_key(self, table: Table, number: int) -> list[Naming]:
        out = []
        for i in table.names_of_key(number):
            at = int(table.concept_of_name[i])
            preferred = int(table.name_starts[at]) == int(i)
            out.append(Naming(expand(table.ids[at]), table.texts[int(i)], Source(int(table.sources[i])), preferred))
        return out

    def spotted(self) -> Iterator[tuple[str, str, Concept]]:
        """Names that may be looked for in any running text: the name, its key and the concept, in a fixed order."""
        for table in self.tables:
            names = np.flatnonzero(table.spotted).tolist()
            for number, those in groupby(names, key=lambda i: int(table.concept_of_name[i])):
                concept = self._require(table.ids[number])
                for i in those:
                    yield table.texts[i], table.keys[int(table.name_keys[i])], concept

    def children(self, iri: str) -> tuple[str, ...]:
        """The IRIs of the concepts directly below, in order."""
        return tuple(expand(c) for c in self._narrower(shorten(iri)))

    def below(self, iri: str, most: int) -> int:
        """How many concepts are narrower than this one; ``most`` + 1 where they are more."""
        return self._below.count(shorten(iri), most)

    @cached_property
    def _below(self) -> Below:
        return Below(self.tables)

    def _breadth(self, iri: str) -> int:
        """How many concepts are directly below; those that two tables put there count twice."""
        compact, total = shorten(iri), 0
        for table in self.tables:
            at = table.ids.find(compact)
            total += 0 if at is None else len(table.children(at))
        return total

    def _ancestors(self, iri: str) -> frozenset[str]:
        """The concept itself and everything broader, as IRIs."""
        return frozenset(map(expand, _closure(shorten(iri), self._broader)))

    def _descendants(self, iri: str) -> frozenset[str]:
        """The concept itself and everything narrower, as IRIs."""
        return frozenset(map(expand, _closure(shorten(iri), self._narrower)))

    def _broader_of(self, compact: str) -> tuple[str, ...]:
        out: list[str] = []
        for table in self.tables:
            at = table.ids.find(compact)
            if at is not None:
                some = table.parents[table.parent_starts[at] : table.parent_starts[at + 1]]
                out += [table.parent_id(int(p)) for p in some]
        return tuple(dict.fromkeys(out))

    def _narrower(self, compact: str) -> list[str]:
        out: set[str] = set()
        for table in self.tables:
            at = table.ids.find(compact)
            if at is None and len(table.outside):
                outside = table.outside.find(compact)
                at = None if outside is None else len(table.ids) + outside
            if at is not None:
                out.update(table.ids[int(c)] for c in table.children(at))
        return sorted(out)

    def _concept(self, compact: str) -> Concept | None:
        names, same, spot, first, favours = dict[str, None](), dict[str, None](), False, None, None
        for table in self.tables:
            at = table.ids.find(compact)
            if at is None:
                continue
            first = first or ConceptKind(KINDS[int(table.kinds[at])])
            favours = favours or FAVOURS[int(table.flags[at]) >> 1]
            spot = spot or bool(int(table.flags[at]) & SPOT)
            texts = (table.texts[i] for i in range(int(table.name_starts[at]), int(table.name_starts[at + 1])))
            names |= dict.fromkeys(texts)
            same |= dict.fromkeys(s for s in table.same[at].split("|") if s)
        if first is None:
            return None
        name, *synonyms = names
        parents = tuple(map(expand, self._broader(compact)))
        return Concept(expand(compact), name, first, tuple(synonyms), parents, favours, tuple(same), spot)

    def _require(self, compact: str) -> Concept:
        found = self._get(compact)
        if found is None:  # pragma: no cover - the tables were asked for their own ids
            raise KeyError(compact)
        return found


def _row(concept: Concept) -> Row:
    """The concept with names that differ in their keys; its own name even where nothing in that is a letter."""
    names = {key_of(concept.name): concept.name}
    for synonym in concept.synonyms:
        if key := key_of(synonym):
            names.setdefault(key, synonym)
    ordered = [(name, Source.OWN) for name in names.values()]
    spots = [concept.spot and bool(key) for key in names]
    return Row(
        concept.iri, concept.kind.value, ordered, concept.parents, concept.same, concept.favours, concept.spot, spots
    )


def _closure(start: str, step: Callable[[str], Iterable[str]]) -> set[str]:
    seen, todo = {start}, [start]
    while todo:
        for one in step(todo.pop()):
            if one not in seen:
                seen.add(one)
                todo.append(one)
    return seen


@cache
def shipped_table() -> Table:
    """The terminology that ships with picograph, without anyone's own vocabulary; read once."""
    with resources.as_file(resources.files("ingest") / "data" / "terms.npz") as path, np.load(path) as arrays:
        return Table(dict(arrays))


@cache
def load_terminology() -> Terminology:
    """The terminology that ships with picograph, with the vocabularies of the user's own laid over it; read once.

    Raises ``ingest.vocabularies.problems.VocabularyError`` where one of those cannot be used; see docs/vocabularies.md.
    """
    from ingest.vocabularies.setting import own_tables  # only now: it builds on this module

    return Terminology(tables=[shipped_table(), *own_tables()])
