"""Tokens, sentences and abbreviations from the language pipeline."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Span
from ingest.nlp import LONGEST_RUN, language_parts, parse
from tests.ingest.printed import any_text


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("cocaine-induced", ["cocaine", "-", "induced"]),
        ("lenalidomide/dexamethasone", ["lenalidomide", "/", "dexamethasone"]),
        ("HR-based", ["HR", "-", "based"]),
        ("p<0.05", ["p", "<", "0.05"]),
        ("n=12", ["n", "=", "12"]),
        ("54±3", ["54", "±", "3"]),
    ],
)
def test_compounds_and_comparisons_come_apart(text: str, tokens: list[str]) -> None:
    assert [t.text for t in parse(text).tokens] == tokens


@settings(max_examples=60, deadline=None)
@given(any_text.map(lambda t: t.encode("utf-8", "replace").decode()))
def test_tokens_are_verbatim_in_order_and_hold_every_character_that_shows(text: str) -> None:
    parsed = parse(text)
    assert all(text[t.start : t.end] == t.text for t in parsed.tokens)
    assert all(a.end <= b.start for a, b in itertools.pairwise(parsed.tokens))
    inside = {i for t in parsed.tokens for i in range(t.start, t.end)}
    assert all(c.isspace() for i, c in enumerate(text) if i not in inside)


@pytest.mark.parametrize("size", [LONGEST_RUN, LONGEST_RUN + 1, 2 * LONGEST_RUN, 2 * LONGEST_RUN + 1, 950])
def test_a_run_without_a_blank_is_cut_and_loses_nothing(size: int) -> None:
    text = f"Then {'x' * size} came.\n\n{'y' * size}"
    found = [t.text for t in parse(text).tokens]
    assert max(map(len, found)) <= LONGEST_RUN
    assert "".join(found) == text.replace(" ", "").replace("\n", "")
    assert found[0] == "Then"
    assert found[found.index("came") : found.index("came") + 2] == ["came", "."]


pieces = st.sampled_from(["x" * 150, "zinc/" * 50, "(" * 201, "12.5%,", " ", "\n\n", "\u3000", "药", "placebo", "e.g."])


@settings(max_examples=60, deadline=None)
@given(st.lists(pieces, max_size=12).map("".join))
def test_tokens_of_cut_runs_are_verbatim_and_in_order(text: str) -> None:
    tokens = parse(text).tokens
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert all(a.end <= b.start for a, b in itertools.pairwise(tokens))
    assert "".join(t.text for t in tokens).split() == ["".join(text.split())] * bool(text.strip())


def test_no_sentence_crosses_the_border_of_a_block() -> None:
    text = "Results of the trial It was longer. It was safe."
    cut = text.index("It was longer")
    parsed = parse(text, [Span(0, cut), Span(cut, len(text))])
    assert [s.of(text) for s in parsed.sentences] == ["Results of the trial", "It was longer.", "It was safe."]


def test_text_outside_the_blocks_has_tokens_and_no_sentences() -> None:
    text = "Menu. It was longer."
    parsed = parse(text, [Span(6, len(text))])
    assert [s.of(text) for s in parsed.sentences] == ["It was longer."]
    assert parsed.tokens[0].text == "Menu"


def test_an_abbreviation_is_found_at_each_of_its_places() -> None:
    text = "Second primary malignancy (SPM) is rare. SPM was not seen."
    found = parse(text).abbreviations
    assert [(a.short, a.long) for a in found] == [("SPM", "Second primary malignancy")] * 2
    assert [a.short_span.of(text) for a in found] == ["SPM", "SPM"]
    assert found[0].short_span < found[1].short_span
    assert {a.long_span.of(text) for a in found} == {"Second primary malignancy"}


def test_an_empty_text_has_nothing() -> None:
    parsed = parse("")
    assert (parsed.tokens, parsed.sentences, parsed.abbreviations) == ((), (), ())


def test_the_spacy_pipeline_works_in_several_processes() -> None:
    text = "Second primary malignancies (SPM) were rare. SPM fell."
    docs = list(language_parts().pipe([text] * 4, n_process=2))
    assert [[found["long_text"] for found in doc._.abbreviations] for doc in docs] == [
        ["Second primary malignancies"] * 2
    ] * 4


def test_the_spacy_pipeline_survives_being_saved(tmp_path: Path) -> None:
    text = "A dose-related (DR) rise, p<0.05"
    language_parts().to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert [token.text for token in loaded(text)] == [token.text for token in language_parts()(text)]


_BITS = ["(", ")", "[", "AB", "Ab", "alpha", "beta", "alpha beta", "A-B", "CT", "Control Treatment", ",", "x", "\n"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(_BITS), max_size=60).map(" ".join))
def test_abbreviations_are_those_of_the_detector_of_scispacy(text: str) -> None:
    theirs = sorted(
        (found["short_start"], found["short_text"], found["long_start"], found["long_text"])
        for found in language_parts()(text)._.abbreviations
    )
    doc = language_parts().make_doc(text)
    starts = {token.idx: token.i for token in doc}
    ours = [(starts[a.short_span.start], a.short, starts[a.long_span.start], a.long) for a in parse(text).abbreviations]
    assert ours == theirs
