# ruff: noqa: N818 (the names say what happened: `except TimeOver`)
"""Everything that the SPARQL endpoint refuses or gives up, by name, each with its place in HTTP."""

from __future__ import annotations


class SparqlError(Exception):
    """A query that got no answer; ``slug``, ``status`` and ``title`` are those of its problem details."""

    slug, status, title = "sparql", 500, "The query has no answer"


class QueryMalformed(SparqlError):
    """The request holds no query, several, or one that is not SPARQL."""

    slug, status, title = "sparql-malformed", 400, "The query cannot be read"


class QueryRefused(SparqlError):
    """The query is SPARQL, and asks for what this endpoint does for nobody."""

    slug, status, title = "sparql-refused", 400, "The query is refused"


class DatasetRefused(SparqlError):
    """The query, or the request, names a graph that is not served."""

    slug, status, title = "sparql-dataset", 400, "There is no such graph here"


class NotAcceptable(SparqlError):
    """The request accepts none of the forms that the answer can have."""

    slug, status, title = "sparql-format", 406, "There is no answer in this format"


class QueryTooLong(SparqlError):
    """The query, or the request around it, has too many bytes."""

    slug, status, title = "sparql-too-long", 413, "The query is too long"


class FormUnsupported(SparqlError):
    """A POST whose content type is not one of the two of the SPARQL protocol."""

    slug, status, title = "sparql-media-type", 415, "Queries do not come in this form"


class AnswerTooLarge(SparqlError):
    """The answer has too many bytes or rows; nothing of it was sent."""

    slug, status, title = "sparql-answer", 422, "The answer is too large"


class QueryEnded(SparqlError):
    """The query ended the process that worked on it, or could not be worked on."""

    slug, status, title = "sparql-ended", 500, "The query ended its process"


class MemoryOver(SparqlError):
    """The query needed more memory than a query gets."""

    slug, status, title = "sparql-memory", 500, "The query needs too much memory"


class NoSnapshots(SparqlError):
    """The store of this service cannot be copied, so that strangers may not ask it."""

    slug, status, title = "sparql-store", 501, "This store is not asked here"


class EndpointBusy(SparqlError):
    """Other queries are being answered; the same request may be answered later."""

    slug, status, title = "sparql-busy", 503, "Too many queries at once"


class TimeOver(SparqlError):
    """The query was ended at its deadline."""

    slug, status, title = "sparql-time", 504, "The query takes too long"
