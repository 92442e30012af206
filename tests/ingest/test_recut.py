"""Spans of other tokenizers, cut to our own tokens."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Span
from ingest.nlp import parse
from ingest.recut import recut, without_overlaps
from tests.ingest.printed import any_text

KINDS = {"lenalidomide": "drug", "dexamethasone": "drug", "fatigue": "disease", "nausea/vomiting": "disease"}


def cut(text: str, theirs: str) -> list[str]:
    start = text.index(theirs)
    spans = recut(text, Span(start, start + len(theirs)), parse(text).tokens, KINDS.get)
    return [span.of(text) for span in spans]


@pytest.mark.parametrize(
    ("text", "theirs", "ours"),
    [
        ("a case of cocaine-induced seizures", "cocaine-induced", ["cocaine"]),
        ("a case of cocaine-induced seizures", "cocaine-induced seizures", ["cocaine-induced seizures"]),
        ("steroid–dependent asthma", "steroid–dependent", ["steroid"]),
        ("vitamin D-deficient diets", "vitamin D", ["vitamin D"]),
        ("(aspirin) was given", "(aspirin)", ["aspirin"]),
        ("aspirin (ASA) was given", "aspirin (ASA", ["aspirin"]),
        ("so (iron) deficiency", "(iron) deficiency", ["(iron) deficiency"]),
        ("(R) and (S) forms", "(R) and (S)", ["(R) and (S)"]),
        ("anaemia, nausea.", "anaemia, ", ["anaemia"]),
        ("  pain  ", "  pain  ", ["pain"]),
        ("with paracetamol and", "aracetamol", ["paracetamol"]),
        ("with paracetamol and", "h paracetamol a", ["paracetamol"]),
        ("no words -- here", "--", []),
        ("lenalidomide/dexamethasone", "lenalidomide/dexamethasone", ["lenalidomide", "dexamethasone"]),
        ("lenalidomide/fatigue", "lenalidomide/fatigue", ["lenalidomide/fatigue"]),
        ("lenalidomide/unheard", "lenalidomide/unheard", ["lenalidomide/unheard"]),
        ("had nausea/vomiting", "nausea/vomiting", ["nausea/vomiting"]),
    ],
)
def test_a_span_ends_where_the_mention_does(text: str, theirs: str, ours: list[str]) -> None:
    assert cut(text, theirs) == ours


@settings(max_examples=100, deadline=None)
@given(text=any_text.map(lambda t: t.encode("utf-8", "replace").decode()), data=st.data())
def test_any_span_becomes_runs_of_our_tokens_in_order(text: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    tokens = parse(text).tokens
    found = recut(text, Span(start, end), tokens, lambda words: "drug" if len(words) % 2 else None)
    assert {span.start for span in found} <= {token.start for token in tokens}
    assert {span.end for span in found} <= {token.end for token in tokens}
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(recut(text, span, tokens) == [span] for span in found if "/" not in span.of(text))


@given(st.lists(st.tuples(st.tuples(st.integers(0, 30), st.integers(1, 9)), st.sampled_from("ab")), max_size=12))
def test_what_is_kept_does_not_overlap_and_what_is_not_does(items: list[tuple[tuple[int, int], str]]) -> None:
    spans = [(Span(start, start + length), label) for (start, length), label in items]
    kept = without_overlaps(spans)
    assert kept == sorted(kept)
    assert all(a.end <= b.start for (a, _), (b, _) in itertools.pairwise(kept))
    for span, label in spans:
        assert (span, label) in kept or any(span.overlaps(other) and len(other) >= len(span) for other, _ in kept)
