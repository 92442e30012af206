"""The bundled corpus, as it is read and stored: all of it conforms, names only defined terms, and can be published."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from api.services.reading import ReadingError, read_articles
from corpus.load import articles
from graph.library import Library
from graph.model import Reason, Verdict
from graph.ontology.conformity import conforms
from graph.ontology.files import defined
from graph.ontology.jsonld import claim_from_jsonld
from graph.publishing import documents
from graph.vocab import EV, EXTRACTIONS, RDF_TYPE, VOCABULARY, node
from tests.builders import RUN

pytestmark = pytest.mark.slow
WHEN = "2026-03-01T12:00:00Z"


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    """The whole corpus, with some decisions of each kind."""
    with Library.open("memory:") as opened:
        for file in articles():
            for item in read_articles(io.BytesIO(file.read_bytes()), file.name):
                assert not isinstance(item, ReadingError)
                opened.ingest(item.article, item.claims, RUN)
        ids = [claim.id for claim, _ in opened.claims()]
        assert len(ids) > 90
        for number, claim_id in enumerate(ids[:30]):
            verdict = (Verdict.ACCEPT, Verdict.REJECT, Verdict.CORRECT)[number % 3]
            changes = [("population.text", f"patients {number}")] if verdict is Verdict.CORRECT else []
            opened.decide(claim_id, verdict, changes=changes, reason=Reason.OTHER, author="Ann", made_at=WHEN)
        yield opened


@pytest.fixture(scope="module")
def stored(library: Library) -> list[Quad]:
    return list(parse(b"".join(library.dump("nquads")), RdfFormat.N_QUADS))


def test_everything_that_is_stored_conforms(stored: list[Quad]) -> None:
    held = [quad for quad in stored if quad.graph_name != EXTRACTIONS]  # which has claims as JSON
    kinds = {quad.object for quad in held if quad.predicate == RDF_TYPE}
    assert kinds >= {node(kind) for kind in (EV.Claim, EV.Article, EV.Study, EV.StudyReport, EV.Decision)}
    assert conforms(held) == []


def test_only_defined_terms_are_stored(stored: list[Quad]) -> None:
    terms = {term.value for q in stored for term in (q.predicate, q.object) if isinstance(term, NamedNode)}
    ours = {term.removeprefix(VOCABULARY) for term in terms if term.startswith(VOCABULARY)}
    assert len(ours) > 60
    assert ours <= defined()


def test_every_claim_can_be_published_and_comes_back(library: Library) -> None:
    document = json.loads(b"".join(documents(library.claims(), library.background, "jsonld")))
    back = [claim_from_jsonld({"@context": document["@context"], **each}) for each in document["@graph"]]
    assert back == [claim for claim, _ in library.claims()]
