"""The linker that ships: its model, what the annotators of corpora did, and names spelt alike."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from ingest.alike import Alike
from ingest.curies import expand
from ingest.link_candidates import Near, Usage
from ingest.linking import Linker, LinkModel
from ingest.meanings import Meanings, Vectors
from ingest.scispacy_linker import load_scispacy_linker
from ingest.terminology import Terminology


@cache
def load_link_model() -> LinkModel:
    """The model that ships with picograph; read once."""
    folder = resources.files("ingest") / "data" / "model"
    with resources.as_file(folder / "link.npz") as path, np.load(path, allow_pickle=False) as arrays:
        return LinkModel.of(dict(arrays), read_usage((folder / "usage.tsv").read_text(encoding="utf-8")))


@cache
def load_unmentioned() -> frozenset[str]:
    """Keys of names that annotators of drugs and diseases pass over, such as that of placebo."""
    path = resources.files("ingest") / "data" / "model" / "unmentioned.txt"
    return frozenset(path.read_text(encoding="utf-8").splitlines())


def read_usage(text: str) -> Usage:
    """What ``training.linking.write_usage`` wrote. Raises ValueError for a line that is none of its own."""
    out = {}
    for line in text.splitlines():
        key, _, cell = line.partition("\t")
        pairs = (part.rpartition("=") for part in cell.split("|"))
        out[key] = {expand(compact): int(count) for compact, _, count in pairs}
    return out


def load_linker(terminology: Terminology) -> Linker:
    """A linker over ``terminology`` with the model that ships, and with scispacy's where the user has switched it on.

    Raises ``ingest.vocabularies.problems.VocabularyError`` where that one cannot be used.
    """
    theirs = load_scispacy_linker()
    near: Near = Alike(terminology) if theirs is None else theirs.beside(Alike(theirs.without(terminology)))
    return Linker(terminology, load_link_model(), near, Meanings(terminology, *load_vectors()))


@cache
def load_vectors(folder: Path | None = None) -> tuple[dict[str, int], Vectors]:
    """The word vectors of the language model in ``folder`` (None: the one that ships).

    Rows by word key, and the rows, each of length 1.
    """
    place = resources.files("ingest") / "data" / "model" if folder is None else folder
    words = (place / "words.txt").read_text(encoding="utf-8").split("\n")
    with (place / "tagger.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        vectors = arrays["vectors"].astype(np.float32)
    first = len(vectors) - len(words)
    sizes = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-6))
    return {word: i + first for i, word in enumerate(words)}, vectors / sizes
