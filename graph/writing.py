"""What one article or one decision changes in the store: quads to remove, quads to add. Reads, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from graph import used
from graph.describing import whole
from graph.errors import BadClaims, StoreError
from graph.mapping import claim_quads
from graph.mapping_article import article_quads, report_iri, report_quads
from graph.mapping_mentions import mention_quads
from graph.merging import completed, index_from, index_json
from graph.model import Decision, IngestOutcome, Run
from graph.ontology.claim_model import claim_faults
from graph.ontology.guard import check_decided
from graph.reading import Reader
from graph.reattach import reattach
from graph.records import (
    decision_quads,
    extraction_iri,
    extraction_quads,
    reading_quads,
    run_quads,
    text_iri,
    text_quads,
)
from graph.sharing import Change, mentions_in, new_concepts, new_mentions, share_studies
from graph.store import Triple
from graph.terms import JSON, TEXT, Description
from graph.verify import check_quotes
from graph.vocab import EV, RDF_TYPE, node
from ingest.article import Article, ArticleKind
from ingest.claim import Claim, Mention, Status, Study
from ingest.identity import CLAIM_BASE
from ingest.terminology import Terminology

_INDEX = node(EV.indexRecord)


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
    Short records, of a title alone, share their text by chance: those with other DOIs, PMIDs or PMCIDs are others,
    unless both have claims: what is read from one text is one claim, and a claim is of one article.
    """
    claims = checked(article, claims)
    try:
        node(article.id)
        text = text_quads(article)
        about = article_quads(article)
    except ValueError as error:
        raise BadClaims(article.id, None, f"the article cannot be stored: {error}") from error
    twins = [a for a in reader.with_text(article.text_sha256) if a != article.id] if article.text.strip() else []
    twins = [a for a in twins if not _another(reader, a, article) or (claims and reader.claim_ids(a))]
    if twins:
        held = len(reader.claim_ids(twins[0]))
        return Change(), IngestOutcome(twins[0], held, added=0, removed=0, kept=held, orphans=(), unchanged=True)
    records, old = _stored(reader, article.id)
    kinds = {q.object for q in old if q.subject == node(article.id) and q.predicate == node(EV.kind)}
    if article.kind is ArticleKind.ABSTRACT and node(EV.fullText) in kinds:
        return _known_more(reader, article, old)
    if article.kind is ArticleKind.FULL_TEXT:
        about = _with_index(reader, article, old, node(EV.abstract) in kinds)
    states, orphans = reattach(claims, reader.decisions(article.id), article.text)
    extraction = extraction_iri(article, claims)
    new = {*about, Quad(node(article.id), node(EV.extraction), node(extraction))}
    decided = [claim for claim, state in zip(claims, states, strict=True) if state.revision]
    said, mentions = _said(article.id, states)
    new |= said
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
    share_studies(reader, records, old, new, change)
    change.added |= new_mentions(reader, mentions)
    change.added |= new_concepts(reader, terminology, set().union(*map(used.of_mention, mentions.values())))
    if Quad(node(article.id), node(EV.extraction), node(extraction)) not in old:
        change.added |= {*_kept(reader, article.id, before, claims), *reading_quads(extraction, decided)}
    version = text_iri(article.id, article.text_sha256)
    known = {r.value for (r,) in reader.rows("known", record=[node(extraction), node(version)]) if r is not None}
    if extraction not in known:
        change.added |= {*extraction_quads(article, extraction), *run_quads(run, extraction)}
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
    held = len(reader.claim_ids(abstract.id))
    unchanged = not change.removed and not change.added
    return change, IngestOutcome(abstract.id, held, added=0, removed=0, kept=held, orphans=(), unchanged=unchanged)


def _another(reader: Reader, known: str, article: Article) -> bool:
    """True where the article ``known`` has an id of a kind that ``article`` has too, and another one."""
    record = node(known)
    held = Description(reader.store.describe([record]))
    pairs = ((held.one(record, node(EV[s]), TEXT), getattr(article, s)) for s in ("doi", "pmid", "pmcid"))
    return any(a and b and a.casefold() != b.casefold() for a, b in pairs)


def decision_change(
    reader: Reader, terminology: Terminology, before: Claim, after: Claim, decision: Decision
) -> Change:
    """What ``decision`` changes, which turns ``before`` into ``after``. Raises BadCorrection for what cannot be stored.

    The first decision on a claim also keeps the claim as it was extracted.
    """
    records = {node(before.id)}
    if before.study is not None:
        records.add(node(report_iri(before.article, before.study)))
    old = _quads(whole(reader.store, records))
    said = decision_quads(decision)
    check_decided(after, said)
    new, mentions = _said(before.article, [after])
    change = Change(removed=old - new, added=new - old, log={"decision": decision.id})
    share_studies(reader, records, old, new, change)
    change.added |= new_mentions(reader, mentions) | set(said)
    concepts = used.of_decision(decision).union(*map(used.of_mention, mentions.values()))
    change.added |= new_concepts(reader, terminology, concepts)
    if before.revision == 0:
        change.added |= set(reading_quads(_extraction(reader, before.article), [before]))
    return change


def _kept(reader: Reader, article: str, claims: Iterable[str], read: Sequence[Claim]) -> list[Quad]:
    """What was read of the article's present ``claims``, of those that ``read`` changes or leaves out.

    Of claims with decisions it has been kept before.
    """
    again = {claim.id: claim for claim in read}
    gone = [c for c in reader.claims(sorted(claims)) if c.revision == 0 and again.get(c.id) != c]
    return reading_quads(_extraction(reader, article), gone) if gone else []


def _extraction(reader: Reader, article: str) -> str:
    extraction = reader.extraction_of(article)
    if extraction is None:
        raise StoreError(f"the store has claims of {article} and no extraction of it")
    return extraction


def _said(article: str, claims: Iterable[Claim]) -> tuple[set[Quad], dict[NamedNode, Mention]]:
    """What the claims and their study reports say, and their mentions by node. Raises BadClaims."""
    quads, reports = set[Quad](), set[Study]()
    mentions: dict[NamedNode, Mention] = {}
    for claim in claims:
        try:
            quads.update(claim_quads(claim))
            for iri, mention in mentions_in([claim]).items():
                if iri not in mentions:
                    mention_quads(mention)
                    mentions[iri] = mention
            if claim.study is not None and claim.study not in reports:
                quads.update(report_quads(claim.study, article))
                reports.add(claim.study)
        except ValueError as error:
            raise BadClaims(article, claim.id, f"it cannot be stored: {error}") from error
    return quads, mentions


def _stored(reader: Reader, article: str) -> tuple[set[NamedNode], set[Quad]]:
    """The records of an article, its study reports and its claims, and what they say."""
    records = set(_named(record for (record,) in reader.rows("records_of_article", article=node(article))))
    return records, _quads(whole(reader.store, records))


def _quads(triples: Iterable[Triple]) -> set[Quad]:
    return {Quad(*triple) for triple in triples}


def _named(terms: Iterable[object]) -> list[NamedNode]:
    return [term for term in terms if isinstance(term, NamedNode)]


def _subject(quad: Quad) -> NamedNode:
    assert isinstance(quad.subject, NamedNode), "picograph writes no blank nodes"
    return quad.subject
