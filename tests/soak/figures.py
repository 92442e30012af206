"""What a stage measured and what it found wrong, as lines for people."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Report:
    """Figures of one stage, by name, and its faults."""

    stage: str
    figures: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def expect(self, holds: bool, fault: str) -> None:
        """Keep ``fault`` unless it ``holds``."""
        if not holds:
            self.faults.append(fault)

    def lines(self) -> list[str]:
        """The report, the stage first."""
        verdict = "FAILED" if self.faults else "ok"
        told = [f"{self.stage}: {verdict}", *(f"  {name}: {value}" for name, value in self.figures.items())]
        return told + [f"  fault: {fault}" for fault in self.faults]


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that ``percent`` of the values do not exceed; NaN of none.

    >>> percentile([3.0, 1.0, 2.0], 50), percentile([3.0, 1.0, 2.0], 100)
    (2.0, 3.0)
    """
    ordered = sorted(values)
    if not ordered:
        return float("nan")
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def latencies(seconds: Sequence[float]) -> str:
    """Median, 95th and 99th percentile and the largest, in milliseconds."""
    points = (percentile(seconds, p) * 1000 for p in (50, 95, 99, 100))
    return "p50 {:.1f}, p95 {:.1f}, p99 {:.1f}, max {:.1f} ms".format(*points)
