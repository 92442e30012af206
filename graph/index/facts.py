"""What the store says of the claims of some articles, as records of the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import floor
from typing import Protocol

import numpy as np
from pyoxigraph import NamedNode

from graph.binding import Values
from graph.index.record import (
    DIRECTION_OF,
    GRADE_OF,
    KIND_OF,
    MEASURE_OF,
    NONE,
    RECORD,
    ROLES,
    SIGNIFICANCE_OF,
    STATUS_OF,
    Records,
    bits,
    halves,
)
from graph.rows import word
from graph.store import QuadStore, Row
from graph.terms import Term
from graph.vocab import EV, OA, node

Held = dict[Term, dict[NamedNode, list[Term]]]
_START, _CONFIDENCE, _GRADE = node(EV.quoteStart), node(EV.confidence), node(EV.checkGrade)
_EFFECT, _MEASURE, _QUOTE, _EXACT = node(EV.effect), node(EV.measure), node(EV.quote), node(OA.exact)
_REPORT, _SLOTS = node(EV.studyReport), [node(EV[role]) for role in ROLES]
_MOST_PEOPLE = 2**62
_CODED = (
    (node(EV.kind), KIND_OF),
    (node(EV.status), STATUS_OF),
    (node(EV.direction), DIRECTION_OF),
    (node(EV.significance), SIGNIFICANCE_OF),
)


class Rows(Protocol):
    """Whatever gives the rows of a query of ``queries``, and the store behind it."""

    store: QuadStore

    def rows(self, query: str, /, **values: Values) -> list[Row]:
        """The rows."""


@dataclass
class ClaimsOf:
    """The claims of one article in the order of their places, and the words that show each."""

    records: Records
    quotes: list[str] = field(default_factory=list)


def read_claims(
    store: Rows,
    articles: Sequence[str],
    mention: Callable[[Iterable[Term]], Mapping[Term, int]],
    name: Callable[[Iterable[str]], Mapping[str, int]],
) -> dict[str, ClaimsOf]:
    """The claims of ``articles``, by article; ``mention`` and ``name`` number mentions and names, new ones too."""
    given = [node(a) for a in articles]
    rows = store.rows("claims_of", article=given)
    homes = [(word(article), claim) for article, claim in rows if isinstance(claim, NamedNode)]
    held = _described(store.store, (claim for _, claim in homes))
    measures = _bits(store.store, held, _EFFECT, _MEASURE, MEASURE_OF)
    quotes = _one(store.store, held, _QUOTE, _EXACT)
    reports: dict[Term | None, Row] = {row[0]: row[1:] for row in store.rows("index_reports", article=given)}
    mentions = mention({m for said in held.values() for role in _SLOTS for m in said.get(role, ())})
    names = name(sorted({t.value for report in reports.values() for t in report[:3] if t is not None}))
    by_article: dict[str, list[tuple[int, str, tuple[int, ...], str]]] = defaultdict(list)
    for article, claim in homes:
        said = held[claim]
        place, iri = int(said[_START][0].value), word(claim)
        report = reports.get(next(iter(said.get(_REPORT, ())), None), (None,) * 5)
        people = report[3] if report[3] is not None else report[4]
        values = (
            *halves(iri),
            place,
            floor(1000 * float(said[_CONFIDENCE][0].value) + 0.5),
            *(places[next(iter(said.get(field, ())), None)] for field, places in _CODED),
            bits(GRADE_OF[grade] for grade in said.get(_GRADE, ())),
            measures.get(claim, 0),
            *(NONE if report[part] is None else names[word(report[part])] for part in (1, 2)),
            NONE if people is None else min(int(word(people)), _MOST_PEOPLE),
            NONE if report[0] is None else names[word(report[0])],
            *(mentions[said[role][0]] if role in said else NONE for role in _SLOTS),
        )
        by_article[article].append((place, iri, values, quotes.get(claim, "")))
    found: dict[str, ClaimsOf] = {}
    for article in articles:
        claims = sorted(by_article.get(article, ()), key=lambda c: c[:2])
        records = np.array([values for _, _, values, _ in claims], dtype=RECORD)
        found[article] = ClaimsOf(records, [quote for *_, quote in claims])
    return found


def _described(store: QuadStore, subjects: Iterable[NamedNode]) -> Held:
    found: Held = {}
    for subject, predicate, value in store.describe(subjects):
        found.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return found


def _linked(held: Held, link: NamedNode) -> dict[NamedNode, Term]:
    """The nodes that claims link to so, with the claim of each."""
    return {n: claim for claim, said in held.items() for n in said.get(link, ()) if isinstance(n, NamedNode)}


def _bits(
    store: QuadStore, held: Held, link: NamedNode, field: NamedNode, places: Mapping[Term | None, int]
) -> dict[Term, int]:
    homes = _linked(held, link)
    found: dict[Term, int] = {}
    for part, _, value in store.describe(homes, field):
        found[homes[part]] = found.get(homes[part], 0) | 1 << places[value]
    return found


def _one(store: QuadStore, held: Held, link: NamedNode, field: NamedNode) -> dict[Term, str]:
    homes = _linked(held, link)
    return {homes[part]: value.value for part, _, value in store.describe(homes, field)}
