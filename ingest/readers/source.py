"""What a reader is given, and what a format says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ingest.article import Article
from ingest.readers.errors import ReadError

HEAD = 65_536
"""Bytes from the beginning of an input by which its format is told."""

Item = Article | ReadError
"""One record of an input: its article, or why there is none. Later records go on."""


@dataclass(frozen=True)
class Source:
    """One input: its ``name`` for messages, its bytes as a stream from the beginning, and what is known of its end.

    ``given_id`` is an id that the user gives to the article, for inputs of one article. ``head`` holds the first
    ``HEAD`` bytes, which the stream gives again.
    """

    name: str
    stream: BinaryIO
    head: bytes
    given_id: str | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, endings that are picked up from folders, how its content is told, and its reader.

    ``tells`` looks at the head of an input and never raises. ``read`` gives the records one by one, in bounded memory
    where the format is one of many records; it yields a ReadError for a record that is bad and raises one when nothing
    more can be read.
    """

    name: str
    endings: tuple[str, ...]
    tells: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Item]]
