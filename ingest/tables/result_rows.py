"""What one row of a result table says, before it is a claim: its outcome, its arms, and the numbers of each."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.article import Span
from ingest.claim import Effect, TableSelector


@dataclass(frozen=True, slots=True)
class ArmHead:
    """An arm as the head of its column or row names it, without the group's size; ``size`` None where none is given."""

    span: Span
    text: str
    size: int | None = None
    long: str | None = None
    """The name with its short forms written out."""


@dataclass(frozen=True, slots=True)
class Number:
    """One reported number. ``arm`` is its place among the arms of the row, None for a number that compares arms.

    ``pair`` are the places of the arms that it compares, the first against the second; None where the table does not
    say, which is all of them.
    """

    effect: Effect
    arm: int | None = None
    pair: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ResultRow:
    """The numbers of one outcome at one time. ``line`` is what a claim quotes, from the row's head to its last number.

    ``outcome`` are words of the table that name what was measured, ``label`` all of its name where these words are
    not all. ``sure`` is False where a number is only what such numbers usually are.
    """

    place: TableSelector
    line: Span
    outcome: Span
    label: str | None
    arms: tuple[ArmHead, ...]
    numbers: tuple[Number, ...]
    baseline: bool = False
    sure: bool = True
    caption: str = ""
