"""The vocabulary is defined in one place, and everything that names its terms agrees with it."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import BlankNode, NamedNode
from rdflib.namespace import DefinedNamespace

from graph import codes, vocab
from graph.hierarchy import scheme_quads
from graph.mapping import claim_quads
from graph.model import Verdict
from graph.ontology.base import normal_base, rebased, restored
from graph.ontology.document import PAGE, markdown
from graph.ontology.files import ONTOLOGY, defined, mappings, ontology_quads, published
from graph.terms import Codec
from graph.vocab import BASE, EV, RDF_TYPE, SKOS, VOCABULARY, node
from ingest import claim_sets as sets
from ingest.article import Article, ArticleKind
from ingest.claim import Claim
from ingest.notices import NoticeKind
from ingest.terminology import ConceptKind
from tests import builders, strategies

ROOT = Path(__file__).resolve().parents[2]
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
CLOSED: tuple[tuple[str, type[StrEnum], Codec[Any]], ...] = (
    ("Measure", sets.Measure, codes.MEASURE),
    ("Arm", sets.Arm, codes.ARM),
    ("ValueState", sets.ValueState, codes.VALUE_STATE),
    ("IntervalKind", sets.IntervalKind, codes.INTERVAL_KIND),
    ("Direction", sets.Direction, codes.DIRECTION),
    ("Favours", sets.Favours, codes.FAVOURS),
    ("Basis", sets.Basis, codes.BASIS),
    ("Significance", sets.Significance, codes.SIGNIFICANCE),
    ("Assertion", sets.Assertion, codes.ASSERTION),
    ("ClaimKind", sets.ClaimKind, codes.CLAIM_KIND),
    ("Status", sets.Status, codes.STATUS),
    ("Grade", sets.Grade, codes.GRADE),
    ("NoticeKind", NoticeKind, codes.NOTICE),
    ("ArticleKind", ArticleKind, codes.ARTICLE_KIND),
    ("ConceptKind", ConceptKind, codes.CONCEPT_KIND),
    ("Verdict", Verdict, codes.VERDICT),
)


def said(subject: str, predicate: str) -> list[Any]:
    return [q.object for q in ontology_quads() if q.subject == NamedNode(subject) and q.predicate.value == predicate]


def test_the_closed_namespace_has_the_terms_of_the_ontology_and_no_other() -> None:
    assert {name for name in EV.__annotations__ if not name.startswith("_")} == defined()


@pytest.mark.parametrize("name", sorted(defined()))
def test_a_term_says_what_it_is(name: str) -> None:
    assert len(said(VOCABULARY + name, RDFS + "label")) == 1
    assert len(said(VOCABULARY + name, RDFS + "comment")) == 1
    assert len(said(VOCABULARY + name, RDF_TYPE.value)) == 1


def test_queries_and_pages_name_only_terms_of_the_ontology() -> None:
    files = [*ROOT.glob("graph/queries/*.rq"), *ROOT.glob("docs/*.md")]
    named = {term for file in files for term in re.findall(r"\bev:(\w+)", file.read_text(encoding="utf-8"))}
    assert len(named) > 50
    assert named <= defined()


@pytest.mark.parametrize(("scheme", "members", "codec"), CLOSED)
def test_a_closed_set_has_the_members_of_the_program_by_the_same_names(
    scheme: str, members: type[StrEnum], codec: Codec[Any]
) -> None:
    listed = {
        q.subject for q in ontology_quads() if q.predicate == node(SKOS.inScheme) and q.object == node(EV[scheme])
    }
    assert listed == {codec.encode(member) for member in members}
    for member in members:
        (label,) = said(codec.encode(member).value, RDFS + "label")
        assert label.value == member.value


def test_every_scheme_is_checked() -> None:
    schemes = {q.subject for q in ontology_quads() if q.object == node(SKOS.ConceptScheme)}
    assert schemes == {node(EV[name]) for name, _, _ in CLOSED}


def test_other_vocabularies_are_named_by_terms_that_are_known_to_exist() -> None:
    others = [v for v in vars(vocab).values() if isinstance(v, type) and issubclass(v, DefinedNamespace)]
    known = {str(space[n]) for space in others for n in getattr(space, "__annotations__", {}) if n[0] != "_"}
    used = {
        term.value for q in ontology_quads() for term in (q.subject, q.predicate, q.object) if hasattr(term, "value")
    }
    spaces = ("obo/", "pico/", "schema.org", "ns/prov", "ns/oa", "skos/core", "purl.org/dc")
    assert {iri for iri in used if iri.startswith("http") and any(s in iri for s in spaces)} <= known


def test_a_store_says_how_the_terms_relate_as_the_ontology_does() -> None:
    assert len(mappings()) > 15
    assert {(q.subject, q.predicate, q.object) for q in scheme_quads()} >= set(mappings())


def test_the_ontology_has_no_blank_nodes() -> None:
    assert not [q for q in ontology_quads() if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]


def test_the_page_is_what_the_ontology_makes_of_it() -> None:
    assert (ROOT / PAGE).read_text(encoding="utf-8") == markdown(), "run `make ontology`"


@pytest.mark.parametrize("base", ["https://example.org/kg", " https://example.org/kg/ ", "http://localhost:8000/a/b/"])
def test_a_base_ends_with_a_slash(base: str) -> None:
    assert normal_base(base).endswith("/")
    assert normal_base(normal_base(base)) == normal_base(base)


@pytest.mark.parametrize(
    "base",
    [
        "",
        "example.org",
        "ftp://a/",
        "https://",
        "https://a/?q=",
        "https://a/#",
        "https://a b/",
        'https://a/"/',
        "https://a/>/",
    ],
)
def test_what_cannot_begin_an_iri_is_no_base(base: str) -> None:
    with pytest.raises(ValueError, match="a base is"):
        normal_base(base)


def test_everything_that_is_published_has_the_base() -> None:
    assert BASE not in published(ONTOLOGY, "https://example.org/kg/")
    assert "<https://example.org/kg/vocab#>" in published(ONTOLOGY, "https://example.org/kg/")
    assert BASE not in markdown("https://example.org/kg/")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles().flatmap(lambda a: strategies.claims(a).map(lambda c: (a, c))))
def test_a_base_is_put_on_and_taken_off_again(case: tuple[Article, Claim]) -> None:
    quads = claim_quads(case[1])
    moved = list(rebased(quads, "https://example.org/kg/"))
    assert list(restored(moved, "https://example.org/kg/")) == quads
    assert not any(BASE in str(term) for q in moved for term in (q.subject, q.predicate))


def test_quoted_words_are_never_moved() -> None:
    source = builders.article(f"See {BASE}claim/1 and hope.")
    claim = builders.claim(source, outcome="hope")
    words = {q.object.value for q in rebased(claim_quads(claim), "https://example.org/") if hasattr(q.object, "value")}
    assert source.text in words
