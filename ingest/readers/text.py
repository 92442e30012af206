"""Plain text and Markdown: every character and its place kept, furniture told from content, metadata read off."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from ingest.article import Article, ArticleKind, Section, SectionKind, Span, article_iri
from ingest.readers.dates import read_date
from ingest.readers.decode import decode
from ingest.readers.errors import ReadError
from ingest.readers.front_matter import authors_of, read_front_matter, texts_of
from ingest.readers.furniture import furniture
from ingest.view import plain_view

_BLOCK = re.compile(r"\S(?:.|\r?\n(?![ \t]*\r?\n))*", re.M)
_HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<name>.+?)\s*#*\s*$")
_BOLD_HEADING = re.compile(r"^(?:\*\*|__)(?P<name>[^*_\n]{2,60})(?:\*\*|__):?$")
_NAMES: tuple[tuple[SectionKind, re.Pattern[str]], ...] = (
    (
        SectionKind.KEY_POINTS,
        re.compile(r"^(?:key (?:points?|findings?|messages?)|at a glance|summary|in brief|highlights)$", re.I),
    ),
    (SectionKind.ABSTRACT, re.compile(r"^abstract$", re.I)),
    (
        SectionKind.BACKGROUND,
        re.compile(r"^(?:background|introduction|context|rationale|why (?:it|this) matters|previous studies)\b", re.I),
    ),
    (
        SectionKind.METHODS,
        re.compile(
            r"^(?:(?:patients?|materials?) and methods?|methods?|study design|design|the study|the trial"
            r"|how the (?:study|trial) was done|participants|trial design)\b",
            re.I,
        ),
    ),
    (
        SectionKind.RESULTS,
        re.compile(r"^(?:results?|findings|what (?:the|they|was) \w+|outcomes|efficacy|safety|main results)\b", re.I),
    ),
    (
        SectionKind.DISCUSSION,
        re.compile(
            r"^(?:discussion|comments?|limitations?|interpretation|perspectives?|next steps|implications"
            r"|what comes next)\b",
            re.I,
        ),
    ),
    (SectionKind.CONCLUSION, re.compile(r"^(?:conclusions?)\b", re.I)),
    (
        SectionKind.FURNITURE,
        re.compile(
            r"^(?:references?|bibliography|acknowledge?ments?|disclosures?|funding|source"
            r"|publication metadata|related \w+|further reading|conflicts? of interest"
            r"|about the authors?)\b",
            re.I,
        ),
    ),
)
_JOURNAL = (
    r"(?P<journal>(?:The\s+|New\s+)?(?:[A-Z]|e[A-Z])[\w&.’'-]*(?:\s+(?:of|in|and|the|for|&|[A-Z][\w&.’'-]*"
    r"|\([A-Z]+\)))*)"
)
_REPORTS_ON = re.compile(
    r"(?:\b(?:research|trial|study|new|according to)\s+(?:results?|findings?)\s+(?:were\s+"
    r"|was\s+)?(?:published\s+|reported\s+)?in"
    r"|\bpublished(?:\s+(?:\w+\s+){0,2}online)?(?:\s+\w+\s+\d{1,2},?\s+(?:\d{4},?)?)?\s+in"
    r"|\breported\s+in|\bappeared\s+in)\s+(?:the\s+)?[\s*_]*(?:journal\s+)?[\s*_]*(?:(?<=\s)"
    rf"|(?<=[*_])){_JOURNAL}"
)
_PUBMED = re.compile(r"(?:ncbi\.nlm\.nih\.gov/pubmed|pubmed\.ncbi\.nlm\.nih\.gov)/(\d{5,9})")
_TELLS = re.compile(r"\b(?:results|findings|abstract|published|reported|appeared)\b[^.]*$", re.I)
"""Before the link to the publication that a page reports on."""
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
    sections = _sections(text, offset)
    content = [s for s in sections if s.kind is not SectionKind.FURNITURE]
    if not content:
        raise ReadError(name, "whole file", "only site furniture or front matter, no article text")
    meta = texts_of(front, name)
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
        source = _primary_source(text)
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
        authors=_authors(front, pieces),
        retracted=front.get("retracted") is True,
        **meta,
    )


def _sections(text: str, offset: int) -> list[Section]:
    out: list[Section] = []
    if offset:
        out.append(Section(Span(0, offset), SectionKind.FURNITURE, "front matter"))
    kind, name, titled, seen_prose = SectionKind.BODY, None, False, False
    for block in _BLOCK.finditer(text, offset):
        for start, end in _lines(text, block.start(), block.end()):
            words = text[start:end]
            heading = _heading(words)
            if heading is not None:
                known = next((k for k, pattern in _NAMES if pattern.search(heading)), None)
                if known is None and (not titled or (out and out[-1].kind is SectionKind.TITLE and not seen_prose)):
                    titled = True
                    out.append(Section(Span(start, end), SectionKind.TITLE, heading))
                    continue
                kind, name = known or SectionKind.BODY, heading
                out.append(Section(Span(start, end), SectionKind.FURNITURE, heading))
                continue
            if furniture(plain_view(words)) is not None:
                if re.match(r"\s*publication metadata", words, re.I):
                    kind, name = SectionKind.FURNITURE, words.strip()
                out.append(Section(Span(start, end), SectionKind.FURNITURE, name))
                continue
            if not titled and not seen_prose and (_looks_like_title(words) or _heads(text, words, end)):
                titled = True
                out.append(Section(Span(start, end), SectionKind.TITLE, None))
                continue
            seen_prose = seen_prose or kind is not SectionKind.FURNITURE
            out.append(Section(Span(start, end), kind, name))
    return out


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A block as one piece, or each heading and furniture line by itself and the runs of prose between them."""
    pieces: list[tuple[int, int]] = []
    run: int | None = None
    place = start
    for line in text[start:end].splitlines(keepends=True):
        apart = bool(_heading(line.strip()) or furniture(plain_view(line)))
        if apart and len(line.rstrip()) < end - start:
            if run is not None:
                pieces.append((run, place))
            pieces.append((place, place + len(line)))
            run = None
        elif run is None:
            run = place
        place += len(line)
    if run is not None:
        pieces.append((run, end))
    return [(s, s + len(text[s:e].rstrip())) for s, e in pieces if text[s:e].strip()]


