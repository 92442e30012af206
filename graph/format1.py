"""Claims as stores of format 1 hold them, read; nothing writes that format any more. Pure.

There every node of a claim says with ``ev:partOf`` which claim it belongs to, each slot has a mention of its own, and
a quote is a chain of Web Annotation nodes.
"""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode

from graph import codes
from graph.mapping_article import study_from
from graph.terms import BOOLEAN, DOUBLE, INTEGER, IRI, JSON, TEXT, Codec, Description
from graph.vocab import EV, OA, RDF_TYPE, node
from ingest.article import Span
from ingest.claim import Check, Claim, Effect, Interval, Mention, PValue, Quote, TableSelector

PART_OF = node(EV.partOf)
REPORT = node(EV.studyReport)
_ROLES = ("intervention", "comparator", "outcome", "population")
_CODED: dict[str, tuple[str, Codec[Any]]] = {
    "outcome_favours": ("outcomeFavours", codes.FAVOURS),
    "direction": ("direction", codes.DIRECTION),
    "direction_basis": ("directionBasis", codes.BASIS),
    "significance": ("significance", codes.SIGNIFICANCE),
    "significance_basis": ("significanceBasis", codes.BASIS),
    "assertion": ("assertion", codes.ASSERTION),
    "kind": ("kind", codes.CLAIM_KIND),
    "status": ("status", codes.STATUS),
}
_PLAIN: dict[str, tuple[str, Codec[Any]]] = {
    "content_key": ("contentKey", TEXT),
    "article": ("article", IRI),
    "text_sha256": ("sha256", TEXT),
    "confidence": ("confidence", DOUBLE),
    "revision": ("revision", INTEGER),
}
_EFFECT: dict[str, tuple[str, Codec[Any]]] = {
    "value": ("value", DOUBLE),
    "standard_deviation": ("standardDeviation", DOUBLE),
    "standard_error": ("standardError", DOUBLE),
    "events": ("events", INTEGER),
    "total": ("total", INTEGER),
    "unit": ("unit", TEXT),
    "timepoint": ("timepoint", TEXT),
}


def claim_from(record: NamedNode, held: Description) -> Claim:
    """The claim; ``held`` has the triples of its nodes and of its study report. Raises ValueError where one lacks."""
    slots: dict[str, Any] = {}
    for role in _ROLES:
        links = held.links(record, node(EV[role]))
        slots[role] = _mention(links[0], held) if links else None
    values: dict[str, Any] = {name: held.need(record, node(EV[p]), codec) for name, (p, codec) in _PLAIN.items()}
    values |= {name: held.one(record, node(EV[p]), codec) for name, (p, codec) in _CODED.items()}
    quotes, reports = held.links(record, node(EV.quote)), held.links(record, REPORT)
    if slots["outcome"] is None or not quotes:
        raise ValueError(f"{record.value} has no outcome or no quote")
    return Claim(
        id=record.value,
        quote=_quote(quotes[0], held),
        effects=tuple(_effect(part, held) for part in _in_order(held, record, "effect")),
        restatements=tuple(_quote(part, held) for part in _in_order(held, record, "restatement")),
        checks=tuple(_check(part, held) for part in _in_order(held, record, "check")),
        study=study_from(reports[0], held) if reports else None,
        **slots,
        **values,
    )


def _in_order(held: Description, record: NamedNode, name: str) -> list[NamedNode]:
    return sorted(held.links(record, node(EV[name])), key=lambda part: held.need(part, node(EV["index"]), INTEGER))


def _span(part: NamedNode, held: Description) -> Span:
    return Span(held.need(part, node(OA.start), INTEGER), held.need(part, node(OA.end), INTEGER))


def _mention(part: NamedNode, held: Description) -> Mention:
    order = held.one(part, node(EV.conceptOrder), TEXT)
    return Mention(
        held.need(part, node(EV.words), TEXT),
        None if held.one(part, node(OA.start), INTEGER) is None else _span(part, held),
        held.one(part, node(EV.label), TEXT),
        held.one(part, node(EV.bestConcept), IRI),
        tuple(order.split(" ")) if order else (),
    )


def _effect(part: NamedNode, held: Description) -> Effect:
    kind = held.one(part, node(EV.intervalKind), codes.INTERVAL_KIND)
    operator = held.one(part, node(EV.pOperator), TEXT)
    values: dict[str, Any] = {name: held.one(part, node(EV[p]), codec) for name, (p, codec) in _EFFECT.items()}
    bounds = (held.one(part, node(p), DOUBLE) for p in (EV.low, EV.high, EV.level))
    places = held.links(part, node(OA.hasSelector))
    return Effect(
        held.need(part, node(EV.measure), codes.MEASURE),
        held.need(part, node(EV.arm), codes.ARM),
        held.need(part, node(EV.printed), TEXT),
        _span(part, held),
        value_state=held.need(part, node(EV.valueState), codes.VALUE_STATE),
        change_from_baseline=held.need(part, node(EV.changeFromBaseline), BOOLEAN),
        interval=None if kind is None else Interval(kind, *bounds),
        p=None if operator is None else PValue(operator, held.need(part, node(EV.p), DOUBLE)),
        table=_place(places[0], held) if places else None,
        **values,
    )


def _quote(part: NamedNode, held: Description) -> Quote:
    target = held.links(part, node(OA.hasTarget))[0]
    selectors = {held.links(s, RDF_TYPE)[0]: s for s in held.links(target, node(OA.hasSelector))}
    words, table = selectors[node(OA.TextQuoteSelector)], selectors.get(node(EV.TableSelector))
    return Quote(
        held.need(words, node(OA.exact), TEXT),
        _span(selectors[node(OA.TextPositionSelector)], held),
        held.need(words, node(OA.prefix), TEXT),
        held.need(words, node(OA.suffix), TEXT),
        held.one(part, node(EV.section), TEXT),
        None if table is None else _place(table, held),
    )


def _place(part: NamedNode, held: Description) -> TableSelector:
    row, column = (tuple(held.one(part, node(p), JSON) or ()) for p in (EV.rowPath, EV.columnPath))
    return TableSelector(held.need(part, node(EV.table), TEXT), held.one(part, node(EV.label), TEXT), row, column)


def _check(part: NamedNode, held: Description) -> Check:
    return Check(
        held.need(part, node(EV.rule), TEXT),
        held.need(part, node(EV.grade), codes.GRADE),
        held.need(part, node(EV.message), TEXT),
    )
