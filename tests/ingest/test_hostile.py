"""Texts that are made to take for ever end in time, and blanks that are read as one leave every offset where it was."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Span
from ingest.effects import read_figures
from ingest.figures import Figure
from ingest.view import plain_view

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 60
"""Seconds for the whole list; it takes a small part of them, and one text that is read every way takes for ever."""

READ = """
from ingest.pipeline import load_pipeline
from ingest.readers.table import read_bytes

blanks = " " * 20_000
texts = [
    "at " + ",".join(["111"] * 30),
    "at " + "1 and " * 30,
    f"HR{blanks}0.78{blanks}(95%{blanks}CI{blanks}0.60{blanks}to",
    f"12{blanks}of{blanks}30{blanks}patients{blanks}(",
    f"Relapse was 12%{blanks}versus{blanks}19%{blanks}with",
    f"6{blanks}October{blanks}2023{blanks}n{blanks}={blanks}12",
    "[" * 20_000,
    "(" * 20_000,
    "<" * 20_000,
    "](" * 10_000,
    "<a " * 7_000,
    "(AB) " * 4_000,
    "1 " * 10_000,
    "1," * 10_000,
    "non-" * 5_000,
    "x" * 20_000,
    "1" * 20_000,
]
pipeline = load_pipeline()
for text in texts:
    reading = pipeline.read(read_bytes(text.encode(), "hostile.md"))
    assert reading.article.text == text
    print("read")
"""


def test_hostile_texts_end_in_time_and_lose_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ], cwd=ROOT, capture_output=True, text=True, timeout=LIMIT, check=False
    )
    assert done.stderr == ""
    assert done.stdout.split() == ["read"] * 17


ANNOTATED = """
from ingest.pipeline import load_pipeline

pain = "Relapse was 12.5% with lenalidomide (95% CI 10 to 15) and pain 19% with placebo"
texts = [
    ", and ".join([pain] * 2_400),
    "x" * 100_000,
    "Zinc/" * 20_000,
    "12.5%," * 16_000,
    "(" * 10_000 + "zinc" + ")" * 10_000,
    "([" * 5_000 + "12%" + ")]" * 5_000,
    "acute pain (AP) and AP; " * 2_000,
    "".join(map(chr, range(32))) * 500 + "lenalidomide",
    "来那度胺组的复发率为12%,安慰剂组为19%。" * 1_000,
    "lenalidomide \\ud800 and \\udfff\\udc00 placebo " * 500,
    " " * 100_000,
    "",
]
pipeline = load_pipeline()
for text in texts:
    found = pipeline.annotate(text)
    entities = found["entities"]
    same = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert all(0 <= e["start"] < e["end"] <= len(text) for e in entities)
    assert all(e["text"] == same[e["start"] : e["end"]] for e in entities)
    for r in found["relations"]:
        assert entities[r["head"]]["layer"] == entities[r["tail"]]["layer"] == "result"
    print(len(text), bool(entities))
"""


@pytest.mark.slow
def test_hostile_texts_are_annotated_in_time() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ANNOTATED], cwd=ROOT, capture_output=True, text=True, timeout=5 * LIMIT, check=False
    )
    assert done.stderr == ""
    answers = [line.split() for line in done.stdout.splitlines()]
    assert len(answers) == 12
    assert int(answers[0][0]) > 200_000
    assert answers[0][1] == answers[7][1] == answers[9][1] == "True"
    assert answers[10:] == [["100000", "False"], ["0", "False"]]


_WORDS = st.sampled_from([
    "HR", "0.78", "(95%", "CI", "0.60", "to", "0.99)", "12%", "versus", "19%", "of", "30", "patients", "P",
    "=", "0.01", "at", "1,", "2", "and", "3", "years", "median", "14", "months", "per", "(n = 12)", "6", "October",
    "2023",
])  # fmt: skip
_GAPS = st.sampled_from([" ", "  ", "\n", " \n ", "\t\t", " " * 50])


@st.composite
def spaced(draw: st.DrawFn) -> tuple[str, str, list[int]]:
    """A text, the same with other gaps between its words, and where each character of the first stands in the second.

    The first character of a gap stands for all of it.
    """
    narrow, wide, places = "", "", list[int]()
    for word in draw(st.lists(_WORDS, min_size=1, max_size=15)):
        gap = draw(_GAPS)
        places += [*range(len(wide), len(wide) + len(word)), len(wide) + len(word)]
        narrow += word + gap[0]
        wide += word + gap
    return narrow, wide, places


@settings(max_examples=300, deadline=None)
@given(spaced())
def test_blanks_move_a_figure_and_change_nothing_of_it(texts: tuple[str, str, list[int]]) -> None:
    narrow, wide, places = texts

    def moved(span: Span) -> Span:
        return Span(places[span.start], places[span.end - 1] + 1)

    def at(figure: Figure) -> Figure:
        return replace(figure, span=moved(figure.span), times=tuple(moved(t) for t in figure.times))

    assert read_figures(wide) == [at(f) for f in read_figures(narrow)]


def test_figures_behind_long_blanks_are_found_where_they_are_printed() -> None:
    text = f"Relapse{' ' * 20_000}was 12%\n\n\n{' ' * 300}versus{' ' * 5_000}19% at 1,{' ' * 900}2 and 3 years"
    figures = read_figures(text)
    assert [f.span.of(text) for f in figures[:2]] == ["12%", "19%"]
    assert [re.sub(r"\s+", " ", f.span.of(text)) for f in figures[2:]] == ["at 1, 2 and 3 years"]
    assert [t.of(text) for t in figures[2].times] == ["1", "2", "3"]


def test_a_word_that_no_one_writes_is_blank_in_the_view_and_keeps_its_place() -> None:
    text = f"Relapse {'x' * 20_000} was 12%"
    view = plain_view(text)
    assert len(view) == len(text)
    assert view.split() == ["Relapse", "was", "12%"]
    assert view.index("12%") == text.index("12%")


def test_a_long_word_that_someone_may_write_stays() -> None:
    assert plain_view("x" * 399) == "x" * 399
