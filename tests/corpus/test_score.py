"""The scorer on hand-made cases, and on every bundled article read perfectly."""

from __future__ import annotations

from functools import cache

import pytest

from corpus.annotation import GoldClaim, GoldDoc, GoldEffect, GoldMention, GoldStudy
from corpus.counts import Counts
from corpus.load import articles, gold_docs
from corpus.match import closeness, fits
from corpus.score import score
from corpus.soundness import why_unsound
from ingest.claim import Arm, Assertion, ClaimKind, Direction, Measure, Significance
from tests.corpus.predictions import Claim, at, perfect

RELAPSE = "Relapse was seen in 12% with drug A and 30% with placebo (P=.04)."
DEATH = "Death after relapse did not differ between drug A and placebo (5% versus 6%)."
LEAD = "Drug A may spare patients with early disease a relapse."
OLD = "In older patients the rates of relapse were 20% with drug A and 22% with placebo."
NEGATED = Assertion.NEGATED
TEXT = f"# TRIAL (phase III, 400 patients)\n\n{LEAD} {RELAPSE} {DEATH}\n\n{OLD}\n"


def _percent(arm: Arm, value: float) -> GoldEffect:
    return GoldEffect(Measure.PROPORTION, arm, value, "%")


def _claim(name: str, outcome: str, quote: str, values: tuple[float, float] | None, **more: object) -> GoldClaim:
    effects = () if values is None else (_percent(Arm.INTERVENTION, values[0]), _percent(Arm.COMPARATOR, values[1]))
    slots: dict[str, object] = {
        "optional": False,
        "intervention": GoldMention("drug A", ("agent A",)),
        "comparator": GoldMention("placebo"),
        "outcome": GoldMention(outcome),
        "population": None,
        "effects": effects,
        "direction": Direction.LOWER,
        "significance": None,
        "assertion": Assertion.STATED,
        "kind": ClaimKind.OWN_RESULT,
        "quote": quote,
    }
    return GoldClaim(id=name, **(slots | more))  # type: ignore[arg-type]


DOC = GoldDoc(
    "trial.md",
    TEXT,
    GoldStudy(name="TRIAL", phase="III", enrolled=400),
    (
        _claim("relapse", "Relapse", RELAPSE, (12, 30), significance=Significance.SIGNIFICANT),
        _claim("death", "Death after relapse", DEATH, (5, 6), direction=Direction.NO_DIFFERENCE, assertion=NEGATED),
        _claim("old", "relapse", OLD, (20, 22), population=GoldMention("older patients", ("elderly",))),
        _claim("lead", "a relapse", LEAD, None, optional=True, comparator=None, assertion=Assertion.HEDGED),
    ),
)
GOLD = {claim.id: claim for claim in DOC.claims}


def _perfect(*ids: str) -> list[Claim]:
    return [perfect(DOC, GOLD[name]) for name in ids]


def test_a_perfect_reading() -> None:
    counts = score(DOC, _perfect("relapse", "death", "old", "lead"))
    assert counts == Counts(
        gold=3,
        claims=4,
        found=3,
        same_comparator=3,
        same_direction=3,
        same_assertion=3,
        same_significance=3,
        study_facts=3,
        study_right=3,
    )
    assert (counts.recall, counts.precision, counts.study) == (1.0, 1.0, 1.0)


@cache
def _bundled() -> dict[str, GoldDoc]:
    return {doc.article: doc for doc in gold_docs()}


@pytest.mark.parametrize("article", [article.name for article in articles()])
def test_the_bundled_gold_read_perfectly_scores_perfectly(article: str) -> None:
    doc = _bundled()[article]
    counts = score(doc, [perfect(doc, gold) for gold in doc.claims])
    assert counts.found == counts.gold
    assert (counts.spurious, counts.unsound, counts.wrong_arm) == (0, 0, 0)
    for ratio in (counts.comparator, counts.direction, counts.assertion, counts.significance):
        assert ratio == 1.0


