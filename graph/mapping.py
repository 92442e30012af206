"""Claims as triples of the default graph and back, without loss. Pure.

A claim has its own nodes, named after it (``<claim>#effect-0``), and links to nodes that claims share: mentions
(``mapping_mentions``) and the report of its study (``mapping_article``). What follows from the rest is not written:
the hash of the text is the article's, and the content key is written only where it is not what the claim gives. Nor is
what is as usual: a claim without them is stated, and at revision 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyoxigraph import NamedNode, Quad

from graph import codes
from graph.mapping_article import report_iri, study_from
from graph.mapping_mentions import mention_from, mention_node
from graph.mapping_parts import (
    EFFECT,
    QUOTE,
    RESTATEMENT,
    checks_from,
    effect_from,
    in_order,
    put_checks,
    put_effect,
    put_quote,
    quote_from,
)
from graph.mapping_places import places_from, places_of
from graph.terms import DOUBLE, INTEGER, IRI, JSON, TEXT, Codec, Description, Node
from graph.vocab import EV, node
from ingest.claim import Assertion, Claim, Mention
from ingest.identity import content_key

ROLES = {
    "intervention": node(EV.intervention),
    "comparator": node(EV.comparator),
    "outcome": node(EV.outcome),
    "population": node(EV.population),
}
"""The four slots of a claim, in their order, and the property that holds each."""
CLAIM, ARTICLE, REPORT = node(EV.Claim), node(EV.article), node(EV.studyReport)
_KEY, _PLACES, _START = node(EV.contentKey), node(EV.places), node(EV.quoteStart)
_ASSERTION, _REVISION = node(EV.assertion), node(EV.revision)
_CODED: tuple[tuple[str, NamedNode, Codec[Any]], ...] = (
    ("outcome_favours", node(EV.outcomeFavours), codes.FAVOURS),
    ("direction", node(EV.direction), codes.DIRECTION),
    ("direction_basis", node(EV.directionBasis), codes.BASIS),
    ("significance", node(EV.significance), codes.SIGNIFICANCE),
    ("significance_basis", node(EV.significanceBasis), codes.BASIS),
    ("kind", node(EV.kind), codes.CLAIM_KIND),
    ("status", node(EV.status), codes.STATUS),
)
_PLAIN: tuple[tuple[str, NamedNode, Codec[Any]], ...] = (
    ("article", ARTICLE, IRI),
    ("confidence", node(EV.confidence), DOUBLE),
)


def mentions_of(claim: Claim) -> Iterator[tuple[str, Mention]]:
    """The slots that the claim fills, in their order, by name."""
    for role in ROLES:
        mention = getattr(claim, role)
        if mention is not None:
            yield role, mention


def claim_quads(claim: Claim) -> list[Quad]:
    """Every triple of the claim but those of its mentions and of its study report, which others may share.

    Raises ValueError when an IRI is none, a number is not finite, or a text holds half of a surrogate pair.
    """
    head = Node(node(claim.id), CLAIM)
    quads: list[Quad] = []
    for name, predicate, codec in _PLAIN:
        head.put(predicate, codec, getattr(claim, name))
    for name, predicate, code in _CODED:
        head.put(predicate, code, getattr(claim, name))
    if claim.content_key != _follows(claim):
        head.put(_KEY, TEXT, claim.content_key)
    if claim.assertion is not Assertion.STATED:
        head.quads.append(Quad(head.subject, _ASSERTION, codes.ASSERTION.encode(claim.assertion)))
    if claim.revision:
        head.put(_REVISION, INTEGER, claim.revision)
    head.put(_START, INTEGER, claim.quote.span.start)
    for role, mention in mentions_of(claim):
        head.link(ROLES[role], mention_node(mention))
    head.put(_PLACES, JSON, places_of(claim).written())
    for index, effect in enumerate(claim.effects):
        quads += put_effect(head, index, effect)
    quads += put_quote(head, QUOTE, "quote", claim.quote)
    for index, quote in enumerate(claim.restatements):
        quads += put_quote(head, RESTATEMENT, f"restatement-{index}", quote)
    put_checks(head, claim.checks)
    if claim.study is not None:
        head.link(REPORT, node(report_iri(claim.article, claim.study)))
    return head.quads + quads


def claim_from(record: NamedNode, held: Description, text_sha256: str) -> Claim:
    """The claim that ``claim_quads`` wrote; ``held`` has its triples, and those of its mentions and study report.

    ``text_sha256`` is that of its article. Raises ValueError when something that every claim has is missing.
    """
    places = places_from(held.need(record, _PLACES, JSON))
    slots: dict[str, Any] = {}
    for role, predicate in ROLES.items():
        links = held.links(record, predicate)
        slots[role] = mention_from(links[0], held, places.slots.get(role)) if links else None
    quotes = held.links(record, QUOTE)
    if slots["outcome"] is None or not quotes:
        raise ValueError(f"{record.value} has no {'quote' if slots['outcome'] else 'outcome'}")
    values: dict[str, Any] = {name: held.need(record, predicate, codec) for name, predicate, codec in _PLAIN}
    values |= {name: held.one(record, predicate, code) for name, predicate, code in _CODED}
    reports = held.links(record, REPORT)
    quote = quote_from(quotes[0], held, places.quote)
    numbers = zip(in_order(held, record, EFFECT), places.effects, strict=True)
    effects = tuple(effect_from(part, held, start) for part, start in numbers)
    others = zip(in_order(held, record, RESTATEMENT), places.restatements, strict=True)
    key = held.one(record, _KEY, TEXT)
    return Claim(
        id=record.value,
        content_key=content_key(values["article"], quote.exact, tuple(slots.values()), effects) if key is None else key,
        text_sha256=text_sha256,
        quote=quote,
        effects=effects,
        restatements=tuple(quote_from(part, held, around) for part, around in others),
        assertion=held.one(record, _ASSERTION, codes.ASSERTION) or Assertion.STATED,
        revision=held.one(record, _REVISION, INTEGER) or 0,
        checks=checks_from(record, held),
        study=study_from(reports[0], held) if reports else None,
        **slots,
        **values,
    )


def _follows(claim: Claim) -> str:
    slots = [getattr(claim, role) for role in ROLES]
    return content_key(claim.article, claim.quote.exact, slots, claim.effects)
