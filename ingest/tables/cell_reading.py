"""Each cell of a table with what its heads say of it: the arm, the outcome, the time, what its numbers are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.article import Span
from ingest.figure_units import LAB
from ingest.tables.cells import Figures
from ingest.tables.grid import Grid, Heading, Line
from ingest.tables.groups import Groups, arms_named
from ingest.tables.layout import Layout, Stat, layouts_in
from ingest.tables.marks import TIME, Role, bare, role_of, size_in
from ingest.tabular import Cell

CHANGE = re.compile(
    r"(?<!\bno\s)\bchanges?\b|Δ|\bdelta\b|\breductions?\s+(?:from|in)\b|\bimprovements?\s+(?:from|in)\b|\bgains?\b",
    re.I,
)
_WITHIN = re.compile(
    r"\bwithin\b|\bpre\b.*\bpost\b|\bbefore\b.*\bafter\b|\bbase-?line\s+(?:vs|and|to)|\btrend\b|\binteraction\b|\btime\b",
    re.I,
)


UNIT = re.compile(rf"[(\[,]\s*(?P<unit>{LAB}|days?|weeks?|months?|years?|hours?|minutes?|min|h|s)\s*[)\]]?[\s*†‡§]*$")
"""The unit that a head gives at its end."""
_NO_NAMES = (Role.STATISTIC, Role.TIME, Role.SIZE, Role.P_VALUE, Role.NOTHING)
_GENERAL = re.compile(
    r"(?:study\s+|treatment\s+)?(?:groups?|arms?|treatments?|interventions?|allocation|randomi[sz]ation)", re.I
)


_FROM_BASELINE = re.compile(
    r"\b(?:changes?|differences?|reductions?|improvements?)\b[^.;]{0,40}\bfrom\s+(?:the\s+)?base-?line", re.I
)
_SAYS = re.compile(
    r"\b(?:values|data|results|numbers|figures|variables)\b[^.;]{0,30}\b(?:are|is|were|as|represents?|expressed|presented|shown"
    r"|given|reported)\b", re.I
)  # fmt: skip
"""Notes that tell what all numbers of the table are."""
AT_START = re.compile(
    r"^\W*(?:at\s+)?(?:base-?line|before|pre-?(?:test|treatment|intervention|operative(?:ly)?|op|procedure)?|initial(?:ly)?"
    r"|admission|entry|T0)\b", re.I
)  # fmt: skip
"""A time before anything was done."""
_COUNTS = re.compile(
    r"\b(?:adverse|complications?|side\s+effects?|toxicit\w+|events?|incidence|numbers?|frequenc\w+|characteristics?"
    r"|demographic\w*|deaths?|reactions?|classification)\b", re.I
)  # fmt: skip
LONG_TIME = 30
"""Code points of a head that is taken as a time as it stands."""


class Kind(StrEnum):
    """What the numbers of a cell are about."""

    ARM = "arm"
    P_VALUE = "p value"
    CONTRAST = "contrast"
    SIZE = "size"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Read:
    """A cell of numbers. ``outcome`` are the heads that name what was measured, from the broadest; ``time`` the
    innermost head that says when. ``declared`` are layouts, the nearest first; ``heads`` all words above and beside.
    """

    cell: Cell
    line: Line
    figures: Figures
    kind: Kind
    arm: int | None
    pair: tuple[int, ...]
    outcome: tuple[Heading, ...]
    time: Heading | None
    change: bool
    size: int | None
    declared: tuple[tuple[Layout, ...], ...]
    heads: str
    column: tuple[str, ...]
    counts: bool = False
    """True where the caption says that the table counts people."""

    @property
    def when(self) -> str | None:
        """The time as its head prints it, of a long head only the words that say when; None where none does."""
        if self.time is None or len(self.time.text) <= LONG_TIME:
            return None if self.time is None else self.time.text
        found = [m[0] for m in TIME.finditer(self.time.text)]
        later = next((t for t in reversed(found) if "baseline" not in t.casefold()), None)
        return later or (None if self.change else self.time.text)


def read_cells(grid: Grid, groups: Groups, caption: str, notes: str) -> list[Read]:
    """Every cell of numbers, line by line. "n" beside a share of the same arm counts events, elsewhere the group."""
    reads = list(_cells(grid, groups, caption, notes))
    shares = {(r.line.row, r.arm, r.column[:-1]) for r in reads if r.kind is Kind.ARM and _is_share(r)}
    return [
        replace(r, kind=Kind.ARM, declared=((Layout(Stat.COUNT),),))
        if r.kind is Kind.SIZE and r.arm is not None and (r.line.row, r.arm, r.column[:-1]) in shares
        else r
        for r in reads
    ]


def _is_share(read: Read) -> bool:
    """True where the cell's own heads call it a percentage."""
    if not read.column or role_of(read.column[-1]) is not Role.STATISTIC:
        return False
    own = layouts_in(read.column[-1])
    return any(layout.first is Stat.PERCENT for layout in own) and not any(layout.first is Stat.MEAN for layout in own)


