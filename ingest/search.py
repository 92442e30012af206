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
        # One row for each token of each item, those of one time together, items longest first: slices, not look-ups.
        live = [int((sizes > t).sum()) for t in range(int(sizes[0]))]
        item = np.concatenate([np.arange(n) for n in live])
        tokens = first[[i for _, i in items]][item] + np.repeat(np.arange(len(live)), live)
        head_of = np.array([heads.index(head) for head, _ in items])[item]
        kept = np.zeros((len(item), KEPT), dtype=np.int64)
        scores = np.full(kept.shape, FORBIDDEN, dtype=np.float32)
        for number, head in enumerate(heads):
            rows = np.flatnonzero(head_of == number)
            if not len(rows):
                continue
            columns = self.columns[head]
            own = emissions[tokens[rows], columns]
            likely, width = _likeliest(own)
            kept[rows] = columns.start
            kept[rows, :width] = likely + columns.start
            scores[rows, :width] = np.take_along_axis(own, likely, 1)
        path = self._path(scores, kept, live)
        out = []
        for k, (head, i) in enumerate(items):
            tags = path[: sizes[k], k] - self.columns[head].start
            sure = probability[head][np.arange(first[i], first[i] + sizes[k]), tags]
            out.append(Best(head, i, tags.tolist(), sure))
        return out

    def _path(self, scores: Floats, kept: Ints, live: Sequence[int]) -> Ints:
        """The tags (time, item); the first ``live[0]`` rows are those of time 0, the next ``live[1]`` of time 1."""
        starts = np.cumsum([0, *live]).tolist()
        best = scores[: live[0]] + self._first[kept[: live[0]]]
        reached = [best]
        for t in range(1, len(live)):
            n, here, before = live[t], starts[t], starts[t - 1]
            steps = self._inner[kept[before : before + n].T[:, :, None], kept[None, here : here + n]]
            best = (steps + best[:n].T[:, :, None]).max(0) + scores[here : here + n]
            reached.append(best)
        path = np.zeros((len(live), live[0]), dtype=np.int64)
        for t in range(len(live) - 1, -1, -1):
            n, here = live[t], starts[t]
            ending = live[t + 1] if t + 1 < len(live) else 0
            onwards = np.empty((n, KEPT), dtype=np.float32)
            if ending:
                onwards[:ending] = self._inner[kept[here : here + ending], path[t + 1, :ending, None]]
            onwards[ending:] = self._last[kept[here + ending : here + n]]
            path[t, :n] = kept[np.arange(here, here + n), (reached[t] + onwards).argmax(1)]
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
