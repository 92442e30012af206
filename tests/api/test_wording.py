"""Wordings that tables and pages share: whole numbers, and what a secondary source says of itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.claim_schemas import ArticleMetaOut, ClaimOut
from api.present import claim_out
from api.wording import graded, primary_link, printed, source_note, unchecked
from ingest.article import Span
from tests.api import samples


def claim_with(words: str) -> ClaimOut:
    """The second sample claim, whose one number is read from ``words``."""
    home = samples.article()
    claim = samples.claims(home)[1]
    start = home.text.index(words)
    effect = replace(claim.effects[0], text=words, span=Span(start, start + len(words)))
    return claim_out(replace(claim, effects=(effect,)), home)


@pytest.mark.parametrize(
    ("read", "shown"),
    [
        ("1.85 (95% CI 1.10 to 3.12", "1.85 (95% CI 1.10 to 3.12)"),
        ("1.85 (95% CI 1.10 to 3.12)", "1.85 (95% CI 1.10 to 3.12)"),
        ("1.85 (95% CI 1.10", "1.85 (95% CI 1.10"),
        ("95% CI 1.10 to 3.12", "95% CI 1.10 to 3.12"),
    ],
)
def test_a_bracket_that_ends_a_number_is_shown_with_it(read: str, shown: str) -> None:
    assert printed(claim_with(read), "contrast") == [shown]


@pytest.mark.parametrize(
    ("kind", "primary", "note", "link"),
    [
        ("abstract", None, None, None),
        ("news", None, "secondary source (news), reports on a publication it does not name", None),
        ("news", "pmid:1", "secondary source (news), reports on pmid:1", "https://pubmed.ncbi.nlm.nih.gov/1/"),
        ("review", "Jones 2023", "secondary source (review), reports on Jones 2023", None),
        ("other", "javascript:x", "secondary source (other), reports on javascript:x", None),
    ],
)
def test_a_secondary_source_names_what_it_reports_on(
    kind: str, primary: str | None, note: str | None, link: str | None
) -> None:
    article = ArticleMetaOut(id="urn:x:1", text_sha256="0", kind=kind, primary_source=primary)
    assert source_note(article) == note
    assert primary_link(article) == link


def test_checks_that_need_a_look_come_first_and_those_without_a_number_apart() -> None:
    home = samples.article()
    claim = claim_out(samples.claims(home)[0], home)
    assert [c.grade for c in graded(claim)] == ["note", "pass"]
    assert [c.rule for c in unchecked(claim)] == ["p-from-interval"]
