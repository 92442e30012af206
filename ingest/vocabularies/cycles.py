"""Circles of parents: a concept that is, in the end, broader than itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components


def cycles(parents: Mapping[str, Iterable[str]], broader: Callable[[str], Sequence[str]]) -> list[list[str]]:
    """One way round, from child to parent, for each group of concepts above themselves by a step of ``parents``.

    ``broader`` has the steps of what ``parents`` reaches and does not hold itself, or holds besides; a circle of those
    steps alone is none of ours.

    >>> cycles({"a": ["b"], "b": ["c"], "d": ["a"]}, lambda ident: ["a"] if ident == "c" else [])
    [['a', 'b', 'c', 'a']]
    """
    steps = {ident: list(above) for ident, above in parents.items()}
    number: dict[str, int] = {}
    edges: dict[int, list[int]] = {}
    todo = deque(steps)
    while todo:
        ident = todo.popleft()
        here = number.setdefault(ident, len(number))
        if here in edges:
            continue
        above = [*steps.get(ident, ()), *broader(ident)]
        edges[here] = [number.setdefault(p, len(number)) for p in above]
        todo.extend(p for p in above if number[p] not in edges and p not in steps)
    names = list(number)
    group = _groups(edges, len(names))
    out, seen = list[list[str]](), set[int]()
    for ident, above in steps.items():
        for parent in above:
            child, top = number[ident], number[parent]
            if group[child] == group[top] and group[child] not in seen:
                seen.add(group[child])
                out.append([ident, *(names[i] for i in _way(top, child, edges, group))])
    return out


def _groups(edges: Mapping[int, Sequence[int]], size: int) -> list[int]:
    """For each number that of its strongly connected group."""
    starts = np.repeat(np.fromiter(edges, dtype=np.int64), [len(e) for e in edges.values()])
    ends = np.array([e for some in edges.values() for e in some], dtype=np.int64)
    graph = csr_matrix((np.ones(len(ends), dtype=np.int8), (starts, ends)), shape=(size, size))
    groups: list[int] = connected_components(graph, connection="strong")[1].tolist()
    return groups


def _way(start: int, end: int, edges: Mapping[int, Sequence[int]], group: Sequence[int]) -> list[int]:
    """The shortest way up from ``start`` to ``end``, both in it, within their group."""
    before, todo = {start: start}, deque([start])
    while todo and end not in before:
        here = todo.popleft()
        for above in edges[here]:
            if above not in before and group[above] == group[start]:
                before[above] = here
                todo.append(above)
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]
