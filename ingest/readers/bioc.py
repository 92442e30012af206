"""BioC in XML and in JSON: collections of documents in passages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from lxml import etree

from ingest.readers.decode import decode
from ingest.readers.errors import ReadError
from ingest.readers.passage_articles import article_of
from ingest.readers.passages import Document, Passage
from ingest.readers.source import Format, Item, Source
from ingest.readers.whole import plain_head, read_whole

MAX_DOCUMENT = 50_000_000
"""Bytes of one document in XML."""
MAX_JSON = 100_000_000
"""Bytes of a collection in JSON, which is in memory as a whole."""


def read_bioc_xml(source: Source) -> Iterator[Item]:
    """Each document of the collection, in memory one at a time. Raises ReadError for what is no XML, or breaks off."""
    stream = _Counted(source.stream, source.name)
    walk = etree.iterparse(
        stream, events=("end",), tag=("source", "document"),
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    collection = ""
    held: Document | None = None
    number = 0
    try:
        for _, element in walk:
            if element.tag == "source":
                collection = element.text or ""
                continue
            number += 1
            document = Document(element.findtext("id") or "", list(_xml_passages(element)), collection)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]  # type: ignore[union-attr]
            stream.begin()
            if held is not None:
                yield _article(held, source.name, number - 1, None)
            held = document
    except etree.XMLSyntaxError as error:
        if held is not None:
            yield _article(held, source.name, number, None)
        reason = f"not well-formed XML, so that nothing behind document {number} is read: {error.msg}"
        raise ReadError(source.name, f"line {error.lineno}", reason) from error
    if held is None:
        raise ReadError(source.name, "collection", "a BioC collection without documents")
    yield _article(held, source.name, number, source.given_id if number == 1 else None)


def read_bioc_json(source: Source) -> Iterator[Item]:
    """Each document: of a collection, of a list, one by itself, or one a line. Raises ReadError for bad JSON."""
    text = decode(read_whole(source, MAX_JSON), source.name, limit=MAX_JSON)
    number = 0
    found = list(_documents(text, source.name))
    for number, item in enumerate(found, 1):
        if isinstance(item, ReadError):
            yield item
            continue
        yield _article(item, source.name, number, source.given_id if len(found) == 1 else None)
    if not number:
        raise ReadError(source.name, "collection", "a BioC collection without documents")


def _article(document: Document, name: str, number: int, given_id: str | None) -> Item:
    place = f"document {number}" + (f" (id {document.id.strip()[:40]})" if document.id.strip() else "")
    try:
        return article_of(document, name, place, given_id)
    except ReadError as error:
        return error


def _xml_passages(document: etree._Element) -> Iterator[Passage]:
    for passage in document.iterchildren("passage"):
        infons = {i.get("key", ""): _all_words(i) for i in passage.iterchildren("infon")}
        text = " ".join(map(_all_words, passage.iterchildren("text")))
        yield Passage(text or " ".join(map(_all_words, passage.iterfind("sentence/text"))), infons)


def _all_words(element: etree._Element) -> str:
    """The words of an element; an entity that the file declares itself stays as its name."""
    return "".join(str(part) for part in element.itertext())


def _documents(text: str, name: str) -> Iterator[Document | ReadError]:
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise ReadError(name, "whole file", "JSON that is nested too deep") from error
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].rstrip().endswith("}"):
            raise ReadError(name, f"character {getattr(error, 'pos', 0)}", f"not valid JSON: {error}") from error
        for number, line in enumerate(lines, 1):
            try:
                yield from _collected(json.loads(line), name)
            except (ValueError, RecursionError) as bad:
                yield ReadError(name, f"line {number}", f"not valid JSON: {bad}")
        return
    yield from _collected(data, name)


def _collected(data: Any, name: str, source: str = "", depth: int = 0) -> Iterator[Document | ReadError]:
    """Documents of a value: a document, a collection, a list of either, or the one list that an object holds."""
    if isinstance(data, list) and depth < 3:
        for item in data:
            yield from _collected(item, name, source, depth + 1)
    elif isinstance(data, dict) and isinstance(data.get("passages"), list):
        passages = [p for item in data["passages"] if isinstance(item, dict) and (p := _json_passage(item))]
        yield Document(_text(data.get("id")) or _text(data.get("_id")), passages, source)
    elif isinstance(data, dict) and depth < 3:
        inner = data.get("documents", data.get("PubTator3"))
        if isinstance(inner, list):
            yield from _collected(inner, name, _text(data.get("source")), depth + 1)
            return
        yield ReadError(name, "record", "neither a BioC document nor a collection")
    else:
        yield ReadError(name, "record", "neither a BioC document nor a collection")


def _json_passage(data: Mapping[str, Any]) -> Passage:
    infons = data.get("infons")
    words = _text(data.get("text"))
    sentences = data.get("sentences")
    if not words and isinstance(sentences, list):
        words = " ".join(_text(s.get("text")) for s in sentences if isinstance(s, dict))
    return Passage(words, {str(k): _text(v) for k, v in infons.items()} if isinstance(infons, dict) else {})


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


class _Counted:
    """A stream that ends with a ReadError when one document is too long."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name, self._count = stream, name, 0

    def begin(self) -> None:
        """A document ends here."""
        self._count = 0

    def read(self, size: int = -1) -> bytes:
        """As of a stream."""
        data = self._stream.read(size)
        self._count += len(data)
        if self._count > MAX_DOCUMENT:
            raise ReadError(self._name, "document", f"more than {MAX_DOCUMENT:,} bytes in one document")
        return data


def _is_xml(source: Source) -> bool:
    head = plain_head(source)
    return re.search(rb"<collection[\s>]", head[:4096]) is not None and b"<document" in head


def _is_json(source: Source) -> bool:
    head = plain_head(source)
    return head[:1] in (b"{", b"[") and re.search(rb'"(?:passages|documents)"\s*:\s*\[', head) is not None


BIOC_XML = Format("bioc-xml", (".xml", ".bioc"), _is_xml, read_bioc_xml)
BIOC_JSON = Format("bioc-json", (".json", ".jsonl"), _is_json, read_bioc_json)
