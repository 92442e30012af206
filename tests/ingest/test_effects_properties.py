"""What holds of figures whatever the text is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.attach import attach
from ingest.effects import read_figures
from ingest.figures import Figure, FigureKind
from tests.ingest.printed import any_text, noise, numbers_of, printed

READ = (FigureKind.VALUE, FigureKind.INTERVAL, FigureKind.P, FigureKind.SIZE)


def assert_figures_lie_in(text: str, figures: list[Figure]) -> None:
    assert all(f.span.end <= len(text) for f in figures)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(figures))
    for figure in figures:
        assert all(figure.span.contains(t) for t in figure.times)
        if figure.kind in READ:
            assert set(numbers_of(figure)) <= printed(figure.span.of(text)), figure


@settings(max_examples=200, deadline=None)
@given(any_text)
def test_figures_are_in_order_apart_and_printed_where_they_say(text: str) -> None:
    assert_figures_lie_in(text, read_figures(text))


@settings(max_examples=200, deadline=None)
@given(noise)
def test_attaching_keeps_them_so_and_loses_no_value(text: str) -> None:
    figures = read_figures(text)
    joined = attach(text, figures)
    assert_figures_lie_in(text, joined)
    assert [f.value for f in joined if f.kind is FigureKind.VALUE] == [
        f.value for f in figures if f.kind is FigureKind.VALUE
    ]
    assert sum(f.interval is not None for f in joined) == sum(f.interval is not None for f in figures)
    assert sum(f.p is not None for f in joined) == sum(f.p is not None for f in figures)


@settings(max_examples=60, deadline=None)
@given(noise, st.integers(0, 200))
def test_a_figure_does_not_move_with_its_text(text: str, blanks: int) -> None:
    """Reading looks at a neighbourhood, so blank lines before a text shift all ranges and change nothing else."""
    lead = "\n" * blanks
    moved = read_figures(lead + text)
    here = read_figures("\n" + text) if blanks else read_figures(text)
    back = blanks - 1 if blanks else 0
    assert [(f.rule, f.value, f.span.start - back) for f in moved] == [(f.rule, f.value, f.span.start) for f in here]


@pytest.mark.parametrize(
    "piece",
    [
        "1", "(", ")", "1.", "1,", "1-", "1/", "-1", "·", "1%", "95%", "P of ", "HR ", "1 of ", "Jan ", "a ", "\n",
        "one ", "one of ", "group 1, ", "± 1 ", "mean (SD) 1 (2) ", "per 100 ", "HR (95% CI) ", "at 1, ", "+/-",
        "1 (1)",
    ],
)  # fmt: skip
def test_long_runs_are_read_in_the_end(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    figures = attach(text, read_figures(text))
    assert all(f.span.end <= len(text) for f in figures)
