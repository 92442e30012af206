"""Values in two dimensions: outcomes by arms, arms by people, told off in order ("respectively") or by what is named
beside each list. Where the counts do not agree, nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.align import runs_of
from ingest.article import Span
from ingest.claim import Arm
from ingest.context import Known, Sentence
from ingest.contrasts import Result, only_one
from ingest.figures import Figure, FigureKind
from ingest.orient import chance_that_second_is_control
from ingest.phrases import Phrase
from ingest.roles import Roles
from ingest.values import effect_of, values_in

_AND = re.compile(r"\s*(?:,\s*and|,|and|or|versus|vs\.?)\s+(?:(?:the|in|with|for|on|patients?)\s+)*", re.I)
_PARTS = re.compile(r"\s*(?:,\s*and\s+|,\s*|\s+and\s+)")
MOST = 4
"""The longest list that is told off."""


def read_grid(known: Known, sentence: Sentence) -> list[Result]:
    """The results of a sentence whose values stand in lists over two dimensions; none where it is no such sentence."""
    values = values_in(known, sentence, sentence.span)
    runs = runs_of(known.view, values)
    n = len(runs[0]) if runs else 0
    if not 2 <= n <= MOST or any(len(run) != n for run in runs) or len({_measure(f) for f in values}) != 1:
        return []
    outcomes, people, arms = (
        _listed(known.view, phrases, n) for phrases in (sentence.outcomes, sentence.populations, sentence.arms)
    )
    outcomes = outcomes or _elided(known.view, sentence, n)
    if len(runs) == 1:
        return _one_list(known, sentence, runs[0], outcomes, people, arms)
    if len(runs) != 2:
        return []
    if outcomes and not arms and not people:
        pair = _beside(sentence.arms, runs, sentence.span)
        return (
            []
            if pair is None
            else [
                _comparison(known, sentence, pair, (runs[0][j], runs[1][j]), outcome, None)
                for j, outcome in enumerate(outcomes)
            ]
        )
    outcome = _only_outcome(sentence, runs)
    if people and not arms and outcome is not None:
        pair = _beside(sentence.arms, runs, sentence.span)
        return (
            []
            if pair is None
            else [
                _comparison(known, sentence, pair, (runs[0][j], runs[1][j]), outcome, who)
                for j, who in enumerate(people)
            ]
        )
    if arms and len(arms) == 2 and not people and outcome is not None:
        two = _beside(sentence.populations, runs, sentence.span)
        return (
            []
            if two is None
            else [
                _comparison(known, sentence, (arms[0], arms[1]), (run[0], run[1]), outcome, who)
                for run, who in zip(runs, two, strict=True)
            ]
        )
    return []


def _one_list(
    known: Known,
    sentence: Sentence,
    run: Sequence[Figure],
    outcomes: Sequence[Phrase],
    people: Sequence[Phrase],
    arms: Sequence[Phrase],
) -> list[Result]:
    """Values of one arm, told off over outcomes or people; refused where two lists claim them."""
    names = {a.key for a in sentence.arms}
    if arms or len(names) != 1 or bool(outcomes) == bool(people):
        return []
    arm = sentence.arms[0]
    if people:
        outcome = _only_outcome(sentence, [run])
        return (
            []
            if outcome is None
            else [_single(known, sentence, arm, f, outcome, who) for f, who in zip(run, people, strict=True)]
        )
    who = only_one(sentence.populations)
    return [_single(known, sentence, arm, f, outcome, who) for f, outcome in zip(run, outcomes, strict=True)]


def _measure(f: Figure) -> object:
    return f.measure, f.total is None


def _listed(view: str, phrases: Sequence[Phrase], n: int) -> list[Phrase]:
    """The only run of ``n`` phrases with nothing but "and" and commas between them; empty without one."""
    lists: list[list[Phrase]] = []
    for p in phrases:
        if lists and _AND.fullmatch(view, lists[-1][-1].span.end, p.span.start):
            lists[-1].append(p)
        else:
            lists.append([p])
    fitting = [each for each in lists if len(each) == n]
    return fitting[0] if len(fitting) == 1 else []


def _elided(view: str, sentence: Sentence, n: int) -> list[Phrase]:
    """One outcome that is a list itself: "complete and partial responses"; what is elided stands in the label."""
    for outcome in sentence.outcomes:
        edges = [m.span() for m in _PARTS.finditer(view, outcome.span.start, outcome.span.end)]
        starts = [outcome.span.start, *(end for _, end in edges)]
        ends = [*(start for start, _ in edges), outcome.span.end]
        parts = [Span(a, b) for a, b in zip(starts, ends, strict=True) if b > a]
        if len(parts) == n and all(len(p.of(view).split()) <= 3 for p in parts):
            head = parts[-1].of(view).split()[-1]
            elided = len(parts[-1].of(view).split()) > 1
            return [
                Phrase(p, p.of(view), label=f"{p.of(view)} {head}" if elided and p is not parts[-1] else None)
                for p in parts
            ]
    return []


def _only_outcome(sentence: Sentence, runs: Sequence[Sequence[Figure]]) -> Phrase | None:
    before = [o for o in sentence.outcomes if o.span.end <= runs[0][0].span.start and not o.bare]
    return before[-1] if before else None


def _beside(
    phrases: Sequence[Phrase], runs: Sequence[Sequence[Figure]], sentence: Span
) -> tuple[Phrase, Phrase] | None:
    """The one phrase behind each list of values, or else before each; None where there is not just one."""
    starts = [run[0].span.start for run in runs]
    ends = [run[-1].span.end for run in runs]
    for edges in (pairwise([*ends, sentence.end]), pairwise([sentence.start, *starts])):
        found = [[p for p in phrases if a <= p.span.start and p.span.end <= b] for a, b in edges]
        if all(len(f) == 1 for f in found) and found[0][0].key != found[1][0].key:
            return found[0][0], found[1][0]
    return None


def _comparison(
    known: Known,
    sentence: Sentence,
    arms: tuple[Phrase, Phrase],
    values: tuple[Figure, Figure],
    outcome: Phrase,
    who: Phrase | None,
) -> Result:
    (one, two), (first, second) = arms, values
    swapped = chance_that_second_is_control(known, one, two) < 0.5 and (one.control or not two.control)
    if swapped:
        one, two, first, second = two, one, second, first
    words, stamp = sentence.span.of(known.view), _time(known, sentence)
    effects = tuple(
        effect_of(known, f, arm, outcome, words, stamp)
        for f, arm in ((first, Arm.INTERVENTION), (second, Arm.COMPARATOR))
    )
    roles = Roles(one, two, swapped, (one, two))
    return Result(sentence.span, roles, outcome, who or only_one(sentence.populations), effects)


def _single(known: Known, sentence: Sentence, arm: Phrase, f: Figure, outcome: Phrase, who: Phrase | None) -> Result:
    effect = effect_of(known, f, Arm.INTERVENTION, outcome, sentence.span.of(known.view), _time(known, sentence))
    return Result(sentence.span, Roles(arm, None, listed=(arm,)), outcome, who, (effect,))


def _time(known: Known, sentence: Sentence) -> str | None:
    points = [f for f in sentence.figures if f.kind is FigureKind.TIMEPOINT]
    return points[0].span.of(known.view) if len(points) == 1 and len(points[0].times) <= 1 else None
