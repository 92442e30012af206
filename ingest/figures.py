"""What a number in running text is: a value, an interval, a p value, a time point, or none of a result's business."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.article import Span
from ingest.claim import Interval, Measure, PValue


class FigureKind(StrEnum):
    """The part a printed number plays."""

    VALUE = "value"
    INTERVAL = "interval"
    P = "p"
    TIMEPOINT = "time point"
    FOLLOW_UP = "follow-up"
    SIZE = "size"
    NOT_REACHED = "not reached"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number, or a group that belongs together such as ``17/78 (21.8%)``, with its range.

    ``measure`` None: the words around it have to say. ``rule`` names the pattern that read it. ``times`` are the
    ranges of the time points inside a TIMEPOINT that lists several.
    """

    kind: FigureKind
    span: Span
    rule: str
    measure: Measure | None = None
    value: float | None = None
    unit: str | None = None
    events: int | None = None
    total: int | None = None
    standard_deviation: float | None = None
    standard_error: float | None = None
    change_from_baseline: bool = False
    interval: Interval | None = None
    p: PValue | None = None
    times: tuple[Span, ...] = ()
