"""Which exposure and which outcome a ratio ties together, as its sentence says it. Pure: words in, ranges out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.article import Span
from ingest.figures import Figure
from ingest.ratio_around import opening_comparator, people_first, without_opener
from ingest.ratio_frame_words import Side
from ingest.ratio_frames import Frame, frames_in, seams
from ingest.ratio_items import Item, blot
from ingest.ratio_lists import EXPOSURE_LIKE, OUTCOME_LIKE, Link, Parts, Range, listed, seats_of
from ingest.ratio_pairs import of_pair, of_ratio, of_two
from ingest.ratio_phrases import MORE, RISK
from ingest.ratio_sides import backward, forward


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
    begin = without_opener(text, begin, frame.start)
    left, right = (begin, frame.start), (frame.end, end)
    if frame.side is Side.RATIO:
        return of_ratio(parts, frame, seats, right)
    if frame.side is Side.PAIR:
        return of_pair(parts, frame, seats, left, right)
    if frame.side in (Side.BETWEEN, Side.LEAD):
        return of_two(parts, frame, seats, left, right)
    if frame.side is Side.BEHIND or (frame.side is Side.EITHER and _turned(parts, seats, frame, left, right)):
        return backward(parts, frame, seats, left, right)
    return forward(parts, frame, seats, left, right)


def _turned(parts: Parts, seats: list[list[Item]], frame: Frame, left: Range, right: Range) -> bool:
    """True where "Y was associated with X" names the outcome first: the ratios stand behind its exposures."""
    if not any(parts.at(s) >= frame.end for s in seats):
        return False
    before = parts.text[slice(*left)]
    lead = parts.text[right[0] : parts.to_seat(right)]
    if re.search(rf"\b(?:{MORE}|{RISK})\b", lead, re.I) and OUTCOME_LIKE.search(lead):
        return False
    seats = [s for s in seats if parts.at(s) >= frame.end]
    pieces = [p for _, (a, b) in listed(parts, seats, right[0]) if not (p := parts.text[a:b]).startswith("with ")]
    outcomes = sum(bool(OUTCOME_LIKE.search(p)) for p in pieces)
    first, second = bool(OUTCOME_LIKE.search(before)), 2 * outcomes > len(pieces)
    if first != second:
        return first
    exposures = any(EXPOSURE_LIKE.search(p) for p in pieces)
    return len(pieces) > 1 and not second and exposures and not EXPOSURE_LIKE.search(before)
