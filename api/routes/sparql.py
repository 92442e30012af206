"""The SPARQL 1.1 endpoint: queries of strangers, never updates."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from api.guard import is_foreign
from api.pages import render
from api.sparql.endpoint import Answer, Endpoint
from api.sparql.errors import QueryTooLong
from api.sparql.formats import PAGE, answer_type, choose, formats_of, media_type
from api.sparql.protocol import SPARQL, asked_of
from api.sparql.service_description import DESCRIPTION_FORMATS, described
from api.sparql.table import table_of

router = APIRouter(include_in_schema=False)
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_ROUND_IT = 8
"""A request may be so many times as long as its query: escapes take three bytes for one, and graphs are named."""


async def _body(request: Request, most: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise QueryTooLong(f"a request to this address has at most {most} bytes")
    return bytes(body)


async def _unless_gone(request: Request, work: Coroutine[Any, Any, Answer]) -> Answer | None:
    """What ``work`` gives; it is cancelled when the client goes away, and None comes back."""

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    working, watching = asyncio.ensure_future(work), asyncio.ensure_future(gone())
    try:
        await asyncio.wait({working, watching}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, watching):
            task.cancel()
        await asyncio.gather(working, watching, return_exceptions=True)


def _description(request: Request, accept: str | None) -> Response:
    form = choose(accept, (*DESCRIPTION_FORMATS, PAGE))
    headers = {"Vary": "Accept"}
    if form == PAGE:
        return Response(render("sparql.html", query="", table=None), headers=headers, media_type=media_type(PAGE))
    address = str(request.base_url).rstrip("/") + SPARQL
    return Response(described(address, form), headers=headers, media_type=media_type(form))


def _tags(request: Request) -> list[str]:
    return [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]


@router.api_route(SPARQL, methods=list(METHODS))
async def sparql(request: Request) -> Response:
    """Answer a query, or say what this endpoint is."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
    endpoint: Endpoint = request.app.state.sparql
    most, accept = endpoint.longest * _ROUND_IT, request.headers.get("accept")
    parameters = request.scope["query_string"].decode("latin-1")
    if len(parameters) > most:
        raise QueryTooLong(f"a request to this address has at most {most} bytes")
    body = await _body(request, most) if request.method == "POST" else b""
    asked = asked_of(request.method, parameters, request.headers.get("content-type"), body)
    if asked is None:
        return _description(request, accept)
    request.state.query = asked.query  # an error page keeps it
    if is_foreign("POST", request.headers):
        raise HTTPException(403, "a page of another site may not run queries here")
    seen = endpoint.look(asked)
    offered = formats_of(seen.form)
    form = choose(accept, (*offered, PAGE))
    answer = await _unless_gone(request, endpoint.answer(asked, seen, offered[0] if form == PAGE else form))
    if answer is None:
        return Response(status_code=499)
    headers = {"Picograph-Revision": str(answer.revision), "Vary": "Accept", "Cache-Control": "no-cache"}
    if answer.tag is not None:
        headers["ETag"] = answer.tag
        if request.method != "POST" and answer.tag in _tags(request):
            return Response(status_code=304, headers=headers)
    if form == PAGE:
        page = render("sparql.html", query=asked.query, table=table_of(answer))
        return Response(page, headers=headers, media_type=media_type(PAGE))
    return Response(answer.body, headers=headers, media_type=answer_type(accept, form))
