"""Ratios whose exposure is no arm of a trial, as results: risk factors, biomarkers, what people were exposed to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.article import Span
from ingest.claim import Arm, Effect
from ingest.context import Known, Memory, Sentence
from ingest.contrasts import Result, only_one
from ingest.figures import FigureKind
from ingest.phrases import Phrase
from ingest.ratio_around import comparing_word
from ingest.ratio_items import is_ratio
from ingest.ratio_links import links_in
from ingest.ratio_lists import Link
from ingest.ratio_phrases import outcome
from ingest.roles import Roles
from ingest.values import effect_of

_TOPIC = re.compile(
    r"\b(?:(?:risk\s+factors?|predictors?|prognostic\s+factors?|determinants?|prediction"
    r"|correlates)\s+(?:analysis\s+)?(?:for|of)"
    r"|(?:risks?|odds|incidence|hazard)\s+of)\s+(?P<what>[^.:;?\n]{3,120})|\b(?P<risk>[\w-]+(?:\s(?!and\b|of\b"
    r"|in\b|on\b|with\b|the\b)[\w-]+){0,3})\s+risk\b",
    re.I,
)
_LEFT_OUT = re.compile(
    r"\b(?:risk\s+factors?|predict\w+|prognostic|determinants?|risks?\s*[(\[]|(?:higher|lower|increased|decreased|reduced|\w+)\s+risk\s*[.(\[]"
    r"|associations?\s+(?:was|were))|^\s*(?:They|These|The\s+following)\b",
    re.I,
)
"""What a sentence says that speaks of an outcome without naming it."""
_BACK = re.compile(r"\s*(?:They|These|Those|The\s+following|This|It)\b")
REACH = 40
"""Code points before a comparator within which the word that sets it against the other arm is looked for."""
TOPIC_REACH = 400
"""Code points at the beginning of an article in which its title says what the risk factors are of."""


def with_exposures(known: Known, sentence: Sentence, results: Sequence[Result], memory: Memory) -> list[Result]:
    """``results`` with the ratios of the sentence that belong to no arm, each with its exposure and outcome.

    A ratio that stands beside values of both arms, or between two arms that its clause names, stays where it is. One
    that was given to an arm alone goes where the sentence's own words put it.
    """
    if not any(is_ratio(f) for f in sentence.figures):
        return list(results)
    kept = list(results)
    new: list[Result] = []
    values = [f for f in sentence.figures if f.kind is FigureKind.VALUE and f.unit is not None]
    links = links_in(known.view, sentence.span, sentence.figures)
    named = [s for link in links for s in (link.exposure, link.comparator, link.outcome) if s is not None]
    sentence = replace(
        sentence, populations=tuple(p for p in sentence.populations if not any(s.overlaps(p.span) for s in named))
    )
    for link in links:
        if sum(link.seat.contains(f.span) and f.span.end <= link.figure.span.start for f in values) > 1:
            continue
        home = next((r for r in kept if any(e.span == link.figure.span for e in r.effects)), None)
        if home is not None and not _loose(known, home, kept):
            continue
        made = _result(known, sentence, link, memory, home)
        if made is None or (home is not None and _agree(home, made)):
            continue
        if home is not None:
            rest = tuple(e for e in home.effects if e.span != link.figure.span)
            rest = () if all(e.arm is Arm.OVERALL for e in rest) else rest
            at = kept.index(home)
            kept[at : at + 1] = [replace(home, effects=rest)] if rest else []
        new.append(made)
    return [*kept, *new]


def _loose(known: Known, result: Result, results: Sequence[Result]) -> bool:
    """True for a result that rests on the ratio alone, not on values, nor on two arms that its clause names.

    Where one outcome was given two ratios, neither is firm.
    """
    if any(e.arm in (Arm.INTERVENTION, Arm.COMPARATOR) for e in result.effects):
        return False
    if sum(r.outcome.span == result.outcome.span for r in results if any(e.value is not None for e in r.effects)) > 1:
        return True
    own = result.clause.contains(result.outcome.span) and len(result.effects) == 1
    return not (own and _set_against(known, result))


def _set_against(known: Known, result: Result) -> bool:
    """True where a comparing word stands before the comparator, in the clause that names the intervention too."""
    who, other = result.roles.intervention, result.roles.comparator
    if who is None or other is None or not result.clause.contains(who.span) or not result.clause.contains(other.span):
        return False
    begin = max(result.clause.start, other.span.start - REACH)
    return comparing_word(known.view, begin, other.span.end) < other.span.start


def _agree(home: Result, made: Result) -> bool:
    """True where the words say no more than what was read already: one arm, one outcome, one ratio."""
    who = home.roles.intervention
    return (
        who is not None
        and made.roles.intervention is not None
        and made.roles.intervention.span.contains(who.span)
        and home.outcome.span.overlaps(made.outcome.span)
        and made.roles.comparator is None
        and sum(e.measure.is_ratio for e in home.effects) == 1
    )


def _result(known: Known, sentence: Sentence, link: Link, memory: Memory, home: Result | None) -> Result | None:
    if link.exposure is None or (link.outcome is None and not _LEFT_OUT.search(sentence.span.of(known.view))):
        return None
    goal = _outcome(known, sentence, link.outcome) if link.outcome else _unsaid(known, sentence, memory)
    if goal is None or goal.span.overlaps(link.exposure):
        return None
    who = _exposure(known, sentence, link.exposure)
    other = _exposure(known, sentence, link.comparator) if link.comparator else None
    if other is not None and (other.span.overlaps(who.span) or other.span.overlaps(goal.span)):
        other = None
    if other is None and home is not None and home.roles.intervention is not None and home.roles.comparator is not None:
        own = home.roles.intervention.span.overlaps(who.span) and _set_against(known, home)
        other = home.roles.comparator if own else None
    taken = [who.span, goal.span, *([other.span] if other else [])]
    people = [p for p in sentence.populations if link.clause.contains(p.span)]
    within = link.within
    population = (
        Phrase(within, within.of(known.view))
        if within and not any(t.overlaps(within) for t in taken)
        else only_one(people)
    )
    effect: Effect = effect_of(known, link.figure, Arm.CONTRAST, goal, link.clause.of(known.view), None)
    listed = tuple(p for p in (who, other) if p is not None)
    return Result(link.clause, Roles(who, other, listed=listed), goal, population, (effect,), exposure=True)


def _exposure(known: Known, sentence: Sentence, span: Span) -> Phrase:
    """The words as an exposure, with the concepts of an arm or of a name that they are."""
    arm = next((a for a in sentence.arms if a.span.overlaps(span) and _most(a.span, span)), None)
    name = next((f for f in known.found if f.span.overlaps(span) and _most(f.span, span)), None)
    concepts = arm.concepts if arm is not None else name.concepts[:1] if name is not None else ()
    return Phrase(span, span.of(known.view), concepts, generic=True)


def _outcome(known: Known, sentence: Sentence, span: Span) -> Phrase:
    """The words as an outcome, with the concepts of a known outcome that ends them."""
    inner = [o for o in sentence.outcomes if span.contains(o.span) and o.span.end == span.end]
    whole = next((o for o in sentence.outcomes if o.span.contains(span)), None)
    concepts = whole.concepts if whole is not None else inner[-1].concepts if inner else ()
    return Phrase(span, span.of(known.view), concepts)


def _most(part: Span, whole: Span) -> bool:
    """True where a name is all of a phrase but a few signs."""
    return whole.contains(part) and len(whole) - len(part) <= 4


def _unsaid(known: Known, sentence: Sentence, memory: Memory) -> Phrase | None:
    """The outcome that a sentence leaves out: the one the title names, else that of the sentence before."""
    m = _TOPIC.search(known.view, 0, min(len(known.view), TOPIC_REACH))
    if m is not None and (span := outcome(known.view, *m.span("what" if m["what"] else "risk"))) is not None:
        return Phrase(span, span.of(known.view), bare=True)
    before = memory.outcome
    if before is not None and _BACK.match(known.view, sentence.span.start, sentence.span.end):
        return replace(before, bare=True)
    return None
