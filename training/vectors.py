"""Word vectors from running text: skip-gram with negative sampling (Mikolov et al., NIPS 2013), by gensim."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gensim.models import Word2Vec
from gensim.models.word2vec import LineSentence
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Vectors:
    """Keys by falling frequency and their vectors (words, width), scaled to a standard deviation of one."""

    keys: tuple[str, ...]
    values: NDArray[np.float32]

    @property
    def padded(self) -> NDArray[np.float32]:
        """The vectors behind a row of zeros, which is that of every word without a vector."""
        return np.concatenate([np.zeros((1, self.values.shape[1]), dtype=np.float32), self.values])


def train_vectors(lines: Path, width: int = 100, epochs: int = 3, seed: int = 7) -> Vectors:
    """Vectors of the words that ``lines`` (one sentence a line) hold eight times or more; one thread, fixed seed."""
    model = Word2Vec(
        LineSentence(str(lines)),
        vector_size=width,
        window=5,
        min_count=8,
        workers=1,
        sg=1,
        negative=5,
        epochs=epochs,
        seed=seed,
        sample=1e-4,
    )
    values = np.asarray(model.wv.vectors, dtype=np.float32)
    return Vectors(tuple(model.wv.index_to_key), values / values.std())


def save(vectors: Vectors, path: Path) -> None:
    """Keep ``vectors`` for a later run."""
    np.savez(path, keys=np.array(vectors.keys), values=vectors.values)


def load(path: Path) -> Vectors:
    """What ``save`` kept."""
    with np.load(path, allow_pickle=False) as stored:
        return Vectors(tuple(str(k) for k in stored["keys"]), stored["values"])
