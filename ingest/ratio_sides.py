"""The two ways round: exposures before the frame and outcomes behind it, or outcomes first."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.article import Span
from ingest.ratio_around import comparing_word, cut, subject_from
from ingest.ratio_emit import emit
from ingest.ratio_frames import Frame
from ingest.ratio_items import SEAT, Item
from ingest.ratio_lists import Link, Parts, Range, Slots, listed
from ingest.ratio_phrases import exposure, outcome

_PRONOUN = re.compile(
    r"[\s,;]*(?:(?:and|but|while|whereas|however|although|with)[\s,]+)*(?:it|they|this|these|which|that|there)?[\s,]*"
    r"(?:(?:also|still|not|did|had|was|were)[\s,]*)*",
    re.I,
)
_RESPECTIVELY = re.compile(r"[\s,]*respectively\b", re.I)
_BREAK = re.compile(r";|,?\s+(?:but|although|while|whereas)\b|,\s+and\s")
"""Where another statement begins behind the last ratio of one."""
_THAT = re.compile(
    r"\b(?:show\w*|found|suggest\w*|demonstrat\w*|indicat\w*|reported|confirmed|noted|conclud\w*|observed"
    r"|reveal\w*)\s+that\s",
    re.I,
)
_BUT = re.compile(r"[\s,]*but\s", re.I)
_ASIDE = re.compile(r"[\s,]*with\s+an?\s", re.I)
_CLAUSE = re.compile(r",\s+(?:except\s+)?(?:that\s+|but\s+|and\s+)?")
LONGEST = 140
"""Code points of a list of outcomes that is one outcome."""
_OF = re.compile(r"\s*(?:of|for|in\s+developing|times)\s+", re.I)
_VERB = re.compile(r"\b(?:was|were|did|had|has|have|is|are|does)\b", re.I)
_SO_TOO = re.compile(
    r"(?:was|were|did|is|are|does)\s+(?:not\s*|(?:[a-z]+ly\s+|also\s+)*(?:associated|predictive|related|significant)\s*)\Z",
    re.I,
)
_NOT = re.compile(r"(?:was|were|did|is|are|does)\s+not\s*", re.I)
_DIRECT = re.compile(rf"(?:(?:an?|the|adjusted|unadjusted)\s+)*{SEAT}", re.I)
_IN = re.compile(r"\s*(?:in|for|among)\s+", re.I)
_SUBGROUP = re.compile(
    r"[\s,]*(?:(?:and|or|but)\s+)?(?:not\s+)?(?:when|in|among|for|during|not|at(?!\s+(?:least|most)\b)"
    r"|after(?!\s+(?:adjust|control|correct|account)))\s+",
    re.I,
)


def backward(parts: Parts, frame: Frame, seats: list[list[Item]], left: Range, right: Range) -> list[Link]:
    """The outcome stands before, or within the frame, the exposures behind it."""
    text, said, clause = parts.text, frame.group("out"), (left[0], right[1])
    goal = outcome(text, *said) if said else outcome(text, _last_clause(text, *left), left[1])
    if goal is None and said is None and _PRONOUN.fullmatch(text[slice(*left)]):
        goal = parts.goal
    other = _against(parts, seats, left, right)
    links: list[Link] = []
    before = [s for s in seats if parts.at(s) < frame.start]
    if before and said is None:
        who = exposure(text, right[0], cut(text, right[0], parts.to_seat(right)))
        for seat, (a, b) in listed(parts, before, left[0]):
            links += emit(parts, seat, Slots(who, outcome(text, a, b), other), clause)
    for seat, (a, b) in listed(parts, [s for s in seats if parts.at(s) >= frame.start and s not in before], right[0]):
        own = parts.compared((a, b))
        who = exposure(text, _past_not(text, a, b), cut(text, a, b))
        if who is None and re.match(r"\s*(?:in|among)\s+", text[parts.past(seat) : right[1]]):
            who = _behind(parts, seat, right[1], _IN)
        links += emit(parts, seat, Slots(who, goal, own or other), clause)
    parts.goal = goal or parts.goal
    return links


def forward(parts: Parts, frame: Frame, seats: list[list[Item]], left: Range, right: Range) -> list[Link]:
    """The exposures stand before the frame, the outcomes behind it."""
    text, clause = parts.text, (left[0], right[1])
    begin = max([subject_from(text, *left), *(m.end() for m in _THAT.finditer(text, *left))])
    who = exposure(text, begin, cut(text, begin, left[1]))
    if who is None and _PRONOUN.fullmatch(text[slice(*left)]):
        who = parts.subject
    goal = outcome(text, right[0], parts.to_seat(right))
    other = _against(parts, seats, left, right)
    links: list[Link] = []
    for seat, (a, b) in listed(parts, [s for s in seats if parts.at(s) < frame.start], left[0]):
        who = exposure(text, a, cut(text, a, b)) or who
        links += emit(parts, seat, Slots(who, goal, parts.compared((a, b)) or other), clause)
    if who is None and parts.people is not None:
        who = exposure(text, *parts.people)
    for seat in [s for s in seats if frame.start <= parts.at(s) < frame.end]:
        links += emit(parts, seat, Slots(who, goal, other), clause)
    behind = listed(parts, [s for s in seats if parts.at(s) >= frame.end], right[0])
    direct = _DIRECT.match(text, *right) is not None
    against = comparing_word(text, right[0], parts.at(behind[0][0])) < parts.at(behind[0][0]) if behind else False
    denied = [
        (a, parts.past(s))
        for s, (a, b) in behind[1:]
        if (v := _VERB.search(text, a, b)) and _NOT.match(text, v.start(), b)
    ]
    clause = (left[0], denied[0][0]) if denied else clause
    first: Span | None = None
    among: Range | None = None
    trailing = bool(behind) and _SUBGROUP.match(text, parts.past(behind[-1][0]), right[1]) is not None
    for k, (seat, (a, b)) in enumerate(behind):
        nxt = parts.at(behind[k + 1][0]) if k + 1 < len(behind) else right[1]
        slots = Slots(who, None if direct else outcome(text, a, b), other)
        if len(behind) == 1 and slots.outcome and goal and re.search(r",\s+or\s", text[right[0] : b]):
            slots = Slots(who, _joined(goal, slots.outcome), other)
        if a > right[0] and (verb := _VERB.search(text, a, b)):
            own = exposure(text, a, verb.start()) if _SO_TOO.match(text, verb.start(), b) else None
            slots = Slots(own, (first or goal) if own else None, other)
        elif not k and against:
            slots = Slots(who, slots.outcome, parts.compared((a, b)) or other)
        elif k and against and _BUT.match(text, a, b):
            slots = Slots(who, outcome(text, _past_not(text, a, b), b), parts.compared((right[0], a)) or other)
        elif k and against:
            slots = Slots(who, first, exposure(text, a, b))
        elif k and trailing and not direct and first and _SUBGROUP.match(text, a, b):
            slots = Slots(who, first, other, _behind(parts, seat, nxt, _IN))
        elif k and not direct and (m := _SUBGROUP.match(text, a, b)):
            slots = Slots(who, first, other, exposure(text, m.end(), b))
        elif k and among and first:
            slots = Slots(who, first, other, exposure(text, _past_not(text, a, b), b))
        elif slots.outcome is None and (own := _goal_behind(parts, seat, nxt)):
            slots = Slots(who, own, other)
        elif slots.outcome is None and not k and not direct and (a == right[0] or _RESPECTIVELY.match(text, a, b)):
            slots = Slots(who, goal, other)
        if _ASIDE.match(text, a, b):
            continue
        if slots.exposure is None:
            slots = Slots(_behind(parts, seat, nxt, _IN), slots.outcome, slots.comparator, slots.within)
        if first is None and slots.outcome is not None:
            first = slots.outcome
            among = (m.end(), b) if (m := _IN.match(text, first.end, b)) else None
            slots = Slots(slots.exposure, first, slots.comparator, exposure(text, *among) if among else slots.within)
        slots = replace(slots, labels_outcome=True)
        links += emit(parts, seat, slots, next((d for d in denied if d[0] == a), clause))
    parts.subject = who or parts.subject
    return links


def _last_clause(text: str, start: int, end: int) -> int:
    """Where the last clause of a range begins, that behind a comma where another verb stands before it."""
    if _VERB.search(text, start, end) is None:
        return start
    commas = [m.end() for m in _CLAUSE.finditer(text, start, end)]
    return commas[-1] if commas else start


def _joined(one: Span, two: Span) -> Span:
    """The list from its first member to its last, as one outcome: "stroke, infarction, or death"."""
    whole = Span(min(one.start, two.start), max(one.end, two.end))
    return whole if len(whole) <= LONGEST else two


def _past_not(text: str, start: int, end: int) -> int:
    """Where a subgroup begins behind "but not"."""
    m = re.compile(r"[\s,]*(?:but\s+)?not\s+(?:in\s+)?", re.I).match(text, start, end)
    return m.end() if m else start


def _against(parts: Parts, seats: list[list[Item]], left: Range, right: Range) -> Span | None:
    """What all ratios of a frame compare with: said behind the last seat, before the first one, or with the subject."""
    first, last = parts.at(seats[0]) if seats else right[1], parts.past(seats[-1]) if seats else right[0]
    start = max(last, right[0])
    ends = _BREAK.search(parts.text, start, right[1])
    ranges = [(start, ends.start() if ends else right[1])]
    if len(seats) < 2:
        ranges += [(right[0], max(first, right[0])), (left[0], min(first, left[1]))]
    elif first >= right[0]:
        ranges += [left]
    return parts.compared(*ranges)


def _goal_behind(parts: Parts, seat: list[Item], end: int) -> Span | None:
    """The outcome of "a higher risk (..) of Y"."""
    m = _OF.match(parts.text, parts.past(seat), end)
    return outcome(parts.text, m.end(), end) if m else None


def _behind(parts: Parts, seat: list[Item], end: int, lead: re.Pattern[str]) -> Span | None:
    """The exposure that stands behind a seat: "a lower risk (..) in X"."""
    m = lead.match(parts.text, parts.past(seat), end)
    return exposure(parts.text, m.end(), cut(parts.text, m.end(), end)) if m else None
