"""Concepts of the terminology."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.concept_schemas import ConceptDetailOut, ConceptsOut
from api.dependencies import ServicesDep
from api.description import problems

router = APIRouter(tags=["concepts"])


@router.get("/concepts", responses=problems(422))
def concepts(
    services: ServicesDep,
    q: Annotated[str, Query(min_length=1, max_length=200, examples=["Revlimid"])],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> ConceptsOut:
    """Concepts named so, and suggestions for someone who is still typing."""
    return services.concepts.search(q, limit)


@router.get("/concepts/{concept_id:path}", responses=problems(400, 404, 422))
def concept(
    services: ServicesDep,
    concept_id: str,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> ConceptDetailOut:
    """A concept by compact id or percent-encoded IRI: its names, what is broader and narrower, and its claims."""
    return services.concepts.concept(concept_id, limit, cursor)
