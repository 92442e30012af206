"""Cells of a printed table whose words go over several lines, made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.readers.raw_tables import RawCell

_GOES_ON = re.compile(
    r"(?:[,(/–-]|\b(?:of|for|the|and|or|with|without|in|to|at|by|a|an|from|any|as|per|than|on|who|versus|vs\.?))$", re.I
)
"""How a stub ends that is not at its end."""
_OWN = re.compile(r"(?:mean|median|range|min|max|sd|se|iqr|n|no|yes|p|other|none|unknown|total)\b|e[A-Z]|\w\d", re.I)
"""How a stub of its own begins, though in a small letter."""


def wrapped(
    rows: list[list[RawCell]], heads: int, tops: Sequence[float], rules: Sequence[float]
) -> tuple[list[list[RawCell]], int]:
    """Rows in which lines of one cell are one cell, and how many of them are head.

    Lines of the head are put together where no rule stands between them and no cell goes over several columns. A line
    of a stub is put to the line above, or below, only where its words say that they go on.
    """
    out: list[list[RawCell]] = []
    steps = [b - a for a, b in pairwise(tops)] or [12.0]
    usual, count = median(steps), 0
    for number, row in enumerate(rows):
        last = out[-1] if out else None
        near = number > 0 and steps[number - 1] <= 1.15 * usual
        ruled = number > 0 and any(tops[number - 1] + 3 < y < tops[number] + 3 for y in rules)
        if number < heads:
            single = last is not None and all(c.columns == 1 for c in (*last, *row)) and len(last) == len(row)
            if last is not None and single and near and not ruled:
                out[-1] = [_both(a, b) for a, b in zip(last, row, strict=True)]
                continue
            count += 1
        elif last is not None and number > heads and near and not ruled:
            if _alone(row) and _words(row[0])[:1].islower() and not _OWN.match(_words(row[0])):
                out[-1] = [_both(last[0], row[0]), *last[1:]]
                continue
            if _alone(last) and _GOES_ON.search(_words(last[0])) and len(last) == len(row):
                out[-1] = [_both(last[0], row[0]), *row[1:]]
                continue
        out.append(row)
    return out, count


def _words(cell: RawCell) -> str:
    return "".join(words for words, _ in cell.pieces).strip()


def _alone(row: Sequence[RawCell]) -> bool:
    """True for a row of which only the stub has words."""
    return bool(_words(row[0])) and row[0].columns == 1 and not any(_words(cell) for cell in row[1:])


def _both(first: RawCell, second: RawCell) -> RawCell:
    if not second.pieces or not first.pieces:
        return first if first.pieces else second
    pieces = [*first.pieces, (" ", False), *second.pieces]
    return RawCell(pieces, 1, first.columns, first.header, first.indent)
