"""Evidence, claims and decisions."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Query, Response
from starlette.requests import Request

from api.claim_schemas import ClaimDetailOut
from api.dependencies import Services, ServicesDep
from api.description import problems
from api.errors import respond
from api.facet_schemas import FacetsOut
from api.negotiation import preferred
from api.problems import problem_of
from api.schemas import DecisionIn, DecisionsOut, EvidenceOut
from graph.errors import StaleRevision
from ingest.claim_json import to_json

router = APIRouter(tags=["claims"])

_ETAG = re.compile(r'"(\d{1,9})"')


def etag(revision: int) -> str:
    """The entity tag of a claim at this revision."""
    return f'"{revision}"'


def expected_revision(if_match: str | None) -> int | None:
    """The revision that ``If-Match`` names; None for ``*``. HTTPException: 428 when missing, 412 when foreign."""
    if if_match is None:
        raise HTTPException(428, "send If-Match with the ETag of the claim that you decided on")
    if if_match.strip() == "*":
        return None
    found = _ETAG.fullmatch(if_match.strip())
    if found is None:
        raise HTTPException(412, f"If-Match {if_match} is not an ETag of a claim, such as {etag(0)}")
    return int(found[1])


@router.get("/evidence", responses=problems(400, 422))
def evidence(
    services: ServicesDep,
    q: Annotated[str, Query(examples=["lenalidomide -> second primary malignancy"])],
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
) -> EvidenceOut:
    """Claims that answer a question, with the studies counted once each."""
    return services.search.evidence(q, min(limit, services.settings.page_limit), cursor)


@router.get("/facets", responses=problems(400, 422))
def facets(
    services: ServicesDep,
    q: Annotated[str, Query(examples=["lenalidomide -> ?"])],
    limit: Annotated[int, Query(ge=1, le=1000)] = 20,
) -> FacetsOut:
    """How many claims and studies of an answer there are by drug, outcome, measure and so on."""
    return services.search.facets(q, limit)


@router.get("/claims/{claim_id:path}/history", responses=problems(404))
def history(services: ServicesDep, claim_id: str) -> DecisionsOut:
    """Every decision on a claim, the first one first."""
    return services.curation.history(claim_id)


@router.post("/claims/{claim_id:path}/decisions", status_code=201, responses=problems(404, 412, 422, 428))
def decide(
    request: Request,
    response: Response,
    services: ServicesDep,
    claim_id: str,
    decision: DecisionIn,
    if_match: Annotated[str | None, Header(description="the claim's ETag; * for any revision")] = None,
) -> ClaimDetailOut:
    """Append a curator's decision; earlier decisions stay readable. A stale one gets 412 with the current claim."""
    expected = expected_revision(if_match)
    try:
        detail = services.curation.decide(claim_id, decision, expected)
    except StaleRevision as stale:
        return _stale(request, services, stale)  # type: ignore[return-value]  # FastAPI sends a Response as it is
    response.headers["ETag"] = etag(detail.revision)
    response.headers["Location"] = f"{request.url.path.removesuffix('/decisions')}/history"
    return detail


def _stale(request: Request, services: ServicesDep, stale: StaleRevision) -> Response:
    claim, article = services.library.claim(stale.current.id)
    problem = problem_of(stale)
    assert problem is not None
    told = problem.model_copy(update={"current": to_json(claim, article), "revision": claim.revision})
    return respond(request, told, {"ETag": etag(claim.revision)})


FORMS = {"json": "application/json", "jsonld": "application/ld+json", "nanopub": "application/trig"}
"""Forms of one claim, by name; the first one where nothing else is asked for."""


def _published(services: Services, claim_id: str, form: str) -> Response:
    held = services.library.background(claim_id)
    base = services.settings.base_iri
    body = held.jsonld(base) if form == "jsonld" else held.nanopub(base).trig()
    return Response(body, media_type=FORMS[form], headers={"ETag": etag(held.claim.revision), "Vary": "Accept"})


@router.get("/claims/{claim_id:path}/jsonld", response_class=Response, responses=problems(404))
def claim_jsonld(services: ServicesDep, claim_id: str) -> Response:
    """One claim as JSON-LD: complete, with its context, its article and how it came about."""
    return _published(services, claim_id, "jsonld")


@router.get("/claims/{claim_id:path}/nanopub", response_class=Response, responses=problems(404))
def claim_nanopub(services: ServicesDep, claim_id: str) -> Response:
    """The nanopublication of a claim as it stands, as TriG."""
    return _published(services, claim_id, "nanopub")


@router.get("/claims/{claim_id:path}", responses=problems(404))
def claim(
    response: Response, services: ServicesDep, claim_id: str, accept: Annotated[str | None, Header()] = None
) -> ClaimDetailOut:
    """One claim with its quote in context; its ETag is its revision.

    `Accept: application/ld+json` gives it as JSON-LD, `application/trig` as a nanopublication.
    """
    form = preferred(accept, FORMS)
    if form != "json":
        return _published(services, claim_id, form)  # type: ignore[return-value]  # FastAPI sends a Response as it is
    response.headers["Vary"] = "Accept"
    detail = services.search.claim(claim_id)
    response.headers["ETag"] = etag(detail.revision)
    return detail
