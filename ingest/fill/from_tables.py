"""The numbers of an answer that stand in the article's tables: the row that is asked for, at the last time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from ingest.article import Span
from ingest.fill.model import Number, OutcomeType, Question, Side, Statistic
from ingest.fill.outcomes import match_outcome
from ingest.fill.prepared import Prepared
from ingest.fill.table_rows import SIDES, ArmCell, TableRow, table_rows
from ingest.fill.times import times_in
from ingest.registry import RegistryArticle
from ingest.tables.cell_reading import CHANGE
from ingest.tables.cells import Figure
from ingest.tables.groups import key_of_head
from ingest.tables.layout import Stat

LEAST = 0.4
"""A row whose likeness to the asked outcome is smaller is not taken."""
_SAME = 0.6
"""A caption as like as this is of the asked outcome."""
NEAR = 0.02
"""Rows whose likenesses differ by less are told apart by time and by what they hold."""
_BY_CAPTION = 0.25
"""What the caption's likeness adds to a row's."""
_ONLY_CAPTION = 0.85
"""What the caption's likeness counts for in a table whose rows name no outcome, only times or statistics."""
_NORMAL = 1.96
"""Standard errors from the middle of a 95 % interval to its bound."""


def from_tables(prepared: Prepared, question: Question) -> Iterator[Number]:
    """The numbers of both arms in the row that the question asks for; sizes as the table gives them for that row.

    Nothing where no row is like enough, where its numbers are medians, or where nothing tells what they are.
    """
    if isinstance(prepared.article, RegistryArticle):
        return  # its tables are made from its records, which say more
    every = [row for grid in prepared.grids for row in table_rows(question, grid, prepared.glosses) if row.late >= 0]
    best = _best(prepared, question, [row for row in every if _of_type(row, question.outcome_type)])
    if best is not None:
        for side in SIDES:
            yield from _numbers(best, side)
    elif (about := _about(prepared, question, every)) is not None:
        for side in SIDES:
            if (size := _size(about, side)) is not None:
                yield Number(side, Statistic.GROUP_SIZE, *size)


def _about(prepared: Prepared, question: Question, rows: Sequence[TableRow]) -> TableRow | None:
    """A row of the table whose caption is the asked outcome, though no row is: its groups are those that were asked."""
    captions = list(dict.fromkeys(r.caption for r in rows))
    likest = match_outcome(question.outcome, captions, prepared.glosses)
    if not likest or likest[0][1] < _SAME:
        return None
    return _one([row for row in rows if row.caption == captions[likest[0][0]]])


def _of_type(row: TableRow, kind: OutcomeType | None) -> bool:
    """True where both sides have a number of the asked type, or, for means, a median that stands in its way."""
    binary = all(_has(row.cells[s], Stat.COUNT, Stat.PERCENT) for s in SIDES)
    measured = all(_has(row.cells[s], Stat.MEAN, Stat.MEDIAN) for s in SIDES)
    if kind is OutcomeType.BINARY:
        return binary
    if kind is OutcomeType.CONTINUOUS:
        return measured
    return binary or measured


def _has(cells: Sequence[ArmCell], *stats: Stat) -> bool:
    return any(c.told.get(s) is not None for c in cells for s in stats)


def _best(prepared: Prepared, question: Question, rows: Sequence[TableRow]) -> TableRow | None:
    """The row that fits best; of those that fit as well the last in time, final values before changes."""
    own = dict(match_outcome(question.outcome, [r.words for r in rows], prepared.glosses))
    asked_change = CHANGE.search(question.outcome) is not None
    timed = bool(times_in(question.outcome))
    scored = []
    captions = dict(match_outcome(question.outcome, [r.caption for r in rows], prepared.glosses))
    for i, row in enumerate(rows):
        score = own.get(i, 0.0)
        above = captions.get(i, 0.0)
        if score:
            score += _BY_CAPTION * above * (1 - score)
        elif not row.named:
            score = _ONLY_CAPTION * above
        if score >= LEAST:
            scored.append((score, i))
    if not scored:
        return None
    top = max(scored)[0]
    near = [i for score, i in scored if score >= top - NEAR]
    first = rows[near[0]]
    same = [i for i in near if rows[i].table is first.table or timed] or near

    def order(place: int) -> tuple[bool, float, bool, int]:
        row = rows[place]
        return row.change != asked_change, -row.late, not row.overall, place

    return _one([rows[i] for i in sorted(same, key=order)])


