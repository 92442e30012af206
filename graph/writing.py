"""What one article or one decision changes in the store: quads to remove, quads to add. Reads, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from graph import used
from graph.errors import BadClaims
from graph.hierarchy import concept_quads, with_broader
from graph.mapping import claim_quads
from graph.mapping_article import article_quads, report_iri, report_quads, study_quads
from graph.merging import completed, index_from, index_json
from graph.model import Decision, IngestOutcome, Run
from graph.ontology.claim_model import claim_faults
from graph.reading import Reader, described
from graph.reattach import reattach
from graph.records import (
    decision_quads,
    extracted_json,
    extraction_iri,
    extraction_quads,
    run_quads,
    text_iri,
    text_quads,
)
from graph.terms import JSON, TEXT
from graph.verify import check_quotes
from graph.vocab import EV, RDF_TYPE, node
from ingest.article import Article, ArticleKind
from ingest.claim import Claim, Status
from ingest.identity import CLAIM_BASE
from ingest.terminology import Terminology

_STUDY, _REPORT, _INDEX = node(EV.study), node(EV.studyReport), node(EV.indexRecord)


@dataclass
class Change:
    """Quads to remove and to add, and the nodes that the log entry of the write names."""

    removed: set[Quad] = field(default_factory=set)
    added: set[Quad] = field(default_factory=set)
    log: dict[str, str] = field(default_factory=dict)


def checked(article: Article, claims: Sequence[Claim]) -> list[Claim]:
    """The claims as they may be stored with their article; of claims with one id the first.

    Raises BadClaims when a claim is of another article or text, already decided on, or not as ``ontology.claim_model``
    has it, and QuoteMismatch when its words do not stand in the text.
    """
    kept: dict[str, Claim] = {}
    for claim in claims:
        tail = claim.id.removeprefix(CLAIM_BASE)
        if len(tail) != 32 or not set(tail) <= set("0123456789abcdef"):
            raise BadClaims(article.id, claim.id, f"an id is {CLAIM_BASE} and 32 hex digits")
        if claim.article != article.id:
            raise BadClaims(article.id, claim.id, f"it belongs to {claim.article}")
        if claim.text_sha256 != article.text_sha256:
            raise BadClaims(article.id, claim.id, "it was read from another version of the text")
        if claim.status is not Status.UNREVIEWED or claim.revision != 0:
            raise BadClaims(article.id, claim.id, "it carries decisions; store what was extracted, then decide again")
        if faults := claim_faults(claim):
            raise BadClaims(article.id, claim.id, ": ".join(faults[0]))
        kept.setdefault(claim.id, check_quotes(claim, article.text))
    return list(kept.values())


def article_change(
    reader: Reader, terminology: Terminology, article: Article, claims: Sequence[Claim], run: Run
) -> tuple[Change, IngestOutcome]:
    """What storing ``claims`` as the extraction of ``article`` changes. Raises as ``checked``.

    The same text is the same article: where another id has it already, nothing changes and the outcome names that id.
    The abstract of an article whose full text is there leaves text and claims as they are; what it knows more of the
    article, such as a retraction, is kept. A full text that takes the place of its abstract keeps that too.
    Short records, of a title alone, share their text by chance: those with other DOIs, PMIDs or PMCIDs are others.
    """
    claims = checked(article, claims)
    try:
        node(article.id)
        text = text_quads(article)
        about = article_quads(article)
    except ValueError as error:
        raise BadClaims(article.id, None, f"the article cannot be stored: {error}") from error
    twins = [a for a in reader.with_text(article.text_sha256) if a != article.id] if article.text.strip() else []
    twins = [a for a in twins if not _another(reader, a, article)]
    if twins:
        held = len(reader.heads(article=twins[0]))
        return Change(), IngestOutcome(twins[0], held, added=0, removed=0, kept=held, orphans=(), unchanged=True)
    old = _default_graph(reader, "article_records", article=node(article.id))
    kinds = {q.object for q in old if q.subject == node(article.id) and q.predicate == node(EV.kind)}
    if article.kind is ArticleKind.ABSTRACT and node(EV.fullText) in kinds:
        return _known_more(reader, article, old)
    if article.kind is ArticleKind.FULL_TEXT:
        about = _with_index(reader, article, old, node(EV.abstract) in kinds)
    states, orphans = reattach(claims, reader.decisions(article.id), article.text)
    extraction = extraction_iri(article, [extracted_json(c, article) for c in claims])
    new = {*about, Quad(node(article.id), node(EV.extraction), node(extraction))}
    new |= _claims_quads(article.id, states)
    change = Change(removed=old - new, added=new - old)
    kind = node(EV.Claim)
    before = {_subject(q).value for q in old if q.predicate == RDF_TYPE and q.object == kind}
    after = {c.id for c in claims}
    outcome = IngestOutcome(
        article.id,
        len(after),
        added=len(after - before),
        removed=len(before - after),
        kept=len(after & before),
        orphans=tuple(orphans),
        unchanged=not change.removed and not change.added,
    )
    if outcome.unchanged:
        return change, outcome
    _share(reader, old, new, change)
    change.added |= _concepts(reader, terminology, used.of_quads(new) - used.of_quads(old))
    version = text_iri(article.id, article.text_sha256)
    known = {r.value for (r,) in reader.rows("known", record=[node(extraction), node(version)]) if r is not None}
    if extraction not in known:
        change.added |= {*extraction_quads(article, claims), *run_quads(run, extraction)}
    if version not in known:
        change.added |= set(text)
    change.log = {"extraction": extraction}
    if not any(q.predicate == node(EV.sha256) and q.subject == node(article.id) for q in old & new):
        change.log["version"] = version
    return change, outcome


def _with_index(reader: Reader, full: Article, old: Iterable[Quad], of_abstract: bool) -> list[Quad]:
    """The quads of a full text with what the abstract says that it takes the place of, or that came behind it."""
    held = [q for q in old if q.predicate == _INDEX]
    if of_abstract:
        abstract = reader.stored(full.id)
        held = [Quad(node(full.id), _INDEX, JSON.encode(index_json(abstract)))]
    elif held and isinstance(held[0].object, Literal):
        abstract = index_from(JSON.decode(held[0].object), full.id)
    else:
        return article_quads(full)
    return article_quads(completed(full, abstract)) + held


def _known_more(reader: Reader, abstract: Article, old: Iterable[Quad]) -> tuple[Change, IngestOutcome]:
    """What an abstract changes of its full text, which has the quads ``old``: what is known of the article, no more."""
    record = node(abstract.id)
    own = {q for q in old if _subject(q) == record or _subject(q).value.startswith(f"{record.value}#notice-")}
    extraction = {q for q in own if q.predicate == node(EV.extraction)}
    new = set(article_quads(completed(reader.stored(abstract.id), abstract))) | extraction
    new.add(Quad(record, _INDEX, JSON.encode(index_json(abstract))))
    change = Change(removed=own - new, added=new - own)
    change.log = {"extraction": _named(q.object for q in extraction)[0].value}
    held = len(reader.heads(article=abstract.id))
    unchanged = not change.removed and not change.added
    return change, IngestOutcome(abstract.id, held, added=0, removed=0, kept=held, orphans=(), unchanged=unchanged)


def _another(reader: Reader, known: str, article: Article) -> bool:
    """True where the article ``known`` has an id of a kind that ``article`` has too, and another one."""
    record = node(known)
    held = described(reader.rows("records", record=record))
    pairs = ((held.one(record, node(EV[s]), TEXT), getattr(article, s)) for s in ("doi", "pmid", "pmcid"))
    return any(a and b and a.casefold() != b.casefold() for a, b in pairs)


def decision_change(
    reader: Reader, terminology: Terminology, before: Claim, after: Claim, decision: Decision
) -> Change:
    """What ``decision`` changes, which turns ``before`` into ``after``. Raises ValueError for what cannot be stored."""
    records = [node(before.id), *([] if before.study is None else [node(report_iri(before.article, before.study))])]
    old = _default_graph(reader, "records", record=records)
    new = _claims_quads(before.article, [after])
    change = Change(removed=old - new, added=new - old, log={"decision": decision.id})
    _share(reader, old, new, change)
    concepts = (used.of_quads(new) | used.of_decision(decision)) - used.of_quads(old)
    change.added |= _concepts(reader, terminology, concepts) | set(decision_quads(decision))
    return change


def _claims_quads(article: str, claims: Iterable[Claim]) -> set[Quad]:
    quads: set[Quad] = set()
    for claim in claims:
        try:
            quads.update(claim_quads(claim))
            if claim.study is not None:
                quads.update(report_quads(claim.study, article))
        except ValueError as error:
            raise BadClaims(article, claim.id, f"it cannot be stored: {error}") from error
    return quads


def _default_graph(reader: Reader, query: str, **values: NamedNode | list[NamedNode]) -> set[Quad]:
    return {
        Quad(s, p, o)
        for s, p, o in reader.rows(query, **values)
        if isinstance(s, NamedNode) and isinstance(p, NamedNode) and o is not None
    }


def _concepts(reader: Reader, terminology: Terminology, concepts: Iterable[str]) -> set[Quad]:
    """What the graph lacks of these concepts and of everything broader. They stay when the last claim lets them go."""
    wanted = with_broader(concepts, terminology)
    rows = reader.rows("stored_concepts", concept=[node(iri) for iri in sorted(wanted)]) if wanted else []
    return set(concept_quads(wanted - {c.value for (c,) in rows if c is not None}, terminology))


def _share(reader: Reader, old: set[Quad], new: set[Quad], change: Change) -> None:
    """Studies that articles share: written with the first use, removed with the last."""
    before, after = _studies(old), _studies(new)
    for study in after - before:
        change.added |= set(study_quads(study.value))
    gone = before - after
    reports = {q.object for q in old if q.predicate == _REPORT} - {q.object for q in new if q.predicate == _REPORT}
    if not gone and not reports:
        return
    own = {q.subject for q in old if q.predicate == node(EV.partOf) and q.subject == q.object}
    users = reader.rows("users", node=sorted((*gone, *_named(reports)), key=str))
    kept = {shared for shared, record in users if record not in own}
    for study in gone - kept:
        change.removed |= set(study_quads(study.value))
    still = kept & reports
    change.removed -= {q for q in change.removed if _report_of(q) in still}


def _named(terms: Iterable[object]) -> list[NamedNode]:
    return [term for term in terms if isinstance(term, NamedNode)]


def _subject(quad: Quad) -> NamedNode:
    assert isinstance(quad.subject, NamedNode), "picograph writes no blank nodes"
    return quad.subject


def _report_of(quad: Quad) -> NamedNode:
    return NamedNode(_subject(quad).value.partition("#")[0])


def _studies(quads: Iterable[Quad]) -> set[NamedNode]:
    return {q.object for q in quads if q.predicate == _STUDY and isinstance(q.object, NamedNode)}
