"""The grounds of a claim, gathered where its sentence is read: what it names and what the language model says of it."""

from __future__ import annotations

from ingest.article import Span
from ingest.claim import Arm, Effect
from ingest.context import Known, Sentence
from ingest.contrasts import Result
from ingest.grounds import Grounds
from ingest.orient import chance_that_second_is_control
from ingest.phrases import Phrase
from ingest.sided import alike, outcomes_of


def grounds_of(known: Known, sentence: Sentence, result: Result) -> Grounds:
    """What is known of how ``result`` of ``sentence`` came about."""
    roles = result.roles
    sides = {Arm.INTERVENTION: roles.intervention, Arm.COMPARATOR: roles.comparator}
    values = [e for e in result.effects if e.arm in sides]
    slots = [p for p in (roles.intervention, roles.comparator, result.outcome) if p is not None]
    here = sum(sentence.span.contains(p.span) for p in slots)
    arms = [agree for e in values if (agree := _same_arm(known, e, sides[e.arm])) is not None]
    about = [agree for e in values if (agree := _same_outcome(known, e, result.outcome.span)) is not None]
    both = roles.intervention is not None and roles.comparator is not None
    return Grounds(
        sure=result.sure,
        inherited=result.inherited,
        bare=result.outcome.bare,
        exposure=result.exposure,
        swapped=roles.swapped,
        here=here,
        missing=len(slots) - here,
        side=min((c for e in values for c in _chances(known, e)), default=None),
        taken=min((n.taken for e in values for n in known.told.numbers.overlapping(e.span)[:1]), default=None),
        linked=sum(arms),
        unlinked=len(arms) - sum(arms),
        about=sum(about),
        not_about=len(about) - sum(about),
        measured=_measured(known, result.outcome.span),
        control=_control(known, roles.intervention, roles.comparator) if both else None,
        figures=len(sentence.figures),
        arms=len({a.name for a in known.told.arms.inside(sentence.span)}),
        outcomes=len(sentence.outcomes),
        words=len(sentence.span.of(known.view).split()),
        section=sentence.section.value,
    )


def _measured(known: Known, outcome: Span) -> float:
    told = known.told.outcomes.overlapping(outcome)
    return max((_common(outcome, tag.span) * (tag.score or 1.0) for tag in told), default=0.0)


def _common(one: Span, two: Span) -> float:
    """The characters that two overlapping ranges share, among all of theirs."""
    shared = min(one.end, two.end) - max(one.start, two.start)
    return shared / (max(one.end, two.end) - min(one.start, two.start))


def _chances(known: Known, effect: Effect) -> list[float]:
    """The chance that the effect's number is of the arm where it was put; the first number of its print counts."""
    numbers = known.told.numbers.overlapping(effect.span)[:1]
    return [n.control if effect.arm is Arm.COMPARATOR else 1 - n.control for n in numbers]


def _control(known: Known, one: Phrase | None, two: Phrase | None) -> float | None:
    return None if one is None or two is None else chance_that_second_is_control(known, one, two)


def _same_arm(known: Known, effect: Effect, arm: Phrase | None) -> bool | None:
    """Whether the relation model ties the value to the arm, or to another mention of it; None where it ties nothing."""
    told = [v.arm for v in known.told.values.overlapping(effect.span) if v.arm is not None]
    if not told or arm is None:
        return None
    names = {a.name for a in known.told.arms.overlapping(arm.span)}
    tied = {a.name for span in told for a in known.told.arms.overlapping(span)}
    return bool(names & tied) or any(span.overlaps(arm.span) for span in told)


def _same_outcome(known: Known, effect: Effect, outcome: Span) -> bool | None:
    told = [o for v in known.told.values.overlapping(effect.span) for o in outcomes_of(known.view, v)]
    return any(o.overlaps(outcome) or alike(known.view, o, outcome) for o in told) if told else None
