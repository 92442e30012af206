"""Which records give no claims, and the reason that is kept with them."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.article import ArticleKind
from ingest.notices import Notice, NoticeKind
from ingest.readers.evidence_policy import is_review, why_no_evidence

FULL = ArticleKind.FULL_TEXT
ABSTRACT = ArticleKind.ABSTRACT


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"kind": ABSTRACT, "types": ["Journal Article"]}, None),
        ({"kind": ABSTRACT, "has_abstract": False}, "no abstract"),
        ({"kind": ABSTRACT, "types": ["Letter"], "has_abstract": False}, "letter without results"),
        ({"kind": ABSTRACT, "types": ["Letter"]}, None),
        ({"kind": FULL, "types": ["editorial"]}, "editorial without results"),
        ({"kind": FULL, "types": ["letter"], "has_results": True}, None),
        ({"kind": FULL, "types": ["research-article", "Letter"]}, None),
        ({"kind": FULL, "types": ["Published Erratum"]}, "correction of another article"),
        ({"kind": FULL, "notices": [Notice(NoticeKind.RETRACTION, "pmid:1", True)]}, "retraction notice"),
        ({"kind": FULL, "notices": [Notice(NoticeKind.RETRACTION, "pmid:1")]}, None),
        ({"kind": FULL, "notices": [Notice(NoticeKind.COMMENT, "pmid:1", True)]}, None),
        ({"kind": ABSTRACT, "types": ["Whole book"]}, "book"),
        ({"kind": ABSTRACT, "language": "chi"}, "language: chi"),
        ({"kind": ABSTRACT, "language": "EN-gb"}, None),
        ({"kind": ABSTRACT, "language": "und"}, None),
    ],
)
def test_what_gives_no_evidence_says_why(told: dict[str, Any], why: str | None) -> None:
    assert why_no_evidence(**told) == why


@pytest.mark.parametrize(
    ("types", "review"),
    [
        (["Journal Article", "Review"], True),
        (["review-article"], True),
        (["Review", "Randomized Controlled Trial"], False),
        (["Journal Article"], False),
        ([], False),
    ],
)
def test_a_review_sums_up_others_and_is_no_trial(types: list[str], review: bool) -> None:
    assert is_review(types) is review
