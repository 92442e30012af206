"""Cutting an article's text where quotes and numbers begin and end, so that a page can mark them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    cuts = {start, stop}
    ranges = chain(furniture, *(_ranges(claim) for claim in claims))
    cuts.update(cut for low_high in ranges for cut in low_high if start < cut < stop)
    order = sorted(cuts)
    return [_piece(text, low, high, claims, furniture) for low, high in pairwise(order)]


def _ranges(claim: ClaimOut) -> Iterable[tuple[int, int]]:
    yield claim.quote.start, claim.quote.end
    yield from ((effect.start, effect.end) for effect in claim.effects)


def _piece(text: str, low: int, high: int, claims: Sequence[ClaimOut], furniture: Sequence[tuple[int, int]]) -> Piece:
    quoting = tuple(c for c in claims if c.quote.start <= low and high <= c.quote.end)
    return Piece(
        text[low:high],
        quoting,
        tuple(c for c in quoting if c.quote.start == low),
        any(e.start <= low and high <= e.end for c in claims for e in c.effects),
        any(first <= low and high <= last for first, last in furniture),
    )