def test_no_claims_at_all_give_no_precision() -> None:
    counts = score(DOC, [])
    assert (counts.recall, counts.precision) == (0.0, None)
    assert (counts.comparator, counts.direction, counts.assertion, counts.significance) == (None, None, None, None)
    assert (counts.study_facts, counts.study_right) == (3, 0)


def test_no_gold_gives_no_recall() -> None:
    empty = GoldDoc("empty.md", TEXT, GoldStudy(), ())
    counts = score(empty, _perfect("relapse"))
    assert (counts.recall, counts.precision, counts.study) == (None, 0.0, None)
    assert counts.spurious == 1


def test_a_missed_claim_costs_recall_only() -> None:
    counts = score(DOC, _perfect("relapse", "old"))
    assert counts.recall == pytest.approx(2 / 3)
    assert counts.precision == 1.0


def test_an_optional_claim_counts_neither_way() -> None:
    counts = score(DOC, _perfect("relapse", "lead"))
    assert (counts.found, counts.spurious, counts.precision) == (1, 0, 1.0)


def test_a_required_claim_goes_before_an_optional_one_that_agrees_better() -> None:
    stated = _claim("stated", "a relapse", LEAD, None, comparator=None)
    doc = GoldDoc("trial.md", TEXT, GoldStudy(), (GOLD["lead"], stated))
    counts = score(doc, _perfect("lead"))
    assert (counts.gold, counts.found, counts.assertion) == (1, 1, 0.0)


def test_an_optional_claim_in_the_other_direction_is_spurious() -> None:
    (lead,) = _perfect("lead")
    assert score(DOC, [lead | {"direction": "higher"}]).spurious == 1


def test_a_claim_told_twice_is_spurious_once() -> None:
    counts = score(DOC, _perfect("relapse", "relapse"))
    assert (counts.found, counts.spurious, counts.wrong_arm) == (1, 1, 0)


def test_exchanged_arms_are_spurious_and_named() -> None:
    (claim,) = _perfect("relapse")
    first, second = claim["effects"]
    claim["effects"] = [first | {"arm": "comparator"}, second | {"arm": "intervention"}]
    counts = score(DOC, [claim])
    assert (counts.found, counts.spurious, counts.wrong_arm) == (0, 1, 1)


def test_a_number_of_another_result_is_named() -> None:
    (claim,) = _perfect("relapse")
    (other,) = _perfect("death")
    claim["effects"] += [other["effects"][0]]
    claim["restatements"] = [other["quote"]]
    counts = score(DOC, [claim])
    assert (counts.found, counts.wrong_arm) == (1, 1)


def test_words_alone_do_not_stand_for_numbers_nor_numbers_for_words() -> None:
    (wordless,) = _perfect("relapse")
    wordless["effects"] = []
    assert score(DOC, [wordless | {"direction": "higher"}]).found == 0
    (lead,) = _perfect("lead")
    numbers = lead | {"effects": _perfect("relapse")[0]["effects"], "restatements": [at(TEXT, RELAPSE, "exact")]}
    assert score(DOC, [numbers]).found == 1  # it is the relapse claim, quoted from the lead


def test_the_agreements_are_counted_apart() -> None:
    (claim,) = _perfect("relapse")
    claim |= {"comparator": None, "direction": "higher", "assertion": "hedged", "significance": None}
    counts = score(DOC, [claim])
    assert counts.found == 1
    assert (counts.comparator, counts.direction, counts.assertion, counts.significance) == (0.0, 0.0, 0.0, 0.0)


def test_a_subgroup_has_to_be_named_and_may_not_stand_for_everybody() -> None:
    (old,) = _perfect("old")
    assert score(DOC, [old | {"population": None}]).found == 0
    (relapse,) = _perfect("relapse")
    assert score(DOC, [relapse | {"population": at(TEXT, "older patients")}]).found == 0


@pytest.mark.parametrize("status", [{"status": "rejected"}, {"kind": "background"}])
def test_rejected_and_background_claims_are_left_out(status: Claim) -> None:
    (claim,) = _perfect("relapse")
    assert score(DOC, [claim | status]).claims == 0


