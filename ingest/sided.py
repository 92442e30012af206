"""Figures that the language model takes for results of an arm, with what it says of each."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ingest.article import Span
from ingest.claim import Measure
from ingest.context import Known, Sentence
from ingest.figures import Figure, FigureKind
from ingest.told import ToldArm, ToldNumber, ToldValue

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
    r"|study|first|last|final|next|one|two|three|four|five|six|eight|twelve)s?\b|[\W\d_])+"
    r"(?:(?:before|after|since|from|of)\b[^.;]*)?",
    re.I,
)
"""A mention that says when, and not what."""
_BRACKET = re.compile(r"[^.;()]{0,60}\(\s*(?P<inner>\w+\s[^()]{0,200})\)")
_IN_ARM = re.compile(r"\b(?:in|with|on|for|from|receiving)\b")
_SHARED_OUT = re.compile(r"[,;]|\b(?:and|versus|vs)\b")


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
    out: list[Sided] = []
    for f in sentence.figures:
        if any(t.overlaps(f.span) for t in taken) or not _may_be_a_value(f) or _adds_up(known.view, f, sentence):
            continue
        value = next((v for v in values if v.span.overlaps(f.span)), None)
        inside = [n for n in numbers if n.span.overlaps(f.span)]
        kind = _kind(f, inside, value)
        if kind is None:
            continue
        arm = told.arms.inside(value.arm)[:1] if value is not None and value.arm is not None else []
        chance = sum(n.control for n in inside) / len(inside)
        out.append(Sided(_measured(f, kind), kind, chance, _outcomes(known.view, value), arm[0] if arm else None))
    return out


def _may_be_a_value(f: Figure) -> bool:
    if f.kind is FigureKind.VALUE:
        return f.rule != "relative change" and (f.measure is None or not f.measure.is_contrast)
    return f.kind is FigureKind.SIZE and f.rule == "people"


def _adds_up(view: str, f: Figure, sentence: Sentence) -> bool:
    """True for a count that brackets behind it share out to the arms: "8 cases (one with X and 7 with Y)"."""
    m = _BRACKET.match(view, f.span.end, sentence.span.end) if f.unit is None else None
    return m is not None and len(_IN_ARM.findall(m["inner"])) > 1 and bool(_SHARED_OUT.search(m["inner"]))


def _kind(f: Figure, numbers: Sequence[ToldNumber], value: ToldValue | None) -> str | None:
    """What the figure is, as one of ``KINDS``; None where it is no result of an arm.

    A number that the model takes for one, else a value that it gives both an arm and an outcome, counts, unless it is
    more likely the size of an arm or of the study.
    """
    best = max(numbers, key=lambda n: n.taken * n.sure, default=None)
    linked = value is not None and value.arm is not None and bool(value.outcomes)
    if best is None or not (best.taken >= TAKEN or linked):
        return None
    if best.kind in KINDS:
        return best.kind
    if f.unit == "%" or f.total is not None:
        return "percent" if f.unit == "%" else "abs"
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


def _outcomes(view: str, value: ToldValue | None) -> tuple[Span, ...]:
    return tuple(o for o in (value.outcomes if value else ()) if not _TIME_ONLY.fullmatch(o.of(view)))
