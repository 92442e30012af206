"""No claim is stored that is not as the model has it, and the refusal names claim and field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from graph.errors import BadClaims
from graph.library import Library
from graph.ontology.claim_model import claim_faults
from ingest.claim import Check, Claim, Grade, Interval, IntervalKind, Mention, PValue, Study, StudyArm
from tests import builders, strategies

SOURCE = builders.article()
CLAIM = builders.spm_claim(SOURCE)
EFFECT = CLAIM.effects[0]


def forced(value: Any, /, **fields: Any) -> Any:
    """``value`` with fields that its own class would refuse."""
    made = object.__new__(type(value))
    for name in type(value).__slots__:
        object.__setattr__(made, name, fields.get(name, getattr(value, name)))
    return made


def with_effect(**fields: Any) -> Claim:
    return replace(CLAIM, effects=(forced(EFFECT, **fields),))


def interval(low: float | None, high: float | None, level: float | None = 95.0) -> Interval:
    return forced(Interval(IntervalKind.CONFIDENCE, 1.0, 2.0), low=low, high=high, level=level)  # type: ignore[no-any-return]


WRONG: dict[str, Callable[[], Claim]] = {
    "id": lambda: replace(CLAIM, id="https://w3id.org/picograph/claim/1"),
    "content_key": lambda: replace(CLAIM, content_key=""),
    "article": lambda: replace(CLAIM, article="not an iri"),
    "text_sha256": lambda: replace(CLAIM, text_sha256="0" * 63),
    "confidence": lambda: forced(CLAIM, confidence=1.01),
    "revision": lambda: forced(CLAIM, revision=-1),
    "direction": lambda: forced(CLAIM, direction="higher"),
    "assertion": lambda: forced(CLAIM, assertion=None),
    "outcome": lambda: forced(CLAIM, outcome=None),
    "outcome.text": lambda: replace(CLAIM, outcome=forced(CLAIM.outcome, text="  ", span=None)),
    "outcome.span": lambda: replace(
        CLAIM, outcome=forced(CLAIM.outcome, span=forced(CLAIM.quote.span, start=9, end=9))
    ),
    "outcome.concept": lambda: replace(CLAIM, outcome=Mention("death", None, None, "D000 1")),
    "outcome.concepts[1]": lambda: replace(CLAIM, outcome=Mention("death", None, None, None, ("urn:a", "b"))),
    "quote.exact": lambda: replace(CLAIM, quote=forced(CLAIM.quote, exact="")),
    "quote.span.start": lambda: replace(CLAIM, quote=forced(CLAIM.quote, span=forced(CLAIM.quote.span, start=-1))),
    "restatements[0].exact": lambda: replace(CLAIM, restatements=(forced(CLAIM.quote, exact=""),)),
    "effects[0].measure": lambda: with_effect(measure="hazard ratio"),
    "effects[0].text": lambda: with_effect(text=""),
    "effects[0].value": lambda: with_effect(value=float("nan")),
    "effects[0].events": lambda: with_effect(events=-1),
    "effects[0].total": lambda: with_effect(total=-1),
    "effects[0].interval": lambda: with_effect(interval=interval(None, None)),
    "effects[0].interval.level": lambda: with_effect(interval=interval(1.0, 2.0, 100.0)),
    "effects[0].interval.low": lambda: with_effect(interval=interval(float("inf"), 2.0)),
    "effects[0].p.value": lambda: with_effect(p=forced(PValue("=", 0.5), value=1.5)),
    "effects[0].p.operator": lambda: with_effect(p=forced(PValue("=", 0.5), operator="~")),
    "checks[0].grade": lambda: replace(CLAIM, checks=(forced(Check("a", Grade.PASS), grade="pass"),)),
    "study.enrolled": lambda: replace(CLAIM, study=Study(enrolled=-1)),
    "study.arms[0].size": lambda: replace(CLAIM, study=Study(arms=(StudyArm("a", -5),))),
}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles().flatmap(strategies.claims))
def test_claims_of_articles_may_be_stored(claim: Claim) -> None:
    assert claim_faults(claim) == []


@pytest.mark.parametrize("field", WRONG)
def test_what_is_wrong_is_named(field: str) -> None:
    assert [place for place, _ in claim_faults(WRONG[field]())] == [field]


@pytest.mark.parametrize(
    ("field", "effect"),
    [("interval", {"interval": interval(2.0, 1.0)}), ("events", {"events": 5, "total": 3})],
)
def test_a_misprint_is_stored_only_with_a_check_that_says_so(field: str, effect: dict[str, Any]) -> None:
    claim = replace(with_effect(**effect), checks=(Check("other", Grade.PASS), Check("some", Grade.NOT_CHECKABLE)))
    ((place, reason),) = claim_faults(claim)
    assert place == f"effects[0].{field}"
    assert "no check says so" in reason
    assert claim_faults(replace(claim, checks=(*claim.checks, Check("odd", Grade.ERROR, "see")))) == []
    assert claim_faults(replace(claim, checks=(*claim.checks, Check("odd", Grade.NOTE, "see")))) == []


def test_the_library_refuses_the_article_with_claim_and_field(library: Library) -> None:
    wrong = replace(with_effect(p=forced(PValue("=", 0.5), value=1.5)))
    with pytest.raises(BadClaims, match=r"effects\[0\]\.p\.value: .*1\.5") as caught:
        library.ingest(SOURCE, [wrong], builders.RUN)
    assert caught.value.claim == CLAIM.id
    assert library.stats()["claims"] == 0
