"""The ratios of one seat told apart: by their labels, by what follows them, or by a list of as many names."""

from __future__ import annotations

import re

from ingest.article import Span
from ingest.ratio_items import Item
from ingest.ratio_lists import EXPOSURE_LIKE, OUTCOME_LIKE, Link, Parts, Range, Slots
from ingest.ratio_phrases import PEOPLE, exposure

_MODEL = re.compile(
    r"\W*(?:(?:un)?adjusted|crude|models?(?:\s*\d)?|univaria\w+|multivaria\w+|summary|pooled|overall|fully|[\W\d])*",
    re.I,
)
_SUBGROUP = re.compile(rf"(?:for|in|among|when|at|during)\s+|(?={PEOPLE}\b)", re.I)
_KEPT = re.compile(r"(?=(?:with|without)\s)", re.I)
_OF_EXPOSURE = re.compile(rf"\d|(?-i:[A-Z]{{2}})|^(?:one|two|three|four)\b|{EXPOSURE_LIKE.pattern}", re.I)
"""Labels behind an outcome that are still degrees of the exposure: "two conditions", "stage III", "rs429358"."""
_NO_LABEL = re.compile(r"(?:for\s+)?(?:each|per|every)\b|.*\d\s*(?:%|(?:v|vs|versus|to|and|months)\b)", re.I)
"""What stands before a ratio in its bracket and tells it from no other: a unit, or the values of the arms."""
_JOINT = re.compile(r",\s+(?:and\s+|or\s+)?|\s+(?:and|or|nor)\s+|/(?!day|d\b|kg|m2|mL|wk|week|h\b)")
_VERSUS = re.compile(r"(?:vs\.?|versus|compared\s+(?:with|to))\s+(?=[a-z])", re.I)


def emit(parts: Parts, seat: list[Item], slots: Slots, clause: Range) -> list[Link]:
    """Links of the ratios of one seat: told apart by labels, by what follows them, or by a list of as many names."""
    base = parts.blotted.start
    whole = moved(Span(*clause), base)
    assert whole is not None
    each = [slots] * len(seat)
    labelled = any(i.label for i in seat)
    if len(seat) == 1 and re.search(r"\brespectively\b", parts.blotted.words(seat[0].seat)):
        return []
    if len(seat) > 1 and not labelled and not all(i.tail for i in seat):
        goals = conjuncts(parts.text, slots.outcome, len(seat))
        whos = [] if goals else conjuncts(parts.text, slots.exposure, len(seat))
        if not goals and not whos:
            return []
        each = [
            Slots(
                whos[n] if whos else slots.exposure,
                goals[n] if goals else slots.outcome,
                slots.comparator,
                slots.within,
            )
            for n in range(len(seat))
        ]
    return [_labelled(parts, item, each[n], whole, len(seat) == 1) for n, item in enumerate(seat)]


def moved(span: Span | None, by: int) -> Span | None:
    """The range shifted, None for none."""
    return Span(span.start + by, span.end + by) if span else None


def _labelled(parts: Parts, item: Item, slots: Slots, clause: Span, alone: bool) -> Link:
    base = parts.blotted.start
    who, other = moved(slots.exposure, base), moved(slots.comparator, base)
    goal, within = moved(slots.outcome, base), moved(slots.within, base)
    told = parts.blotted.words(item.tail) if item.tail is not None else ""
    if (
        item.tail is not None
        and (m := _SUBGROUP.match(told) or _KEPT.match(told))
        and not _MODEL.fullmatch(told, m.end())
    ):
        stop = re.search(r"\s+and\s+[\d.]", told)
        within = Span(item.tail.start + m.end(), item.tail.start + stop.start() if stop else item.tail.end)
    elif item.tail is not None and (m := _VERSUS.match(told)):
        other = Span(item.tail.start + m.end(), item.tail.end)
    label = item.label
    if label is not None:
        words = parts.blotted.words(label)
        versus = re.search(r"\s+(?:vs\.?|versus)\s+", words)
        if _MODEL.fullmatch(words) or _NO_LABEL.match(words) or not re.match(r"\w", words) or words[0].isdigit():
            pass
        elif re.match(rf"{PEOPLE}\b|men\b|women\b", words, re.I):
            within = label
        elif OUTCOME_LIKE.search(words):
            stop = re.search(r",", words)
            goal = Span(label.start, label.start + stop.start()) if stop else label
        elif m := _SUBGROUP.match(words):
            within = Span(label.start + m.end(), label.end)
        elif versus and alone and who is not None:
            pass
        elif versus:
            who = Span(label.start, label.start + versus.start())
            other = Span(label.start + versus.end(), label.end)
        elif slots.labels_outcome and who is not None and not _OF_EXPOSURE.search(words):
            goal = label
        else:
            who = label
    return Link(item.figure, item.seat, clause, who, other, goal, within)


def conjuncts(text: str, phrase: Span | None, count: int) -> list[Span]:
    """The ``count`` members of a list such as "A, B and C"; empty where it has another number of them."""
    if phrase is None:
        return []
    edges: list[Range] = []
    a = phrase.start
    for m in re.finditer(
        r",\s+(?:and\s+|or\s+)?|\s+(?:and|or|nor)\s+|/(?!day|d\b|kg|m2|mL|wk|week|h\b)", phrase.of(text)
    ):
        edges.append((a, phrase.start + m.start()))
        a = phrase.start + m.end()
    edges.append((a, phrase.end))
    found = [exposure(text, s, e) for s, e in edges] if len(edges) == count else []
    return [f for f in found if f] if all(found) else []
