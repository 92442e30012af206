"""What fields the values of two arms fill: means with their deviation, or counts of people with their total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ingest.article import Span
from ingest.claim import Measure
from ingest.figures import Figure
from ingest.fill.model import Number, OutcomeType, Side, Statistic
from ingest.fill.prose_pairs import Pair

_MEAN = re.compile(r"\b(?:means?|averages?|averaged)\b", re.I)
_MEDIAN = re.compile(r"\bmedians?\b|\binterquartile\b|\bIQR\b", re.I)
_DOWN = re.compile(r"\b(?:decreas\w*|reduc\w*|loss|lost|fell|declin\w*|drop\w*|lower\w*)\b[^.;]{0,40}$", re.I)
_UP = re.compile(r"\b(?:increas\w*|gain\w*|rose|grew|rise)\b[^.;]{0,40}$", re.I)
SHARE_NOTE = "the printed percentage of the group size, as a whole number"


def numbers_of(
    pair: Pair, words: str, at: int, sizes: Mapping[Side, Number]
) -> Iterator[tuple[OutcomeType, tuple[Number, ...]]]:
    """The numbers of a pair in the sentence ``words``, which begins at ``at``, for each type of outcome they can fill.

    Medians are no means, and what one arm gained and the other lost is left alone: the signs are in the words. A share
    in percent gives a count only as a derived number, from the arm's size in ``sizes``, and only where it comes out.
    """
    sides = ((Side.INTERVENTION, pair.intervention), (Side.COMPARATOR, pair.comparator))
    ways = {way for _, figure in sides for way in (_DOWN, _UP) if way.search(words[: figure.span.start])}
    if all(_is_mean(figure, words) for _, figure in sides) and len(ways) < 2:
        yield OutcomeType.CONTINUOUS, tuple(n for s, f in sides for n in _mean(s, f, at))
    counted = [tuple(_counts(s, f, at, sizes.get(s))) for s, f in sides]
    if all(counted):
        both = (*counted[0], *counted[1])
        derived = any(n.derived for n in both)  # one printed count beside a derived one is half an answer
        yield OutcomeType.BINARY, tuple(_as_derived(n) if derived else n for n in both)


def _as_derived(number: Number) -> Number:
    if number.derived or number.statistic is not Statistic.EVENTS:
        return number
    return replace(number, derived=True, note=SHARE_NOTE)


def _is_mean(figure: Figure, words: str) -> bool:
    if figure.value is None or _MEDIAN.search(words) or figure.measure not in (None, Measure.MEAN):
        return False
    return figure.measure is Measure.MEAN or _MEAN.search(words[: figure.span.start]) is not None


def _place(figure: Figure, at: int) -> Span:
    return Span(at + figure.span.start, at + figure.span.end)


def _mean(side: Side, figure: Figure, at: int) -> Iterator[Number]:
    if figure.value is not None:
        yield Number(side, Statistic.MEAN, figure.value, _place(figure, at))
    if figure.standard_deviation is not None:
        yield Number(side, Statistic.STANDARD_DEVIATION, figure.standard_deviation, _place(figure, at))


def _counts(side: Side, figure: Figure, at: int, size: Number | None) -> Iterator[Number]:
    """Events, and the total they are out of; a share of nought is nobody."""
    if figure.measure not in (Measure.PROPORTION, Measure.COUNT):
        return
    if figure.events is not None:
        yield Number(side, Statistic.EVENTS, float(figure.events), _place(figure, at))
        if figure.total is not None:
            yield Number(side, Statistic.GROUP_SIZE, float(figure.total), _place(figure, at))
    elif figure.value == 0:
        yield Number(side, Statistic.EVENTS, 0.0, _place(figure, at))
    elif figure.measure is Measure.PROPORTION and figure.value is not None and size is not None:
        events = share_of(figure.value, int(size.value), 1)
        if events is not None:
            yield Number(side, Statistic.EVENTS, events, _place(figure, at), derived=True, note=SHARE_NOTE)


def share_of(percent: float, total: int, decimals: int) -> float | None:
    """The whole number that is ``percent`` of ``total``; None where none is, as printed to so many decimals.

    >>> share_of(65.5, 287, 1), share_of(35.0, 40, 1), share_of(52.5, 19, 1)
    (188.0, 14.0, None)
    """
    events = round(percent * total / 100)
    places = decimals if percent != int(percent) else 0
    off = abs(100 * events / total - percent) if total else 100.0
    return float(events) if off <= 0.5 * 10**-places + 1e-9 else None
