"""The evidence map: what a cell counts, once each, and that a question for it finds the same claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings

from graph.analyses.conflicts import Grade, conflicts
from graph.analyses.evidence_map import evidence_map
from graph.analyses.facts import Fact, Term
from graph.analyses.files import FileFormat, written
from graph.analyses.narrowing import narrowed
from graph.analyses.of_library import Analyses, Analysis
from graph.analyses.tally import Found, Worth, tally
from graph.library import Library
from graph.model import Reason, Verdict
from graph.opening import MEMORY
from graph.question import parse_question, quoted
from ingest.article import Article
from ingest.claim import Claim, Favours, Mention, Study
from tests import builders, strategies
from tests.builders import LENALIDOMIDE, RUN
from tests.graph.analyses.made import DOWN, SAME, SURE, UP, fact, many_facts
from tests.graph.small import HAEMATOLOGICAL, IMID, OS, SPM, SURVIVAL, TERMINOLOGY, THALIDOMIDE


def test_a_study_counts_once_and_is_mixed_where_its_claims_differ() -> None:
    counted = tally(
        [
            fact(1, "a", OS, "t1", direction=UP, favours=Favours.HIGHER, year=2015, significance=SURE),
            fact(2, "a", OS, "t1", direction=UP, favours=Favours.HIGHER, year=2019),
            fact(3, "a", OS, "t1", year=2021),
            fact(4, "a", OS, "t2", direction=UP, favours=Favours.LOWER),
            fact(5, "a", OS, "t2", direction=DOWN, favours=Favours.LOWER),
            fact(6, "a", OS, "t3", direction=SAME, favours=Favours.LOWER),
            fact(7, "a", OS, "t4"),
        ]
    )
    assert [(s.study, s.found, s.worth) for s in counted.studies] == [
        ("t1", Found.HIGHER, Worth.BENEFIT),
        ("t2", Found.MIXED, Worth.MIXED),
        ("t3", Found.NO_DIFFERENCE, Worth.NEITHER),
        ("t4", Found.UNKNOWN, Worth.UNKNOWN),
    ]
    assert dict(counted.claims_found) == {Found.HIGHER: 3, Found.LOWER: 1, Found.NO_DIFFERENCE: 1, Found.UNKNOWN: 2}
    assert (counted.significant, counted.latest, len(counted.claims)) == (1, 2021, 7)


def test_rows_are_concepts_or_broader_ones_and_the_most_studied_come_first() -> None:
    facts = [
        fact(1, LENALIDOMIDE, OS, "t1"),
        fact(2, LENALIDOMIDE, HAEMATOLOGICAL, "t2"),
        fact(3, THALIDOMIDE, OS, "t3"),
        fact(4, "a", SPM, "t4"),
        fact(5, None, SPM, "t5"),
    ]
    plain = evidence_map(facts, TERMINOLOGY)
    assert [axis.term.label for axis in plain.drugs] == ["lenalidomide", "a", "thalidomide"]
    spm = plain.cell(LENALIDOMIDE, SPM)
    assert spm is not None
    assert spm.tally.claims == ("claim:0002",), "a narrower outcome counts, as a question finds it"
    assert plain.without_drug == 1
    up = evidence_map(facts, TERMINOLOGY, up=1)
    assert [(axis.term.label, axis.studies) for axis in up.drugs] == [("immunomodulatory drugs", 3), ("a", 1)]
    assert [axis.term.id for axis in up.outcomes] == [SPM, SURVIVAL]
    small = evidence_map(facts, TERMINOLOGY, drugs=1, outcomes=1)
    assert (len(small.drugs), small.all_drugs, len(small.outcomes), small.all_outcomes) == (1, 3, 1, 3)


def test_a_combination_counts_for_each_drug_but_for_the_asked_one_alone_where_one_was_asked() -> None:
    both = fact(1, "a", OS, "t1")
    partner = f"{LENALIDOMIDE} + {THALIDOMIDE}"
    both = Fact("c", "a", "t1", both.outcome, Term(partner, "both", (LENALIDOMIDE, THALIDOMIDE), ("both",)))
    assert len(evidence_map([both], TERMINOLOGY).drugs) == 2
    asked = evidence_map([both], TERMINOLOGY, asked=({THALIDOMIDE}, ()))
    assert [axis.term.id for axis in asked.drugs] == [THALIDOMIDE]


def test_a_cell_with_claims_of_both_sides_is_marked() -> None:
    facts = [
        fact(1, LENALIDOMIDE, OS, "t1", direction=UP, significance=SURE),
        fact(2, LENALIDOMIDE, OS, "t2", direction=DOWN, significance=SURE),
        fact(3, LENALIDOMIDE, SPM, "t2", direction=DOWN, significance=SURE),
    ]
    made = evidence_map(facts, TERMINOLOGY, found=conflicts(facts).conflicts)
    assert {cell.outcome: cell.conflict for cell in made.cells} == {OS: Grade.CONTRADICTION, SPM: None}


@settings(max_examples=60, deadline=None)
@given(many_facts())
def test_whatever_the_claims_nothing_counts_twice(facts: list[Fact]) -> None:
    made = evidence_map(facts, TERMINOLOGY, found=conflicts(facts).conflicts)
    assert made == evidence_map(facts[::-1], TERMINOLOGY, found=conflicts(facts).conflicts)
    by_id = {f.claim: f for f in facts}
    for cell in made.cells:
        held = cell.tally
        assert len(set(held.claims)) == len(held.claims) == sum(n for _, n in held.claims_found)
        studies = [s.study for s in held.studies]
        assert (
            len(set(studies)) == len(studies) == sum(n for _, n in held.studies_found) == sum(n for _, n in held.worth)
        )
        assert {by_id[claim].study for claim in held.claims} == set(studies)
        assert sorted(c for s in held.studies for c in s.claims) == list(held.claims)
    named = {f.claim for f in facts if f.drug is not None}
    assert {claim for cell in made.cells for claim in cell.tally.claims} == named


def fill(library: Library, turned: bool = False) -> None:
    """Two articles of one trial, one of another, one rejected claim, and words that name a concept or deny it."""
    slots: list[tuple[str, dict[str, Any]]] = [
        ("one", {"study": Study(registration="NCT01554852")}),
        ("two", {"study": Study(registration="NCT01554852"), "outcome": Mention("haem", None, None, HAEMATOLOGICAL)}),
        ("three", {"study": Study(registration="NCT01554853")}),
        ("four", {"intervention": Mention("no prior lenalidomide", None, None, LENALIDOMIDE, (LENALIDOMIDE,))}),
        ("five", {"intervention": Mention("oral lenalidomide", None, None, None)}),
        ("six", {"study": Study(registration="NCT01554854")}),
    ]
    for name, more in slots[::-1] if turned else slots:
        source = builders.article(
            f"{name}: {builders.SENTENCE}", id=f"urn:picograph:article:{name}", published="2019-03"
        )
        held: dict[str, Any] = {"outcome": Mention("SPM", None, None, SPM, (SPM,)), **more}
        claim = builders.spm_claim(source, direction=UP, outcome_favours=Favours.LOWER, **held)
        library.ingest(source, [claim], RUN)
        if name == "six":
            rejected = claim.id
    library.decide(rejected, Verdict.REJECT, reason=Reason.OTHER, author="a", made_at="2026-03-01T12:00:00Z")


def test_the_question_for_a_cell_finds_what_it_counts(library: Library) -> None:
    fill(library)
    made = library.analyses.map()
    assert (made.total, made.counted) == (5, 5)
    assert made.result.studies == library.evidence("? -> ?").studies
    linked = [c for c in made.result.cells if not (c.drug + c.outcome).count("words:")]
    assert {(c.drug, c.outcome) for c in linked} == {(LENALIDOMIDE, SPM), (LENALIDOMIDE, HAEMATOLOGICAL)}
    for cell in linked:
        question = narrowed(parse_question("? -> ?"), cell.drug, cell.outcome)
        assert question == f"{quoted(cell.drug)} -> {quoted(cell.outcome)}"
        page = library.evidence(question)
        assert {row.claim.id for row in page.rows} == set(cell.tally.claims)
        assert page.studies == len(cell.tally.studies)
        assert {row.claim.study.id for row in page.rows if row.claim.study} == {s.study for s in cell.tally.studies}
    spm = made.result.cell(LENALIDOMIDE, SPM)
    assert spm is not None
    assert (spm.tally.latest, dict(spm.tally.worth)) == (2019, {Worth.HARM: 2})
    assert library.analyses.map("lenalidomide -> ?", up=1).result.drugs[0].term.id == IMID


def test_a_question_with_filters_is_narrowed_and_keeps_them(library: Library) -> None:
    fill(library)
    text = "(IMiD or thalidomide) -> not survival since:2018 vs ? order:newest"
    asked = parse_question(text)
    made = library.analyses.map(text)
    assert made.total
    for cell in made.result.cells:
        question = narrowed(asked, cell.drug, cell.outcome)
        assert question is not None
        page = library.evidence(question)
        assert set(cell.tally.claims) <= {row.claim.id for row in page.rows}
        if "words:" not in cell.drug + cell.outcome:
            assert (page.total, page.studies) == (len(cell.tally.claims), len(cell.tally.studies))
    assert narrowed(asked, "words:%") is None
    assert narrowed(parse_question("a and b -> ?"), "words:c") == '("a" and "b" and "c") -> ?'


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles_with_claims())
def test_whatever_an_article_claims_the_question_for_a_cell_finds_what_it_counts(
    case: tuple[Article, list[Claim]],
) -> None:
    source, claims = case
    text = "? -> ? status:any kind:any retracted:any"
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        library.ingest(source, claims, RUN)
        asked = library.analyses.read(text)
        for cell in library.analyses.map(text).result.cells:
            question = narrowed(asked, cell.drug, cell.outcome)
            if question is None or "words:" in cell.drug + cell.outcome:
                continue
            page = library.evidence(question, limit=1000)
            assert {row.claim.id for row in page.rows} == set(cell.tally.claims)
            assert page.studies == len(cell.tally.studies)


def test_every_kind_of_store_gives_the_same_analyses(any_library: Library, library: Library) -> None:
    for one in (any_library, library):
        fill(one)
    asks: tuple[Callable[[Analyses], Analysis[Any]], ...] = (
        lambda held: held.map(),
        lambda held: held.network(),
        lambda held: held.conflicts(),
        lambda held: held.similar(shared=1),
        lambda held: held.path("lenalidomide", "SPM"),
    )
    for ask in asks:
        results = [ask(one.analyses).result for one in (any_library, library)]
        assert results[0] == results[1]
        assert written(results[0], FileFormat.GRAPHML) == written(results[1], FileFormat.GRAPHML)


def test_the_order_in_which_articles_came_in_makes_no_difference(new_library: Callable[[], Library]) -> None:
    files = []
    for turned in (False, True):
        with new_library() as library:
            fill(library, turned=turned)
            analyses = library.analyses
            made = (analyses.map(), analyses.network(), analyses.similar(shared=1), analyses.path("IMiD", "SPM"))
            files.append([written(one.result, form) for one in made for form in (FileFormat.CSV, FileFormat.CYTOSCAPE)])
    assert files[0] == files[1]
