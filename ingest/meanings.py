"""Diseases whose names mean much the same as a mention, by the word vectors of the language model.

A name is the mean of its words' vectors, rare words counting more; two names are as like as the cosine of theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ingest.curies import PREFIXES, expand
from ingest.features import key_of as word_key
from ingest.term_table import KINDS, Numbers, Source, Table
from ingest.terminology import Terminology

Vectors = npt.NDArray[np.float32]
_MAX_WORDS = 12
_COMMON = (PREFIXES["mesh"] + "D", PREFIXES["own"])
"""Descriptors and our own list; the supplementary records of MeSH are rare diseases, which go by their names."""
_SEVERAL = 6
"""So many names are looked at for each concept that is wanted."""


class Meanings:
    """Near concepts by meaning: the diseases among MeSH descriptors and in our own list. Laid out when first needed.

    ``words`` leads from a word's key (``ingest.features``) to its row in ``vectors``.
    """

    def __init__(self, terminology: Terminology, words: Mapping[str, int], vectors: Vectors) -> None:
        self._terminology = terminology
        self._words = words
        self._vectors = vectors

    def __call__(self, keys: Sequence[str], count: int) -> list[dict[str, tuple[str, float]]]:
        """For each key the ``count`` concepts (IRI) whose names mean most alike: the name's key and the cosine."""
        return [self._near(key, count) for key in keys]

    def _near(self, key: str, count: int) -> dict[str, tuple[str, float]]:
        names, concepts, block = self._names
        vector = self._mean(key.split(" ")[:_MAX_WORDS])
        if vector is None or not len(names):
            return {}
        likeness = block @ vector
        most = min(_SEVERAL * count, len(names))
        best = np.argpartition(-likeness, most - 1)[:most]
        best = best[np.lexsort((best, -likeness[best]))]
        out: dict[str, tuple[str, float]] = {}
        for row in best:
            if len(out) < count:
                out.setdefault(concepts[row], (names[row], float(likeness[row])))
        return out

    def _mean(self, words: Sequence[str]) -> Vectors | None:
        rows = [(row, self._rarity.get(word, self._rarest)) for word in words if (row := self._row(word)) is not None]
        if not rows:
            return None
        total: Vectors = np.sum([self._vectors[row] * weight for row, weight in rows], axis=0, dtype=np.float32)
        size = float(np.linalg.norm(total))
        return total / np.float32(size) if size else None

    def _row(self, word: str) -> int | None:
        """The row of a word; keys of names are in the singular, texts are not always."""
        for form in (word, f"{word}s", f"{word}es", f"{word[:-1]}ies"):
            row = self._words.get(word_key(form))
            if row is not None:
                return row
        return None

    @cached_property
    def _chosen(self) -> list[tuple[str, str]]:
        """Names (their keys) and their concepts, in the order of the tables."""
        return [pair for table in self._terminology.tables for pair in _names_of(table)]

    @cached_property
    def _rarity(self) -> dict[str, np.float32]:
        counts = Counter(word for key, _ in self._chosen for word in set(key.split(" ")))
        return {word: np.float32(np.log(len(self._chosen) / (1 + n))) for word, n in counts.items()}

    @cached_property
    def _rarest(self) -> np.float32:
        return np.float32(np.log(max(len(self._chosen), 2)))

    @cached_property
    def _names(self) -> tuple[list[str], list[str], Vectors]:
        """The keys of names, their concepts, and a vector of length 1 for each; names of unknown words are left out."""
        numbers: dict[str, int] = {}
        names = [[numbers.setdefault(word, len(numbers)) for word in key.split(" ")] for key, _ in self._chosen]
        words = np.zeros((len(numbers), self._vectors.shape[1]), dtype=np.float32)
        for word, number in numbers.items():
            row = self._row(word)
            if row is not None:
                words[number] = self._vectors[row] * self._rarity[word]
        ends = np.cumsum([0, *map(len, names)])
        which = np.array([number for name in names for number in name], dtype=np.int64)
        shape = (len(names), len(numbers))
        block = np.asarray(sparse.csr_matrix((np.ones(len(which), dtype=np.float32), which, ends), shape=shape) @ words)
        sizes = np.linalg.norm(block, axis=1)
        kept = np.flatnonzero(sizes > 0)
        keys, concepts = ([self._chosen[i][part] for i in kept] for part in (0, 1))
        return keys, concepts, block[kept] / sizes[kept, None].astype(np.float32)


def _names_of(table: Table) -> list[tuple[str, str]]:
    own: Numbers = np.flatnonzero(table.kinds == KINDS.index("disease"))
    seen: set[tuple[int, int]] = set()
    out = []
    for at in own:
        iri = expand(table.ids[int(at)])
        if not iri.startswith(_COMMON):
            continue
        for name in range(int(table.name_starts[at]), int(table.name_starts[at + 1])):
            key = int(table.name_keys[name])
            loose = (int(at), int(table.loose[key]))
            if int(table.sources[name]) < Source.SHORT and loose not in seen:
                seen.add(loose)
                out.append((table.keys[key], iri))
    return out
