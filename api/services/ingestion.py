"""Adding articles to the graph."""

from __future__ import annotations

import uuid

from api.clock import now
from api.present import ingest_out
from api.schemas import IngestOut
from api.services.reading import ReadArticle, ReadingProcess
from graph.library import Library
from graph.model import Run


def new_run(version: str) -> Run:
    """A run of the reader of this version, starting now."""
    return Run(uuid.uuid4().urn, version, now())


def store_article(library: Library, read: ReadArticle) -> IngestOut:
    """Put a read article and its claims into the library. Raises the errors of ``graph.errors``."""
    return ingest_out(library.ingest(read.article, read.claims, new_run(read.version)), read.article)


class Ingestion:
    """Reads articles in a process of its own and puts their claims into the library."""

    def __init__(self, library: Library, reading: ReadingProcess) -> None:
        self._library = library
        self._reading = reading

    def add(self, data: bytes, name: str, given_id: str | None = None) -> IngestOut:
        """Read and store one article. Raises ReadingError and the errors of ``graph.errors``."""
        return store_article(self._library, self._reading.read(data, name, given_id))

    def close(self) -> None:
        """Stop the reading process."""
        self._reading.close()
