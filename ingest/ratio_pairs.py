"""Frames that name both sides: "the odds ratio for Y was 2.1 for X", "no difference in Y between A and B"."""

from __future__ import annotations

import re

from ingest.ratio_around import cut
from ingest.ratio_emit import conjuncts, emit
from ingest.ratio_frame_words import Side
from ingest.ratio_frames import Frame
from ingest.ratio_items import Item
from ingest.ratio_lists import OUTCOME_LIKE, Link, Parts, Range, Slots, listed
from ingest.ratio_phrases import exposure, outcome

_ASSOCIATION = re.compile(
    r"(?:the\s+)?(?:associations?|relationship)\s+(?:between|of)\s+(?P<one>.+?)\s+(?:and|with)\s+(?P<two>.+)", re.I
)
_WHO = re.compile(r"\s+(?:in|among|for|with|by|between|comparing|associated\s+with|per|from)\s+", re.I)
_AFTER = re.compile(
    r"[\s,\x02]*(?:[(\[][^()\[\]\x01]*(?:\([^()\x01]*\)[^()\[\]\x01]*)?[)\]]\s*)?,?\s*(?:for|in|with|among|when"
    r"|comparing|at)\s+",
    re.I,
)
_NEXT = re.compile(r"[,;\x01\x02]|\s+and\s+(?=\d|\x01|$)|\s+and\s*$")
_BEFORE = re.compile(r"[\s,\x02]*(?:and\s+|or\s+)?(?:(?P<how>for|of|in|among|with)\s+)?", re.I)
_WITHIN = re.compile(r"\s+(?:in|among)\s+", re.I)


def of_ratio(parts: Parts, frame: Frame, seats: list[list[Item]], right: Range) -> list[Link]:
    """The links of "the ratio for Y was 2.1 for X": X stands behind each number, or with Y, or opens the sentence."""
    text = parts.text
    said = frame.group("out")
    assert said is not None
    goal_range, who_range = said, None
    m = _ASSOCIATION.match(text, *said)
    if m:
        who_range, goal_range = _by_kind(text, m.span("one"), m.span("two"))
    elif s := _WHO.search(text, said[0], _open_bracket(text, said)):
        goal_range, who_range = (said[0], s.start()), (s.end(), said[1])
    goal = outcome(text, *goal_range)
    base = exposure(text, who_range[0], cut(text, *who_range)) if who_range else None
    other = parts.compared(right, said)
    seats = [s for s in seats if parts.at(s) >= frame.end]
    clause = (frame.start, right[1])
    if len(seats) > 1 and any(len(s) > 1 for s in seats):
        return []
    found: list[tuple[list[Item], Slots]] = []
    own_names = 0
    for k, seat in enumerate(seats):
        nxt = parts.at(seats[k + 1]) if k + 1 < len(seats) else right[1]
        who, own, within = None, goal, None
        if behind := _AFTER.match(text, parts.past(seat), nxt):
            stop = _NEXT.search(text, behind.end(), nxt)
            named = exposure(text, behind.end(), cut(text, behind.end(), stop.start() if stop else nxt))
            who, within = (base, named) if base else (named, None)
        elif k:
            lead = _BEFORE.match(text, parts.past(seats[k - 1]), parts.at(seat))
            start = lead.end() if lead else parts.past(seats[k - 1])
            if lead and lead["how"] in ("for", "of") and parts.people is None:
                own = outcome(text, start, parts.at(seat)) or goal
                own_names += own is not goal
            else:
                who = exposure(text, start, parts.at(seat))
        own_names += who is not None
        who = who or base or (exposure(text, *parts.people) if parts.people else None)
        found.append((seat, Slots(who, own, other, within)))
    if re.search(r"\brespectively\b", text[slice(*right)]) and own_names < len(seats):
        goals, whos = conjuncts(text, goal, len(seats)), conjuncts(text, base, len(seats))
        if bool(goals) == bool(whos):
            return []
        found = [
            (s, Slots(whos[k] if whos else slots.exposure, goals[k] if goals else goal, other))
            for k, (s, slots) in enumerate(found)
        ]
    return [link for seat, slots in found for link in emit(parts, seat, slots, clause)]


def of_pair(parts: Parts, frame: Frame, seats: list[list[Item]], left: Range, right: Range) -> list[Link]:
    """The links of "no association between X and Y": a list behind it names outcomes, or who they are seen in."""
    text = parts.text
    one, two = frame.group("one"), frame.group("two")
    assert one is not None
    assert two is not None
    on = re.search(r"\s+on\s+", text[slice(*two)])
    if on is not None and "interaction" in frame.match[0].casefold():
        one, two = (one[0], two[0] + on.start()), (two[0] + on.end(), two[1])
    else:
        one, two = _by_kind(text, one, two)
    split = _WITHIN.search(text, *two)
    who, goal, other = (
        exposure(text, *one),
        outcome(text, two[0], split.start() if split else two[1]),
        parts.compared(right),
    )
    links: list[Link] = []
    for k, (seat, (a, b)) in enumerate(listed(parts, [s for s in seats if parts.at(s) >= two[1]], two[1])):
        named = outcome(text, a, b) if k else None
        within = (exposure(text, split.end(), two[1]) if split and not k else named) if split else None
        slots = Slots(who, goal if split or named is None else named, other, within)
        links += emit(parts, seat, slots, (left[0], right[1]))
    return links


def of_two(parts: Parts, frame: Frame, seats: list[list[Item]], left: Range, right: Range) -> list[Link]:
    """The links of "Y did not differ between A and B", with one outcome or a list of them before or behind it."""
    text = parts.text
    one, two, said = frame.group("one"), frame.group("two"), frame.group("out")
    assert two is not None
    other = exposure(text, *two)
    clause = (left[0], right[1])
    if frame.side is Side.LEAD:
        who = exposure(text, *parts.people) if parts.people else None
        goal = outcome(text, *left)
        return [link for s in seats if who and goal for link in emit(parts, s, Slots(who, goal, other), clause)]
    assert one is not None
    who = exposure(text, *one)
    goal = outcome(text, *said) if said else None
    before = [s for s in seats if parts.at(s) < frame.start]
    if goal is None and not before and re.search(r"\w", text[slice(*left)]):
        goal = outcome(text, *left)
    links: list[Link] = []
    for seat, (a, b) in listed(parts, before, left[0]):
        links += emit(parts, seat, Slots(who, outcome(text, a, b), other), clause)
    for seat, (a, b) in listed(parts, [s for s in seats if parts.at(s) >= frame.end], right[0]):
        links += emit(parts, seat, Slots(who, outcome(text, a, b) or goal, other), clause)
    return links


def _open_bracket(text: str, part: Range) -> int:
    """Where the first bracket of a range opens; its end where none does."""
    at = text.find("(", *part)
    return at if at >= 0 else part[1]


def _by_kind(text: str, one: Range, two: Range) -> tuple[Range, Range]:
    """The two names of an association, the exposure first."""
    turned = OUTCOME_LIKE.search(text[slice(*one)]) and not OUTCOME_LIKE.search(text[slice(*two)])
    return (two, one) if turned else (one, two)
