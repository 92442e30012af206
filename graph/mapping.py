"""Claims as triples of the default graph and back, without loss. Pure.

Every node of a claim is named after the claim (``<claim>#effect-0``) and says with ``ev:partOf`` which claim it
belongs to, so that a claim is read with one pattern. The study is written by ``mapping_article``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyoxigraph import NamedNode, Quad

from graph import codes
from graph.mapping_article import report_iri, study_from, study_iri
from graph.mapping_parts import (
    check_from,
    effect_from,
    in_order,
    mention_from,
    put_check,
    put_effect,
    put_mention,
    put_quote,
    quote_from,
)
from graph.terms import DOUBLE, INTEGER, IRI, TEXT, Codec, Description, Node
from graph.vocab import EV, PICO, node
from ingest.claim import Claim

ROLES = {
    "intervention": (node(EV.intervention), node(PICO.InterventionGroup)),
    "comparator": (node(EV.comparator), node(PICO.InterventionGroup)),
    "outcome": (node(EV.outcome), node(PICO.Outcome)),
    "population": (node(EV.population), node(PICO.Population)),
}
"""The four slots of a claim: the property that holds each, and the class of what it holds."""

_CODED: tuple[tuple[str, NamedNode, Codec[Any]], ...] = (
    ("outcome_favours", node(EV.outcomeFavours), codes.FAVOURS),
    ("direction", node(EV.direction), codes.DIRECTION),
    ("direction_basis", node(EV.directionBasis), codes.BASIS),
    ("significance", node(EV.significance), codes.SIGNIFICANCE),
    ("significance_basis", node(EV.significanceBasis), codes.BASIS),
    ("assertion", node(EV.assertion), codes.ASSERTION),
    ("kind", node(EV.kind), codes.CLAIM_KIND),
    ("status", node(EV.status), codes.STATUS),
)
_PLAIN: tuple[tuple[str, NamedNode, Codec[Any]], ...] = (
    ("content_key", node(EV.contentKey), TEXT),
    ("article", node(EV.article), IRI),
    ("text_sha256", node(EV.sha256), TEXT),
    ("confidence", node(EV.confidence), DOUBLE),
    ("revision", node(EV.revision), INTEGER),
)


def claim_quads(claim: Claim) -> list[Quad]:
    """Every triple of the claim but those of its study report.

    Raises ValueError when an IRI is none, a number is not finite, or a text holds half of a surrogate pair.
    """
    record = node(claim.id)
    head = Node(record, node(EV.Claim), record)
    quads: list[Quad] = []
    for name, predicate, codec in _PLAIN:
        head.put(predicate, codec, getattr(claim, name))
    for name, predicate, code in _CODED:
        head.put(predicate, code, getattr(claim, name))
    head.put(node(EV.quoteStart), INTEGER, claim.quote.span.start)
    for role, (predicate, kind) in ROLES.items():
        mention = getattr(claim, role)
        if mention is not None:
            quads += put_mention(head, predicate, kind, role, mention)
    for index, effect in enumerate(claim.effects):
        quads += put_effect(head, index, effect)
    quads += put_quote(head, node(EV.quote), "quote", 0, claim.quote, claim.article)
    for index, quote in enumerate(claim.restatements):
        quads += put_quote(head, node(EV.restatement), f"restatement-{index}", index, quote, claim.article)
    for index, check in enumerate(claim.checks):
        quads += put_check(head, index, check)
    if claim.study is not None:
        head.link(node(EV.studyReport), node(report_iri(claim.article, claim.study)))
        head.link(node(EV.study), node(study_iri(claim.study, claim.article)))
    return head.quads + quads


def claim_from(record: NamedNode, held: Description) -> Claim:
    """The claim that ``claim_quads`` wrote; ``held`` has its triples and those of its study report.

    Raises ValueError when something that every claim has is missing.
    """
    slots: dict[str, Any] = {}
    for role, (predicate, _) in ROLES.items():
        places = held.links(record, predicate)
        slots[role] = mention_from(places[0], held) if places else None
    outcome = slots.pop("outcome")
    if outcome is None:
        raise ValueError(f"{record.value} has no outcome")
    values: dict[str, Any] = {name: held.need(record, predicate, codec) for name, predicate, codec in _PLAIN}
    values |= {name: held.one(record, predicate, code) for name, predicate, code in _CODED}
    reports = held.links(record, node(EV.studyReport))
    return Claim(
        id=record.value,
        outcome=outcome,
        quote=quote_from(held.links(record, node(EV.quote))[0], held),
        effects=tuple(effect_from(n, held) for n in in_order(held, record, node(EV.effect))),
        restatements=tuple(quote_from(n, held) for n in in_order(held, record, node(EV.restatement))),
        checks=tuple(check_from(n, held) for n in in_order(held, record, node(EV.check))),
        study=study_from(reports[0], held) if reports else None,
        **slots,
        **values,
    )


def claims_from(records: Iterable[str], held: Description) -> list[Claim]:
    """The claims of several records, in the order of ``records``."""
    return [claim_from(node(record), held) for record in records]
