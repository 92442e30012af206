"""What goes in and out of the service beside claims, as pydantic models."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.claim_schemas import ArticleMetaOut, ClaimOut, Out
from api.examples import DECISION, EVIDENCE, PROBLEM


class In(BaseModel):
    """Something that comes in; a misspelt field is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class EvidenceOut(Out):
    """Claims that answer a question, a page at a time; ``studies`` counts each study once."""

    model_config = ConfigDict(extra="allow", frozen=True, json_schema_extra={"examples": [EVIDENCE]})

    question: str
    explanation: tuple[str, ...] = Field(description="how each term of the question was understood")
    total: int = Field(description="claims of all pages")
    studies: int = Field(description="studies of all pages")
    claims: tuple[ClaimOut, ...]
    cursor: str | None = Field(description="gives the next page; null on the last")
    revision: int = Field(description="of the store when the question was answered")


class ChangeIn(In):
    """A corrected field, such as ``effects[0].value``, and its new value."""

    field: Annotated[str, Field(min_length=1, max_length=200)]
    value: JsonValue


class DecisionIn(In):
    """A curator's verdict on a claim; ``correct`` needs changes, the others take none."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra={"examples": [DECISION]})

    verdict: Literal["accept", "reject", "correct"]
    author: Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
    reason: (
        Literal[
            "wrong-number",
            "wrong-arm",
            "wrong-measure",
            "wrong-population",
            "wrong-concept",
            "background-not-result",
            "not-a-claim",
            "duplicate",
            "other",
        ]
        | None
    ) = None
    note: Annotated[str, Field(max_length=4_000)] | None = None
    changes: Annotated[tuple[ChangeIn, ...], Field(max_length=50)] = ()


class ChangeOut(Out):
    """A corrected field with its value before and after."""

    field: str
    old: JsonValue
    new: JsonValue


class DecisionOut(Out):
    """A recorded decision; ``revision`` is the revision of the claim that it made."""

    id: str
    claim: str
    content_key: str
    article: str
    verdict: str
    changes: tuple[ChangeOut, ...]
    reason: str | None
    note: str | None
    author: str
    made_at: str
    revision: int


class DecisionsOut(Out):
    """Decisions, the earliest first."""

    decisions: tuple[DecisionOut, ...]


class ArticleIn(In):
    """An article to read. ``name`` is a file name, whose ending tells the format; ``id`` identifies the article where
    it carries no DOI, PMCID, PMID or registry id of its own."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [{"name": "trial.md", "id": "trial-1", "text": "# Results\n\n17.3% against ..."}]
        },
    )

    text: str
    name: Annotated[str, Field(min_length=1, max_length=255)] = "article.txt"
    id: Annotated[str, Field(min_length=1, max_length=500)] | None = None


class IngestOut(Out):
    """What reading an article changed. ``orphans`` are decisions whose claim is gone."""

    article: str
    title: str | None = None
    no_evidence: str | None = Field(default=None, description="why no claims are read from it, though it is recorded")
    claims: int
    added: int
    removed: int
    kept: int
    unchanged: bool
    orphans: tuple[DecisionOut, ...] = ()


class IngestedOut(Out):
    """What reading an upload of several articles changed: those that were stored, and why others were not."""

    outcomes: tuple[IngestOut, ...]
    failures: tuple[str, ...]


class ReportOut(Out):
    """An article that reports a study, and why it is held to: the surest ground first."""

    article: str
    kind: str
    title: str | None
    reasons: tuple[str, ...]


class StudyReportsOut(Out):
    """What an article's claims count for: ``study`` is the IRI of a study, or of the article that stands for it."""

    study: str
    reasons: tuple[str, ...] = Field(description="why the article counts for it, the surest ground first")
    others: tuple[ReportOut, ...] = Field(description="the other articles that count for it")


class SectionOut(Out):
    """A part of an article's text; ``kind`` is furniture for what is not the article's own content."""

    start: int
    end: int
    kind: str
    name: str | None


class CellOut(Out):
    """A cell: place of its upper left corner in the grid, what it covers, and its range of the text, null if empty."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    start: int | None
    end: int | None
    header: bool


class GridOut(Out):
    """A table of an article; without cells where the source has none, and then ``note`` says why."""

    id: str
    label: str | None
    start: int
    end: int
    caption: str | None
    notes: tuple[str, ...]
    head_rows: int
    note: str | None
    cells: tuple[CellOut, ...]


class ArticleOut(Out):
    """An article with its text and its claims in the order of the text."""

    article: ArticleMetaOut
    versions: tuple[str, ...] = Field(description="sha256 of every text known under this id, newest last")
    text: str
    sections: tuple[SectionOut, ...] = ()
    tables: tuple[GridOut, ...] = ()
    claims: tuple[ClaimOut, ...]
    study: StudyReportsOut | None = Field(default=None, description="which other articles report the same study")


class ConceptOut(Out):
    """A terminology entry."""

    iri: str
    name: str
    kind: str
    synonyms: tuple[str, ...]
    parents: tuple[str, ...]
    favours: str | None


class HealthOut(Out):
    """That the service runs, which one it is, and what it holds."""

    service: Literal["picograph"] = "picograph"
    version: str
    revision: int
    counts: dict[str, Any]


class BackupIn(In):
    """What is to happen with older backups."""

    keep: Annotated[int | None, Field(ge=1, le=10_000, description="how many there are afterwards, null: all")] = None


class BackupOut(Out):
    """A backup: a folder on the machine of the service, and what it holds."""

    path: str
    made_at: str
    store_id: str
    format: int
    revision: int
    counts: dict[str, int]


class StoreOut(Out):
    """What a store holds; ``bytes`` is its room on disk, ``triples`` are by graph; null: not known, not counted."""

    store_id: str
    format: int
    revision: int
    counts: dict[str, int]
    triples: dict[str, int] | None
    bytes: int | None


class Problem(Out):
    """An error as RFC 9457 tells it; ``type`` is stable, ``detail`` is for people."""

    model_config = ConfigDict(extra="allow", frozen=True, json_schema_extra={"examples": [PROBLEM]})

    type: str
    title: str
    status: int
    detail: str
    instance: str | None = None
