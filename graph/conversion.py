"""The quads of a store of format 1 as those of the present format, without loss; see ``migrating``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import uuid4

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from graph import format1
from graph.describing import Claims
from graph.hierarchy import scheme_quads
from graph.mapping import CLAIM, claim_quads
from graph.mapping_article import digest
from graph.mapping_mentions import mention_quads
from graph.opening import FORMAT_VERSION
from graph.oxigraph_store import OxigraphStore
from graph.records import meta
from graph.sharing import mentions_in
from graph.terms import INTEGER, Description
from graph.vocab import DECISIONS, EV, EXTRACTIONS, LOG, META, RDF_TYPE, TEXTS, VOCABULARY, node
from ingest.claim import Claim
from ingest.identity import CLAIM_BASE

_STEP = 200
_MOST_MENTIONS = 100_000
_HERE = DefaultGraph()
_EXTRACTION, _SHA256, _FORMAT = node(EV.extraction), node(EV.sha256), node(EV.formatVersion)


@dataclass(frozen=True, slots=True)
class Report:
    """What was brought over, and how many quads the old store and the new one have."""

    articles: int
    claims: int
    decisions: int
    quads_before: int
    quads_after: int


class _Old:
    """A store of format 1 that is read from beginning to end, once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.hashes: dict[str, str] = {}
        self.extractions: dict[str, str] = {}
        self._decided: set[str] = set()
        for quad in store.quads_for_pattern(None, RDF_TYPE, node(EV.Article), _HERE):
            article = _value(quad.subject)
            self.hashes[article] = self._one(quad.subject, _SHA256)
            self.extractions[article] = self._one(quad.subject, _EXTRACTION)

    def _one(self, subject: object, predicate: NamedNode) -> str:
        for quad in self.store.quads_for_pattern(subject, predicate, None, _HERE):  # type: ignore[arg-type]
            return _value(quad.object)
        raise ValueError(f"{subject} has no {predicate}")

    def quads(self) -> Iterator[Quad]:
        """Everything, in the new form. Claims come before extractions: these need to know what was decided on."""
        yield from self._claims()
        yield from self._others()
        current = set(self.extractions.values())
        for quad in self.store.quads_for_pattern(None, None, None, EXTRACTIONS):
            part = _value(quad.subject)
            record, _, claim = part.partition("#")
            if not claim or record not in current or part in self._decided:
                yield quad
        for graph in (TEXTS, DECISIONS, LOG):
            yield from self.store.quads_for_pattern(None, None, None, graph)
        for quad in self.store.quads_for_pattern(None, None, None, META):
            if quad.predicate != _FORMAT:
                yield quad
        yield meta(EV.formatVersion, INTEGER.encode(FORMAT_VERSION))
        yield meta(EV.storeId, Literal(str(uuid4())))

    def claims(self) -> Iterator[Claim]:
        """Every claim in its effective state, in the store's order."""
        for quad in self.store.quads_for_pattern(None, RDF_TYPE, CLAIM, _HERE):
            assert isinstance(quad.subject, NamedNode), "picograph writes no blank nodes"
            own = self._record(quad.subject)
            reports = [q for link in own if link.predicate == format1.REPORT for q in self._record(link.object)]
            triples = ((q.subject, q.predicate, q.object) for q in (*own, *reports))
            yield format1.claim_from(quad.subject, Description(triples))  # type: ignore[arg-type]

    def _claims(self) -> Iterator[Quad]:
        written: set[NamedNode] = set()
        for claim in self.claims():
            yield from claim_quads(claim)
            for iri, mention in mentions_in([claim]).items():
                if iri not in written:
                    yield from mention_quads(mention)
                    written.add(iri)
            if len(written) > _MOST_MENTIONS:
                written.clear()  # to write one again does no harm
            if claim.revision:
                self._decided.add(f"{self.extractions[claim.article]}#{digest(claim.id)}")

    def _record(self, record: object) -> list[Quad]:
        parts = self.store.quads_for_pattern(None, format1.PART_OF, record, _HERE)  # type: ignore[arg-type]
        return [q for part in parts for q in self.store.quads_for_pattern(part.subject, None, None, _HERE)]

    def _others(self) -> Iterator[Quad]:
        """Articles, studies and concepts: as they were, but for what parts no longer say of their records."""
        for quad in self.store.quads_for_pattern(None, None, None, _HERE):
            subject = _value(quad.subject)
            of_arm = quad.predicate == RDF_TYPE and quad.object == node(EV.StudyArm)
            if subject.startswith((CLAIM_BASE, VOCABULARY)) or quad.predicate == format1.PART_OF or of_arm:
                continue
            yield quad
        yield from scheme_quads()


def convert(old: Store, new: Store) -> Report:
    """Write what ``old``, of format 1, holds into the empty store ``new``. Raises ValueError where something lacks."""
    source = _Old(old)
    new.bulk_extend(source.quads())  # at once: loaded in parts, a store takes half as much room again
    claims = _compared(source, Claims(OxigraphStore(new)))
    decisions = sum(1 for _ in new.quads_for_pattern(None, RDF_TYPE, node(EV.Decision), DECISIONS))
    return Report(len(source.hashes), claims, decisions, len(old), len(new))


def _compared(old: _Old, new: Claims) -> int:
    """How many claims there are. Raises ValueError for the first that is not read from the new store as it was."""
    number, claims = 0, old.claims()
    while batch := list(islice(claims, _STEP)):
        found = new.read([claim.id for claim in batch])
        for claim in batch:
            if found[claim.id] != claim:
                raise ValueError(f"{claim.id} does not come back as it was")
        number += len(batch)
    return number


def _value(term: object) -> str:
    assert isinstance(term, NamedNode | Literal), "picograph writes no blank nodes"
    return term.value
