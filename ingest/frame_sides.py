"""Which of two values is the intervention's: by the arms that the sentence names, and by what the model says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.article import Span
from ingest.context import Known, Sentence
from ingest.sided import KINDS, Sided
from ingest.told import ToldArm

SIDED = 0.9
"""How sure the model must be which of two values is the control's where the sentence does not name both arms."""
_BACK = 200
"""Characters before a sentence in which the arms may stand that it leaves to be understood."""
ALONE = 0.9
"""The same for a value that stands alone."""
_LEADING = re.compile(
    r"(?:^|[;.,]\s)\s*(?:\w+,\s)?(?:as\s+)?(?:compared|relative|in\s+comparison)\s+(?:with|to)\b", re.I
)
_RESPECTIVE = re.compile(r"\brespective(?:ly)?\b", re.I)
_JOINED = re.compile(r"[\s)\]%\w]{0,12}?\b(?:versus|vs?\.?)\s*(?:only\s+|just\s+)?[(\[]?\s*", re.I)


@dataclass(frozen=True, slots=True)
class Frame:
    """Values of one outcome: of both arms, or of one. ``sure`` is how sure the arms are, from 0.5 to 1.

    ``treated`` and ``control`` are the arms where the sentence names them.
    """

    outcome: Span | None
    intervention: Sided | None
    comparator: Sided | None
    sure: float
    treated: ToldArm | None = None
    control: ToldArm | None = None

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


def compared(known: Known, sentence: Sentence, outcome: Span | None, one: Sided, two: Sided) -> Frame | None:
    """The two values as a comparison; None where it is not sure whose each is.

    That one of two values is the control's and the other is not makes both surer than either is alone.
    """
    view = known.view
    if re.search(r"\bor\b", view[one.figure.span.end : two.figure.span.start]):
        return None
    if _within_one_arm(known, sentence, one, two) or _more_than_two(known, sentence, one, two):
        return None
    if _RESPECTIVE.search(sentence.span.of(view)) and any(" and " in o.of(view) for o in one.outcomes[:1]):
        return None
    one, two = _of_kind(one, two, sentence.span.of(view)), _of_kind(two, one, sentence.span.of(view))
    one, two = _with_unit(one, two.figure.unit), _with_unit(two, one.figure.unit)
    by_number = chance_of_pair(one.control, two.control)
    first, second = _named(known, sentence, one, two)
    if first is not None and second is not None:
        if first.name == second.name:
            return None
        words = first.span.of(view), second.span.of(view)
        by_name = known.sides.second_is_control(*words, (first.control, second.control))
        agree = (by_name > 0.5) == (by_number > 0.5)
        sure = max(by_name, 1 - by_name, max(by_number, 1 - by_number) if agree else 0.5)
        return _frame(outcome, one, two, by_name, sure, first, second)
    if max(by_number, 1 - by_number) < SIDED:
        return None
    if first is not None and (first.control > 0.5) == (by_number > 0.5) and abs(first.control - 0.5) > 0.3:
        return None
    return _frame(outcome, one, two, by_number, max(by_number, 1 - by_number), first, second)


def _within_one_arm(known: Known, sentence: Sentence, one: Sided, two: Sided) -> bool:
    """True for two values with one arm behind both in the same part: "(242 v 109 in the X group; ...)" is a change."""
    end = two.figure.span.end
    part = re.match(r"[^;()\[\]]{0,70}", known.view[end : sentence.span.end])
    stop = end + (part.end() if part else 0)
    start = max(known.view.rfind(c, sentence.span.start, one.figure.span.start) for c in "(;[")
    if start < 0 or stop <= end:
        return False
    behind = {a.name for a in known.told.arms.inside(Span(end, max(end + 1, stop)))}
    inside = {a.name for a in known.told.arms.inside(Span(start, two.figure.span.start))}
    return len(behind) == 1 and not inside and re.search(r"\bin\s+(?:the\s+)?\w", known.view[end:stop]) is not None


