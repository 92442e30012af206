"""From the values of the graph to what goes out."""

from __future__ import annotations

from api.claim_schemas import ArticleMetaOut, ClaimDetailOut, ClaimOut, ContextOut, MatchedOut, ToldOut
from api.schemas import (
    ArticleOut,
    CellOut,
    ChangeOut,
    ConceptOut,
    DecisionOut,
    EvidenceOut,
    GridOut,
    IngestOut,
    ReportOut,
    SectionOut,
    StudyReportsOut,
)
from graph.model import (
    ArticleRecord,
    Decision,
    EvidencePage,
    EvidenceRow,
    IngestOutcome,
    Matched,
    Retelling,
    StudyReports,
)
from graph.why import sentence
from ingest.article import Article
from ingest.claim import Claim
from ingest.claim_json import article_json, to_json
from ingest.tabular import Cell, Table
from ingest.terminology import Concept

CONTEXT = 300
"""Code points of the article shown before and after a quote."""


def claim_out(claim: Claim, article: Article) -> ClaimOut:
    """The claim in the shape of the claim schema."""
    return ClaimOut.model_validate(to_json(claim, article))


def claim_detail_out(claim: Claim, article: Article) -> ClaimDetailOut:
    """The claim with the words around its quote, cut between words."""
    span, text = claim.quote.span, article.text
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    if span.start > CONTEXT and " " in before:
        before = "…" + before.split(" ", 1)[1]
    if span.end + CONTEXT < len(text) and " " in after:
        after = after.rsplit(" ", 1)[0] + "…"
    context = ContextOut(before=before, after=after)
    return ClaimDetailOut.model_validate({**to_json(claim, article), "context": context})


def decision_out(decision: Decision) -> DecisionOut:
    """A decision as recorded."""
    return DecisionOut(
        id=decision.id,
        claim=decision.claim,
        content_key=decision.content_key,
        article=decision.article,
        verdict=decision.verdict.value,
        changes=tuple(ChangeOut(field=c.field, old=c.old, new=c.new) for c in decision.changes),
        reason=None if decision.reason is None else decision.reason.value,
        note=decision.note,
        author=decision.author,
        made_at=decision.made_at,
        revision=decision.revision,
    )


def matched_out(matched: Matched) -> MatchedOut:
    """Why a claim answers one term of a question."""
    about = {"role": matched.role, "term": matched.term, "how": matched.how.value, "path": matched.path}
    return MatchedOut.model_validate({**about, "name": matched.name, "said": sentence(matched)})


def told_out(told: Retelling) -> ToldOut:
    """Another telling of a finding."""
    return ToldOut(claim=told.claim, article=told.article, kind=told.kind.value, title=told.title)


def study_out(study: StudyReports) -> StudyReportsOut:
    """Which articles report one study."""
    others = (ReportOut(article=r.article, kind=r.kind.value, title=r.title, reasons=r.reasons) for r in study.others)
    return StudyReportsOut(study=study.study, reasons=study.reasons, others=tuple(others))


def _answering(row: EvidenceRow) -> ClaimOut:
    told = {
        "matched": tuple(map(matched_out, row.matched)),
        "also": tuple(map(told_out, row.also)),
        "retells": None if row.retells is None else told_out(row.retells),
    }
    return claim_out(row.claim, row.article).model_copy(update=told)


def evidence_out(page: EvidencePage) -> EvidenceOut:
    """One page of an answer."""
    return EvidenceOut(
        question=page.question,
        explanation=page.explanation,
        total=page.total,
        studies=page.studies,
        claims=tuple(map(_answering, page.rows)),
        cursor=page.cursor,
        revision=page.revision,
    )


def ingest_out(outcome: IngestOutcome, article: Article) -> IngestOut:
    """What an ingestion of ``article`` changed."""
    return IngestOut(
        article=outcome.article,
        title=article.title,
        no_evidence=article.no_evidence,
        claims=outcome.claims,
        added=outcome.added,
        removed=outcome.removed,
        kept=outcome.kept,
        unchanged=outcome.unchanged,
        orphans=tuple(decision_out(d) for d in outcome.orphans),
    )


def article_out(record: ArticleRecord) -> ArticleOut:
    """An article with text and claims, in the order of the text."""
    article = record.article
    ordered = sorted(record.claims, key=lambda c: (c.quote.span, c.id))
    return ArticleOut(
        article=ArticleMetaOut.model_validate(article_json(article)),
        versions=record.versions,
        text=article.text,
        sections=tuple(
            SectionOut(start=s.span.start, end=s.span.end, kind=s.kind.value, name=s.name) for s in article.sections
        ),
        tables=tuple(grid_out(t, article.text) for t in article.tables),
        claims=tuple(claim_out(c, article) for c in ordered),
        study=None if record.study is None else study_out(record.study),
    )


def grid_out(table: Table, text: str) -> GridOut:
    """A table with its cells in reading order."""
    return GridOut(
        id=table.id,
        label=table.label,
        start=table.span.start,
        end=table.span.end,
        caption=None if table.caption is None else table.caption.of(text),
        notes=tuple(span.of(text) for span in table.notes),
        head_rows=table.head_rows,
        note=table.note,
        cells=tuple(_cell_out(cell) for cell in table.cells),
    )


def _cell_out(cell: Cell) -> CellOut:
    start, end = (None, None) if cell.span is None else (cell.span.start, cell.span.end)
    return CellOut(
        row=cell.row,
        column=cell.column,
        rows=cell.rows,
        columns=cell.columns,
        text=cell.text,
        start=start,
        end=end,
        header=cell.header,
    )


def concept_out(concept: Concept) -> ConceptOut:
    """A terminology entry."""
    return ConceptOut(
        iri=concept.iri,
        name=concept.name,
        kind=concept.kind.value,
        synonyms=concept.synonyms,
        parents=concept.parents,
        favours=concept.favours,
    )
