"""The network of treatments that were compared with each other, and its shape. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import networkx as nx

from graph.analyses.facts import Fact, Term
from graph.analyses.tally import by_study
from ingest.claim import Measure

SMALL = 150
"""Comparisons of a network of which the shortest loops are looked for; of a larger one any that span all loops."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two treatments that were compared directly, in order of their ids.

    ``studies`` and ``claims`` are ids in order; a study counts once. ``participants`` sums the studies that give their
    size (``sized`` of them), all arms of the study; None where none does.
    """

    one: str
    other: str
    studies: tuple[str, ...]
    claims: tuple[str, ...]
    measures: tuple[Measure, ...]
    participants: int | None
    sized: int
    bridge: bool = False

    @property
    def pair(self) -> Pair:
        """The two treatments."""
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class Treatment:
    """A node: ``degree`` counts the treatments that it was compared with.

    ``cut`` is True where the network falls apart without it, ``single_study`` where one study made all its comparisons.
    """

    term: Term
    degree: int
    studies: tuple[str, ...]
    cut: bool = False
    single_study: bool = False


@dataclass(frozen=True, slots=True)
class Loop:
    """Treatments in a circle of direct comparisons. ``checkable`` where direct and indirect evidence may disagree.

    That is where a study has made some of its comparisons and not all: what one study compares with itself always fits.
    """

    treatments: tuple[str, ...]
    checkable: bool


@dataclass(frozen=True, slots=True)
class Network:
    """Treatments (most compared first) and comparisons (by ids) of the claims that name two treatments.

    ``parts`` are the treatments that hang together, the largest part first. ``loops`` span all loops there are.
    ``several_arms`` are studies that compared more than two treatments, with these. Claims that make no comparison:
    ``without_drug`` and ``without_comparator`` name none, ``same_treatment`` has one on both sides (doses, schedules).
    """

    treatments: tuple[Treatment, ...]
    comparisons: tuple[Comparison, ...]
    parts: tuple[tuple[str, ...], ...]
    loops: tuple[Loop, ...]
    several_arms: tuple[tuple[str, tuple[str, ...]], ...]
    outcomes: tuple[Term, ...]
    populations: tuple[Term, ...]
    claims: int
    without_drug: int
    without_comparator: int
    same_treatment: int
    without_population: int

    @property
    def connected(self) -> bool:
        """True where there are comparisons and every treatment hangs together with every other one."""
        return len(self.parts) == 1

    @property
    def studies(self) -> tuple[str, ...]:
        """The studies behind the comparisons, each once."""
        return tuple(sorted({study for c in self.comparisons for study in c.studies}))

    def label(self, treatment: str) -> str:
        """What a treatment is called."""
        return next(t.term.label for t in self.treatments if t.term.id == treatment)


def compared(facts: Iterable[Fact]) -> Network:
    """The network of ``facts``, whatever their order."""
    every = sorted(facts, key=lambda f: f.claim)
    terms: dict[str, Term] = {}
    held: dict[Pair, list[Fact]] = {}
    for fact in every:
        if fact.drug is None or fact.comparator is None or fact.drug.id == fact.comparator.id:
            continue
        for term in (fact.drug, fact.comparator):
            terms.setdefault(term.id, term)
        pair = min(fact.drug.id, fact.comparator.id), max(fact.drug.id, fact.comparator.id)
        held.setdefault(pair, []).append(fact)
    comparisons = [_comparison(pair, held[pair]) for pair in sorted(held)]
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(terms))
    graph.add_edges_from(c.pair for c in comparisons)
    studies = {c.pair: c.studies for c in comparisons}
    bridges = {tuple(sorted(edge)) for edge in nx.bridges(graph)}
    inside = [fact for some in held.values() for fact in some]
    return Network(
        treatments=_treatments(graph, terms, studies),
        comparisons=tuple(_marked(c, c.pair in bridges) for c in comparisons),
        parts=_parts(graph),
        loops=_loops(graph, studies),
        several_arms=_several_arms(studies),
        outcomes=_terms(f.outcome for f in inside),
        populations=_terms(f.population for f in inside),
        claims=len(every),
        without_drug=sum(f.drug is None for f in every),
        without_comparator=sum(f.drug is not None and f.comparator is None for f in every),
        same_treatment=sum(
            f.drug is not None and f.comparator is not None and f.drug.id == f.comparator.id for f in every
        ),
        without_population=sum(f.population is None for f in inside),
    )


def _comparison(pair: Pair, facts: list[Fact]) -> Comparison:
    held = by_study(facts)
    sizes = [
        max(known) for some in held.values() if (known := [f.participants for f in some if f.participants is not None])
    ]
    named = {measure for f in facts for measure in f.measures}
    return Comparison(
        *pair,
        tuple(held),
        tuple(sorted(f.claim for f in facts)),
        tuple(m for m in Measure if m in named),
        sum(sizes) if sizes else None,
        len(sizes),
    )


def _treatments(
    graph: nx.Graph[str], terms: Mapping[str, Term], studies: Mapping[Pair, tuple[str, ...]]
) -> tuple[Treatment, ...]:
    behind: dict[str, set[str]] = {id: set() for id in terms}
    for pair, some in studies.items():
        for id in pair:
            behind[id].update(some)
    cuts = set(nx.articulation_points(graph))
    found = [
        Treatment(term, graph.degree(id), tuple(sorted(behind[id])), id in cuts, len(behind[id]) == 1)
        for id, term in terms.items()
    ]
    return tuple(sorted(found, key=lambda t: (-t.degree, -len(t.studies), t.term.label.casefold(), t.term.id)))


def _parts(graph: nx.Graph[str]) -> tuple[tuple[str, ...], ...]:
    parts = [tuple(sorted(part)) for part in nx.connected_components(graph)]
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))


def _loops(graph: nx.Graph[str], studies: Mapping[Pair, tuple[str, ...]]) -> tuple[Loop, ...]:
    """Loops that span all others. Treatments are numbered, since the order of sets of words differs between runs."""
    names = sorted(graph)
    numbers = {name: number for number, name in enumerate(names)}
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(names)))
    edges = [(numbers[a], numbers[b]) for a, b in graph.edges]
    plain.add_edges_from(sorted((min(edge), max(edge)) for edge in edges))
    small = plain.number_of_edges() <= SMALL
    found = nx.minimum_cycle_basis(plain) if small else nx.cycle_basis(plain)
    circles = sorted((_turned(circle) for circle in found), key=lambda circle: (len(circle), circle))
    return tuple(_loop([names[number] for number in circle], studies) for circle in circles)


def _turned(circle: list[int]) -> list[int]:
    """The circle from its first treatment on, towards the earlier of the two beside it."""
    at = circle.index(min(circle))
    forwards = circle[at:] + circle[:at]
    backwards = [forwards[0], *reversed(forwards[1:])]
    return min(forwards, backwards)


def _loop(circle: list[str], studies: Mapping[Pair, tuple[str, ...]]) -> Loop:
    sides = [set(studies[min(a, b), max(a, b)]) for a, b in pairwise([*circle, circle[0]])]
    return Loop(tuple(circle), set.union(*sides) != set.intersection(*sides))


def _several_arms(studies: Mapping[Pair, tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    arms: dict[str, set[str]] = {}
    for pair, some in studies.items():
        for study in some:
            arms.setdefault(study, set()).update(pair)
    return tuple((study, tuple(sorted(arms[study]))) for study in sorted(arms) if len(arms[study]) > 2)


def _terms(found: Iterable[Term | None]) -> tuple[Term, ...]:
    """Each term once, those that are named most often first."""
    counts: dict[str, int] = {}
    terms: dict[str, Term] = {}
    for term in found:
        if term is not None:
            terms.setdefault(term.id, term)
            counts[term.id] = counts.get(term.id, 0) + 1
    return tuple(sorted(terms.values(), key=lambda t: (-counts[t.id], t.label.casefold(), t.id)))


def _marked(comparison: Comparison, bridge: bool) -> Comparison:
    return replace(comparison, bridge=bridge)
