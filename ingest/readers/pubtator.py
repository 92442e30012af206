"""PubTator: title and abstract of each article on a line of their own, then annotations; and formats without a text."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator

from ingest.readers.errors import ReadError
from ingest.readers.passage_articles import article_of
from ingest.readers.passages import Document, Passage
from ingest.readers.source import Format, Item, Source
from ingest.readers.whole import plain_head

MAX_LINE = 10_000_000
"""Bytes of one line."""

_TEXT = re.compile(r"(?P<id>[\w.-]{1,40})\|(?P<part>[a-z])\|(?P<words>.*)")
_NOTE = re.compile(r"(?P<id>[\w.-]{1,40})\t")
_PARTS = {"t": "title", "a": "abstract"}
_BRAT = re.compile(rb"(?:\s*(?:[TERAMN*]\d*|#\d+)\t[^\n]*\n)*?\s*T\d+\t\S+ \d+ \d+(?:;\d+ \d+)*\t")


def read_pubtator(source: Source) -> Iterator[Item]:
    """Each article. A line that is neither text nor annotation is an error of its own, and its article goes on."""
    held: dict[str, list[Passage]] = {}
    first: dict[str, int] = {}
    done = 0
    for number, line in _lines(source):
        m = _TEXT.fullmatch(line)
        if m is None:
            if line and not _NOTE.match(line):
                yield ReadError(source.name, f"line {number}", "neither a text nor an annotation of PubTator")
            continue
        if m["id"] not in held:
            for item in _articles(held, first, source.name, None):
                done += 1
                yield item
            held, first = {m["id"]: []}, {m["id"]: number}
        held[m["id"]].append(Passage(m["words"], {"type": _PARTS.get(m["part"], "paragraph")}))
    yield from _articles(held, first, source.name, None if done else source.given_id)
    if not held:
        raise ReadError(source.name, "whole file", "it holds no article")


def _articles(held: dict[str, list[Passage]], first: dict[str, int], name: str, given_id: str | None) -> Iterator[Item]:
    for ident, passages in held.items():
        try:
            document = Document(ident, [p for p in passages if p.text.strip()], "pubtator")
            yield article_of(document, name, f"line {first[ident]}", given_id)
        except ReadError as error:
            yield error


def _lines(source: Source) -> Iterator[tuple[int, str]]:
    stream = io.BufferedReader(source.stream) if isinstance(source.stream, io.RawIOBase) else source.stream
    number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE:
            raise ReadError(source.name, f"line {number}", f"longer than {MAX_LINE:,} bytes")
        yield number, line.decode("utf-8-sig" if number == 1 else "utf-8", "replace").strip("\r\n")


def read_brat(source: Source) -> Iterator[Item]:
    """Always a ReadError: annotations whose text is in a file of its own."""
    reason = "brat annotations without the text they are about: give the .txt file that belongs to it"
    yield ReadError(source.name, "whole file", reason)


def read_europepmc(source: Source) -> Iterator[Item]:
    """A ReadError for each line: annotations of an article that is kept at Europe PMC."""
    for number, line in _lines(source):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            of = f"{data.get('src', '')} {data.get('id', '')}".strip() if isinstance(data, dict) else ""
        except (ValueError, RecursionError):
            yield ReadError(source.name, f"line {number}", "not valid JSON")
            continue
        yield ReadError(source.name, f"line {number}", f"annotations without the text of the article ({of}): fetch it")


def _is_pubtator(source: Source) -> bool:
    line = plain_head(source).split(b"\n", 1)[0]
    return re.match(rb"[\w.-]{1,40}\|[ta]\|", line) is not None


def _is_brat(source: Source) -> bool:
    return _BRAT.match(source.head[:2000]) is not None


def _is_europepmc(source: Source) -> bool:
    head = plain_head(source)
    return head[:1] == b"{" and re.search(rb'"anns"\s*:\s*\[', head) is not None and b'"passages"' not in head


PUBTATOR = Format("pubtator", (".pubtator", ".txt"), _is_pubtator, read_pubtator)
BRAT = Format("brat", (".ann",), _is_brat, read_brat)
EUROPEPMC = Format("europepmc-annotations", (".jsonl",), _is_europepmc, read_europepmc)
