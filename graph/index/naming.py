"""Mentions, concepts and names under numbers: kept in the index's file, and read into columns when it is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from graph.index.prose import spelt
from graph.mapping_mentions import mention_node, search_key
from graph.store import QuadStore
from graph.vocab import EV, node
from graph.words import negates
from ingest.claim import Mention

UNLINKED, NEGATES = 1, 2
"""Marks of a mention: it names no concept; its words hold a negation, so that they must be looked at."""
WORDS = "words:"
"""What the facet of a mention without a concept begins with; the rest are its words as a key."""
_BETWEEN = " zzkeyzz "
"""Between the keys of one mention, so that no name is found across two of them."""
_WITHIN = node(EV.within)
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

    def mentions(self, given: Iterable[Mention]) -> dict[Mention, int]:
        """The numbers of these mentions; new ones get the next."""
        iris = {mention: mention_node(mention).value for mention in given}
        known = self._numbers("mention", "iri", sorted(set(iris.values())))
        self._add({iri: mention for mention, iri in iris.items() if iri not in known}, known)
        return {mention: known[iri] for mention, iri in iris.items()}

    def _add(self, mentions: Mapping[str, Mention], known: dict[str, int]) -> None:
        """Number new mentions, by their IRIs, and note the numbers in ``known``."""
        links = {
            iri: {*mention.concepts, *((mention.concept,) if mention.concept else ())}
            for iri, mention in mentions.items()
        }
        numbers = self.concepts({concept for each in links.values() for concept in each})
        keys = {iri: sorted({search_key(w) for w in (m.text, m.label) if w}) for iri, m in mentions.items()}
        facets = self.names(sorted({_facet(keys[iri], mention.concept) for iri, mention in mentions.items()}))
        for iri, mention in sorted(mentions.items()):
            marks = (0 if links[iri] else UNLINKED) | (NEGATES if any(map(negates, keys[iri])) else 0)
            own = np.array(sorted(numbers[c] for c in links[iri]), dtype="<i4").tobytes()
            facet = facets[_facet(keys[iri], mention.concept)]
            row = self._sql.execute(
                "INSERT INTO mention (iri, marks, facet, concepts, keys) VALUES (?, ?, ?, ?, ?)",
                (iri, marks, facet, own, "\n".join(keys[iri])),
            )
            known[iri] = number = int(row.lastrowid or 0)
            self._sql.execute("INSERT INTO words (rowid, key) VALUES (?, ?)", (number, spelt(_BETWEEN.join(keys[iri]))))
            self.new_mentions.append((number, marks, facet, own))

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
