"""Comparisons turned round where the article's arms stand the other way: the control last, as in its title."""

from __future__ import annotations

from dataclasses import replace

from ingest.claim import Arm, Effect
from ingest.context import Known
from ingest.contrasts import Result
from ingest.phrases import Phrase
from ingest.roles import Roles

TURNED = 0.15
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
    return replace(result, roles=roles, effects=effects)


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
