"""One finding told by several articles of one study: which claims are the same, and which article tells it best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.index.columns import Columns, Numbers
from graph.index.record import NONE
from graph.index.side import SideIndex
from graph.index.standing import kind_of
from graph.mapping_mentions import search_key
from graph.model import Retelling
from ingest.article import ArticleKind
from ingest.claim import Claim, Effect, Mention

MOST = 400
"""Claims of one study that are looked through for the same finding."""


@dataclass(frozen=True)
class Told:
    """For claims by id: where else a finding is told, the best article first, and which claim tells it better."""

    also: Mapping[str, tuple[Retelling, ...]]
    better: Mapping[str, Retelling]


def retellings(claims: Sequence[Claim], answer: Numbers, part: slice, index: SideIndex) -> Told:
    """Of ``claims``, which are a ``part`` of the answer, their other tellings in the answer (places in the columns).

    The answer is in order: what comes first is told best.
    """
    columns = index.columns
    units = columns.claims["unit"]
    own = dict(zip((c.id for c in claims), units[answer[part]].tolist(), strict=True))
    several: dict[int, list[tuple[str, int]]] = {}
    loaded: dict[str, Claim] = {}
    for unit, places in _peers(columns, answer, set(own.values())).items():
        homes = columns.claims["article"][places].tolist()
        if len(set(homes)) > 1:
            told = index.claims(places)
            several[unit] = [(peer.id, home) for peer, home in zip(told, homes, strict=True)]
            loaded |= {peer.id: peer for peer in told}
    also, better = dict[str, tuple[Retelling, ...]](), dict[str, Retelling]()
    for claim in claims:
        peers = several.get(own[claim.id], [])
        home = columns.number_of(claim.article)
        same = [(c, a) for c, a in peers if c == claim.id or (a != home and alike(claim, loaded[c]))]
        ranked = sorted(same, key=lambda peer: rank(columns, peer[1]))
        if len(ranked) < 2 or all(c != claim.id for c, _ in ranked):
            continue
        if ranked[0][0] == claim.id:
            also[claim.id] = tuple(_retelling(index, *peer) for peer in ranked[1:])
        else:
            better[claim.id] = _retelling(index, *ranked[0])
    return Told(also, better)


def _peers(columns: Columns, answer: Numbers, units: set[int]) -> dict[int, list[int]]:
    """Claims of the answer that count for these units, ``MOST`` of each, in the answer's order."""
    units.discard(NONE)
    if not units:
        return {}
    wanted = np.zeros(max(units) + 2, np.bool_)
    wanted[list(units)] = True
    held = columns.claims["unit"][answer]
    found: dict[int, list[int]] = {}
    for place in np.flatnonzero(wanted[np.minimum(held, len(wanted) - 1)]).tolist():
        peers = found.setdefault(int(held[place]), [])
        if len(peers) < MOST:
            peers.append(int(answer[place]))
    return found


def _retelling(index: SideIndex, claim: str, article: int) -> Retelling:
    columns = index.columns
    head = index.head(columns.ids[article])
    return Retelling(claim, columns.ids[article], kind_of(int(columns.articles["kind"][article])), head.title)


_BEST = (ArticleKind.FULL_TEXT, ArticleKind.REGISTRY_RECORD, ArticleKind.ABSTRACT)


def rank(columns: Columns, article: int) -> tuple[int, int]:
    """How good a source an article is: primary ones first, of these full texts, then records, then abstracts."""
    kind = kind_of(int(columns.articles["kind"][article]))
    return int(columns.articles["secondary"][article]), _BEST.index(kind) if kind in _BEST else len(_BEST)


def alike(one: Claim, other: Claim) -> bool:
    """True where two claims of one study tell the same finding: the same outcome and arms, and equal numbers.

    Every number of the claim that has fewer stands in the other one, for the same arm and measure; one may leave out
    an interval. Claims without numbers, and claims that go different ways, are not the same.
    """
    if one.direction is not None and other.direction is not None and one.direction is not other.direction:
        return False
    if not _same(one.outcome, other.outcome) or not _fits(one.intervention, other.intervention):
        return False
    mine, theirs = (tuple(e for e in c.effects if _has_number(e)) for c in (one, other))
    fewer, more = sorted((mine, theirs), key=len)
    return bool(fewer) and all(any(_equal(a, b) for b in more) for a in fewer)


def _same(one: Mention, other: Mention) -> bool:
    if one.concepts or other.concepts:
        return bool(set(one.concepts) & set(other.concepts))
    return search_key(one.label or one.text) == search_key(other.label or other.text)


def _fits(one: Mention | None, other: Mention | None) -> bool:
    return one is None or other is None or _same(one, other)


def _has_number(effect: Effect) -> bool:
    return effect.value is not None or effect.events is not None


def _equal(one: Effect, other: Effect) -> bool:
    same = (one.measure, one.arm, one.value, one.events) == (other.measure, other.arm, other.value, other.events)
    return same and (one.interval == other.interval or one.interval is None or other.interval is None)
