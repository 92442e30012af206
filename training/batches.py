"""Sentences as arrays of numbers, gathered into batches of about as many tokens each."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import torch

from ingest.features import MAX_CHARACTERS, characters_of, key_of, shape_of
from training.examples import Sentence
from training.network import Batch


class Numbering:
    """Words to numbers: rows of the vectors by key, letters and shapes by form; remembers what it has seen."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.rows = {key: i for i, key in enumerate(keys)}
        self._seen: dict[str, tuple[int, list[int], int]] = {}

    def of(self, word: str) -> tuple[int, list[int], int]:
        """Row of the vectors (0 when unknown), letters, shape."""
        known = self._seen.get(word)
        if known is None:
            known = self._seen[word] = (self.rows.get(key_of(word), 0), characters_of(word), shape_of(word))
        return known

    def batch(self, sentences: Sequence[Sentence], tags: Mapping[str, int] | None = None) -> Batch:
        """``sentences`` as one batch, in the order given (longest first when they are to be trained on)."""
        time = max(len(s.words) for s in sentences)
        forms = {w: i for i, w in enumerate(dict.fromkeys(w for s in sentences for w in s.words))}
        table = np.zeros((len(forms), MAX_CHARACTERS + 2), dtype=np.int64)  # as wide as at run time: padding is seen
        for i, w in enumerate(forms):
            letters = self.of(w)[1]
            table[i, : len(letters)] = letters
        words, unique, shapes, gold = (np.zeros((len(sentences), time), dtype=np.int64) for _ in range(4))
        for i, s in enumerate(sentences):
            n = len(s.words)
            words[i, :n] = [self.of(w)[0] for w in s.words]
            shapes[i, :n] = [self.of(w)[2] for w in s.words]
            unique[i, :n] = [forms[w] for w in s.words]
            if tags is not None:
                gold[i, :n] = [tags[t] for t in s.tags]
        t = torch.from_numpy
        lengths = torch.tensor([len(s.words) for s in sentences])
        return Batch(t(words), t(unique), t(table), t(shapes), lengths, t(gold) if tags is not None else None)


def grouped(sentences: Sequence[Sentence], tokens: int, shuffle: random.Random | None) -> Iterator[list[Sentence]]:
    """Batches of sentences of like length, each of about ``tokens`` tokens with the padding, longest first inside."""
    order = list(range(len(sentences)))
    if shuffle is not None:
        noise = [shuffle.random() for _ in order]
        order.sort(key=lambda i: len(sentences[i].words) * (0.85 + 0.3 * noise[i]))
    else:
        order.sort(key=lambda i: len(sentences[i].words))
    batches: list[list[Sentence]] = []
    current: list[Sentence] = []
    longest = 0
    for i in order:
        longest = max(longest, len(sentences[i].words))
        if current and longest * (len(current) + 1) > tokens:
            batches.append(current)
            current, longest = [], len(sentences[i].words)
        current.append(sentences[i])
    if current:
        batches.append(current)
    if shuffle is not None:
        shuffle.shuffle(batches)
    for batch in batches:
        yield sorted(batch, key=lambda s: -len(s.words))
