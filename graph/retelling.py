"""One finding told by several articles of one study: which claims are the same, and which article tells it best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.mapping_mentions import search_key
from graph.model import Retelling
from graph.reading import ClaimHead, Reader
from ingest.article import Article
from ingest.claim import Claim, Effect, Mention

MOST = 400
"""Claims of one study that are looked through for the same finding."""


@dataclass(frozen=True)
class Told:
    """For claims by id: where else a finding is told, the best article first, and which claim tells it better."""

    also: Mapping[str, tuple[Retelling, ...]]
    better: Mapping[str, Retelling]


def retellings(claims: Sequence[Claim], answer: Iterable[ClaimHead], reader: Reader) -> Told:
    """Of each of ``claims``, its other tellings in ``answer``, which is in order: what comes first is told best."""
    studies = reader.studies
    units = {c.id: unit for c in claims if (unit := _unit(reader, c.article, c.id)) is not None}
    wanted, peers = set(units.values()), dict[str, list[ClaimHead]]()
    for head in answer:
        unit = studies.behind(head.article, head.study)
        if unit in wanted and len(peers.setdefault(unit, [])) < MOST:
            peers[unit].append(head)
    several = {unit: heads for unit, heads in peers.items() if len({h.article for h in heads}) > 1}
    loaded = {c.id: c for c in reader.claims([h.id for heads in several.values() for h in heads])}
    also, better = dict[str, tuple[Retelling, ...]](), dict[str, Retelling]()
    for claim in claims:
        heads = several.get(units.get(claim.id, ""), [])
        same = [h for h in heads if h.id == claim.id or (h.article != claim.article and alike(claim, loaded[h.id]))]
        ranked = sorted(same, key=lambda h: rank(reader, h.article))
        if len(ranked) < 2 or all(h.id != claim.id for h in ranked):
            continue
        if ranked[0].id == claim.id:
            also[claim.id] = tuple(_retelling(h, reader.article(h.article)) for h in ranked[1:])
        else:
            better[claim.id] = _retelling(ranked[0], reader.article(ranked[0].article))
    return Told(also, better)


def _unit(reader: Reader, article: str, claim: str) -> str | None:
    heads = reader.heads([claim])
    return reader.studies.behind(article, heads[0].study) if heads else None


def _retelling(head: ClaimHead, article: Article) -> Retelling:
    return Retelling(head.id, article.id, article.kind, article.title)


_KINDS = {"fullText": 0, "registryRecord": 1, "abstract": 2}


def rank(reader: Reader, article: str) -> tuple[int, int]:
    """How good a source an article is: primary ones first, of these full texts, then records, then abstracts."""
    head = reader.article_heads[article]
    return int(head.secondary), _KINDS.get(head.kind.rpartition("#")[2], 3)


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
