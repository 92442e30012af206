"""The trained network at run time, in numpy alone: characters, word vectors, two LSTM layers, one linear layer a head.

The weights are plain arrays in one ``.npz`` file (no pickle); ``training/export.py`` writes them. Shapes below: W word
forms, N tokens, B sentences, T the longest of them, H hidden units in one direction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.features import MAX_CHARACTERS, characters_of, key_of, shape_of

Floats = NDArray[np.float32]
CACHED_FORMS = 20_000
"""Word forms whose vector is kept; when there are more, the cache begins anew."""


class Network:
    """Emission scores of every head for tokens in their sentences."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], keys: Sequence[str]) -> None:
        self._rows = {key: i for i, key in enumerate(keys, start=1)}
        self._vectors = arrays["vectors"]
        self._scale = np.float32(arrays["scale"])
        self._characters = arrays["characters"].astype(np.float32)
        self._filters = arrays["filters"].astype(np.float32)
        self._filters_bias = arrays["filters_bias"].astype(np.float32)
        self._shapes = arrays["shapes"].astype(np.float32)
        count = sum(name.startswith("input_") for name in arrays)
        self._layers = [
            tuple(arrays[f"{part}_{i}"].astype(np.float32) for part in ("input", "bias", "recurrent"))
            for i in range(count)
        ]
        self._out = arrays["out"].astype(np.float32)
        self._out_bias = arrays["out_bias"].astype(np.float32)
        self._forms: dict[str, int] = {}
        width = self._vectors.shape[1] + self._filters.shape[1] + self._shapes.shape[1]
        self._table = np.zeros((CACHED_FORMS, width), dtype=np.float32)

    def emissions(self, sentences: Sequence[Sequence[str]]) -> Floats:
        """Scores (N, tags of all heads side by side) of the tokens of ``sentences``, one after the other."""
        total = sum(len(s) for s in sentences)
        if not total:
            return np.zeros((0, self._out.shape[1]), dtype=np.float32)
        states = self._embed([w for s in sentences for w in s])
        lengths = np.array([len(s) for s in sentences])
        order = np.argsort(-lengths, kind="stable")
        order = order[lengths[order] > 0]
        first = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        # Place t of the forward and of the backward pass in the flat tokens, sentences longest first, time outermost.
        longest = int(lengths[order[0]])
        live = [int((lengths[order] > t).sum()) for t in range(longest)]
        ahead = np.concatenate([first[order[:n]] + t for t, n in enumerate(live)])
        back = np.concatenate([(first + lengths - 1)[order[:n]] - t for t, n in enumerate(live)])
        for weights, bias, recurrent in self._layers:
            states = _lstm(states, weights, bias, recurrent, live, ahead, back)
        return states @ self._out + self._out_bias

    def _embed(self, words: Sequence[str]) -> Floats:
        forms = list(dict.fromkeys(words))
        if len(self._forms) + len(forms) > CACHED_FORMS:
            self._forms.clear()
        new = [w for w in forms if w not in self._forms][:CACHED_FORMS]
        if len(forms) > CACHED_FORMS:
            table = self._make(forms)
            place = {w: i for i, w in enumerate(forms)}
            return np.asarray(table[[place[w] for w in words]])
        if new:
            at = len(self._forms)
            self._table[at : at + len(new)] = self._make(new)
            self._forms.update((w, at + i) for i, w in enumerate(new))
        return np.asarray(self._table[[self._forms[w] for w in words]])

    def _make(self, forms: Sequence[str]) -> Floats:
        """Context-free vectors (W, width): of the word, its letters, its shape."""
        parts = []
        for at in range(0, len(forms), 2000):
            some = forms[at : at + 2000]
            # Always as wide as the longest word: the padding is seen, so a word must not depend on those beside it.
            table = np.zeros((len(some), MAX_CHARACTERS + 2), dtype=np.int64)
            for i, word in enumerate(some):
                letters = characters_of(word)
                table[i, : len(letters)] = letters
            embedded = self._characters[table]
            windows = np.concatenate([embedded[:, k : MAX_CHARACTERS + k] for k in range(3)], axis=2)
            spelling = np.maximum((windows @ self._filters).max(1) + self._filters_bias, 0)
            rows = [self._rows.get(key_of(w), 0) for w in some]
            vectors = self._vectors[rows].astype(np.float32) * self._scale
            parts.append(np.concatenate([vectors, spelling, self._shapes[[shape_of(w) for w in some]]], axis=1))
        return np.concatenate(parts)


def _lstm(
    states: Floats,
    weights: Floats,
    bias: Floats,
    recurrent: Floats,
    live: Sequence[int],
    ahead: NDArray[np.int64],
    back: NDArray[np.int64],
) -> Floats:
    """One layer over flat tokens, both directions at once: (N, in) to (N, 2 H).

    ``weights`` (2, in, 4 H) and ``recurrent`` (2, H, 4 H) have the gates in the order input, forget, output, candidate,
    those of the first three halved: sigmoid(x) = (tanh(x / 2) + 1) / 2, so that one tanh serves all four.
    """
    hidden = recurrent.shape[1]
    gates = np.empty((2, len(states), 4 * hidden), dtype=np.float32)
    gates[0] = (states @ weights[0] + bias[0])[ahead]
    gates[1] = (states @ weights[1] + bias[1])[back]
    outputs = np.empty((2, len(states), hidden), dtype=np.float32)
    h = np.zeros((2, live[0], hidden), dtype=np.float32)
    c = np.zeros_like(h)
    at = 0
    for n in live:
        z = gates[:, at : at + n]
        if at:
            h, c = h[:, :n], c[:, :n]
            z += h @ recurrent
        np.tanh(z, out=z)
        sigmoid = z[:, :, : 3 * hidden]
        sigmoid += 1
        sigmoid *= 0.5
        c = z[:, :, hidden : 2 * hidden] * c + z[:, :, :hidden] * z[:, :, 3 * hidden :]
        h = z[:, :, 2 * hidden : 3 * hidden] * np.tanh(c)
        outputs[:, at : at + n] = h
        at += n
    result = np.empty((len(states), 2 * hidden), dtype=np.float32)
    result[ahead, :hidden] = outputs[0]
    result[back, hidden:] = outputs[1]
    return result
