"""What every claim conforms to before it is stored, as a pydantic model: the twin of shapes.ttl, for every write.

The values of a claim are plain dataclasses, which check little. Here types, closed sets and ranges are checked at once,
in some microseconds; a claim that passes gives quads that conform to the shapes.

Numbers that an article misprints are kept as printed: an interval from high to low, more events than participants.
They are only stored with a check of the claim that says so.
"""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from ingest.claim import (
    Arm,
    Assertion,
    Basis,
    Claim,
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
from ingest.identity import CLAIM_BASE

FLAGGED = frozenset({Grade.NOTE, Grade.ERROR})
"""Grades of checks that say of a claim that its numbers are to be looked at."""


def _words(text: str) -> str:
    if not text.strip():
        raise ValueError("words are needed")
    return text


Iri = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f]*$", max_length=4000)]
Words = Annotated[str, AfterValidator(_words)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(from_attributes=True, strict=True, frozen=True)


class _Span(_Part):
    start: Count
    end: Count

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.start < self.end:
            raise ValueError(f"a range ends behind its start, not [{self.start}, {self.end})")
        return self


class _Mention(_Part):
    text: Words
    span: _Span | None
    label: str | None
    concept: Iri | None
    concepts: tuple[Iri, ...]


class _Interval(_Part):
    kind: IntervalKind
    low: Number | None
    high: Number | None
    level: Annotated[float, Field(gt=0, lt=100)] | None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("an interval needs a bound")
        return self


class _PValue(_Part):
    operator: Annotated[str, Field(pattern="^(?:=|<|>|<=|>=)$")]
    value: Annotated[float, Field(ge=0, le=1)]


class _Place(_Part):
    id: str
    label: str | None
    row: tuple[str, ...]
    column: tuple[str, ...]


class _Effect(_Part):
    measure: Measure
    arm: Arm
    text: Annotated[str, Field(min_length=1)]
    span: _Span
    value: Number | None
    value_state: ValueState
    unit: str | None
    events: Count | None
    total: Count | None
    standard_deviation: Number | None
    standard_error: Number | None
    change_from_baseline: bool
    interval: _Interval | None
    p: _PValue | None
    timepoint: str | None
    table: _Place | None

    def oddity(self) -> tuple[str, str] | None:
        """The part of the effect that no correct article has, and why; None where all is in order."""
        low, high = (None, None) if self.interval is None else (self.interval.low, self.interval.high)
        if low is not None and high is not None and low > high:
            return "interval", f"the lower bound {low:g} is above the upper bound {high:g}, and no check says so"
        if self.events is not None and self.total is not None and self.events > self.total:
            return "events", f"{self.events} of {self.total}, and no check says so"
        return None


class _Quote(_Part):
    exact: Annotated[str, Field(min_length=1)]
    span: _Span
    prefix: str
    suffix: str
    section: str | None
    table: _Place | None


class _Check(_Part):
    rule: str
    grade: Grade
    message: str


class _StudyArm(_Part):
    name: str
    size: Count | None


class _Study(_Part):
    id: str | None
    name: str | None
    registration: str | None
    design: str | None
    phase: str | None
    enrolled: Count | None
    randomised: Count | None
    arms: tuple[_StudyArm, ...]
    follow_up: str | None
    primary_endpoint_met: bool | None


class ClaimModel(_Part):
    """A claim that may be stored. ``model_validate(claim)`` raises pydantic's ValidationError for any other."""

    id: Annotated[str, Field(pattern=f"^{CLAIM_BASE}[0-9a-f]{{32}}$")]
    content_key: Annotated[str, Field(min_length=1)]
    article: Iri
    text_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    outcome: _Mention
    quote: _Quote
    intervention: _Mention | None
    comparator: _Mention | None
    population: _Mention | None
    effects: tuple[_Effect, ...]
    outcome_favours: Favours | None
    direction: Direction | None
    direction_basis: Basis | None
    significance: Significance | None
    significance_basis: Basis | None
    assertion: Assertion
    kind: ClaimKind
    restatements: tuple[_Quote, ...]
    checks: tuple[_Check, ...]
    status: Status
    confidence: Annotated[float, Field(ge=0, le=1)]
    revision: Count
    study: _Study | None


def claim_faults(claim: Claim) -> list[tuple[str, str]]:
    """What of the claim may not be stored, as paths such as ``effects[0].p.value`` with reasons; empty: it may be."""
    try:
        held = ClaimModel.model_validate(claim)
    except ValidationError as error:
        return [(_path(each["loc"]), _reason(each)) for each in error.errors(include_url=False)]
    if any(check.grade in FLAGGED for check in held.checks):
        return []
    odd = ((index, effect.oddity()) for index, effect in enumerate(held.effects))
    return [(f"effects[{index}].{found[0]}", found[1]) for index, found in odd if found is not None]


def _path(place: tuple[int | str, ...]) -> str:
    """
    >>> _path(("effects", 0, "p", "value"))
    'effects[0].p.value'
    """
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).removeprefix(".") or "claim"


def _reason(error: Any) -> str:
    told, value = str(error["msg"]).removeprefix("Value error, "), error["input"]
    return f"{told}, not {value!r}"[:200] if isinstance(value, str | int | float) else told
