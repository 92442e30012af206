"""A table's rows of results: cells of one outcome and time put together, each number with its arm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.article import Span
from ingest.claim import Effect, TableSelector
from ingest.context import Known
from ingest.tables.arm_numbers import agreeing_cells, effects_of
from ingest.tables.cell_reading import AT_START, Kind, Read, read_cells
from ingest.tables.cells import Shape
from ingest.tables.grid import Grid
from ingest.tables.groups import Groups, groups_of, key_of_head, legend_of
from ingest.tables.kinds import is_baseline, why_no_result
from ingest.tables.marks import bare
from ingest.tables.result_rows import Number, ResultRow
from ingest.tables.row_comparisons import comparisons_of, time_of
from ingest.tables.row_outcomes import outcome_of
from ingest.tabular import Table
from ingest.trace import Step

MAX_ROWS = 1_500
"""Rows of a larger table are left out."""


def rows_of(known: Known, table: Table) -> Iterator[ResultRow]:
    """The rows of results of ``table``, in its order; none where it compares no arms that can be told."""
    text = known.article.text
    if not table.cells or table.height > MAX_ROWS:
        return
    caption = table.caption.of(text) if table.caption else ""
    if (why := why_no_result(caption)) is not None:
        known.trace.note(Step.REFUSED, why, table.span)
        return
    grid = Grid.of(table, text)
    notes = " ".join(n.of(text) for n in table.notes)
    groups = groups_of(known, grid, legend_of(f"{caption} {notes}"))
    if groups is None:
        known.trace.note(Step.REFUSED, "a table that compares no arms which can be told", table.span)
        return
    reads = read_cells(grid, groups, caption, notes)
    baseline = is_baseline(caption, grid)
    by_row: dict[int, list[Read]] = {}
    for read in reads:
        by_row.setdefault(read.line.row, []).append(read)
    for group in _grouped(reads, groups):
        row = _row(known, table, groups, group, by_row, baseline)
        if row is not None:
            yield row


Key = tuple[object, ...]


def _key(read: Read, groups: Groups) -> Key:
    """What cells of one result have in common: outcome and time, and the line where arms stand side by side."""
    place = () if groups.in_rows else (read.line.row,)
    return (*place, tuple(key_of_head(h) for h in read.outcome), time_of(read))


def _grouped(reads: Sequence[Read], groups: Groups) -> Iterator[list[Read]]:
    """Cells of arms by their result, in the order of the first."""
    found: dict[Key, list[Read]] = {}
    for read in reads:
        if read.kind is Kind.ARM:
            found.setdefault(_key(read, groups), []).append(read)
    yield from found.values()


def _row(
    known: Known,
    table: Table,
    groups: Groups,
    group: Sequence[Read],
    by_row: Mapping[int, Sequence[Read]],
    baseline: bool,
) -> ResultRow | None:
    first, text = group[0], known.article.text
    outcome = outcome_of(text, table, first, arms_in_rows=groups.in_rows)
    if outcome is None:
        return None
    span, label = outcome
    if (apart := _apart(first, groups, by_row)) and label is None:
        label = f"{span.of(text)}, {apart}"
    elif apart:
        label = f"{label}, {apart}"
    path = tuple(h.text for h in first.line.path)
    place = TableSelector(table.id, table.label, path if not groups.in_rows else path[:-1])
    numbers: list[Number] = []
    sure = True
    sizes = _sizes(group, by_row)
    told_of = agreeing_cells(group, sizes)
    if told_of is None:
        known.trace.note(Step.REFUSED, "cells of one row that are unlike", table.span)
        return None
    for arm in range(len(groups.arms)):
        cells = [r for r in group if r.arm == arm]
        if not cells:
            continue
        made, told = effects_of(text, cells, told_of, sizes.get(arm))
        sure = sure and told
        if len({e.measure for e, _ in made}) < len(made):
            known.trace.note(Step.REFUSED, "several numbers of one arm that nothing tells apart", table.span)
            return None
        numbers += [Number(_placed(e, table, r), arm) for e, r in made]
    if not numbers:
        return None
    compared = comparisons_of(text, groups, group, by_row)
    numbers += [Number(_placed(e, table, r), None, pair) for e, r, pair in compared]
    caption = table.caption.of(text) if table.caption else ""
    start = baseline or (first.time is not None and AT_START.search(first.time.text) is not None and not first.change)
    heads = [h.span for h in first.line.path[-1:] if h.span.end <= first.cell.span.start] if first.cell.span else []
    line = Span(
        min(s.start for s in (*heads, *(n.effect.span for n in numbers))), max(n.effect.span.end for n in numbers)
    )
    return ResultRow(place, line, span, label, groups.arms, tuple(numbers), start, sure, caption)


def _apart(first: Read, groups: Groups, by_row: Mapping[int, Sequence[Read]]) -> str:
    """What tells a line from others of the same name: numbers under heads of their own before those of the arms."""
    if groups.in_rows:
        return ""
    before = [
        r for r in by_row[first.line.row]
        if r.arm is None and r.kind is Kind.NOTHING and r.column
        and r.figures.shape is Shape.ONE and r.cell.column < first.cell.column
    ]  # fmt: skip
    return ", ".join(f"{bare(r.column[-1])} {r.cell.text}" for r in before[:2])


def _placed(effect: Effect, table: Table, read: Read) -> Effect:
    selector = TableSelector(table.id, table.label, tuple(h.text for h in read.line.path), read.column)
    return replace(effect, table=selector, timepoint=read.when)


def _sizes(group: Sequence[Read], by_row: Mapping[int, Sequence[Read]]) -> dict[int, int]:
    """Sizes of arms in columns of their own, of the lines that the numbers stand in."""
    found: dict[int, int] = {}
    first = group[0]
    for read in (r for row in sorted({r.line.row for r in group}) for r in by_row[row]):
        one = read.figures.numbers[0]
        if read.kind is not Kind.SIZE or read.arm is None or read.figures.shape is not Shape.ONE or not one.is_whole:
            continue
        if read.outcome == first.outcome[: len(read.outcome)] and time_of(read) in (None, time_of(first)):
            found[read.arm] = int(one.value)
    return found
