"""The formats picograph reads: one file each, chosen by the content and not by the ending."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

from ingest.article import Article
from ingest.readers.bioc import BIOC_JSON, BIOC_XML
from ingest.readers.choosing import the_article
from ingest.readers.containers import opened
from ingest.readers.ctgov import CTGOV
from ingest.readers.docx import DOCX
from ingest.readers.errors import ReadError
from ingest.readers.europepmc import EUROPEPMC_RECORDS
from ingest.readers.html import HTML
from ingest.readers.jats import JATS
from ingest.readers.nbib import NBIB
from ingest.readers.pdf import PDF
from ingest.readers.pubmed import PUBMED
from ingest.readers.pubtator import BRAT, EUROPEPMC, PUBTATOR
from ingest.readers.ris import RIS
from ingest.readers.source import HEAD, Format, Item, Source
from ingest.readers.text import TEXT

log = logging.getLogger("picograph")
FORMATS: tuple[Format, ...] = (
    JATS,
    PUBMED,
    NBIB,
    RIS,
    BIOC_XML,
    BIOC_JSON,
    CTGOV,
    PUBTATOR,
    BRAT,
    EUROPEPMC,
    EUROPEPMC_RECORDS,
    PDF,
    HTML,
    DOCX,
    TEXT,
)
"""In the order in which they are tried; plain text, which everything looks like, comes last."""

ENDINGS = tuple(dict.fromkeys(ending for known in FORMATS for ending in known.endings))
"""What is picked up from a folder; a file named by the user is read whatever its ending."""


def format_of(source: Source) -> Format:
    """The format that the content tells. Raises ReadError where none does."""
    for known in FORMATS:
        if known.tells(source):
            return known
    raise ReadError(source.name, "whole file", "no format that picograph reads")


def read_source(source: Source) -> Iterator[Item]:
    """Each record of an input: its article, or the ReadError that says why there is none.

    An archive gives the records of its files in turn, see ``containers``. A fault of a reader costs its input alone.
    """
    for inner in opened(source, ENDINGS):
        if isinstance(inner, ReadError):
            yield inner
            continue
        try:
            yield from format_of(inner).read(inner)
        except ReadError as error:
            yield error
        except Exception as error:  # a run over thousands of files must not end here
            log.debug("%s", inner.name, exc_info=error)
            yield ReadError(inner.name, "whole file", f"the reader failed on it ({type(error).__name__}: {error})")


def read_all(data: bytes, name: str, *, given_id: str | None = None) -> Iterator[Item]:
    """``read_source`` of bytes in memory."""
    return read_source(Source(name, io.BytesIO(data), data[:HEAD], given_id))


def read_bytes(data: bytes, name: str, *, given_id: str | None = None) -> Article:
    """The one article in ``data``. Raises ReadError naming ``name``, the place and the reason; also for several."""
    return the_article(read_all(data, name, given_id=given_id), name)
