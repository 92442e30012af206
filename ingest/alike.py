"""Names spelt like a mention: scispacy's candidate generator over an index of our own."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ingest.grams import RUNS, Grams, indexed
from ingest.term_table import Numbers
from ingest.terminology import Terminology


class Alike:
    """Concepts with names like a mention's key, with those names and their likeness (cosine, 0 to 1).

    The index is made when it is first needed: a second or so for the shipped terminology. Names of chemicals that only
    the supplementary records of MeSH have are left out of it; they are found as they are written.
    """

    def __init__(self, terminology: Terminology) -> None:
        self._terminology = terminology

    def __call__(self, keys: Sequence[str], count: int) -> list[dict[str, tuple[str, float]]]:
        """For each key the concepts (IRI) of the ``count`` names most like it: the most alike name and its likeness."""
        out = []
        for found in self._generator(list(keys), count):
            best = {c.concept_id: max(zip(c.similarities, c.aliases, strict=True)) for c in found}
            out.append({iri: (name, float(likeness)) for iri, (likeness, name) in best.items() if likeness > 0})
        return out

    @cached_property
    def _generator(self) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from scispacy.candidate_generation import CandidateGenerator

        names = _Names(self._terminology)
        return CandidateGenerator(names, _Vectors(names), names, _Concepts(self._terminology))


class _Names(Sequence[str]):
    """The indexed keys of every table, in order, and the search over them that nmslib's index offers."""

    def __init__(self, terminology: Terminology) -> None:
        self._parts = [(table, indexed(table)) for table in terminology.tables]
        self.grams = [Grams(table.block, chosen) for table, chosen in self._parts]

    def __len__(self) -> int:
        return sum(len(chosen) for _, chosen in self._parts)

    def __getitem__(self, row: Any) -> Any:
        for table, chosen in self._parts:
            if row < len(chosen):
                return table.keys[int(chosen[row])]
            row -= len(chosen)
        raise IndexError(row)

    def __iter__(self) -> Iterator[str]:
        return (self[row] for row in range(len(self)))

    def knnQueryBatch(self, vectors: Any, k: int) -> list[tuple[Numbers, npt.NDArray[np.float64]]]:  # noqa: N802
        """Rows and distances (one less the cosine) of the ``k`` nearest names of each vector."""
        out = []
        for i in range(vectors.shape[0]):
            runs = vectors.indices[vectors.indptr[i] : vectors.indptr[i + 1]].astype(np.int64)
            before, found = 0, []
            for grams in self.grams:
                rows, likeness = grams.alike(np.sort(runs), k)
                found += [(-float(w), before + int(r)) for r, w in zip(rows, likeness, strict=True)]
                before += len(grams)
            best = sorted(found)[:k] or [(0.0, 0)]  # scispacy cannot take an empty answer: this name is no match
            out.append((np.array([r for _, r in best]), np.array([1.0 + w for w, _ in best])))
        return out


class _Vectors:
    """Stands where scispacy has a vectoriser of scikit-learn: the runs of a key; their weights are the index's own."""

    def __init__(self, names: _Names) -> None:
        self._grams = names.grams[0]

    def transform(self, keys: Sequence[str]) -> Any:
        rows = [self._grams.runs(key) for key in keys]
        ends = np.cumsum([0, *(len(r) for r in rows)])
        columns = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
        return sparse.csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends), shape=(len(rows), RUNS))


class _Concepts:
    """Stands where scispacy has a knowledge base: the concepts of a name."""

    def __init__(self, terminology: Terminology) -> None:
        self.alias_to_cuis = _ByName(terminology)


class _ByName:
    def __init__(self, terminology: Terminology) -> None:
        self._terminology = terminology

    def __getitem__(self, key: str) -> list[str]:
        return sorted({naming.iri for naming in self._terminology.namings(key)})
