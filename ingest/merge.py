"""The same result told again is one claim: its other tellings become restatements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.claim import Arm, Basis, Claim, Effect, Mention
from ingest.identity import claim_id, content_key
from ingest.settle import settle
from ingest.terminology import key_of, load_terminology
from ingest.trace import NO_TRACE, Step, Trace


def merge(drafts: Sequence[Claim], trace: Trace = NO_TRACE) -> tuple[Claim, ...]:
    """``drafts`` with restatements joined, in the order of their quotes.

    A draft restates another where both are about the same slots and go the same way, and it either has no numbers or
    only numbers that the other has too. A numberless draft whose comparator or population is left unsaid restates one
    that says it.
    """
    kept: list[Claim] = []
    for draft in sorted(drafts, key=lambda c: (not c.effects, -len(c.effects), c.quote.span)):
        home = next((i for i, claim in enumerate(kept) if _restates(draft, claim)), None)
        if home is None:
            if not any(claim.id == draft.id for claim in kept):
                kept.append(draft)
            continue
        claim = kept[home]
        known = {claim.quote.span, *(q.span for q in claim.restatements)}
        if draft.quote.span not in known:
            quotes = sorted([*claim.restatements, draft.quote], key=lambda q: q.span)
            kept[home] = replace(claim, restatements=tuple(quotes))
            trace.note(Step.MERGED, "told again", draft.quote.span, claim.id)
    return tuple(sorted(kept, key=lambda c: (c.quote.span, c.id)))


def continues(draft: Claim, before: Claim) -> bool:
    """True where ``draft`` is the ratio or p value of the comparison that the sentence before gave in values."""
    ratio_only = bool(draft.effects) and all(e.arm is Arm.CONTRAST for e in draft.effects)
    arms = {e.arm for e in before.effects}
    return (
        ratio_only
        and draft.kind is before.kind
        and {Arm.INTERVENTION, Arm.COMPARATOR} <= arms
        and Arm.CONTRAST not in arms
        and _same(draft.outcome, before.outcome)
        and (draft.population is None or _same(draft.population, before.population))
    )


def join(draft: Claim, before: Claim) -> Claim:
    """``before`` with the effects of ``draft``, whose passage becomes a further quote."""
    effects = (*before.effects, *draft.effects)
    slots = (before.intervention, before.comparator, before.outcome, before.population)
    quotes = before.restatements if draft.quote == before.quote else (*before.restatements, draft.quote)
    joined = replace(
        before,
        id=claim_id(before.text_sha256, before.quote.span, slots, effects),
        content_key=content_key(before.article, before.quote.exact, slots, effects),
        effects=effects,
        restatements=quotes,
        direction=before.direction if before.direction_basis is Basis.WORDS else None,
        direction_basis=before.direction_basis if before.direction_basis is Basis.WORDS else None,
    )
    return settle(joined)


def _restates(draft: Claim, claim: Claim) -> bool:
    if (
        draft.kind is not claim.kind
        or not _same(draft.outcome, claim.outcome)
        or not _same(draft.intervention, claim.intervention)
    ):
        return False
    if draft.direction != claim.direction and draft.direction is not None:
        return False
    if draft.effects:
        return (
            _same(draft.comparator, claim.comparator)
            and _same(draft.population, claim.population)
            and {_numbers(e) for e in draft.effects} <= {_numbers(e) for e in claim.effects}
        )
    if draft.quote.span == claim.quote.span and not _same(draft.comparator, claim.comparator):
        return False
    return (draft.comparator is None or _same(draft.comparator, claim.comparator)) and (
        draft.population is None
        or _same_people(draft.population, claim.population)
        or (claim.population is None and _whole(draft))
    )


def _broader(one: Mention, other: Mention) -> bool:
    """True where ``one`` names only something broader than ``other`` does: "survival" for "overall survival"."""
    broader = load_terminology().ancestors
    return bool(one.concept and other.concept and one.concept in broader(other.concept))


def _whole(draft: Claim) -> bool:
    """True where the population is only the disease that the whole study is about."""
    return draft.population is not None and draft.population.concept is not None


_SHORT = re.compile(r"(?:\w+\s)?[A-Z](?:[A-Za-z]*[A-Z0-9]|-[a-z])[\w-]*")
_SMALL = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "in",
        "with",
        "for",
        "group",
        "arm",
        "median",
        "overall",
        "rate",
        "patient",
        "to",
        "and",
        "at",
    }
)


def _same_people(one: Mention | None, other: Mention | None) -> bool:
    """True for the same population; two that name the same concepts are one, whatever words stand around them."""
    if one is not None and other is not None and one.concepts and set(one.concepts) == set(other.concepts):
        return True
    return _same(one, other)


def _words(mention: Mention) -> frozenset[str]:
    return frozenset(key_of(mention.text).split()) - _SMALL


def _same(one: Mention | None, other: Mention | None) -> bool:
    if one is None or other is None:
        return one is other
    if one.concepts and other.concepts and set(one.concepts) != set(other.concepts):
        return False
    mine, theirs = _words(one), _words(other)
    if one.concepts and other.concepts:
        return mine <= theirs or theirs <= mine or bool(_SHORT.fullmatch(one.text) or _SHORT.fullmatch(other.text))
    return key_of(one.label or one.text) == key_of(other.label or other.text)


def _numbers(effect: Effect) -> tuple[Arm, float | None, int | None, object, object]:
    return effect.arm, effect.value, effect.events, effect.interval, effect.p
