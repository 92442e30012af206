"""A table's claim and the sentence that tells the same result are one claim with two quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.claim import Arm, Basis, Claim, Effect, Grade, Mention, Quote
from ingest.identity import claim_id, content_key
from ingest.role_arms import telling
from ingest.settle import settle
from ingest.term_keys import key_of
from ingest.trace import Step, Trace

_OTHER_SIDE = {Arm.INTERVENTION: Arm.COMPARATOR, Arm.COMPARATOR: Arm.INTERVENTION}
_SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "with",
        "for",
        "at",
        "to",
        "and",
        "by",
        "or",
        "group",
        "arm",
        "rate",
        "score",
        "mean",
        "median",
        "level",
        "total",
        "change",
        "overall",
        "patient",
        "number",
        "n",
        "sd",
        "se",
    ]
)
FEW_DIGITS = 5
"""Digits that two claims have to share before they can be told to be of one result by their numbers alone."""
Key = tuple[Arm, float]


def joined(prose: Sequence[Claim], rows: Sequence[Claim], trace: Trace) -> tuple[Claim, ...]:
    """``prose`` and ``rows`` in order of their quotes, a result that both tell as one claim.

    Of two tellings the one with more numbers is the claim, the sentence where both have the same; the other becomes a
    further quote. What only the words of the sentence say, which way it went and in whom, holds for the row too.
    """
    out = {claim.id: claim for claim in rows}
    by_number: dict[Key, list[str]] = {}
    for claim in rows:
        for key in _keys(claim):
            by_number.setdefault(key, []).append(claim.id)
    kept: list[Claim] = []
    for told in prose:
        near = dict.fromkeys(i for k in _keys(told, both=True) for i in by_number.get(k, ()) if i in out)
        homes = [row for i in near if (row := out.get(i)) is not None and _same_result(told, row)]
        if len(homes) != 1:
            kept.append(told)
            continue
        row = homes[0]
        trace.note(Step.MERGED, "told in the text and in a table", told.quote.span, row.id)
        if _numbers(row) <= _numbers(told):
            del out[row.id]
            kept.append(replace(told, restatements=_quotes(told, row)))
        else:
            del out[row.id]
            whole = _with_words(row, told)
            out[whole.id] = whole
    found = {claim.id: claim for claim in (*kept, *out.values())}
    return tuple(sorted(found.values(), key=lambda c: (c.quote.span, c.id)))


def _same_result(told: Claim, row: Claim) -> bool:
    """True where every number of the sentence is one of the row, for the same arms and an outcome alike.

    Arms that stand the other way round in the text are not joined: which of the two is meant would be a guess.
    """
    mine = _numbers(told)
    if told.kind is not row.kind or not mine or not mine <= _numbers(row):
        return False
    if not _arms_agree(told.intervention, row.intervention) or not _arms_agree(told.comparator, row.comparator):
        return False
    shared = sum(_digits(value) for _, value in mine)
    if _outcomes_agree(told.outcome, row.outcome):
        return len(mine) > 1 or shared >= FEW_DIGITS - 2
    return False


def _numbers(claim: Claim) -> frozenset[Key]:
    """Numbers of the claim by arm; of a share the events, where they are printed, and the percentage."""
    return frozenset(_keys(claim))


def _keys(claim: Claim, *, both: bool = False) -> Iterable[Key]:
    for effect in claim.effects:
        for value in _values(effect):
            yield effect.arm, value
            if both and effect.arm in _OTHER_SIDE:
                yield _OTHER_SIDE[effect.arm], value


def _values(effect: Effect) -> Iterable[float]:
    if effect.events is not None:
        yield float(effect.events)
    if effect.value is not None and effect.value != effect.events:
        yield abs(effect.value)


def _digits(value: float) -> int:
    return len(f"{value:g}".replace(".", "").strip("0"))


def _arms_agree(one: Mention | None, other: Mention | None) -> bool:
    """True where neither says something else than the other; an arm that is not named says nothing."""
    if one is None or other is None:
        return True
    if set(one.concepts) & set(other.concepts):
        return True
    if one.concepts and other.concepts:
        return False
    return bool(_telling(one) & _telling(other))


def _telling(mention: Mention) -> frozenset[str]:
    return telling(f"{mention.text} {mention.label or ''}")


def _outcomes_agree(one: Mention, other: Mention) -> bool:
    if set(one.concepts) & set(other.concepts):
        return True
    words = [frozenset(key_of(f"{m.text} {m.label or ''}").split()) - _SMALL for m in (one, other)]
    return bool(words[0] & words[1])


def _with_words(row: Claim, told: Claim) -> Claim:
    """The row with what the sentence alone says."""
    population = row.population or told.population
    slots = (row.intervention, row.comparator, row.outcome, population)
    worded = told.direction_basis is Basis.WORDS
    changed = replace(
        row,
        id=claim_id(row.text_sha256, row.quote.span, slots, row.effects),
        content_key=content_key(row.article, row.quote.exact, slots, row.effects),
        population=population,
        direction=told.direction if worded else row.direction,
        direction_basis=told.direction_basis if worded else row.direction_basis,
        restatements=_quotes(row, told),
        confidence=max(row.confidence, told.confidence),
    )
    settled = settle(changed)
    against = any(c.rule == "direction-against-values" and c.grade is Grade.ERROR for c in settled.checks)
    return settle(replace(changed, direction=None, direction_basis=None)) if against else settled


def _quotes(claim: Claim, other: Claim) -> tuple[Quote, ...]:
    known = {claim.quote.span}
    quotes = {q.span: q for q in (*claim.restatements, other.quote, *other.restatements) if q.span not in known}
    return tuple(sorted(quotes.values(), key=lambda q: q.span))
