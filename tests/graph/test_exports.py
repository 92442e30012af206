"""What leaves the library: other programs read it, the same library gives the same bytes, and every word is checked."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import networkx as nx
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from pyoxigraph import Literal, Quad

from graph.analyses.claims_network import graphml, network, node_link_json
from graph.errors import QuoteMismatch
from graph.library import Library
from graph.model import Verdict
from graph.opening import MEMORY
from graph.records import text_iri
from graph.vocab import EV, TEXTS, node
from ingest.article import Article
from ingest.claim import Claim, Mention
from ingest.claim_json import to_json
from tests import builders, strategies
from tests.builders import LENALIDOMIDE, RUN
from tests.graph.small import SPM, TERMINOLOGY

ROOT = Path(__file__).resolve().parents[2]
FORMATS = ("turtle", "nquads", "jsonl")


@pytest.fixture
def filled(library: Library) -> Library:
    for name in "ab":
        source = builders.article(f"{name}: {builders.SENTENCE}", id=f"urn:picograph:article:{name}", title=name)
        claim = builders.spm_claim(source, outcome=Mention("SPM", None, None, SPM))
        library.ingest(source, [claim], RUN)
    library.decide(claim.id, Verdict.ACCEPT, author="a", made_at="2026-03-01T12:00:00Z")
    return library


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles_with_claims())
def test_rdflib_reads_every_dump_and_sees_the_same_triples(case: tuple[Article, list[Claim]]) -> None:
    source, claims = case
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        library.ingest(source, claims, RUN)
        turtle, nquads = (b"".join(library.dump(form)) for form in ("turtle", "nquads"))
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    dataset = rdflib.Dataset()
    dataset.parse(data=nquads, format="nquads")
    assert {t[:2] for t in graph} == {t[:2] for t in dataset.default_graph}
    assert len(graph) == len(dataset.default_graph)
    wanted = len(claims)
    assert len(set(graph.subjects(rdflib.RDF.type, EV.Claim))) == wanted


def test_dumps_are_sorted_and_hold_no_clock_and_no_blank_node(filled: Library) -> None:
    lines = b"".join(filled.dump("nquads")).splitlines()
    assert lines == sorted(lines)
    assert RUN.started.encode() not in b"\n".join(lines)
    assert not [line for line in lines if line.startswith(b"_:") or b" _:" in line.split(b'"')[0]]


def test_the_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    program = (
        "import sys, hashlib\n"
        "from graph.library import Library\n"
        "from tests import builders\n"
        "from tests.graph.small import TERMINOLOGY\n"
        "source = builders.article()\n"
        "with Library.open('memory:', terminology=TERMINOLOGY) as library:\n"
        "    library.ingest(source, [builders.spm_claim(source)], builders.RUN)\n"
        "    for form in ('turtle', 'nquads', 'jsonl'):\n"
        "        print(hashlib.sha256(b''.join(library.dump(form))).hexdigest())\n"
    )
    said = {
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True).stdout
        for _ in range(3)
    }
    assert len(said) == 1


def test_lines_are_claims_of_the_schema_in_the_fixed_order(filled: Library) -> None:
    lines = [json.loads(line) for line in b"".join(filled.dump("jsonl")).splitlines()]
    assert lines == [to_json(c, a) for c, a in filled.claims()]
    assert [line["article"]["id"] for line in lines] == ["urn:picograph:article:a", "urn:picograph:article:b"]
    schema = {"type": "object", "required": ["id", "content_key", "revision", "article", "effects", "quote", "status"]}
    for line in lines:
        jsonschema.validate(line, schema)


def test_an_unknown_format_is_named(library: Library) -> None:
    with pytest.raises(ValueError, match="turtle, nquads, jsonl"):
        library.dump("xml")


def test_a_quote_that_no_longer_stands_in_its_text_never_leaves(filled: Library) -> None:
    """Someone changed the stored text behind our back: the export stops with the place, and emits no wrong quote."""
    store = filled._access.store
    article = filled.article("urn:picograph:article:b").article
    subject = node(text_iri(article.id, article.text_sha256))
    old = Quad(subject, node(EV.text), Literal(article.text), TEXTS)
    new = Quad(subject, node(EV.text), Literal(article.text.replace("1.55", "5.51")), TEXTS)
    store.apply([old], [new], guard=None, proof=None)
    filled._access.forget()
    with pytest.raises(QuoteMismatch) as caught:
        list(filled.claims())
    assert caught.value.part == "quote"
    with pytest.raises(QuoteMismatch):
        b"".join(filled.dump("jsonl"))
    with pytest.raises(QuoteMismatch):
        filled.evidence("lenalidomide -> SPM")


def test_the_network_has_drugs_outcomes_and_a_claim_on_every_edge(filled: Library) -> None:
    graph = filled.network()
    assert graph.nodes[LENALIDOMIDE] == {"label": "lenalidomide", "kind": "intervention"}
    assert graph.nodes[SPM]["kind"] == "outcome"
    assert graph.number_of_edges(LENALIDOMIDE, SPM) == 2
    links = sorted(data["link"] for _, _, data in graph.edges(data=True))
    assert links == ["affects"] * 2 + ["compared with"] * 2 + ["studied in"] * 2
    edge = next(iter(graph.get_edge_data(LENALIDOMIDE, SPM).values()))
    assert (edge["measure"], edge["value"], edge["low"], edge["high"]) == ("hazard ratio", 1.55, 1.03, 2.34)
    assert filled.network("thalidomide -> SPM").number_of_nodes() == 0


def test_the_network_files_can_be_loaded_again(filled: Library) -> None:
    graph = filled.network()
    back = nx.read_graphml(io.BytesIO(b"".join(graphml(graph))), force_multigraph=True)
    assert set(back.nodes) == set(graph.nodes)
    assert back.number_of_edges() == graph.number_of_edges()
    plain = json.loads(b"".join(node_link_json(graph)))
    again = nx.node_link_graph(plain, edges="edges")
    assert nx.utils.graphs_equal(again, graph)
    for write in (graphml, node_link_json):
        assert b"".join(write(graph)) == b"".join(write(filled.network()))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles_with_claims())
def test_any_claims_make_files_that_can_be_loaded(case: tuple[Article, list[Claim]]) -> None:
    source, claims = case
    graph = network([(c, source) for c in claims], TERMINOLOGY)
    back = nx.read_graphml(io.BytesIO(b"".join(graphml(graph))), force_multigraph=True)
    assert back.number_of_edges() == graph.number_of_edges()
    assert nx.utils.graphs_equal(nx.node_link_graph(json.loads(b"".join(node_link_json(graph))), edges="edges"), graph)


def test_two_libraries_give_one_network(new_library: Callable[[], Library]) -> None:
    files = []
    for order in ("ab", "ba"):
        with new_library() as library:
            for name in order:
                source = builders.article(f"{name}: {builders.SENTENCE}", id=f"urn:picograph:article:{name}")
                library.ingest(source, [builders.spm_claim(source)], RUN)
            files.append(b"".join(graphml(library.network())))
    assert files[0] == files[1]
