"""What a store says of itself, and how it is written: every write moves the revision and leaves a log entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import uuid4

from pyoxigraph import Literal, NamedNode, Quad

from graph import used
from graph.binding import load_query
from graph.errors import StoreFormatError
from graph.hierarchy import concept_quads, is_about_concept, scheme_quads, terminology_hash, with_broader
from graph.opening import FORMAT_VERSION, check_version
from graph.records import log_quads, meta
from graph.store import QuadStore, Row
from graph.terms import INTEGER
from graph.vocab import EV, node
from ingest.terminology import Terminology

_HASH = node(EV.terminologyHash)


class StoreState:
    """The revision of a store and the one way to change it. The caller holds the writer lock while it writes."""

    def __init__(self, store: QuadStore) -> None:
        self._store = store
        self._writer = f"urn:uuid:{uuid4()}"
        self._revision: int | None = None
        self.generation = 0
        """Odd while a write is under way; what was read at one even number was read at one moment."""

    def about(self) -> dict[str, str]:
        """Format version, revision, terminology hash and id, by the terms of the vocabulary; empty for a new store."""
        rows = self._store.select(load_query("about_store"))
        return {p.value: o.value for p, o in rows if p is not None and o is not None}

    def revision(self) -> int:
        """How many writes there were. Read from a store that others may write to, remembered of one that is ours."""
        if self._revision is None or self._store.shared:
            self._revision = int(self.about().get(str(EV.revision), "0"))
        return self._revision

    def check(self) -> dict[str, str]:
        """What ``about`` says. Raises StoreFormatError when the store holds something else or has another format."""
        about = self.about()
        if about:
            version = about.get(str(EV.formatVersion), "unknown")
            check_version("the store", int(version) if version.isdecimal() else version)
        elif self._store.select(load_query("anything")):
            raise StoreFormatError("the store holds data that picograph did not write; give it an empty one")
        return about

    def prepare(self, terminology: Terminology) -> None:
        """Make a new store ours; bring the concepts that it uses up to date where the terminology has changed."""
        about = self.check()
        if about:
            if about.get(_HASH.value) != terminology_hash(terminology):
                self._renew(terminology, about.get(_HASH.value))
            return
        first = [
            meta(EV.formatVersion, INTEGER.encode(FORMAT_VERSION)),
            meta(EV.revision, INTEGER.encode(0)),
            meta(EV.terminologyHash, Literal(terminology_hash(terminology))),
            meta(EV.storeId, Literal(str(uuid4()))),
        ]
        self._store.apply([], [*first, *scheme_quads()], guard=None, proof=None)

    def _renew(self, terminology: Terminology, old_hash: str | None) -> None:
        old = {quad for quad in _quads(self._rows("concepts")) if is_about_concept(quad)}
        concepts = with_broader(used.in_store(self._rows), terminology)
        new = {*scheme_quads(), *concept_quads(concepts, terminology)}
        removed, added = old - new, new - old
        if old_hash is not None:
            removed.add(meta(EV.terminologyHash, Literal(old_hash)))
        added.add(meta(EV.terminologyHash, Literal(terminology_hash(terminology))))
        self.write(removed, added, self.revision(), {})

    def _rows(self, query: str) -> list[Row]:
        return self._store.select(load_query(query))

    def write(self, removed: Iterable[Quad], added: Iterable[Quad], revision: int, log: Mapping[str, str]) -> None:
        """Change the store in one transaction, from ``revision`` to the next; ``log`` names what was written.

        Raises StoreBusy when the store is no longer at ``revision``.
        """
        before = meta(EV.revision, INTEGER.encode(revision))
        after = meta(EV.revision, INTEGER.encode(revision + 1))
        entry = log_quads(revision + 1, self._writer, **log)
        proof = next(q for q in entry if q.predicate == node(EV.writer))
        self.generation += 1
        try:
            self._store.apply([*removed, before], [*added, after, *entry], guard=before, proof=proof)
            self._revision = revision + 1
        finally:
            self.generation += 1


def _quads(rows: Iterable[tuple[object, ...]]) -> set[Quad]:
    return {Quad(s, p, o) for s, p, o in rows if isinstance(s, NamedNode) and isinstance(p, NamedNode)}  # type: ignore[arg-type]
