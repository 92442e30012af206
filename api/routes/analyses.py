"""Analyses of the evidence, as JSON or as files."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Query, Response

from api.analysis_schemas import AnalysisOut, ConflictsOut, MapOut, NetworkOut, PathsOut, SimilarOut
from api.dependencies import ServicesDep
from api.description import problems
from api.services.analyses import LISTED, MOST_LISTED, Asked, Kind
from graph.analyses.evidence_map import DRUGS, OUTCOMES
from graph.analyses.files import FileFormat
from graph.analyses.of_library import ANYTHING, MOST_AXIS
from graph.analyses.paths import ALTERNATIVES
from graph.analyses.similarity import SHARED

router = APIRouter(prefix="/analyses", tags=["analyses"])


class Form(StrEnum):
    """What an analysis is given out as."""

    JSON = "json"
    GRAPHML = "graphml"
    CYTOSCAPE = "cytoscape"
    CSV = "csv"


class MapForm(StrEnum):
    """The same, and the evidence map as a table of drugs against outcomes."""

    JSON = "json"
    GRAPHML = "graphml"
    CYTOSCAPE = "cytoscape"
    CSV = "csv"
    MATRIX = "matrix"


Question: TypeAlias = Annotated[str, Query(alias="q", description="selects the evidence; ? -> ? is all of it")]
FormParameter: TypeAlias = Annotated[Form, Query(alias="format")]
Listed: TypeAlias = Annotated[int, Query(ge=1, le=MOST_LISTED)]
Name: TypeAlias = Annotated[str, Query(min_length=1, max_length=500, pattern=r"\w")]


def given(services: ServicesDep, asked: Asked, form: StrEnum) -> AnalysisOut | Response:
    """The analysis as JSON, or as a file to keep."""
    if form.value == "json":
        return services.analyses.answer(asked)
    kind = FileFormat(form.value)
    headers = {"Content-Disposition": f'attachment; filename="{asked.kind}{kind.suffix}"'}
    return Response(services.analyses.file(asked, kind), media_type=kind.media_type, headers=headers)


@router.get("/map", response_model=MapOut, responses=problems(400, 422))
def evidence_map(
    services: ServicesDep,
    q: Question = ANYTHING,
    drugs: Annotated[int, Query(ge=1, le=MOST_AXIS)] = DRUGS,
    outcomes: Annotated[int, Query(ge=1, le=MOST_AXIS)] = OUTCOMES,
    up: Annotated[int, Query(ge=0, le=10, description="steps to broader concepts")] = 0,
    form: Annotated[MapForm, Query(alias="format")] = MapForm.JSON,
) -> AnalysisOut | Response:
    """Drugs against outcomes: claims and studies of each pair, what they found, and whether they disagree."""
    return given(services, Asked(Kind.MAP, q, drugs=drugs, outcomes=outcomes, up=up), form)


@router.get("/network", response_model=NetworkOut, responses=problems(400, 422))
def network(services: ServicesDep, q: Question = ANYTHING, form: FormParameter = Form.JSON) -> AnalysisOut | Response:
    """Treatments that were compared with each other, and whether a network meta-analysis is possible."""
    return given(services, Asked(Kind.NETWORK, q), form)


@router.get("/conflicts", response_model=ConflictsOut, responses=problems(400, 422))
def conflicts(
    services: ServicesDep, q: Question = ANYTHING, limit: Listed = LISTED, form: FormParameter = Form.JSON
) -> AnalysisOut | Response:
    """Studies whose results for one drug and one outcome do not go together, with the words of each side."""
    return given(services, Asked(Kind.CONFLICTS, q, limit=limit), form)


@router.get("/similar", response_model=SimilarOut, responses=problems(400, 422))
def similar(
    services: ServicesDep,
    q: Question = ANYTHING,
    to: Annotated[Name | None, Query(description="only pairs with this drug")] = None,
    shared: Annotated[int, Query(ge=1, le=100, description="outcomes that both must have")] = SHARED,
    limit: Listed = LISTED,
    form: FormParameter = Form.JSON,
) -> AnalysisOut | Response:
    """Pairs of drugs of which studies found the same."""
    return given(services, Asked(Kind.SIMILAR, q, to=to, shared=shared, limit=limit), form)


@router.get("/path", response_model=PathsOut, responses=problems(400, 422))
def path(
    services: ServicesDep,
    start: Annotated[Name, Query(alias="from")],
    to: Name,
    q: Question = ANYTHING,
    number: Annotated[int, Query(ge=1, le=ALTERNATIVES)] = 1,
    form: FormParameter = Form.JSON,
) -> AnalysisOut | Response:
    """The shortest ways of evidence between two concepts, each step with its words."""
    return given(services, Asked(Kind.PATH, q, start=start, goal=to, number=number), form)
