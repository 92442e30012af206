"""Spans of every layer from the trained network: the model that ships with picograph, read from package data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.aids import Forms
from ingest.network import Network
from ingest.search import Search
from ingest.tags import decode, tags_of

MAX_TOKENS = 400
"""A longer sentence is tagged in parts of this many tokens: time and memory stay bounded for hostile texts."""
BATCH_TOKENS = 6000


@dataclass(frozen=True, slots=True, order=True)
class Tagged:
    """A span of tokens [start, end) with its label and a score: the lowest probability of its tags, 0 to 1."""

    start: int
    end: int
    label: str
    score: float


class Tagger:
    """The shared encoder with its heads; made once, used for many texts."""

    def __init__(
        self, arrays: Mapping[str, NDArray[Any]], keys: Sequence[str], heads: Mapping[str, Sequence[str]]
    ) -> None:
        self._network = Network(arrays, keys)
        self.heads = {name: tags_of(labels) for name, labels in heads.items()}
        self._search = Search({name: arrays[f"transitions_{name}"].astype(np.float32) for name in heads})

    def tag(
        self, sentences: Sequence[Sequence[str]], heads: Iterable[str] | None = None
    ) -> list[dict[str, list[Tagged]]]:
        """For each sentence (its words) the spans of each of ``heads`` (all by default)."""
        wanted = [h for h in self.heads if heads is None or h in set(heads)]
        parts = [(i, at) for i, s in enumerate(sentences) for at in range(0, len(s), MAX_TOKENS)]
        out: list[dict[str, list[Tagged]]] = [{h: [] for h in wanted} for _ in sentences]
        for batch in _batches(parts, sentences):
            words = [sentences[i][at : at + MAX_TOKENS] for i, at in batch]
            emissions = self._network.emissions(words)
            found = self._search.best(emissions, [len(w) for w in words], wanted)
            for best in sorted(found, key=lambda b: b.sentence):
                i, at = batch[best.sentence]
                names = self.heads[best.head]
                out[i][best.head] += [
                    Tagged(at + start, at + end, label, round(float(best.sure[start:end].min()), 4))
                    for start, end, label in decode([names[t] for t in best.tags])
                ]
        return out


def _batches(parts: Sequence[tuple[int, int]], sentences: Sequence[Sequence[str]]) -> Iterable[list[tuple[int, int]]]:
    batch: list[tuple[int, int]] = []
    total = 0
    for i, at in parts:
        size = min(MAX_TOKENS, len(sentences[i]) - at)
        if batch and total + size > BATCH_TOKENS:
            yield batch
            batch, total = [], 0
        batch.append((i, at))
        total += size
    if batch:
        yield batch


@cache
def load_tagger() -> Tagger:
    """The model in the package data; built once per process. Raises FileNotFoundError when it is not installed."""
    folder = resources.files("ingest") / "data" / "model"
    with (folder / "tagger.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        held = {name: arrays[name] for name in arrays.files}
    keys = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
    heads = json.loads((folder / "heads.json").read_text(encoding="utf-8"))
    return Tagger(held, keys, heads)


@cache
def load_lexicon() -> Forms:
    """The training mentions that ship with the model."""
    folder = resources.files("ingest") / "data" / "model"
    lines = (folder / "lexicon.tsv").read_text(encoding="utf-8").splitlines()
    return Forms({tuple(form.split(" ")): label for form, label in (line.split("\t") for line in lines)})
