"""Claims as a network: drugs, other arms, populations, outcomes as nodes; claims on the edges. Pure, deterministic."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import networkx as nx

from ingest.article import Article
from ingest.claim import Claim, Effect, Mention
from ingest.terminology import Terminology, key_of

Network: TypeAlias = "nx.MultiDiGraph[str]"
_CONTROL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def network(pairs: Iterable[tuple[Claim, Article]], terminology: Terminology) -> Network:
    """Nodes by concept (by words where there is none) with ``label`` and ``kind``; one edge for each claim and link.

    An ``affects`` edge leads from the intervention to the outcome and carries the claim's main number; ``compared
    with`` leads from the intervention to the comparator; ``studied in`` from the intervention to the population. The
    key of an edge is the claim's id and the link. Every attribute is a string, a number or a truth value, and absent
    where it is unknown.
    """
    graph: Network = nx.MultiDiGraph()
    for claim, article in pairs:
        source = _node(graph, claim.intervention, "intervention", terminology)
        about = _claim_attributes(claim, article)
        links = (
            ("affects", claim.outcome, "outcome"),
            ("compared with", claim.comparator, "intervention"),
            ("studied in", claim.population, "population"),
        )
        for link, mention, kind in links:
            target = _node(graph, mention, kind, terminology)
            if source is not None and target is not None:
                graph.add_edge(source, target, key=f"{claim.id} {link}", link=link, **about)
    return graph


def graphml(graph: Network) -> Iterator[bytes]:
    """The network as GraphML, in a fixed order. Characters that XML cannot hold are replaced by U+FFFD."""
    ordered: Network = nx.MultiDiGraph()
    for name, attributes in sorted(graph.nodes.items()):
        ordered.add_node(_xml(name), **_xml_attributes(attributes))
    for (source, target, key), attributes in sorted(graph.edges.items()):
        ordered.add_edge(_xml(source), _xml(target), key=_xml(key), **_xml_attributes(attributes))
    out = io.BytesIO()
    nx.write_graphml_xml(ordered, out)
    yield out.getvalue()


def node_link_json(graph: Network) -> Iterator[bytes]:
    """The network as node-link JSON (``nx.node_link_graph(..., edges="edges")`` reads it), in a fixed order."""
    data = nx.node_link_data(graph, edges="edges")
    data["nodes"].sort(key=lambda n: n["id"])
    data["edges"].sort(key=lambda e: (e["source"], e["target"], e["key"]))
    yield (json.dumps(data, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8")


def _node(graph: Network, mention: Mention | None, kind: str, terminology: Terminology) -> str | None:
    if mention is None:
        return None
    concept = None if mention.concept is None else terminology.get(mention.concept)
    words = mention.label or mention.text
    name = mention.concept or f"words:{key_of(words) or words}"
    if name not in graph:
        graph.add_node(name, label=words if concept is None else concept.name, kind=kind)
    return name


def _claim_attributes(claim: Claim, article: Article) -> dict[str, Any]:
    main = _main_effect(claim)
    interval = None if main is None else main.interval
    held = {
        "claim": claim.id,
        "article": article.id,
        "study": None if claim.study is None else claim.study.id,
        "direction": None if claim.direction is None else claim.direction.value,
        "significance": None if claim.significance is None else claim.significance.value,
        "status": claim.status.value,
        "kind": claim.kind.value,
        "confidence": claim.confidence,
        "measure": None if main is None else main.measure.value,
        "value": None if main is None else main.value,
        "low": None if interval is None else interval.low,
        "high": None if interval is None else interval.high,
        "quote": claim.quote.exact,
    }
    return {name: value for name, value in held.items() if value is not None}


def _main_effect(claim: Claim) -> Effect | None:
    """The first number that compares the arms, else the first."""
    return next((e for e in claim.effects if e.measure.is_contrast), next(iter(claim.effects), None))


def _xml(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)


def _xml_attributes(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: _xml(value) if isinstance(value, str) else value for name, value in sorted(attributes.items())}
