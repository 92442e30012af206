"""Results of one sentence that its clauses share out: one arm here, the other there, the ratio behind both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.arms import same_arm
from ingest.article import Span
from ingest.claim import Arm, Effect
from ingest.contrasts import Result
from ingest.outcome_of import one_outcome
from ingest.phrases import Phrase
from ingest.roles import Roles


def combine(results: Sequence[Result], sentence: Span) -> list[Result]:
    """``results`` with the two halves of one comparison put together, in the order of their first parts.

    Two single-arm results of one outcome and one population in different arms are one comparison; a ratio or p value
    alone belongs to the comparison of its outcome that has values in both arms and no ratio yet.
    """
    out: list[Result] = []
    for result in results:
        for i, other in enumerate(out):
            joined = (
                _halves(other, result, sentence) or _ratio(other, result, sentence) or _ratio(result, other, sentence)
            )
            if joined is not None:
                out[i] = joined
                break
        else:
            out.append(result)
    return out


def _arms(result: Result) -> set[Arm]:
    return {e.arm for e in result.effects}


def _same_people(one: Phrase | None, other: Phrase | None) -> bool:
    return one is None or other is None or one.span == other.span


def _halves(one: Result, other: Result, sentence: Span) -> Result | None:
    first, second = one.roles.intervention, other.roles.intervention
    values = {Arm.INTERVENTION}, {Arm.INTERVENTION, Arm.CONTRAST}
    if first is None or second is None or one.roles.comparator or other.roles.comparator or same_arm(first, second):
        return None
    if _arms(one) not in values or _arms(other) not in values or not one_outcome(one.outcome, other.outcome):
        return None
    if not _same_people(one.population, other.population):
        return None
    swapped = first.control and not second.control
    if swapped:
        first, second = second, first
    mine, theirs = (other, one) if swapped else (one, other)
    effects = (*mine.effects, *(_as_comparator(e) for e in theirs.effects))
    roles = Roles(first, second, swapped, (first, second))
    return replace(one, clause=sentence, roles=roles, effects=effects, population=one.population or other.population)


def _as_comparator(effect: Effect) -> Effect:
    return replace(effect, arm=Arm.COMPARATOR) if effect.arm is Arm.INTERVENTION else effect


def _ratio(one: Result, other: Result, sentence: Span) -> Result | None:
    if _arms(other) != {Arm.CONTRAST} or not {Arm.INTERVENTION, Arm.COMPARATOR} <= _arms(one):
        return None
    if Arm.CONTRAST in _arms(one) or not one_outcome(one.outcome, other.outcome):
        return None
    if not _same_people(one.population, other.population):
        return None
    return replace(one, clause=sentence, effects=(*one.effects, *other.effects))
