"""A reviewer's question to one article, and its answer: numbers with their places, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.article import Span


class OutcomeType(StrEnum):
    """Whether an outcome happens to people or is measured in them."""

    BINARY = "binary"
    CONTINUOUS = "continuous"


class Side(StrEnum):
    """Whose number it is; the names of fields begin with it."""

    INTERVENTION = "intervention"
    COMPARATOR = "comparator"


class Statistic(StrEnum):
    """What the number is; the names of fields end with it."""

    EVENTS = "events"
    GROUP_SIZE = "group_size"
    MEAN = "mean"
    STANDARD_DEVIATION = "standard_deviation"


OF_TYPE = {
    OutcomeType.BINARY: (Statistic.EVENTS, Statistic.GROUP_SIZE),
    OutcomeType.CONTINUOUS: (Statistic.MEAN, Statistic.STANDARD_DEVIATION, Statistic.GROUP_SIZE),
}
"""The fields of each type of outcome, in the contract's order."""


class DirectionLabel(StrEnum):
    """What happened to the outcome under the intervention against the comparator."""

    INCREASED = "significantly increased"
    DECREASED = "significantly decreased"
    NO_DIFFERENCE = "no significant difference"


@dataclass(frozen=True, slots=True)
class Question:
    """One row to fill. ``outcome_type`` None: to be told from what the article gives."""

    id: str
    intervention: str
    comparator: str
    outcome: str
    outcome_type: OutcomeType | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """One found number: the side and statistic it fills, its value, and where the article prints it.

    ``claim`` is the id of a claim that holds it, None where none does. ``derived`` numbers are not printed: ``note``
    says how they were computed, and ``span`` is what they were computed from.
    """

    side: Side
    statistic: Statistic
    value: float
    span: Span
    claim: str | None = None
    derived: bool = False
    note: str | None = None

    @property
    def field(self) -> str:
        """The name of the field in the contract."""
        return f"{self.side}_{self.statistic}"


@dataclass(frozen=True, slots=True)
class Direction:
    """The direction with the passage that shows it, and the claim where there is one."""

    label: DirectionLabel
    span: Span
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the article answers; an empty tuple or None where it gives nothing that is sure."""

    question: Question
    outcome_type: OutcomeType | None = None
    numbers: tuple[Number, ...] = ()
    direction: Direction | None = None
