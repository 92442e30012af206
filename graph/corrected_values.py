"""Values that a curator gives, checked one by one: kind, closed set, size. Pure; every refusal says what is allowed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from graph.errors import BadCorrection
from graph.model import JsonValue
from ingest.claim import Claim, Effect, Study

LONGEST_TEXT = 1_000
LARGEST = 1e12
C = TypeVar("C", bound=StrEnum)
R = TypeVar("R", Claim, Effect, Study)


def clean(field: str, text: str, longest: int, *, lines: bool = False) -> str:
    """``text`` unless it is too long or holds what is no text: control characters, halves of surrogate pairs.

    ``lines`` allows line breaks and tabs.
    """
    if len(text) > longest:
        raise BadCorrection(field, f"{len(text)} characters are too long; at most {longest}")
    for place, sign in enumerate(text):
        if unicodedata.category(sign) in ("Cc", "Cs") and not (lines and sign in "\n\r\t"):
            raise BadCorrection(field, f"the character U+{ord(sign):04X} at {place} is not text")
    return text


def as_text(field: str, value: JsonValue) -> str:
    """Words, at least one, on one line."""
    if not isinstance(value, str) or not value.strip():
        raise BadCorrection(field, f"words are needed, not {_shown(value)}")
    return clean(field, value, LONGEST_TEXT)


def as_choice(field: str, value: JsonValue, kind: type[C], *, nullable: bool) -> C | None:
    """A member of a closed set, None where that is allowed."""
    if value is None and nullable:
        return None
    try:
        return kind(value)  # type: ignore[arg-type]
    except ValueError as error:
        allowed = ", ".join([*(member.value for member in kind), *(["null"] if nullable else [])])
        raise BadCorrection(field, f"{_shown(value)} is not allowed; one of: {allowed}") from error


def as_number(field: str, value: JsonValue) -> float:
    """A finite number of reasonable size."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadCorrection(field, f"a number is needed, not {_shown(value)}")
    if not -LARGEST <= value <= LARGEST:  # NaN fails it too, and an integer of any length is compared exactly
        raise BadCorrection(field, f"a number between -{LARGEST:.0e} and {LARGEST:.0e} is needed")
    return float(value)


def as_count(field: str, value: JsonValue) -> int:
    """A whole number, not negative."""
    number = as_number(field, value)
    if number < 0 or number != int(number):
        raise BadCorrection(field, f"a whole number from 0 is needed, not {_shown(value)}")
    return int(number)


def as_flag(field: str, value: JsonValue) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise BadCorrection(field, f"true or false is needed, not {_shown(value)}")
    return value


def with_field(value: R, name: str, new: Any) -> R:
    """The dataclass instance with one field replaced, by name."""
    changes: dict[str, Any] = {name: new}
    return replace(value, **changes)


def _or_null(read: Callable[[str, JsonValue], Any]) -> Callable[[str, JsonValue], Any]:
    return lambda field, value: None if value is None else read(field, value)


FREE: dict[str, Callable[[str, JsonValue], Any]] = {
    "text": _or_null(as_text),
    "number": _or_null(as_number),
    "count": _or_null(as_count),
    "flag": _or_null(as_flag),
}
"""Readers of values that may also be null, by kind."""


def _shown(value: JsonValue) -> str:
    try:
        text = repr(value)
    except ValueError:  # an integer of more digits than Python writes out
        text = "a number of thousands of digits"
    return text if len(text) <= 60 else text[:57] + "..."
