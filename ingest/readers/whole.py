"""The whole of an input that has to be in memory to be read, within a bound."""

from __future__ import annotations

import codecs

from ingest.readers.errors import ReadError
from ingest.readers.source import Source


def read_whole(source: Source, limit: int) -> bytes:
    """The bytes of the input. Raises ReadError where they are more than ``limit``."""
    data = source.stream.read(limit + 1)
    if len(data) > limit:
        raise ReadError(source.name, "whole file", f"more than {limit:,} bytes, which is the limit for this format")
    return data


def plain_head(source: Source) -> bytes:
    """The head without a byte-order mark, the zeros of UTF-16 and blanks before the first character."""
    head = source.head
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head.removeprefix(mark)
    if b"\x00" in head[:64] and b"\x00\x00" not in head[:64]:
        head = head.replace(b"\x00", b"")
    return head.lstrip()
