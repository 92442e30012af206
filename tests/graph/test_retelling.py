"""One finding in several articles of a study: the best source first; what is remembered of linking."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.library import Library
from graph.model import EvidencePage, Reason, Verdict
from graph.opening import MEMORY
from graph.retelling import alike
from ingest.article import Article, ArticleKind
from ingest.claim import Arm, Claim, Direction, Interval, IntervalKind, Measure, Mention, Study
from tests import builders
from tests.builders import LENALIDOMIDE, NUMBERS, RUN
from tests.graph.small import HAEMATOLOGICAL, SPM, TERMINOLOGY

QUESTION = "lenalidomide -> SPM"
TRIAL = Study(name="Trial One", registration="NCT01554852")
BOUNDS = Interval(IntervalKind.CONFIDENCE, 1.03, 2.34, 95.0)


def told(
    name: str, kind: ArticleKind, study: Study | None = TRIAL, value: float = 1.55, **about: Any
) -> tuple[Article, Claim]:
    """An article of its own words with one claim."""
    source = builders.article(f"{name}: {builders.SENTENCE}", id=f"urn:picograph:article:{name}", kind=kind, **about)
    numbers = builders.effect(source.text, NUMBERS, measure=Measure.HAZARD_RATIO, value=value, interval=BOUNDS)
    outcome = Mention("SPM", None, None, SPM, (SPM,))
    return source, builders.spm_claim(source, study=study, outcome=outcome, effects=(numbers,))


def filled(*articles: tuple[Article, Claim]) -> Library:
    library = Library.open(MEMORY, terminology=TERMINOLOGY)
    for source, claim in articles:
        library.ingest(source, [claim], RUN)
    return library


def names(page: EvidencePage) -> list[tuple[str, list[str], str | None]]:
    """For each row its article, those beneath it, and the one above it."""

    def short(iri: str) -> str:
        return iri.rpartition(":")[2]

    rows = [(r, None if r.retells is None else short(r.retells.article)) for r in page.rows]
    return [(short(r.article.id), [short(t.article) for t in r.also], better) for r, better in rows]


FULL = told("full", ArticleKind.FULL_TEXT)
RECORD = told("record", ArticleKind.REGISTRY_RECORD)
NEWS = told("a-news", ArticleKind.NEWS)
OTHER = told("other", ArticleKind.FULL_TEXT, Study(registration="NCT00000009"))


def test_a_finding_of_three_articles_is_led_by_the_best_source_and_counted_by_its_study() -> None:
    with filled(NEWS, RECORD, FULL, OTHER) as library:
        page = library.evidence(QUESTION)
    assert (page.total, page.studies) == (4, 2)
    assert names(page) == [
        ("full", ["record", "a-news"], None),
        ("other", [], None),
        ("record", [], "full"),
        ("a-news", [], "full"),
    ]


def test_another_number_of_the_same_study_is_another_finding() -> None:
    with filled(NEWS, told("full", ArticleKind.FULL_TEXT, value=1.6)) as library:
        page = library.evidence(QUESTION)
    assert (page.total, page.studies) == (2, 1)
    assert [(also, better) for _, also, better in names(page)] == [([], None), ([], None)]


def test_what_a_question_leaves_out_is_told_nowhere() -> None:
    with filled(NEWS, FULL) as library:
        full = library.evidence(QUESTION).rows[0].claim.id
        library.decide(full, Verdict.REJECT, reason=Reason.OTHER, author="A", made_at="2026-03-01T12:00:00Z")
        assert names(library.evidence(QUESTION)) == [("a-news", [], None)]


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"intervention": None}, True),
        ({"intervention": Mention("thalidomide", None, None, "urn:x", ("urn:x",))}, False),
        ({"outcome": Mention("SPM", None, None, HAEMATOLOGICAL, (HAEMATOLOGICAL,))}, False),
        ({"direction": Direction.LOWER}, False),
        ({"effects": ()}, False),
    ],
)
def test_findings_are_the_same_by_outcome_arms_and_numbers(change: dict[str, Any], same: bool) -> None:
    source, claim = FULL
    mine = Mention("Revlimid", None, None, LENALIDOMIDE, (LENALIDOMIDE,))
    one = replace(claim, direction=Direction.HIGHER, intervention=mine)
    other = replace(one, **change)
    assert alike(one, other) is alike(other, one) is same
    bare = replace(one, effects=(replace(one.effects[0], interval=None),))
    assert alike(one, bare)
    more = builders.effect(source.text, "1.03", arm=Arm.INTERVENTION, value=1.03)
    assert alike(one, replace(one, effects=(*one.effects, more)))
    assert not alike(
        replace(one, effects=(replace(more, value=1.0), *one.effects)), replace(one, effects=(*one.effects, more))
    )


def test_an_abstract_beside_its_full_text_is_left_out_and_said_to_be() -> None:
    abstract = told("abstract", ArticleKind.ABSTRACT, None, pmid="111111")
    full = told("full", ArticleKind.FULL_TEXT, None, pmid="111111", doi="10.1000/x")
    with filled(abstract, full) as library:
        page = library.evidence(QUESTION)
        assert names(page) == [("full", [], None)]
        assert (page.total, page.studies) == (1, 1)
        assert any("1 of abstracts" in said for said in page.explanation)
        record = library.article("urn:picograph:article:abstract")
        assert len(record.claims) == 1
        assert record.study is not None
        assert [other.article for other in record.study.others] == ["urn:picograph:article:full"]
    with filled(abstract) as library:
        assert names(library.evidence(QUESTION)) == [("abstract", [], None)]


@pytest.mark.parametrize("full_first", [True, False])
def test_an_abstract_never_takes_the_place_of_its_full_text(full_first: bool) -> None:
    full = builders.article(
        f"All of it. {builders.SENTENCE}", id="https://doi.org/10.1000/x", kind=ArticleKind.FULL_TEXT
    )
    abstract = builders.article(builders.SENTENCE, id="https://doi.org/10.1000/x", kind=ArticleKind.ABSTRACT)
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        first, second = (full, abstract) if full_first else (abstract, full)
        library.ingest(first, [builders.spm_claim(first)], RUN)
        outcome = library.ingest(second, [builders.spm_claim(second)], RUN)
        assert (outcome.added, outcome.removed) == ((0, 0) if full_first else (1, 1))
        assert library.ingest(second, [builders.spm_claim(second)], RUN).unchanged
        assert outcome.claims == 1
        assert library.article("https://doi.org/10.1000/x").article == full


def units(library: Library) -> dict[str, Any]:
    return {a.id: library.article(a.id).study for a in library.articles()}


def test_what_is_remembered_of_earlier_revisions_is_what_would_be_read_anew() -> None:
    sizes = Study(enrolled=512)
    steps = [
        told("page", ArticleKind.NEWS, sizes),
        told("paper", ArticleKind.FULL_TEXT, Study(registration="NCT01554852", enrolled=512), value=1.6),
        OTHER,
    ]
    with filled(steps[0]) as library:
        asked = [units(library)]
        for source, claim in steps[1:]:
            library.ingest(source, [claim], RUN)
            asked.append(units(library))
        paper = steps[1][1]
        library.decide(
            paper.id, Verdict.CORRECT, changes=[("effects[0].value", 1.55)], author="A", made_at="2026-03-01T12:00:00Z"
        )
        corrected = units(library)
        library._access.forget()
        assert units(library) == corrected
    for number in range(1, len(steps) + 1):
        with filled(*steps[:number]) as fresh:
            assert units(fresh) == asked[number - 1]
    page = corrected["urn:picograph:article:page"]
    assert not asked[1]["urn:picograph:article:page"].others
    assert page.reasons == (
        "prints the same numbers as urn:picograph:article:paper: hazard ratio 1.55 (1.03 to 2.34), 512 participants",
    )
