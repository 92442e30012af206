"""The endpoint itself: from what is asked to the whole answer, or a named refusal."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from api.settings import Settings
from api.sparql.errors import AnswerTooLarge, DatasetRefused, NotAcceptable, QueryEnded, QueryMalformed, SparqlError
from api.sparql.pool import Bounds, Pool
from api.sparql.protocol import Asked
from api.sparql.screening import Outline, outline, screen
from api.sparql.snapshots import Snapshots
from graph.library import Library
from graph.vocab import DECISIONS, GRAPHS, PREFIXES

SERVED = (DECISIONS.value,)
"""Named graphs that strangers may ask. Texts are not among them: they are their publishers'."""
DEFAULT_GRAPH = GRAPHS + "default"
"""How FROM names the default graph of the store, so that it can be asked together with a named one."""
_OUTCOMES: dict[str, type[SparqlError]] = {
    "malformed": QueryMalformed,
    "large": AnswerTooLarge,
    "graph": DatasetRefused,
    "format": NotAcceptable,
    "failed": QueryEnded,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer in one of the formats, and the revision of the library that it is about."""

    body: bytes
    form: str
    revision: int
    tag: str | None
    """An entity tag; None where the same data may give another answer."""


class Endpoint:
    """Queries of strangers over ``library``. Belongs to the event loop that first asks it; close it there."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._settings = settings
        self._snapshots = Snapshots(library, renewal=settings.sparql_renewal)
        bounds = Bounds(
            settings.sparql_children,
            settings.sparql_timeout,
            settings.sparql_memory,
            settings.sparql_queue,
            settings.sparql_wait,
        )
        self.pool = Pool(bounds, self._snapshots)
        self._secret = secrets.token_bytes(16)

    @property
    def longest(self) -> int:
        """Bytes of a query, at most."""
        return self._settings.sparql_query_bytes

    def begin(self) -> None:
        """Delete the copies that a service which was killed has left; the first query starts the rest."""
        self._snapshots.remove_left()

    def look(self, asked: Asked) -> Outline:
        """The outline of a query that may be run. Raises QueryMalformed, QueryRefused, QueryTooLong."""
        screen(asked.query, longest=self._settings.sparql_query_bytes, deepest=self._settings.sparql_nesting)
        return outline(asked.query)

    async def answer(self, asked: Asked, seen: Outline, form: str) -> Answer:
        """The answer in the format ``form``. The query ends when whoever awaits this is cancelled.

        Raises the errors of ``api.sparql.errors``.
        """
        sent: dict[str, Any] = {
            "query": asked.query,
            "format": form,
            "prologue": seen.prologue,
            "default": asked.default,
            "named": asked.named,
            "from": seen.graphs,
            "from_named": seen.named,
            "served": SERVED,
            "whole": DEFAULT_GRAPH,
            "bytes": self._settings.sparql_answer_bytes,
            "rows": self._settings.sparql_rows,
            "prefixes": dict(PREFIXES),
        }
        head, body, snapshot = await self.pool.run(sent)
        if (problem := _OUTCOMES.get(head["outcome"])) is not None:
            raise problem(head.get("detail", "the query has no answer"))
        tag = None if seen.volatile else self._tag(asked, form, snapshot.revision)
        return Answer(body, form, snapshot.revision, tag)

    async def close(self) -> None:
        """End all queries and delete the copies of the store."""
        await self.pool.close()
        self._snapshots.close()

    def _tag(self, asked: Asked, form: str, revision: int) -> str:
        told = repr((asked, form, revision)).encode("utf-8", "surrogatepass")
        return f'W/"{hashlib.blake2b(told, digest_size=16, key=self._secret).hexdigest()}"'


def answer_once(library: Library, settings: Settings, asked: Asked, form: str | None) -> Answer:
    """One answer, for a program that is no service. ``form`` None takes the first that goes with the query."""
    from api.sparql.formats import choose, formats_of, media_type

    async def work() -> Answer:
        endpoint = Endpoint(library, settings.model_copy(update={"sparql_children": 1}))
        try:
            seen = endpoint.look(asked)
            offered = formats_of(seen.form)
            return await endpoint.answer(asked, seen, choose(None if form is None else media_type(form), offered))
        finally:
            await endpoint.close()

    return asyncio.run(work())
