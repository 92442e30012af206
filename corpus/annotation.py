"""Gold: what the annotators wrote down, as values. The rules are in ``ANNOTATION.md`` beside this file."""

from __future__ import annotations

from dataclasses import dataclass, fields

from ingest.claim import Arm, Assertion, ClaimKind, Direction, IntervalKind, Measure, Significance, ValueState


@dataclass(frozen=True, slots=True)
class GoldMention:
    """Words of the article that fill a slot, and other wordings that name the same.

    ``implied`` marks the population of the whole study, which a claim may leave unsaid.
    """

    text: str
    also: tuple[str, ...] = ()
    implied: bool = False


@dataclass(frozen=True, slots=True)
class GoldEffect:
    """One printed result of one arm or of their contrast. Percent is written as printed (``unit`` "%"), and so are
    ``value``, ``low`` and ``high``; ``level`` is in percent; None: not printed."""

    measure: Measure
    arm: Arm
    value: float | None = None
    unit: str | None = None
    events: int | None = None
    total: int | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    interval_kind: IntervalKind | None = None
    p_operator: str | None = None
    p_value: float | None = None
    standard_deviation: float | None = None
    timepoint: str | None = None
    value_state: ValueState = ValueState.REPORTED

    def numbers(self) -> frozenset[float]:
        """What a reader has to find in the passage: value, events, deviation and bounds, not the total and not p."""
        given = (self.value, self.events, self.standard_deviation, self.low, self.high)
        return frozenset(float(number) for number in given if number is not None)


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """What a careful reader would put into an evidence table. ``comparator`` None: the text names none;
    ``population`` None: not annotated; ``optional``: finding it counts neither for nor against a reader."""

    id: str
    optional: bool
    intervention: GoldMention | None
    comparator: GoldMention | None
    outcome: GoldMention
    population: GoldMention | None
    effects: tuple[GoldEffect, ...]
    direction: Direction | None
    significance: Significance | None
    assertion: Assertion
    kind: ClaimKind
    quote: str

    def mentions(self) -> dict[str, GoldMention]:
        """The filled slots by name, in the order of the schema."""
        slots = ("intervention", "comparator", "outcome", "population")
        return {slot: value for slot in slots if (value := getattr(self, slot)) is not None}


@dataclass(frozen=True, slots=True)
class GoldStudy:
    """What the article says of its study; None where it does not say. ``follow_up`` is verbatim."""

    name: str | None = None
    phase: str | None = None
    enrolled: int | None = None
    randomised: int | None = None
    registration: str | None = None
    follow_up: str | None = None

    def facts(self) -> dict[str, str | int]:
        """The facts that the article gives, by name."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}


@dataclass(frozen=True, slots=True)
class GoldDoc:
    """An article's file name, its text as stored (front matter included) and its gold claims."""

    article: str
    text: str
    study: GoldStudy
    claims: tuple[GoldClaim, ...]
