"""The p values and contrasts of a result: which of a table's comparisons are of the same outcome, time and arms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.article import Span
from ingest.claim import Effect, Interval, IntervalKind, Measure
from ingest.tables.arm_numbers import printed
from ingest.tables.cell_reading import Kind, Read
from ingest.tables.cells import Shape
from ingest.tables.groups import Groups
from ingest.tables.layout import Stat, Told
from ingest.tables.marks import Role, bare
from ingest.tables.values import contrast_of, p_of

Compared = tuple[Effect, Read, tuple[int, int] | None]


def comparisons_of(
    text: str, groups: Groups, group: Sequence[Read], by_row: Mapping[int, Sequence[Read]]
) -> list[Compared]:
    """P values and contrasts of the result that ``group`` are the numbers of, with the pair that their heads name.

    Several p values of the same arms are left out: which of them is meant is not told. ``text`` is the article's.
    """
    first, rows = group[0], {r.line.row for r in group}
    near = [r for row in sorted({*rows, max(rows) + 1}) for r in by_row.get(row, ())]
    times = {time_of(r) for r in near if r.line.row in rows and r.kind is Kind.ARM}
    out: list[Compared] = []
    for read in near:
        if read.kind not in (Kind.P_VALUE, Kind.CONTRAST) or not _of_result(read, first, rows, groups, times):
            continue
        effect = _comparison(text, read)
        if effect is not None:
            out.append((effect, read, (read.pair[0], read.pair[1]) if len(read.pair) == 2 else None))
    pairs = [pair for effect, _, pair in out if effect.measure is Measure.P_VALUE]
    return [c for c in out if c[0].measure is not Measure.P_VALUE or pairs.count(c[2]) == 1]


def _of_result(read: Read, first: Read, rows: set[int], groups: Groups, times: set[object]) -> bool:
    """True for a comparison of the result that ``first`` is a number of."""
    if groups.in_rows:
        covered = set(range(read.cell.row, read.cell.row + read.cell.rows))
        near = rows & covered and (len(rows & covered) == len(rows) or len(groups.arms) == 2)
        below = read.line.row == max(rows) + 1 and read.line.path[-1].role is Role.P_VALUE
        return bool(near or below) and _same(read, first)
    if read.line.row not in rows:
        return False
    if len(times) > 1 and time_of(read) != time_of(first):
        return False
    return _columns_agree(read, first)


def time_of(read: Read) -> object:
    """When, as times are compared; None where no head says."""
    return bare(read.time.text).casefold() if read.time else None


def _same(read: Read, first: Read) -> bool:
    return _columns_agree(read, first) and (time_of(read) in (None, time_of(first)))


def _columns_agree(read: Read, first: Read) -> bool:
    """True where the heads of a comparison name no other outcome than those of the arms."""
    own = {h.text for h in first.outcome}
    return all(h.text in own or h.role is Role.CONTRAST for h in read.outcome)


def _comparison(text: str, read: Read) -> Effect | None:
    figures = read.figures
    start, end = printed(read, text)
    span = Span(start, end)
    if read.kind is Kind.P_VALUE:
        one = figures.numbers[0]
        if figures.shape not in (Shape.ONE, Shape.P_VALUE) or not 0 <= one.value <= 1:
            return None
        operator = figures.operator if figures.shape is Shape.P_VALUE else "="
        return p_of(Told(((Stat.P_VALUE, one),)), operator, span, text)
    if figures.shape is Shape.WITH_INTERVAL:
        value, low, high = figures.numbers
        effect = contrast_of(Told(((Stat.OTHER, value),)), span, text, read.heads)
        fits = low.value <= value.value <= high.value
        if effect is None or not fits:
            return None
        return replace(effect, interval=Interval(IntervalKind.CONFIDENCE, low.value, high.value, _level(read)))
    if figures.shape is Shape.ONE:
        return contrast_of(Told(((Stat.OTHER, figures.numbers[0]),)), span, text, read.heads)
    return None


def _level(read: Read) -> float | None:
    found = re.search(r"\b(9\d(?:\.\d+)?)\s?%", read.heads)
    return float(found[1]) if found else None
