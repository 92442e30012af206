"""What the claims of some articles are in the index: records, the words that show them, and what pages are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor

import numpy as np

from graph.index.packing import claim_bare
from graph.index.record import (
    DIRECTIONS,
    GRADES,
    KINDS,
    MEASURES,
    NONE,
    RECORD,
    ROLES,
    SIGNIFICANCES,
    STATUSES,
    Records,
    bits,
    halves,
)
from graph.language.fitting import size_of
from graph.mapping_article import study_iri
from graph.reading import Reader
from ingest.claim import Claim, Mention, Study

_MOST_PEOPLE = 2**62


@dataclass(frozen=True, slots=True)
class ClaimsOf:
    """The claims of one article in the order of their places: records, quotes, and each claim on a line."""

    records: Records
    quotes: tuple[str, ...]
    lines: tuple[bytes, ...]


def read_claims(
    reader: Reader,
    articles: Sequence[str],
    number_mentions: Callable[[Iterable[Mention]], Mapping[Mention, int]],
    number_names: Callable[[Iterable[str]], Mapping[str, int]],
) -> dict[str, ClaimsOf]:
    """The claims of ``articles``, by article; the last two number mentions and names, new ones too."""
    ids = reader.ids_of(articles)
    claims = {claim.id: claim for claim in reader.claims([i for each in ids.values() for i in each])}
    mentions = number_mentions(m for claim in claims.values() for role in ROLES if (m := getattr(claim, role)))
    names = number_names(sorted({text for claim in claims.values() for text in _texts(claim) if text is not None}))
    found: dict[str, ClaimsOf] = {}
    for article in articles:
        own = sorted((claims[i] for i in ids.get(article, ())), key=lambda c: (c.quote.span.start, c.id))
        records = np.array([_record(claim, mentions, names) for claim in own], dtype=RECORD)
        found[article] = ClaimsOf(records, tuple(c.quote.exact for c in own), tuple(map(claim_bare, own)))
    return found


def _texts(claim: Claim) -> tuple[str | None, str | None, str | None]:
    """Design, phase and IRI of the claim's study."""
    study = claim.study
    return (None, None, None) if study is None else (study.design, study.phase, study_iri(study, claim.article))


def _record(claim: Claim, mentions: Mapping[Mention, int], names: Mapping[str, int]) -> tuple[int, ...]:
    people = size_of(claim.study or Study())
    slots = (getattr(claim, role) for role in ROLES)
    return (
        *halves(claim.id),
        claim.quote.span.start,
        floor(1000 * claim.confidence + 0.5),
        KINDS.index(claim.kind),
        STATUSES.index(claim.status),
        DIRECTIONS.index(claim.direction),
        SIGNIFICANCES.index(claim.significance),
        bits(GRADES.index(check.grade) for check in claim.checks),
        bits(MEASURES.index(effect.measure) for effect in claim.effects),
        min(len(claim.effects), 65_535),
        *(NONE if text is None else names[text] for text in _texts(claim)[:2]),
        NONE if people is None else min(people, _MOST_PEOPLE),
        *(NONE if text is None else names[text] for text in _texts(claim)[2:]),
        *(NONE if slot is None else mentions[slot] for slot in slots),
    )
