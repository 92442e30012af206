"""What an article asserts: mentions, effects, claims. Plain immutable values; closed sets are in ``claim_sets``."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.article import Span
from ingest.claim_sets import (
    Arm,
    Assertion,
    Basis,
    ClaimKind,
    Direction,
    Favours,
    Grade,
    IntervalKind,
    Measure,
    Significance,
    Status,
    ValueState,
)

__all__ = [
    "Arm",
    "Assertion",
    "Basis",
    "Check",
    "Claim",
    "ClaimKind",
    "Direction",
    "Effect",
    "Favours",
    "Grade",
    "Interval",
    "IntervalKind",
    "Measure",
    "Mention",
    "PValue",
    "Quote",
    "Significance",
    "Status",
    "Study",
    "StudyArm",
    "TableSelector",
    "ValueState",
]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words in the text and the concept they name.

    ``span`` is None only where the words stand elsewhere than the claim's passage and their place is not recorded;
    ``label`` is the completed phrase of an elided mention or the concept's name; ``concept`` is an IRI. None: unknown.
    ``concepts`` are all concepts the words name (a combination names several), the best first.
    """

    text: str
    span: Span | None = None
    label: str | None = None
    concept: str | None = None
    concepts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a mention needs words")
        if self.span is not None and len(self.span) != len(self.text):
            raise ValueError(f"mention {self.text!r} is not as long as its range {self.span}")


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds as printed. ``level`` in percent; a bound is None where it is not reached; never both None."""

    kind: IntervalKind
    low: float | None
    high: float | None
    level: float | None = None

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("an interval needs a bound")


@dataclass(frozen=True, slots=True)
class PValue:
    """A p value with its operator, one of ``= < > <= >=``; ``value`` between 0 and 1."""

    operator: str
    value: float

    def __post_init__(self) -> None:
        if self.operator not in ("=", "<", ">", "<=", ">="):
            raise ValueError(f"unknown operator {self.operator!r}")
        if not 0 <= self.value <= 1:
            raise ValueError(f"a p value lies between 0 and 1, got {self.value}")


@dataclass(frozen=True, slots=True)
class TableSelector:
    """A place in a table by what its heads say: ``id`` and ``label`` as in ``tabular.Table``.

    ``row`` and ``column`` are header paths from the outermost head to the innermost. Empty: not bound to one column
    (a claim's whole row), or a place without heads.
    """

    id: str
    label: str | None = None
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As a reader is told where to look.

        >>> str(TableSelector("t2", "Table 2", ("Infections", "Grade 3"), ("Placebo",)))
        'Table 2: Infections › Grade 3 / Placebo'
        """
        place = " / ".join(" › ".join(path) for path in (self.row, self.column) if path)
        return f"{self.label or self.id}: {place}" if place else self.label or self.id


@dataclass(frozen=True, slots=True)
class Effect:
    """One reported number: measure, arm, value, unit, interval, p.

    ``text`` is what stands at ``span``; every number but ``total`` is printed there. ``unit`` is UCUM where there is
    one (``%``, ``mo``, ``a``). ``timepoint`` is verbatim. ``table`` is where in a table the number stands, None in
    running text. None means that the article does not say.
    """

    measure: Measure
    arm: Arm
    text: str
    span: Span
    value: float | None = None
    value_state: ValueState = ValueState.REPORTED
    unit: str | None = None
    events: int | None = None
    total: int | None = None
    standard_deviation: float | None = None
    standard_error: float | None = None
    change_from_baseline: bool = False
    interval: Interval | None = None
    p: PValue | None = None
    timepoint: str | None = None
    table: TableSelector | None = None

    def __post_init__(self) -> None:
        if len(self.span) != len(self.text):
            raise ValueError(f"effect {self.text!r} is not as long as its range {self.span}")


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim passage with its place, and the words around it so that it can be found again.

    ``table`` names the row where the passage is one of a table.
    """

    exact: str
    span: Span
    prefix: str = ""
    suffix: str = ""
    section: str | None = None
    table: TableSelector | None = None

    def __post_init__(self) -> None:
        if len(self.span) != len(self.exact):
            raise ValueError("a quote is as long as its range")


@dataclass(frozen=True, slots=True)
class Check:
    """What recomputing one rule from the printed numbers found. Never changes a number."""

    rule: str
    grade: Grade
    message: str = ""


@dataclass(frozen=True, slots=True)
class StudyArm:
    """An arm as the article names it; ``size`` None where it gives none."""

    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Study:
    """What the article says of its study; None wherever it says nothing. ``follow_up`` is verbatim."""

    id: str | None = None
    name: str | None = None
    registration: str | None = None
    design: str | None = None
    phase: str | None = None
    enrolled: int | None = None
    randomised: int | None = None
    arms: tuple[StudyArm, ...] = ()
    follow_up: str | None = None
    primary_endpoint_met: bool | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One result that an article asserts, with the words that show it. See the claim schema for every field.

    ``article`` and ``text_sha256`` name the article and the version of its text that all offsets refer to. ``id`` and
    ``content_key`` come from ``ingest.identity``; no decision changes them. ``revision`` counts decisions.
    """

    id: str
    content_key: str
    article: str
    text_sha256: str
    outcome: Mention
    quote: Quote
    intervention: Mention | None = None
    comparator: Mention | None = None
    population: Mention | None = None
    effects: tuple[Effect, ...] = ()
    outcome_favours: Favours | None = None
    direction: Direction | None = None
    direction_basis: Basis | None = None
    significance: Significance | None = None
    significance_basis: Basis | None = None
    assertion: Assertion = Assertion.STATED
    kind: ClaimKind = ClaimKind.OWN_RESULT
    restatements: tuple[Quote, ...] = ()
    checks: tuple[Check, ...] = ()
    status: Status = Status.UNREVIEWED
    confidence: float = 0.5
    revision: int = 0
    study: Study | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence lies between 0 and 1, got {self.confidence}")
        if self.revision < 0:
            raise ValueError(f"a revision is never negative, got {self.revision}")
