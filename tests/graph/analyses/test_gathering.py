"""The claims of an analysis: those of the evidence answer, as their columns and as the claims themselves tell them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from graph.analyses.facts import facts_of
from graph.analyses.gathering import gather
from graph.analyses.of_library import Analyses
from graph.library import Library
from graph.opening import MEMORY
from ingest.article import Article
from ingest.claim import Claim
from tests import strategies
from tests.builders import RUN
from tests.graph.analyses.test_evidence_map import fill
from tests.graph.small import TERMINOLOGY

EVERYTHING = "? -> ? status:any kind:any retracted:any"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles_with_claims())
def test_columns_tell_what_the_claims_tell(case: tuple[Article, list[Claim]]) -> None:
    source, claims = case
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        library.ingest(source, claims, RUN)
        held = library._access.read(lambda reader: gather(reader, EVERYTHING, TERMINOLOGY))
        rows = library.evidence(EVERYTHING, limit=1000).rows
        told = facts_of([(row.claim, row.article) for row in rows], TERMINOLOGY)
    assert held.complete
    assert [replace(f, study="") for f in held.facts] == [replace(f, study="") for f in told]
    for fact, row in zip(held.facts, rows, strict=True):
        assert row.claim.study is None or fact.study == row.claim.study.id


def test_the_claims_are_those_of_the_answer_in_its_order(library: Library) -> None:
    fill(library)
    for question in ("? -> ?", "lenalidomide -> SPM", "? -> ? status:rejected", "? -> ? order:uncertain"):
        held = library._access.read(lambda reader, q=question: gather(reader, q, TERMINOLOGY))  # type: ignore[misc]
        page = library.evidence(question)
        assert [fact.claim for fact in held.facts] == [row.claim.id for row in page.rows]
        assert len({fact.study for fact in held.facts}) == page.studies
        assert held.total == page.total


def test_of_a_very_large_answer_the_first_claims_are_read_and_that_is_said(library: Library) -> None:
    fill(library)
    few = Analyses(library._access, TERMINOLOGY, most=2)
    found = few.map()
    assert (found.counted, found.total) == (2, 5)
    assert "Only the first 2 of 5 claims are counted here: narrow the question for numbers of the whole." in (
        found.explanation
    )


def test_what_was_gathered_is_forgotten_when_something_is_written(library: Library) -> None:
    fill(library)
    before = library.analyses.network("lenalidomide -> ?")
    again = library.analyses.network("lenalidomide -> ?")
    assert again == before
    claim = next(iter(library.evidence("lenalidomide -> ?").rows)).claim
    from graph.model import Reason, Verdict

    library.decide(claim.id, Verdict.REJECT, reason=Reason.OTHER, author="a", made_at="2026-03-01T12:00:00Z")
    after = library.analyses.network("lenalidomide -> ?")
    assert (after.total, after.revision) == (before.total - 1, before.revision + 1)
