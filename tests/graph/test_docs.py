"""The pages on the graph and the query language say what the program does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from graph.errors import QuestionError
from graph.language.reading import DEEPEST, MOST_FILTERS, MOST_TERMS
from graph.language.values import DIRECTIONS
from graph.library import Library
from graph.model import Verdict
from graph.question import FILTERS, LONGEST, Order, parse_question
from graph.vocab import EV
from ingest.claim import ClaimKind, Grade, Measure, Status
from tests import builders
from tests.graph.asked import fill
from tests.graph.small import TERMINOLOGY

DOCS = Path(__file__).resolve().parents[2] / "docs"
GRAPH = (DOCS / "graph.md").read_text(encoding="utf-8")
LANGUAGE = (DOCS / "query-language.md").read_text(encoding="utf-8")


def blocks(page: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL)


@pytest.mark.parametrize("question", [q for block in blocks(LANGUAGE, "question") for q in block.splitlines()])
def test_every_question_of_the_page_can_be_read(question: str) -> None:
    assert parse_question(question).text == question


@pytest.mark.parametrize("mistake", blocks(LANGUAGE, "mistake"))
def test_a_mistake_of_the_page_is_explained_as_it_says(mistake: str) -> None:
    asked, told = mistake.splitlines()
    with pytest.raises(QuestionError) as caught:
        parse_question(asked)
    assert str(caught.value) == told


def test_the_page_lists_every_filter_and_value() -> None:
    for name in FILTERS:
        assert f"`{name}:`" in LANGUAGE
    for value in (*Status, *ClaimKind, *Order, *Measure, *Grade, *DIRECTIONS):
        assert f"`{value}`" in LANGUAGE
    for limit in (f"{LONGEST:,} characters", f"{MOST_TERMS} terms or {MOST_FILTERS} filters", f"{DEEPEST} parentheses"):
        assert limit in LANGUAGE


def test_the_grammar_of_the_page_is_the_one_that_is_read() -> None:
    grammar = (resources.files("graph.queries") / "question.lark").read_text(encoding="utf-8")
    (shown,) = blocks(LANGUAGE, "lark")
    assert shown in grammar


@pytest.mark.parametrize("question", [q for block in blocks(LANGUAGE, "question") for q in block.splitlines()])
def test_every_question_of_the_page_is_answered_and_explained(filled: Library, question: str) -> None:
    told = filled.explain(question)
    assert told.total == filled.evidence(question).total
    assert told.sparql.startswith(f"# {question}")


@pytest.fixture(scope="module")
def filled() -> Iterator[Library]:
    with Library.open("memory:", terminology=TERMINOLOGY) as library:
        fill(library)
        yield library


@pytest.mark.parametrize("query", blocks(GRAPH, "sparql"))
def test_every_query_of_the_page_finds_something(query: str) -> None:
    source = builders.article()
    with Library.open("memory:") as library:
        library.ingest(source, [builders.spm_claim(source)], builders.RUN)
        library.decide(builders.spm_claim(source).id, Verdict.ACCEPT, author="a", made_at="2026-03-01T12:00:00Z")
        assert library._access.store.select(query)


def test_every_term_that_the_page_names_exists() -> None:
    named = set(re.findall(r"\bev:(\w+)", GRAPH))
    assert len(named) > 50
    for term in named:
        assert EV[term]
