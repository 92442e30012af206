"""One result as a claim: its words, its direction, how surely it is said."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.article import Span, quote_at
from ingest.claim import (
    Arm,
    Assertion,
    Basis,
    Claim,
    ClaimKind,
    Direction,
    Favours,
    Grade,
    Measure,
    Mention,
    Quote,
    Significance,
    Study,
)
from ingest.context import Known, Memory, Sentence
from ingest.contrasts import Result, follows_values
from ingest.cues import (
    assertion_of,
    cues_disagree,
    denies_chance,
    direction_cue,
    is_denied,
    says_more,
    significance_cue,
)
from ingest.favours import GOOD, favours_of
from ingest.grounds_of import grounds_of
from ingest.identity import claim_id, content_key
from ingest.in_words import NO_NEW, mask_names
from ingest.movement import moved
from ingest.phrases import Phrase
from ingest.settle import against_print, settle, significance_of
from ingest.trace import Step
from ingest.trace_parts import note_claim

_NOT = Significance.NOT_SIGNIFICANT
MAX_QUOTE = 700
"""Code points; a longer passage is no evidence that a reader would check."""


_PLAIN_PIECE = re.compile(r"(?<!\()(?<!\(/)[^\[\]()]+(?=\]\(|\[|$)|(?<=\))[^\[\]()]+")
"""The words of a passage that holds links, without their addresses."""


def _mention(known: Known, phrase: Phrase | None) -> Mention | None:
    """The phrase as a slot; where it crosses a link's markup, its text ends there and its label says it whole."""
    if phrase is None:
        return None
    span, text = phrase.span, phrase.span.of(known.article.text)
    concepts = tuple(c.iri for c in phrase.concepts)
    label = phrase.label or (phrase.concepts[0].name if len(phrase.concepts) == 1 else None)
    if "](" in text:
        label = " ".join(span.of(known.view).split())
        pieces = [m for m in _PLAIN_PIECE.finditer(text) if m[0].strip()]
        longest = max(pieces, key=lambda m: len(m[0].split()))
        start = span.start + longest.start() + len(longest[0]) - len(longest[0].lstrip())
        span = Span(start, start + len(longest[0].strip()))
        text = span.of(known.article.text)
    return Mention(text, span, label, concepts[0] if concepts else None, concepts)


def _quote(known: Known, sentence: Sentence, clause: Span) -> Quote | None:
    for span in (sentence.span, clause):
        span = _trim(known.article.text, span)
        if len(span) <= MAX_QUOTE:
            selector = quote_at(known.article.text, span)
            return Quote(selector.exact, span, selector.prefix, selector.suffix, sentence.section_name)
    return None


def _trim(text: str, span: Span) -> Span:
    piece = span.of(text)
    return Span(span.start + len(piece) - len(piece.lstrip()), span.start + len(piece.rstrip()))


