"""The same question in SPARQL finds the same claims in the same order, on every kind of store."""

from __future__ import annotations

import doctest
import sys
import unicodedata
from collections.abc import Iterator
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from graph.asking.naming import spread
from graph.errors import QuestionError
from graph.language.model import Question
from graph.library import Library
from graph.opening import MEMORY
from graph.question import quoted
from graph.words import BETWEEN, NEGATORS, says_plainly
from ingest.claim import Mention
from tests import builders
from tests.graph.asked import SUITE, fill
from tests.graph.questions import questions
from tests.graph.small import ELIGIBLE, SPM, TERMINOLOGY


def answered(library: Library, question: str) -> list[str]:
    """The claims of all pages of the answer."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = library.evidence(question, limit=7, cursor=cursor)
        found += [row.claim.id for row in page.rows]
        if (cursor := page.cursor) is None:
            return found


def asked(library: Library, question: str) -> list[str]:
    """The claims that the SPARQL of the question finds."""
    rows = library._access.store.select(library.explain(question).sparql)
    return [row[0].value for row in rows if row[0] is not None]


@pytest.fixture(scope="module")
def filled() -> Iterator[Library]:
    """The library of ``asked``; tests only read it."""
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        fill(library)
        yield library


@pytest.mark.parametrize("question", [q for q, names in SUITE.items() if names is not None])
def test_a_question_and_its_sparql_find_what_they_should(filled: Library, question: str) -> None:
    ids = asked(filled, question)
    names = [filled.claim(i)[1].id[-1] for i in ids]
    assert names == list(SUITE[question] or "")
    assert answered(filled, question) == ids
    assert filled.explain(question).total == len(ids)


@pytest.mark.parametrize("question", [q for q, names in SUITE.items() if names is None])
def test_what_is_refused_has_no_sparql(filled: Library, question: str) -> None:
    with pytest.raises(QuestionError):
        filled.explain(question)


def test_every_kind_of_store_says_the_same(any_library: Library) -> None:
    fill(any_library)
    for question, names in SUITE.items():
        if names is not None:
            assert asked(any_library, question) == answered(any_library, question), question


ELSEWHERE = [q for q, names in SUITE.items() if names is not None and "text:" not in q][::6]


def test_another_engine_reads_the_exported_triples_and_agrees(filled: Library) -> None:
    elsewhere = Graph().parse(data=b"".join(filled.dump("turtle")), format="turtle")
    for question in ELSEWHERE:  # rdflib has no character classes of XPath, which text: needs
        rows = elsewhere.query(filled.explain(question).sparql)
        assert [str(row[0]) for row in rows] == asked(filled, question), question  # type: ignore[index]


_NAMES = st.sampled_from(
    ["lenalidomide", "thalidomide", "imids", "SPM", "OS", "placebo", "transplant-eligible", "second cancers", "newmab",
     "non-transplant-eligible", "prior lenalidomide", "deaths", "low dose",
     "https://w3id.org/picograph/concept/survival"]
)  # fmt: skip
_SAID = st.sampled_from(["second", "primary", "frequent", "1", "55", "ci", "x", "ärzte", "b"])


@settings(max_examples=100, deadline=None)
@given(questions(_NAMES, _SAID))
def test_any_question_and_its_sparql_agree(filled: Library, question: Question) -> None:
    assert asked(filled, question.text) == answered(filled, question.text)


_SAYING = st.lists(
    st.sampled_from(["non", "no", "not", "yet", "prior", "previously", "transplant", "eligible", "patients", "x"]),
    min_size=1,
    max_size=6,
).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(_SAYING, st.none() | _SAYING, st.sampled_from([None, ELIGIBLE, SPM])), min_size=1, max_size=5),
    st.sampled_from(
        ["in transplant-eligible", "in not transplant-eligible", "in prior", 'in "x" or not eligible',
         'in "no prior x"', "in transplant transplant", 'in "eligible" and not ("x" or "prior transplant")',
         "in non-transplant-eligible"]
    ),
)  # fmt: skip
def test_denied_names_are_told_apart_in_sparql_too(
    mentions: list[tuple[str, str | None, str | None]], place: str
) -> None:
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        for number, (words, label, concept) in enumerate(mentions):
            source = builders.article(f"{number}: {builders.SENTENCE}", id=f"urn:picograph:article:{number}")
            claim = builders.spm_claim(source, population=Mention(words, None, label, concept), study=None)
            library.ingest(source, [claim], builders.RUN)
        assert asked(library, f"? -> ? {place}") == answered(library, f"? -> ? {place}")


_LETTERS = st.text(st.sampled_from("aAéÉßẞΣσςıİiKeK0²٣½_-'  \u0301中文ǅµμſs"), max_size=14)


@settings(max_examples=60, deadline=None)
@given(st.lists(_LETTERS, min_size=1, max_size=6), st.data())
def test_words_of_quotes_are_found_alike_in_any_script(quotes: list[str], data: st.DataObject) -> None:
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        for number, words in enumerate(quotes):
            source = builders.article(f"x {words} y", id=f"urn:picograph:article:{number}")
            library.ingest(source, [builders.claim(source, outcome="y")], builders.RUN)
        said = data.draw(st.sampled_from(quotes)) or "x"
        start = data.draw(st.integers(0, len(said) - 1))
        part = said[start : start + data.draw(st.integers(1, 6))]
        if any(sign.isalnum() for sign in part):
            question = f"? -> ? text:{quoted(part)}"
            assert asked(library, question) == answered(library, question)


def test_the_marks_are_no_part_of_any_key() -> None:
    assert spread("no x") == " no!  x "
    assert NEGATORS.isdisjoint(BETWEEN)
    assert says_plainly(["no prior x"], ["x"]) is False


def test_words_are_the_same_signs_in_python_and_in_sparql() -> None:
    signs = [s for s in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(s) not in ("Cn", "Co", "Cs")]
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        for start in range(0, len(signs), 0x1000):
            part = [s for s in signs[start : start + 0x1000] if s not in '"\\\n\r']
            text = "".join(part)
            query = f'SELECT (REPLACE("{text}", "[^\\\\p{{L}}\\\\p{{N}}]", "") AS ?kept) WHERE {{}}'
            kept = library._access.store.select(query)[0][0]
            assert kept is not None
            assert kept.value == "".join(s for s in part if s.isalnum()), hex(start)


@pytest.mark.parametrize("module", ["graph.asking.naming"])
def test_worked_examples_hold(module: str) -> None:
    found = doctest.testmod(import_module(module))
    assert found.attempted > 0
    assert found.failed == 0


def test_an_explanation_tells_what_is_asked(filled: Library) -> None:
    told = filled.explain("imids and not thalidomide -> SPM in elderly since:2015")
    assert told.form == '("imids" and not "thalidomide") -> "SPM" in "elderly" since:2015'
    first, second, third, fourth = told.terms
    (imids,) = first.concepts
    assert (first.role, imids.name, imids.narrower) == ("intervention", "immunomodulatory drugs", 2)
    assert [term.claims for term in (first, second, third)] == [16, 2, 19]
    assert (fourth.role, fourth.concepts, fourth.words, fourth.claims) == ("population", (), ("elderly",), 0)
    assert "Published: in 2015 or later." in told.filters
    assert "Status: any but rejected, as the question does not say." in told.filters
    assert any("read as immunomodulatory drugs" in said for said in told.said)


def test_a_question_cannot_leave_its_comment(filled: Library) -> None:
    hostile = '"x\u2028y" -> "a\n} DROP ALL #" text:"} # z"'
    assert asked(filled, hostile) == answered(filled, hostile) == []
    assert filled.explain(hostile).sparql.splitlines()[0].startswith("# ")