def test_study_facts_are_what_most_claims_say() -> None:
    claims = _perfect("relapse", "death", "old")
    claims[0]["study"] = {"name": "OTHER", "phase": "2", "enrolled": 401}
    assert score(DOC, claims).study == 1.0
    claims[1]["study"] = {"name": "OTHER", "phase": "2", "enrolled": 401}
    assert score(DOC, claims).study == 0.0
    assert score(DOC, [claims[2] | {"study": {"phase": "Phase 3"}}]).study_right == 1


def test_articles_add_up() -> None:
    both = score(DOC, _perfect("relapse")) + score(DOC, [])
    assert (both.gold, both.found) == (6, 1)
    assert both.recall == pytest.approx(1 / 6)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"quote": {"exact": "Relapse was seen in 12%", "start": 0, "end": 23}}, "quote not verbatim"),
        ({"outcome": {"text": "Relapse", "start": 0, "end": 7}}, "mention not verbatim"),
        ({"outcome": {"text": "Recurrence", "start": None, "end": None}}, "mention not verbatim"),
        ({"quote": at(TEXT, DEATH, "exact")}, "effect outside its quotes"),
        ({"effects": [{"arm": "intervention", "value": 13} | at(TEXT, "12%")]}, "number not printed in its range"),
        ({"effects": [{"arm": "intervention", "value": 30} | at(TEXT, "12%")]}, "number not printed in its range"),
        ({"effects": [{"arm": "intervention", "value": 12} | {"text": "12 %", "start": 60, "end": 64}]}, "effect text"),
        ({"effects": [{"arm": "intervention", "value": 12, "total": 77} | at(TEXT, "12%")]}, "total not printed"),
    ],
)
def test_an_unsound_claim_is_counted_as_such_and_never_found(change: Claim, reason: str) -> None:
    (claim,) = _perfect("relapse")
    assert why_unsound(claim, TEXT) == frozenset()
    claim |= change
    assert any(why.startswith(reason) for why in why_unsound(claim, TEXT))
    counts = score(DOC, [claim])
    assert (counts.found, counts.spurious, counts.unsound, counts.precision) == (0, 0, 1, 0.0)


def test_a_quote_is_a_passage() -> None:
    text = TEXT + "x" * 700
    (claim,) = _perfect("relapse")
    assert why_unsound(claim | {"quote": {"exact": text, "start": 0, "end": len(text)}}, text) == {"quote too long"}


@pytest.mark.parametrize(
    ("wordings", "said", "same"),
    [
        (("second primary malignancies",), "a second primary malignancy", True),
        (("non-melanoma skin cancers",), "patients with non melanoma skin cancer", True),
        (("lenalidomide maintenance", "lenalidomide"), "lenalidomide", True),
        (("lenalidomide maintenance",), "lenalidomide", False),
        (("haematological cancer",), "hematological cancers", True),
        (("transplant-eligible",), "non-transplant-eligible", False),
        (("maintenance",), "no maintenance", False),
        (("lenalidomide 10 mg",), "lenalidomide 5 mg", False),
        (("overall survival", "survival"), "progression-free survival", False),
        (("placebo",), "the placebo group", True),
    ],
)
def test_mentions(wordings: tuple[str, ...], said: str, same: bool) -> None:
    gold = GoldMention(wordings[0], wordings[1:])
    assert (closeness(gold, {"text": said, "start": 0, "end": len(said)}) > 0) is same


def test_a_label_counts_only_with_a_place() -> None:
    gold = GoldMention("non-transplant-eligible")
    elided = {"text": "noneligible", "label": "non-transplant-eligible patients"}
    assert closeness(gold, elided | {"start": 3, "end": 14}) > 0
    assert closeness(gold, elided | {"start": None, "end": None}) == 0


def test_the_closer_gold_mention_takes_the_words() -> None:
    assert fits("outcome", GOLD["death"].outcome, at(TEXT, "Death after relapse"), DOC)
    assert not fits("outcome", GOLD["relapse"].outcome, at(TEXT, "Death after relapse"), DOC)
