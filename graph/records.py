"""What is only ever added: texts by version, extractions by version, decisions, and the log that orders them. Pure.

Each lives in a named graph of its own, which says what they are: no types, for a quad there takes several times the
room of one in the default graph. The log alone holds clock times and the order of events; exports leave it out, so that
the same input gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode, Quad

from graph import codes
from graph.mapping_article import digest
from graph.model import Change, Decision, Reason, Run
from graph.terms import INTEGER, IRI, JSON, TEXT, Description, Node, Term, canonical_json
from graph.vocab import DECISIONS, EV, EXTRACTIONS, LOG, META, PROV, TEXTS, node
from ingest.article import Article
from ingest.claim import Claim
from ingest.claim_json import claim_json, from_json

_BASE = "https://w3id.org/picograph/"
STORE = node(_BASE + "store")


def _in(graph: NamedNode, quads: list[Quad]) -> list[Quad]:
    return [Quad(q.subject, q.predicate, q.object, graph) for q in quads]


def text_iri(article: str, sha256: str) -> str:
    """The node of one version of an article's text."""
    return f"{_BASE}text/{digest(article, sha256)}"


def text_quads(article: Article) -> list[Quad]:
    """The version's full text."""
    head = Node(node(text_iri(article.id, article.text_sha256)))
    head.put(node(EV.article), IRI, article.id)
    head.put(node(EV.sha256), TEXT, article.text_sha256)
    head.put(node(EV.text), TEXT, article.text)
    return _in(TEXTS, head.quads)


def extracted_json(claim: Claim) -> str:
    """The claim as extracted, in canonical JSON; of the article only which text it is."""
    return canonical_json(claim_json(claim))


def extracted_from(text: str) -> Claim:
    """The inverse of ``extracted_json``."""
    return from_json(json.loads(text))


def extraction_iri(article: Article, claims: Sequence[Claim]) -> str:
    """The node of one extraction: the same text read to the same claims is the same extraction."""
    texts = sorted(extracted_json(claim) for claim in claims)
    return f"{_BASE}extraction/{digest(article.id, article.text_sha256, *texts)}"


def extraction_quads(article: Article, extraction: str) -> list[Quad]:
    """That the article was read; what was read are its claims, until they change: see ``reading_quads``."""
    head = Node(node(extraction))
    head.put(node(EV.article), IRI, article.id)
    return _in(EXTRACTIONS, head.quads)


def reading_quads(extraction: str, claims: Iterable[Claim]) -> list[Quad]:
    """What the extraction read, for claims that the default graph no longer holds as they were read."""
    record, quads = node(extraction), list[Quad]()
    for claim in claims:
        part = Node(NamedNode(f"{record.value}#{digest(claim.id)}"), node(EV.Claim), record)
        part.put(node(EV.onClaim), IRI, claim.id)
        part.put(node(EV.claimJson), TEXT, extracted_json(claim))
        quads += part.quads
    return _in(EXTRACTIONS, quads)


def decision_iri(claim: str, revision: int, *parts: object) -> str:
    """The node of a decision, from what it says."""
    return f"{_BASE}decision/{digest(claim, str(revision), canonical_json(parts))}"


def decision_quads(decision: Decision) -> list[Quad]:
    """The decision with its changes. Raises ValueError when a text cannot be stored."""
    subject = node(decision.id)
    head = Node(subject, node(EV.Decision), subject)
    head.put(node(EV.onClaim), IRI, decision.claim)
    head.put(node(EV.onContent), TEXT, decision.content_key)
    head.put(node(EV.article), IRI, decision.article)
    head.put(node(EV.sha256), TEXT, decision.text_sha256)
    head.put(node(EV.verdict), codes.VERDICT, decision.verdict)
    head.put(node(EV.reason), TEXT, None if decision.reason is None else decision.reason.value)
    head.put(node(EV.note), TEXT, decision.note)
    head.put(node(PROV.wasAssociatedWith), TEXT, decision.author)
    head.put(node(PROV.endedAtTime), TEXT, decision.made_at)
    head.put(node(EV.revision), INTEGER, decision.revision)
    quads = head.quads
    for index, change in enumerate(decision.changes):
        part = Node(NamedNode(f"{subject.value}#change-{index}"), node(EV.Change), subject)
        head.link(node(EV.change), part.subject)
        part.put(node(EV["index"]), INTEGER, index)
        part.put(node(EV.field), TEXT, change.field)
        part.quads.append(Quad(part.subject, node(EV.oldValue), JSON.encode(change.old)))
        part.quads.append(Quad(part.subject, node(EV.newValue), JSON.encode(change.new)))
        quads += part.quads
    return _in(DECISIONS, quads)


def decision_from(subject: NamedNode, held: Description) -> Decision:
    """The inverse of ``decision_quads``."""
    index, reason = node(EV["index"]), held.one(subject, node(EV.reason), TEXT)
    parts = sorted(held.links(subject, node(EV.change)), key=lambda part: held.need(part, index, INTEGER))
    return Decision(
        id=subject.value,
        claim=held.need(subject, node(EV.onClaim), IRI),
        content_key=held.need(subject, node(EV.onContent), TEXT),
        article=held.need(subject, node(EV.article), IRI),
        text_sha256=held.need(subject, node(EV.sha256), TEXT),
        verdict=held.need(subject, node(EV.verdict), codes.VERDICT),
        changes=tuple(
            Change(
                held.need(part, node(EV.field), TEXT),
                held.one(part, node(EV.oldValue), JSON),
                held.one(part, node(EV.newValue), JSON),
            )
            for part in parts
        ),
        reason=None if reason is None else Reason(reason),
        note=held.one(subject, node(EV.note), TEXT),
        author=held.need(subject, node(PROV.wasAssociatedWith), TEXT),
        made_at=held.need(subject, node(PROV.endedAtTime), TEXT),
        revision=held.need(subject, node(EV.revision), INTEGER),
    )


def run_quads(run: Run, extraction: str) -> list[Quad]:
    """Which run read the extraction."""
    subject = NamedNode(f"{_BASE}run/{digest(run.id)}")
    head = Node(subject, node(PROV.Activity), subject)
    head.put(node(EV.givenId), TEXT, run.id)
    head.put(node(EV.version), TEXT, run.version)
    head.put(node(PROV.startedAtTime), TEXT, run.started)
    head.quads.append(Quad(node(extraction), node(PROV.wasGeneratedBy), subject))
    return _in(LOG, head.quads)


def log_node(number: int) -> NamedNode:
    """The log entry of a write."""
    return NamedNode(f"{_BASE}log/{number}")


def log_quads(number: int, writer: str, **what: str) -> list[Quad]:
    """The log entry of one write: its number, who wrote, and what (``decision``, ``extraction``, ``version``)."""
    head = Node(log_node(number))
    head.put(node(EV.writer), TEXT, writer)
    head.put(node(EV.revision), INTEGER, number)
    for name, iri in what.items():
        head.put(node(EV[name]), IRI, iri)
    return _in(LOG, head.quads)


def meta(predicate: str, value: Term) -> Quad:
    """One fact about the store itself."""
    return Quad(STORE, node(predicate), value, META)
