"""Records of a JSON input one by one, in the memory that one of them needs."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from ingest.readers.errors import ReadError
from ingest.readers.source import Source

CHUNK = 1 << 18
"""Bytes that are read at a time."""
MAX_RECORD = 50_000_000
"""Characters of one record; the largest of ClinicalTrials.gov has some ten million."""
MAX_DEPTH = 200
"""How deep a record may be nested."""
JsonObject = dict[str, Any]

_TOKEN = re.compile(r'[{}\[\]]|"(?:[^"\\]++|\\.)*+"', re.S)


def head_of(head: bytes) -> str:
    """The beginning of an input as text, as far as it is text, without a byte-order mark and leading blanks."""
    return head.decode(json.detect_encoding(head), "ignore").lstrip("\ufeff \t\r\n")


def json_objects(source: Source, lists: Collection[str]) -> Iterator[JsonObject | ReadError]:
    """Each object of the input, in order: values that follow each other (JSON lines), members of an array, or members
    of the array that one of the keys ``lists`` of the whole object has.

    A record that is no valid JSON is a ReadError of its own. Raises ReadError where nothing more can be read.
    """
    for number, text in enumerate(_texts(source, lists), 1):
        yield _parsed(text, source.name, f"record {number}")


def _parsed(text: str, name: str, place: str) -> JsonObject | ReadError:
    try:
        found = json.loads(text)
    except RecursionError:
        return ReadError(name, place, f"nested deeper than {MAX_DEPTH}")
    except ValueError as error:
        return ReadError(name, place, f"not valid JSON: {error}")
    return found if isinstance(found, dict) else ReadError(name, place, "no JSON object")


class _Cutter:
    """Cuts a text that comes in pieces into the texts of its records."""

    def __init__(self, name: str, lists: Collection[str]) -> None:
        self._name, self._lists = name, lists
        self._text, self._at = "", 0
        self._depth, self._base = 0, 0
        self._start: int | None = None
        self._key: tuple[str, int] | None = None

    def feed(self, piece: str) -> Iterator[str]:
        """The records that ``piece`` brings to their end."""
        self._text += piece
        while (m := _TOKEN.search(self._text, self._at)) is not None:
            cut = self._text.find('"', self._at, m.start())
            if cut >= 0:  # a string that ends in a later piece
                self._at = cut
                break
            self._at = m.end()
            yield from self._token(m)
        else:
            open_string = self._text.find('"', self._at)
            self._at = len(self._text) if open_string < 0 else open_string
        self._shrink()

    def finish(self) -> None:
        """Raises ReadError where the input ends within a record."""
        if self._depth:
            raise ReadError(self._name, "end", "the input ends in the middle of a record")

    def _token(self, m: re.Match[str]) -> Iterator[str]:
        mark = m[0]
        if mark.startswith('"'):
            if self._depth == 1:
                self._key = (mark[1:-1], m.end())
        elif mark in "{[":
            self._open(mark, m.start())
        else:
            self._depth = max(0, self._depth - 1)
            if self._depth == self._base and self._start is not None and mark == "}":
                yield self._text[self._start : m.end()]
                self._start = None
            if self._depth < self._base:
                self._base = 0

    def _open(self, mark: str, place: int) -> None:
        if mark == "[" and self._depth == 0:
            self._base = 1
        elif mark == "[" and self._depth == 1 and self._base == 0 and self._lists_records(place):
            self._base, self._start = 2, None
        elif mark == "{" and self._depth == self._base and self._start is None:
            self._start = place
        self._key = None
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ReadError(self._name, f"character {place}", f"nested deeper than {MAX_DEPTH}")

    def _lists_records(self, place: int) -> bool:
        if self._key is None or self._key[0] not in self._lists:
            return False
        return self._text[self._key[1] : place].strip() == ":"

    def _shrink(self) -> None:
        """Forget what stands before the record that is open, and give up where that is too long."""
        keep = self._at if self._start is None else self._start
        if self._key is not None:
            keep = min(keep, self._key[1])
        if len(self._text) - keep > MAX_RECORD:
            raise ReadError(self._name, "record", f"longer than {MAX_RECORD:,} characters")
        self._text, self._at = self._text[keep:], self._at - keep
        self._start = None if self._start is None else self._start - keep
        self._key = None if self._key is None else (self._key[0], self._key[1] - keep)


def _texts(source: Source, lists: Collection[str]) -> Iterator[str]:
    if _is_lines(head_of(source.head)):
        yield from _lines(source)
        return
    cutter = _Cutter(source.name, lists)
    for piece in _pieces(source):
        yield from cutter.feed(piece)
    cutter.finish()


def _pieces(source: Source) -> Iterator[str]:
    """The text of the input in pieces, without a byte-order mark."""
    encoding = json.detect_encoding(source.head)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while data := source.stream.read(CHUNK):
            yield decoder.decode(data)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise ReadError(source.name, "text", f"it is not valid {encoding}: save it as UTF-8") from error


def _is_lines(head: str) -> bool:
    """True where the first line is an object by itself, and another begins behind it."""
    line, _, rest = head.partition("\n")
    try:
        return isinstance(json.loads(line), dict) and rest.lstrip().startswith("{")
    except (ValueError, RecursionError):
        return False


def _lines(source: Source) -> Iterator[str]:
    """Line by line, so that a line that is cut short costs no other."""
    held = ""
    for piece in _pieces(source):
        *whole, held = (held + piece).split("\n")
        yield from (line.lstrip("\ufeff") for line in whole if line.strip())
        if len(held) > MAX_RECORD:
            raise ReadError(source.name, "record", f"longer than {MAX_RECORD:,} characters")
    if held.strip():
        yield held.lstrip("\ufeff")
