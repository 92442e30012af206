"""Who and what made a claim what it is, as PROV-O, SEPIO, ECO and Biolink have it. Pure.

Clock times are those that the library recorded: when a run started, when a decision was made. There are no others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from pyoxigraph import Literal, NamedNode, Quad

from graph import codes
from graph.mapping_article import digest
from graph.model import Decision, Run
from graph.terms import INTEGER, IRI, JSON, TEXT, Node, Term
from graph.vocab import BASE, BIOLINK, EV, OBO, PREFIXES, PROV, RDF_TYPE, RDFS_LABEL, node
from ingest.claim import Claim, Status

_DATE_TIME = NamedNode(PREFIXES["xsd"] + "dateTime")
_CONFIRMED = frozenset({Status.ACCEPTED, Status.CORRECTED})


def moment(text: str) -> Term:
    """A recorded time as xsd:dateTime in UTC, or the text as it is where it names no moment.

    >>> str(moment("2026-03-01T13:00:00+01:00"))
    '"2026-03-01T12:00:00+00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
    """
    try:
        when = datetime.fromisoformat(text)
        told = when.astimezone(UTC).isoformat() if when.tzinfo else None
    except (ValueError, OverflowError):  # the second for a moment before the year 1 in UTC
        return Literal(text)
    return Literal(text) if told is None else Literal(told, datatype=_DATE_TIME)


def reader_iri(run: Run | None) -> NamedNode:
    """The program that read; one IRI for each version."""
    name = (
        "picograph" if run is None else re.sub(r"[^A-Za-z0-9._-]+", "-", run.version).strip("-") or digest(run.version)
    )
    return NamedNode(f"{BASE}software/{name}")


def curator_iri(author: str) -> NamedNode:
    """A curator as an agent: the author itself where it is a web address (an ORCID iD), else one IRI for each name."""
    return (
        NamedNode(author)
        if re.fullmatch(r"https?://[\w./~-]+", author, re.ASCII)
        else NamedNode(f"{BASE}agent/{digest(author)}")
    )


def provenance_quads(
    claim: Claim, subject: NamedNode, decisions: Sequence[Decision] = (), run: Run | None = None
) -> list[Quad]:
    """How ``subject`` (the claim, or a graph that asserts it) came about: article, reading, and the decisions on it.

    ``run`` is the run that read the article, None where that is not known.
    """
    article, evidence = node(claim.article), NamedNode(f"{claim.id}#evidence")
    reading = NamedNode(f"{claim.id}#reading") if run is None else NamedNode(f"{BASE}run/{digest(run.id)}")
    confirmed = claim.status in _CONFIRMED
    head = Node(subject)
    head.link(node(PROV.wasDerivedFrom), article)
    head.link(node(PROV.wasGeneratedBy), reading)
    head.link(node(OBO.SEPIO_0000007), evidence)
    agent = "manual_validation_of_automated_agent" if confirmed else "text_mining_agent"
    head.put(node(BIOLINK.agent_type), TEXT, agent)
    head.put(node(BIOLINK.knowledge_level), TEXT, "knowledge_assertion" if confirmed else "not_provided")
    quads = [Quad(evidence, RDF_TYPE, node(OBO.ECO_0006017 if confirmed else OBO.ECO_0007539))]
    quads.append(Quad(evidence, node(PROV.wasDerivedFrom), article))
    quads += _reading(reading, article, run)
    for decision in decisions:
        head.link(node(PROV.wasGeneratedBy), node(decision.id))
        quads += decision_activity(decision)
    return list(dict.fromkeys(head.quads + quads))


def _reading(activity: NamedNode, article: NamedNode, run: Run | None) -> list[Quad]:
    part, agent = Node(activity, node(PROV.Activity)), Node(reader_iri(run), node(PROV.SoftwareAgent))
    part.link(node(PROV.used), article)
    part.link(node(PROV.wasAssociatedWith), agent.subject)
    if run is not None:
        part.quads.append(Quad(activity, node(PROV.startedAtTime), moment(run.started)))
    agent.put(RDFS_LABEL, TEXT, "picograph" if run is None else run.version)
    return part.quads + agent.quads


def decision_activity(decision: Decision) -> list[Quad]:
    """A decision with its changes and its curator."""
    head = Node(node(decision.id), node(EV.Decision))
    head.link(RDF_TYPE, node(PROV.Activity))
    head.link(RDF_TYPE, node(OBO.SEPIO_0000131))
    curator = Node(curator_iri(decision.author), node(PROV.Person))
    curator.put(RDFS_LABEL, TEXT, decision.author)
    head.put(node(EV.onClaim), IRI, decision.claim)
    head.put(node(EV.onContent), TEXT, decision.content_key)
    head.put(node(EV.article), IRI, decision.article)
    head.put(node(EV.sha256), TEXT, decision.text_sha256)
    head.put(node(EV.verdict), codes.VERDICT, decision.verdict)
    head.put(node(EV.reason), TEXT, None if decision.reason is None else decision.reason.value)
    head.put(node(EV.note), TEXT, decision.note)
    head.put(node(EV.revision), INTEGER, decision.revision)
    head.link(node(PROV.used), node(decision.claim))
    head.link(node(PROV.wasAssociatedWith), curator.subject)
    head.quads.append(Quad(head.subject, node(PROV.endedAtTime), moment(decision.made_at)))
    quads: list[Quad] = []
    for index, change in enumerate(decision.changes):
        part = Node(NamedNode(f"{decision.id}#change-{index}"), node(EV.Change))
        head.link(node(EV.change), part.subject)
        part.put(node(EV["index"]), INTEGER, index)
        part.put(node(EV.field), TEXT, change.field)
        part.quads.append(Quad(part.subject, node(EV.oldValue), JSON.encode(change.old)))
        part.quads.append(Quad(part.subject, node(EV.newValue), JSON.encode(change.new)))
        quads += part.quads
    return head.quads + quads + curator.quads
