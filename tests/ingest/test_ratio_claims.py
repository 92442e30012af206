"""Ratios of exposures that are no arms, as claims: what they say, how sure they are, and what stays with the arms."""

from __future__ import annotations

from ingest.claim import Arm, Assertion, Claim, Direction, Significance
from ingest.pipeline import load_pipeline
from ingest.readers.table import read_bytes


def _claims(text: str) -> list[Claim]:
    read = load_pipeline().read(read_bytes(f"# Results\n\n{text}\n".encode(), "ratios.md"))
    return [c for c in read.claims if any(e.measure.is_ratio for e in c.effects)]


def _slots(claim: Claim) -> tuple[str | None, str | None, str]:
    who, other = claim.intervention, claim.comparator
    return who.text if who else None, other.text if other else None, claim.outcome.text


def test_risk_factors_become_claims_of_their_own() -> None:
    claims = _claims(
        "In adjusted models, anaemia (HR 1.9, 95% CI 1.2-3.0) and low albumin (HR 0.6, 95% CI 0.4-0.9) predicted "
        "all-cause mortality."
    )
    assert sorted((_slots(c), c.effects[0].value) for c in claims) == [
        (("anaemia", None, "all-cause mortality"), 1.9),
        (("low albumin", None, "all-cause mortality"), 0.6),
    ]
    assert {e.arm for c in claims for e in c.effects} == {Arm.CONTRAST}
    assert {c.effects[0].value: c.direction for c in claims} == {1.9: Direction.HIGHER, 0.6: Direction.LOWER}
    assert {c.significance for c in claims} == {Significance.SIGNIFICANT}


def test_words_of_a_list_do_not_turn_a_ratio_round() -> None:
    claims = _claims(
        "Factors associated with an increased risk of stroke were smoking (OR 2.0, 95% CI 1.4-2.9) and walking "
        "(OR 0.5, 95% CI 0.3-0.8)."
    )
    assert {_slots(c)[0]: c.direction for c in claims} == {"smoking": Direction.HIGHER, "walking": Direction.LOWER}


def test_no_association_is_denied_and_makes_no_difference() -> None:
    (claim,) = _claims("There was no association between tea drinking and stroke (RR 1.02, 95% CI 0.90-1.15).")
    assert _slots(claim) == ("tea drinking", None, "stroke")
    assert claim.assertion is Assertion.NEGATED
    assert claim.direction is Direction.NO_DIFFERENCE


def test_arms_and_exposures_are_told_apart_by_their_slots() -> None:
    (arms,) = _claims("Overall survival was longer with nivolumab than with placebo (HR 0.70, 95% CI 0.60-0.81).")
    (risk,) = _claims("Overall survival was longer in never smokers than in smokers (HR 0.70, 95% CI 0.60-0.81).")
    assert _slots(arms) == ("nivolumab", "placebo", "Overall survival")
    assert _slots(risk) == ("never smokers", "smokers", "Overall survival")


def test_a_ratio_between_arms_stays_with_them() -> None:
    (claim,) = _claims(
        "Nivolumab was associated with longer overall survival than placebo (12.1 vs 9.4 months; HR 0.70, 95% CI "
        "0.60-0.81)."
    )
    assert _slots(claim)[:2] == ("Nivolumab", "placebo")
    assert {e.arm for e in claim.effects} == {Arm.INTERVENTION, Arm.COMPARATOR, Arm.CONTRAST}


def test_the_outcome_left_out_is_the_one_of_the_title() -> None:
    text = "# Risk factors for delirium after surgery\n\n## Results\n\nThey were age (OR 1.4, 95% CI 1.1-1.8)."
    read = load_pipeline().read(read_bytes(text.encode(), "ratios.md"))
    assert [_slots(c) for c in read.claims] == [("age", None, "delirium after surgery")]


def test_without_an_outcome_anywhere_there_is_no_claim() -> None:
    assert _claims("Independent predictors were age (OR 1.4, 95% CI 1.1-1.8) and sex (OR 1.6, 95% CI 1.1-2.3).") == []
