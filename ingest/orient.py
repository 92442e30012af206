"""Comparisons turned round where the article's arms stand the other way: the control last, as in its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.article import Span
from ingest.claim import Arm, Effect
from ingest.context import Known, Sentence
from ingest.contrasts import Result
from ingest.figures import FigureKind
from ingest.phrases import Phrase
from ingest.roles import Roles
from ingest.sided import alike, outcomes_of
from ingest.trace import Step
from ingest.values import effect_of

TURNED = 0.2
"""Below this chance that the comparator is the control the two arms change places."""


def oriented(known: Known, result: Result) -> Result:
    """``result`` with the control as its comparator; the values of both arms go with their arms."""
    one, two = result.roles.intervention, result.roles.comparator
    arms = {e.arm for e in result.effects}
    if one is None or two is None or not {Arm.INTERVENTION, Arm.COMPARATOR} <= arms:
        return result
    if chance_that_second_is_control(known, one, two) >= TURNED:
        return result
    effects = tuple(_turned(e) for e in result.effects)
    roles = Roles(two, one, not result.roles.swapped, result.roles.listed)
    known.trace.note(Step.ROLES, "turned round: the first is more likely the control", result.clause)
    return replace(result, roles=roles, effects=effects)


def of_two_outcomes(known: Known, result: Result) -> bool:
    """True for values of both arms that the model gives to different outcomes: the rules have paired strangers."""
    told = {arm: [o for e in result.effects if e.arm is arm for o in _outcomes(known, e)] for arm in _BOTH}
    one, two = told[Arm.INTERVENTION], told[Arm.COMPARATOR]
    if not one or not two or set(one) & set(two):
        return False
    return not any(alike(known.view, a, b) for a in one for b in two)


_GENERAL = re.compile(
    r"\b(?:the|groups?|arms?|patients?|treated|users?|cohorts?|recipients?|treatment|therapy|alone)\b|[\s-]+", re.I
)
_NOBODY = re.compile(r"(?:the\s+)?(?:drugs?|treatments?|therapy|interventions?|agents?|medications?|regimens?)", re.I)


def of_one_arm(result: Result) -> bool:
    """True for a comparison of an arm with itself: "X group" and "X"; or with no arm in particular: "the drug"."""
    one, two = result.roles.intervention, result.roles.comparator
    if one is None or two is None:
        return False
    names = [_GENERAL.sub("", p.label or p.text).casefold() for p in (one, two)]
    return names[0] == names[1] or _NOBODY.fullmatch(two.text) is not None


def with_its_p(known: Known, sentence: Sentence, results: Sequence[Result]) -> list[Result]:
    """``results`` where the only values of the sentence get its only p value, when nothing else has it."""
    ps = [f for f in sentence.figures if f.kind is FigureKind.P]
    valued = [r for r in results if {Arm.INTERVENTION, Arm.COMPARATOR} <= {e.arm for e in r.effects}]
    if len(ps) != 1 or len(valued) != 1 or any(e.p is not None for r in results for e in r.effects):
        return list(results)
    if ps[0].span.start < max(e.span.end for e in valued[0].effects):
        return list(results)
    words = sentence.span.of(known.view)
    effect = effect_of(known, ps[0], Arm.CONTRAST, valued[0].outcome, words, None)
    whole = replace(valued[0], effects=(*valued[0].effects, effect))
    return [whole if r is valued[0] else r for r in results]


def half_of_a_comparison(known: Known, sentence: Sentence, result: Result, used: Sequence[Span]) -> bool:
    """True for the value of one arm where the sentence names another and has a number left that nobody took for it."""
    values = [e for e in result.effects if e.arm in _BOTH]
    if not values or result.roles.comparator is not None or {e.arm for e in values} != {Arm.INTERVENTION}:
        return False
    arms = {a.name for a in known.told.arms.inside(sentence.span)}
    left = [
        n
        for n in known.told.numbers.inside(sentence.span)
        if n.taken >= LEFT and not any(u.overlaps(n.span) for u in used)
    ]
    return len(arms) > 1 and bool(left)


LEFT = 0.2
"""A number that is a result of an arm with this chance, and in no claim, is missed."""


def _outcomes(known: Known, effect: Effect) -> list[Span]:
    return [o for v in known.told.values.overlapping(effect.span) for o in outcomes_of(known.view, v)]


_BOTH = (Arm.INTERVENTION, Arm.COMPARATOR)


def chance_that_second_is_control(known: Known, one: Phrase, two: Phrase) -> float:
    """What words, title and model say of two arms together; 0.5 where they say nothing."""
    chances = _chance(known, one), _chance(known, two)
    return known.sides.second_is_control(one.text, two.text, chances)


def _chance(known: Known, arm: Phrase) -> float:
    told = [a.control for a in known.told.arms.overlapping(arm.span)]
    return sum(told) / len(told) if told else 0.5


def _turned(effect: Effect) -> Effect:
    other = {Arm.INTERVENTION: Arm.COMPARATOR, Arm.COMPARATOR: Arm.INTERVENTION}
    return replace(effect, arm=other.get(effect.arm, effect.arm))
