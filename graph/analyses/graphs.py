"""Results as networkx graphs: nodes and edges with plain attributes, in a fixed order, for files and notebooks. Pure.

Every edge carries its ``claims``, the ids in one string with blanks between. An attribute that is unknown is absent.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from typing import Any, TypeAlias

import networkx as nx

from graph.analyses.comparisons import Network
from graph.analyses.conflicts import Conflicts
from graph.analyses.evidence_map import EvidenceMap
from graph.analyses.facts import Term
from graph.analyses.paths import Paths
from graph.analyses.similarity import Similar
from graph.analyses.tally import Found, Tally, Worth

Graph: TypeAlias = "nx.MultiGraph[str]"


@singledispatch
def graph_of(result: Any) -> Graph:
    """The graph of a result: drugs, outcomes or treatments as nodes; what was counted or found on the edges."""
    raise TypeError(f"no graph is made of {type(result).__name__}")


@graph_of.register(EvidenceMap)
def _map(result: EvidenceMap) -> Graph:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for kind, axes in (("drug", result.drugs), ("outcome", result.outcomes)):
        for axis in axes:
            _add(graph, f"{kind} {axis.term.id}", axis.term, kind=kind, studies=axis.studies, count=axis.claims)
    for cell in result.cells:
        about = counts(cell.tally) | {"conflict": cell.conflict and cell.conflict.value}
        _link(graph, f"drug {cell.drug}", f"outcome {cell.outcome}", cell.tally.claims, **about)
    return graph


@graph_of.register(Network)
def _network(result: Network) -> Graph:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    part = {id: number for number, some in enumerate(result.parts, 1) for id in some}
    for one in result.treatments:
        seen = {"degree": one.degree, "studies": len(one.studies), "part": part[one.term.id]}
        _add(graph, one.term.id, one.term, kind="treatment", cut=one.cut, single_study=one.single_study, **seen)
    for made in result.comparisons:
        about: dict[str, Any] = {"studies": len(made.studies), "participants": made.participants, "bridge": made.bridge}
        measures = "; ".join(measure.value for measure in made.measures) or None
        ids = " ".join(made.studies)
        _link(graph, made.one, made.other, made.claims, measures=measures, study_ids=ids, sized=made.sized, **about)
    return graph.to_undirected()


@graph_of.register(Conflicts)
def _conflicts(result: Conflicts) -> Graph:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for found in result.conflicts:
        for kind, term in (("drug", found.drug), ("outcome", found.outcome)):
            _add(graph, f"{kind} {term.id}", term, kind=kind)
        context = found.context
        about: dict[str, Any] = {"grade": found.grade.value, "studies": found.studies, "measures": context.family}
        for name, known in (("comparator", context.comparator), ("population", context.population)):
            about[name] = None if known is None else known.label
        about |= {side.result.value: len(side.studies) for side in found.sides}
        claims = [claim for side in found.sides for some in side.claims for claim in some]
        _link(graph, f"drug {found.drug.id}", f"outcome {found.outcome.id}", claims, **about)
    return graph


@graph_of.register(Similar)
def _similar(result: Similar) -> Graph:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for pair in result.pairs:
        for term in (pair.one, pair.other):
            _add(graph, term.id, term, kind="drug")
        outcomes = "; ".join(shared.one.outcome.label for shared in pair.shared)
        claims = [c for shared in pair.shared for profile in (shared.one, shared.other) for c in profile.claims]
        about = {"cosine": pair.cosine, "jaccard": pair.jaccard, "shared": len(pair.shared), "outcomes": outcomes}
        _link(graph, pair.one.id, pair.other.id, claims, **about)
    return graph.to_undirected()


@graph_of.register(Paths)
def _paths(result: Paths) -> Graph:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, path in enumerate(result.paths, 1):
        for end in path.ends:
            graph.add_node(end.id, label=end.label)
        for place, step in enumerate(path.steps, 1):
            roles = {"from_role": step.roles[0], "to_role": step.roles[1]}
            _link(
                graph,
                step.one.id,
                step.other.id,
                step.claims,
                path=number,
                step=place,
                studies=len(step.studies),
                **roles,
            )
    return graph


def counts(tally: Tally) -> dict[str, Any]:
    """The numbers of a tally by name, noughts included; ``latest`` None where no year is known."""
    return {
        "count": len(tally.claims),
        "studies": len(tally.studies),
        **{f"found_{one.name.lower()}": dict(tally.studies_found).get(one, 0) for one in Found},
        **{f"worth_{one.name.lower()}": dict(tally.worth).get(one, 0) for one in Worth},
        "significant": tally.significant,
        "latest": tally.latest,
    }


def _add(graph: nx.MultiDiGraph[str], node: str, term: Term, **about: Any) -> None:
    graph.add_node(node, label=term.label, term=term.id, **about)


def _link(graph: nx.MultiDiGraph[str], one: str, other: str, claims: Iterable[str], **about: Any) -> None:
    known = {name: value for name, value in about.items() if value is not None}
    graph.add_edge(one, other, claims=" ".join(claims), **known)
