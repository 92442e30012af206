"""The parts of a claim as triples and back: mentions, effects, quotes, checks. Pure."""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode, Quad

from graph import codes
from graph.mapping_places import place_from, put_place
from graph.terms import BOOLEAN, DOUBLE, INTEGER, IRI, TEXT, Description, Node
from graph.vocab import EV, OA, RDF_TYPE, node
from ingest.article import Span
from ingest.claim import Check, Effect, Interval, Mention, PValue, Quote
from ingest.terminology import key_of

_INDEX, _START, _END = node(EV["index"]), node(OA.start), node(OA.end)
_NUMBERS = (
    ("value", node(EV.value)),
    ("standard_deviation", node(EV.standardDeviation)),
    ("standard_error", node(EV.standardError)),
)
_COUNTS = (("events", node(EV.events)), ("total", node(EV.total)))
_WORDS = (("unit", node(EV.unit)), ("timepoint", node(EV.timepoint)))


def search_key(words: str) -> str:
    """The words as word searches see them: normalised, with a blank on both sides, so that whole words are found."""
    return f" {key_of(words)} "


def _part(head: Node, predicate: NamedNode, name: str, kind: NamedNode) -> Node:
    part = Node(NamedNode(f"{head.subject.value}#{name}"), kind, head.subject)
    head.link(predicate, part.subject)
    return part


def in_order(held: Description, record: NamedNode, predicate: NamedNode) -> list[NamedNode]:
    """The parts that ``record`` links to, by their index."""
    return sorted(held.links(record, predicate), key=lambda part: held.need(part, _INDEX, INTEGER))


def put_span(part: Node, span: Span | None) -> None:
    """The range, as the bounds of a W3C text position; nothing where there is none."""
    if span is not None:
        part.put(_START, INTEGER, span.start)
        part.put(_END, INTEGER, span.end)


def span_from(part: NamedNode, held: Description) -> Span | None:
    """The inverse of ``put_span``."""
    start = held.one(part, _START, INTEGER)
    return None if start is None else Span(start, held.need(part, _END, INTEGER))


def put_mention(head: Node, predicate: NamedNode, kind: NamedNode, name: str, mention: Mention) -> list[Quad]:
    """One slot. Derived, and not read again: ``ev:key``, its words as word searches see them, and ``ev:unlinked``."""
    part = _part(head, predicate, name, kind)
    part.put(node(EV.words), TEXT, mention.text)
    put_span(part, mention.span)
    part.put(node(EV.label), TEXT, mention.label)
    part.put(node(EV.bestConcept), IRI, mention.concept)
    if mention.concepts:
        part.put(node(EV.conceptOrder), TEXT, " ".join(node(c).value for c in mention.concepts))
    if mention.concept is None and not mention.concepts:
        part.put(node(EV.unlinked), BOOLEAN, True)
    for concept in dict.fromkeys((*([mention.concept] if mention.concept else ()), *mention.concepts)):
        part.put(node(EV.concept), IRI, concept)
    for key in dict.fromkeys(search_key(words) for words in (mention.text, mention.label) if words):
        part.put(node(EV.key), TEXT, key)
    return part.quads


def mention_from(part: NamedNode, held: Description) -> Mention:
    """The inverse of ``put_mention``."""
    order = held.one(part, node(EV.conceptOrder), TEXT)
    return Mention(
        held.need(part, node(EV.words), TEXT),
        span_from(part, held),
        held.one(part, node(EV.label), TEXT),
        held.one(part, node(EV.bestConcept), IRI),
        tuple(order.split(" ")) if order else (),
    )


def put_effect(head: Node, index: int, effect: Effect) -> list[Quad]:
    """One reported number: as numbers, and as printed."""
    part = _part(head, node(EV.effect), f"effect-{index}", node(EV.EffectEstimate))
    part.put(_INDEX, INTEGER, index)
    part.put(node(EV.measure), codes.MEASURE, effect.measure)
    part.put(node(EV.arm), codes.ARM, effect.arm)
    part.put(node(EV.printed), TEXT, effect.text)
    put_span(part, effect.span)
    part.put(node(EV.valueState), codes.VALUE_STATE, effect.value_state)
    part.put(node(EV.changeFromBaseline), BOOLEAN, effect.change_from_baseline)
    for name, predicate in _NUMBERS:
        part.put(predicate, DOUBLE, getattr(effect, name))
    for name, predicate in _COUNTS:
        part.put(predicate, INTEGER, getattr(effect, name))
    for name, predicate in _WORDS:
        part.put(predicate, TEXT, getattr(effect, name))
    if effect.interval is not None:
        part.put(node(EV.intervalKind), codes.INTERVAL_KIND, effect.interval.kind)
        part.put(node(EV.low), DOUBLE, effect.interval.low)
        part.put(node(EV.high), DOUBLE, effect.interval.high)
        part.put(node(EV.level), DOUBLE, effect.interval.level)
    if effect.p is not None:
        part.put(node(EV.pOperator), TEXT, effect.p.operator)
        part.put(node(EV.p), DOUBLE, effect.p.value)
    if effect.table is None:
        return part.quads
    place = put_place(NamedNode(f"{part.subject.value}-table"), head.subject, effect.table)
    part.link(node(OA.hasSelector), place.subject)
    return part.quads + place.quads


