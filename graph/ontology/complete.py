"""A claim in its complete form: what the store keeps, and what follows from that, in standard terms. Pure.

The complete form holds every triple of the stored form, so that the same queries and shapes fit both, and
``graph.mapping`` reads both. Beside it are classes, what is as usual and therefore not stored, the checks as nodes, the
whole chain of Web Annotation, PICO, and the numbers as STATO has them.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from graph import codes
from graph.mapping import claim_from, claim_quads, mentions_of
from graph.mapping_article import article_quads, report_quads, study_iri, study_quads
from graph.mapping_mentions import mention_node, mention_quads
from graph.ontology.annotations import anchored
from graph.ontology.statistics import pico_quads, statistics_quads
from graph.terms import BOOLEAN, INTEGER, TEXT, Description, Node
from graph.vocab import EV, OBO, RDF_TYPE, node
from ingest.article import Article
from ingest.claim import Claim, IntervalKind, ValueState

_OF_THE_TEXT = frozenset((node(EV.sections), node(EV.tables), node(EV.indexRecord)))
"""What is said of an article's text piece by piece: of no use without the text, which is not published."""


def complete_quads(claim: Claim, article: Article) -> list[Quad]:
    """The claim, its mentions, its study, and its article without text. No quad twice; no blank nodes.

    Raises ValueError when ``article`` is another text than the claim's, or something cannot be written.
    """
    if article.text_sha256 != claim.text_sha256:
        raise ValueError(f"{claim.id} belongs to another version of {claim.article}")
    head = Node(node(claim.id), node(OBO.SEPIO_0000001))
    head.put(node(EV.assertion), codes.ASSERTION, claim.assertion)
    head.put(node(EV.revision), INTEGER, claim.revision)
    quads = [*claim_quads(claim), *head.quads]
    quads += pico_quads(claim)
    for _, mention in mentions_of(claim):
        quads += [Quad(mention_node(mention), RDF_TYPE, node(EV.Mention)), *mention_quads(mention)]
    quads += _effects(claim) + _quotes(claim) + _checks(claim)
    if claim.study is not None:
        quads += report_quads(claim.study, article.id) + study_quads(study_iri(claim.study, article.id))
        arms = (q.object for q in quads if q.predicate == node(EV.studyArm) and isinstance(q.object, NamedNode))
        quads += [Quad(arm, RDF_TYPE, node(EV.StudyArm)) for arm in list(arms)]
    return list(dict.fromkeys([*quads, *article_head(article)]))


def article_head(article: Article) -> list[Quad]:
    """What is known of the article, without what is known of its text."""
    return [quad for quad in article_quads(article) if quad.predicate not in _OF_THE_TEXT]


def claim_of(quads: Iterable[Quad], claim_id: str | None = None) -> Claim:
    """The claim of a complete form; ``claim_id`` says which, None: the only one. Raises ValueError where none is."""
    listed = list(dict.fromkeys(quads))
    if claim_id is None:
        found = {q.subject.value for q in listed if q.predicate == RDF_TYPE and q.object == node(EV.Claim)}  # type: ignore[union-attr]
        if len(found) != 1:
            raise ValueError(f"there are {len(found)} claims, not one")
        (claim_id,) = found
    held = Description((q.subject, q.predicate, q.object) for q in listed)  # type: ignore[misc]
    record = node(claim_id)
    articles = held.links(record, node(EV.article))
    if len(articles) != 1:
        raise ValueError(f"{claim_id} has {len(articles)} articles, not one")
    return claim_from(record, held, held.need(articles[0], node(EV.sha256), TEXT))


def _effects(claim: Claim) -> list[Quad]:
    quads: list[Quad] = []
    for index, effect in enumerate(claim.effects):
        part = Node(NamedNode(f"{claim.id}#effect-{index}"), node(EV.EffectEstimate))
        part.link(RDF_TYPE, codes.MEASURE.encode(effect.measure))  # type: ignore[arg-type]
        if effect.value_state is ValueState.REPORTED:
            part.put(node(EV.valueState), codes.VALUE_STATE, effect.value_state)
        part.put(node(EV.changeFromBaseline), BOOLEAN, effect.change_from_baseline)
        if effect.interval is not None and effect.interval.kind is IntervalKind.CONFIDENCE:
            part.put(node(EV.intervalKind), codes.INTERVAL_KIND, effect.interval.kind)
        quads += part.quads + statistics_quads(part.subject, effect)
        quads += anchored(part.subject, claim.article, effect.text, effect.span, table=effect.table is not None)
    return quads


def _quotes(claim: Claim) -> list[Quad]:
    quads: list[Quad] = []
    named = [("quote", claim.quote), *((f"restatement-{i}", q) for i, q in enumerate(claim.restatements))]
    for name, quote in named:
        part = NamedNode(f"{claim.id}#{name}")
        quads.append(Quad(part, RDF_TYPE, node(EV.Quote)))
        around = (quote.prefix, quote.suffix)
        quads += anchored(
            part, claim.article, quote.exact, quote.span, around, body=node(claim.id), table=quote.table is not None
        )
    return quads


def _checks(claim: Claim) -> list[Quad]:
    head, quads = Node(node(claim.id)), list[Quad]()
    for index, check in enumerate(claim.checks):
        part = Node(NamedNode(f"{claim.id}#check-{index}"), node(EV.Check))
        head.link(node(EV.check), part.subject)
        part.put(node(EV.rule), TEXT, check.rule)
        part.put(node(EV.grade), codes.GRADE, check.grade)
        part.put(node(EV.message), TEXT, check.message)
        quads += part.quads
    return head.quads + quads
