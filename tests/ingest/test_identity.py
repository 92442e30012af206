"""The canonical form behind ids: a golden record of it, what changes it and what does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ingest.article import Span
from ingest.claim import Arm, Assertion, Claim, Direction, Interval, IntervalKind, Measure, Mention, PValue, Status
from ingest.identity import CLAIM_BASE, claim_id, content_key, normalise
from tests import builders

SOURCE = builders.article(builders.SENTENCE)
CLAIM = builders.spm_claim(SOURCE)


def identity(claim: Claim) -> tuple[str, str]:
    slots = (claim.intervention, claim.comparator, claim.outcome, claim.population)
    return (
        claim_id(claim.text_sha256, claim.quote.span, slots, claim.effects),
        content_key(claim.article, claim.quote.exact, slots, claim.effects),
    )


def test_the_canonical_form_has_not_changed() -> None:
    """A change of these is a change of every stored id: it needs a migration, not another value here."""
    assert identity(CLAIM) == (
        "https://w3id.org/picograph/claim/84d697c92492cedc294e59bda5bc4082",
        "8b2390980322e1163681019e0258a90f65ce1ae1ab5b3eeebb9f4eb975650908",
    )
    slots = (None, None, Mention("death"), None)
    assert (
        claim_id("00" * 32, Span(0, 5), slots, ())
        == "https://w3id.org/picograph/claim/5bc8269a312216dfd5174aa76bf897e3"
    )
    assert (
        content_key("urn:a:1", "No deaths.", slots, ())
        == "7957a873831c3faed4bac3c61574016dcf7a4e65b0e9db5993010260089a1d95"
    )


def test_an_id_is_an_iri_of_its_own_kind() -> None:
    assert CLAIM.id.startswith(CLAIM_BASE)
    assert len(CLAIM.id) == len(CLAIM_BASE) + 32
    assert len(CLAIM.content_key) == 64


NUMBERS: list[dict[str, Any]] = [
    {"value": 1.56}, {"value": None}, {"measure": Measure.RATE_RATIO}, {"arm": Arm.OVERALL}, {"unit": "%"},
    {"events": 3},
    {"total": 30}, {"p": PValue("<", 0.037)}, {"p": PValue("=", 0.038)}, {"p": None}, {"timepoint": "3 years"},
    {"interval": Interval(IntervalKind.CREDIBLE, 1.03, 2.34, 95.0)}, {"interval": Interval(IntervalKind.CONFIDENCE,
    1.03, None, 95.0)},
    {"interval": None}, {"standard_deviation": 1.0}, {"standard_error": 1.0},
]  # fmt: skip


@pytest.mark.parametrize("change", NUMBERS, ids=str)
def test_another_number_is_another_claim(change: dict[str, Any]) -> None:
    other = replace(CLAIM, effects=(replace(CLAIM.effects[0], **change),))
    assert identity(other)[0] != CLAIM.id
    assert identity(other)[1] != CLAIM.content_key


@pytest.mark.parametrize("slot", ["intervention", "comparator", "outcome", "population"])
def test_other_words_in_a_slot_are_another_claim(slot: str) -> None:
    changed: dict[str, Any] = {slot: Mention("other words")}
    other = replace(CLAIM, **changed)
    assert identity(other)[0] != CLAIM.id
    assert identity(other)[1] != CLAIM.content_key


def test_slots_may_not_change_places() -> None:
    swapped = replace(CLAIM, intervention=CLAIM.comparator, comparator=CLAIM.intervention)
    assert identity(swapped)[0] != CLAIM.id


UNSEEN: list[Callable[[Claim], Claim]] = [
    lambda c: replace(c, direction=Direction.LOWER),
    lambda c: replace(c, assertion=Assertion.HEDGED),
    lambda c: replace(c, confidence=0.1),
    lambda c: replace(c, status=Status.ACCEPTED, revision=3),
    lambda c: replace(c, study=None),
    lambda c: replace(c, outcome=replace(c.outcome, concept="urn:x:1", concepts=("urn:x:1",), label="SPM")),
    lambda c: replace(c, restatements=(c.quote,)),
    lambda c: replace(c, quote=replace(c.quote, prefix="other", section="Results")),
    lambda c: replace(c, effects=(replace(c.effects[0], text=c.effects[0].text.upper()),)),
]


@pytest.mark.parametrize("change", UNSEEN)
def test_what_is_decided_or_linked_later_changes_no_id(change: Callable[[Claim], Claim]) -> None:
    assert identity(change(CLAIM)) == (CLAIM.id, CLAIM.content_key)


def test_the_order_of_effects_does_not_matter() -> None:
    one = CLAIM.effects[0]
    two = replace(one, arm=Arm.OVERALL, value=2.0)
    assert identity(replace(CLAIM, effects=(one, two))) == identity(replace(CLAIM, effects=(two, one)))


def test_a_claim_that_moves_in_its_text_keeps_its_content_key_alone() -> None:
    moved = builders.spm_claim(builders.article("Results. " + builders.SENTENCE))
    assert moved.content_key == CLAIM.content_key
    assert moved.id != CLAIM.id


def test_blanks_case_and_width_do_not_matter_to_the_content_key() -> None:
    wide = builders.SENTENCE.replace(" ", "\u00a0\n").replace("HR", "ＨＲ")
    slots = (CLAIM.intervention, CLAIM.comparator, CLAIM.outcome, CLAIM.population)
    assert content_key(SOURCE.id, wide.upper(), slots, CLAIM.effects) == CLAIM.content_key
    assert normalise(" Second\u00a0 Primary\n") == "second primary"


def test_a_whole_number_and_its_float_are_the_same() -> None:
    def with_value(value: float) -> tuple[str, str]:
        return identity(replace(CLAIM, effects=(replace(CLAIM.effects[0], value=value),)))

    assert with_value(2) == with_value(2.0)
