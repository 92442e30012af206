"""What the library needs of a quad store. Adapters: ``oxigraph_store``, ``sparql_store``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from pyoxigraph import DefaultGraph, NamedNode, Quad

from graph.binding import Values
from graph.terms import Term

Row = tuple[Term | None, ...]
"""One solution of a SELECT, in the order of its variables; None where a variable is unbound."""


Triple = tuple[NamedNode, NamedNode, Term]
"""What a store says of a subject."""


class QuadStore(Protocol):
    """Quads in a default graph and named graphs. Every failure is a StoreError."""

    @property
    def shared(self) -> bool:
        """True when others may write to the store at the same time."""

    @property
    def folder(self) -> Path | None:
        """The folder that picograph keeps the store in; None for one that has no folder, or one that is not ours."""

    def select(self, query: str, /, **values: Values) -> list[Row]:
        """The rows of a SELECT, in the query's order. Values are bound, never pasted (see ``binding``)."""

    def solutions(self, query: str, /) -> tuple[list[str], list[Row]]:
        """As ``select``, with the names of the columns."""

    def describe(
        self, subjects: Iterable[NamedNode], only: NamedNode | None = None, graph: NamedNode | None = None, /
    ) -> list[Triple]:
        """Every triple that a graph has of these subjects, in no order; of one predicate when it is given.

        None is the default graph.
        """

    def exclusive(self) -> AbstractContextManager[None]:
        """Alone among all processes that write to the store. Raises StoreBusy when others do not let go."""

    def apply(
        self, removed: Collection[Quad], added: Collection[Quad], *, guard: Quad | None, proof: Quad | None
    ) -> None:
        """Remove and add quads in one transaction: all of it happens, or nothing.

        A store that others may write to does it only while ``guard`` stands in it, and makes sure afterwards that
        ``proof`` does; it raises StoreBusy when it does not. An adapter that has the store to itself needs neither.
        """

    def flush(self) -> None:
        """Return when everything applied so far would outlive a power cut, as far as the store promises that."""

    def snapshot(self, target: Path) -> None:
        """A copy of the store as it stands, in the new folder ``target``, for read-only use by other processes."""

    def rewrite(self, passing: Collection[Quad]) -> None:
        """Write everything anew that lies below ``passing``, which are added and removed at once."""

    def close(self) -> None:
        """Give the store back; it is not used afterwards."""


def data_block(quads: Iterable[Quad]) -> str:
    """Quads as a SPARQL quad data block, without the braces around it."""
    graphs: dict[str, list[str]] = {}
    for quad in quads:
        name = "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
        graphs.setdefault(name, []).append(f"{quad.triple} .")
    bodies = {name: "\n".join(lines) for name, lines in graphs.items()}
    return "\n".join(f"GRAPH {name} {{\n{body}\n}}" if name else body for name, body in bodies.items())