def _cells(grid: Grid, groups: Groups, caption: str, notes: str) -> Iterator[Read]:
    parts = re.split(r"[.;]\s", notes)
    said = tuple(x for part in parts for x in layouts_in(part) if x.second is not None or _SAYS.search(part))
    general = (*((layouts_in(words),) if (words := _corner(grid)) else ()), layouts_in(caption), said)
    for line in grid.lines:
        for cell in grid.cells(line):
            figures = grid.figures.get((cell.row, cell.column))
            if figures is not None and cell.row == line.row:
                yield _read(grid, groups, line, cell, figures, general, caption)


def _changes(caption: str, times: Sequence[Heading]) -> bool:
    """True where the caption calls the numbers changes; "changes" over columns of times are those of levels."""
    if _FROM_BASELINE.search(caption):
        return not any(AT_START.search(h.text) for h in times)
    return CHANGE.search(caption) is not None and not times


def _corner(grid: Grid) -> str:
    """What heads the stub: "Adverse event, n (%)"."""
    cells = dict.fromkeys(c for r in range(grid.head) for k in range(grid.stub) if (c := grid.table.at(r, k)))
    return " ".join(c.text for c in cells)


def _read(
    grid: Grid,
    groups: Groups,
    line: Line,
    cell: Cell,
    figures: Figures,
    general: Sequence[tuple[Layout, ...]],
    caption: str,
) -> Read:
    above = grid.heads(line, cell.column)
    if cell.columns > 1:  # what heads only some of the columns that it covers heads nothing
        others = [grid.heads(line, k) for k in range(cell.column + 1, cell.column + cell.columns)]
        above = tuple(h for h in above if all(h in other for other in others))
    both = (*line.path, *above)
    words = " ".join(h.text for h in both)
    arm = groups.place(line.path if groups.in_rows else above)
    kind, pair = _kind(groups, line, above, arm)
    beside = [h for h in line.path if h.role not in _NO_NAMES]
    over = [h for h in above if h.role in (Role.NAME, Role.OVERALL) and not _GENERAL.fullmatch(bare(h.text))]
    arms = beside if groups.in_rows else over
    names = [h for h in (*beside, *over) if not (h in arms and groups.named_by(h))]
    times = [h for h in both if h.role is Role.TIME]
    nearest = [layouts_in(h.text) for h in (*reversed(above), *reversed(line.path))]
    size = grid.size(line, cell.column)
    if groups.in_rows and arm is not None:
        size = None
    held = None if size is None else size.value
    if arm is not None and held is None:
        held = groups.arms[arm].size
    return Read(
        cell,
        line,
        figures,
        kind,
        arm,
        pair,
        tuple(dict.fromkeys(names)),
        times[-1] if times else None,
        CHANGE.search(words) is not None or _changes(caption, times),
        held,
        _fitting([*nearest, *general], any(UNIT.search(bare(h.text)) for h in both)),
        words,
        tuple(h.text for h in above),
        _COUNTS.search(caption) is not None,
    )


def _fitting(declared: Sequence[tuple[Layout, ...]], measured: bool) -> tuple[tuple[Layout, ...], ...]:
    """What heads, caption and notes declare; a number with a unit of its own is no share or number of people."""
    counts = (Layout(Stat.COUNT), Layout(Stat.PERCENT))
    kept = (tuple(x for x in some if not (measured and x in counts)) for some in declared)
    return tuple(some for some in kept if some)


def _kind(groups: Groups, line: Line, above: Sequence[Heading], arm: int | None) -> tuple[Kind, tuple[int, ...]]:
    """What a cell is about, and the arms that the heads of a comparison name."""
    roles = [h.role for h in above]
    own = line.path[-1].role if line.path else Role.NOTHING
    words = " ".join(h.text for h in above)
    named = arms_named(groups, words) if not groups.in_rows else ()
    if Role.P_VALUE in roles or own is Role.P_VALUE:
        told = _WITHIN.search(words) is not None or (arm is not None and own is not Role.P_VALUE and not groups.in_rows)
        return (Kind.NOTHING if told else Kind.P_VALUE), named if len(named) == 2 else ()
    if Role.TEST in roles or (Role.OVERALL in roles and arm is None) or own is Role.TEST:
        return Kind.NOTHING, ()
    if Role.CONTRAST in roles:
        told = _WITHIN.search(words) is not None or (arm is not None and len(named) < 2)
        return (Kind.NOTHING if told else Kind.CONTRAST), named if len(named) == 2 else ()
    if any(h.role is Role.SIZE and size_in(h.text) is None for h in above[-1:]) or own is Role.SIZE:
        return Kind.SIZE, ()
    return (Kind.ARM if arm is not None else Kind.NOTHING), ()


def span_of(reads: Sequence[Read]) -> Span:
    """From the first cell to the last."""
    spans = [r.cell.span for r in reads if r.cell.span is not None]
    return Span(min(s.start for s in spans), max(s.end for s in spans))
