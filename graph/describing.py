"""Records read from a store with what belongs to them: claims, articles, study reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from pyoxigraph import NamedNode

from graph.errors import StoreError
from graph.mapping import ARTICLE, REPORT, ROLES, claim_from
from graph.mapping_parts import EFFECT, QUOTE, RESTATEMENT
from graph.mapping_places import SELECTOR
from graph.store import QuadStore, Triple
from graph.terms import IRI, Description
from graph.vocab import EV, node
from ingest.claim import Claim

OWN = frozenset((EFFECT, QUOTE, RESTATEMENT, SELECTOR, node(EV.notice), node(EV.studyArm)))
"""Properties that lead from a record to a node of its own; what such a node says is part of the record."""
_SHARED = frozenset((*ROLES.values(), REPORT))
_SHA256 = node(EV.sha256)
_MOST = 20_000


def whole(store: QuadStore, records: Iterable[NamedNode]) -> list[Triple]:
    """Everything that the records and their own nodes say, in no order."""
    found: list[Triple] = []
    step = list(records)
    while step:
        triples = store.describe(step)
        found += triples
        step = [o for _, p, o in triples if p in OWN and isinstance(o, NamedNode)]
    return found


class Claims:
    """Claims of a store at one revision. What many of them share is read once. Safe to share between threads."""

    def __init__(self, store: QuadStore) -> None:
        self._store = store
        self._shared: dict[NamedNode, list[Triple]] = {}
        self._texts: dict[str, str] = {}

    def forget(self) -> None:
        """Drop what was kept."""
        self._shared.clear()
        self._texts.clear()

    def read(self, ids: Sequence[str]) -> dict[str, Claim]:
        """The claims by id. Raises StoreError when one is not there."""
        if len(self._shared) > _MOST:
            self.forget()
        records = [NamedNode(i) for i in ids]
        triples = whole(self._store, records)
        held = Description(triples)
        for shared in self._said_of({o for _, p, o in triples if p in _SHARED and isinstance(o, NamedNode)}):
            held.add(shared)
        texts = self._texts_of({o.value for _, p, o in triples if p == ARTICLE})
        claims: dict[str, Claim] = {}
        for record in records:
            if record not in held:
                raise StoreError(f"the store lost {record.value} between two readings")
            claims[record.value] = claim_from(record, held, texts[held.need(record, ARTICLE, IRI)])
        return claims

    def _said_of(self, nodes: Collection[NamedNode]) -> list[list[Triple]]:
        known = {shared: said for shared in nodes if (said := self._shared.get(shared)) is not None}
        missing: dict[NamedNode, list[Triple]] = {shared: [] for shared in nodes if shared not in known}
        for triple in whole(self._store, missing):
            missing[NamedNode(triple[0].value.partition("#")[0])].append(triple)
        self._shared |= missing  # whole or not at all: other threads read here too
        return [*known.values(), *missing.values()]

    def _texts_of(self, articles: Collection[str]) -> dict[str, str]:
        known = {article: sha256 for article in articles if (sha256 := self._texts.get(article)) is not None}
        missing = [node(article) for article in articles if article not in known]
        found = {article.value: sha256.value for article, _, sha256 in self._store.describe(missing, _SHA256)}
        self._texts |= found
        return known | found
