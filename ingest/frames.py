"""Values that the language model gives to an arm: two of one kind for one outcome are a comparison."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ingest.article import Span
from ingest.claim import Measure
from ingest.context import Known, Sentence
from ingest.figures import Figure, FigureKind
from ingest.told import Told, ToldArm, ToldNumber, ToldValue

TAKEN = 0.5
"""The chance above which a number counts as a result of an arm."""
SIDED = 0.9
"""How sure it must be which of two values is the control's."""
ALONE = 0.9
"""The same for a value that stands alone."""
KINDS = {
    "abs": Measure.COUNT,
    "percent": Measure.PROPORTION,
    "mean": Measure.MEAN,
    "median": Measure.MEDIAN,
}
"""What the kinds of numbers measure that are results."""
_TIME_ONLY = re.compile(
    r"(?:(?:at|after|by|the|of|in|to|and|or|for|week|month|day|year|hour|minute|baseline|end\s?point|visit|follow-?up|study"
    r"|first|last|final|next|one|two|three|four|five|six|eight|twelve)s?\b|[\W\d_])+"
    r"(?:(?:before|after|since|from|of)\b[^.;]*)?",
    re.I,
)
"""A mention that says when, and not what."""
_DIVIDED = re.compile(r"[^.;()]{0,60}\(\s*(?:\w+|\d+)\s[^()]{0,80}?\b(?:in|with|on|for|from|receiving)\b[^()]{2,80}?(?:,|;|\band\b|versus|vs)[^()]{0,80}\)")


@dataclass(frozen=True, slots=True)
class Sided:
    """A figure with what the model says of it: its chance to be the control's, the outcomes it may be about, its arm."""

    figure: Figure
    kind: str
    control: float
    outcomes: tuple[Span, ...]
    arm: ToldArm | None


@dataclass(frozen=True, slots=True)
class Frame:
    """Values of one outcome: of both arms, or of one. ``sure`` is how sure the arms are, from 0.5 to 1."""

    outcome: Span | None
    intervention: Sided | None
    comparator: Sided | None
    sure: float

    @property
    def parts(self) -> tuple[Sided, ...]:
        """The values in order of the text."""
        both = [s for s in (self.intervention, self.comparator) if s is not None]
        return tuple(sorted(both, key=lambda s: s.figure.span))

    @property
    def span(self) -> Span:
        """From the first value to the last."""
        parts = self.parts
        return Span(parts[0].figure.span.start, parts[-1].figure.span.end)


def sided_in(known: Known, told: Told, sentence: Sentence, taken: Collection[Span]) -> list[Sided]:
    """The figures of the sentence that the model takes for results of an arm, but those in ``taken``."""
    numbers, values = told.numbers.inside(sentence.span), told.values.inside(sentence.span)
    out: list[Sided] = []
    for f in sentence.figures:
        if any(t.overlaps(f.span) for t in taken) or not _may_be_a_value(f) or _adds_up(known.view, f, sentence):
            continue
        value = next((v for v in values if v.span.overlaps(f.span)), None)
        inside = [n for n in numbers if n.span.overlaps(f.span)]
        kind = _kind(f, inside, value)
        made = _measured(f, kind) if kind is not None else None
        if kind is None or made is None:
            continue
        arm = told.arms.inside(value.arm)[:1] if value is not None and value.arm is not None else []
        chance = sum(n.control for n in inside) / len(inside) if inside else 0.5
        out.append(Sided(made, kind, chance, _outcomes(known.view, value), arm[0] if arm else None))
    return out


def _may_be_a_value(f: Figure) -> bool:
    if f.kind is FigureKind.VALUE:
        return f.rule != "relative change" and (f.measure is None or not f.measure.is_contrast)
    return f.kind is FigureKind.SIZE and f.rule == "people"


def _adds_up(view: str, f: Figure, sentence: Sentence) -> bool:
    """True for a count that brackets behind it divide among the arms: "8 cases (one with X and 7 with Y)"."""
    m = _DIVIDED.match(view, f.span.end, sentence.span.end)
    return m is not None and f.unit is None


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


def _measured(f: Figure, kind: str) -> Figure | None:
    """The figure with the measure of its kind, where it has none; None where the two disagree."""
    if f.kind is FigureKind.SIZE:
        if kind != "abs" or f.value is None:
            return None
        return replace(f, kind=FigureKind.VALUE, measure=Measure.COUNT, events=int(f.value))
    if f.measure is Measure.PROPORTION and f.events is None and kind in ("mean", "median"):
        return replace(f, measure=KINDS[kind])
    if f.measure is None or f.measure is Measure.OTHER:
        unit = "%" if kind == "percent" and f.unit is None else f.unit
        return replace(f, measure=KINDS[kind], unit=unit)
    return f


