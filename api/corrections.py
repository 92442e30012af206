"""The decision form of a page: which numbers it offers, and what of them was changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from api.claim_schemas import ClaimOut
from api.schemas import ChangeIn

NUMBERS = ("value", "events", "total")


@dataclass(frozen=True, slots=True)
class NumberField:
    """One correctable number: its path, what it is, and its present value as text."""

    path: str
    label: str
    value: str


def _text(value: JsonValue) -> str:
    if value is None:
        return ""
    return json.dumps(int(value) if isinstance(value, float) and value.is_integer() else value)


def number_fields(claim: ClaimOut) -> list[list[NumberField]]:
    """The numbers of each effect that there are, in the order of the effects."""
    return [_fields_of(claim, index) for index in range(len(claim.effects))]


def _fields_of(claim: ClaimOut, index: int) -> list[NumberField]:
    effect, base = claim.effects[index], f"effects[{index}]"
    fields = [NumberField(f"{base}.{name}", name, _text(getattr(effect, name))) for name in NUMBERS]
    if effect.interval is not None:
        fields += [
            NumberField(f"{base}.interval.{n}", f"interval {n}", _text(effect.interval.get(n))) for n in ("low", "high")
        ]
    if effect.p is not None:
        fields.append(NumberField(f"{base}.p.value", "p", _text(effect.p.get("value"))))
    return [field for field in fields if field.value] or fields[:1]


def changed(claim: ClaimOut, form: Mapping[str, str]) -> tuple[ChangeIn, ...]:
    """The fields that ``form`` gives another value than the claim has. Raises ValueError on what is no number."""
    changes = []
    for field in (f for fields in number_fields(claim) for f in fields):
        given = form.get(field.path)
        if given is None or given.strip() == field.value:
            continue
        changes.append(ChangeIn(field=field.path, value=_number(field, given.strip())))
    return tuple(changes)


def _number(field: NumberField, given: str) -> JsonValue:
    if not given:
        return None
    try:
        value = json.loads(given, parse_constant=lambda name: name)
    except ValueError:
        value = None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{field.label}: {given!r} is not a number, such as 16.6")
    return value
