"""Files of results: networkx reads the graphs back, spreadsheets find no formula, and bytes are always the same."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings

from graph.analyses.comparisons import compared
from graph.analyses.conflicts import conflicts
from graph.analyses.evidence_map import evidence_map
from graph.analyses.facts import Fact
from graph.analyses.files import FileFormat, plain, written
from graph.analyses.graphs import graph_of
from graph.analyses.paths import Links, evidence_paths
from graph.analyses.similarity import similar
from tests.builders import LENALIDOMIDE
from tests.graph.analyses.made import UP, fact, many_facts
from tests.graph.small import OS, SPM, TERMINOLOGY


def results(facts: list[Fact]) -> list[Any]:
    links = Links(facts, TERMINOLOGY)
    return [
        evidence_map(facts, TERMINOLOGY),
        compared(facts),
        conflicts(facts),
        similar(facts, shared=1),
        evidence_paths(links, {LENALIDOMIDE}, {SPM}, TERMINOLOGY, 2),
    ]


@settings(max_examples=30, deadline=None)
@given(many_facts())
def test_networkx_reads_back_what_was_written(facts: list[Fact]) -> None:
    for one, again in zip(results(facts), results(facts[::-1]), strict=True):
        graph = plain(graph_of(one))
        data = written(one, FileFormat.GRAPHML)
        back = nx.read_graphml(io.BytesIO(data), force_multigraph=True)
        assert (dict(back.nodes), dict(back.edges)) == (dict(graph.nodes), dict(graph.edges))
        cytoscape = written(one, FileFormat.CYTOSCAPE)
        told = nx.cytoscape_graph(json.loads(cytoscape))
        assert {n: d["label"] for n, d in told.nodes(data=True)} == {n: d["label"] for n, d in graph.nodes(data=True)}
        assert sorted(told.edges) == sorted(graph.edges)
        for form in (FileFormat.GRAPHML, FileFormat.CYTOSCAPE, FileFormat.CSV):
            assert written(again, form) == written(one, form)


@settings(max_examples=30, deadline=None)
@given(many_facts())
def test_every_edge_and_row_names_its_claims(facts: list[Fact]) -> None:
    known = {f.claim for f in facts}
    for one in results(facts):
        for _, _, about in graph_of(one).edges(data=True):
            assert about["claims"].split()
            assert set(about["claims"].split()) <= known
        head, *rows = csv.reader(io.StringIO(written(one, FileFormat.CSV).decode()))
        assert head[-1] == "claim_ids"
        for row in rows:
            assert len(row) == len(head)
            assert set(row[-1].split()) <= known
            assert row[-1]


def test_no_cell_is_a_formula_and_no_control_character_breaks_a_file() -> None:
    hostile = '=HYPERLINK("http://x")\x00\x1b[2J\r\n<b>'
    facts = [fact(1, hostile, "@sum", "+t", versus="-2+3|cmd", direction=UP), fact(2, "a", "@sum", "t", direction=UP)]
    for one in results(facts):
        for row in csv.reader(io.StringIO(written(one, FileFormat.CSV).decode())):
            assert not [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
        assert b"<b>" not in written(one, FileFormat.GRAPHML)
        nx.read_graphml(io.BytesIO(written(one, FileFormat.GRAPHML)))
    grid = written(evidence_map(facts, TERMINOLOGY), FileFormat.MATRIX).decode()
    assert "'=HYPERLINK" in grid
    assert "'@sum" in grid


def test_the_matrix_says_in_words_what_studies_found() -> None:
    facts = [fact(1, LENALIDOMIDE, OS, "t1", direction=UP), fact(2, LENALIDOMIDE, OS, "t2"), fact(3, "a", SPM, "t3")]
    made = evidence_map(facts, TERMINOLOGY)
    assert written(made, FileFormat.MATRIX).decode().splitlines() == [
        "drug,overall survival,second primary malignancy",
        'lenalidomide,"2 studies: 1 higher, 1 unknown",',
        "a,,1 study: 1 unknown",
    ]
    with pytest.raises(ValueError, match="only the evidence map"):
        written(compared(facts), FileFormat.MATRIX)
