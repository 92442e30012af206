"""Mentions, concepts and names under numbers: kept in the index's file, and read into columns when it is opened."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from graph.store import QuadStore
from graph.terms import Term
from graph.vocab import EV, node
from graph.words import negates

UNLINKED, NEGATES = 1, 2
"""Marks of a mention: it names no concept; its words hold a negation, so that they must be looked at."""
WORDS = "words:"
"""What the facet of a mention without a concept begins with; the rest are its words as a key."""
_BETWEEN = " zzkeyzz "
"""Between the keys of one mention, so that no name is found across two of them."""
_KEY, _CONCEPT, _BEST, _WITHIN = node(EV.key), node(EV.concept), node(EV.bestConcept), node(EV.within)
_STEP = 400


class Naming:
    """Numbers for names, mentions and concepts, in the index's file; the caller commits and keeps writers apart.

    ``mentions`` and ``concepts`` tell what was added since they were last taken, for the columns.
    """

    def __init__(self, connection: sqlite3.Connection, store: QuadStore | None = None) -> None:
        self._sql, self._store = connection, store
        self.new_mentions: list[tuple[int, int, int, bytes]] = []
        self.new_concepts: list[tuple[int, bytes]] = []

    def names(self, texts: Iterable[str]) -> dict[str, int]:
        """The numbers of these texts; new ones get the next."""
        wanted = list(dict.fromkeys(texts))
        self._sql.executemany("INSERT OR IGNORE INTO name (text) VALUES (?)", ((t,) for t in wanted))
        return self._numbers("name", "text", wanted)

    def mentions(self, terms: Iterable[Term]) -> dict[Term, int]:
        """The numbers of these mentions; of new ones the store is asked for words and concepts."""
        by_iri = {term.value: term for term in terms}
        wanted = sorted(by_iri)
        known = self._numbers("mention", "iri", wanted)
        fresh = [iri for iri in wanted if iri not in known]
        for start in range(0, len(fresh), _STEP):
            known |= self._add(fresh[start : start + _STEP])
        return {term: known[iri] for iri, term in by_iri.items()}

    def _add(self, iris: Sequence[str]) -> dict[str, int]:
        keys: dict[str, set[str]] = defaultdict(set)
        links: dict[str, set[str]] = defaultdict(set)
        best: dict[str, str] = {}
        assert self._store is not None, "new mentions come from a store"
        for mention, predicate, value in self._store.describe(map(node, iris)):
            if predicate == _KEY:
                keys[mention.value].add(value.value)
            elif predicate == _CONCEPT:
                links[mention.value].add(value.value)
            elif predicate == _BEST:
                best[mention.value] = value.value
        numbers = self.concepts({c for each in links.values() for c in each})
        facets = self.names(sorted({_facet(keys[iri], best.get(iri)) for iri in iris}))
        found: dict[str, int] = {}
        for iri in iris:
            held = sorted(keys[iri])
            marks = (0 if links[iri] else UNLINKED) | (NEGATES if any(map(negates, held)) else 0)
            own = np.array(sorted(numbers[c] for c in links[iri]), dtype="<i4").tobytes()
            facet = facets[_facet(keys[iri], best.get(iri))]
            row = self._sql.execute(
                "INSERT INTO mention (iri, marks, facet, concepts, keys) VALUES (?, ?, ?, ?, ?)",
                (iri, marks, facet, own, "\n".join(held)),
            )
            number = int(row.lastrowid or 0)
            self._sql.execute("INSERT INTO words (rowid, key) VALUES (?, ?)", (number, _BETWEEN.join(held)))
            found[iri] = number
            self.new_mentions.append((number, marks, facet, own))
        return found

    def concepts(self, iris: Iterable[str]) -> dict[str, int]:
        """The numbers of these concepts; of new ones the store is asked for what is broader."""
        wanted = sorted(set(iris))
        known = self._numbers("concept", "iri", wanted)
        todo = [iri for iri in wanted if iri not in known]
        above: dict[str, set[str]] = {iri: {iri} for iri in todo}
        assert self._store is not None or not todo, "new concepts come from a store"
        for concept, _, broader in self._store.describe(map(node, todo), _WITHIN) if self._store else ():
            above[concept.value].add(broader.value)
        names = self.names(sorted({broader for each in above.values() for broader in each}))
        for iri in todo:
            number, own = names[iri], np.array(sorted(names[b] for b in above[iri]), dtype="<i4").tobytes()
            self._sql.execute("INSERT INTO concept (number, iri, broader) VALUES (?, ?, ?)", (number, iri, own))
            known[iri] = number
            self.new_concepts.append((number, own))
        return known

    def _numbers(self, table: str, column: str, wanted: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for start in range(0, len(wanted), _STEP):
            part = wanted[start : start + _STEP]
            marks = ",".join("?" * len(part))
            rows = self._sql.execute(f"SELECT {column}, number FROM {table} WHERE {column} IN ({marks})", part)  # noqa: S608
            found.update(rows.fetchall())
        return found


def _facet(keys: Iterable[str], best: str | None) -> str:
    """What a mention counts under: its best concept, else its words."""
    return best if best is not None else WORDS + min(keys, default="").strip()
