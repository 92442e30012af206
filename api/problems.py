"""Errors as problem details (RFC 9457), and back: one table, so that a client raises what the library raised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.schemas import Problem
from api.services.concepts import BadCursor, UnknownConcept
from api.services.exports import SelectionError
from api.services.reading import ReadingError
from api.services.upkeep import BackupRefused
from api.sparql.errors import SparqlError
from graph.errors import (
    BadClaims,
    BadCorrection,
    QuestionError,
    StaleRevision,
    StoreBusy,
    StoreError,
    StoreUnavailable,
    UnknownArticle,
    UnknownClaim,
)

PREFIX = "urn:picograph:problem:"

_KINDS: tuple[tuple[type[Exception], str, int, str], ...] = (
    (QuestionError, "question", 400, "The question cannot be read"),
    (BadCursor, "cursor", 400, "The page cannot be found"),
    (SelectionError, "selection", 400, "This export cannot be narrowed so"),
    (UnknownClaim, "unknown-claim", 404, "There is no such claim"),
    (UnknownArticle, "unknown-article", 404, "There is no such article"),
    (UnknownConcept, "unknown-concept", 404, "There is no such concept"),
    (StaleRevision, "stale-revision", 412, "The claim has changed"),
    (BadCorrection, "correction", 422, "The decision cannot be recorded"),
    (BadClaims, "claims", 422, "The article's claims cannot be stored"),
    (ReadingError, "unreadable", 422, "The article cannot be read"),
    (BackupRefused, "backup", 409, "This service makes no backups"),
    (StoreBusy, "busy", 503, "The store is busy"),
    (StoreUnavailable, "store", 502, "The store does not answer"),
    (StoreError, "store", 500, "The store could not do this"),
)


class RemoteError(Exception):
    """An error that a service told, of a kind that has no counterpart here."""


def problem_of(error: Exception) -> Problem | None:
    """What to tell of ``error``; None when it is not one of ours."""
    if isinstance(error, SparqlError):
        return Problem(type=PREFIX + error.slug, title=error.title, status=error.status, detail=str(error))
    kind = next((k for k in _KINDS if isinstance(error, k[0])), None)
    if kind is None:
        return None
    _, slug, status, title = kind
    extra: dict[str, Any] = {}
    if isinstance(error, QuestionError):
        extra = {"message": error.message, "position": error.position, "suggestions": list(error.suggestions)}
    elif isinstance(error, UnknownClaim):
        extra = {"claim": error.claim, "candidates": list(error.candidates)}
    elif isinstance(error, UnknownArticle):
        extra = {"article": error.article}
    elif isinstance(error, UnknownConcept):
        extra = {"concept": error.concept}
    elif isinstance(error, StaleRevision):
        extra = {"expected": error.expected, "revision": error.current.revision}
    elif isinstance(error, BadCorrection):
        extra = {"field": error.field, "reason": error.reason}
    elif isinstance(error, ReadingError) and error.busy:
        status = 503
    return Problem(type=PREFIX + slug, title=title, status=status, detail=str(error), **extra)


def error_of(problem: Mapping[str, Any]) -> Exception:
    """The exception that ``problem`` was made of, or a RemoteError with its words."""
    slug, detail = str(problem.get("type", "")).removeprefix(PREFIX), str(problem.get("detail", "the service failed"))
    match slug:
        case "question" if "message" in problem:
            return QuestionError(problem["message"], problem["position"], problem["suggestions"])
        case "unknown-claim" if "claim" in problem:
            return UnknownClaim(problem["claim"], problem["candidates"])
        case "unknown-article" if "article" in problem:
            return UnknownArticle(problem["article"])
        case "correction" if "field" in problem:
            return BadCorrection(problem["field"], problem["reason"])
        case "stale-revision" if "current" in problem:
            from ingest.claim_json import from_json

            return StaleRevision(from_json(problem["current"]), problem["expected"])
        case "unreadable" | "claims" | "too-large":
            return ReadingError(detail)
        case "selection":
            return SelectionError(detail)
    return RemoteError(detail)
