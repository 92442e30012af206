"""The parts of a claim that are its own, as triples and back: effects, quotes, checks. Pure.

A part is named after its claim (``<claim>#effect-0``); the numbers in the names are the order of the parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pyoxigraph import NamedNode, Quad

from graph import codes
from graph.mapping_places import Around, place_from, put_place, span_at
from graph.terms import BOOLEAN, DOUBLE, INTEGER, JSON, TEXT, Description, Node
from graph.vocab import EV, OA, node
from ingest.claim import Check, Effect, Grade, Interval, IntervalKind, PValue, Quote, ValueState

EFFECT, QUOTE, RESTATEMENT = node(EV.effect), node(EV.quote), node(EV.restatement)
_CHECKS, _CHECK_GRADE = node(EV.checks), node(EV.checkGrade)
_MEASURE, _ARM, _PRINTED = node(EV.measure), node(EV.arm), node(EV.printed)
_STATE, _CHANGE, _KIND = node(EV.valueState), node(EV.changeFromBaseline), node(EV.intervalKind)
_LOW, _HIGH, _LEVEL = node(EV.low), node(EV.high), node(EV.level)
_P, _OPERATOR = node(EV.p), node(EV.pOperator)
_EXACT, _SECTION = node(OA.exact), node(EV.section)
_NUMBERS = (
    ("value", node(EV.value)),
    ("standard_deviation", node(EV.standardDeviation)),
    ("standard_error", node(EV.standardError)),
)
_COUNTS = (("events", node(EV.events)), ("total", node(EV.total)))
_WORDS = (("unit", node(EV.unit)), ("timepoint", node(EV.timepoint)))


def _part(head: Node, predicate: NamedNode, name: str) -> Node:
    part = Node(NamedNode(f"{head.subject.value}#{name}"))
    head.link(predicate, part.subject)
    return part


def in_order(held: Description, record: NamedNode, predicate: NamedNode) -> list[NamedNode]:
    """The parts that ``record`` links to, by the number at the end of their names."""
    return sorted(held.links(record, predicate), key=lambda part: int(part.value.rpartition("-")[2]))


def put_effect(head: Node, index: int, effect: Effect) -> list[Quad]:
    """One reported number: as numbers, and as printed. What is as usual is left out: see ``effect_from``."""
    part = _part(head, EFFECT, f"effect-{index}")
    part.put(_MEASURE, codes.MEASURE, effect.measure)
    part.put(_ARM, codes.ARM, effect.arm)
    part.put(_PRINTED, TEXT, effect.text)
    if effect.value_state is not ValueState.REPORTED:
        part.put(_STATE, codes.VALUE_STATE, effect.value_state)
    if effect.change_from_baseline:
        part.put(_CHANGE, BOOLEAN, True)
    for name, predicate in _NUMBERS:
        part.put(predicate, DOUBLE, getattr(effect, name))
    for name, predicate in _COUNTS:
        part.put(predicate, INTEGER, getattr(effect, name))
    for name, predicate in _WORDS:
        part.put(predicate, TEXT, getattr(effect, name))
    if effect.interval is not None:
        if effect.interval.kind is not IntervalKind.CONFIDENCE:
            part.put(_KIND, codes.INTERVAL_KIND, effect.interval.kind)
        part.put(_LOW, DOUBLE, effect.interval.low)
        part.put(_HIGH, DOUBLE, effect.interval.high)
        part.put(_LEVEL, DOUBLE, effect.interval.level)
    if effect.p is not None:
        part.put(_OPERATOR, TEXT, effect.p.operator)
        part.put(_P, DOUBLE, effect.p.value)
    return [*put_place(part, effect.table), *part.quads]


def effect_from(part: NamedNode, held: Description, start: int) -> Effect:
    """The inverse of ``put_effect``. As usual: a reported value, no change from baseline, a confidence interval."""
    low, high, level = (held.one(part, bound, DOUBLE) for bound in (_LOW, _HIGH, _LEVEL))
    kind = held.one(part, _KIND, codes.INTERVAL_KIND) or IntervalKind.CONFIDENCE
    operator, printed = held.one(part, _OPERATOR, TEXT), held.need(part, _PRINTED, TEXT)
    values: dict[str, Any] = {name: held.one(part, predicate, DOUBLE) for name, predicate in _NUMBERS}
    values |= {name: held.one(part, predicate, INTEGER) for name, predicate in _COUNTS}
    values |= {name: held.one(part, predicate, TEXT) for name, predicate in _WORDS}
    return Effect(
        held.need(part, _MEASURE, codes.MEASURE),
        held.need(part, _ARM, codes.ARM),
        printed,
        span_at(start, printed),
        value_state=held.one(part, _STATE, codes.VALUE_STATE) or ValueState.REPORTED,
        change_from_baseline=held.one(part, _CHANGE, BOOLEAN) or False,
        interval=None if low is None and high is None else Interval(kind, low, high, level),
        p=None if operator is None else PValue(operator, held.need(part, _P, DOUBLE)),
        table=place_from(part, held),
        **values,
    )


def put_quote(head: Node, predicate: NamedNode, name: str, quote: Quote) -> list[Quad]:
    """A passage by its words. Where it stands, and what stands around it, is among the claim's places."""
    part = _part(head, predicate, name)
    part.put(_EXACT, TEXT, quote.exact)
    part.put(_SECTION, TEXT, quote.section)
    return [*put_place(part, quote.table), *part.quads]


def quote_from(part: NamedNode, held: Description, around: Around) -> Quote:
    """The inverse of ``put_quote``, at its place."""
    exact, (start, prefix, suffix) = held.need(part, _EXACT, TEXT), around
    section = held.one(part, _SECTION, TEXT)
    return Quote(exact, span_at(start, exact), prefix, suffix, section, place_from(part, held))


def put_checks(head: Node, checks: Sequence[Check]) -> None:
    """What recomputing the rules found, in order, as JSON; and each grade that there is, for questions."""
    if checks:
        head.put(_CHECKS, JSON, [[check.rule, check.grade.value, check.message] for check in checks])
    for grade in dict.fromkeys(check.grade for check in checks):
        head.put(_CHECK_GRADE, codes.GRADE, grade)


def checks_from(record: NamedNode, held: Description) -> tuple[Check, ...]:
    """The inverse of ``put_checks``."""
    rows = held.one(record, _CHECKS, JSON) or ()
    return tuple(Check(rule, Grade(grade), message) for rule, grade, message in rows)
