"""What a search over the concepts of one table needs beside the table: what is worth showing first, and the words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from ingest.grams import Grams, Weights, indexed, known
from ingest.term_table import SPOT, Lines, Numbers, Source, Table

NEAR_WORDS = 30
"""So many words spelt like a word are compared with it letter by letter."""
LONGEST_WORD = 22
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_VOCABULARIES = (("own:", 2.0), ("mesh:D", 2.0), ("mesh:", 0.0), ("drugbank:", 0.6), ("", 0.6))
_SOURCES = {Source.OWN: 0.8, Source.MESH: 0.2, Source.SHORT: -0.6, Source.CORPUS: -0.4}
Flags = npt.NDArray[np.bool_]


class ConceptIndex:
    """Weights of names, made at once; words and likeness, made when they are first needed. Safe between threads."""

    def __init__(self, table: Table) -> None:
        self.table = table
        own = np.zeros(len(table.ids), dtype=bool)
        own[table.concept_of_name[table.sources == Source.OWN]] = True
        self.known: Flags = known(table) | own
        self.weights: Weights = _names(table, _concepts(table, self.known, own))
        self.key_weights: Weights = np.full(len(table.keys), -np.inf, dtype=np.float32)
        np.maximum.at(self.key_weights, table.name_keys, self.weights)

    @cached_property
    def rows(self) -> Numbers:
        """The keys whose words are searched: names of what is known."""
        found: Numbers = np.unique(self.table.name_keys[self.known[self.table.concept_of_name]])
        return found

    @cached_property
    def grams(self) -> tuple[Numbers, Grams]:
        """The keys that are searched for likeness, and the search."""
        keys = indexed(self.table)
        return keys, Grams(self.table.block, keys)

    @cached_property
    def words(self) -> Words:
        """The words of these keys."""
        return Words([self.table.keys.raw(int(i)) for i in self.rows])

    @cached_property
    def _initials(self) -> tuple[bytes, Numbers]:
        """The first letters of the words of each of these keys, a line each, and where the lines end."""
        block = np.frombuffer(b"\n" + b"".join(self.table.keys.raw(int(i)) + b"\n" for i in self.rows), dtype=np.uint8)
        first = np.concatenate([[True], (block[:-1] == 10) | (block[:-1] == 32)])
        letters = block[first | (block == 10)]
        return letters.tobytes(), np.flatnonzero(letters == 10)

    def with_initials(self, letters: str) -> Numbers:
        """Which of ``rows`` have words that begin with these letters, one each; three to eight letters."""
        if not (letters.isascii() and letters.isalpha() and 3 <= len(letters) <= 8):
            return np.zeros(0, dtype=np.int64)
        block, ends = self._initials
        line = b"\n" + letters.encode("ascii") + b"\n"
        places: list[int] = []
        while (at := block.find(line, places[-1] + 1 if places else 0)) >= 0:  # many times as quick as a pattern
            places.append(at)
        found: Numbers = np.searchsorted(ends, np.array(places, dtype=np.int64))
        return found

    def names(self, key: int) -> Iterator[tuple[float, int]]:
        """The names with this key, and by how much each is less weighty than the weightiest of them."""
        for name in self.table.names_of_key(key):
            yield float(self.key_weights[key] - self.weights[name]), int(name)


class Words:
    """The words of many texts: which there are, and which texts (by number) have them."""

    def __init__(self, texts: list[bytes]) -> None:
        found = b" ".join(texts).split(b" ") if texts else []
        self._distinct = sorted(set(found))
        number = {word: i for i, word in enumerate(self._distinct)}
        words = np.fromiter(map(number.__getitem__, found), dtype=np.int64, count=len(found))
        rows = np.repeat(np.arange(len(texts)), [text.count(b" ") + 1 for text in texts])
        self._rows = rows[np.argsort(words, kind="stable")]
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(words, minlength=len(self._distinct)))])
        self._block = np.frombuffer(b"".join(word + b"\n" for word in self._distinct), dtype=np.uint8)
        self._lines = Lines(self._block)

    def __getitem__(self, number: int) -> str:
        return self._lines[number]

    def rows_of(self, words: range) -> Numbers:
        """The texts that have one of these words; one may come twice."""
        some: Numbers = self._rows[self._starts[words.start] : self._starts[words.stop]]
        return some

    def beginning(self, letters: str) -> range:
        """The words that begin so."""
        return self._lines.beginning(letters)

    def only(self, word: str) -> range:
        """This word, where it is one."""
        at = self._lines.find(word)
        return range(0) if at is None else range(at, at + 1)

    @cached_property
    def _grams(self) -> Grams:
        return Grams(self._block, np.arange(len(self._distinct)))

    @cached_property
    def _begun(self) -> npt.NDArray[np.bytes_]:
        return np.array(self._distinct, dtype=f"S{LONGEST_WORD + 2}")

    def near(self, word: str, whole: bool) -> list[tuple[int, range]]:
        """Words spelt like ``word``, or that begin so where it is not ``whole``: how many letters differ, and which.

        Of four letters one may differ; of eight or more two, where with one there is none. The order of two letters
        counts as one.
        """
        if not 4 <= len(word) <= LONGEST_WORD or not word.isascii():
            return []
        near = sorted(_one_apart(word))
        places = np.searchsorted(self._begun, np.array(near, dtype=self._begun.dtype))
        there = self._begun[np.minimum(places, len(self._begun) - 1)].tolist() if len(self._begun) else []
        hits = (a.decode("ascii") for a, b in zip(near, there, strict=False) if (a == b if whole else b.startswith(a)))
        found = [(1, self.only(hit) if whole else self.beginning(hit)) for hit in hits]
        return found if found or len(word) < 8 else self._two_apart(word, whole)

    def _two_apart(self, word: str, whole: bool) -> list[tuple[int, range]]:
        rows, _ = self._grams.alike(self._grams.runs(word, whole), NEAR_WORDS)
        others = [(int(row), self._lines[int(row)][: None if whole else len(word) + 2]) for row in np.sort(rows)]
        return [(2, range(row, row + 1)) for row, other in others if distance(word, other, whole) == 2]


def _one_apart(word: str) -> set[bytes]:
    """Everything that differs from ``word`` by one letter or by the order of two."""
    parts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {a + b[1:] for a, b in parts} | {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    found |= {a + letter + b for a, b in parts for letter in _LETTERS}
    found |= {a + letter + b[1:] for a, b in parts for letter in _LETTERS if b}
    return {one.encode("ascii") for one in found - {word}}


def distance(typed: str, word: str, whole: bool = True) -> int:
    """How many letters have to be changed, added, left out or swapped with the next to make ``word`` of ``typed``.

    Where it is not ``whole``, any beginning of ``word`` will do.

    >>> distance("progresion", "progression"), distance("nuetrop", "neutropenia", whole=False)
    (1, 1)
    """
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, letter in enumerate(typed, start=1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(word, start=1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == word[j - 2] and typed[i - 2] == other:
                least = min(least, earlier[j - 2] + 1)
            row.append(least)
    return row[-1] if whole else min(row)


@lru_cache(maxsize=8)
def index_of(table: Table) -> ConceptIndex:
    """The index of a table; made once, in a fraction of a second."""
    return ConceptIndex(table)


def _concepts(table: Table, is_known: Flags, own: Flags) -> npt.NDArray[np.float64]:
    """How well known each concept is, as far as its vocabularies tell: many names, links and narrower concepts."""
    weights = np.full(len(table.ids), np.nan)
    for prefix, weight in _VOCABULARIES:
        some = table.ids.beginning(prefix)
        part = weights[some.start : some.stop]
        part[np.isnan(part)] = weight
    children = np.bincount(table.parents, minlength=len(table.ids))[: len(table.ids)]
    weights += 0.35 * np.log1p(np.diff(table.name_starts)) + 0.35 * np.log1p(children)
    weights += 0.2 * np.log1p(table.same.count("|")) + 1.5 * own + 0.5 * (table.flags & SPOT == SPOT) - 2.0 * ~is_known
    return weights


def _names(table: Table, concepts: npt.NDArray[np.float64]) -> Weights:
    """What speaks for showing each name: its concept, where it is from, that it is preferred, that it is short."""
    by_source = np.array([_SOURCES.get(source, 0.0) for source in Source])
    weights = concepts[table.concept_of_name] + by_source[table.sources]
    weights -= 0.01 * np.minimum(table.texts.lengths, 80) + 0.5 * np.minimum(table.texts.count(" "), 6)
    weights[table.name_starts[:-1]] += 1.4
    rounded: Weights = weights.astype(np.float32)
    return rounded
