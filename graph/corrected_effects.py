"""Corrections of one reported number, and whether what it says now is printed where it was read. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Any

from graph.corrected_values import FREE, as_choice, as_flag, as_number, as_text, with_field
from graph.errors import BadCorrection
from graph.model import JsonValue
from graph.verify import stands_once
from ingest.article import Span
from ingest.claim import Arm, Check, Effect, Grade, Interval, IntervalKind, Measure, PValue, Quote, ValueState

_CLOSED: dict[str, type[StrEnum]] = {"measure": Measure, "arm": Arm, "value_state": ValueState}
_FREE = {
    "value": "number", "standard_deviation": "number", "standard_error": "number",
    "events": "count", "total": "count", "unit": "text", "timepoint": "text",
}  # fmt: skip
_OPERATORS = ("=", "<", ">", "<=", ">=")


def set_effect_field(effect: Effect, field: str, rest: str, value: JsonValue, quote: Quote, text: str) -> Effect:
    """The effect with one field set; ``rest`` is the path below the effect, ``field`` the whole path for messages."""
    if rest in _CLOSED:
        return with_field(effect, rest, as_choice(field, value, _CLOSED[rest], nullable=False))
    if rest in _FREE:
        return with_field(effect, rest, FREE[_FREE[rest]](field, value))
    if rest == "change_from_baseline":
        return replace(effect, change_from_baseline=as_flag(field, value))
    if rest == "text":
        words = as_text(field, value)
        return replace(effect, text=words, span=_place(field, words, quote, text))
    head, _, part = rest.partition(".")
    if head == "interval":
        return replace(effect, interval=_interval(effect.interval, field, part, value))
    if head == "p":
        return replace(effect, p=_p_value(effect.p, field, part, value))
    names = [*_CLOSED, *_FREE, "change_from_baseline", "text", "interval", "p"]
    raise BadCorrection(field, f"no such field; an effect has {', '.join(names)}")


def _place(field: str, words: str, quote: Quote, text: str) -> Span:
    """Where the words are printed: a number is never without its place."""
    if stands_once(words, quote.exact):
        start = quote.span.start + quote.exact.index(words)
    elif stands_once(words, text):
        start = text.index(words)
    else:
        raise BadCorrection(field, "the words must stand in the quote, or else in the article, exactly once")
    return Span(start, start + len(words))


def _parts(field: str, value: JsonValue, names: tuple[str, ...]) -> dict[str, JsonValue]:
    if not isinstance(value, dict) or not value.keys() <= set(names):
        raise BadCorrection(field, f"null or an object with {', '.join(names)} is needed")
    return value


def _interval(held: Interval | None, field: str, part: str, value: JsonValue) -> Interval | None:
    names = ("kind", "low", "high", "level")
    if not part:
        if value is None:
            return None
        given: dict[str, Any] = dict.fromkeys(names) | _parts(field, value, names)
    elif part not in names:
        raise BadCorrection(field, f"no such part; an interval has {', '.join(names)}")
    elif held is None:
        raise BadCorrection(field, 'there is no interval yet: set it whole, {"kind": ..., "low": ..., "high": ...}')
    else:
        given = {"kind": held.kind, "low": held.low, "high": held.high, "level": held.level, part: value}
    kind = as_choice(f"{field}" if part else f"{field}.kind", given["kind"], IntervalKind, nullable=False)
    low, high, level = (FREE["number"](field, given[name]) for name in ("low", "high", "level"))
    if kind is None or (low is None and high is None):
        raise BadCorrection(field, "an interval needs a bound; set the interval itself to null to remove it")
    if low is not None and high is not None and low > high:
        raise BadCorrection(field, f"the lower bound {low} is above the upper bound {high}")
    if level is not None and not 0 < level < 100:
        raise BadCorrection(field, f"a level is a percentage between 0 and 100, not {level}")
    return Interval(kind, low, high, level)


def _p_value(held: PValue | None, field: str, part: str, value: JsonValue) -> PValue | None:
    names = ("operator", "value")
    if not part:
        if value is None:
            return None
        given: dict[str, Any] = dict.fromkeys(names) | _parts(field, value, names)
    elif part not in names:
        raise BadCorrection(field, f"no such part; a p value has {', '.join(names)}")
    elif held is None:
        raise BadCorrection(field, 'there is no p value yet: set it whole, {"operator": "=", "value": ...}')
    else:
        given = {"operator": held.operator, "value": held.value, part: value}
    if given["operator"] not in _OPERATORS:
        raise BadCorrection(field, f"an operator is one of {' '.join(_OPERATORS)}")
    number = as_number(field, given["value"])
    if not 0 <= number <= 1:
        raise BadCorrection(field, f"a p value lies between 0 and 1, not at {number}")
    return PValue(given["operator"], number)


_NUMBER = re.compile(r"\d{1,3}(?:[,\u2009\u00a0 ]\d{3})+(?:[.·]\d+)?|\d+(?:[.·]\d+)?|[.·]\d+")


def printed_numbers(text: str) -> set[float]:
    """Every number that stands in ``text``, without sign; thousands may be grouped, a raised point is a point.

    >>> sorted(printed_numbers("14 058 patients; HR 1·55, P<.001"))
    [0.001, 1.55, 14.0, 58.0, 14058.0]
    """
    found = set()
    for printed in _NUMBER.findall(text):
        for form in {re.sub(r"[,\u2009\u00a0 ]", "", printed), *re.split(r"[,\u2009\u00a0 ]", printed)}:
            found.add(float(form.replace("·", ".")))
    return found


def unprinted(index: int, effect: Effect) -> Iterator[Check]:
    """A note for every number of the effect that does not stand in its printed text; ``total`` may stand elsewhere."""
    interval, p = effect.interval, effect.p
    numbers: dict[str, float | None] = {
        "value": effect.value,
        "events": effect.events,
        "standard_deviation": effect.standard_deviation,
        "standard_error": effect.standard_error,
        "interval.low": None if interval is None else interval.low,
        "interval.high": None if interval is None else interval.high,
        "p.value": None if p is None else p.value,
    }
    printed = printed_numbers(effect.text)
    for name, number in numbers.items():
        if number is not None and abs(number) not in printed:
            words = f"effects[{index}].{name}: {number:g} is a curator's and is not printed in {effect.text[:80]!r}"
            yield Check("printed", Grade.NOTE, words)
