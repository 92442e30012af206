"""How a question is read: over the API, and as a page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from api.dependencies import ServicesDep
from api.description import problems
from api.explain_schemas import ExplainedOut
from api.pages import render
from graph.errors import QuestionError

router = APIRouter(tags=["claims"])
page_router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/explain", responses=problems(400, 422))
def explain(
    services: ServicesDep, q: Annotated[str, Query(examples=["lenalidomide -> second primary malignancy"])]
) -> ExplainedOut:
    """How a question is read, what its names widen to, and the SPARQL that asks the same."""
    return services.search.explain(q)


@page_router.get("/explain")
def explain_page(services: ServicesDep, q: str = "") -> Response:
    """The same for people."""
    told, fault = None, None
    try:
        told = services.search.explain(q)
    except QuestionError as error:
        fault = error
    page = render("explain.html", question=q, told=told, fault=fault)
    return HTMLResponse(page, 200 if fault is None else 400)
