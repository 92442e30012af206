"""One clause read as results: its arms, its outcome, and each number in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.align import Cell, align, runs_of
from ingest.arms import same_arm
from ingest.article import Span
from ingest.claim import Arm, Effect, Measure
from ingest.context import Known, Memory, Sentence
from ingest.contrasts import NOWHERE, Result, add_ps, add_ratios, only_one
from ingest.cues import is_association
from ingest.figures import Figure, FigureKind
from ingest.outcome_of import outcome_for
from ingest.phrases import Phrase
from ingest.roles import Roles, roles_in
from ingest.trace import Step
from ingest.trace_parts import cells_words, note_dropped
from ingest.values import compares_arms, effect_of, values_in

_SHARED = re.compile(
    r"\bin\s+(?:both|either|each|the\s+two|all)\s+(?:study\s+|treatment\s+)?(?:groups?|arms?|cohorts)\b"
    r"|\bfor\s+both\s+(?:groups|arms|treatments)\b",
    re.I,
)


def read_clause(
    known: Known, sentence: Sentence, clause: Span, roles: Roles, memory: Memory, inherited: bool
) -> list[Result] | None:
    """Results of one clause; None where its counts disagree, which is a refusal and not an absence."""
    view = known.view
    words = clause.of(view)
    values = values_in(known, sentence, clause)
    inside = [f for f in sentence.figures if clause.contains(f.span)]
    contrasts = [f for f in inside if compares_arms(f)]
    ps = [f for f in inside if f.kind is FigureKind.P]
    outcomes = [o for o in sentence.outcomes if clause.contains(o.span)]
    populations = [p for p in sentence.populations if clause.contains(p.span)]
    if not values and not contrasts and not ps:
        return []
    if (why := _unreadable(roles, values, words, inherited)) is not None:
        known.trace.note(Step.REFUSED, why, clause)
        return None
    occurrences = [
        (a.span, i)
        for a in sentence.arms
        if clause.contains(a.span)
        for i, r in enumerate(roles.listed)
        if same_arm(a, r) or a.span.overlaps(r.span)
    ]
    occurrences += [
        (r.span, i)
        for i, r in enumerate(roles.listed)
        if clause.contains(r.span) and not any(i == n for _, n in occurrences)
    ]
    occurrences.sort(key=lambda o: o[0])
    grouped: dict[int, list[Figure]] = {}
    order: dict[int, Phrase] = {}
    for f in values:
        outcome = outcome_for(view, clause, f.span, outcomes, memory.outcome)
        if outcome is None:
            known.trace.note(Step.REFUSED, "no outcome", f.span)
            continue
        grouped.setdefault(outcome.span.start, []).append(f)
        order[outcome.span.start] = outcome
    results: list[Result] = []
    shared = _one_for_both(view, clause, values)
    for place, figures in grouped.items():
        outcome = order[place]
        runs = runs_of(view, figures)
        stamps, listed_times = _times(view, inside)
        apart = listed_times > 1 and all(len(f.times) <= 1 for f in inside if f.kind is FigureKind.TIMEPOINT)
        if not occurrences and listed_times == len(figures) > 1:
            runs = [list(figures)]
        cells = align(
            view,
            runs,
            occurrences,
            len(roles.listed),
            len(populations),
            listed_times,
            shared,
            apart,
        )
        if known.trace.on:
            counts = (len(occurrences), len(roles.listed), len(populations), listed_times)
            known.trace.note(Step.ALIGNMENT, outcome.text, clause, cells_words(view, runs, cells, counts))
        if cells is None:
            known.trace.note(Step.REFUSED, "the counts of values and arms disagree", clause)
            return None
        if any(c.population is not None for c in cells) and not _listed_together(view, populations):
            known.trace.note(Step.REFUSED, "populations that stand in no list", clause)
            return None
        results.extend(
            _results(known, clause, roles, outcome, populations, cells, stamps, listed_times, words, inherited)
        )
    add_ratios(
        known,
        results,
        contrasts,
        outcomes,
        Result(clause, roles, NOWHERE, only_one(populations), (), inherited),
        memory,
        words,
        [a for a in sentence.arms if clause.contains(a.span)],
        populations,
    )
    add_ps(
        known,
        results,
        ps,
        outcomes,
        Result(clause, roles, NOWHERE, only_one(populations), (), inherited),
        memory,
        words,
    )
    own = {o.span for o in outcomes}
    results = [replace(r, effects=tuple(e for e in r.effects if not _unmeasured(e))) for r in results]
    if _SET_AGAINST.search(words):
        note_dropped(known, clause, "half of a comparison", [r for r in results if _half(r)])
        results = [r for r in results if not _half(r)]
    note_dropped(known, clause, "two measures in one comparison", [r for r in results if _of_two_kinds(r)])
    results = [r for r in results if not _of_two_kinds(r)]
    results = [replace(r, effects=tuple(e for e in r.effects if not _only_a_time(e, r.outcome))) for r in results]
    silent = [r for r in results if r.effects and _says_nothing(r, r.outcome.span in own or sentence.this_group)]
    note_dropped(known, clause, "numbers of nobody in particular", silent)
    return [r for r in results if r.effects and r not in silent]


def _unreadable(roles: Roles, values: Sequence[Figure], words: str, inherited: bool) -> str | None:
    """Why the numbers of a clause are not shared out; None where they may be."""
    if values and roles.comparator is not None and roles.intervention is None:
        return "a comparator and nobody to compare with it"
    if inherited and is_association(words):
        return "an association, which belongs to no arm"
    if re.search(r"\bbefore\b[^.;]*\band\b[^.;]*\bafter\b", words) and len(values) > 1:
        return "before and after"
    if _ALTERNATIVES.search(words) and len(values) > 1:
        return "alternatives of one group"
    return None


_ALTERNATIVES = re.compile(r"\d\s?(?:%\s?\)?|\))\s+or\s+(?:[\w'’‘“”\"-]+\s+){0,3}[(\[]?\d")
_COORDINATED = re.compile(r"[\s,]*(?:and|or|versus|vs\.?|,)\s*(?:(?:in|for|among|the|those)\s+)*", re.I)


def _one_for_both(view: str, clause: Span, values: Sequence[Figure]) -> bool:
    """True where "in both groups" stands with the first value, in the same part of the clause."""
    if not values:
        return False
    first = values[0].span
    near = list(_SHARED.finditer(view, clause.start, clause.end))
    return any(
        not re.search(r"[,;]", view[first.end : m.start()] if m.start() >= first.end else view[m.end() : first.start])
        for m in near
    )


def _listed_together(view: str, populations: Sequence[Phrase]) -> bool:
    """True where the populations of a clause stand in one list; others may not be told off against a list of values."""
    pairs = pairwise(populations)
    return all(_COORDINATED.fullmatch(view[a.span.end : b.span.start]) for a, b in pairs)


_SET_AGAINST = re.compile(
    r"\b(?:compared\s+(?:with|to)|versus|vs?\.?|than|against)\s+(?:\w+\s+){0,3}(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)",
    re.I,
)


def _of_two_kinds(result: Result) -> bool:
    """True where the values of the two arms are of no one measure and unit, and so no comparison."""
    ours, theirs = ([e for e in result.effects if e.arm is arm] for arm in (Arm.INTERVENTION, Arm.COMPARATOR))
    if len(ours) != 1 or len(theirs) != 1:
        return False
    units = {e.unit for e in (*ours, *theirs)} - {None}
    return ours[0].measure is not theirs[0].measure or len(units) > 1


def _half(result: Result) -> bool:
    """True where only one arm of a comparison in values was read: the other number may belong to either."""
    arms = {e.arm for e in result.effects if e.arm in (Arm.INTERVENTION, Arm.COMPARATOR)}
    return len(arms) == 1


_TIMED = re.compile(
    r"surviv|\btime\b|duration|respon|remission|lived|alive|\bstay\b|progress|free|interval|delay", re.I
)


def _only_a_time(effect: Effect, outcome: Phrase) -> bool:
    """True for a length of time beside an outcome that is none: "5 years of letrozole" is no result of recurrence."""
    timed = effect.unit in ("a", "mo", "wk", "d", "h", "min")
    return (
        timed
        and not effect.measure.is_contrast
        and not _TIMED.search(" ".join([outcome.text, outcome.label or "", *(c.name for c in outcome.concepts)]))
    )


def _unmeasured(effect: Effect) -> bool:
    """True for a number that no word and no unit measures, and for one of all participants without a measure."""
    return effect.measure is Measure.OTHER and (effect.arm is Arm.OVERALL or effect.unit is None)


def _says_nothing(result: Result, named: bool) -> bool:
    """True for numbers that more likely are no result: those of nobody in particular, and ratios of unnamed arms.

    A number of all participants needs a measure and an outcome that its own clause names.
    """
    if all(e.arm is Arm.CONTRAST for e in result.effects):
        return result.roles.intervention is None
    return all(e.arm is Arm.OVERALL and (e.measure is Measure.OTHER or not named) for e in result.effects)


def _times(view: str, inside: Sequence[Figure]) -> tuple[list[str], int]:
    """Time points of the clause as printed, and how many values they tell apart (0 where there is at most one).

    Either one list ("at 1, 2 and 3 years") or several points by themselves ("at two years ... at three years").
    """
    points = [f for f in inside if f.kind is FigureKind.TIMEPOINT]
    if len(points) > 1 and all(len(p.times) <= 1 for p in points):
        return [p.span.of(view) for p in points], len(points)
    if len(points) != 1:
        return [], 0
    point = points[0]
    if len(point.times) <= 1:
        return [point.span.of(view)], 0
    stamps = [t.of(view) for t in point.times]
    unit = _TIME_UNIT.match(view, point.times[-1].end, point.span.end)
    return [*stamps[:-1], stamps[-1] + (unit[0] if unit else "")], len(point.times)


_TIME_UNIT = re.compile(r"[\s-]*(?:years?|months?|weeks?|days?)")


def _results(
    known: Known,
    clause: Span,
    roles: Roles,
    outcome: Phrase,
    populations: Sequence[Phrase],
    cells: Sequence[Cell],
    stamps: Sequence[str],
    listed_times: int,
    words: str,
    inherited: bool,
) -> list[Result]:
    out: list[Result] = []
    keys = list(dict.fromkeys((c.population, c.time) for c in cells))
    for population, time in keys:
        chosen = [c for c in cells if (c.population, c.time) == (population, time)]
        who = populations[population] if population is not None else only_one(populations)
        stamp = (
            stamps[time]
            if time is not None and listed_times > 1 and time < len(stamps)
            else (stamps[0] if len(stamps) == 1 else None)
        )
        listed = roles.listed
        main = next(
            (i for i, a in enumerate(listed) if roles.intervention is not None and a.span == roles.intervention.span), 0
        )
        if roles.intervention is not None and not any(a.span == roles.intervention.span for a in listed):
            main = next((i for i, a in enumerate(listed) if same_arm(a, roles.intervention)), 0)
        arms = {c.arm for c in chosen}
        if arms == {None}:
            effects = [effect_of(known, c.figure, Arm.OVERALL, outcome, words, stamp) for c in chosen]
            out.append(Result(clause, Roles(), outcome, who, tuple(effects), inherited))
            continue
        mine = [c for c in chosen if c.arm == main]
        others = sorted({c.arm for c in chosen if c.arm is not None and c.arm != main})
        if not others:
            effects = [effect_of(known, c.figure, Arm.INTERVENTION, outcome, words, stamp) for c in mine]
            out.append(Result(clause, roles, outcome, who, tuple(effects), inherited))
        for other in others:
            pair = [effect_of(known, c.figure, Arm.INTERVENTION, outcome, words, stamp) for c in mine]
            pair += [
                effect_of(known, c.figure, Arm.COMPARATOR, outcome, words, stamp) for c in chosen if c.arm == other
            ]
            intervention = listed[main] if main < len(listed) else roles.intervention
            comparator = listed[other] if other < len(listed) else roles.comparator
            two = Roles(intervention, comparator, roles.swapped, listed)
            out.append(Result(clause, two, outcome, who, tuple(pair), inherited))
    return out


def roles_of(known: Known, sentence: Sentence, clause: Span) -> Roles:
    """The roles that the clause itself names."""
    return roles_in(known.view, clause, sentence.arms)