def _outcomes(view: str, value: ToldValue | None) -> tuple[Span, ...]:
    return tuple(o for o in (value.outcomes if value else ()) if not _TIME_ONLY.fullmatch(o.of(view)))


def frames_in(view: str, sided: Sequence[Sided]) -> list[Frame]:
    """The comparisons that the values make up, in order; values that find no partner and no sure side are left out."""
    groups: list[list[Sided]] = []
    for s in _specific(sided):
        home = next((g for g in reversed(groups) if _one_list(view, g[-1], s)), None)
        if home is None:
            groups.append([s])
        else:
            home.append(s)
    frames: list[Frame] = []
    for group in groups:
        outcome = next((o for s in group for o in s.outcomes), None)
        at = 0
        while at < len(group):
            pair = group[at : at + 2]
            made = _pair(outcome, *pair) if len(pair) == 2 else None
            if made is not None:
                frames.append(made)
                at += 2
                continue
            single = _single(outcome, group[at])
            if single is not None:
                frames.append(single)
            at += 1
    return sorted(frames, key=lambda f: f.span)


def _specific(sided: Sequence[Sided]) -> list[Sided]:
    """The values with only those of their outcomes that the fewest other values have: "event rates" or "stroke"."""
    shared: Counter[Span] = Counter(o for s in sided for o in s.outcomes)
    out = []
    for s in sided:
        least = min((shared[o] for o in s.outcomes), default=0)
        out.append(replace(s, outcomes=tuple(o for o in s.outcomes if shared[o] == least)))
    return out


def _one_list(view: str, last: Sided, new: Sided) -> bool:
    """True where two values may be of one outcome: of one kind and unit, with an outcome in common or left unsaid."""
    if last.figure.measure is not new.figure.measure or (last.figure.total is None) != (new.figure.total is None):
        return False
    if last.figure.unit != new.figure.unit and None not in (last.figure.unit, new.figure.unit):
        return False
    if last.outcomes and new.outcomes:
        return bool(set(last.outcomes) & set(new.outcomes)) or _alike(view, last.outcomes[0], new.outcomes[0])
    return True


def _alike(view: str, one: Span, other: Span) -> bool:
    """True where two outcomes share a telling word: "recurrence of tumour" and "local recurrences"."""
    first, second = ({w[:6] for w in re.findall(r"[a-z]{5,}", o.of(view).casefold())} for o in (one, other))
    return bool(first & second)


def _pair(outcome: Span | None, one: Sided, two: Sided) -> Frame | None:
    """The two values as a comparison; None where it is not sure which is the control's.

    That one of two values is the control's and the other is not makes both surer than either is alone.
    """
    forward = _forward(one, two)
    named = one.arm is not None and two.arm is not None and one.arm.name != two.arm.name
    if named:
        assert one.arm is not None
        assert two.arm is not None
        by_name = _chance(one.arm.control, two.arm.control)
        if max(forward, 1 - forward) < SIDED:
            forward = by_name if abs(by_name - 0.5) > 0.2 else 0.5 + 0.5 * (by_name - 0.5)
            sure = SIDED
        elif (forward > 0.5) != (by_name > 0.5) and abs(by_name - 0.5) > AGAINST - 0.5:
            return None
        else:
            sure = max(forward, 1 - forward)
    else:
        sure = max(forward, 1 - forward)
    if sure < SIDED:
        return None
    one, two = _with_unit(one, two.figure.unit), _with_unit(two, one.figure.unit)
    first, second = (one, two) if forward >= 0.5 else (two, one)
    return Frame(outcome, first, second, sure)


def _forward(one: Sided, two: Sided) -> float:
    return _chance(one.control, two.control)


def _chance(one: float, two: float) -> float:
    """The chance that the second of two is the control's, if one of them is, from the chance of each alone."""
    forward, back = (1 - one) * two, one * (1 - two)
    return forward / (forward + back) if forward + back else 0.5


AGAINST=.8
def _with_unit(side: Sided, unit: str | None) -> Sided:
    """A value printed without its unit gets that of the other: "9.4 v 6.0 months"."""
    if side.figure.unit is not None or unit is None:
        return side
    return replace(side, figure=replace(side.figure, unit=unit))


def _single(outcome: Span | None, one: Sided) -> Frame | None:
    if outcome is None or one.arm is None:
        return None
    if one.control <= 1 - ALONE:
        return Frame(outcome, one, None, 1 - one.control)
    return Frame(outcome, None, one, one.control) if one.control >= ALONE else None
