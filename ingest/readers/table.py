"""The formats picograph reads: one file each, chosen by the content and not by the ending."""

from __future__ import annotations

from collections.abc import Callable

from ingest.article import Article
from ingest.readers.text import read_text

Reader = Callable[..., Article]

READERS: dict[str, Reader] = {"text": read_text}
"""Format name to reader; plain text and Markdown are one format, front matter and marks being optional."""

ENDINGS = (".txt", ".text", ".md", ".markdown")
"""What is picked up from a folder; a file named by the user is read whatever its ending."""


def read_bytes(data: bytes, name: str, *, given_id: str | None = None) -> Article:
    """The article in ``data``. Raises ReadError naming ``name``, the place and the reason."""
    return READERS["text"](data, name, given_id=given_id)
