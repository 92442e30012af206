"""Drugs with similar evidence: what studies found of the same outcomes goes the same way. Pure.

A drug is a vector over outcomes: studies that found the outcome higher less studies that found it lower. Outcomes with
no direction known say nothing. A combination is a drug of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.analyses.facts import Fact, Term
from graph.analyses.tally import Found, Tally, tally

SHARED = 2
"""Outcomes that two drugs must both have a direction for, to be compared at all."""
MOST_DRUGS = 300
"""So many drugs are compared, those with the most studies; more than these would take a square of them."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What studies found of one drug and one outcome: ``net`` is higher less lower; ``sign`` is what most found.

    ``sign`` is None where as many studies found one thing as another. ``claims`` are those with a direction.
    """

    outcome: Term
    higher: int
    lower: int
    no_difference: int
    claims: tuple[str, ...]

    @property
    def net(self) -> int:
        """Studies that found it higher less those that found it lower."""
        return self.higher - self.lower

    @property
    def sign(self) -> Found | None:
        """What most studies found."""
        counts = {Found.HIGHER: self.higher, Found.LOWER: self.lower, Found.NO_DIFFERENCE: self.no_difference}
        most = max(counts.values())
        best = [found for found, number in counts.items() if number == most]
        return best[0] if len(best) == 1 else None


@dataclass(frozen=True, slots=True)
class Shared:
    """An outcome that two drugs share; ``share`` is its part of the cosine, positive where it makes them alike."""

    one: Profile
    other: Profile
    share: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two drugs, in order of their ids. ``cosine`` from -1, found the opposite of all outcomes, to 1.

    ``cosine`` is None where a vector is nought. ``jaccard`` is the share, of the outcomes that either has a finding
    for, of those where most studies of both found the same. ``shared`` outcomes: those that weigh most come first.
    """

    one: Term
    other: Term
    cosine: float | None
    jaccard: float
    shared: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """Pairs of drugs, the most alike first. ``drugs`` were compared, of ``all_drugs`` with any direction known."""

    pairs: tuple[Likeness, ...]
    drugs: int
    all_drugs: int
    claims: int
    undirected: int


def similar(
    facts: Iterable[Fact], *, to: frozenset[str] | None = None, shared: int = SHARED, drugs: int = MOST_DRUGS
) -> Similar:
    """Pairs that share ``shared`` outcomes or more. ``to``: only pairs with one of these drugs, by id; None: all.

    The most alike come first: by cosine, then by Jaccard, shared outcomes, and name.
    """
    every = list(facts)
    terms, profiles = _profiles(every)
    order = sorted(profiles, key=lambda d: (to is not None and d not in to, -_weight(profiles[d]), terms[d].label, d))
    chosen = sorted(order[:drugs])
    pairs = [
        _likeness(terms[one], terms[other], profiles[one], profiles[other])
        for number, one in enumerate(chosen)
        for other in chosen[number + 1 :]
        if (to is None or one in to or other in to) and len(profiles[one].keys() & profiles[other].keys()) >= shared
    ]
    pairs.sort(key=lambda p: (p.cosine is None, -(p.cosine or 0), -p.jaccard, -len(p.shared), p.one.id, p.other.id))
    return Similar(tuple(pairs), len(chosen), len(profiles), len(every), sum(f.direction is None for f in every))


def _profiles(facts: Sequence[Fact]) -> tuple[dict[str, Term], dict[str, dict[str, Profile]]]:
    terms: dict[str, Term] = {}
    held: dict[str, dict[str, list[Fact]]] = {}
    for fact in sorted(facts, key=lambda f: f.claim):
        if fact.drug is not None and fact.direction is not None:
            for term in (fact.drug, fact.outcome):
                terms.setdefault(term.id, term)
            held.setdefault(fact.drug.id, {}).setdefault(fact.outcome.id, []).append(fact)
    return terms, {
        drug: {outcome: _profile(terms[outcome], tally(some)) for outcome, some in sorted(outcomes.items())}
        for drug, outcomes in held.items()
    }


def _profile(outcome: Term, counted: Tally) -> Profile:
    found = dict(counted.studies_found)
    higher, lower, same = (found.get(one, 0) for one in (Found.HIGHER, Found.LOWER, Found.NO_DIFFERENCE))
    return Profile(outcome, higher, lower, same, counted.claims)


def _weight(profile: Mapping[str, Profile]) -> int:
    return sum(p.higher + p.lower + p.no_difference for p in profile.values())


def _likeness(one: Term, other: Term, mine: Mapping[str, Profile], theirs: Mapping[str, Profile]) -> Likeness:
    common = sorted(mine.keys() & theirs.keys())
    lengths = [float(np.linalg.norm([p.net for p in some.values()])) for some in (mine, theirs)]
    whole = lengths[0] * lengths[1]
    shares = [mine[o].net * theirs[o].net / whole if whole else 0.0 for o in common]
    parts = [Shared(mine[o], theirs[o], round(share, 6)) for o, share in zip(common, shares, strict=True)]
    parts.sort(key=lambda s: (-abs(s.share), s.one.outcome.label.casefold(), s.one.outcome.id))
    same = sum(mine[o].sign is not None and mine[o].sign == theirs[o].sign for o in common)
    cosine = round(max(-1.0, min(1.0, sum(shares))), 6) if whole else None
    return Likeness(one, other, cosine, round(same / len(mine.keys() | theirs.keys()), 6), tuple(parts))