def _one(rows: Sequence[TableRow]) -> TableRow | None:
    """The first of the rows; None where the same line has another of the same time, as of men and of women."""
    first = rows[0]
    beside = (r for r in rows[1:] if r.table is first.table and r.line == first.line and r.change == first.change)
    return first if first.overall or not any(r.late == first.late for r in beside) else None


def _numbers(row: TableRow, side: Side) -> Iterator[Number]:
    cells = row.cells[side]
    size = _size(row, side)
    if size is not None:
        yield Number(side, Statistic.GROUP_SIZE, size[0], size[1])
    count = _figure(cells, Stat.COUNT)
    percent = _figure(cells, Stat.PERCENT)
    if count is not None:
        yield Number(side, Statistic.EVENTS, count.value, count.span)
    elif percent is not None and size is not None and 0 <= percent.value <= 100:
        note = f"{percent.value:g} % of {size[0]:g}"
        value = float(round(percent.value * size[0] / 100))
        yield Number(side, Statistic.EVENTS, value, percent.span, derived=True, note=note)
    mean = _figure(cells, Stat.MEAN)
    if mean is None:
        return
    yield Number(side, Statistic.MEAN, mean.value, mean.span)
    deviation = _figure(cells, Stat.SD)
    if deviation is not None:
        yield Number(side, Statistic.STANDARD_DEVIATION, deviation.value, deviation.span)
    elif size is not None:
        yield from _derived(cells, side, size[0])


def _derived(cells: Sequence[ArmCell], side: Side, size: float) -> Iterator[Number]:
    """The standard deviation from a standard error, or from a 95 % interval of a mean, and the group's size.

    SD = SE √n, and SE = (high − low) / (2 · 1.96), as the Cochrane Handbook has them (6.5.2.2).
    """
    error = _figure(cells, Stat.SE)
    if error is not None:
        note = f"{error.value:g} (standard error) times the root of {size:g}"
        value = round(error.value * sqrt(size), 2)
        yield Number(side, Statistic.STANDARD_DEVIATION, value, error.span, derived=True, note=note)
        return
    bounds = [figure for c in cells for stat, figure in c.told.parts if stat is Stat.CI]
    if len(bounds) == 2 and bounds[1].value > bounds[0].value:
        low, high = bounds
        value = round((high.value - low.value) * sqrt(size) / (2 * _NORMAL), 2)
        note = f"from the interval {low.value:g} to {high.value:g}, taken as of 95 %, and {size:g} people"
        span = Span(low.span.start, high.span.end)
        yield Number(side, Statistic.STANDARD_DEVIATION, value, span, derived=True, note=note)


def _figure(cells: Sequence[ArmCell], stat: Stat) -> Figure | None:
    """The one number of this kind among the cells; None where there is none, or several that differ."""
    found = [figure for c in cells if (figure := c.told.get(stat)) is not None]
    return found[0] if found and len({f.value for f in found}) == 1 else None


def _size(row: TableRow, side: Side) -> tuple[float, Span] | None:
    """The group's size at this row: what a share is out of, a cell of sizes, the head's, else the caption's."""
    total = _figure(row.cells[side], Stat.TOTAL)
    if total is not None:
        return total.value, total.span
    counted = row.sizes.get(side)
    if counted is not None:
        figure = counted.figures.numbers[0]
        return figure.value, figure.span
    for cell in row.cells[side]:
        size = row.grid.size(cell.read.line, cell.read.cell.column)
        heads = row.grid.heads(cell.read.line, cell.read.cell.column)
        if size is not None and key_of_head(row.heads[side]) in map(key_of_head, heads):
            return float(size.value), size.span
    return row.of_caption.get(side)
