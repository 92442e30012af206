"""How many concepts are below one: over all tables of a terminology, on numbers instead of ids."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ingest.term_table import Numbers, Table


class Below:
    """The concepts of several tables under one numbering, with those directly below each."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = sorted(tables, key=lambda table: -len(table.ids))
        self._size = len(self._tables[0].ids) if self._tables else 0
        self._new: dict[str, int] = {}
        pairs = [self._pairs(table) for table in self._tables]
        parents = np.concatenate([p for p, _ in pairs] or [np.empty(0, np.int64)])
        children = np.concatenate([c for _, c in pairs] or [np.empty(0, np.int64)])
        order = np.argsort(parents, kind="stable")
        self._children = children[order]
        self._starts = np.searchsorted(parents[order], np.arange(self._size + 1))

    def count(self, compact: str, most: int) -> int:
        """How many concepts are narrower than this one; ``most`` + 1 where they are more. 0 for an unknown one.

        ``compact`` is the compact id (``mesh:D016609``).
        """
        start = self._number(compact)
        if start is None:
            return 0
        seen = np.zeros(self._size, np.bool_)
        seen[start] = True
        step, found = np.array([start]), 0
        while len(step) and found <= most:
            below = np.concatenate([self._children[self._starts[n] : self._starts[n + 1]] for n in step.tolist()])
            step = np.unique(below)
            step = step[~seen[step]]
            seen[step] = True
            found += len(step)
        return min(found, most + 1)

    def _number(self, compact: str) -> int | None:
        found = self._tables[0].ids.find(compact) if self._tables else None
        return self._new.get(compact) if found is None else found

    def _pairs(self, table: Table) -> tuple[Numbers, Numbers]:
        """Numbers of parents and of their children, one pair for each link of the table."""
        outside = np.array([self._given(table.outside[i]) for i in range(len(table.outside))], np.int64)
        if table is self._tables[0]:
            own = np.arange(len(table.ids))
        else:
            own = np.array([self._given(table.ids[i]) for i in range(len(table.ids))], np.int64)
        everyone = np.concatenate([own, outside])
        child = np.repeat(own, np.diff(table.parent_starts))
        return everyone[table.parents], child

    def _given(self, compact: str) -> int:
        """The number of a concept, the next one where it has none."""
        found = self._number(compact)
        if found is None:
            found = self._new[compact] = self._size
            self._size += 1
        return found
