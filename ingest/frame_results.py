"""Comparisons that the language model found, as results: their words, their arms, their ratios and p values."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from ingest.article import Span
from ingest.claim import Arm, Effect
from ingest.context import Known, Memory, Sentence
from ingest.contrasts import Result
from ingest.cues import direction_cue
from ingest.figures import FigureKind
from ingest.frame_sides import Frame
from ingest.frames import frames_in
from ingest.names import Found
from ingest.orient import chance_that_second_is_control
from ingest.phrases import Phrase
from ingest.roles import Roles
from ingest.sided import Sided, sided_in
from ingest.told import Told, ToldArm
from ingest.told_phrases import bare_outcome, no_outcome
from ingest.values import compares_arms, effect_of

CONTROL, TREATED = 0.6, 0.4
"""The chances above and below which a mention of an arm names the control, or what it is compared with."""
CONTRARY = 0.3
"""Below this chance that the comparator is the control, by its name, a comparison is left out."""
_COMPARED = re.compile(
    r"\b(?:versus|vs?\.?|compar\w+|than|respectively|against|both|either|between|groups|arms|differ\w*|similar\w*)\b",
    re.I,
)
"""Without one of these a sentence that names one arm does not give the other's number."""
_BACK = re.compile(r"\b(?:respective|corresponding|these|this|those|its|their|it|they)\b", re.I)


def results_of_frames(
    known: Known, sentence: Sentence, memory: Memory, taken: Collection[Span], refused: Sequence[Span] = ()
) -> list[Result]:
    """Results of the sentence's figures that are not ``taken``, in order."""
    frames = frames_in(known, sentence, sided_in(known, sentence, taken), refused)
    results: list[Result] = []
    start = sentence.span.start
    for frame in frames:
        outcome = _outcome(known, sentence, frame, memory)
        roles = _roles(known, sentence, frame)
        if outcome is None or roles is None or _of_others(sentence, frame):
            continue
        end = _end(known.view, sentence, frame)
        clause = Span(start if start < frame.span.start else sentence.span.start, end)
        population = _population(sentence, frame, len(frames))
        stamp = _timepoint(known.view, sentence, clause, frame)
        effects = tuple(
            effect_of(known, side.figure, arm, outcome, clause.of(known.view), stamp) for side, arm in _placed(frame)
        )
        results.append(
            Result(_telling(known.view, sentence, clause), roles, outcome, population, effects, sure=frame.sure)
        )
        start = _contrasts(known, sentence, results, clause, memory, taken)
    joined = _joined(results)
    return [r for r in joined if not _doubtful(r, joined)]


def _joined(results: Sequence[Result]) -> list[Result]:
    """Counts and shares of the same comparison as one result: "10 in X [14.7%] and 2 in Y [4.9%]"."""
    out: list[Result] = []
    for result in results:
        home = next((i for i, r in enumerate(out) if _told_apart(r)[:-1] == _told_apart(result)[:-1]), None)
        measures = {e.measure for e in out[home].effects} if home is not None else set()
        if home is None or any(e.measure in measures for e in result.effects):
            out.append(result)
        else:
            whole = Span(min(out[home].clause.start, result.clause.start), max(out[home].clause.end, result.clause.end))
            out[home] = replace(out[home], clause=whole, effects=(*out[home].effects, *result.effects))
    return out


def _placed(frame: Frame) -> list[tuple[Sided, Arm]]:
    both = [(frame.intervention, Arm.INTERVENTION), (frame.comparator, Arm.COMPARATOR)]
    return [(side, arm) for side, arm in both if side is not None]


def _outcome(known: Known, sentence: Sentence, frame: Frame, memory: Memory) -> Phrase | None:
    """The outcome as the rules name it where they found it too, else in the model's words."""
    span = bare_outcome(known.view, frame.outcome) if frame.outcome is not None else None
    if span is not None and no_outcome(span.of(known.view)):
        return None
    if span is None:
        before = [o for o in sentence.outcomes if o.span.end <= frame.span.start and not o.bare]
        if before:
            return before[-1]
        back = _BACK.search(known.view, sentence.span.start, frame.span.start)
        return memory.outcome if back and not sentence.outcomes else None
    inside = [o for o in sentence.outcomes if o.span.overlaps(span)]
    same = [o for o in inside if not o.bare and len(o.span) >= 0.6 * len(span)]
    if same:
        return same[0]
    concepts = tuple(dict.fromkeys(c for o in inside for c in o.concepts))
    return Phrase(span, span.of(known.view), concepts if len(inside) == 1 else ())


def _roles(known: Known, sentence: Sentence, frame: Frame) -> Roles | None:
    """The arms by name: from the sentence, else from the article; None where one that has a value has no name."""
    treated = _arm(known, sentence, frame.intervention, frame.treated, frame.control, control=False)
    control = _arm(known, sentence, frame.comparator, frame.control, frame.treated, control=True)
    if treated is None or (control is None and frame.comparator is not None):
        return None
    if control is not None and treated.span.overlaps(control.span):
        return None
    if control is not None and chance_that_second_is_control(known, treated, control) < CONTRARY:
        return None
    here = sentence.span
    apart = control is not None and here.contains(treated.span) != here.contains(control.span)
    if apart and _COMPARED.search(here.of(known.view)) is None:
        return None
    swapped = (
        control is not None
        and here.contains(control.span)
        and here.contains(treated.span)
        and control.span.start < treated.span.start
    )
    listed = tuple(p for p in (treated, control) if p is not None)
    return Roles(treated, control if frame.comparator is not None else None, swapped, listed)