def draft_claim(
    known: Known, sentence: Sentence, result: Result, kind: ClaimKind, study: Study | None, memory: Memory
) -> Claim | None:
    """The claim of one result; None where no passage of a checkable length carries it."""
    quote = _quote(known, sentence, result.clause)
    if quote is None:
        known.trace.note(Step.REFUSED, "too long a passage to quote", result.clause)
        return None
    words = result.clause.of(known.view)
    population = result.population
    if population is None and sentence.this_group and memory.populations:
        population = memory.populations[-1]
    if population is None:
        inside = [
            p for p in sentence.populations if not result.clause.contains(p.span) and p.span.end <= result.clause.start
        ]
        population = inside[-1] if len(inside) == 1 else None
    favours = favours_of(result.outcome)
    roles = result.roles
    names = [*sentence.arms, *sentence.populations, *sentence.outcomes, *roles.listed]
    masked = mask_names(known.view, result.clause, names)
    assertion = assertion_of(masked)
    direction: Direction | None = None
    basis: Basis | None = None
    cue = direction_cue(masked)
    both = {Arm.INTERVENTION, Arm.COMPARATOR} <= {e.arm for e in result.effects}
    if both and cue is not None and cue[0] is not Direction.NO_DIFFERENCE and cues_disagree(masked):
        cue = None
    if roles.intervention is not None and cue is not None:
        direction = _oriented(cue, favours, roles.swapped, result.outcome)
        basis = Basis.WORDS if direction is not None else None
        if assertion is Assertion.NEGATED and (not result.effects or is_denied(masked)):
            direction = Direction.NO_DIFFERENCE
    if result.effects and all(e.value is None and e.p is None for e in result.effects) and cue is None:
        direction, basis = None, None
    sure = significance_cue(words)
    if sure and significance_of(result.effects)[0] is _NOT:
        sure = None  # the word is that of another finding of the sentence
    if sure is False and significance_of(result.effects)[0] is Significance.SIGNIFICANT and not denies_chance(words):
        sure = None  # so is a "did not differ" beside a small p value
    effects, change = moved(masked, result.clause, result.effects)
    if change is not None and (cue is None or cue[0] is not Direction.NO_DIFFERENCE):
        direction, basis = change, Basis.WORDS
    if roles.swapped:
        known.trace.note(Step.ROLES, "turned round: its ratios are left out", result.clause)
        effects = tuple(e for e in effects if not e.measure.is_contrast or follows_values(e, effects, favours))
    slots = (
        _mention(known, roles.intervention),
        _mention(known, roles.comparator),
        _mention(known, result.outcome),
        _mention(known, population),
    )
    outcome = slots[2]
    assert outcome is not None
    if not effects and NO_NEW.search(words):
        direction, basis, assertion = None, None, Assertion.NEGATED
    claim = Claim(
        id=claim_id(known.article.text_sha256, quote.span, slots, effects),
        content_key=content_key(known.article.id, quote.exact, slots, effects),
        article=known.article.id,
        text_sha256=known.article.text_sha256,
        outcome=outcome,
        quote=quote,
        intervention=slots[0],
        comparator=slots[1],
        population=slots[3],
        effects=effects,
        outcome_favours=favours,
        direction=direction,
        direction_basis=basis,
        significance=None if sure is None else Significance.SIGNIFICANT if sure else Significance.NOT_SIGNIFICANT,
        significance_basis=None if sure is None else Basis.WORDS,
        assertion=assertion,
        kind=kind,
        study=study,
    )
    if (
        effects
        and all(e.measure is Measure.P_VALUE for e in effects)
        and significance_of(effects)[0] is _NOT
        and direction not in (None, Direction.NO_DIFFERENCE)
    ):
        claim = replace(claim, direction=None, direction_basis=None)
    claim = settle(claim)
    if _says_both(claim):
        known.trace.note(Step.REFUSED, "significant, and no difference: which of them is not told apart", result.clause)
        if not effects:
            return None
        claim = settle(replace(claim, direction=None, direction_basis=None))
    if both and claim.direction_basis is Basis.WORDS and _against_values(claim):
        judged = cue is not None and cue[1] and not says_more(masked)
        claim = settle(replace(claim, direction=None, direction_basis=None))
        if judged:  # "better", and values that say less: of which the outcome is more is not known
            claim = replace(claim, direction=None, direction_basis=None)
    if result.exposure and claim.direction_basis is Basis.WORDS and against_print(claim):
        claim = settle(replace(claim, direction=None, direction_basis=None))
    note_claim(known, result.clause, masked, claim)
    known.grounds[claim.id] = grounds_of(known, sentence, result)
    return claim


def _oriented(cue: tuple[Direction, bool], favours: Favours | None, swapped: bool, outcome: Phrase) -> Direction | None:
    direction, judged = cue
    flip = {Direction.HIGHER: Direction.LOWER, Direction.LOWER: Direction.HIGHER}
    if judged and favours is Favours.LOWER:
        direction = flip.get(direction, direction)
    elif judged and favours is None and not GOOD.search(outcome.text):
        return None
    return flip.get(direction, direction) if swapped else direction


def _says_both(claim: Claim) -> bool:
    """True where the words say no difference, and words, p value or interval that it was significant: two findings.

    Of 23 such claims in full texts that were looked at, the word was that of another finding in 23.
    """
    same = claim.direction is Direction.NO_DIFFERENCE and claim.direction_basis is Basis.WORDS
    return same and claim.significance is Significance.SIGNIFICANT


def _against_values(claim: Claim) -> bool:
    """True where the two arms' printed values go the other way than the words are taken to say."""
    return any(c.rule == "direction-against-values" and c.grade is Grade.ERROR for c in claim.checks)
