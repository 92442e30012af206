"""Articles and study reports as triples and back, without loss. Pure.

A study has one IRI whatever article reports it: from its registration, else its name, else the article. What one
article says of the study (``enrolled`` differs between reports) is a study report, a node of that article.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import quote as percent_encode

from pyoxigraph import Literal, NamedNode, Quad

from graph import codes
from graph.cited import is_iri
from graph.cited import primary_iri as primary_iri
from graph.mapping_notices import notice_quads, notices_from
from graph.mapping_tables import table_rows, tables_from
from graph.terms import BOOLEAN, INTEGER, IRI, JSON, TEXT, Codec, Description, Node, canonical_json
from graph.vocab import DCTERMS, EV, PROV, RDF_TYPE, SCHEMA, node
from ingest.article import Article, ArticleKind, Section, SectionKind, Span
from ingest.claim import Study, StudyArm
from ingest.claim_json import study_json
from ingest.terminology import key_of

STUDY_BASE = "https://w3id.org/picograph/study/"
REPORT_BASE = "https://w3id.org/picograph/study-report/"

_TYPES = {
    ArticleKind.NEWS: SCHEMA.NewsArticle,
    ArticleKind.ABSTRACT: SCHEMA.ScholarlyArticle,
    ArticleKind.FULL_TEXT: SCHEMA.ScholarlyArticle,
    ArticleKind.REVIEW: SCHEMA.ScholarlyArticle,
}
_ARTICLE_TEXTS = (
    ("title", node(DCTERMS["title"])),
    ("journal", node(EV.journal)),
    ("published", node(DCTERMS.issued)),
    ("doi", node(EV.doi)),
    ("pmid", node(EV.pmid)),
    ("pmcid", node(EV.pmcid)),
    ("registration", node(EV.registration)),
    ("language", node(DCTERMS.language)),
    ("licence", node(DCTERMS.rights)),
    ("primary_source", node(EV.primarySource)),
    ("no_evidence", node(EV.noEvidence)),
)
_ARTICLE_LISTS = (
    ("authors", node(EV.authorList), node(SCHEMA.author)),
    ("registrations", node(EV.registrationList), None),
    ("publications", node(EV.publicationList), None),
    ("types", node(EV.typeList), node(DCTERMS.type)),
)
"""Lists are kept in their order as JSON, and members by themselves for questions: registrations as identifiers."""
_STUDY_FIELDS: tuple[tuple[str, NamedNode, Codec[str] | Codec[int] | Codec[bool]], ...] = (
    ("id", node(EV.givenId), TEXT),
    ("name", node(SCHEMA.name), TEXT),
    ("registration", node(EV.registration), TEXT),
    ("design", node(EV.design), TEXT),
    ("phase", node(EV.phase), TEXT),
    ("enrolled", node(EV.enrolled), INTEGER),
    ("randomised", node(EV.randomised), INTEGER),
    ("follow_up", node(EV.followUp), TEXT),
    ("primary_endpoint_met", node(EV.primaryEndpointMet), BOOLEAN),
)
_INDEX = node(EV["index"])


def digest(*parts: str) -> str:
    """32 hex digits over the parts; the last part of the IRIs of nodes that have no id of their own."""
    return hashlib.sha256(canonical_json(parts).encode("ascii")).hexdigest()[:32]


def study_iri(study: Study, article: str) -> str:
    """The one IRI of a study: as given, else by registration, else by name, else by the article that reports it.

    >>> study_iri(Study(name="Myeloma  XI", registration="nct01554852"), "urn:x:1")
    'https://w3id.org/picograph/study/registration/NCT01554852'
    >>> study_iri(Study(name="Myeloma XI"), "urn:x:1")
    'https://w3id.org/picograph/study/name/myeloma-xi'
    """
    if study.id and is_iri(study.id):
        return study.id
    if study.registration and study.registration.strip():
        compact = re.sub(r"\s+", "", study.registration).upper()
        return f"{STUDY_BASE}registration/{percent_encode(compact, safe='-_.')}"
    name = key_of(study.name or "")
    if name:
        return f"{STUDY_BASE}name/{percent_encode(name.replace(' ', '-'), safe='-_.')}"
    return f"{STUDY_BASE}article/{digest(article)}"


def report_iri(article: str, study: Study) -> str:
    """The node for what ``article`` says of ``study``."""
    return REPORT_BASE + digest(article, canonical_json(study_json(study)))


def article_quads(article: Article) -> list[Quad]:
    """The article without its text (that is kept by version, see ``records``). Raises ValueError as ``claim_quads``."""
    record = node(article.id)
    head = Node(record, node(EV.Article))
    head.link(RDF_TYPE, node(_TYPES.get(article.kind, SCHEMA.CreativeWork)))
    head.put(node(EV.article), IRI, article.id)
    head.put(node(EV.kind), codes.ARTICLE_KIND, article.kind)
    head.put(node(EV.sha256), TEXT, article.text_sha256)
    head.put(node(EV.retracted), BOOLEAN, article.retracted)
    for name, predicate in _ARTICLE_TEXTS:
        head.put(predicate, TEXT, getattr(article, name))
    ids = [(scheme, getattr(article, scheme)) for scheme in ("doi", "pmid", "pmcid", "registration")]
    for scheme, value in dict.fromkeys([*ids, *(("registration", each) for each in article.registrations)]):
        if value:
            head.put(node(DCTERMS.identifier), TEXT, f"{scheme}:{value}")
    if primary := primary_iri(article.primary_source):
        head.put(node(PROV.hadPrimarySource), IRI, primary)
    for name, whole, member in _ARTICLE_LISTS:
        if values := getattr(article, name):
            head.put(whole, JSON, list(values))
            for value in dict.fromkeys(values):
                if member is not None:
                    head.put(member, TEXT, value)
    if article.sections:
        rows = [[s.span.start, s.span.end, s.kind.value, s.name] for s in article.sections]
        head.put(node(EV.sections), JSON, rows)
    if article.tables:
        head.put(node(EV.tables), JSON, table_rows(article.tables, article.text))
    notices = notice_quads(head, article.notices)
    return head.quads + notices


def article_from(record: NamedNode, held: Description, text: str) -> Article:
    """The article that ``article_quads`` wrote; ``text`` comes from the version it names."""
    rows = held.one(record, node(EV.sections), JSON) or []
    texts: dict[str, Any] = {name: held.one(record, predicate, TEXT) for name, predicate in _ARTICLE_TEXTS}
    lists: dict[str, Any] = {name: tuple(held.one(record, whole, JSON) or ()) for name, whole, _ in _ARTICLE_LISTS}
    return Article(
        id=record.value,
        text=text,
        kind=held.need(record, node(EV.kind), codes.ARTICLE_KIND),
        sections=tuple(Section(Span(start, end), SectionKind(kind), name) for start, end, kind, name in rows),
        retracted=held.need(record, node(EV.retracted), BOOLEAN),
        notices=notices_from(record, held),
        tables=tables_from(held.one(record, node(EV.tables), JSON) or (), text),
        **lists,
        **texts,
    )


def report_quads(study: Study, article: str) -> list[Quad]:
    """What one article says of its study."""
    record = node(report_iri(article, study))
    head = Node(record, node(EV.StudyReport))
    head.put(node(EV.article), IRI, article)
    head.link(node(EV.study), node(study_iri(study, article)))
    for name, predicate, codec in _STUDY_FIELDS:
        head.put(predicate, codec, getattr(study, name))
    quads: list[Quad] = []
    for index, arm in enumerate(study.arms):
        part = Node(NamedNode(f"{record.value}#arm-{index}"))
        head.link(node(EV.studyArm), part.subject)
        part.put(_INDEX, INTEGER, index)
        part.put(node(EV.armName), TEXT, arm.name)
        part.put(node(EV.armSize), INTEGER, arm.size)
        quads += part.quads
    return head.quads + quads


def study_quads(iri: str) -> list[Quad]:
    """The study itself, shared by the articles that report it: only what follows from its IRI."""
    subject = node(iri)
    quads = [Quad(subject, RDF_TYPE, node(EV.Study)), Quad(subject, RDF_TYPE, node(SCHEMA.MedicalStudy))]
    found = re.fullmatch(re.escape(STUDY_BASE) + r"registration/([\w.-]+)", subject.value)
    if found:
        quads.append(Quad(subject, node(SCHEMA.identifier), Literal(found[1])))
    return quads


def study_from(report: NamedNode, held: Description) -> Study:
    """The study as its report gives it: the inverse of ``report_quads``."""
    arms = sorted(held.links(report, node(EV.studyArm)), key=lambda arm: held.need(arm, _INDEX, INTEGER))
    fields: dict[str, Any] = {name: held.one(report, predicate, codec) for name, predicate, codec in _STUDY_FIELDS}
    return Study(
        arms=tuple(
            StudyArm(held.need(a, node(EV.armName), TEXT), held.one(a, node(EV.armSize), INTEGER)) for a in arms
        ),
        **fields,
    )
