"""Figures that the language model takes for results of an arm, with what it says of each."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.article import Span
from ingest.claim import Measure
from ingest.context import Known, Sentence
from ingest.figures import Figure, FigureKind
from ingest.told import ToldArm, ToldNumber, ToldValue
from ingest.values import adds_up, is_no_result

TAKEN = 0.5
"""The chance above which a number counts as a result of an arm, also where it is linked to none."""
KINDS = {
    "abs": Measure.COUNT,
    "percent": Measure.PROPORTION,
    "mean": Measure.MEAN,
    "median": Measure.MEDIAN,
}
"""What the kinds of numbers measure that are results."""
_TIME_ONLY = re.compile(
    r"(?:(?:at|after|by|the|of|in|to|and|or|for|week|month|day|year|hour|minute|baseline|end\s?point|visit|follow-?up"
    r"|study|first|last|final|next|one|two|three|four|five|six|eight|twelve|age|aged|y|yr|h|d|wk|mo|weekly|daily|monthly"
    r"|(?:pre|post|intra|peri)-?operativ(?:e|ely)|preinduction|discharge|old|trimester|[IV]+)s?\b|[\W\d_])+"
    r"(?:(?:before|after|since|from|of)\b[^.;]*)?",
    re.I,
)
"""A mention that says when, and not what."""
NEAR = 0.1
"""The same as ``TAKEN`` for a number that "versus" sets against one that is taken."""
_AGAINST = re.compile(r"[\s)\]%]{0,4}(?:\w+\s){0,2}(?:versus|vs?\.?)\s*(?:only\s+|just\s+)?[(\[]?\s*", re.I)


@dataclass(frozen=True, slots=True)
class Sided:
    """A figure, the chance that it is the control's, the outcomes it may be about, and its arm, as the model says."""

    figure: Figure
    kind: str
    control: float
    outcomes: tuple[Span, ...]
    arm: ToldArm | None


def sided_in(known: Known, sentence: Sentence, taken: Collection[Span]) -> list[Sided]:
    """The figures of the sentence that the model takes for results of an arm, but those in ``taken``, in order."""
    told = known.told
    numbers, values = told.numbers.inside(sentence.span), told.values.inside(sentence.span)
    figures = [
        f
        for f in sentence.figures
        if _may_be_a_value(f)
        and not any(t.overlaps(f.span) for t in taken)
        and not is_no_result(known.view, sentence.span, f)
        and not adds_up(known, f, sentence)
    ]
    beside = {f.span: [n for n in numbers if n.span.overlaps(f.span)] for f in figures}
    value_of = {f.span: next((v for v in values if v.span.overlaps(f.span)), None) for f in figures}
    kinds = {f.span: _kind(f, beside[f.span], value_of[f.span], TAKEN) for f in figures}
    for one, two in pairwise(figures):
        if (kinds[one.span] is None) != (kinds[two.span] is None) and _AGAINST.fullmatch(
            known.view, one.span.end, two.span.start
        ):
            for f in (one, two):
                kinds[f.span] = kinds[f.span] or _kind(f, beside[f.span], value_of[f.span], NEAR)
    out: list[Sided] = []
    for f in figures:
        kind, value = kinds[f.span], value_of[f.span]
        if kind is None:
            continue
        arm = _arm_of(known, value)
        chance = sum(n.control for n in beside[f.span]) / len(beside[f.span])
        out.append(Sided(_measured(f, kind), kind, chance, outcomes_of(known.view, value), arm))
    return out


def _arm_of(known: Known, value: ToldValue | None) -> ToldArm | None:
    """The arm of a value; where it is called only "the group", the one named right behind: "the group that had X"."""
    if value is None or value.arm is None:
        return None
    if _SOME_GROUP.fullmatch(value.arm.of(known.view)) is None:
        return next(iter(known.told.arms.inside(value.arm)), None)
    behind = Span(value.arm.end, value.arm.end + _BEHIND)
    return next(iter(known.told.arms.inside(behind)), None)


_SOME_GROUP = re.compile(r"(?:the\s+|each\s+|study\s+|treatment\s+)*(?:groups?|arms?|patients?|women|men)", re.I)
_BEHIND = 60
"""Characters behind "the group" in which its name has to stand."""


def _may_be_a_value(f: Figure) -> bool:
    if f.kind is FigureKind.VALUE:
        return f.rule != "relative change" and (f.measure is None or not f.measure.is_contrast)
    return f.kind is FigureKind.SIZE and f.rule == "people"


def _kind(f: Figure, numbers: Sequence[ToldNumber], value: ToldValue | None, least: float) -> str | None:
    """What the figure is, as one of ``KINDS``; None where it is no result of an arm.

    A number that the model takes for one with a chance of ``least``, else a value that it gives both an arm and an
    outcome, counts, unless it is more likely the size of an arm or of the study.
    """
    best = max(numbers, key=lambda n: n.taken * n.sure, default=None)
    linked = value is not None and value.arm is not None and bool(value.outcomes)
    if best is None or not (best.taken >= least or linked):
        return None
    if f.unit == "%" and (f.events is not None or best.kind not in ("mean", "median")):
        return "percent"
    if f.total is not None:
        return "abs"
    if best.kind in KINDS:
        return best.kind
    if best.kind == "sd" and f.standard_deviation is not None:
        return "mean"
    counted = f.rule in ("people", "count in words") and best.kind == "arm" and best.sure < 0.6
    return "abs" if counted else None


def _measured(f: Figure, kind: str) -> Figure:
    """The figure with the measure of its kind, where the print leaves that to the words."""
    if f.kind is FigureKind.SIZE:
        return replace(f, kind=FigureKind.VALUE, measure=Measure.COUNT, events=int(f.value or 0))
    if f.measure is Measure.PROPORTION and f.events is None and kind in ("mean", "median"):
        return replace(f, measure=KINDS[kind])
    if f.measure is None or f.measure is Measure.OTHER:
        return replace(f, measure=KINDS[kind], unit="%" if kind == "percent" and f.unit is None else f.unit)
    return f


def outcomes_of(view: str, value: ToldValue | None) -> tuple[Span, ...]:
    """What the model links the value to, but for mentions that only say when."""
    return tuple(o for o in (value.outcomes if value else ()) if not is_a_time(o.of(view)))


def is_a_time(words: str) -> bool:
    """True for words that only say when: "12 months", "week 8 after surgery"."""
    return _TIME_ONLY.fullmatch(words) is not None


def alike(view: str, one: Span, other: Span) -> bool:
    """True where two outcomes share a telling word: "recurrence of tumour" and "local recurrences"."""
    first, second = ({w[:6] for w in re.findall(r"[a-z]{5,}", o.of(view).casefold())} for o in (one, other))
    return bool(first & second)
