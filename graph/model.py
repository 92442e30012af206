"""What goes in and out of the claim library beside articles and claims. Plain immutable values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ingest.article import Article, ArticleKind
from ingest.claim import Claim

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]
"""A value as JSON has it: what a correction sets, and what stood there before."""


class Verdict(StrEnum):
    """What a curator decides on a claim."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"


class Reason(StrEnum):
    """Why a claim is rejected or corrected."""

    WRONG_NUMBER = "wrong-number"
    WRONG_ARM = "wrong-arm"
    WRONG_MEASURE = "wrong-measure"
    WRONG_POPULATION = "wrong-population"
    WRONG_CONCEPT = "wrong-concept"
    BACKGROUND_NOT_RESULT = "background-not-result"
    NOT_A_CLAIM = "not-a-claim"
    DUPLICATE = "duplicate"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Run:
    """Provenance of an extraction, never part of a claim's identity. ``started`` is ISO 8601 in UTC."""

    id: str
    version: str
    started: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field that a correction sets: a path such as ``effects[0].value``, and the JSON values before and after."""

    field: str
    old: JsonValue
    new: JsonValue


@dataclass(frozen=True, slots=True)
class Decision:
    """A curator's verdict on a claim; appended, never overwritten.

    ``claim``, ``content_key`` and ``text_sha256`` are those of the claim it was made on. ``revision`` is the revision
    of the claim that it made, 1 for the first. ``orphan`` is True when the present text has no claim that the decision
    belongs to: it waits to be confirmed.
    """

    id: str
    claim: str
    content_key: str
    article: str
    text_sha256: str
    verdict: Verdict
    changes: tuple[Change, ...]
    reason: Reason | None
    note: str | None
    author: str
    made_at: str
    revision: int
    orphan: bool = False


@dataclass(frozen=True, slots=True)
class IngestOutcome:
    """What storing one article did.

    ``claims`` is how many claims the article has now; of these ``added`` are new and ``kept`` were there before;
    ``removed`` are gone. ``orphans`` are decisions without a claim in the new text. ``unchanged``: nothing was written.
    """

    article: str
    claims: int
    added: int
    removed: int
    kept: int
    orphans: tuple[Decision, ...]
    unchanged: bool


@dataclass(frozen=True, slots=True)
class Report:
    """An article that reports a study, and why it is held to, in sentences, the surest ground first."""

    article: str
    kind: ArticleKind
    title: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StudyReports:
    """What an article's claims are counted for: the IRI of a study, or of the article that stands for it.

    ``reasons`` say why, ``others`` are the other articles that count for it.
    """

    study: str
    reasons: tuple[str, ...] = ()
    others: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article with its claims (by quote, then id) and the sha256 of every text known under its id, newest last.

    ``study`` tells which other articles report its study, None where nobody asked.
    """

    article: Article
    versions: tuple[str, ...]
    claims: tuple[Claim, ...]
    study: StudyReports | None = None


class How(StrEnum):
    """In which way a claim has what a term of a question asks for."""

    SAME = "same concept"
    NARROWER = "narrower concept"
    LOOSE = "loose spelling"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Matched:
    """Why a claim's slot (``role``) matched a term.

    ``path`` are names of concepts, from the claim's own up to the one that was asked for: one name where they are the
    same, none where words decided. ``name`` is the name that the term was read as; where words decided, the name that
    stands in the mention.
    """

    role: str
    term: str
    how: How
    path: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Retelling:
    """Another claim that tells the same finding of the same study, and its article."""

    claim: str
    article: str
    kind: ArticleKind
    title: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One claim that answers a question, the article that makes it, and why each term of the question matched.

    ``also`` are other articles' claims of the same finding, which are worse sources; ``retells`` is the one of a better
    source. A finding is counted by its study all the same.
    """

    claim: Claim
    article: Article
    matched: tuple[Matched, ...]
    also: tuple[Retelling, ...] = ()
    retells: Retelling | None = None


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """A page of the answer to ``question``.

    ``explanation`` says in sentences how each term was understood. ``total`` and ``studies`` count the whole answer:
    claims, and distinct studies behind them. ``cursor`` opens the next page, None on the last. ``revision`` is the
    revision of the library that answered.
    """

    question: str
    explanation: tuple[str, ...]
    rows: tuple[EvidenceRow, ...]
    total: int
    studies: int
    cursor: str | None
    revision: int


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet with its claims and the studies behind them. ``concept`` is the IRI where it is one.

    ``narrowed`` is the question for these claims alone, None where no question says it.
    """

    value: str
    concept: str | None
    claims: int
    studies: int
    narrowed: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """The values with the most claims, and how many values there are in all."""

    values: tuple[FacetValue, ...]
    distinct: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How the claims of an answer are spread: by drug, comparator, outcome, population, measure, direction,
    significance, kind, status, design, phase and year of publication.

    ``total`` and ``studies`` count the whole answer; ``explanation`` says how the question was understood.
    """

    question: str
    explanation: tuple[str, ...]
    facets: Mapping[str, Facet]
    total: int
    studies: int
    revision: int