def effect_from(part: NamedNode, held: Description) -> Effect:
    """The inverse of ``put_effect``."""
    kind = held.one(part, node(EV.intervalKind), codes.INTERVAL_KIND)
    operator = held.one(part, node(EV.pOperator), TEXT)
    span = span_from(part, held)
    if span is None:
        raise ValueError(f"{part.value} has no range")
    values: dict[str, Any] = {name: held.one(part, predicate, DOUBLE) for name, predicate in _NUMBERS}
    values |= {name: held.one(part, predicate, INTEGER) for name, predicate in _COUNTS}
    values |= {name: held.one(part, predicate, TEXT) for name, predicate in _WORDS}
    bounds = (held.one(part, node(p), DOUBLE) for p in (EV.low, EV.high, EV.level))
    places = held.links(part, node(OA.hasSelector))
    return Effect(
        held.need(part, node(EV.measure), codes.MEASURE),
        held.need(part, node(EV.arm), codes.ARM),
        held.need(part, node(EV.printed), TEXT),
        span,
        value_state=held.need(part, node(EV.valueState), codes.VALUE_STATE),
        change_from_baseline=held.need(part, node(EV.changeFromBaseline), BOOLEAN),
        interval=None if kind is None else Interval(kind, *bounds),
        p=None if operator is None else PValue(operator, held.need(part, node(EV.p), DOUBLE)),
        table=place_from(places[0], held) if places else None,
        **values,
    )


def put_quote(head: Node, predicate: NamedNode, name: str, index: int, quote: Quote, article: str) -> list[Quad]:
    """A passage as a W3C annotation of the article: by its words, and by its place."""
    part = _part(head, predicate, name, node(OA.Annotation))
    part.put(_INDEX, INTEGER, index)
    part.link(node(OA.hasBody), head.subject)
    part.put(node(EV.section), TEXT, quote.section)
    place = NamedNode(f"{part.subject.value}-target")
    part.link(node(OA.hasTarget), place)
    return part.quads + _target(place, head.subject, quote, article)


def _target(place: NamedNode, record: NamedNode, quote: Quote, article: str) -> list[Quad]:
    target = Node(place, node(OA.SpecificResource), record)
    target.link(node(OA.hasSource), node(article))
    words = Node(NamedNode(f"{place.value}-words"), node(OA.TextQuoteSelector), record)
    words.put(node(OA.exact), TEXT, quote.exact)
    words.put(node(OA.prefix), TEXT, quote.prefix)
    words.put(node(OA.suffix), TEXT, quote.suffix)
    position = Node(NamedNode(f"{place.value}-position"), node(OA.TextPositionSelector), record)
    put_span(position, quote.span)
    target.link(node(OA.hasSelector), words.subject)
    target.link(node(OA.hasSelector), position.subject)
    quads = words.quads + position.quads
    if quote.table is not None:
        row = put_place(NamedNode(f"{place.value}-table"), record, quote.table)
        target.link(node(OA.hasSelector), row.subject)
        quads += row.quads
    return target.quads + quads


def quote_from(part: NamedNode, held: Description) -> Quote:
    """The inverse of ``put_quote``."""
    place = held.links(part, node(OA.hasTarget))[0]
    selectors = {held.links(s, RDF_TYPE)[0]: s for s in held.links(place, node(OA.hasSelector))}
    words, position = selectors[node(OA.TextQuoteSelector)], selectors[node(OA.TextPositionSelector)]
    span = span_from(position, held)
    if span is None:
        raise ValueError(f"{part.value} has no range")
    return Quote(
        held.need(words, node(OA.exact), TEXT),
        span,
        held.need(words, node(OA.prefix), TEXT),
        held.need(words, node(OA.suffix), TEXT),
        held.one(part, node(EV.section), TEXT),
        place_from(selectors[node(EV.TableSelector)], held) if node(EV.TableSelector) in selectors else None,
    )


def put_check(head: Node, index: int, check: Check) -> list[Quad]:
    """What recomputing one rule found."""
    part = _part(head, node(EV.check), f"check-{index}", node(EV.Check))
    part.put(_INDEX, INTEGER, index)
    part.put(node(EV.rule), TEXT, check.rule)
    part.put(node(EV.grade), codes.GRADE, check.grade)
    part.put(node(EV.message), TEXT, check.message)
    return part.quads


def check_from(part: NamedNode, held: Description) -> Check:
    """The inverse of ``put_check``."""
    return Check(
        held.need(part, node(EV.rule), TEXT),
        held.need(part, node(EV.grade), codes.GRADE),
        held.need(part, node(EV.message), TEXT),
    )
