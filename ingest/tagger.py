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
from ingest.tags import decode, tags_of

KEPT = 12
"""Tags a token keeps for the search of the best sequence: those with the highest scores, and O."""
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
        self._grids = {name: arrays[f"transitions_{name}"].astype(np.float32) for name in heads}
        self._columns: dict[str, slice] = {}
        at = 0
        for name, tags in self.heads.items():
            self._columns[name] = slice(at, at + len(tags))
            at += len(tags)

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
            for head in wanted:
                found = _spans(emissions[:, self._columns[head]], self._grids[head], self.heads[head], words)
                for (i, at), spans in zip(batch, found, strict=True):
                    out[i][head] += [Tagged(at + s.start, at + s.end, s.label, s.score) for s in spans]
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


def _spans(
    emissions: NDArray[np.float32], grid: NDArray[np.float32], tags: Sequence[str], words: Sequence[Sequence[str]]
) -> list[list[Tagged]]:
    """Best spans of sentences whose tokens follow one another in ``emissions`` (N, tags)."""
    size = len(tags)
    shifted = emissions - emissions.max(1, keepdims=True)
    weights = np.exp(shifted)
    probability = weights / weights.sum(1, keepdims=True)
    lengths = np.array([len(w) for w in words])
    first = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    # A sentence whose every token is O almost certainly needs no search.
    busy = [
        i for i, (a, n) in enumerate(zip(first, lengths, strict=True)) if n and probability[a : a + n, 0].min() < 0.98
    ]
    out: list[list[Tagged]] = [[] for _ in words]
    if not busy:
        return out
    order = sorted(busy, key=lambda i: -lengths[i])
    keep = min(KEPT, size)
    inner, start, end = grid[:size, :size], grid[size, :size], grid[:size, size]
    rows = np.concatenate([np.arange(first[i], first[i] + lengths[i]) for i in order])
    place = np.full(len(emissions), -1)
    place[rows] = np.arange(len(rows))
    scores = shifted[rows]
    kept = (
        np.argpartition(-scores, keep - 1, axis=1)[:, :keep]
        if keep < size
        else np.tile(np.arange(size), (len(rows), 1))
    )
    kept[:, -1] = np.where((kept == 0).any(1), kept[:, -1], 0)
    scores = np.take_along_axis(scores, kept, 1)
    begins = place[first[order]]
    longest = int(lengths[order[0]])
    best = scores[begins] + start[kept[begins]]
    back: list[NDArray[np.int64]] = []
    finals: list[tuple[NDArray[np.float32], int]] = []
    live = len(order)
    for t in range(1, longest):
        now = int((lengths[order] > t).sum())
        if now < live:
            finals.append((best[now:], now))
            best, live = best[:now], now
        here, before = begins[:live] + t, begins[:live] + t - 1
        paths = best[:, None, :] + inner[kept[before][:, None, :], kept[here][:, :, None]]
        choice = paths.argmax(2)
        back.append(choice)
        best = np.take_along_axis(paths, choice[:, :, None], 2)[:, :, 0] + scores[here]
    finals.append((best, 0))
    for best, offset in finals:
        for k in range(len(best)):
            n, i = offset + k, order[offset + k]
            length = int(lengths[i])
            slot = int((best[k] + end[kept[begins[n] + length - 1]]).argmax())
            path = [0] * length
            for t in range(length - 1, -1, -1):
                path[t] = int(kept[begins[n] + t, slot])
                if t:
                    slot = int(back[t - 1][n, slot])
            chosen = [tags[p] for p in path]
            sure = probability[first[i] + np.arange(length), path]
            out[i] = [Tagged(a, b, label, round(float(sure[a:b].min()), 4)) for a, b, label in decode(chosen)]
    return out


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
