"""Results as files: GraphML, Cytoscape JSON, CSV. The same result gives the same bytes, whatever words are in it."""

from __future__ import annotations

import io
import json
import re
from enum import StrEnum
from typing import Any

import networkx as nx

from graph.analyses.evidence_map import EvidenceMap
from graph.analyses.graphs import Graph, graph_of
from graph.analyses.tables import matrix, rows_of
from graph.spreadsheets import csv_bytes

_CONTROL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FileFormat(StrEnum):
    """What a result is written as; ``matrix`` is the evidence map as a table of drugs against outcomes."""

    GRAPHML = "graphml"
    CYTOSCAPE = "cytoscape"
    CSV = "csv"
    MATRIX = "matrix"

    @property
    def media_type(self) -> str:
        """For the Content-Type header."""
        names = {FileFormat.GRAPHML: "application/graphml+xml", FileFormat.CYTOSCAPE: "application/json"}
        return names.get(self, "text/csv; charset=utf-8")

    @property
    def suffix(self) -> str:
        """The usual ending of a file name."""
        return {FileFormat.GRAPHML: ".graphml", FileFormat.CYTOSCAPE: ".cyjs"}.get(self, ".csv")


def written(result: Any, form: FileFormat) -> bytes:
    """The result as a file. Raises ValueError for a matrix of anything but an evidence map."""
    if form is FileFormat.CSV:
        return csv_bytes(rows_of(result))
    if form is FileFormat.MATRIX:
        if not isinstance(result, EvidenceMap):
            raise ValueError("only the evidence map can be written as a matrix")
        return csv_bytes(matrix(result))
    graph = plain(graph_of(result))
    return _graphml(graph) if form is FileFormat.GRAPHML else _cytoscape(graph)


def plain(graph: Graph) -> Graph:
    """The graph with nodes and edges in order, and with words that every file can hold: on one line, no controls."""
    ordered: Graph = nx.MultiDiGraph() if graph.is_directed() else nx.MultiGraph()
    for node, about in sorted(graph.nodes.items()):
        ordered.add_node(_line(node), **{name: _value(about[name]) for name in sorted(about)})
    edges = []
    for (one, other, key), about in graph.edges.items():
        ends = (one, other) if graph.is_directed() else (min(one, other), max(one, other))
        edges.append((*ends, key, about))
    for one, other, key, about in sorted(edges, key=lambda edge: edge[:3]):
        kept = {name: _value(about[name]) for name in sorted(about)}
        ordered.add_edge(_line(one), _line(other), key=key, **kept)
    return ordered


def _graphml(graph: Graph) -> bytes:
    out = io.BytesIO()
    nx.write_graphml_xml(graph, out, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return out.getvalue() + b"\n"


def _cytoscape(graph: Graph) -> bytes:
    data = nx.cytoscape_data(graph)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8", "replace") + b"\n"


def _value(value: Any) -> Any:
    return _line(value) if isinstance(value, str) else value


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub("\ufffd", text).split())
