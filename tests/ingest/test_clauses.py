"""Sentences cut where each side reports, and whole elsewhere."""

from __future__ import annotations

import pytest

from ingest.article import Span
from ingest.clauses import split_clauses


def clauses(text: str) -> list[str]:
    """Clauses of ``text``, where a range with a per cent sign reports."""
    found = split_clauses(text, Span(0, len(text)), lambda part: "%" in part.of(text))
    return [c.of(text).strip() for c in found]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Relapse was 12%; death was 4%.", 2),
        ("Relapse was 12%, and death was 4%.", 2),
        ("Relapse was 12%, while death was 4%.", 2),
        ("Relapse was 12% whereas death was 4%.", 2),
        ("Relapse was 12% and was 14% in men.", 2),
        ("Relapse was 12% and 14%.", 1),
        ("Relapse was rare, and death was 4%.", 1),
        ("Relapse was 12%, and death was rare.", 1),
        ("Relapse was 12% (men; 14% of them) in all.", 1),
        ("Relapse was 12% [4%; 20%; P = .03].", 1),
    ],
)
def test_clauses(text: str, count: int) -> None:
    assert len(clauses(text)) == count


def test_clauses_are_the_sentence_in_order_and_whole() -> None:
    text = "Relapse was 12%; death was 4%, and pain was 2%."
    found = split_clauses(text, Span(0, len(text)), lambda part: True)
    assert "".join(c.of(text) for c in found) == text


def test_a_range_in_the_middle_of_a_text_is_cut_by_itself() -> None:
    text = "Before; this. Relapse was 12%; death was 4%. After; it."
    span = Span(14, text.index(" After"))
    assert [c.of(text) for c in split_clauses(text, span, lambda part: True)] == ["Relapse was 12%;", " death was 4%."]
