"""Articles in and out."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from pydantic import ValidationError

from api.dependencies import ServicesDep
from api.description import problems
from api.problems import problem_of
from api.schemas import ArticleIn, ArticleOut, IngestedOut, IngestOut
from api.services.reading import ReadingError

log = logging.getLogger("picograph")
router = APIRouter(tags=["articles"])

_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": ArticleIn.model_json_schema(ref_template="#/components/schemas/{model}")},
            "text/plain": {"schema": {"type": "string"}},
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


class Upload:
    """An article as sent: JSON, or the bytes of a file of any format that can be read."""

    def __init__(self, data: bytes, name: str, given_id: str | None) -> None:
        self.data, self.name, self.given_id = data, name, given_id


async def upload(
    request: Request,
    name: Annotated[str, Query(min_length=1, max_length=1000)] = "article.txt",
    given_id: Annotated[str | None, Query(alias="id", min_length=1, max_length=500)] = None,
) -> Upload:
    """The article in the body. Raises RequestValidationError."""
    body = await request.body()
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return Upload(body, name, given_id)
    try:
        sent = ArticleIn.model_validate_json(body)
        return Upload(sent.text.encode("utf-8"), sent.name, sent.id)
    except ValidationError as error:
        raise RequestValidationError([{**e, "loc": ("body", *e["loc"])} for e in error.errors()]) from error
    except UnicodeEncodeError as error:
        fault = {"loc": ("body", "text"), "msg": "holds half a surrogate pair", "type": "unicode"}
        raise RequestValidationError([fault]) from error


@router.post(
    "/articles",
    status_code=201,
    response_model=IngestOut,
    responses={200: {"model": IngestOut | IngestedOut}, **problems(413, 422, 503)},
    openapi_extra=_BODY,
)
def add_article(
    response: Response, services: ServicesDep, sent: Annotated[Upload, Depends(upload)]
) -> IngestOut | StreamingResponse:
    """Read what was sent and store its claims.

    One article: 201 when that changed the store, 200 when it did not. Several: 200, with ``outcomes`` and
    ``failures``, which are sent as they come.
    """
    items = services.ingestion.add(sent.data, sent.name, sent.given_id)
    first, second = next(items, None), next(items, None)
    if first is None:
        raise ReadingError(f"{sent.name}: it holds no article")
    if second is not None:
        return StreamingResponse(_listed(chain((first, second), items)), media_type="application/json")
    if not isinstance(first, IngestOut):
        raise first
    response.status_code = 200 if first.unchanged else 201
    response.headers["Location"] = f"/api/v1/articles/{quote(first.article, safe='')}"
    return first


def _listed(items: Iterator[IngestOut | Exception]) -> Iterator[str]:
    """``IngestedOut`` as JSON, an outcome a line, while the articles are read; only failures are kept for the end."""
    failures = list[str]()
    yield '{"outcomes": ['
    lead = "\n"
    try:
        for item in items:
            if isinstance(item, IngestOut):
                yield lead + item.model_dump_json()
                lead = ",\n"
            else:
                failures.append(str(item))
    except Exception as error:  # the status is sent, and what was stored must be told
        if problem_of(error) is None:
            log.exception("an upload broke off")
        failures.append(f"the rest was not read: {error}")
    yield f'\n], "failures": {json.dumps(failures)}}}\n'


@router.get("/articles/{article_id:path}", responses=problems(404))
def article(services: ServicesDep, article_id: str) -> ArticleOut:
    """An article with its text and its claims."""
    return services.search.article(article_id)
