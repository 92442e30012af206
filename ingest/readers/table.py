"""The formats picograph reads: one file each, chosen by the content and not by the ending."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice

from ingest.article import Article
from ingest.readers.errors import ReadError
from ingest.readers.source import HEAD, Format, Item, Source
from ingest.readers.text import TEXT

FORMATS: tuple[Format, ...] = (TEXT,)
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
    """Each record of an input: its article, or the ReadError that says why there is none."""
    try:
        yield from format_of(source).read(source)
    except ReadError as error:
        yield error


def read_all(data: bytes, name: str, *, given_id: str | None = None) -> Iterator[Item]:
    """``read_source`` of bytes in memory."""
    return read_source(Source(name, io.BytesIO(data), data[:HEAD], given_id))


def read_bytes(data: bytes, name: str, *, given_id: str | None = None) -> Article:
    """The one article in ``data``. Raises ReadError naming ``name``, the place and the reason; also for several."""
    items = list(islice(read_all(data, name, given_id=given_id), 2))
    if not items:
        raise ReadError(name, "whole file", "it holds no article")
    if isinstance(items[0], ReadError):
        raise items[0]
    if len(items) > 1:
        raise ReadError(name, "whole file", "it holds several articles, and one is asked for")
    return items[0]
