"""Cutting an article's text where quotes and numbers begin and end, so that a page can mark them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from api.claim_schemas import ClaimOut


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same quotes. ``claims`` are those that quote it; ``starts`` those whose quote begins
    here; ``number`` is True where it is a reported number of one of them. ``furniture`` is what is not the
    article's own content.
    """

    text: str
    claims: tuple[ClaimOut, ...] = ()
    starts: tuple[ClaimOut, ...] = ()
    number: bool = False
    furniture: bool = False


def pieces(
    text: str,
    claims: Sequence[ClaimOut],
    start: int = 0,
    end: int | None = None,
    furniture: Sequence[tuple[int, int]] = (),
) -> list[Piece]:
    """``text[start:end]`` in pieces that join to it again, in the order of the text."""
    stop = len(text) if end is None else end
    quotes = [(c.quote.start, c.quote.end) for c in claims]
    numbers = [(e.start, e.end) for c in claims for e in c.effects]
    cuts = {start, stop}
    cuts.update(cut for low_high in chain(furniture, quotes, numbers) for cut in low_high if start < cut < stop)
    order = sorted(cuts)
    over = (_covering(order, ranges) for ranges in (quotes, numbers, furniture))
    return [
        _piece(text, low, high, [claims[i] for i in quoting], bool(number), bool(around))
        for (low, high), quoting, number, around in zip(pairwise(order), *over, strict=True)
    ]


def _covering(order: Sequence[int], ranges: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """For each stretch between two places of ``order``, which of ``ranges`` hold it; in one walk over the text."""
    opening = sorted(range(len(ranges)), key=lambda i: ranges[i][0])
    place = 0
    open_: list[int] = []
    for low, high in pairwise(order):
        while place < len(opening) and ranges[opening[place]][0] <= low:
            open_.append(opening[place])
            place += 1
        open_ = [i for i in open_ if ranges[i][1] >= high]
        yield sorted(open_)


def _piece(text: str, low: int, high: int, quoting: Sequence[ClaimOut], number: bool, furniture: bool) -> Piece:
    return Piece(text[low:high], tuple(quoting), tuple(c for c in quoting if c.quote.start == low), number, furniture)