def _arm(
    known: Known, sentence: Sentence, side: Sided | None, own: ToldArm | None, other: ToldArm | None, *, control: bool
) -> Phrase | None:
    """The arm that the sentence names, else the nearest mention on that side, else the article's most used name."""
    if own is not None:
        return _phrase(known, sentence, own.span)
    told = [
        a
        for a in known.told.arms.inside(sentence.span)
        if not any(p.span.overlaps(a.span) for p in sentence.populations)
    ]
    fitting = [a for a in told if (a.control >= CONTROL if control else a.control <= TREATED)]
    fitting = [a for a in fitting if other is None or a.name != other.name]
    if not fitting and any(other is None or a.name != other.name for a in told):
        return None
    if fitting:
        place = side.figure.span.start if side is not None else sentence.span.start
        nearest = min(fitting, key=lambda a: (abs(a.span.start - place), a.span))
        return _phrase(known, sentence, nearest.span)
    usual = usual_arm(known.told, known.view, control=control)
    return None if usual is None else _phrase(known, sentence, usual)


def usual_arm(told: Told, view: str, *, control: bool) -> Span | None:
    """The place where the article first names the arm that it names most often on that side; None without one."""
    side = [a for a in told.arms if (a.control >= CONTROL if control else a.control <= TREATED)]
    if not side:
        return None
    count: dict[int, int] = {}
    for a in side:
        count[a.name] = count.get(a.name, 0) + 1
    best = max(count, key=lambda n: (count[n], -n))
    return next(a.span for a in side if a.name == best)


def _phrase(known: Known, sentence: Sentence, span: Span) -> Phrase:
    """The words of an arm: the rules' own phrase where they have the same, with its concepts."""
    for arm in sentence.arms:
        if arm.span.overlaps(span) and len(arm.span) >= 0.6 * len(span):
            return arm
    inside: list[Found] = known.places.inside(span)
    concepts = tuple(dict.fromkeys(c for f in inside for c in f.concepts[:1]))
    return Phrase(span, span.of(known.view), concepts)


def _end(view: str, sentence: Sentence, frame: Frame) -> int:
    """Where the words about the frame end: behind its brackets."""
    end = frame.span.end
    return min(sentence.span.end, end + (1 if view[end : end + 1] in ")]" else 0))


def _telling(view: str, sentence: Sentence, clause: Span) -> Span:
    """The words that may say which way it went: the clause, or the sentence where its own words are silent."""
    return clause if direction_cue(clause.of(view)) is not None else Span(sentence.span.start, clause.end)


def _of_others(sentence: Sentence, frame: Frame) -> bool:
    """True where the only people that the sentence names stand behind earlier values: whose these are is not said."""
    if len(sentence.populations) != 1:
        return False
    people = sentence.populations[0].span
    values = [f.span.end for f in sentence.figures if f.kind is FigureKind.VALUE]
    return people.end <= frame.span.start and any(end <= people.start for end in values)


def _population(sentence: Sentence, frame: Frame, frames: int) -> Phrase | None:
    if len(sentence.populations) == 1:
        return sentence.populations[0]
    before = [p for p in sentence.populations if p.span.end <= frame.span.start]
    return before[-1] if before and frames > 1 else None


def _timepoint(view: str, sentence: Sentence, clause: Span, frame: Frame) -> str | None:
    """The point in time nearest to the values, of those in their clause; the only one of the sentence."""
    points = [f for f in sentence.figures if f.kind is FigureKind.TIMEPOINT and len(f.times) <= 1]
    near = [f for f in points if clause.contains(f.span)] or (points if len(points) == 1 else [])
    if not near:
        return None
    place = frame.span
    chosen = min(near, key=lambda f: (max(place.start - f.span.end, f.span.start - place.end), f.span))
    return chosen.span.of(view)


def _contrasts(
    known: Known, sentence: Sentence, results: list[Result], clause: Span, memory: Memory, taken: Collection[Span]
) -> int:
    """Adds the ratios and p values right behind the last result, in the same part of the sentence; where they end."""
    behind = [f for f in sentence.figures if f.span.start >= clause.end - 1]
    end = clause.end
    last = results[-1]
    chosen: list[Effect] = []
    for f in behind:
        if any(t.overlaps(f.span) for t in taken) or not (compares_arms(f) or f.kind is FigureKind.P):
            break
        between = known.view[end : f.span.start]
        if len(between) > 40 or re.search(r"[;.](?=\s)[^)]*\b(?:and|while|but)\b", between):
            break
        if f.kind is FigureKind.P and any(e.p is not None for e in (*last.effects, *chosen)):
            break
        chosen.append(effect_of(known, f, Arm.CONTRAST, last.outcome, clause.of(known.view), None))
        end = f.span.end
    results[-1] = replace(last, effects=(*last.effects, *chosen))
    return end


def _doubtful(result: Result, results: Sequence[Result]) -> bool:
    """True for one of two comparisons of the same outcome, people and time: dose arms or subgroups left unsaid."""
    mine = _told_apart(result)
    return sum(_told_apart(r) == mine for r in results) > 1


def _told_apart(result: Result) -> tuple[object, ...]:
    return (
        result.outcome.key,
        result.population.span if result.population else None,
        result.effects[0].timepoint,
        tuple(a.key for a in result.roles.listed),
        result.effects[0].measure,
    )
