"""A claim as it goes out: the shape of the claim schema, as pydantic models."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from api.examples import CLAIM, CONTEXT


class Out(BaseModel):
    """Something that goes out; fields that a newer version adds pass through."""

    model_config = ConfigDict(extra="allow", frozen=True)


class MentionOut(Out):
    """Words of the text and the concept they name."""

    text: str
    start: int | None
    end: int | None
    label: str | None = None
    concept: str | None = None


class TableOut(Out):
    """A place in a table by what its heads say, from the outermost to the innermost."""

    id: str
    label: str | None = None
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()


class QuoteOut(Out):
    """A verbatim passage with its place and the words around it."""

    exact: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""
    section: str | None = None
    table: TableOut | None = Field(default=None, description="the row, where the passage is one of a table")


class EffectOut(Out):
    """One reported number; ``text`` is what the article prints at ``[start, end)``."""

    measure: str
    arm: Literal["intervention", "comparator", "contrast", "overall"]
    text: str
    start: int
    end: int
    value: float | None = None
    value_state: str = "reported"
    unit: str | None = None
    events: int | None = None
    total: int | None = None
    interval: dict[str, JsonValue] | None = None
    p: dict[str, JsonValue] | None = None
    timepoint: str | None = None
    table: TableOut | None = Field(default=None, description="row and column, where the number stands in a table")


class CheckOut(Out):
    """What recomputing one rule from the printed numbers found."""

    rule: str
    grade: Literal["pass", "note", "error", "not checkable"]
    message: str = ""


class NoticeOut(Out):
    """A notice of retraction, concern or correction; ``of_other`` where the article is itself the notice."""

    kind: Literal["retraction", "expression of concern", "correction", "corrected and republished", "comment"]
    source: str | None = Field(default=None, description="id or citation of the notice, or of what it is about")
    of_other: bool = False


class ArticleMetaOut(Out):
    """What is known of an article, without its text."""

    id: str
    text_sha256: str
    kind: str
    title: str | None = None
    journal: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    published: str | None = None
    retracted: bool = False
    primary_source: str | None = None
    registrations: tuple[str, ...] = ()
    publications: tuple[str, ...] = ()
    types: tuple[str, ...] = Field(default=(), description="publication types as the source names them")
    notices: tuple[NoticeOut, ...] = ()
    no_evidence: str | None = Field(default=None, description="why no claims are read from the article")


class StudyOut(Out):
    """What the article says of its study."""

    id: str | None = None
    name: str | None = None
    registration: str | None = None


class MatchedOut(Out):
    """Why a claim has what one term of a question asks for."""

    role: Literal["intervention", "outcome", "comparator", "population"] = Field(description="the slot of the claim")
    term: str = Field(description="as asked")
    how: Literal["same concept", "narrower concept", "loose spelling", "words"]
    path: tuple[str, ...] = Field(
        description="names of concepts from the claim's own up to the one asked for; empty where words decided"
    )
    name: str = Field(description="the name that the term was read as, or that stands in the claim's words")
    said: str = Field(description="all of it as a sentence")


class ToldOut(Out):
    """Another claim that tells the same finding of the same study, and its article."""

    claim: str
    article: str
    kind: str
    title: str | None = None


class ClaimOut(Out):
    """One claim in its effective state: curators' decisions applied."""

    model_config = ConfigDict(extra="allow", frozen=True, json_schema_extra={"examples": [CLAIM]})

    id: str
    content_key: str
    revision: int = Field(ge=0, description="0 as read; one more with each decision")
    article: ArticleMetaOut
    study: StudyOut | None
    intervention: MentionOut | None
    comparator: MentionOut | None
    outcome: MentionOut
    outcome_favours: Literal["lower", "higher"] | None = None
    population: MentionOut | None
    effects: tuple[EffectOut, ...]
    direction: Literal["higher", "lower", "no difference"] | None
    significance: Literal["significant", "not significant"] | None
    assertion: Literal["stated", "hedged", "negated"]
    kind: Literal["own result", "background", "opinion", "baseline"]
    quote: QuoteOut
    restatements: tuple[QuoteOut, ...]
    checks: tuple[CheckOut, ...]
    status: Literal["unreviewed", "accepted", "corrected", "rejected"]
    confidence: float = Field(ge=0, le=1)
    matched: tuple[MatchedOut, ...] | None = Field(
        default=None, description="in an answer to a question, why each of its terms matched; else null"
    )
    also: tuple[ToldOut, ...] = Field(
        default=(), description="in an answer, claims of the same finding in other articles of the study, worse sources"
    )
    retells: ToldOut | None = Field(
        default=None,
        description="in an answer, the same finding in the best source, where that is another claim",
    )


class ContextOut(Out):
    """The article's words before and after a claim's quote."""

    before: str
    after: str


class ClaimDetailOut(ClaimOut):
    """A claim and the words around its quote."""

    model_config = ConfigDict(
        extra="allow", frozen=True, json_schema_extra={"examples": [CLAIM | {"context": CONTEXT}]}
    )

    context: ContextOut
