"""What curators may decide, what it does to a claim, and that it can always be told from what was extracted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.corrected_effects import printed_numbers
from graph.corrections import set_value, value_at
from graph.decisions import LONGEST_AUTHOR, LONGEST_NOTE, effective, make_decision
from graph.errors import BadCorrection, StaleRevision
from graph.library import Library
from graph.model import Decision, JsonValue, Reason, Verdict
from graph.reading import described
from graph.reattach import reattach
from graph.records import decision_from, decision_quads
from graph.verify import check_quotes
from graph.vocab import node
from ingest.claim import Basis, Claim, Direction, Effect, Grade, Mention, Status
from tests import builders, strategies
from tests.graph.small import ELIGIBLE, INELIGIBLE, TERMINOLOGY

WHEN = "2026-03-01T12:00:00Z"
PATHS = (
    *("population", "outcome.text", "intervention.concepts", "direction", "kind", "study.name"),
    *("effects[0].value", "effects[0].text", "effects[0].interval", "effects[0].p.value", "effects[1]"),
)
TEXT = builders.SENTENCE + " Non-transplant-eligible patients did not differ; placebo again, HR 0.9."
SOURCE = builders.article(TEXT)
CLAIM = builders.spm_claim(SOURCE)


def decide(claim: Claim, *changes: tuple[str, JsonValue], verdict: Verdict = Verdict.CORRECT, **given: Any) -> Decision:
    told = {"author": "A. Curator", "made_at": WHEN, **given}
    return make_decision(claim, TEXT, TERMINOLOGY, verdict, changes=changes, **told)


def corrected(*changes: tuple[str, JsonValue]) -> Claim:
    claim, misfits = effective(CLAIM, [decide(CLAIM, *changes)], TEXT)
    assert misfits == []
    return claim


def test_accepting_and_rejecting_change_the_status_alone() -> None:
    accepted, _ = effective(CLAIM, [decide(CLAIM, verdict=Verdict.ACCEPT)], TEXT)
    assert accepted == replace(CLAIM, status=Status.ACCEPTED, revision=1)
    no = decide(accepted, verdict=Verdict.REJECT, reason=Reason.DUPLICATE)
    rejected, _ = effective(CLAIM, [decide(CLAIM, verdict=Verdict.ACCEPT), no], TEXT)
    assert rejected == replace(CLAIM, status=Status.REJECTED, revision=2)
    assert no.revision == 2


def test_a_correction_keeps_the_value_before() -> None:
    decision = decide(CLAIM, ("effects[0].value", 1.65), ("effects[0].interval.low", 1.13))
    assert [(c.field, c.old, c.new) for c in decision.changes] == [
        ("effects[0].value", 1.55, 1.65),
        ("effects[0].interval.low", 1.03, 1.13),
    ]


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        ("effects[0].value", 2, lambda c: c.effects[0].value == 2.0),
        ("effects[0].value", None, lambda c: c.effects[0].value is None),
        ("effects[0].arm", "intervention", lambda c: c.effects[0].arm == "intervention"),
        ("effects[0].measure", "odds ratio", lambda c: c.effects[0].measure == "odds ratio"),
        ("effects[0].value_state", "not reached", lambda c: c.effects[0].value_state == "not reached"),
        ("effects[0].events", 17, lambda c: c.effects[0].events == 17),
        ("effects[0].unit", "%", lambda c: c.effects[0].unit == "%"),
        ("effects[0].change_from_baseline", True, lambda c: c.effects[0].change_from_baseline is True),
        ("effects[0].interval.high", None, lambda c: c.effects[0].interval.high is None),
        ("effects[0].interval", None, lambda c: c.effects[0].interval is None),
        ("effects[0].interval", {"kind": "range", "low": 1, "high": 2}, lambda c: c.effects[0].interval.level is None),
        ("effects[0].p.operator", "<", lambda c: c.effects[0].p.operator == "<"),
        ("effects[0].p", None, lambda c: c.effects[0].p is None),
        ("effects[0].text", "HR 1.55", lambda c: c.effects[0].span.of(TEXT) == "HR 1.55"),
        ("effects[0].text", "HR 0.9", lambda c: c.effects[0].span.of(TEXT) == "HR 0.9"),
        ("effects[0]", None, lambda c: c.effects == ()),
        ("population", None, lambda c: c.population is None),
        ("population.text", "eligible", lambda c: c.population.span.of(TEXT) == "eligible"),
        ("population.text", "fit patients", lambda c: c.population == Mention("fit patients")),
        ("population.label", "all", lambda c: c.population.label == "all"),
        ("intervention.concept", INELIGIBLE, lambda c: c.intervention.concepts == (INELIGIBLE,)),
        ("intervention.concept", None, lambda c: c.intervention.concepts == ()),
        ("outcome.concepts", [ELIGIBLE, INELIGIBLE], lambda c: c.outcome.concept == ELIGIBLE),
        ("assertion", "hedged", lambda c: c.assertion == "hedged"),
        ("kind", "background", lambda c: c.kind == "background"),
        ("outcome_favours", "lower", lambda c: c.outcome_favours == "lower"),
        ("significance", "significant", lambda c: c.significance_basis is Basis.CURATOR),
        ("study.registration", "NCT00000001", lambda c: c.study.registration == "NCT00000001"),
        ("study.enrolled", 40, lambda c: c.study.enrolled == 40),
    ],
)
def test_fields_that_may_be_set(field: str, value: JsonValue, read: Any) -> None:
    claim = corrected((field, value))
    assert read(claim)
    assert (claim.status, claim.revision) == (Status.CORRECTED, 1)
    check_quotes(claim, TEXT)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("id", "x", "cannot be corrected"),
        ("content_key", "x", "cannot be corrected"),
        ("article.title", "x", "cannot be corrected"),
        ("quote.start", 1, "cannot be corrected"),
        ("restatements[0].exact", "x", "cannot be corrected"),
        ("revision", 7, "cannot be corrected"),
        ("status", "accepted", "cannot be corrected"),
        ("checks[0].grade", "pass", "cannot be corrected"),
        ("confidence", 1, "cannot be corrected"),
        ("direction_basis", "words", "cannot be corrected"),
        ("colour", "red", "no such field"),
        ("effects", [], "no such field"),
        ("population[0].text", "x", "no such field"),
        ("direction.x", "x", "has no parts"),
        ("effects[7].value", 1, "has 1 effects"),
        ("effects[0].colour", 1, "an effect has measure"),
        ("effects[0].start", 1, "an effect has measure"),
        ("effects[0]", {"value": 1}, "only null"),
        ("effects[0].value", "1.5", "a number is needed"),
        ("effects[0].value", True, "a number is needed"),
        ("effects[0].value", float("nan"), "a number between"),
        ("effects[0].value", 1e300, "a number between"),
        ("effects[0].value", 10**400, "a number between"),
        pytest.param("effects[0].value", -(10**5000), "a number between", id="5000 digits"),
        pytest.param("effects[0].value", [10**5000], "a number is needed", id="a list of 5000 digits"),
        ("effects[0].total", 10**400, "a number between"),
        ("effects[0].events", 1.5, "a whole number"),
        ("effects[0].events", -1, "a whole number"),
        ("effects[0].arm", "control", "intervention, comparator, contrast, overall"),
        ("effects[0].arm", None, "intervention, comparator, contrast, overall"),
        ("effects[0].arm", ["x"], "is not allowed"),
        ("effects[0].text", "HR 1.66", "exactly once"),
        ("effects[0].interval.low", 3, "above the upper bound"),
        ("effects[0].interval.level", 0, "percentage"),
        ("effects[0].interval", {"low": 1}, "is not allowed"),
        ("effects[0].interval", {"kind": "range", "low": 1, "middle": 2}, "object with kind, low, high, level"),
        ("effects[0].interval", {"kind": "range"}, "needs a bound"),
        ("effects[0].p.value", 1.5, "between 0 and 1"),
        ("effects[0].p.operator", "~", "one of = < > <= >="),
        ("effects[0].change_from_baseline", 1, "true or false"),
        ("outcome", None, "an outcome is needed"),
        ("outcome.text", None, "words are needed"),
        ("outcome.text", "  ", "words are needed"),
        ("outcome.text", "x" * 5000, "too long"),
        ("outcome.text", "a\x00b", r"U\+0000"),
        ("outcome.text", "a\ud800b", r"U\+D800"),
        ("outcome.start", 1, "a mention has"),
        ("intervention.concept", "lenalidomide", "a concept is an IRI"),
        ("intervention.concept", "urn:x> . <urn:y", "a concept is an IRI"),
        ("direction", "up", "higher, lower, no difference, null"),
        ("assertion", None, "stated, hedged, negated"),
        ("study.arms", [], "of the study you may set"),
        ("study.id", "x", "of the study you may set"),
    ],
)
def test_what_may_not_be_set_is_refused_with_what_is_allowed(field: str, value: JsonValue, told: str) -> None:
    with pytest.raises(BadCorrection, match=told) as caught:
        decide(CLAIM, (field, value))
    assert caught.value.field.startswith(field)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"verdict": Verdict.CORRECT}, "changes"),
        ({"verdict": Verdict.REJECT}, "reason"),
        ({"verdict": Verdict.ACCEPT, "author": " "}, "author"),
        ({"verdict": Verdict.ACCEPT, "author": "x" * (LONGEST_AUTHOR + 1)}, "author"),
        ({"verdict": Verdict.ACCEPT, "author": "a\nb"}, "author"),
        ({"verdict": Verdict.ACCEPT, "note": "x" * (LONGEST_NOTE + 1)}, "note"),
        ({"verdict": Verdict.ACCEPT, "note": "\x1b[31m"}, "note"),
        ({"verdict": Verdict.ACCEPT, "made_at": "yesterday"}, "made_at"),
    ],
)
def test_a_decision_that_is_not_whole_is_refused(given: dict[str, Any], field: str) -> None:
    with pytest.raises(BadCorrection) as caught:
        decide(CLAIM, **given)
    assert caught.value.field == field


def test_an_acceptance_has_no_changes_and_a_correction_changes_something() -> None:
    with pytest.raises(BadCorrection, match="to change the claim, correct it"):
        decide(CLAIM, ("direction", "higher"), verdict=Verdict.ACCEPT)
    with pytest.raises(BadCorrection, match="nothing would change"):
        decide(CLAIM, ("effects[0].value", 1.55))
    with pytest.raises(BadCorrection, match="at most"):
        decide(CLAIM, *[("effects[0].value", 1.0)] * 100)
    assert decide(CLAIM, verdict=Verdict.ACCEPT, note="two\nlines\tand more").note is not None


def test_a_number_that_is_not_printed_there_is_kept_and_flagged() -> None:
    claim = corrected(("effects[0].value", 1.65))
    assert claim.effects[0].value == 1.65
    flags = [c for c in claim.checks if c.rule == "printed"]
    assert [(f.grade, "1.65" in f.message) for f in flags] == [(Grade.NOTE, True)]
    assert not [c for c in corrected(("effects[0].value", 2.34)).checks if c.rule == "printed"]


def test_a_flag_stays_with_its_effect_when_one_before_it_goes() -> None:
    more = builders.effect(TEXT, "HR 0.9", value=0.9)
    two = builders.spm_claim(SOURCE, effects=(CLAIM.effects[0], more))
    first = decide(two, ("effects[1].value", 0.8))
    state, _ = effective(two, [first], TEXT)
    state, _ = effective(two, [first, decide(state, ("effects[0]", None))], TEXT)
    assert [c.message.split(":")[0] for c in state.checks if c.rule == "printed"] == ["effects[0].value"]


def test_a_direction_that_a_curator_sets_stays_set() -> None:
    claim = corrected(("direction", "lower"), ("effects[0].value", 2.34))
    assert (claim.direction, claim.direction_basis) == (Direction.LOWER, Basis.CURATOR)


def test_other_words_for_a_slot_take_the_concept_that_has_that_name() -> None:
    linked = builders.spm_claim(
        SOURCE, population=builders.mention(TEXT, "transplant-eligible patients", concept=ELIGIBLE, label="x")
    )
    decision = decide(linked, ("population.text", "non-transplant-eligible"))
    state, _ = effective(linked, [decision], TEXT)
    assert state.population is not None
    assert (state.population.concept, state.population.label) == (INELIGIBLE, None)
    assert ("population.concepts", [ELIGIBLE], [INELIGIBLE]) in [(c.field, c.old, c.new) for c in decision.changes]
    spelt = effective(linked, [decide(linked, ("population.text", "Transplant eligible patient"))], TEXT)[0]
    assert spelt.population is not None
    assert spelt.population.concept == ELIGIBLE


def test_a_correction_does_not_land_on_an_effect_that_reads_otherwise() -> None:
    decision = decide(CLAIM, ("effects[0].value", 1.65))
    shuffled = replace(CLAIM, effects=(replace(CLAIM.effects[0], value=9.9),))
    state, orphans = reattach([shuffled], [decision], TEXT)
    assert state == [shuffled]
    assert [o.id for o in orphans] == [decision.id]
    assert orphans[0].orphan


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_correction_is_refused_or_keeps_the_claim_whole(data: st.DataObject) -> None:
    source = data.draw(strategies.articles())
    claim = replace(data.draw(strategies.claims(source)), status=Status.UNREVIEWED, revision=0)
    field = data.draw(st.sampled_from(PATHS))
    plain: st.SearchStrategy[Any] = st.none() | st.booleans() | st.floats() | st.text() | st.sampled_from(["higher"])
    value = data.draw(plain | st.lists(plain, max_size=2))
    changes: list[tuple[str, JsonValue]] = [(field, value)]
    try:
        decision = make_decision(
            claim, source.text, TERMINOLOGY, Verdict.CORRECT, changes=changes, author="a", made_at=WHEN
        )
    except BadCorrection:
        return
    state, misfits = effective(claim, [decision], source.text)
    assert misfits == []
    check_quotes(state, source.text)
    assert (state.id, state.content_key, state.quote, state.revision) == (claim.id, claim.content_key, claim.quote, 1)
    assert decision.changes[0].old == value_at(claim, field)


@given(st.data())
def test_a_decision_comes_back_from_its_triples(data: st.DataObject) -> None:
    from graph.model import Change

    json_values = st.recursive(
        st.none() | st.booleans() | st.integers() | strategies.numbers | strategies.words,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(strategies.words, inner, max_size=2),
        max_leaves=4,
    )
    changes = st.lists(st.builds(Change, strategies.words, json_values, json_values), max_size=3)
    decision = Decision(
        "https://w3id.org/picograph/decision/1",
        CLAIM.id,
        "k",
        SOURCE.id,
        "0",
        data.draw(st.sampled_from(Verdict)),
        tuple(data.draw(changes)),
        data.draw(st.none() | st.sampled_from(Reason)),
        data.draw(st.none() | strategies.words),
        data.draw(strategies.words),
        WHEN,
        data.draw(st.integers(1, 9)),
    )
    held = described((q.subject, q.predicate, q.object) for q in decision_quads(decision))  # type: ignore[misc]
    assert decision_from(node(decision.id), held) == decision


@pytest.mark.parametrize(
    ("text", "number"),
    [("HR 1·55", 1.55), ("14 058 patients", 14058.0), ("1,137 of them", 1137.0), ("P<.001", 0.001), ("(-2.5)", 2.5)],
)
def test_printed_numbers_are_seen_as_printed(text: str, number: float) -> None:
    assert number in printed_numbers(text)


def test_a_stale_decision_is_told_the_present_state(any_library: Library) -> None:
    any_library.ingest(SOURCE, [CLAIM], builders.RUN)
    first = any_library.decide(CLAIM.id, Verdict.ACCEPT, author="a", made_at=WHEN, expected_revision=0)
    with pytest.raises(StaleRevision) as caught:
        any_library.decide(CLAIM.id, Verdict.ACCEPT, author="b", made_at=WHEN, expected_revision=0)
    assert caught.value.current == first
    assert [d.author for d in any_library.history(CLAIM.id)] == ["a"]


def test_a_correction_is_stored_with_the_claim_as_it_then_stands(any_library: Library) -> None:
    any_library.ingest(SOURCE, [CLAIM], builders.RUN)
    changes: list[tuple[str, JsonValue]] = [("effects[0].value", 1.65), ("study.name", "Trial Two")]
    after = any_library.decide(CLAIM.id, Verdict.CORRECT, changes=changes, author="a", made_at=WHEN)
    assert any_library.claim(CLAIM.id)[0] == after
    assert isinstance(after.effects[0], Effect)
    assert after.effects[0].value == 1.65
    (decision,) = any_library.history(CLAIM.id)
    assert [(c.field, c.old, c.new) for c in decision.changes] == [
        ("effects[0].value", 1.55, 1.65),
        ("study.name", "Trial One", "Trial Two"),
    ]
    assert set_value(CLAIM, "effects[0].value", 1.65, TEXT).effects == after.effects


def test_a_refused_decision_leaves_no_trace(library: Library) -> None:
    library.ingest(SOURCE, [CLAIM], builders.RUN)
    before = b"".join(library.dump("nquads"))
    with pytest.raises(BadCorrection):
        library.decide(CLAIM.id, Verdict.CORRECT, changes=[("effects[0].value", "x")], author="a", made_at=WHEN)
    assert b"".join(library.dump("nquads")) == before
    assert (library.revision(), library.history(CLAIM.id)) == (1, [])
