"""The numbers of the arms in one row: what each cell's are, told together, and cells side by side as one number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.article import Span
from ingest.claim import Effect
from ingest.figure_units import unit_of
from ingest.tables.cell_reading import UNIT, Read
from ingest.tables.cells import Shape
from ingest.tables.layout import Stat, Told, tell
from ingest.tables.marks import bare, unmarked
from ingest.tables.values import value_of

Place = tuple[int, int]


def _at(read: Read) -> Place:
    return read.cell.row, read.cell.column


def effects_of(
    text: str, cells: Sequence[Read], told_of: Mapping[Place, Told], size: int | None
) -> tuple[list[tuple[Effect, Read]], bool]:
    """The numbers of one arm, those of cells side by side that belong together as one; and whether the table tells.

    ``text`` is the article's.
    """
    out: list[tuple[Effect, Read]] = []
    sure, place = True, 0
    while place < len(cells):
        read = cells[place]
        told = told_of[_at(read)]
        following = told_of[_at(cells[place + 1])] if place + 1 < len(cells) else None
        if following is not None and (both := _together(told, following)) is not None:
            told, last, place = both, cells[place + 1], place + 2
        else:
            last, place = read, place + 1
        start, end = printed(read, text)[0], printed(last, text)[1]
        if not told.declared:
            sure = False
            told = _without_spread(told)
        if read.change and told.get(Stat.PERCENT) is not None and told.get(Stat.COUNT) is None:
            continue  # by how many percent something changed is no share
        effect = value_of(told, Span(start, end), text, size or read.size, read.heads)
        if effect is not None:
            unit = effect.unit or _unit(read)
            effect = replace(effect, unit=unit, change_from_baseline=read.change and effect.events is None)
            out.append((effect, read))
    return out, sure


_COUNT_MARK = re.compile(r"\(\s*n\s*\)", re.I)


def _told(read: Read, size: int | None) -> Told:
    """What the numbers of a cell are; what the cell itself says, by "%" or "(n)", goes before what heads it."""
    told = tell(read.figures, read.declared, size or read.size)
    if len(told.parts) == 1:
        one = read.figures.numbers[0]
        if one.percent:
            return Told(((Stat.PERCENT, one),))
        if _COUNT_MARK.search(read.cell.text) and one.is_whole:
            return Told(((Stat.COUNT, one),))
    return told


def agreeing_cells(group: Sequence[Read], sizes: Mapping[int, int]) -> dict[Place, Told] | None:
    """What the numbers of each cell of a row are, by its column; None where the cells of one row would be unlike.

    "0 (0.0)" beside "3 (11.5)" is a count as that is, though a mean with its deviation would fit as well.
    """
    told = {(r.cell.row, r.cell.column): _told(r, sizes.get(r.arm or 0)) for r in group}
    shapes: dict[Shape, list[Read]] = {}
    for read in group:
        shapes.setdefault(read.figures.shape, []).append(read)
    for cells in shapes.values():
        kinds = {tuple(s for s, _ in told[_at(r)].parts) for r in cells}
        counted = (Stat.COUNT, Stat.PERCENT)
        if counted in kinds and len(kinds) > 1:
            for read in cells:
                count, percent = read.figures.numbers[:2]
                if not count.is_whole or not 0 <= percent.value <= 100:
                    return None
                told[_at(read)] = Told(((Stat.COUNT, count), (Stat.PERCENT, percent)))
    if all(_may_count(r, told[_at(r)], sizes) for r in group):
        told = {_at(r): Told(((Stat.COUNT, r.figures.numbers[0]),), False) for r in group}
    counts = any(t.get(Stat.COUNT) is not None for t in told.values())
    for read in group:
        one = told[_at(read)]
        if counts and len(one.parts) == 1 and one.parts[0][0] in (Stat.MEAN, Stat.OTHER) and one.parts[0][1].value == 0:
            told[_at(read)] = Told(((Stat.COUNT, one.parts[0][1]),))
    return told


def _may_count(read: Read, told: Told, sizes: Mapping[int, int]) -> bool:
    """True for a bare whole number of a table that counts people, not more than there are in the group."""
    size = sizes.get(read.arm or 0) or read.size
    one = told.parts[0]
    whole = len(told.parts) == 1 and one[0] is Stat.OTHER and one[1].is_whole and not one[1].percent
    measured = any(UNIT.search(bare(h.text)) for h in read.outcome)
    return whole and size is not None and one[1].value <= size and not measured and read.counts


def _without_spread(told: Told) -> Told:
    """Only the first number of a cell whose spread is not called a deviation or an error."""
    if len(told.parts) == 2 and told.parts[0][0] is Stat.MEAN and told.parts[1][0] in (Stat.SD, Stat.SE):
        return Told(told.parts[:1], False)
    return told


def _together(one: Told, other: Told) -> Told | None:
    """Numbers of two columns that are one result: a count and its share, a mean and its spread, bounds."""
    parts = [s for s, _ in one.parts], [s for s, _ in other.parts]
    pairs = (
        ([Stat.COUNT], [Stat.PERCENT]), ([Stat.PERCENT], [Stat.COUNT]), ([Stat.COUNT, Stat.TOTAL], [Stat.PERCENT]),
        ([Stat.MEAN], [Stat.SD]), ([Stat.MEAN], [Stat.SE]), ([Stat.MEAN], [Stat.CI, Stat.CI]),
        ([Stat.MEDIAN], [Stat.IQR, Stat.IQR]), ([Stat.MEDIAN], [Stat.RANGE, Stat.RANGE]),
        ([Stat.MEDIAN], [Stat.CI, Stat.CI]),
    )  # fmt: skip
    return Told((*one.parts, *other.parts), one.declared and other.declared) if parts in pairs else None


def printed(read: Read, text: str) -> tuple[int, int]:
    """Where the cell's words begin and end without footnote marks at their end."""
    span = read.cell.span
    assert span is not None, "a cell of numbers has words"
    last = read.figures.numbers[-1].span.end
    words = unmarked(read.cell, text)
    tail = re.match(r"\s?%?\s?[)\]]?%?", words[last - span.start :])
    return span.start, last + (len(tail[0].rstrip()) if tail else 0)


def _unit(read: Read) -> str | None:
    """The unit that a head of the cell gives in its brackets; None for one that is not known."""
    for heading in reversed(read.outcome):
        found = UNIT.search(bare(heading.text))
        if found is not None:
            return unit_of(found["unit"])
    return None
