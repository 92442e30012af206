"""Spans from the network: the pruned search finds what the full search does, and long sentences go in parts."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ingest.search
import ingest.tagger
from ingest.network import Network
from ingest.tagger import MAX_TOKENS, Tagged, Tagger, load_lexicon, load_tagger
from ingest.tags import best_path, decode, tags_of
from tests.ingest.small_network import HEADS, KEYS, WORDS, tagger, weights

sentences = st.lists(st.lists(st.sampled_from(WORDS), max_size=12), max_size=5)
MANY = {"role": tuple(f"R{n}" for n in range(6))}


def searched(seed: int, texts: list[list[str]]) -> list[dict[str, list[tuple[int, int, str]]]]:
    """Spans of the best of all sequences, head by head, sentence by sentence."""
    arrays, out = weights(seed), []
    for words in texts:
        scores, found, at = Network(arrays, KEYS).emissions([words]), dict[str, list[tuple[int, int, str]]](), 0
        for name, labels in HEADS.items():
            tags = tags_of(labels)
            (path,) = best_path(scores[None, :, at : at + len(tags)], arrays[f"transitions_{name}"], [len(words)])
            found[name] = decode([tags[i] for i in path])
            at += len(tags)
        out.append(found)
    return out


@settings(max_examples=100, deadline=None)
@given(texts=sentences, seed=st.integers(0, 5000))
def test_with_few_tags_the_search_is_complete(texts: list[list[str]], seed: int) -> None:
    found = tagger(seed).tag(texts)
    plain = [{h: [(s.start, s.end, s.label) for s in spans] for h, spans in one.items()} for one in found]
    assert plain == searched(seed, texts)


@settings(max_examples=60, deadline=None)
@given(texts=sentences, seed=st.integers(0, 5000), kept=st.integers(2, 30))
def test_however_many_tags_are_kept_spans_are_well_formed(texts: list[list[str]], seed: int, kept: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ingest.search, "KEPT", kept)
        found = tagger(seed, MANY, spread=2.0).tag(texts)
    for words, spans in zip(texts, (one["role"] for one in found), strict=True):
        assert all(0 <= s.start < s.end <= len(words) and s.label in MANY["role"] for s in spans)
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
        assert all(0 <= s.score <= 1 for s in spans)


def test_a_score_is_the_lowest_probability_of_the_tags() -> None:
    words = list(WORDS)
    model = tagger(11)
    spans = model.tag([words])[0]["result"]
    assert spans
    scores = Network(weights(11), KEYS).emissions([words])[:, :9].astype(float)
    shares = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    tags = model.heads["result"]
    for s in spans:
        places = "S" if s.end - s.start == 1 else "B" + "I" * (s.end - s.start - 2) + "E"
        own = [shares[s.start + i, tags.index(f"{place}-{s.label}")] for i, place in enumerate(places)]
        assert s.score == pytest.approx(min(own), abs=1e-3)


def test_only_the_heads_that_are_asked_for_answer() -> None:
    assert list(tagger(1).tag([["was"]], ["concept"])[0]) == ["concept"]
    assert list(tagger(1).tag([["was"]])[0]) == ["result", "concept"]
    assert tagger(1).tag([["was"]], [])[0] == {}


def test_empty_sentences_have_no_spans_and_keep_their_place() -> None:
    assert tagger(1).tag([]) == []
    full = tagger(1).tag([list(WORDS)])[0]
    empty: dict[str, list[Tagged]] = {"result": [], "concept": []}
    assert tagger(1).tag([[], list(WORDS), []]) == [empty, full, empty]


@pytest.mark.parametrize("length", [MAX_TOKENS - 1, MAX_TOKENS, MAX_TOKENS + 1, 2 * MAX_TOKENS + 7])
def test_a_long_sentence_is_tagged_in_parts(length: int) -> None:
    words = [WORDS[(n * n) % len(WORDS)] for n in range(length)]
    whole = tagger(4).tag([words])[0]["result"]
    starts = range(0, length, MAX_TOKENS)
    parts = tagger(4).tag([words[at : at + MAX_TOKENS] for at in starts])
    moved = [(at + s.start, at + s.end, s.label) for at, one in zip(starts, parts, strict=True) for s in one["result"]]
    assert [(s.start, s.end, s.label) for s in whole] == moved
    assert moved[-1][1] > length - MAX_TOKENS


def test_sentences_of_more_batches_than_one_are_tagged_as_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [list(WORDS[n % 5 :]) for n in range(9)]
    alone = [tagger(8).tag([t])[0] for t in texts]
    monkeypatch.setattr(ingest.tagger, "BATCH_TOKENS", 20)
    assert [spans_of(one) for one in tagger(8).tag(texts)] == [spans_of(one) for one in alone]


def spans_of(found: dict[str, list[Tagged]]) -> dict[str, list[tuple[int, int, str]]]:
    return {head: [(s.start, s.end, s.label) for s in spans] for head, spans in found.items()}


def test_where_every_token_is_surely_outside_nothing_is_found() -> None:
    arrays = weights(2)
    arrays["out"][:] = 0
    arrays["out_bias"][:] = [50, *[0] * 8, 50, *[0] * 4]
    assert spans_of(Tagger(arrays, KEYS, HEADS).tag([list(WORDS)])[0]) == {"result": [], "concept": []}


def test_the_model_that_ships_finds_a_drug_an_outcome_and_a_value() -> None:
    text = "Median overall survival was longer with lenalidomide than with placebo ( 12.5% vs 19.5% ) ."
    words = text.split(" ")
    (found,) = load_tagger().tag([words])
    assert "lenalidomide" in {" ".join(words[s.start : s.end]) for s in found["concept"] if s.label == "DRUG"}
    result = {(" ".join(words[s.start : s.end]), s.label) for s in found["result"]}
    assert {("lenalidomide", "INTERVENTION"), ("placebo", "INTERVENTION"), ("12.5%", "MEASURE")} <= result
    assert any(label == "OUTCOME" and "overall survival" in text for text, label in result)


def test_the_lexicon_that_ships_has_drugs_and_diseases() -> None:
    text = "patients with hypertension were given lithium"
    found = list(load_lexicon().find(text.split(" ")))
    assert (2, 3, "DISEASE") in found
    assert (5, 6, "DRUG") in found
