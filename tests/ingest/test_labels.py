"""Labels inside a paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import SectionKind
from ingest.readers.labels import labelled
from ingest.readers.table import read_bytes

TEXT = (
    "A trial of things\n\nBackground: Things are bad. Methods: We gave things to 60 people. Results: Things fell. "
    "Conclusions: They fell."
)


def test_each_label_opens_a_section() -> None:
    article = read_bytes(TEXT.encode(), "a.txt")
    found = [(s.kind, s.span.of(article.text)) for s in article.sections]
    assert found == [
        (SectionKind.TITLE, "A trial of things"),
        (SectionKind.BACKGROUND, "Things are bad."),
        (SectionKind.METHODS, "We gave things to 60 people."),
        (SectionKind.RESULTS, "Things fell."),
        (SectionKind.CONCLUSION, "They fell."),
    ]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("OBJECTIVE To see. RESULTS It fell.", ["OBJECTIVE", "RESULTS"]),
        ("Methods and findings: It fell.", ["Methods and findings"]),
        ("Main outcome measures: Death. Results: None.", ["Main outcome measures", "Results"]),
        ("It fell; the results: none.", [None]),
        ("The results were clear. Patients: all of them.", [None, "Patients"]),
    ],
)
def test_what_is_a_label(text: str, labels: list[str | None]) -> None:
    assert [label for _, _, label in labelled(text, 0, len(text))] == labels


@given(st.text(max_size=300))
def test_parts_are_apart_and_in_order(text: str) -> None:
    parts = labelled(text, 0, len(text))
    edges = [e for a, b, _ in parts for e in (a, b)]
    assert edges == sorted(edges)
    assert all(text[a:b].strip() for a, b, _ in parts)


def test_findings_under_their_own_label_are_read_as_results() -> None:
    article = read_bytes(b"A trial of things\n\nMethods and findings: Things fell by half.", "a.txt")
    assert article.sections[-1].kind is SectionKind.RESULTS
