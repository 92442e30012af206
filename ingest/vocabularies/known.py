"""The concepts that there are already when a file is read: those that ship, and those of the files before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from ingest.term_keys import key_of
from ingest.term_table import KINDS, Source, Table


class Known:
    """Concepts by compact id, over one or more tables."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self.tables: list[Table] = list(tables)
        self._counted = 0
        self._kinds: dict[str, int] = {}

    def add(self, table: Table) -> None:
        """The concepts of one more file."""
        self.tables.append(table)
        self.__dict__.pop("_others", None)

    def kind(self, ident: str) -> str | None:
        """The kind of a concept, None where there is no such concept."""
        for table in self.tables[self._counted :]:
            for i, one in enumerate(table.kinds.tolist()):
                self._kinds.setdefault(table.ids[i], one)
        self._counted = len(self.tables)
        number = self._kinds.get(ident)
        return None if number is None else KINDS[number]

    def called(self, name: str, besides: str) -> str | None:
        """The first concept but ``besides`` that has this full name, None where there is none."""
        key = key_of(name)
        for table in self.tables:
            number = table.keys.find(key) if key else None
            for i in () if number is None else table.names_of_key(number).tolist():
                owner = table.ids[int(table.concept_of_name[i])]
                if owner != besides and int(table.sources[i]) < Source.SHORT:
                    return owner
        return None

    def parents(self, ident: str) -> list[str]:
        """The ids of the directly broader concepts."""
        if self.kind(ident) is None:
            return []
        out: dict[str, None] = {}
        for table in self.tables:
            at = table.ids.find(ident)
            if at is not None:
                some = table.parents[table.parent_starts[at] : table.parent_starts[at + 1]]
                out |= dict.fromkeys(table.parent_id(int(p)) for p in some)
        return list(out)

    def same_as(self, ident: str, others: Sequence[str]) -> list[str]:
        """The concepts that ``ident``, said to be the same as ``others``, is: itself alone where it is known."""
        if self.kind(ident) is not None:
            return [ident]
        found: dict[str, None] = {}
        for one in (ident, *others):
            if self.kind(one) is not None:
                found[one] = None
            else:
                found |= dict.fromkeys(self._others.get(one, ()))
        return list(found)

    @cached_property
    def _others(self) -> dict[str, tuple[str, ...]]:
        """Concepts by the ids that they have in other vocabularies."""
        out: dict[str, tuple[str, ...]] = {}
        for table in self.tables:
            for i in range(len(table.ids)):
                line = table.same.raw(i)
                for other in line.decode("utf-8").split("|") if line else ():
                    out[other] = tuple(dict.fromkeys((*out.get(other, ()), table.ids[i])))
        return out
