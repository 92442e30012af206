"""What was measured, beside what must be and what is aimed at, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field

from tests.soak.figures import percentile


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. ``must`` and ``aim`` are bounds in the same unit, None where there is no target.

    ``more`` is True where a larger value is better. ``note`` says what else one should know of it.
    """

    measure: str
    claims: int
    value: float
    unit: str
    must: float | None = None
    aim: float | None = None
    more: bool = False
    note: str = ""

    @property
    def verdict(self) -> str:
        """``aim`` or ``must`` where that is reached, ``MISS`` where not even ``must`` is; empty without a target."""
        for name, bound in (("aim", self.aim), ("must", self.must)):
            if bound is not None and (self.value >= bound if self.more else self.value <= bound):
                return name
        return "" if self.must is None and self.aim is None else "MISS"


@dataclass
class Times:
    """Seconds of one thing done again and again, by the clock and of the processor."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    stopped: int = 0

    def add(self, wall: float, cpu: float) -> None:
        """One more."""
        self.wall.append(wall)
        self.cpu.append(cpu)

    def stop(self, after: float) -> None:
        """One that was stopped, and counts as if it had ended then."""
        self.add(after, after)
        self.stopped += 1

    def ms(self, percent: float) -> float:
        """A percentile by the clock, in milliseconds."""
        return 1000 * percentile(self.wall, percent)

    def told(self) -> str:
        """Everything of interest, for people."""
        cut = f", {self.stopped} stopped" if self.stopped else ""
        cpu = f"cpu p50 {1000 * percentile(self.cpu, 50):.3g} p99 {1000 * percentile(self.cpu, 99):.3g}"
        return f"p50 {self.ms(50):.3g} p99 {self.ms(99):.3g} max {self.ms(100):.3g} ms, {cpu}; n={len(self.wall)}{cut}"


def table(figures: Iterable[Figure]) -> str:
    """The figures as lines for people."""
    rows = [("measure", "claims", "value", "must", "aim", "", "note")]
    rows += [
        (f.measure, f"{f.claims:,}", f"{_short(f.value)} {f.unit}", _bound(f.must), _bound(f.aim), f.verdict, f.note)
        for f in figures
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
    return "  ".join([*cells, row[-1]]).rstrip()


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _bound(value: float | None) -> str:
    return "" if value is None else _short(value)


def markdown(figures: Iterable[Figure]) -> str:
    """The figures as a table for the documentation: a row for a measure, a column for a size."""
    every = list(figures)
    sizes = sorted({f.claims for f in every})
    lines = [f"| measure | {' | '.join(f'{size:,} claims' for size in sizes)} | must | aim |"]
    lines.append("|---" * (len(sizes) + 3) + "|")
    for measure in dict.fromkeys(f.measure for f in every):
        held = {f.claims: f for f in every if f.measure == measure}
        cells = [f"{_short(held[s].value)} {held[s].unit}".strip() if s in held else "" for s in sizes]
        bounds = next((f for f in held.values() if f.verdict), held[next(iter(held))])
        lines.append(f"| {measure} | {' | '.join(cells)} | {_bound(bounds.must)} | {_bound(bounds.aim)} |")
    return "\n".join(lines)


def as_json(figures: Iterable[Figure]) -> list[dict[str, object]]:
    """The figures with their verdicts."""
    return [{**asdict(f), "verdict": f.verdict} for f in figures]
