"""The store as a whole: health, orphans, exports."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from api.dependencies import ServicesDep
from api.description import problems
from api.schemas import DecisionsOut, HealthOut
from api.selection import ExportFormat, Selection
from api.services.exports import export as export_chunks
from ingest.claim import ClaimKind, Status

router = APIRouter(tags=["store"])


@router.get("/health")
def health(services: ServicesDep) -> HealthOut:
    """That the service runs, and what it holds."""
    return services.search.health()


@router.get("/orphans")
def orphans(services: ServicesDep) -> DecisionsOut:
    """Decisions whose claim is gone from its article."""
    return services.curation.orphans()


@router.get("/export", response_class=StreamingResponse, responses=problems(400, 422))
def export(
    services: ServicesDep,
    form: Annotated[ExportFormat, Query(alias="format")] = ExportFormat.JSONL,
    status: Annotated[list[Status] | None, Query()] = None,
    kind: Annotated[list[ClaimKind] | None, Query()] = None,
    article: Annotated[str | None, Query(max_length=1000)] = None,
    question: str | None = None,
) -> StreamingResponse:
    """The graph, or a part of it, as a stream in a fixed order."""
    selection = Selection(tuple(status) if status else None, tuple(kind) if kind else None, article, question)
    chunks = export_chunks(services.library, form, selection, services.settings.base_iri)
    first = next(chunks, b"")  # so that a fault in the question is told before the answer begins
    whole: Iterator[bytes] = chain((first,), chunks)
    name = f'attachment; filename="picograph{form.suffix}"'
    return StreamingResponse(whole, media_type=form.media_type, headers={"Content-Disposition": name})
