"""Word files (.docx): paragraphs by their styles, tables with merged cells, changes as if accepted."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ingest.article import SectionKind
from ingest.readers.assembled import assembled
from ingest.readers.building import TextBuilder, clean_words
from ingest.readers.docx_blocks import Block, StyleOf, blocks_of, write_blocks
from ingest.readers.docx_words import W
from ingest.readers.errors import ReadError
from ingest.readers.ids import doi_in
from ingest.readers.registries import registry_ids
from ingest.readers.sections import kind_of_heading
from ingest.readers.shape import kind_by_shape
from ingest.readers.source import Format, Item, Source
from ingest.readers.table_captions import LABEL
from ingest.readers.tongue import tongue_of
from ingest.readers.whole import read_whole

if TYPE_CHECKING:
    from docx.document import Document

MAX_DOCX = 100_000_000
"""Bytes of a file."""
MAX_WORDS = 50_000_000
"""Bytes that its XML parts unpack to, together."""
MAX_PARTS = 200_000_000
"""Bytes that all its parts unpack to, with pictures."""

_MAIN = "word/document.xml"
_NO_TITLE = re.compile(r"(?:microsoft word\b.*|document\d*|untitled.*|.*\.docx?|title|word document)", re.I)
_FRONT = 3_000
_LONG_TITLE = 300


def read_docx(source: Source) -> Iterator[Item]:
    """The one article of a Word file. Raises ReadError for another Office file, one that is broken, or a zip bomb."""
    data = read_whole(source, MAX_DOCX)
    _check(data, source.name)
    document = _opened(data, source.name)
    blocks = blocks_of(document.element.body, _styles(document))
    if not blocks:
        raise ReadError(source.name, "whole file", "no words in it, perhaps only pictures: give the text itself")
    builder = TextBuilder()
    title, rest = _title(document, blocks)
    builder.title(title or "")
    write_blocks(builder, rest)
    built = builder.finish()
    prose = "\n".join(s.span.of(built.text) for s in built.sections if s.kind is not SectionKind.FURNITURE)
    registrations = registry_ids(built.text[: 2 * _FRONT])
    meta: dict[str, Any] = {
        "title": title,
        "doi": doi_in(built.text[:_FRONT]),
        "language": tongue_of(prose),
        "registrations": registrations,
        "registration": registrations[0] if len(registrations) == 1 else None,
        "authors": _authors(document),
    }
    yield assembled(built, kind_by_shape(built), meta, source.given_id)


def _check(data: bytes, name: str) -> None:
    """Raises ReadError unless this is a Word file whose parts unpack to no more than the bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ReadError(name, "whole file", f"a damaged Word file: {error}") from error
    sizes = {part.filename: part.file_size for part in parts}
    if _MAIN not in sizes:
        raise ReadError(name, "whole file", "an Office or EPUB document, but none of Word: save its text as .docx")
    if any(part.flag_bits & 1 for part in parts):
        raise ReadError(name, "whole file", "encrypted: save it without a password")
    words = sum(size for part, size in sizes.items() if part.endswith((".xml", ".rels")))
    if words > MAX_WORDS or sum(sizes.values()) > MAX_PARTS or len(parts) > 10_000:
        raise ReadError(name, "whole file", f"it unpacks to too much: no article has {MAX_WORDS:,} bytes of XML")


def _opened(data: bytes, name: str) -> Document:
    import docx  # only who reads Word files pays for it

    try:
        document = docx.Document(io.BytesIO(data))
        if document.element.body is None:
            raise ReadError(name, "whole file", "a damaged Word file: it has no body")
        return document
    except ReadError:
        raise
    except ValueError as error:
        if "macroEnabled" in str(error) or "template" in str(error):
            raise ReadError(name, "whole file", "a Word file with macros, or a template: save it as .docx") from error
        raise ReadError(name, "whole file", f"a damaged Word file: {clean_words(str(error))}") from error
    except Exception as error:  # the library lets through whatever its parts raise
        raise ReadError(name, "whole file", f"a damaged Word file: {clean_words(str(error))[:200]}") from error


def _styles(document: Document) -> StyleOf:
    names: dict[str | None, tuple[str, int | None]] = {None: ("", None)}
    try:
        styles = document.styles.element
    except AttributeError:  # a damaged file may have a part of another kind in its place; its words are there
        return lambda key: names.get(key, (key or "", None))
    for style in styles.iterchildren(f"{W}style"):
        label, level = style.find(f"{W}name"), style.find(f"{W}pPr/{W}outlineLvl")
        value = "" if level is None else level.get(f"{W}val", "")
        outline = int(value) if value in tuple("012345678") else None
        names[style.get(f"{W}styleId")] = ("" if label is None else label.get(f"{W}val", ""), outline)
    return lambda key: names.get(key, (key or "", None))


def _title(document: Document, blocks: list[Block]) -> tuple[str | None, list[Block]]:
    """The title, and the blocks without it: the paragraph in the style for it, the file's property, a first line."""
    for number, block in enumerate(blocks[:20]):
        if block.style.casefold() == "title" and block.table is None:
            return block.words, blocks[:number] + blocks[number + 1 :]
    named = _property(document, "title")[:_LONG_TITLE]
    if named and not _NO_TITLE.fullmatch(named):
        same = [n for n, b in enumerate(blocks[:5]) if b.words.casefold() == named.casefold()]
        return named, [b for n, b in enumerate(blocks) if n not in same]
    first = blocks[0]
    short = first.table is None and len(first.words) <= _LONG_TITLE and first.words[-1] not in ".;,:"
    if short and len(blocks) > 1 and not LABEL.match(first.words) and kind_of_heading(first.words) is None:
        return first.words, blocks[1:]
    return None, blocks


def _authors(document: Document) -> tuple[str, ...]:
    """The authors that the file names where they are several: a single one is who typed it."""
    names = [clean_words(n) for n in re.split(r"[;,]", _property(document, "author"))]
    names = [n for n in names if len(n) > 3]
    return tuple(names[:200]) if len(names) > 1 else ()


def _property(document: Document, name: str) -> str:
    """What the file says of itself; empty where it does not, or that part of it is damaged."""
    try:
        return clean_words(getattr(document.core_properties, name) or "")
    except (AttributeError, KeyError, ValueError):
        return ""


def _is_docx(source: Source) -> bool:
    return source.head.startswith(b"PK\x03\x04")


DOCX = Format("docx", (".docx",), _is_docx, read_docx)
