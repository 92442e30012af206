"""Numbers from the claims that the article's reading already holds, where arms and outcome are surely those asked."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.claim import Arm, Claim, ClaimKind, Effect, Measure
from ingest.fill.match import match_arms, match_outcome
from ingest.fill.model import Number, Question, Side, Statistic
from ingest.fill.prepared import Prepared

SURE = 0.85
"""How well a claim's outcome has to fit the one asked (``match_outcome``)."""


def claim_numbers(prepared: Prepared, question: Question) -> tuple[Number, ...]:
    """Numbers of both arms of the claims that fit; nothing for a field of which two claims give different numbers."""
    claims = [c for c in prepared.claims if c.kind is ClaimKind.OWN_RESULT and c.intervention and c.comparator]
    names = [m.text for c in claims for m in (c.intervention, c.comparator) if m is not None]
    outcomes = [c.outcome.text for c in claims]
    if not claims:
        return ()
    arms = match_arms(question.intervention, question.comparator, names, prepared.long_of)
    if None in arms:
        return ()
    wanted = dict(zip((names[a] for a in arms if a is not None), Side, strict=True))
    fits = dict(match_outcome(question.outcome, outcomes, prepared.long_of))
    found: dict[str, Number] = {}
    torn: set[str] = set()
    for place, claim in enumerate(claims):
        if fits.get(place, 0.0) < SURE:
            continue
        for number in _numbers(claim, wanted):
            known = found.setdefault(number.field, number)
            if known.value != number.value:
                torn.add(number.field)
    return tuple(n for field, n in found.items() if field not in torn)


def _numbers(claim: Claim, wanted: dict[str, Side]) -> Iterator[Number]:
    named = {Arm.INTERVENTION: claim.intervention, Arm.COMPARATOR: claim.comparator}
    sides = {arm: wanted.get(mention.text) for arm, mention in named.items() if mention is not None}
    if None in sides.values() or len(set(sides.values())) < 2:
        return
    for effect in claim.effects:
        side = sides.get(effect.arm)
        if side is not None:
            for statistic, value in _values(effect):
                yield Number(side, statistic, float(value), effect.span, claim.id)


def _values(effect: Effect) -> Iterator[tuple[Statistic, float]]:
    if effect.total is not None:
        yield Statistic.GROUP_SIZE, effect.total
    if effect.events is not None:
        yield Statistic.EVENTS, effect.events
    elif effect.measure is Measure.MEAN and effect.value is not None and effect.standard_deviation is not None:
        yield Statistic.MEAN, effect.value
        yield Statistic.STANDARD_DEVIATION, effect.standard_deviation
