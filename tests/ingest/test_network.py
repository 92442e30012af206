"""The network in numpy does what its formulas say, for sentences of any length in any company."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import ingest.network
from ingest.features import MAX_CHARACTERS, characters_of, key_of, shape_of
from ingest.network import Network
from tests.ingest.small_network import KEYS, WORDS, weights

Arrays = dict[str, NDArray[Any]]
sentences = st.lists(st.lists(st.sampled_from(WORDS) | st.text(max_size=30), max_size=7), max_size=5)


def sigmoid(x: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(1 / (1 + np.exp(-x)))


def embedded(arrays: Arrays, word: str) -> NDArray[Any]:
    """Word vector, letters in threes, shape."""
    row = KEYS.index(key_of(word)) + 1 if key_of(word) in KEYS else 0
    letters = characters_of(word)
    letters += [0] * (MAX_CHARACTERS + 2 - len(letters))
    threes = [arrays["characters"][letters[i : i + 3]].ravel() @ arrays["filters"] for i in range(MAX_CHARACTERS)]
    spelling = np.maximum(np.max(threes, axis=0) + arrays["filters_bias"], 0)
    vector = arrays["vectors"][row].astype(float) * arrays["scale"]
    return np.concatenate([vector, spelling, arrays["shapes"][shape_of(word)]])


def one_way(states: Sequence[NDArray[Any]], arrays: Arrays, layer: int, way: int) -> list[NDArray[Any]]:
    """An LSTM one step after the other; the stored weights of its three gates are halved."""
    size = arrays["recurrent_0"].shape[1]
    h, c, out = np.zeros(size), np.zeros(size), []
    for x in states:
        z = x @ arrays[f"input_{layer}"][way] + arrays[f"bias_{layer}"][way] + h @ arrays[f"recurrent_{layer}"][way]
        enters, stays, shows = (sigmoid(2 * z[k * size : (k + 1) * size]) for k in range(3))
        c = stays * c + enters * np.tanh(z[3 * size :])
        h = shows * np.tanh(c)
        out.append(h)
    return out


def worked_out(arrays: Arrays, words: Sequence[str]) -> NDArray[Any]:
    states = [embedded(arrays, w) for w in words]
    for layer in range(2):
        ahead, back = one_way(states, arrays, layer, 0), one_way(states[::-1], arrays, layer, 1)[::-1]
        states = [np.concatenate(pair) for pair in zip(ahead, back, strict=True)]
    return np.array(states) @ arrays["out"] + arrays["out_bias"]


@settings(max_examples=60, deadline=None)
@given(texts=sentences, seed=st.integers(0, 1000))
def test_it_is_the_network_of_the_formulas(texts: list[list[str]], seed: int) -> None:
    arrays = weights(seed)
    expected = [worked_out(arrays, s) for s in texts if s]
    found = Network(arrays, KEYS).emissions(texts)
    assert found.shape == (sum(map(len, texts)), arrays["out"].shape[1])
    if expected:
        np.testing.assert_allclose(found, np.concatenate(expected), rtol=1e-3, atol=1e-3)


@settings(max_examples=60, deadline=None)
@given(texts=sentences.filter(any), seed=st.integers(0, 1000))
def test_a_sentence_depends_on_no_other_in_its_batch_nor_on_those_before(texts: list[list[str]], seed: int) -> None:
    together = Network(weights(seed), KEYS)
    alone = np.concatenate([Network(weights(seed), KEYS).emissions([s]) for s in texts])
    np.testing.assert_allclose(together.emissions(texts), alone, rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(together.emissions(texts[::-1] + texts)[-len(alone) :], alone, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("texts", [[], [[]], [[], [], []]])
def test_no_words_have_no_scores(texts: list[list[str]]) -> None:
    assert Network(weights(1), KEYS).emissions(texts).shape == (0, 14)


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(sentences, min_size=1, max_size=4), kept=st.integers(1, 12))
def test_a_full_cache_changes_nothing(texts: list[list[list[str]]], kept: int) -> None:
    roomy = Network(weights(3), KEYS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ingest.network, "CACHED_FORMS", kept)
        tight = Network(weights(3), KEYS)
        for batch in texts:
            np.testing.assert_allclose(tight.emissions(batch), roomy.emissions(batch), rtol=1e-4, atol=1e-4)


def test_more_forms_than_are_embedded_at_once_are_as_each_alone() -> None:
    forms = [f"w{n}x" for n in range(2500)]
    network = Network(weights(5), KEYS)
    together = network.emissions([[w] for w in forms])
    some = [0, 1, 1999, 2000, 2001, 2499]
    alone = np.concatenate([Network(weights(5), KEYS).emissions([[forms[i]]]) for i in some])
    np.testing.assert_allclose(together[some], alone, rtol=1e-4, atol=1e-4)
