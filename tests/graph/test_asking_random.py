"""Random questions to random libraries: the library and the SPARQL of a question give the same claims in one order."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.language.model import Question
from graph.library import Library
from graph.model import Verdict
from graph.opening import MEMORY
from ingest.article import ArticleKind
from ingest.claim import Check, ClaimKind, Direction, Grade, Measure, Mention, Significance, Study
from tests import builders
from tests.builders import LENALIDOMIDE
from tests.graph.questions import questions
from tests.graph.small import ELIGIBLE, HAEMATOLOGICAL, INELIGIBLE, OS, PLACEBO, SPM, TERMINOLOGY, THALIDOMIDE
from tests.graph.test_asking import answered, asked

_WORDS = st.sampled_from(
    ["lenalidomide", "no lenalidomide", "thalidomide", "placebo", "SPM", "no SPM", "overall survival", "OS", "low dose",
     "transplant-eligible", "non-transplant-eligible", "not yet transplant-eligible", "newmab", "without OS, then OS"]
)  # fmt: skip
_CONCEPTS = st.sampled_from(
    [LENALIDOMIDE, THALIDOMIDE, PLACEBO, SPM, HAEMATOLOGICAL, OS, ELIGIBLE, INELIGIBLE, "urn:x"]
)


@st.composite
def _mentions(draw: st.DrawFn) -> Mention:
    concepts = draw(st.lists(_CONCEPTS, max_size=2, unique=True))
    return Mention(draw(_WORDS), None, draw(st.none() | _WORDS), concepts[0] if concepts else None, tuple(concepts))


_DATES = st.sampled_from([None, "1999", "2015", "2015-03", "2015-03-09", "2015-13", "2020-01-31", "May 2015", "20150"])
_SIZES = st.sampled_from([None, 0, 99, 100, 101, 500, 1200])
_STUDIES = st.builds(
    Study,
    name=st.sampled_from(["One", "Two"]),
    design=st.sampled_from([None, "randomised controlled trial", "Randomized trial", "cohort study", "registry"]),
    phase=st.sampled_from([None, "3", "III", "II/III", "IIIb", "13", "iv"]),
    randomised=_SIZES,
    enrolled=_SIZES,
)
_ARTICLES = st.fixed_dictionaries(
    {
        "published": _DATES,
        "kind": st.sampled_from([ArticleKind.ABSTRACT, ArticleKind.FULL_TEXT, ArticleKind.NEWS]),
        "retracted": st.sampled_from([False, False, False, True]),
        "primary_source": st.sampled_from([None, None, "doi:10.1000/x", "Lancet 2001"]),
        "pmid": st.sampled_from([None, None, "77"]),
    }
)
_CLAIMS = st.fixed_dictionaries(
    {
        "intervention": st.none() | _mentions(),
        "comparator": st.none() | _mentions(),
        "outcome": _mentions(),
        "population": st.none() | _mentions(),
        "direction": st.none() | st.sampled_from(Direction),
        "significance": st.none() | st.sampled_from(Significance),
        "kind": st.sampled_from([ClaimKind.OWN_RESULT, *ClaimKind]),
        "confidence": st.sampled_from([0.0, 0.3125, 0.31249, 0.5, 0.9995, 1.0]),
        "checks": st.lists(st.builds(Check, st.just("rule"), st.sampled_from(Grade)), max_size=2).map(tuple),
        "study": st.none() | _STUDIES,
    }
)
_MEASURES = st.lists(st.sampled_from(Measure), max_size=2)
_DECISIONS = st.sampled_from([None, None, Verdict.ACCEPT])
_NAMES = st.sampled_from(
    ["lenalidomide", "thalidomide", "imids", "SPM", "OS", "survival", "placebo", "transplant-eligible", "then",
     "non-transplant-eligible", "low dose"]
)  # fmt: skip
_SAID = st.sampled_from(["more", "frequent", "1", "55", "hr", "x", "in"])


def _fill(library: Library, rows: list[tuple[dict[str, Any], dict[str, Any], list[Measure], Verdict | None]]) -> None:
    for number, (article, slots, measures, verdict) in enumerate(rows):
        identifier = f"urn:picograph:article:{number}"
        source = builders.article(f"{number}. {builders.SENTENCE}", id=identifier, **article)
        effects = tuple(builders.effect(source.text, builders.NUMBERS, measure=each) for each in measures)
        claim = builders.spm_claim(source, **{**slots, "effects": effects})
        library.ingest(source, [claim], builders.RUN)
        if verdict is not None:
            library.decide(claim.id, verdict, author="a", made_at="2026-03-01T12:00:00Z")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(_ARTICLES, _CLAIMS, _MEASURES, _DECISIONS), min_size=1, max_size=5),
    st.lists(questions(_NAMES, _SAID), min_size=1, max_size=6),
)
def test_any_library_and_the_sparql_of_any_question_agree(
    rows: list[tuple[dict[str, Any], dict[str, Any], list[Measure], Verdict | None]], several: list[Question]
) -> None:
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        _fill(library, rows)
        for question in several:
            assert asked(library, question.text) == answered(library, question.text), question.text
