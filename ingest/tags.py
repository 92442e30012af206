"""Spans as tags of tokens and back: begin, inside, end, single (BIOES), and the best sequence of tags (Viterbi)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
OUTSIDE = "O"
FORBIDDEN = np.float32(-1e4)
"""The score of a transition that no well-formed sequence has."""


def tags_of(labels: Sequence[str]) -> list[str]:
    """The tag set of ``labels``: O first, then four tags for each label in the order given."""
    return [OUTSIDE, *(f"{place}-{label}" for label in labels for place in "BIES")]


def encode(length: int, spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """Tags of ``length`` tokens for half-open token ``spans``; of spans that overlap the one that comes first stays."""
    tags = [OUTSIDE] * length
    for start, end, label in spans:
        if start >= end or any(tag != OUTSIDE for tag in tags[start:end]):
            continue
        if end - start == 1:
            tags[start] = f"S-{label}"
        else:
            tags[start], tags[end - 1] = f"B-{label}", f"E-{label}"
            for i in range(start + 1, end - 1):
                tags[i] = f"I-{label}"
    return tags


def decode(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Half-open token spans of a well-formed sequence of tags, in order."""
    spans, start = [], 0
    for i, tag in enumerate(tags):
        place, _, label = tag.partition("-")
        if place in "BS":
            start = i
        if place in "ES":
            spans.append((start, i + 1, label))
    return spans


def allowed(tags: Sequence[str]) -> NDArray[np.bool_]:
    """Which tag may follow which, shape (tags + 1, tags + 1); the last row is the start, the last column the end."""
    size = len(tags)
    grid = np.zeros((size + 1, size + 1), dtype=bool)
    for i, left in enumerate([*tags, OUTSIDE]):
        for j, right in enumerate([*tags, OUTSIDE]):
            open_left = left[0] in "BI"
            continues = right[0] in "IE"
            grid[i, j] = left[2:] == right[2:] if open_left and continues else not open_left and not continues
    return grid


def best_path(emissions: Floats, transitions: Floats, lengths: Sequence[int]) -> list[list[int]]:
    """The best tags of each sequence by Viterbi's algorithm.

    ``emissions`` (batch, time, tags); ``transitions`` (tags + 1, tags + 1) with start and end as in ``allowed``;
    ``lengths`` tokens of each sequence, falling or not. Forbidden transitions carry ``FORBIDDEN``.
    """
    batch, time, size = emissions.shape
    inner, first, last = transitions[:size, :size].T.copy(), transitions[size, :size], transitions[:size, size]
    if not time:
        return [[] for _ in lengths]
    ends = np.asarray(lengths)
    score = emissions[:, 0] + first
    back = np.zeros((time, batch, size), dtype=np.int16)
    back[:] = np.arange(size, dtype=np.int16)
    for t in range(1, time):
        paths = score[:, None, :] + inner[None]
        choice = paths.argmax(2)
        live = (ends > t)[:, None]
        best = np.take_along_axis(paths, choice[:, :, None], 2)[:, :, 0] + emissions[:, t]
        score = np.where(live, best, score)
        back[t] = np.where(live, choice, back[t])
    tag = (score + last).argmax(1)
    rows = np.arange(batch)
    out = np.zeros((time, batch), dtype=np.int64)
    for t in range(time - 1, -1, -1):
        out[t] = tag
        if t:
            tag = np.where(ends > t, back[t, rows, tag], tag)
    return [out[: ends[i], i].tolist() for i in range(batch)]
