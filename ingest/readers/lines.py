"""Lines of a text stream, one by one, whatever its line ends and its encoding."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from ingest.readers.errors import ReadError
from ingest.readers.source import Source

MAX_LINE = 2_000_000
"""Characters of one line."""


def text_lines(source: Source) -> Iterator[tuple[int, str]]:
    """Each line with its number from 1 on, without its end. UTF-8, UTF-16 by its mark, else the Western one-byte set.

    Raises ReadError for a line that is longer than ``MAX_LINE``.
    """
    utf16 = source.head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    wrapper = io.TextIOWrapper(
        io.BufferedReader(_Borrowed(source)),
        "utf-16" if utf16 else "utf-8-sig",
        "replace" if utf16 else "surrogateescape",
    )
    number = 0
    while line := wrapper.readline(MAX_LINE):
        number += 1
        if len(line) >= MAX_LINE:
            raise ReadError(source.name, f"line {number}", f"longer than {MAX_LINE:,} characters")
        yield number, _western(line.rstrip("\n"))


def _western(line: str) -> str:
    if line.isascii() or not any("\udc80" <= c <= "\udcff" for c in line):
        return line
    return line.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


class _Borrowed(io.RawIOBase):
    """The source's stream, which is not closed with what reads it."""

    def __init__(self, source: Source) -> None:
        self._stream = source.stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
