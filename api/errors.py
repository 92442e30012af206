"""Every error as an answer: problem details for programs, a page for people."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.pages import render
from api.problems import PREFIX, problem_of
from api.schemas import Problem
from api.sparql.protocol import SPARQL
from graph.errors import StoreError

log = logging.getLogger("picograph")
SLUGS = {
    400: "malformed",
    404: "not-found",
    405: "method",
    412: "precondition-failed",
    413: "too-large",
    428: "precondition-required",
}


def is_program(request: Request) -> bool:
    """True for a request to the SPARQL endpoint that does not ask for a page."""
    return request.url.path == SPARQL and "text/html" not in request.headers.get("accept", "")


def respond(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """The problem as JSON below ``/api/`` and, for programs, at ``/sparql``; as a page elsewhere."""
    if not (request.url.path.startswith("/api/") or is_program(request)):
        if request.url.path == SPARQL:
            page = render("sparql.html", query=getattr(request.state, "query", ""), table=None, problem=problem)
        else:
            page = render("error.html", problem=problem)
        return Response(page, problem.status, headers, "text/html; charset=utf-8")
    told = problem.model_copy(update={"instance": request.url.path})
    return Response(told.model_dump_json(), problem.status, headers, "application/problem+json")


def _status_name(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    slug, title = SLUGS.get(status, f"http-{status}"), _status_name(status)
    detail = str(error.detail) if error.detail and error.detail != title else _detail(request, status)
    problem = Problem(type=PREFIX + slug, title=title, status=status, detail=detail)
    return respond(request, problem, dict(error.headers) if error.headers else None)


def _detail(request: Request, status: int) -> str:
    if status == HTTPStatus.NOT_FOUND:
        return f"there is nothing at {request.url.path}"
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return f"{request.method} does not go with {request.url.path}"
    return _status_name(status)


def _place(parts: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in parts)


def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults: list[dict[str, Any]] = [{"place": _place(e["loc"]), "reason": e["msg"]} for e in error.errors()]
    detail = "; ".join(f"{fault['place']}: {fault['reason']}" for fault in faults)
    problem = Problem(type=PREFIX + "invalid", title="The request is not valid", status=422, detail=detail)
    return respond(request, problem.model_copy(update={"errors": faults}))


def _ours(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    if problem is None:
        return unexpected(request, error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.warning("%s %s: %s", request.method, request.url.path, error)
    headers = {"Retry-After": "5"} if problem.status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return respond(request, problem, headers)


def unexpected(request: Request, error: Exception) -> Response:
    """What to tell when picograph itself is at fault: nothing of its insides, which go to the log."""
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    told = "picograph failed on this request; its log has the reason"
    return respond(request, Problem(type=PREFIX + "internal", title="Internal error", status=500, detail=told))


def install(app: FastAPI, *others: type[Exception]) -> None:
    """Answer every error that ``app`` raises; ``others`` are errors of ours that are no StoreError."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    kinds: tuple[type[Exception], ...] = (StoreError, *others)
    for kind in kinds:
        app.add_exception_handler(kind, _ours)
