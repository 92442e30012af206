"""Lists of exposures or outcomes, each with its ratio behind it, and ratios that share one bracket."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.article import Span
from ingest.figures import Figure
from ingest.ratio_around import adjusted, compared_with, comparing_word
from ingest.ratio_items import Blotted, Item
from ingest.ratio_phrases import PEOPLE, RISK, exposure

Range = tuple[int, int]

OUTCOME_LIKE = re.compile(
    rf"\b(?:{RISK}|mortality|deaths?|died|surviv\w+|OS|PFS|DFS|RFS|recurren\w+|relaps\w+|progress\w+|incidence"
    rf"|rates?|failure"
    r"|complications?|readmi\w+|hospitali\w+|events?|response|remission|outcomes?|toxicity|stroke|develop\w+"
    r"|onset|prevalence|success"
    r"|diagnos[ei]s|knowledge|time\s+to|completion|metastas[ei]s|infarction|fractures?|endpoint|adherence"
    r"|discharge|delay|bleeding"
    r"|days|costs?|incidents?|burden)\b",
    re.I,
)
"""Words that make a phrase more likely an outcome than an exposure."""
_MODEL = re.compile(
    r"\W*(?:(?:un)?adjusted|crude|models?(?:\s*\d)?|univaria\w+|multivaria\w+|pooled|overall|fully|\s|\W|\d)*\W*", re.I
)
_SUBGROUP = re.compile(rf"(?:for|in|among|when|at|during)\s+|(?={PEOPLE}\b)", re.I)


_SEPARATOR = re.compile(r":\s|,\s+(?:and\s+|or\s+)?|\s+as\s+well\s+as\s+")


@dataclass(frozen=True, slots=True)
class Link:
    """A ratio with the ranges of its exposure, comparator, outcome and subgroup; None: the sentence leaves it unsaid.

    ``seat`` is what the ratio takes up in the sentence, ``clause`` the part of it that ties them.
    """

    figure: Figure
    seat: Span
    clause: Span
    exposure: Span | None
    comparator: Span | None
    outcome: Span | None
    within: Span | None = None


@dataclass(frozen=True, slots=True)
class Slots:
    """What the words say of the ratios of one seat, as ranges of the blotted text."""

    exposure: Span | None
    outcome: Span | None
    comparator: Span | None = None
    within: Span | None = None


@dataclass(slots=True)
class Parts:
    """A blotted sentence, with what each part hands on to the next."""

    blotted: Blotted
    comparator: Span | None = None
    people: Range | None = None
    subject: Span | None = None
    goal: Span | None = None
    seats: list[list[Item]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The blotted words."""
        return self.blotted.text

    def at(self, seat: list[Item]) -> int:
        """Where a seat begins in the blotted text."""
        return seat[0].seat.start - self.blotted.start

    def past(self, seat: list[Item]) -> int:
        """Where a seat ends in the blotted text."""
        return seat[-1].seat.end - self.blotted.start

    def seats_in(self, start: int, end: int) -> list[list[Item]]:
        """The seats of a range, with the ratios of one bracket together."""
        return [s for s in self.seats if start <= self.at(s) < end]

    def compared(self, *ranges: Range) -> Span | None:
        """What the ranges compare with, or else the sentence from its beginning."""
        found = (compared_with(self.text, *r) for r in ranges)
        return next((f for f in found if f), self.comparator)


def seats_of(blotted: Blotted) -> list[list[Item]]:
    """The ratios of a sentence by their seats, in its order."""
    out: list[list[Item]] = []
    for item in blotted.items:
        last = out[-1][-1].seat if out else None
        if last is not None and (last == item.seat or _only_and(blotted, last, item.seat)):
            out[-1].append(item)
        else:
            out.append([item])
    return out


def _only_and(blotted: Blotted, one: Span, two: Span) -> bool:
    """True where nothing but a conjunction stands between two seats: "were ▮ and ▮, respectively"."""
    between = blotted.text[one.end - blotted.start : two.start - blotted.start]
    return re.fullmatch(r"[\s,\x02]*(?:and|or)?\s*", between) is not None


def listed(parts: Parts, seats: list[list[Item]], begin: int) -> list[tuple[list[Item], Range]]:
    """Each seat with the range of the words that it stands behind: the last of those since the seat before it."""
    out = []
    text = parts.text
    for seat in seats:
        end = adjusted(text, begin, parts.at(seat))
        a = begin
        for m in _SEPARATOR.finditer(text, begin, comparing_word(text, begin, end)):
            a = m.end() if re.search(r"\w", text[m.end() : end]) else a
        out.append((seat, (a, end)))
        begin = parts.past(seat)
    return out


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
    return [_labelled(parts, item, each[n], whole) for n, item in enumerate(seat)]


def moved(span: Span | None, by: int) -> Span | None:
    """The range shifted, None for none."""
    return Span(span.start + by, span.end + by) if span else None


def _labelled(parts: Parts, item: Item, slots: Slots, clause: Span) -> Link:
    base = parts.blotted.start
    who, other = moved(slots.exposure, base), moved(slots.comparator, base)
    goal, within = moved(slots.outcome, base), moved(slots.within, base)
    told = parts.blotted.words(item.tail) if item.tail is not None else ""
    if item.tail is not None and (m := _SUBGROUP.match(told)) and not _MODEL.fullmatch(told, m.end()):
        within = Span(item.tail.start + m.end(), item.tail.end)
    label = item.label
    if label is not None:
        words = parts.blotted.words(label)
        versus = re.search(r"\s+(?:vs\.?|versus)\s+", words)
        if _MODEL.fullmatch(words) or not re.match(r"\w", words) or words[0].isdigit():
            pass
        elif re.match(rf"{PEOPLE}\b|men\b|women\b", words, re.I):
            within = label
        elif OUTCOME_LIKE.search(words):
            stop = re.search(r",", words)
            goal = Span(label.start, label.start + stop.start()) if stop else label
        elif versus:
            who = Span(label.start, label.start + versus.start())
            other = Span(label.start + versus.end(), label.end)
        else:
            who = label
    return Link(item.figure, item.seat, clause, who, other, goal, within)


def conjuncts(text: str, phrase: Span | None, count: int) -> list[Span]:
    """The ``count`` members of a list such as "A, B and C"; empty where it has another number of them."""
    if phrase is None:
        return []
    edges: list[Range] = []
    a = phrase.start
    for m in re.finditer(r",\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+|/", phrase.of(text)):
        edges.append((a, phrase.start + m.start()))
        a = phrase.start + m.end()
    edges.append((a, phrase.end))
    found = [exposure(text, s, e) for s, e in edges] if len(edges) == count else []
    return [f for f in found if f] if all(found) else []
