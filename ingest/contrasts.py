"""A result of a clause, and the ratios and p values that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.article import Span
from ingest.claim import Arm, Effect, Favours, Measure
from ingest.context import Known, Memory
from ingest.figures import Figure
from ingest.outcome_of import one_outcome, outcome_for
from ingest.phrases import Phrase
from ingest.roles import Roles
from ingest.trace import Step
from ingest.values import effect_of

NOWHERE = Phrase(Span(0, 1), "?")
"""Stands for an outcome that is still to be found."""


@dataclass(frozen=True, slots=True)
class Result:
    """One comparison or one group's figures for one outcome, in one population, as a clause gives it.

    ``sure`` is how sure the language model is of the arms; None where rules found them.
    ``exposure`` is True where the intervention is no arm but what people were exposed to or differ in.
    """

    clause: Span
    roles: Roles
    outcome: Phrase
    population: Phrase | None
    effects: tuple[Effect, ...]
    inherited: bool = False
    sure: float | None = None
    exposure: bool = False


def follows_values(contrast: Effect, effects: Sequence[Effect], favours: Favours | None) -> bool:
    """True where a ratio or difference goes the same way as the values of both arms, and so is theirs in this order.

    Time to an event is longer where its hazard ratio is below 1, and so is a share of people free of it greater.
    """
    mine, theirs = ([e.value for e in effects if e.arm is arm and e.value is not None] for arm in _BOTH)
    null = contrast.measure.null_value
    if len(mine) != 1 or len(theirs) != 1 or null is None or contrast.value is None or mine == theirs:
        return False
    higher = contrast.value > null
    if contrast.measure is Measure.HAZARD_RATIO and favours is Favours.HIGHER:
        higher = not higher
    return higher == (mine[0] > theirs[0])


_BOTH = (Arm.INTERVENTION, Arm.COMPARATOR)


def only_one(populations: Sequence[Phrase]) -> Phrase | None:
    """The population where just one is named, else None."""
    return populations[0] if len(populations) == 1 else None


def add_ratios(
    known: Known,
    results: list[Result],
    ratios: Sequence[Figure],
    outcomes: Sequence[Phrase],
    empty: Result,
    memory: Memory,
    words: str,
    arms: Sequence[Phrase] = (),
    populations: Sequence[Phrase] = (),
) -> None:
    """Each ratio or difference to the comparison of its outcome; one each in order where their counts agree."""
    by_outcome: dict[tuple[str, ...], list[tuple[Figure, Phrase]]] = {}
    for f in ratios:
        inner = [o for o in outcomes if f.span.contains(o.span)]
        told_off = _respective(known.view, f, ratios, outcomes, words)
        outcome = (
            inner[0] if inner else told_off or outcome_for(known.view, empty.clause, f.span, outcomes, memory.outcome)
        )
        if outcome is not None:
            by_outcome.setdefault(outcome.key, []).append((f, outcome))
        else:
            known.trace.note(Step.REFUSED, "a ratio without an outcome", f.span)
    for group in by_outcome.values():
        homes = [i for i, r in enumerate(results) if one_outcome(r.outcome, group[0][1])]
        for n, (f, outcome) in enumerate(group):
            if homes and len(homes) == len(group):
                home = homes[n]
            elif homes:
                before = [i for i in homes if max((e.span.end for e in results[i].effects), default=0) <= f.span.start]
                home = (before or homes)[-1]
            else:
                results.append(replace(empty, outcome=outcome))
                home = len(results) - 1
            effect = effect_of(known, f, Arm.CONTRAST, results[home].outcome, words, None)
            if not homes and len(group) > 1:
                results[home] = _placed(known, results[home], [g for g, _ in group], n, arms, populations)
            results[home] = replace(results[home], effects=(*results[home].effects, effect))


def _respective(
    view: str, f: Figure, ratios: Sequence[Figure], outcomes: Sequence[Phrase], words: str
) -> Phrase | None:
    """The outcome of one of several ratios that "respectively" tells off over as many outcomes named before them."""
    before = [o for o in outcomes if o.span.end <= ratios[0].span.start]
    if len(ratios) < 2 or len(before) != len(ratios) or "respectively" not in words:
        return None
    return before[list(ratios).index(f)]


def _placed(
    known: Known,
    result: Result,
    ratios: Sequence[Figure],
    n: int,
    arms: Sequence[Phrase],
    populations: Sequence[Phrase],
) -> Result:
    """One of several ratios for one outcome, with the arm or people that stand behind it: "0.6 with X, 0.9 in Y"."""
    end = ratios[n + 1].span.start if n + 1 < len(ratios) else result.clause.end
    part = Span(ratios[n].span.end, max(end, ratios[n].span.end + 1))
    arm = next((a for a in arms if part.contains(a.span)), None)
    people = next((p for p in populations if part.contains(p.span)), None)
    if people is not None:
        return replace(result, population=people)
    if arm is None or arm.control or (result.roles.comparator is not None and arm.span == result.roles.comparator.span):
        return result
    return replace(result, roles=replace(result.roles, intervention=arm))


def add_ps(
    known: Known,
    results: list[Result],
    ps: Sequence[Figure],
    outcomes: Sequence[Phrase],
    empty: Result,
    memory: Memory,
    words: str,
) -> None:
    """Each p value to the comparison that it stands behind; one of its own where the clause gives nothing else."""
    lone = not results
    for n, f in enumerate(ps):
        if _used_up(known.view, f, results, empty.clause):
            known.trace.note(Step.REFUSED, "a p value of other numbers in its bracket", f.span)
            continue
        if results and not lone:
            ends = [max((e.span.end for e in r.effects), default=r.clause.start) for r in results]
            before = [i for i, end in enumerate(ends) if end <= f.span.start]
            home = n if len(ps) == len(results) > 1 else max(before, key=lambda i: ends[i]) if before else 0
            if any(e.p is not None for e in results[home].effects):
                known.trace.note(Step.REFUSED, "a second p value", f.span)
                continue
            own = outcome_for(known.view, empty.clause, f.span, outcomes, None)
            if own is not None and not one_outcome(own, results[home].outcome) and len(outcomes) > 1:
                known.trace.note(Step.REFUSED, "a p value of another outcome", f.span, own.text)
                continue
        else:
            outcome = outcome_for(known.view, empty.clause, f.span, outcomes, memory.outcome)
            if outcome is None or empty.roles.intervention is None:
                known.trace.note(Step.REFUSED, "a p value without an outcome or an arm", f.span)
                continue
            if any(one_outcome(outcome, r.outcome) for r in results) or (
                results and outcome.span.end < ps[n - 1].span.end
            ):
                known.trace.note(Step.REFUSED, "a second p value", f.span)
                continue
            results.append(replace(empty, outcome=outcome))
            home = len(results) - 1
        effect = effect_of(known, f, Arm.CONTRAST, results[home].outcome, words, None)
        results[home] = replace(results[home], effects=(*results[home].effects, effect))


_CHANGED = re.compile(r"\bfrom\s+[\d.,·]+\s?[^\s\d]*\s+to\s+[\d.,·]+\s?[^\s\d(]*\s*[(\[]\s*$", re.I)
"""Before a p value that is one of a change within an arm."""


def _used_up(view: str, p: Figure, results: Sequence[Result], clause: Span) -> bool:
    """True for a p value whose bracket holds numbers that no result has: it is theirs, and they were left out."""
    if _CHANGED.search(view[max(clause.start, p.span.start - 60) : p.span.start]):
        return True
    start = max(view.rfind("(", clause.start, p.span.start), view.rfind("[", clause.start, p.span.start))
    if start < 0 or re.search(r"[)\]]", view[start : p.span.start]):
        return False
    taken = [e.span for r in results for e in r.effects]
    numbers = [
        Span(start + m.start(), start + m.end()) for m in re.finditer(r"\d+(?:[.·]\d+)?", view[start : p.span.start])
    ]
    return any(not any(t.overlaps(n) for t in taken) for n in numbers)
