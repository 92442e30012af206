"""Claims and the vocabulary as linked data: over HTTP by content negotiation, and from the command line."""

from __future__ import annotations

import json

import httpx
import pytest
import rdflib
from pydantic import ValidationError
from pyoxigraph import RdfFormat, parse

from api.negotiation import preferred
from api.records import LocalRecords
from api.selection import ExportFormat, Selection
from api.settings import Settings
from graph.library import Library
from graph.ontology.files import CONTEXT, ONTOLOGY, SHAPES, ontology_quads, shipped
from graph.ontology.jsonld import claim_from_jsonld
from graph.ontology.trusty import LENGTH, artifact_code
from graph.vocab import BASE, NP, node
from ingest.claim import Status
from tests.api.conftest import Command, serving

OTHER = "https://example.org/kg/"


@pytest.fixture
def claim_id(library: Library) -> str:
    return next(claim.id for claim, _ in library.claims())


def test_a_claim_is_json_ld_where_that_is_asked_for(address: str, library: Library, claim_id: str) -> None:
    path = f"{address}/api/v1/claims/{claim_id.rpartition('/')[2]}"
    for answer in (httpx.get(path, headers={"Accept": "application/ld+json"}), httpx.get(f"{path}/jsonld")):
        assert answer.headers["content-type"] == "application/ld+json"
        assert (answer.headers["etag"], answer.headers["vary"]) == ('"0"', "Accept")
        assert claim_from_jsonld(answer.text) == library.claim(claim_id)[0]


def test_a_claim_is_a_nanopublication_where_that_is_asked_for(address: str, claim_id: str) -> None:
    path = f"{address}/api/v1/claims/{claim_id.rpartition('/')[2]}"
    for answer in (httpx.get(path, headers={"Accept": "application/trig"}), httpx.get(f"{path}/nanopub")):
        assert answer.headers["content-type"] == "application/trig"
        quads = list(parse(answer.content, RdfFormat.TRIG))
        (iri,) = [q.subject.value for q in quads if q.object == node(NP.Nanopublication)]
        assert artifact_code(quads, iri[-LENGTH:]) == iri[-LENGTH:]


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html,application/xhtml+xml,*/*;q=0.8"])
def test_a_claim_is_plain_json_for_everyone_else(address: str, claim_id: str, accept: str) -> None:
    answer = httpx.get(f"{address}/api/v1/claims/{claim_id.rpartition('/')[2]}", headers={"Accept": accept})
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["id"] == claim_id


@pytest.mark.parametrize("path", ["/jsonld", "/nanopub", ""])
def test_a_claim_that_is_not_there_is_a_problem_in_every_form(address: str, path: str) -> None:
    answer = httpx.get(f"{address}/api/v1/claims/{'0' * 32}{path}", headers={"Accept": "application/ld+json"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_vocabulary_is_a_page_or_data(address: str) -> None:
    turtle = httpx.get(f"{address}/vocab", headers={"Accept": "text/turtle"})
    assert turtle.text == shipped(ONTOLOGY) == httpx.get(f"{address}/vocab.ttl").text
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    for answer in (
        httpx.get(f"{address}/vocab", headers={"Accept": "application/ld+json"}),
        httpx.get(f"{address}/vocab.jsonld"),
    ):
        assert set(parse(answer.content, RdfFormat.JSON_LD)) == set(ontology_quads())
    page = httpx.get(f"{address}/vocab", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<code>ev:noDifference</code>" in page.text
    assert "](" not in page.text
    assert httpx.get(f"{address}/shapes").text == shipped(SHAPES)
    assert httpx.get(f"{address}/context.jsonld").text == shipped(CONTEXT)


def test_a_base_of_ones_own_is_in_everything_that_is_published(library: Library, claim_id: str) -> None:
    settings = Settings(reader="tests.api.readers:sample", base_iri="https://example.org/kg")
    tail = claim_id.rpartition("/")[2]
    with serving(library, settings) as running:
        paths = ["/vocab", "/vocab.ttl", "/vocab.jsonld", "/shapes", "/context.jsonld"]
        paths += [f"/api/v1/claims/{tail}/{form}" for form in ("jsonld", "nanopub")]
        paths += [f"/api/v1/export?format={form}" for form in ("turtle", "nquads", "jsonld", "nanopub", "trig")]
        for path in paths:
            answer = httpx.get(running + path)
            assert answer.status_code == 200
            assert OTHER in answer.text, path
            assert BASE not in answer.text, path
        told = httpx.get(f"{running}/api/v1/claims/{tail}", headers={"Accept": "application/ld+json"}).text
        assert claim_from_jsonld(told, OTHER) == library.claim(claim_id)[0]
        assert httpx.get(f"{running}/api/v1/claims/{tail}").json()["id"] == claim_id


def test_the_iri_of_a_claim_leads_to_its_page_or_its_data(address: str, claim_id: str) -> None:
    tail = claim_id.rpartition("/")[2]
    page = httpx.get(f"{address}/claim/{tail}", follow_redirects=True)
    assert (page.status_code, page.url.path) == (200, f"/claims/{tail}")
    data = httpx.get(f"{address}/claim/{tail}", headers={"Accept": "application/ld+json"}, follow_redirects=True)
    assert claim_from_jsonld(data.text).id == claim_id
    assert httpx.get(f"{address}/claim/{tail}").status_code == 303
    assert httpx.get(f"{address}/claim/%2F%2Fexample.org").status_code == 404


def test_the_page_of_a_claim_leads_to_its_data(address: str, claim_id: str) -> None:
    tail = claim_id.rpartition("/")[2]
    page = httpx.get(f"{address}/claims/{tail}").text
    for place in (f"/api/v1/claims/{tail}/jsonld", f"/api/v1/claims/{tail}/nanopub", "/vocab"):
        assert f'href="{place}"' in page
        assert httpx.get(address + place).status_code == 200


def test_a_base_that_is_none_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PICOGRAPH_BASE_IRI", "example")
    with pytest.raises(ValidationError, match="a base is"):
        Settings()


@pytest.mark.parametrize("form", [ExportFormat.JSONLD, ExportFormat.NANOPUB, ExportFormat.TRIG])
def test_an_export_claim_by_claim_takes_a_selection(library: Library, form: ExportFormat) -> None:
    records = LocalRecords(library, OTHER)
    nothing = b"".join(records.export(form, Selection(statuses=(Status.ACCEPTED,))))
    some = b"".join(records.export(form, Selection(question="lenalidomide -> ?")))
    assert len(some) > 2 * len(nothing)
    assert OTHER.encode() in some
    assert BASE.encode() not in some


def test_the_command_writes_what_rdflib_reads(picograph: Command, store: str) -> None:
    done = picograph("--store", str(store), "export", "--format", "jsonld")
    graph = rdflib.Graph().parse(data=json.dumps(json.loads(done.stdout)), format="json-ld")
    assert len(graph) > 100
    done = picograph("--store", str(store), "export", "--format", "nanopub")
    assert done.stdout.count("np:Nanopublication") > 1


def test_what_is_not_offered_gets_the_first_form() -> None:
    offered = {"a": "text/turtle", "b": "text/html; charset=utf-8"}
    assert preferred(None, offered) == preferred("", offered) == preferred("image/png", offered) == "a"
    assert preferred("text/html;q=0.5, text/turtle;q=0.4", offered) == "b"
    assert preferred("text/*", offered) == "a"
    assert preferred("text/turtle;q=0, text/html", offered) == "b"
