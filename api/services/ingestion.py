"""Adding articles to the graph."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator

from api.clock import now
from api.present import ingest_out
from api.schemas import IngestOut
from api.services.reading import ReadArticle, ReadingError
from api.services.reading_process import ReadingProcess
from graph.errors import BadClaims, QuoteMismatch
from graph.library import Library
from graph.model import Run

AboutArticle = ReadingError | BadClaims | QuoteMismatch
"""A failure of one article, after which the next may go well."""


def new_run(version: str) -> Run:
    """A run of the reader of this version, starting now."""
    return Run(uuid.uuid4().urn, version, now())


def store_article(library: Library, read: ReadArticle) -> IngestOut:
    """Put a read article and its claims into the library. Raises the errors of ``graph.errors``."""
    return ingest_out(library.ingest(read.article, read.claims, new_run(read.version)), read.article)


def store_all(library: Library, items: Iterable[ReadArticle | ReadingError]) -> Iterator[IngestOut | AboutArticle]:
    """Store each article as it comes; what that changed, or why it could not be. Other errors are raised."""
    for item in items:
        if isinstance(item, ReadingError):
            yield item
            continue
        try:
            outcome = store_article(library, item)
        except (BadClaims, QuoteMismatch) as error:
            yield error
        else:
            yield outcome


class Ingestion:
    """Reads articles in a process of its own and puts their claims into the library."""

    def __init__(self, library: Library, reading: ReadingProcess) -> None:
        self._library = library
        self._reading = reading

    def add(self, data: bytes, name: str, given_id: str | None = None) -> Iterator[IngestOut | AboutArticle]:
        """Read and store every article of an input, one by one. Raises ReadingError and errors of ``graph.errors``."""
        return store_all(self._library, self._reading.read(data, name, given_id))

    def close(self) -> None:
        """Stop the reading process."""
        self._reading.close()
