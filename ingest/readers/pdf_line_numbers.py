"""Numbers of lines in the margin of a manuscript, which would stand between the words of its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.pdf_pages import Page, Word

_ENOUGH = 6
"""So many in a column that count on by the same step are numbers of lines, and no values."""
_STEPS = (1, 5)


def without_line_numbers(page: Page) -> tuple[Word, ...]:
    """The words of a page but those that only count its lines, at the left or the right end of them."""
    if not page.words:
        return ()
    left, right = min(w.x0 for w in page.words), max(w.x1 for w in page.words)
    out: set[Word] = set()
    for side in ("left", "right"):
        numbers = [w for w in page.words if w.text.isdecimal() and len(w.text) <= 4]
        if side == "left":
            numbers = [w for w in numbers if w.x1 < left + 0.08 * page.width]
        else:
            numbers = [w for w in numbers if w.x0 > right - 0.08 * page.width]
        column = sorted(numbers, key=lambda w: w.top)
        if len(column) >= _ENOUGH and _counts_on(column) and _alone(column, page.words):
            out.update(column)
    return tuple(w for w in page.words if w not in out)


def _counts_on(column: Sequence[Word]) -> bool:
    steps = [int(b.text) - int(a.text) for a, b in pairwise(column)]
    return any(sum(1 for s in steps if s == step) >= 0.9 * len(steps) for step in _STEPS)


def _alone(column: Sequence[Word], words: Sequence[Word]) -> bool:
    """True where no other words stand in the same strip of the page, but for one or two above and below."""
    a, b = min(w.x0 for w in column), max(w.x1 for w in column)
    inside = [w for w in words if w.x0 < b and w.x1 > a and w not in column]
    top, bottom = column[0].top, column[-1].bottom
    return not any(top < w.top < bottom for w in inside)
