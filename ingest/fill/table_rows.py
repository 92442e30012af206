"""The rows of an article's tables as a question sees them: the cells of its two arms for one outcome at one time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.article import Span
from ingest.fill.match import match_arms
from ingest.fill.model import Question, Side
from ingest.fill.table_letters import Letter, letters_of
from ingest.fill.table_times import how_late, names_later, only_before
from ingest.tables.arm_numbers import agreeing_cells
from ingest.tables.cell_reading import AT_START, Kind, Read, read_cells
from ingest.tables.cells import Shape
from ingest.tables.grid import Grid, Heading
from ingest.tables.groups import Groups, key_of_head
from ingest.tables.kinds import is_baseline
from ingest.tables.layout import Told
from ingest.tables.marks import Role, bare, size_in
from ingest.tables.result_rows import ArmHead
from ingest.tables.row_comparisons import time_of
from ingest.tabular import Table

_NAMES = (Role.NAME, Role.OVERALL)
SIDES = (Side.INTERVENTION, Side.COMPARATOR)


@dataclass(frozen=True, slots=True)
class ArmCell:
    """A cell with what its numbers are, and the size of its group in a column or row of sizes."""

    read: Read
    told: Told


@dataclass(frozen=True)
class TableRow:
    """One outcome at one time: the cells of each side. ``words`` name the outcome, ``caption`` is the table's.

    ``late`` orders the times of a table: days where the heads say so, else their order; -1 is before treatment.
    ``sizes`` are cells that count the group at this row, ``of_caption`` sizes that the caption gives. ``named`` where
    the heads name an outcome, and not only times and statistics; ``overall`` where one says that it is of all people.
    """

    table: Table
    words: str
    caption: str
    cells: Mapping[Side, tuple[ArmCell, ...]]
    sizes: Mapping[Side, Read]
    heads: Mapping[Side, Heading]
    of_caption: Mapping[Side, tuple[float, Span]]
    late: float
    change: bool
    named: bool
    overall: bool
    grid: Grid

    @property
    def line(self) -> int:
        """The table's row in which the intervention's first number stands."""
        return self.cells[Side.INTERVENTION][0].read.line.row


def table_rows(question: Question, grid: Grid, short_forms: Mapping[str, str]) -> Iterator[TableRow]:
    """The rows of a table that have cells of both arms that ``question`` names; none where they are not found.

    ``grid`` is the table's frame. Tables that describe people before treatment have no results.
    """
    table, text = grid.table, grid.text
    caption = table.caption.of(text) if table.caption else ""
    notes = " ".join(n.of(text) for n in table.notes)
    letters = letters_of(table.caption, text)
    found = _groups(question, grid, short_forms, letters)
    if found is None:
        return
    groups, heads = found
    if only_before(caption) or (is_baseline(caption, grid) and not names_later(caption)):
        return
    reads = read_cells(grid, groups, caption, notes)
    for number, group in enumerate(_grouped(reads)):
        if {r.arm for r in group} != {0, 1}:
            continue
        for part in _parts(group):
            sizes = _sizes(part, reads)
            told = agreeing_cells(part, {a: int(r.figures.numbers[0].value) for a, r in sizes.items()})
            if told is None:
                continue
            yield TableRow(
                table,
                _words(part[0], groups),
                caption,
                {
                    side: tuple(ArmCell(r, told[r.cell.row, r.cell.column]) for r in part if r.arm == place)
                    for place, side in enumerate(SIDES)
                },
                {side: sizes[place] for place, side in enumerate(SIDES) if place in sizes},
                {side: heads[place] for place, side in enumerate(SIDES)},
                {
                    side: letter.size
                    for place, side in enumerate(SIDES)
                    if (letter := letters.get(bare(heads[place].text))) is not None and letter.size is not None
                },
                how_late(part[0], number),
                any(r.change for r in part),
                any(h.role is Role.NAME for h in part[0].outcome),
                any(h.role is Role.OVERALL for h in part[0].outcome),
                grid,
            )


def _groups(
    question: Question, grid: Grid, short_forms: Mapping[str, str], letters: Mapping[str, Letter]
) -> tuple[Groups, tuple[Heading, ...]] | None:
    """The two asked arms among the heads of the columns, else among those of the rows; None where both are not."""
    columns: dict[int, dict[str, Heading]] = {}
    rows: dict[tuple[int, int], dict[str, Heading]] = {}
    for line in grid.lines:
        for heading in line.path:
            if heading.role in _NAMES:
                rows.setdefault(heading.key, {}).setdefault(key_of_head(heading), heading)
        for cell in grid.cells(line):
            for heading in grid.heads(line, cell.column):
                if heading.role in _NAMES or (heading.role is Role.TIME and _is_time(question)):
                    columns.setdefault(heading.key[0], {}).setdefault(key_of_head(heading), heading)
    for in_rows, levels in ((False, list(columns.values())), (True, list(rows.values()))):
        for heads in levels:
            listed = list(heads.values())
            names = [letters[n].long if (n := bare(h.text)) in letters else n for h in listed]
            one, two = match_arms(
                question.intervention, question.comparator, names, short_forms, by_elimination=not in_rows
            )
            if one is None or two is None or one == two:
                continue
            arms = tuple(_arm(listed[i]) for i in (one, two))
            of = {key_of_head(listed[one]): 0, key_of_head(listed[two]): 1}
            return Groups(arms, of, in_rows, 1.0), (listed[one], listed[two])
    return None


def _is_time(question: Question) -> bool:
    """True where the question compares people with themselves at two times."""
    return bool(AT_START.search(question.comparator) or AT_START.search(question.intervention))


def _arm(heading: Heading) -> ArmHead:
    size = size_in(heading.text)
    return ArmHead(heading.span, bare(heading.text), None if size is None else size[0])


def _key(read: Read) -> tuple[object, ...]:
    return tuple(key_of_head(h) for h in read.outcome), time_of(read)


def _grouped(reads: Sequence[Read]) -> Iterator[list[Read]]:
    found: dict[tuple[object, ...], list[Read]] = {}
    for read in reads:
        if read.kind is Kind.ARM and read.arm is not None:
            found.setdefault(_key(read), []).append(read)
    yield from found.values()


def _parts(group: Sequence[Read]) -> Iterator[list[Read]]:
    """Lines of one name apart, unless each has one number of a kind that the others have not ("SD" below "Mean")."""
    lines: dict[int, list[Read]] = {}
    for read in group:
        lines.setdefault(read.line.row, []).append(read)
    singles = all(len(r.figures.numbers) == 1 for r in group)
    arms_apart = any({r.arm for r in reads} != {0, 1} for reads in lines.values())
    if arms_apart or (singles and len(lines) <= 3):
        yield list(group)
        return
    yield from lines.values()


def _sizes(group: Sequence[Read], reads: Sequence[Read]) -> dict[int, Read]:
    """Cells of sizes of the lines that the numbers stand in, by arm."""
    rows = {r.line.row for r in group}
    first = group[0]
    when = time_of(first)
    out: dict[int, Read] = {}
    for read in reads:
        one = read.figures.numbers[0]
        fits = read.kind is Kind.SIZE and read.arm in (0, 1) and read.line.row in rows
        whole = read.figures.shape is Shape.ONE and one.is_whole and one.value >= 1
        if fits and whole and read.arm is not None and time_of(read) in (None, when):
            out.setdefault(read.arm, read)
    return out


def _words(read: Read, groups: Groups) -> str:
    """What the heads of a row say of its outcome and time, without its arms."""
    both = (*read.line.path, *read.outcome)
    heads = [h for h in both if h.role not in (Role.P_VALUE, Role.TEST) and not groups.named_by(h)]
    words = dict.fromkeys(h.text for h in heads if h in read.outcome or h.role is not Role.STATISTIC)
    when = [read.time.text] if read.time else []
    return " ".join(dict.fromkeys((*words, *when)))
