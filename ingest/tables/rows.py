"""A table's rows of results: cells of one outcome and time put together, each number with its arm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.article import Span
from ingest.claim import Effect, Interval, IntervalKind, TableSelector
from ingest.context import Known
from ingest.figure_units import unit_of
from ingest.tables.cell_reading import AT_START, UNIT, Kind, Read, read_cells
from ingest.tables.cells import Shape
from ingest.tables.grid import Grid
from ingest.tables.groups import Groups, groups_of, key_of_head, legend_of, outcome_span
from ingest.tables.kinds import is_baseline, why_no_result
from ingest.tables.layout import Stat, Told, tell
from ingest.tables.marks import Role, bare, role_of, unmarked
from ingest.tables.result_rows import Number, ResultRow
from ingest.tables.values import contrast_of, p_of, value_of
from ingest.tabular import Table
from ingest.trace import Step

MAX_ROWS = 1_500
"""Rows of a larger table are left out."""
_HEADS_ARMS = re.compile(
    r"\b(?:groups?|arms?|treatments?|drugs?|interventions?|regimens?|doses?|variables?|parameters?|characteristics?|items?"
    r"|outcomes?|study|names?|time|visits?|scales?|methods?)\b", re.I
)  # fmt: skip
_LEADS = re.compile(
    r"^(?:comparison|summary|results?|effects?|analys[ie]s|changes?|outcomes?|mean|median|incidence|frequency|number|distribution|proportion|rates?|values?)s?"
    r"\s+(?:\([^)]*\)\s+)?(?:of|in|for)\s+(?:the\s+)?",
    re.I,
)
_TAIL = re.compile(
    r"\s+(?:in|between|among|by|across|for|at|during|after|within|of)\s+(?:the\s+)?(?:\w+\s+){0,3}?(?:groups?|arms?|patients?|participants|study|treatments?)\b.*$"
    r"|\s+(?:before\s+and\s+after|over\s+time|at\s+\d|\().*$",
    re.I,
)
MAX_CAPTION = 90


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
    reads = list(read_cells(grid, groups, caption, notes))
    baseline = is_baseline(caption, grid)
    for group in _grouped(reads, groups):
        row = _row(known, table, groups, group, reads, baseline)
        if row is not None:
            yield row


Key = tuple[object, ...]
Place = tuple[int, int]


def _at(read: Read) -> Place:
    return read.cell.row, read.cell.column


def _key(read: Read, groups: Groups) -> Key:
    """What cells of one result have in common: outcome and time, and the line where arms stand side by side."""
    place = () if groups.in_rows else (read.line.row,)
    return (*place, tuple(key_of_head(h) for h in read.outcome), _time(read))


def _grouped(reads: Sequence[Read], groups: Groups) -> Iterator[list[Read]]:
    """Cells of arms by their result, in the order of the first."""
    found: dict[Key, list[Read]] = {}
    for read in reads:
        if read.kind is Kind.ARM:
            found.setdefault(_key(read, groups), []).append(read)
    yield from found.values()


def _row(
    known: Known, table: Table, groups: Groups, group: Sequence[Read], reads: Sequence[Read], baseline: bool
) -> ResultRow | None:
    first = group[0]
    outcome = _outcome(known, table, first, groups.in_rows)
    if outcome is None:
        return None
    span, label = outcome
    if (apart := _apart(first, groups, reads)) and label is None:
        label = f"{span.of(known.article.text)}, {apart}"
    elif apart:
        label = f"{label}, {apart}"
    path = tuple(h.text for h in first.line.path)
    place = TableSelector(table.id, table.label, path if not groups.in_rows else path[:-1])
    numbers: list[Number] = []
    sure = True
    sizes = _sizes(first, groups, reads)
    told_of = _agreeing(group, sizes)
    if told_of is None:
        known.trace.note(Step.REFUSED, "cells of one row that are unlike", table.span)
        return None
    for arm in range(len(groups.arms)):
        cells = [r for r in group if r.arm == arm]
        if not cells:
            continue
        made, told = _effects(known, cells, told_of, sizes.get(arm))
        sure = sure and told
        if len({e.measure for e, _ in made}) < len(made):
            known.trace.note(Step.REFUSED, "several numbers of one arm that nothing tells apart", table.span)
            return None
        numbers += [Number(_placed(e, table, r), arm) for e, r in made]
    if not numbers:
        return None
    numbers += _comparing(known, table, groups, group, reads)
    caption = table.caption.of(known.article.text) if table.caption else ""
    start = baseline or (first.time is not None and AT_START.search(first.time.text) is not None and not first.change)
    heads = [h.span for h in first.line.path[-1:] if h.span.end <= first.cell.span.start] if first.cell.span else []
    line = Span(
        min(s.start for s in (*heads, *(n.effect.span for n in numbers))), max(n.effect.span.end for n in numbers)
    )
    return ResultRow(place, line, span, label, groups.arms, tuple(numbers), start, sure, caption)


def _apart(first: Read, groups: Groups, reads: Sequence[Read]) -> str:
    """What tells a line from others of the same name: numbers under heads of their own before those of the arms."""
    if groups.in_rows:
        return ""
    before = [
        r for r in reads
        if r.line.row == first.line.row and r.arm is None and r.kind is Kind.NOTHING and r.column
        and r.figures.shape is Shape.ONE and r.cell.column < first.cell.column
    ]  # fmt: skip
    return ", ".join(f"{bare(r.column[-1])} {r.cell.text}" for r in before[:2])


def _placed(effect: Effect, table: Table, read: Read) -> Effect:
    selector = TableSelector(table.id, table.label, tuple(h.text for h in read.line.path), read.column)
    return replace(effect, table=selector, timepoint=read.when)


def _sizes(first: Read, groups: Groups, reads: Sequence[Read]) -> dict[int, int]:
    """Sizes of arms in columns of their own, of the same line or arm."""
    found: dict[int, int] = {}
    for read in reads:
        one = read.figures.numbers[0]
        if read.kind is Kind.SIZE and read.arm is not None and read.figures.shape is Shape.ONE and one.is_whole:
            same = groups.in_rows or read.line.row == first.line.row
            if same and read.outcome == first.outcome[: len(read.outcome)]:
                found[read.arm] = int(one.value)
    return found


def _effects(
    known: Known, cells: Sequence[Read], told_of: Mapping[Place, Told], size: int | None
) -> tuple[list[tuple[Effect, Read]], bool]:
    """The numbers of one arm, those of cells side by side that belong together as one; and whether the table tells."""
    text = known.article.text
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
        start, end = _printed(read, text)[0], _printed(last, text)[1]
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


def _agreeing(group: Sequence[Read], sizes: Mapping[int, int]) -> dict[Place, Told] | None:
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


def _printed(read: Read, text: str) -> tuple[int, int]:
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


def _comparing(
    known: Known, table: Table, groups: Groups, group: Sequence[Read], reads: Sequence[Read]
) -> list[Number]:
    """P values and contrasts of the same result."""
    first, rows = group[0], {r.line.row for r in group}
    out: list[Number] = []
    for read in reads:
        if read.kind not in (Kind.P_VALUE, Kind.CONTRAST) or not _of_result(read, first, rows, groups, reads):
            continue
        effect = _comparison(known, read)
        if effect is not None:
            pair = read.pair[:2] if len(read.pair) == 2 else None
            out.append(Number(_placed(effect, table, read), None, (pair[0], pair[1]) if pair else None))
    return out


def _of_result(read: Read, first: Read, rows: set[int], groups: Groups, reads: Sequence[Read]) -> bool:
    """True for a comparison of the result that ``first`` is a number of."""
    if groups.in_rows:
        covered = set(range(read.cell.row, read.cell.row + read.cell.rows))
        near = rows & covered and (len(rows & covered) == len(rows) or len(groups.arms) == 2)
        below = read.line.row == max(rows) + 1 and read.line.path[-1].role is Role.P_VALUE
        return bool(near or below) and _same(read, first)
    if read.line.row not in rows:
        return False
    others = {_time(r) for r in reads if r.line.row in rows and r.kind is Kind.ARM}
    if len(others) > 1 and _time(read) != _time(first):
        return False
    return _columns_agree(read, first)


def _time(read: Read) -> object:
    return read.time.text.casefold() if read.time else None


def _same(read: Read, first: Read) -> bool:
    return _columns_agree(read, first) and (_time(read) in (None, _time(first)))


def _columns_agree(read: Read, first: Read) -> bool:
    """True where the heads of a comparison name no other outcome than those of the arms."""
    own = {h.text for h in first.outcome}
    return all(h.text in own or h.role is Role.CONTRAST for h in read.outcome)


def _comparison(known: Known, read: Read) -> Effect | None:
    text = known.article.text
    figures = read.figures
    start, end = _printed(read, text)
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


def _outcome(known: Known, table: Table, read: Read, groups_in_rows: bool) -> tuple[Span, str | None] | None:
    """The words that name what a cell measures, and the whole name; from the caption where the heads do not tell."""
    named = [h for h in read.outcome if re.search(r"[^\W\d_]", bare(h.text))]
    in_row = [h for h in named if h in read.line.path]
    if named:
        text = known.article.text
        span = outcome_span((in_row or named)[-1], text, UNIT)
        whole = ": ".join(dict.fromkeys(outcome_span(h, text, UNIT).of(text).strip(" :") for h in read.outcome))
        return span, None if whole == span.of(text) else whole
    if groups_in_rows and (corner := _corner(table)) is not None:
        return corner, None
    if table.caption is None:
        return None
    return _of_caption(known, table.caption)


def _corner(table: Table) -> Span | None:
    """What heads the names of the arms, where that is an outcome: "CGI-S" above "Placebo" and "Zelotrexin"."""
    cell = table.at(0, 0)
    if cell is None or cell.span is None or _HEADS_ARMS.search(cell.text) or role_of(cell.text) is not Role.NAME:
        return None
    return cell.span


def _of_caption(known: Known, caption: Span) -> tuple[Span, str | None] | None:
    """What the caption is about: "Comparison of pain scores between groups" names pain scores."""
    words = caption.of(known.article.text)
    words = re.split(r"[.;:](?:\s|$)", words, maxsplit=1)[0]
    lead = _LEADS.match(words)
    start = lead.end() if lead else 0
    tail = _TAIL.search(words, start)
    end = tail.start() if tail and tail.start() > start else len(words)
    kept = words[start:end].rstrip(" ,.;:")
    if not 3 <= len(kept) <= MAX_CAPTION:
        return None
    return Span(caption.start + start, caption.start + start + len(kept)), None
