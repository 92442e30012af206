"""Pages of the terminology: find a concept, look at one, go up and down."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from api.dependencies import ServicesDep
from api.pages import render

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

LIMIT = 20
NARROWER = 100
LONGEST = 200


@router.get("/concepts")
def search(services: ServicesDep, q: str = "") -> Response:
    """The search box, and what was found."""
    query = q.strip()[:LONGEST]
    found = services.concepts.search(query, LIMIT) if query else None
    return HTMLResponse(render("concepts.html", query=query, found=found))


@router.get("/concepts/{concept_id:path}")
def concept(
    services: ServicesDep, concept_id: str, cursor: Annotated[str | None, Query(max_length=2000)] = None
) -> Response:
    """A concept with its names, links, evidence, and what is broader and narrower."""
    found = services.concepts.concept(concept_id, NARROWER, cursor)
    chains = services.concepts.chains(concept_id)
    return HTMLResponse(render("concept.html", found=found, chains=chains, later=cursor is not None))
