"""Pages of the analyses: the evidence map, the network of treatments, conflicts. They work without JavaScript."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from api.analysis_schemas import MapOut, NetworkOut
from api.dependencies import Services, ServicesDep
from api.drawing import draw
from api.pages import render
from api.services.analyses import Asked, Kind
from graph.analyses.narrowing import narrowed
from graph.analyses.of_library import ANYTHING
from graph.errors import QuestionError

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

ROWS, COLUMNS = 25, 12
"""Drugs and outcomes of the map on a page; its files have more."""
COMPARISONS = 200
"""Comparisons of the network in the table of a page: those with the most studies; its files have all."""


@router.get("/map")
def evidence_map(services: ServicesDep, q: str = ANYTHING, up: Annotated[int, Query(ge=0, le=10)] = 0) -> Response:
    """Drugs against outcomes: each cell leads to its evidence."""
    asked = Asked(Kind.MAP, q.strip() or ANYTHING, drugs=ROWS, outcomes=COLUMNS, up=up)
    return _page(services, asked, up=up)


@router.get("/network")
def network(services: ServicesDep, q: str = ANYTHING) -> Response:
    """The treatments that were compared, as a picture and a table."""
    return _page(services, Asked(Kind.NETWORK, q.strip() or ANYTHING))


@router.get("/conflicts")
def conflicts(services: ServicesDep, q: str = ANYTHING) -> Response:
    """Conflicts with the words of both sides."""
    return _page(services, Asked(Kind.CONFLICTS, q.strip() or ANYTHING))


def _page(services: Services, asked: Asked, **more: Any) -> Response:
    found = fault = None
    try:
        found = services.analyses.answer(asked)
    except QuestionError as error:
        fault = error
    if isinstance(found, MapOut):
        more["cells"] = {(cell.drug, cell.outcome): cell for cell in found.cells}
    if isinstance(found, NetworkOut):
        question = services.library.analyses.read(asked.question)
        more["picture"] = draw(found, {one.id: narrowed(question, one.id) for one in found.treatments})
        most = sorted(found.comparisons, key=lambda one: -len(one.studies))  # of equal ones the first by ids
        more["comparisons"] = most[:COMPARISONS]
        more["names"] = {one.id: one.label for one in found.treatments}
    files = "&".join(f"{name}={value}" for name, value in (("up", more.get("up")),) if value)
    page = render(f"{asked.kind}.html", question=asked.question, found=found, fault=fault, files=files, **more)
    return HTMLResponse(page, 200 if fault is None else 400)
