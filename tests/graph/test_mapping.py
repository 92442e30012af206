"""A claim, an article and a study come back from their triples exactly as they went in."""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from graph.mapping import claim_from, claim_quads, mentions_of
from graph.mapping_article import article_from, article_quads, primary_iri, report_quads, study_iri, study_quads
from graph.mapping_mentions import mention_from, mention_node, mention_quads
from graph.terms import Description
from graph.vocab import EV, node
from ingest.article import Article, ArticleKind
from ingest.claim import Claim, Measure, Mention, Study
from ingest.claim_json import to_json
from tests import builders, strategies


def stored(quads: list[Quad]) -> Description:
    """What an RDF store gives back of ``quads``."""
    store = Store()
    store.extend(quads)
    return Description((q.subject, q.predicate, q.object) for q in store)


def everything(claim: Claim) -> list[Quad]:
    reports = report_quads(claim.study, claim.article) if claim.study else []
    mentions = {quad: None for _, mention in mentions_of(claim) for quad in mention_quads(mention)}
    return [*claim_quads(claim), *reports, *mentions]


def read(claim: Claim) -> Claim:
    """The claim as it comes back."""
    return claim_from(node(claim.id), stored(everything(claim)), claim.text_sha256)


@st.composite
def sources_with_claim(draw: st.DrawFn) -> tuple[Article, Claim]:
    source = draw(strategies.articles())
    return source, draw(strategies.claims(source))


@given(sources_with_claim())
def test_a_claim_comes_back_exactly(case: tuple[Article, Claim]) -> None:
    source, claim = case
    back = read(claim)
    assert back == claim
    assert to_json(back, source) == to_json(claim, source)


@given(strategies.articles())
def test_an_article_comes_back_exactly(source: Article) -> None:
    assert article_from(node(source.id), stored(article_quads(source)), source.text) == source


@given(sources_with_claim())
def test_every_node_is_an_iri_below_its_record_and_nothing_is_written_twice(case: tuple[Article, Claim]) -> None:
    source, claim = case
    quads = everything(claim) + article_quads(source)
    assert len(quads) == len(set(quads))
    assert not any(isinstance(term, BlankNode) for q in quads for term in (q.subject, q.object))
    of_claim = {q.subject.value for q in claim_quads(claim)}  # type: ignore[union-attr]
    assert all(s == claim.id or s.startswith(claim.id + "#") for s in of_claim)


@given(sources_with_claim())
def test_what_is_written_is_what_a_store_gives_back(case: tuple[Article, Claim]) -> None:
    """Else storing the same claim twice would look like a change."""
    quads = everything(case[1]) + article_quads(case[0])
    store = Store()
    store.extend(quads)
    assert set(store) == set(quads)


@given(sources_with_claim(), st.text(max_size=70))
def test_a_content_key_that_does_not_follow_from_the_claim_comes_back_too(
    case: tuple[Article, Claim], key: str
) -> None:
    claim = replace(case[1], content_key=hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest())
    assert read(claim) == claim


@given(st.data())
def test_equal_mentions_share_a_node_and_others_do_not(data: st.DataObject) -> None:
    text = data.draw(strategies.some_words)
    one, other = data.draw(strategies.mentions(text)), data.draw(strategies.mentions(text))
    same = replace(one, span=None) == replace(other, span=None)
    assert (mention_node(one) == mention_node(other)) is same
    for mention in (one, other):
        quads = mention_quads(mention)
        assert {q.subject for q in quads} == {mention_node(mention)}
        assert (
            mention_from(mention_node(mention), stored(quads), None if mention.span is None else mention.span.start)
            == mention
        )


def test_a_mention_tells_its_concepts_apart_from_its_best_one() -> None:
    best = builders.LENALIDOMIDE
    forms = [(None, ()), (best, ()), (None, (best,)), (best, (best,)), (best, ("urn:b", best)), (None, ("urn:b", best))]
    mentions = [Mention("lenalidomide", None, None, concept, concepts) for concept, concepts in forms]
    assert len({mention_node(m) for m in mentions}) == len(mentions)
    assert [mention_from(mention_node(m), stored(mention_quads(m)), None) for m in mentions] == mentions


@pytest.mark.parametrize("number", [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -0.0, 1e21, 123456789.123456789])
def test_doubles_survive_to_the_last_bit(number: float) -> None:
    source = builders.article()
    effect = builders.effect(source.text, "HR 1.55", value=number, measure=Measure.HAZARD_RATIO)
    claim = builders.spm_claim(source, effects=(effect,))
    back = read(claim).effects[0].value
    assert back == number
    assert math.copysign(1.0, back) == math.copysign(1.0, number)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_refused(number: float) -> None:
    source = builders.article()
    claim = builders.spm_claim(source, effects=(builders.effect(source.text, "HR 1.55", value=number),))
    with pytest.raises(ValueError, match="not a number that can be stored"):
        claim_quads(claim)


def test_half_a_surrogate_pair_is_refused() -> None:
    source = builders.article()
    claim = builders.spm_claim(source, population=Mention("\ud800 patients"))
    with pytest.raises(ValueError, match="surrogate"):
        everything(claim)


def test_an_unknown_concept_must_still_be_an_iri() -> None:
    source = builders.article()
    claim = builders.spm_claim(source, outcome=Mention("death", None, None, "D000 1"))
    with pytest.raises(ValueError, match="IRI"):
        everything(claim)


def test_a_study_has_one_iri_whatever_article_reports_it() -> None:
    trial = Study(name="Myeloma XI", registration="NCT01554852")
    assert study_iri(trial, "urn:a:1") == study_iri(Study(registration=" nct01554852 "), "urn:a:2")
    assert study_quads(study_iri(trial, "urn:a:1"))[-1].object == Literal("NCT01554852")
    assert study_iri(Study(name="Myeloma XI"), "urn:a:1") == study_iri(Study(name="myeloma-XI"), "urn:a:2")
    assert study_iri(Study(phase="3"), "urn:a:1") != study_iri(Study(phase="3"), "urn:a:2")


@pytest.mark.parametrize(
    ("source", "iri"),
    [
        ("doi:10.1038/BCJ.2016.114", "https://doi.org/10.1038/bcj.2016.114"),
        ("https://doi.org/10.1038/bcj.2016.114", "https://doi.org/10.1038/bcj.2016.114"),
        ("pmid:27935580", "https://pubmed.ncbi.nlm.nih.gov/27935580/"),
        ("PMCID:pmc5223149", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC5223149/"),
        ("eClinicalMedicine, Jones et al.", None),
        ("javascript:alert(1)", None),
        (None, None),
    ],
)
def test_a_primary_source_is_an_iri_where_it_can_be(source: str | None, iri: str | None) -> None:
    assert primary_iri(source) == iri


def test_a_news_page_is_a_news_article() -> None:
    quads = article_quads(builders.article(kind=ArticleKind.NEWS))
    assert "https://schema.org/NewsArticle" in {q.object.value for q in quads if isinstance(q.object, NamedNode)}


def test_a_misspelt_term_fails() -> None:
    with pytest.raises(AttributeError, match="popluation"):
        _ = EV.popluation
