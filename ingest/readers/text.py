"""Plain text and Markdown: every character and its place kept, furniture told from content, metadata read off."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.article import Article, ArticleKind, Section, SectionKind, article_iri
from ingest.readers.dates import read_date
from ingest.readers.decode import MAX_BYTES, decode
from ingest.readers.errors import ReadError
from ingest.readers.front_matter import authors_of, read_front_matter, texts_of
from ingest.readers.pipe_tables import find_pipe_tables, with_tables
from ingest.readers.primary import primary_source, reports_on
from ingest.readers.sections import cut_sections
from ingest.readers.source import Format, Item, Source
from ingest.view import plain_view

_SITE = re.compile(r"\s[-–|]\s[A-Z][\w ]{1,30}$")
"""A site's name behind a page's title."""


_LONG_TEXT = 12_000


def read_text(data: bytes, name: str, *, given_id: str | None = None) -> Article:
    """The article of one plain-text or Markdown file. Raises ReadError naming the file, the place and the reason.

    Front matter (YAML) wins over what the page shows. The text keeps everything: front matter and furniture too.
    """
    text = decode(data, name)
    if not text.strip():
        raise ReadError(name, "whole file", "empty: there is no text in it")
    front, offset = read_front_matter(text, name)
    tables = find_pipe_tables(text, offset)
    sections = with_tables(text, cut_sections(text, offset), tables)
    content = [s for s in sections if s.kind is not SectionKind.FURNITURE]
    if not content:
        raise ReadError(name, "whole file", "only site furniture or front matter, no article text")
    meta: dict[str, Any] = dict(texts_of(front, name))
    pieces = [s.span.of(text) for s in sections if s.kind is SectionKind.FURNITURE]
    if "published" not in meta:
        dated = next((p for p in pieces if re.match(r"\s*(?:posted|published|date|updated)\b", p, re.I)), None)
        dated = dated or next((p for p in pieces if re.match(r"\s*year\s*:", p, re.I)), None)
        date = read_date(dated) if dated else None
        if date:
            meta["published"] = date
    titles = [" ".join(plain_view(s.span.of(text)).split()) for s in sections if s.kind is SectionKind.TITLE]
    if titles and ("title" not in meta or (_SITE.search(meta["title"]) and not _SITE.search(titles[-1]))):
        meta["title"] = titles[-1] if _SITE.search(titles[0]) else titles[0]
    kind = _kind(front, text, pieces, sections)
    if "primary_source" not in meta and kind in (ArticleKind.NEWS, ArticleKind.REVIEW):
        source = primary_source(text)
        if source:
            meta["primary_source"] = source
    journal = next((m[1] for p in pieces if (m := re.match(r"\s*journal\s*:\s*(.{2,120}?)\s*$", p, re.I))), None)
    if journal and "journal" not in meta:
        meta["journal"] = journal
    ident = article_iri(
        doi=meta.get("doi"),
        pmcid=meta.get("pmcid"),
        pmid=meta.get("pmid"),
        registration=meta.get("registration") if kind is ArticleKind.REGISTRY_RECORD else None,
        given=given_id or meta.pop("id", None),
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )
    meta.pop("id", None)
    return Article(
        id=ident,
        text=text,
        kind=kind,
        sections=tuple(sections),
        tables=tuple(tables),
        authors=_authors(front, pieces),
        retracted=front.get("retracted") is True,
        **meta,
    )


def _kind(front: Mapping[str, Any], text: str, pieces: list[str], sections: list[Section]) -> ArticleKind:
    given = str(front.get("kind") or "").casefold()
    if given in set(ArticleKind):
        return ArticleKind(given)
    page = any(re.match(r"\s*(?:posted|by)\b\s*:", p, re.I) for p in pieces)
    kinds = {s.kind for s in sections}
    reports = SectionKind.ABSTRACT not in kinds and reports_on(text)
    if page or front.get("source") == "NCI" or reports:
        return ArticleKind.NEWS
    if {SectionKind.METHODS, SectionKind.RESULTS} <= kinds and len(text) > _LONG_TEXT:
        return ArticleKind.FULL_TEXT
    return ArticleKind.ABSTRACT if len(text) < _LONG_TEXT else ArticleKind.OTHER


def _authors(front: Mapping[str, Any], pieces: list[str]) -> tuple[str, ...]:
    given = authors_of(front)
    if given:
        return given
    for piece in pieces:
        m = re.match(r"\s*(?:by\b\s*:?|author\(s\)\s*:|authors?\s*:)\s*(?P<names>[^\n]{2,2000})", piece, re.I)
        if m:
            return tuple(n.strip() for n in re.split(r",| and ", m["names"]) if n.strip())
    return ()


def _read(source: Source) -> Iterator[Item]:
    yield read_text(source.stream.read(MAX_BYTES + 1), source.name, given_id=source.given_id)


TEXT = Format("text", (".txt", ".text", ".md", ".markdown"), lambda source: True, _read)
"""Plain text and Markdown are one format, front matter and marks being optional."""
