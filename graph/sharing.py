"""What records share: mentions, studies, concepts. Written with the first use. Reads, and writes nothing.

A study goes with its last report; mentions and concepts stay, and exports leave out what nothing uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from graph.hierarchy import concept_quads, with_broader
from graph.mapping import REPORT, mentions_of
from graph.mapping_article import study_quads
from graph.mapping_mentions import WORDS, mention_node, mention_quads
from graph.reading import Reader
from graph.vocab import EV, node
from ingest.claim import Claim, Mention
from ingest.terminology import Terminology

_STUDY = node(EV.study)


@dataclass
class Change:
    """Quads to remove and to add, and the nodes that the log entry of the write names."""

    removed: set[Quad] = field(default_factory=set)
    added: set[Quad] = field(default_factory=set)
    log: dict[str, str] = field(default_factory=dict)


def mentions_in(claims: Iterable[Claim]) -> dict[NamedNode, Mention]:
    """The mentions of the claims by their shared nodes."""
    return {mention_node(mention): mention for claim in claims for _, mention in mentions_of(claim)}


def new_mentions(reader: Reader, mentions: Mapping[NamedNode, Mention]) -> set[Quad]:
    """The triples of those mentions that the store does not have."""
    known = {subject for subject, _, _ in reader.store.describe(mentions, WORDS)}
    return {quad for iri, mention in mentions.items() if iri not in known for quad in mention_quads(mention)}


def new_concepts(reader: Reader, terminology: Terminology, concepts: Iterable[str]) -> set[Quad]:
    """What the graph lacks of these concepts and of everything broader. They stay when the last claim lets them go."""
    wanted = with_broader(concepts, terminology)
    rows = reader.rows("stored_concepts", concept=[node(iri) for iri in sorted(wanted)]) if wanted else []
    return set(concept_quads(wanted - {c.value for (c,) in rows if c is not None}, terminology))


def share_studies(reader: Reader, records: set[NamedNode], old: set[Quad], new: set[Quad], change: Change) -> None:
    """Studies and their reports, when ``records``, which said ``old``, come to say ``new``.

    A study is written with its first report and removed with the last; a report goes with the last claim that has it,
    which may be another claim than those of ``old``.
    """
    before, after = _objects(old, _STUDY), _objects(new, _STUDY)
    for study in after - before:
        change.added |= set(study_quads(study.value))
    reports = _objects(old, REPORT) - _objects(new, REPORT)
    still = _used_by_others(reader, reports, records)
    gone = before - after
    for study in gone - _used_by_others(reader, gone, records - still):
        change.removed |= set(study_quads(study.value))
    change.removed -= {q for q in change.removed if _record_of(q) in still}


def _used_by_others(reader: Reader, nodes: set[NamedNode], records: set[NamedNode]) -> set[NamedNode]:
    rows = reader.rows("users", node=sorted(nodes, key=str)) if nodes else []
    return {used for used, record in rows if record not in records and isinstance(used, NamedNode)}


def _objects(quads: Iterable[Quad], predicate: NamedNode) -> set[NamedNode]:
    return {q.object for q in quads if q.predicate == predicate and isinstance(q.object, NamedNode)}


def _record_of(quad: Quad) -> NamedNode:
    assert isinstance(quad.subject, NamedNode), "picograph writes no blank nodes"
    return NamedNode(quad.subject.value.partition("#")[0])
