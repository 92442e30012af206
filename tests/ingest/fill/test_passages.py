"""What of an article may answer a question, and how words are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article, SectionKind
from ingest.fill.passages import PassageKind, passages_of
from ingest.fill.prepared import Prepared
from ingest.fill.words import stem_of, telling, words_of
from ingest.pipeline import Reading
from ingest.readers.errors import ReadError
from ingest.readers.table import read_bytes

TEXT = """A trial of two teas

ABSTRACT.METHODS:
We compared green tea (GT) with water in 40 adults.

ABSTRACT.RESULTS:
Sleep was longer with GT. Mood did not differ.

BODY.RESULTS:
Weights are in the table.

Body weight (kg)
70.1
72.3
0.02
Body fat (%)
22
24
NS
"""


def _prepared(text: str) -> Prepared:
    return Prepared(read_bytes(text.encode(), "tea.txt"), lambda article: Reading(article, None, ()))


def test_sentences_and_rows_of_a_table_in_plain_text_with_their_sections() -> None:
    prepared = _prepared(TEXT)
    found = [(p.kind, p.section, p.abstract, " ".join(p.span.of(TEXT).split())) for p in prepared.passages]
    sentence, row = PassageKind.SENTENCE, PassageKind.ROW
    assert (sentence, SectionKind.RESULTS, True, "Sleep was longer with GT.") in found
    assert (sentence, SectionKind.METHODS, True, "We compared green tea (GT) with water in 40 adults.") in found
    assert (row, SectionKind.RESULTS, False, "Body weight (kg) 70.1 72.3 0.02") in found
    assert (row, SectionKind.RESULTS, False, "Body fat (%) 22 24 NS") in found


def test_short_forms_both_ways() -> None:
    prepared = _prepared(TEXT)
    assert prepared.long_of == {"GT": "green tea"}
    assert prepared.short_of == {"green tea": ("GT",)}


def test_an_article_is_read_at_most_once() -> None:
    calls: list[str] = []

    def read(article: Article) -> Reading:
        calls.append(article.id)
        return Reading(article, None, ())

    prepared = Prepared(read_bytes(TEXT.encode(), "tea.txt"), read)
    assert not calls
    assert prepared.claims == ()
    assert prepared.claims == ()
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("reductions", "reduction"), ("Infected", "infect"), ("anaemia", "anemia"), ("β", "beta")]
)
def test_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stem_of(one) == stem_of(other)


@pytest.mark.parametrize(("one", "other"), [("2.5", "25"), ("analysis", "analyst"), ("men", "women")])
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stem_of(one) != stem_of(other)


def test_words_that_tell_nothing_count_only_where_there_are_no_others() -> None:
    assert telling(stem_of(w) for w in ["number", "of", "falls"]) == (stem_of("falls"),)
    assert telling(stem_of(w) for w in ["total", "score"]) == (stem_of("total"), stem_of("score"))


@given(st.text(alphabet="aB1. \n:|(%)é\u2009", max_size=300))
def test_passages_are_in_order_apart_and_not_empty(text: str) -> None:
    article = Article("urn:x:1", text)
    if text.strip():
        try:
            article = read_bytes(text.encode(), "x.txt")
        except ReadError:
            return
    last = 0
    for passage in passages_of(article, article.text):
        assert passage.span.start >= last
        assert passage.span.of(article.text).strip()
        last = passage.span.end


@given(st.text(max_size=80))
def test_a_word_stands_where_it_says(text: str) -> None:
    for word in words_of(text):
        assert stem_of(text[word.start : word.end]) == word.stem
