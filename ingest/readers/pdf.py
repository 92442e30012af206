"""PDF files of articles: columns in their order, paragraphs whole, tables where their columns can be told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ingest.article import SectionKind
from ingest.readers.assembled import assembled
from ingest.readers.building import TextBuilder
from ingest.readers.errors import ReadError
from ingest.readers.furniture import furniture
from ingest.readers.labels import labelled
from ingest.readers.pdf_blocks import Block, Placed, blocks_of, without_notes
from ingest.readers.pdf_front import Front, read_front
from ingest.readers.pdf_furniture import running
from ingest.readers.pdf_hyphens import Hyphens
from ingest.readers.pdf_line_numbers import without_line_numbers
from ingest.readers.pdf_lines import Line, lines_of
from ingest.readers.pdf_pages import Page, Pdf, Word, read_pages
from ingest.readers.pdf_tables import Found, find_tables
from ingest.readers.sections import kind_of_heading
from ingest.readers.shape import kind_by_shape
from ingest.readers.source import Format, Item, Source
from ingest.readers.tongue import tongue_of
from ingest.readers.whole import read_whole

MAX_PDF = 100_000_000
"""Bytes of a file."""
_INNER = 8
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00a0": " "}
)
_MOST_LOST = 0.05


def read_pdf(source: Source) -> Iterator[Item]:
    """The one article of a PDF. Raises ReadError for one that is encrypted, damaged, too long, or only pictures."""
    pdf = read_pages(read_whole(source, MAX_PDF), source.name)
    _check(pdf, source.name)
    sheets = [replace(page, words=without_line_numbers(page)) for page in pdf.pages]
    pages = [(page, _lines(page, set())) for page in sheets]
    hyphens = Hyphens(line.text.translate(_LIGATURES) for _, lines in pages for line in lines)
    placed, tables = _placed(pages, hyphens)
    body = _body_size([p.line for p in placed])
    placed = without_notes(placed, body)
    front = read_front(placed, body, pdf.info, hyphens)
    builder = TextBuilder()
    builder.title(front.title or "")
    for line in front.above:
        builder.paragraph(line.translate(_LIGATURES), SectionKind.FURNITURE)
    for block in blocks_of(front.rest, body, hyphens):
        _write(builder, block)
    for found in tables:
        builder.table(found.raw)
    built = builder.finish()
    prose = "\n".join(s.span.of(built.text) for s in built.sections if s.kind is not SectionKind.FURNITURE)
    meta = _metadata(front, tongue_of(prose))
    yield assembled(built, kind_by_shape(built), meta, source.given_id)


def _check(pdf: Pdf, name: str) -> None:
    words = [w for page in pdf.pages for w in page.words]
    if len(words) < 5:
        pictures = any(page.images for page in pdf.pages)
        reason = (
            "only pictures of text: make them text with OCR first (ocrmypdf does)" if pictures else "no words in it"
        )
        raise ReadError(name, "whole file", reason)
    lost = sum(w.text.count("\ufffd") for w in words)
    if lost > _MOST_LOST * sum(len(w.text) for w in words):
        told = "its fonts do not say which letters they show: make its pages text with OCR (ocrmypdf --force-ocr)"
        raise ReadError(name, "whole file", told)


def _placed(pages: Sequence[tuple[Page, list[Line]]], hyphens: Hyphens) -> tuple[list[Placed], list[Found]]:
    """Lines in reading order without the tables, and the tables."""
    by_page: list[tuple[float, list[Line]]] = []
    tables: list[Found] = []
    for page, whole in pages:
        lines = whole
        found = find_tables(page, lines, hyphens)
        if found:
            tables += found
            lines = _lines(page, {w for f in found for w in f.words}, [c for f in found if (c := _cut(f, page))])
        by_page.append((page.height, lines))
    off = running(by_page)
    placed = [
        Placed(line, number, (number, place) in off)
        for number, (_, lines) in enumerate(by_page)
        for place, line in enumerate(lines)
    ]
    return placed, tables


def _cut(found: Found, page: Page) -> float | None:
    """The height of a table that goes across the columns of its page; None for one within a column."""
    wide = max(w.x1 for w in found.words) - min(w.x0 for w in found.words)
    text = max(w.x1 for w in page.words) - min(w.x0 for w in page.words)
    return min(w.top for w in found.words) if wide > 0.6 * text else None


def _lines(page: Page, left_out: set[Word], cuts: Sequence[float] = ()) -> list[Line]:
    words = [w for w in page.words if w not in left_out]
    if not words:
        return []
    inner = [w for w in words if 0.1 * page.height < w.top < 0.9 * page.height] or words
    return lines_of(words, min(w.x0 for w in inner), max(w.x1 for w in inner), cuts=cuts)


def _body_size(lines: Sequence[Line]) -> float:
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.size * 2) / 2] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 10.0


def _write(builder: TextBuilder, block: Block) -> None:
    words = block.words.translate(_LIGATURES).strip()
    if block.level is not None:
        builder.heading(words, block.level)
    elif block.furniture or furniture(words) is not None:
        builder.paragraph(words, SectionKind.FURNITURE)
    else:
        lead = words[: block.lead].rstrip(" .:—–-")
        if lead and len(lead) < 60 and kind_of_heading(lead) is not None:
            builder.heading(lead, _INNER)
            words = words[block.lead :].lstrip(" .:—–-")
        for start, end, label in labelled(words, 0, len(words)):
            if label is not None and kind_of_heading(label) is not None:
                builder.heading(label, _INNER)
            elif label is not None:
                start = words.rindex(label, 0, start)
            builder.paragraph(words[start:end])


def _metadata(front: Front, language: str | None) -> dict[str, Any]:
    return {
        "title": front.title,
        "authors": front.authors,
        "doi": front.doi,
        "pmid": front.pmid,
        "published": front.published,
        "registrations": front.registrations,
        "registration": front.registrations[0] if len(front.registrations) == 1 else None,
        "language": language,
    }


def _is_pdf(source: Source) -> bool:
    return re.match(rb"[\s\S]{0,1024}?%PDF-\d", source.head[:1100]) is not None


PDF = Format("pdf", (".pdf",), _is_pdf, read_pdf)
