"""From the rows of a query to a networkx graph."""

from __future__ import annotations

import networkx as nx

from graph.store import QuadStore


def digraph(store: QuadStore, query: str) -> nx.DiGraph[str]:
    """The rows of a SELECT as a graph: from its first variable to its second.

    Nodes are IRIs or texts. An edge has ``weight``, the number of its rows, and for each further variable a list of
    its values in the order of the rows (None: unbound). Rows without both ends are left out. Raises ValueError for a
    query with fewer than two variables, StoreError for one that fails.
    """
    names, rows = store.solutions(query)
    if len(names) < 2:
        raise ValueError("a graph needs a query with two variables at least: from, to, and what to say of the edge")
    made: nx.DiGraph[str] = nx.DiGraph()
    for start, end, *more in rows:
        if start is None or end is None:
            continue
        if not made.has_edge(start.value, end.value):
            made.add_edge(start.value, end.value, weight=0, **{name: [] for name in names[2:]})
        edge = made.edges[start.value, end.value]
        edge["weight"] += 1
        for name, value in zip(names[2:], more, strict=True):
            edge[name].append(None if value is None else value.value)
    return made