def _heading(words: str) -> str | None:
    line = words.strip()
    if "\n" in line:
        return None
    m = _HEADING.match(line) or _BOLD_HEADING.match(line)
    if m is not None:
        return " ".join(plain_view(m["name"]).replace("*", " ").split()) or None
    bare = line.rstrip(":")
    if len(bare) <= 40 and any(pattern.fullmatch(bare) for _, pattern in _NAMES):
        return bare
    return None


def _looks_like_title(words: str) -> bool:
    line = words.strip()
    return "\n" not in line and 15 <= len(line) <= 250 and not re.search(r"[.;,]$|[.!?]\s+[A-Z]", line)


def _heads(text: str, words: str, end: int) -> bool:
    """True for a first line with a full stop that heads a much longer block: a title as PubMed prints it."""
    line = words.strip()
    rest = text[end:].lstrip()
    block = re.split(r"\n[ \t]*\r?\n", rest, maxsplit=1)[0]
    apart = re.match(r"[ \t]*\r?\n[ \t]*\r?\n", text[end:]) is not None
    one = "\n" not in line and 15 <= len(line) <= 250 and not re.search(r"[.!?]\s+[A-Z]|%|[Pp]\s?[<=]", line)
    return one and apart and len(block) > 3 * len(line)


def _kind(front: Mapping[str, Any], text: str, pieces: list[str], sections: list[Section]) -> ArticleKind:
    given = str(front.get("kind") or "").casefold()
    if given in set(ArticleKind):
        return ArticleKind(given)
    page = any(re.match(r"\s*(?:posted|by)\b\s*:", p, re.I) for p in pieces)
    kinds = {s.kind for s in sections}
    reports = SectionKind.ABSTRACT not in kinds and _REPORTS_ON.search(plain_view(text))
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


def _primary_source(text: str) -> str | None:
    links = list(_PUBMED.finditer(text))
    told = [m for m in links if _TELLS.search(text[max(0, m.start() - 160) : m.start()])]
    if links:
        return f"pmid:{(told or links)[0][1]}"
    m = _REPORTS_ON.search(plain_view(text))
    return re.split(r"(?<=[a-z]{3})\.\s", " ".join(m["journal"].split()))[0].rstrip(".") if m else None
