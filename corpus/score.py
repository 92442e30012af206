"""How well the claims of an article agree with its gold claims. Pure: values in, counts out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from corpus.annotation import GoldClaim, GoldDoc
from corpus.counts import Counts
from corpus.match import closeness, fits
from corpus.soundness import effect_numbers, why_unsound

Predicted = Mapping[str, Any]  # one claim in the shape of the claim schema

_REQUIRED, _OPTIONAL = 10_000, 100  # a required claim outweighs any number of optional ones that an article may have
_AGREEMENT = {"comparator": 8, "direction": 4, "assertion": 2, "significance": 1}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def score(doc: GoldDoc, claims: Iterable[Predicted]) -> Counts:
    """Score the claims of one article. Rejected claims and claims that are not its own results are left out."""
    own = own_results(claims)
    sound = [claim for claim in own if not why_unsound(claim, doc.text)]
    partner = dict(pair(doc, sound))
    found = [(doc.claims[i], sound[j]) for j, i in partner.items() if not doc.claims[i].optional]
    facts = doc.study.facts()
    return Counts(
        gold=sum(not gold.optional for gold in doc.claims),
        claims=len(own),
        found=len(found),
        spurious=len(sound) - len(partner),
        unsound=len(own) - len(sound),
        wrong_arm=sum(
            wrong_arm(doc, claim, doc.claims[partner[j]] if j in partner else None) for j, claim in enumerate(sound)
        ),
        same_comparator=sum(agrees(doc, gold, claim, "comparator") for gold, claim in found),
        same_direction=sum(agrees(doc, gold, claim, "direction") for gold, claim in found),
        same_assertion=sum(agrees(doc, gold, claim, "assertion") for gold, claim in found),
        same_significance=sum(agrees(doc, gold, claim, "significance") for gold, claim in found),
        study_facts=len(facts),
        study_right=sum(_study_fact(own, name, fact) for name, fact in facts.items()),
    )


def own_results(claims: Iterable[Predicted]) -> list[Predicted]:
    """The claims that count: those that are not rejected and are results of the article itself."""
    return [
        claim for claim in claims if claim.get("status") != "rejected" and claim.get("kind") in (None, "own result")
    ]


def pair(doc: GoldDoc, claims: Sequence[Predicted]) -> list[tuple[int, int]]:
    """(index of claim, index of gold claim), one to one, of the greatest total weight; without those left over."""
    if not claims or not doc.claims:
        return []
    weights = np.array([[_weight(doc, gold, claim) for gold in doc.claims] for claim in claims])
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(int(j), int(i)) for j, i in zip(rows, columns, strict=True) if weights[j, i] > 0]


def matches(doc: GoldDoc, gold: GoldClaim, claim: Predicted) -> bool:
    """Whether the claim says what the gold claim says: its slots, and each of its numbers under the right arm."""
    if not _same_slots(doc, gold, claim) or not _same_population(doc, gold, claim):
        return False
    wanted, got = _gold_numbers(gold), _numbers(claim)
    if not wanted:  # a claim in words does not pass for another that carries numbers
        return not _all(_numbers(claim, with_p=False)) & _gold_numbers_of_all(doc)
    return all(numbers <= got.get(arm, frozenset()) for arm, numbers in wanted.items())


def _weight(doc: GoldDoc, gold: GoldClaim, claim: Predicted) -> int:
    if not matches(doc, gold, claim):
        return 0
    if gold.optional and gold.direction is not None and not agrees(doc, gold, claim, "direction"):
        return 0
    base = _OPTIONAL if gold.optional else _REQUIRED
    return base + sum(points for what, points in _AGREEMENT.items() if agrees(doc, gold, claim, what))


def agrees(doc: GoldDoc, gold: GoldClaim, claim: Predicted, what: str) -> bool:
    """Whether the claim has gold's ``what``: comparator, direction, assertion or significance."""
    if what == "comparator":
        return gold.comparator is None or fits("comparator", gold.comparator, claim.get("comparator"), doc)
    return bool(getattr(gold, what) == claim.get(what))


def wrong_arm(doc: GoldDoc, claim: Predicted, gold: GoldClaim | None) -> bool:
    """Whether the claim has a number of its gold (unpaired: of gold claims of the same slots) under an arm where none
    of them has it, or, if it is paired, a number of another gold claim."""
    got = _numbers(claim, with_p=False)
    near = (gold,) if gold is not None else [other for other in doc.claims if _same_slots(doc, other, claim)]
    placed = {(arm, number) for each in near for arm, numbers in _gold_numbers(each).items() for number in numbers}
    own = {number for _, number in placed}
    if any(number in own and (arm, number) not in placed for arm, numbers in got.items() for number in numbers):
        return True
    return gold is not None and bool(_all(got) & (_gold_numbers_of_all(doc) - own))


def _same_slots(doc: GoldDoc, gold: GoldClaim, claim: Predicted) -> bool:
    return all(
        fits(slot, mention, claim.get(slot), doc)
        for slot, mention in gold.mentions().items()
        if slot in ("intervention", "outcome")
    )


def _same_population(doc: GoldDoc, gold: GoldClaim, claim: Predicted) -> bool:
    """A subgroup has to be named. The whole study's population may be left unsaid, but no subgroup may stand for it."""
    said, wanted = claim.get("population"), gold.population
    if wanted is not None and not wanted.implied:
        return fits("population", wanted, said, doc)
    near = 0 if wanted is None else closeness(wanted, said)
    subgroups = [other.population for other in doc.claims if other.population and not other.population.implied]
    return all(closeness(subgroup, said) <= near for subgroup in subgroups)


def _gold_numbers(gold: GoldClaim) -> dict[str, frozenset[float]]:
    by_arm: dict[str, frozenset[float]] = {}
    for effect in gold.effects:
        by_arm[effect.arm.value] = by_arm.get(effect.arm.value, frozenset()) | {abs(n) for n in effect.numbers()}
    if not any(by_arm.values()):  # a p value has to be found only where it is the only number
        by_arm = {e.arm.value: frozenset({e.p_value}) for e in gold.effects if e.p_value is not None}
    return by_arm


def _numbers(claim: Predicted, *, with_p: bool = True) -> dict[str, frozenset[float]]:
    by_arm: dict[str, frozenset[float]] = {}
    for effect in claim.get("effects") or ():
        arm = str(effect.get("arm"))
        by_arm[arm] = by_arm.get(arm, frozenset()) | effect_numbers(effect, with_p=with_p)
    return by_arm


def _all(by_arm: Mapping[str, frozenset[float]]) -> frozenset[float]:
    return frozenset[float]().union(*by_arm.values())


def _gold_numbers_of_all(doc: GoldDoc) -> frozenset[float]:
    return frozenset[float]().union(*(_all(_gold_numbers(gold)) for gold in doc.claims))


def _study_fact(claims: Sequence[Predicted], name: str, fact: str | int) -> bool:
    seen = Counter(_plain((claim.get("study") or {}).get(name), name) for claim in claims)
    said = seen.most_common(1)[0][0] if seen else ""
    wanted = _plain(fact, name)
    return bool(said) and (said == wanted if isinstance(fact, int) else wanted in said or said in wanted)


def _plain(fact: object, name: str) -> str:
    text = "" if fact is None else str(fact).strip().lower()
    if name != "phase":
        return text
    number = text.removeprefix("phase").strip()
    return _ROMAN.get(number, number)
