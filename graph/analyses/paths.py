"""The shortest way of evidence between two concepts: each step is a claim that names both of its ends. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice, pairwise

import networkx as nx

from graph.analyses.facts import WORDS, Fact, Term
from ingest.terminology import Terminology

LONGEST = 6
"""Steps that a path has at most; what lies farther apart has little to do with each other."""
ALTERNATIVES = 10
"""Paths that can be asked for."""
NEAR = 5
"""Suggestions where there is no path."""
_TIED = 200
"""Paths of one length that are looked through for the first by name."""
_STEP = 10**9
_ROLES = ("drug", "comparator", "outcome", "population")
_FROM, _TO = "from", "to"


@dataclass(frozen=True, slots=True)
class End:
    """A concept or words on a path, by id."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """Two ends that claims name together. The claim to show comes first; ``roles`` are those of the ends in it."""

    one: End
    other: End
    roles: tuple[str, str]
    studies: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from one end to the other."""

    steps: tuple[Step, ...]

    @property
    def ends(self) -> tuple[End, ...]:
        """The ends in order, with what lies between."""
        return (self.steps[0].one, *(step.other for step in self.steps))


@dataclass(frozen=True, slots=True)
class Paths:
    """Paths, the shortest first; of the same length the one with more studies, then by name.

    Where there is none, ``why`` says so and ``near`` are ends that the evidence does reach from the first one, nearest
    to the second one in the terminology.
    """

    paths: tuple[Path, ...]
    why: str = ""
    near: tuple[End, ...] = ()


class Links:
    """Which concepts claims name together. Concepts in one mention alone are not linked by it."""

    def __init__(self, facts: Iterable[Fact], terminology: Terminology) -> None:
        self._terminology = terminology
        self._ends: dict[str, End] = {}
        self._facts: dict[tuple[str, str], dict[str, tuple[Fact, tuple[str, str]]]] = {}
        for fact in sorted(facts, key=lambda f: f.rank):
            slots = zip(_ROLES, (fact.drug, fact.comparator, fact.outcome, fact.population), strict=True)
            named = [(role, end) for role, term in slots if term is not None for end in self._of(term)]
            for (role, end), (role2, end2) in combinations(named, 2):
                if role != role2 and end.id != end2.id:
                    (a, first), (b, second) = sorted(((end.id, role), (end2.id, role2)))
                    self._facts.setdefault((a, b), {}).setdefault(fact.claim, (fact, (first, second)))

    def _of(self, term: Term) -> list[End]:
        ids = term.id.split(" + ") if term.linked else [term.id]
        for id in ids:
            concept = self._terminology.get(id)
            self._ends.setdefault(id, End(id, term.label if concept is None else concept.name))
        return [self._ends[id] for id in ids]

    @property
    def ends(self) -> Mapping[str, End]:
        """Everything that claims name, by id."""
        return self._ends

    def graph(self) -> nx.Graph[str]:
        """A node for each end, an edge for each pair that claims name; shorter where more studies stand behind it."""
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(sorted(self._ends))
        for pair in sorted(self._facts):
            graph.add_edge(*pair, weight=_STEP - len({f.study for f, _ in self._facts[pair].values()}))
        return graph

    def step(self, one: str, other: str) -> Step:
        """The step between two ends that claims name together."""
        held = list(self._facts[min(one, other), max(one, other)].values())
        roles = held[0][1] if one < other else held[0][1][::-1]
        studies = tuple(sorted({f.study for f, _ in held}))
        return Step(self._ends[one], self._ends[other], roles, studies, tuple(f.claim for f, _ in held))


def evidence_paths(
    links: Links, start: Collection[str], goal: Collection[str], terminology: Terminology, number: int = 1
) -> Paths:
    """So many paths from an end of ``start`` to one of ``goal``, the shortest first. Ids may be those of no claim."""
    known = [sorted(id for id in some if id in links.ends) for some in (start, goal)]
    for some, wanted, which in zip(known, (start, goal), ("first", "second"), strict=True):
        if not some:
            near = _nearest(wanted, links.ends.values(), terminology)
            return Paths((), f"No claim of the answer names the {which} of the two.", near)
    if both := sorted(set(known[0]) & set(known[1])):
        names = ", ".join(links.ends[id].label for id in both)
        return Paths((), f"The two are the same, or one is a kind of the other: {names}.")
    graph = links.graph()
    reached = {id for one in known[0] for id in nx.node_connected_component(graph, one)}
    if reached.isdisjoint(known[1]):
        near = _nearest(goal, [links.ends[id] for id in sorted(reached - set(known[0]))], terminology)
        return Paths((), "No chain of claims leads from the one to the other.", near)
    graph.add_edges_from(((_FROM, id) for id in known[0]), weight=0)
    graph.add_edges_from(((_TO, id) for id in known[1]), weight=0)
    found = list(islice(_in_order(graph, links.ends, number), number))
    paths = (Path(tuple(links.step(a, b) for a, b in pairwise(path))) for path in found)
    near_enough = tuple(path for path in paths if len(path.steps) <= LONGEST)
    return Paths(near_enough, "" if near_enough else f"They are more than {LONGEST} steps apart.")


def _in_order(graph: nx.Graph[str], ends: Mapping[str, End], number: int) -> Iterator[list[str]]:
    """Paths by length, then studies, then names; each without what the virtual ends add, and without a second start."""

    def order(path: list[str]) -> tuple[int, list[tuple[str, str]]]:
        return nx.path_weight(graph, path, "weight"), [(ends[id].label.casefold(), id) for id in path[1:-1]]

    first = min(islice(nx.all_shortest_paths(graph, _FROM, _TO, weight="weight"), _TIED), key=order)
    yield first[1:-1]
    if number > 1:
        ways = (
            path
            for path in nx.shortest_simple_paths(graph, _FROM, _TO, weight="weight")
            if not any(graph.has_edge(_FROM, id) for id in path[2:-1])
            and not any(graph.has_edge(_TO, id) for id in path[1:-2])
        )
        others = [path for path in islice(ways, number) if path != first]
        yield from (path[1:-1] for path in sorted(others, key=order))


def _nearest(wanted: Iterable[str], ends: Iterable[End], terminology: Terminology) -> tuple[End, ...]:
    """Ends that have most in common with ``wanted`` among what is broader than both; none that has nothing."""
    above = {b for id in wanted if not id.startswith(WORDS) for b in terminology.ancestors(id)}
    shared = [(len(above & terminology.ancestors(end.id)), end) for end in ends if not end.id.startswith(WORDS)]
    best = sorted(((n, end) for n, end in shared if n), key=lambda s: (-s[0], s[1].label.casefold(), s[1].id))
    return tuple(end for _, end in best[:NEAR])