def _more_than_two(known: Known, sentence: Sentence, one: Sided, two: Sided) -> bool:
    """True for two values in one list where three arms or more are listed, here or in the sentence before."""
    if _JOINED.fullmatch(known.view, one.figure.span.end, two.figure.span.start):
        return False
    if known.told.arms.inside(Span(one.figure.span.end, two.figure.span.start)):
        return False
    arms = _distinct(known, sentence, sentence.span)
    if len(arms) < 2 and _RESPECTIVE.search(sentence.span.of(known.view)):
        back = Span(max(0, sentence.span.start - _BACK), max(1, sentence.span.start))
        arms = _distinct(known, sentence, back)
    return len(arms) > 2


def alone(one: Sided, outcome: Span | None) -> Frame | None:
    """A value that stands alone, where its arm and its outcome are told; else None."""
    if outcome is None or one.arm is None:
        return None
    if one.control <= 1 - ALONE:
        return Frame(outcome, one, None, 1 - one.control, treated=one.arm)
    return Frame(outcome, None, one, one.control, control=one.arm) if one.control >= ALONE else None


def chance_of_pair(one: float, two: float) -> float:
    """The chance that the second of two is the control's, if one of them is, from the chance of each alone.

    >>> round(chance_of_pair(0.2, 0.8), 2), chance_of_pair(0.5, 0.5)
    (0.94, 0.5)
    """
    forward, back = (1 - one) * two, one * (1 - two)
    return forward / (forward + back) if forward + back else 0.5


def _frame(
    outcome: Span | None,
    one: Sided,
    two: Sided,
    forward: float,
    sure: float,
    first: ToldArm | None,
    second: ToldArm | None,
) -> Frame:
    if forward >= 0.5:
        return Frame(outcome, one, two, sure, first, second)
    return Frame(outcome, two, one, sure, second, first)


def _named(known: Known, sentence: Sentence, one: Sided, two: Sided) -> tuple[ToldArm | None, ToldArm | None]:
    """The arms of two values by name; the words of the sentence outweigh the relation model.

    "Compared with X, Y had ... (a v b)": a is Y's. "Greater in X (a v b)", with no other arm named: a is X's.
    """
    view = known.view
    start, end = one.figure.span.end, two.figure.span.start
    if not _JOINED.fullmatch(view, start, end):
        return one.arm, two.arm
    lead = Span(sentence.span.start, max(one.figure.span.start, sentence.span.start + 1))
    before = _distinct(known, sentence, lead)
    around = _distinct(known, sentence, sentence.span)
    leading = _LEADING.search(lead.of(view))
    if leading is not None and len(before) == 2 and before[0].span.start >= lead.start + leading.end():
        return before[1], before[0]
    if len(around) == 1 and before:
        return before[0], None
    return one.arm, two.arm


def _distinct(known: Known, sentence: Sentence, part: Span) -> list[ToldArm]:
    """The first mention of each arm in a part of the sentence; who the patients are is no arm."""
    out: list[ToldArm] = []
    for arm in known.told.arms.inside(part):
        if all(a.name != arm.name for a in out) and not any(p.span.overlaps(arm.span) for p in sentence.populations):
            out.append(arm)
    return out


def _of_kind(side: Sided, other: Sided, words: str) -> Sided:
    """Two values of which one is taken for a mean and one for a median are what the sentence calls them."""
    if side.kind == other.kind or {side.kind, other.kind} != {"mean", "median"}:
        return side
    kind = "median" if re.search(r"\bmedian", words, re.I) else "mean"
    return replace(side, kind=kind, figure=replace(side.figure, measure=KINDS[kind]))


def _with_unit(side: Sided, unit: str | None) -> Sided:
    """A value printed without its unit gets that of the other: "9.4 v 6.0 months"."""
    if side.figure.unit is not None or unit is None:
        return side
    return replace(side, figure=replace(side.figure, unit=unit))
