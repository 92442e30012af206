"""A linker of scispacy's that the user has, beside names spelt alike of our own: ``PICOGRAPH_LINKER`` names its folder.

Nothing is ever fetched: scispacy's own defaults would be, so every part is handed to it.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ingest.curies import expand
from ingest.link_candidates import Near
from ingest.term_keys import key_of
from ingest.term_table import Table
from ingest.terminology import Terminology
from ingest.vocabularies.linker_folder import INDEX_FILES, LinkerFolder, open_folder
from ingest.vocabularies.problems import Problem, VocabularyError
from ingest.vocabularies.setting import linker_folder, table_of_linker

TRIED = 20
AGREE = 0.98
"""The vectoriser must give the first names vectors this like (cosine) those that the folder has of them."""
_INDEX, _VECTORISER, _VECTORS, _ALIASES = INDEX_FILES


class ScispacyLinker:
    """Concepts with names like a mention's, by the index in a folder; the index is loaded when it is first needed."""

    def __init__(self, folder: LinkerFolder, table: Table) -> None:
        self._folder = folder
        self.table = table

    def __call__(self, keys: Sequence[str], count: int) -> list[dict[str, tuple[str, float]]]:
        """For each key the concepts (IRI) of the ``count`` names most like it: the most alike name and its likeness.

        Raises VocabularyError at the first call where the folder's index cannot be used.
        """
        out = []
        for found in self._generator(list(keys), count):
            best = {c.concept_id: max(zip(c.similarities, c.aliases, strict=True)) for c in found}
            out.append({i: (name, min(float(like), 1.0)) for i, (like, name) in best.items() if like > 0})
        return out

    def beside(self, near: Near) -> Near:
        """``near`` and this together: of a concept that both find, the more alike name."""

        def both(keys: Sequence[str], count: int) -> list[dict[str, tuple[str, float]]]:
            out = []
            for one, two in zip(near(keys, count), self(keys, count), strict=True):
                more = {iri: hit for iri, hit in two.items() if iri not in one or hit[1] > one[iri][1]}
                out.append(one | more)
            return out

        return both

    def without(self, terminology: Terminology) -> Terminology:
        """``terminology`` less the concepts of this linker, which has an index of its own for them."""
        return Terminology(tables=[t for t in terminology.tables if t is not self.table])

    @cached_property
    def _generator(self) -> Any:
        from scispacy.candidate_generation import CandidateGenerator, LinkerPaths

        path = self._folder.path
        paths = LinkerPaths.from_directory(path.resolve())
        names = _names(path / _ALIASES)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the version of scikit-learn: ``_compare`` sees whether it matters
            vectoriser = _loaded(path / _VECTORISER, paths.get_tfidf_vectorizer)
            _mend(vectoriser)
            _compare(vectoriser, names, path)
            index = _loaded(path / _INDEX, paths.get_ann_index)
        if len(index) != len(names):
            raise _unfit(path / _INDEX, f"it has {len(index):,} names, {_ALIASES} {len(names):,}")
        return CandidateGenerator(index, vectoriser, names, _Concepts(self.table))


@cache
def load_scispacy_linker(folder: Path | None = None) -> ScispacyLinker | None:
    """The linker in ``folder`` (None: that which the variable names), None where there is none; made once.

    Raises VocabularyError where something is missing from the folder.
    """
    path = folder or linker_folder()
    return None if path is None else ScispacyLinker(open_folder(path), table_of_linker(path))


class _Concepts:
    """Stands where scispacy has a knowledge base: the concepts of a name."""

    def __init__(self, table: Table) -> None:
        self.alias_to_cuis = _ByName(table)


class _ByName:
    def __init__(self, table: Table) -> None:
        self._table = table

    def __getitem__(self, name: str) -> list[str]:
        number = self._table.keys.find(key_of(name))
        those = [] if number is None else self._table.concept_of_name[self._table.names_of_key(number)].tolist()
        return [expand(self._table.ids[i]) for i in sorted(set(those))]


def _unfit(path: Path, reason: str) -> VocabularyError:
    told = f"{reason}; take all files of the folder from one linker, made with this version of scispacy"
    return VocabularyError([Problem(str(path), None, told)])


def _loaded(path: Path, load: Any) -> Any:
    try:
        return load()
    except Exception as error:  # a pickle, or an index that C++ reads, may fail in any way
        what = " ".join(str(error).split())[:200]
        raise _unfit(path, f"it cannot be loaded ({type(error).__name__}: {what})") from error


def _names(path: Path) -> list[str]:
    try:
        names = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise _unfit(path, f"it is no JSON ({error})") from error
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise _unfit(path, "it is no list of names")
    return names


def _mend(vectoriser: Any) -> None:
    """Give a vectoriser that scikit-learn before 1.5 wrote its weights where later ones look for them: without them,
    later ones weigh all runs of letters alike, without a word."""
    inner = getattr(vectoriser, "_tfidf", None)
    diagonal = getattr(inner, "_idf_diag", None)
    if inner is not None and diagonal is not None and "idf_" not in vars(inner):
        inner.idf_ = np.asarray(diagonal.diagonal())


def _compare(vectoriser: Any, names: list[str], path: Path) -> None:
    """Raises VocabularyError unless the vectoriser gives the names the vectors that the folder has of them."""
    from scipy import sparse

    # scispacy's own folders hold two-byte numbers, which the scipy of today can read but no longer work with
    vectors = _loaded(path / _VECTORS, lambda: sparse.load_npz(path / _VECTORS).astype(np.float32).tocsr())
    if vectors.shape[0] != len(names):
        raise _unfit(path / _VECTORS, f"it has {vectors.shape[0]:,} vectors, {_ALIASES} {len(names):,} names")
    there = vectors[:TRIED]
    ours = _loaded(path / _VECTORISER, lambda: vectoriser.transform(names[:TRIED]).astype(np.float32))
    if ours.shape != there.shape:
        raise _unfit(path / _VECTORISER, f"its vectors have {ours.shape[1]:,} columns, {_VECTORS} {there.shape[1]:,}")
    lengths = sparse.linalg.norm(ours, axis=1) * sparse.linalg.norm(there, axis=1)
    likeness = np.asarray(ours.multiply(there).sum(axis=1)).ravel() / np.maximum(lengths, 1e-9)
    if likeness.min() < AGREE:
        raise _unfit(path / _VECTORISER, f"it does not give the vectors of {_VECTORS}")
