"""Safe XML: a byte stream made fit for the parser, and the elements of one name from it, one by one.

Nothing is fetched and no DTD is loaded. Entities that a document declares itself are never written out; those that
HTML and ISO name ("&alpha;") are, since a document without its DTD would lose them. libxml2 bounds depth (256) and the
length of one text (10 MB).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.entities import html5
from typing import BinaryIO, cast

from lxml import etree

from ingest.readers.errors import ReadError
from ingest.readers.source import HEAD, Source

MAX_XML = 4_000_000_000
"""Bytes that one XML input may have; what comes behind is refused."""
MAX_RECORD = 40_000_000
"""Bytes that one record of it may have: an article, or a citation."""

_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,40});")
_OPEN = re.compile(rb"&[A-Za-z0-9]{0,41}\Z")
_BEFORE = re.compile(
    r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[(?:[^\]\"'<]|\"[^\"]*\"|'[^']*'|<!--.*?-->|<)*+\]\s*)?>", re.S
)
_TAG = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\x00", b"\x00<")


def first_tag(head: bytes) -> str | None:
    """The name of the first element, without its prefix; None where ``head`` does not begin as XML does.

    >>> first_tag(b'<?xml version="1.0"?><!-- of ours --><x:article a="1"/>'), first_tag(b"Aims: p < 0.05")
    ('article', None)
    """
    text = head.decode(
        "utf-16" if head.startswith(_UTF16[:2]) else "utf-16-le" if b"\0" in head[:4] else "latin-1", "ignore"
    )
    text = text.removeprefix("\ufeff").removeprefix("\u00ef\u00bb\u00bf")
    tag = _TAG.match(text, _skipped(text))
    return tag[1] if tag else None


def _skipped(text: str) -> int:
    """Where the first element begins: behind the declaration, the DOCTYPE and comments."""
    place = 0
    while (m := _BEFORE.match(text, place)) is not None:
        place = m.end()
    return place


def numbered(data: bytes) -> bytes:
    """``data`` with the named entities of HTML as numbers, which need no DTD.

    >>> numbered(b"TNF-&alpha; &lt; 5 &bogus;")
    b'TNF-&#945; &lt; 5 &bogus;'
    """
    return _ENTITY.sub(_number, data) if b"&" in data else data


def _number(m: re.Match[bytes]) -> bytes:
    name = m[1].decode("ascii")
    words = None if name in _OWN else html5.get(name + ";")
    return b"".join(b"&#%d;" % ord(letter) for letter in words) if words else m[0]


class PlainXml:
    """A stream for the parser: nothing before the first "<", UTF-8 for UTF-16, named entities as numbers.

    Raises ReadError where the stream is longer than ``MAX_XML``.
    """

    def __init__(self, source: Source, rootless: bool = False) -> None:
        self._source = source
        self._rootless = rootless
        self._rest = b""
        self._seen = 0
        self.since = 0
        """Bytes since the last record ended; whoever takes the records sets it back."""
        head = source.head.lstrip(b" \t\r\n")
        odd = next((mark for mark in _UTF16 if head.startswith(mark)), None)
        self.encoding = "utf-8" if odd else None
        self._decode = None
        if odd:
            name = "utf-16" if odd in _UTF16[:2] else "utf-16-le" if odd == _UTF16[2] else "utf-16-be"
            self._decode = codecs.getincrementaldecoder(name)("replace")

    def read(self, size: int = -1) -> bytes:
        """The next piece; empty at the end."""
        while True:
            piece = self._source.stream.read(max(size, HEAD))
            if not piece:
                rest, self._rest = self._rest, b""
                tail, self._rootless = b"</all>" if self._rootless and self._seen else b"", False
                return numbered(rest) + tail
            first = self._seen == 0
            self._seen += len(piece)
            self.since += len(piece)
            if self._seen > MAX_XML or self.since > MAX_RECORD:
                reason = f"more than {MAX_XML:,} bytes of XML, or one record of more than {MAX_RECORD:,}"
                raise ReadError(self._source.name, f"byte {self._seen:,}", reason)
            if self._decode is not None:
                piece = self._decode.decode(piece).encode("utf-8", "replace")
            if first:
                piece = piece.removeprefix(codecs.BOM_UTF8).lstrip()
                if self._rootless:
                    piece = b"<all>" + piece[_skipped(piece.decode("latin-1")) :]
            piece = self._rest + piece
            cut = _OPEN.search(piece, max(0, len(piece) - 43))
            end = cut.start() if cut else len(piece)
            self._rest = piece[end:]
            if end:
                return numbered(piece[:end])


def elements(source: Source, tags: tuple[str, ...], *, rootless: bool = False) -> Iterator[etree._Element]:
    """Each element of these names ("{*}article") when it is complete; it is emptied when the next one is asked for.

    A ``rootless`` input holds such elements one behind another, with nothing around them.
    Raises ReadError with the line where the input is not well-formed, after all elements that came before.
    """
    stream = PlainXml(source, rootless)
    context = etree.iterparse(
        cast(BinaryIO, stream),  # only read() is called
        events=("end",),
        tag=tags,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        encoding=stream.encoding,
    )
    try:
        for _, element in context:
            yield element
            stream.since = 0
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError as error:
        raise not_well_formed(error, source.name) from error


def not_well_formed(error: etree.XMLSyntaxError, name: str) -> ReadError:
    """What the parser said, with the line."""
    words = re.sub(r", line \d+, column \d+.*", "", error.msg or "nothing in it")
    return ReadError(name, f"line {error.lineno or 1}", f"not well-formed XML: {words}")


def entity_words(element: etree._Element) -> str:
    """What stands for an entity that only its own document knows: its name, so that nothing is lost unseen."""
    return str(getattr(element, "text", None) or "")
