"""Things that belong together, joined in steps; a step that would join what must stay apart is not taken. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """That ``one`` and ``other`` belong together, on the ground ``kind``; ``detail`` says more of it."""

    one: str
    other: str
    kind: str
    detail: str = ""


@dataclass
class Components:
    """Sets of nodes, and the edges that were taken. A set never has two different marks."""

    edges: list[Edge] = field(default_factory=list)
    _parent: dict[str, str] = field(default_factory=dict)
    _marks: dict[str, set[str]] = field(default_factory=dict)

    def root(self, node: str) -> str:
        """The node that stands for the set of ``node``; it changes when sets are joined."""
        parent = self._parent
        if node not in parent:
            parent[node] = node
            return node
        top = node
        while parent[top] != top:
            top = parent[top]
        while parent[node] != top:
            parent[node], node = top, parent[node]
        return top

    def mark(self, node: str, mark: str) -> None:
        """Say what the set of ``node`` is: sets with other marks stay apart from it."""
        self._marks.setdefault(self.root(node), set()).add(mark)

    def marks(self, node: str) -> frozenset[str]:
        """What the set of ``node`` is; empty where nobody said."""
        return frozenset(self._marks.get(self.root(node), ()))

    def join(self, edges: Iterable[Edge]) -> list[Edge]:
        """Take all edges at once, but none of those that together would join sets of different marks.

        What comes out does not depend on the order of the edges. Returns those that were not taken.
        """
        wanted = sorted(set(edges))
        trial = Components()
        for edge in wanted:
            for node in (edge.one, edge.other):
                for mark in self.marks(node):
                    trial.mark(self.root(node), mark)
            trial._unite(self.root(edge.one), self.root(edge.other))
        fits = [len(trial.marks(self.root(edge.one))) < 2 for edge in wanted]
        taken = [edge for edge, fit in zip(wanted, fits, strict=True) if fit]
        for edge in taken:
            self._unite(edge.one, edge.other)
        self.edges += taken
        return [edge for edge, fit in zip(wanted, fits, strict=True) if not fit]

    def join_most(self, edges: Iterable[Edge]) -> None:
        """As ``join``; of those that were not taken, those between sets without a mark are."""
        self.join([e for e in self.join(edges) if not self.marks(e.one) and not self.marks(e.other)])

    def sets(self) -> dict[str, list[str]]:
        """Every set by its root, its nodes sorted."""
        out: dict[str, list[str]] = {}
        for node in sorted(self._parent):
            out.setdefault(self.root(node), []).append(node)
        return out

    def _unite(self, one: str, other: str) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        if first != second:
            self._parent[second] = first
            if held := self._marks.pop(second, None):
                self._marks.setdefault(first, set()).update(held)
