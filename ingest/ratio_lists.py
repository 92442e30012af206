"""Lists of exposures or outcomes, each with its ratio behind it, and ratios that share one bracket."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.article import Span
from ingest.figures import Figure
from ingest.ratio_around import adjusted, compared_with, comparing_word
from ingest.ratio_items import SEAT, Blotted, Item
from ingest.ratio_phrases import RISK

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
EXPOSURE_LIKE = re.compile(
    r"\b(?:age|aged|sex|gender|male|female|race|ethnicity|nationality|specialty|history|levels?|scores?|stage|grade|use|smok\w+|BMI"
    r"|obes\w+|education\w*|income|marital|status|genotypes?|number|comorbid\w+|presence|index|high|low|older|younger|living|type|ratio"
    r"|count|being|having|lack|absence|alcohol|dose|size|diabetes|hypertension|years?|prior|previous)\b",
    re.I,
)
"""Words that make a phrase more likely an exposure than an outcome."""
_INCLUDING = re.compile(
    r",\s+(?:including|mainly|mostly|especially|particularly|notably|such\s+as|namely|defined\s+as)\s", re.I
)
_SEPARATOR = re.compile(r":\s|\x02{3,}\s*,?\s+(?:and\s+|or\s+)|,\s+(?:and\s+|or\s+)?|\s+as\s+well\s+as\s+")


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
    """What the words say of the ratios of one seat, as ranges of the blotted text.

    ``labels_outcome`` is True for a seat behind the outcome, whose labels may be parts of it.
    """

    exposure: Span | None
    outcome: Span | None
    comparator: Span | None = None
    within: Span | None = None
    labels_outcome: bool = False


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

    def to_seat(self, part: Range) -> int:
        """Where the words of a range before its first seat end."""
        seat = self.text.find(SEAT, *part)
        return seat if seat >= 0 else part[1]

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
        including = _INCLUDING.search(text, begin, end)
        end = including.start() if including else end
        a = begin
        for m in _SEPARATOR.finditer(text, begin, comparing_word(text, begin, end)):
            a = m.end() if re.search(r"\w", text[m.end() : end]) else a
        out.append((seat, (a, end)))
        begin = parts.past(seat)
    return out
