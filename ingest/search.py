"""The best sequence of tags of every sentence and head at once: Viterbi's algorithm over the few likeliest tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.tags import FORBIDDEN

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
KEPT = 12
"""Tags a token keeps for the search: those with the highest scores, and O."""
QUIET = 0.98
"""A sentence whose every token is O with more than this probability has no mention, and needs no search."""


@dataclass(frozen=True, slots=True)
class Best:
    """The best tags of one sentence for one head, as places in the head's tags, with the probability of each."""

    head: str
    sentence: int
    tags: list[int]
    sure: Floats


class Search:
    """The transitions of several heads side by side; made once."""

    def __init__(self, grids: Mapping[str, Floats]) -> None:
        total = sum(len(grid) - 1 for grid in grids.values())
        self._inner = np.full((total, total), FORBIDDEN, dtype=np.float32)
        self._first, self._last = np.zeros(total, dtype=np.float32), np.zeros(total, dtype=np.float32)
        self.columns: dict[str, slice] = {}
        at = 0
        for head, grid in grids.items():
            size = len(grid) - 1
            here = self.columns[head] = slice(at, at + size)
            self._inner[here, here] = grid[:size, :size]
            self._first[here], self._last[here] = grid[size, :size], grid[:size, size]
            at += size

    def best(self, emissions: Floats, lengths: Sequence[int], heads: Sequence[str]) -> list[Best]:
        """For ``heads``, the sentences (of ``lengths``, one after the other in ``emissions``) that may hold a mention.

        ``emissions`` (tokens, tags of all heads side by side). In no particular order.
        """
        counts = np.asarray(lengths, dtype=np.int64)
        first = np.cumsum(counts) - counts
        probability = {head: _softmax(emissions[:, self.columns[head]]) for head in heads}
        items = [
            (head, i)
            for head in heads
            for i in np.flatnonzero(_quietest(probability[head][:, 0], first, counts) < QUIET).tolist()
        ]
        items.sort(key=lambda item: -lengths[item[1]])
        if not items:
            return []
        sizes = counts[[i for _, i in items]]
        begins = np.cumsum(sizes) - sizes
        kept = np.zeros((int(sizes.sum()), KEPT), dtype=np.int64)
        scores = np.full(kept.shape, FORBIDDEN, dtype=np.float32)
        for head in heads:
            which = [k for k, (h, _) in enumerate(items) if h == head]
            if not which:
                continue
            tokens = np.concatenate([np.arange(first[items[k][1]], first[items[k][1]] + sizes[k]) for k in which])
            rows = np.concatenate([np.arange(begins[k], begins[k] + sizes[k]) for k in which])
            likely, width = _likeliest(emissions[tokens][:, self.columns[head]])
            kept[rows] = self.columns[head].start
            kept[rows, :width] = likely + self.columns[head].start
            scores[rows, :width] = emissions[tokens[:, None], kept[rows, :width]]
        path = self._path(scores, kept, begins, sizes)
        out = []
        for k, (head, i) in enumerate(items):
            tags = path[begins[k] : begins[k] + sizes[k]] - self.columns[head].start
            sure = probability[head][np.arange(first[i], first[i] + sizes[k]), tags]
            out.append(Best(head, i, tags.tolist(), sure))
        return out

    def _path(self, scores: Floats, kept: Ints, begins: Ints, sizes: Ints) -> Ints:
        """The tag of each row; the sequences, longest first, begin at ``begins`` and have ``sizes`` rows."""
        live = [int((sizes > t).sum()) for t in range(int(sizes[0]))]
        best = scores[begins] + self._first[kept[begins]]
        back = np.zeros((len(live), len(begins), KEPT), dtype=np.int8)
        for t in range(1, len(live)):
            n = live[t]
            here = begins[:n] + t
            steps = self._inner[kept[here - 1][:, None, :], kept[here][:, :, None]] + best[:n, None, :]
            back[t, :n] = steps.argmax(2)
            best[:n] = steps.max(2) + scores[here]
        slot = (best + self._last[kept[begins + sizes - 1]]).argmax(1)
        path = np.zeros(len(kept), dtype=np.int64)
        for t in range(len(live) - 1, -1, -1):
            n = live[t]
            rows = begins[:n] + t
            path[rows] = kept[rows, slot[:n]]
            if t:
                slot[:n] = back[t, np.arange(n), slot[:n]]
        return path


def _softmax(scores: Floats) -> Floats:
    weights = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(weights / weights.sum(1, keepdims=True))


def _quietest(outside: Floats, first: Ints, counts: Ints) -> Floats:
    """The lowest probability of O in each sentence; 1 for one without tokens."""
    lowest = np.ones(len(counts), dtype=np.float32)
    full = np.flatnonzero(counts)
    if len(full):
        lowest[full] = np.minimum.reduceat(outside, first[full])
    return lowest


def _likeliest(scores: Floats) -> tuple[Ints, int]:
    """The tags that each token keeps, O among them, and how many these are."""
    size = scores.shape[1]
    if size <= KEPT:
        return np.broadcast_to(np.arange(size), scores.shape), size
    kept = np.argpartition(-scores, KEPT - 1, axis=1)[:, :KEPT]
    kept[:, -1] = np.where((kept == 0).any(1), kept[:, -1], 0)
    return kept, KEPT
