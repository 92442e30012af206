"""Which exposure and which outcome a ratio ties together, as its sentence says it. Pure: words in, ranges out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.article import Span
from ingest.figures import Figure
from ingest.ratio_around import comparing_word, cut, opening_comparator, people_first, without_opener
from ingest.ratio_frame_table import Side
from ingest.ratio_frames import Frame, frames_in, seams
from ingest.ratio_items import SEAT, Item, blot
from ingest.ratio_lists import OUTCOME_LIKE, Link, Parts, Range, Slots, emit, listed, seats_of
from ingest.ratio_pairs import of_pair, of_ratio, of_two
from ingest.ratio_phrases import MORE, RISK, exposure, outcome

_EXPOSURE_LIKE = re.compile(
    r"\b(?:age|aged|sex|gender|male|female|race|ethnicity|nationality|specialty|history|levels?|scores?|stage"
    r"|grade|use|smok\w+|BMI"
    r"|obes\w+|education\w*|income|marital|status|genotypes?|number|comorbid\w+|presence|index|high|low|older"
    r"|younger|living|type|ratio"
    r"|count|being|having|lack|absence|alcohol|dose|size|diabetes|hypertension|years?|prior|previous)\b",
    re.I,
)
_PRONOUN = re.compile(
    r"[\s,;]*(?:(?:and|but|while|whereas|however|although|with)[\s,]+)*(?:it|they|this|these|which|that|there)?[\s,]*"
    r"(?:(?:also|still|not|did|had|was|were)[\s,]*)*",
    re.I,
)
_OF = re.compile(r"\s*(?:of|for|in\s+developing|times)\s+", re.I)
_VERB = re.compile(r"\b(?:was|were|did|had|has|have|is|are|does)\b", re.I)
_NOT = re.compile(r"(?:was|were|did|is|are|does)\s+not\s*", re.I)
_DIRECT = re.compile(rf"(?:(?:an?|the|adjusted|unadjusted)\s+)*{SEAT}", re.I)
_IN = re.compile(r"\s*(?:in|for|among)\s+", re.I)
_SUBGROUP = re.compile(r"[\s,]*(?:(?:and|or|but)\s+)?(?:when|in|among|for|during)\s+", re.I)


def links_in(view: str, sentence: Span, figures: Sequence[Figure]) -> list[Link]:
    """What each ratio of the sentence links, in the order of the text; ratios that no frame governs are left out."""
    blotted = blot(view, sentence, figures)
    if blotted is None:
        return []
    text = blotted.text
    comparator, begin = opening_comparator(text)
    begin = without_opener(text, begin, len(text))
    frames = frames_in(text, begin)
    if not frames:
        return []
    parts = Parts(blotted, comparator, seats=seats_of(blotted))
    out: list[Link] = []
    for frame, (start, end) in zip(frames, seams(text, frames), strict=True):
        out.extend(_read(parts, frame, max(start, min(begin, frame.start)), end))
    return sorted(out, key=lambda link: link.figure.span)


def _read(parts: Parts, frame: Frame, start: int, end: int) -> list[Link]:
    """The links of one frame, which governs the range from ``start`` to ``end``."""
    text = parts.text
    seats = parts.seats_in(start, end)
    people, begin = people_first(text, without_opener(text, start, frame.start), frame.start)
    parts.people = people or parts.people
    left, right = (begin, frame.start), (frame.end, end)
    if frame.side is Side.RATIO:
        return of_ratio(parts, frame, seats, right)
    if frame.side is Side.PAIR:
        return of_pair(parts, frame, seats, left, right)
    if frame.side in (Side.BETWEEN, Side.LEAD):
        return of_two(parts, frame, seats, left, right)
    if frame.side is Side.BEHIND or (frame.side is Side.EITHER and _turned(parts, seats, frame, left, right)):
        return _backward(parts, frame, seats, left, right)
    return _forward(parts, frame, seats, left, right)


def _backward(parts: Parts, frame: Frame, seats: list[list[Item]], left: Range, right: Range) -> list[Link]:
    """The outcome stands before, or within the frame, the exposures behind it."""
    text, said, clause = parts.text, frame.group("out"), (left[0], right[1])
    goal = outcome(text, *said) if said else outcome(text, *left)
    if goal is None and said is None and _PRONOUN.fullmatch(text[slice(*left)]):
        goal = parts.goal
    other = _against(parts, seats, left, right)
    links: list[Link] = []
    before = [s for s in seats if parts.at(s) < frame.start]
    if before and said is None:
        who = exposure(text, right[0], cut(text, right[0], _to_seat(text, right)))
        for seat, (a, b) in listed(parts, before, left[0]):
            links += emit(parts, seat, Slots(who, outcome(text, a, b), other), clause)
    for seat, (a, b) in listed(parts, [s for s in seats if parts.at(s) >= frame.start and s not in before], right[0]):
        own = parts.compared((a, b))
        who = exposure(text, a, cut(text, a, b))
        if who is None and re.match(r"\s*(?:in|among)\s+", text[parts.past(seat) : right[1]]):
            who = _behind(parts, seat, right[1], _IN)
        links += emit(parts, seat, Slots(who, goal, own or other), clause)
    parts.goal = goal or parts.goal
    return links


def _forward(parts: Parts, frame: Frame, seats: list[list[Item]], left: Range, right: Range) -> list[Link]:
    """The exposures stand before the frame, the outcomes behind it."""
    text, clause = parts.text, (left[0], right[1])
    who = exposure(text, left[0], cut(text, *left))
    if who is None and _PRONOUN.fullmatch(text[slice(*left)]):
        who = parts.subject
    goal = outcome(text, right[0], _to_seat(text, right))
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
        if k and (verb := _VERB.search(text, a, b)):
            own = exposure(text, a, verb.start()) if _NOT.match(text, verb.start(), b) else None
            slots = Slots(own, first if own else None, other)
        elif k and against:
            slots = Slots(who, first, exposure(text, a, b))
        elif k and trailing and not direct and first:
            slots = Slots(who, first, other, _behind(parts, seat, nxt, _IN))
        elif k and not direct and (m := _SUBGROUP.match(text, a, b)):
            slots = Slots(who, first, other, exposure(text, m.end(), b))
        elif k and among and first:
            slots = Slots(who, first, other, exposure(text, a, b))
        elif slots.outcome is None and (own := _goal_behind(parts, seat, nxt)):
            slots = Slots(who, own, other)
        elif slots.outcome is None and not k and not direct:
            slots = Slots(who, goal, other)
        if slots.exposure is None:
            slots = Slots(_behind(parts, seat, nxt, _IN), slots.outcome, slots.comparator, slots.within)
        if first is None and slots.outcome is not None:
            first = slots.outcome
            among = (m.end(), b) if (m := _IN.match(text, first.end, b)) else None
            slots = Slots(slots.exposure, first, slots.comparator, exposure(text, *among) if among else slots.within)
        links += emit(parts, seat, slots, next((d for d in denied if d[0] == a), clause))
    parts.subject = who or parts.subject
    return links


def _against(parts: Parts, seats: list[list[Item]], left: Range, right: Range) -> Span | None:
    """What all ratios of a frame compare with: said behind the last seat, before the first one, or with the subject."""
    first, last = parts.at(seats[0]) if seats else right[1], parts.past(seats[-1]) if seats else right[0]
    ranges = [(max(last, right[0]), right[1])]
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


def _to_seat(text: str, part: Range) -> int:
    """Where the words of a range before its first seat end."""
    seat = text.find(SEAT, *part)
    return seat if seat >= 0 else part[1]


def _turned(parts: Parts, seats: list[list[Item]], frame: Frame, left: Range, right: Range) -> bool:
    """True where "Y was associated with X" names the outcome first: the ratios stand behind its exposures."""
    if not any(parts.at(s) >= frame.end for s in seats):
        return False
    before, behind = parts.text[slice(*left)], parts.text[slice(*right)]
    lead = parts.text[right[0] : _to_seat(parts.text, right)]
    if re.search(rf"\b(?:{MORE}|{RISK})\b", lead, re.I) and OUTCOME_LIKE.search(lead):
        return False
    first, second = bool(OUTCOME_LIKE.search(before)), bool(OUTCOME_LIKE.search(behind))
    if first != second:
        return first
    return not second and bool(_EXPOSURE_LIKE.search(behind)) and not _EXPOSURE_LIKE.search(before)
