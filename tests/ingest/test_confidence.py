"""Confidence: every feature has its weight, what may only speak one way does, right claims rank above wrong ones."""

from __future__ import annotations

from dataclasses import replace
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import SectionKind
from ingest.claim import Arm, Assertion, Basis, Check, Claim, Direction, Grade, Significance
from ingest.confidence import LEAST, MOST, START, chance_of, confidence_of, load_weights, with_confidence
from ingest.confidence_features import features_of, lean
from ingest.grounds import Grounds
from ingest.pipeline import Pipeline
from ingest.readers.table import read_bytes
from ingest.trace import Step, Trace
from tests import builders
from training.claim_labels import Labelled, own
from training.confidence import BOUNDS

CHANCES = st.none() | st.floats(0, 1)
FEW = st.integers(0, 60)
GROUNDS = st.builds(
    Grounds,
    sure=CHANCES,
    side=CHANCES,
    taken=CHANCES,
    control=CHANCES,
    measured=st.floats(0, 1),
    section=st.sampled_from(SectionKind).map(str),
    **{name: st.booleans() for name in ("inherited", "bare", "exposure", "swapped")},
    **dict.fromkeys(("here", "missing", "linked", "unlinked", "about", "not_about"), FEW),
    **dict.fromkeys(("figures", "arms", "outcomes", "words"), FEW),
)


def sample() -> Claim:
    return builders.spm_claim(builders.article())


def with_effects_of(claim: Claim, arms: list[Arm]) -> Claim:
    """The claim with its first effect told of each of ``arms``."""
    return replace(claim, effects=tuple(replace(claim.effects[0], arm=arm) for arm in arms))


CLAIMS = st.builds(
    replace,
    st.builds(with_effects_of, st.just(sample()), st.lists(st.sampled_from(Arm), max_size=4)),
    intervention=st.none() | st.just(sample().intervention),
    comparator=st.none() | st.just(sample().comparator),
    direction=st.none() | st.sampled_from(Direction),
    direction_basis=st.none() | st.sampled_from(Basis),
    significance=st.none() | st.sampled_from(Significance),
    assertion=st.sampled_from(Assertion),
    checks=st.lists(st.sampled_from(Grade).map(lambda grade: Check("rule", grade)), max_size=4).map(tuple),
)


def test_there_is_a_weight_for_every_feature_and_for_nothing_else() -> None:
    assert set(load_weights()) == {START, *features_of(sample(), Grounds())}


@pytest.mark.parametrize("name", BOUNDS)
def test_what_may_only_speak_one_way_does(name: str) -> None:
    low, high = BOUNDS[name]
    weight = load_weights()[name]
    assert low is None or weight >= low
    assert high is None or weight <= high


def odds(claim: Claim, grounds: Grounds) -> float:
    """The log odds, which are not rounded."""
    return sum(load_weights()[name] * value for name, value in features_of(claim, grounds).items())


@settings(max_examples=200)
@given(CLAIMS, GROUNDS)
def test_confidence_and_features_stay_within_bounds(claim: Claim, grounds: Grounds) -> None:
    assert LEAST <= confidence_of(claim, grounds) <= MOST
    assert all(-1 <= value <= 1 for name, value in features_of(claim, grounds).items() if "wavers" not in name)


@settings(max_examples=200)
@given(CLAIMS, GROUNDS, st.sampled_from([Grade.PASS, Grade.NOTE, None]))
def test_a_failed_check_lowers_confidence(claim: Claim, grounds: Grounds, before: Grade | None) -> None:
    others = tuple(c for c in claim.checks if c.grade is not Grade.ERROR)
    better = replace(claim, checks=others if before is None else (*others, Check("rule", before)))
    worse = replace(claim, checks=(*others, Check("rule", Grade.ERROR)))
    assert odds(worse, grounds) <= odds(better, grounds) - 1
    assert confidence_of(worse, grounds) <= confidence_of(better, grounds)


@given(CLAIMS, GROUNDS)
def test_what_the_model_doubts_is_never_surer(claim: Claim, grounds: Grounds) -> None:
    sure = replace(grounds, side=0.95, control=0.95, sure=0.95)
    assert confidence_of(claim, replace(sure, side=0.2)) <= confidence_of(claim, sure)
    assert confidence_of(claim, replace(sure, control=0.2)) <= confidence_of(claim, sure)
    assert confidence_of(claim, replace(sure, sure=0.6)) <= confidence_of(claim, sure)
    assert confidence_of(claim, replace(sure, inherited=True)) <= confidence_of(claim, replace(sure, inherited=False))


def test_hedging_never_raises_it_and_nobody_in_particular_lowers_it() -> None:
    claim = replace(sample(), assertion=Assertion.STATED)
    assert confidence_of(replace(claim, assertion=Assertion.HEDGED), Grounds()) <= confidence_of(claim, Grounds())
    assert confidence_of(replace(claim, intervention=None), Grounds()) < confidence_of(claim, Grounds())


def test_log_odds_of_a_chance_go_from_minus_one_to_one() -> None:
    assert [lean(x) for x in (0.0, 0.5, 1.0)] == [-1.0, 0.0, 1.0]
    assert lean(0.2) == pytest.approx(-lean(0.8))


def test_odds_are_added_up() -> None:
    assert chance_of({START: 0.0}, {}) == 0.5
    assert chance_of({START: 1.0, "a": 1.0}, {"a": 1.0, "not weighed": 1.0}) == 0.88
    assert chance_of({START: 90.0}, {}) == MOST
    assert chance_of({START: -90.0}, {}) == LEAST


def test_grounds_belong_to_their_claim() -> None:
    claim = sample()
    (poor,) = with_confidence([claim], {claim.id: Grounds(missing=2)})
    (plain,) = with_confidence([claim], {"another": Grounds(missing=2)})
    assert poor.confidence < plain.confidence


@pytest.fixture(scope="module")
def judged(pipeline: Pipeline) -> list[Labelled]:
    """Claims of our own sentences and bundled articles, right or wrong by their gold."""
    return list(own(pipeline))


@pytest.mark.parametrize("part", ["articles", "sentences"])
def test_right_claims_have_more_confidence_than_wrong_ones(judged: list[Labelled], part: str) -> None:
    right, wrong = ([c.claim.confidence for c in judged if c.part == part and c.right is r] for r in (True, False))
    assert len(right) > 50
    assert mean(right) > mean(wrong) + 0.05


def test_the_trace_tells_what_moved_it(pipeline: Pipeline) -> None:
    trace = Trace()
    article = read_bytes(b"Death occurred in 12% with digoxin and 30% with placebo.\n\nIt was rare.", "a.txt")
    (claim,) = pipeline.read(article, trace).claims
    (event,) = [e for e in trace.events if e.step == Step.CONFIDENCE]
    assert (event.rule, event.span) == (f"{claim.confidence:.2f}", claim.quote.span)
    assert "a check passed +" in event.text
