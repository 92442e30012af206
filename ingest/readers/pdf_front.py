"""The first page of a PDF: its title, what stands around it, and the ids and the date printed there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.building import clean_words
from ingest.readers.dates import read_date
from ingest.readers.ids import doi_in
from ingest.readers.pdf_blocks import Placed, is_heading
from ingest.readers.pdf_hyphens import Hyphens
from ingest.readers.registries import registry_ids

_NO_TITLE = re.compile(
    r"(?:microsoft word\b.*|untitled.*|document\d*|.*\.(?:docx?|pdf|indd|tex|qxd|dvi|ps|fm|rtf)|\S*|[\d\W]*"
    r"|.{0,12}\d{4,}.{0,12})", re.I
)  # fmt: skip
_OPENS = re.compile(
    r"(?:abstract|summary|background|introduction|objectives?|purpose|aims?|importance|context|rationale|key points)\b",
    re.I,
)
_DOI = re.compile(r"\bdoi\b|doi\.org", re.I)
_PMID = re.compile(r"\bPMID:?\s{0,3}(\d{5,9})\b")
_DATE = re.compile(r"\b(?:published|accepted|available online|first published|date of publication)\b[^.;]{0,60}", re.I)
_LONG_TITLE = 400


@dataclass(frozen=True)
class Front:
    """What the first page tells. ``above`` are the lines around the title, ``rest`` all that follows it."""

    title: str | None
    above: tuple[str, ...]
    rest: list[Placed]
    authors: tuple[str, ...] = ()
    doi: str | None = None
    pmid: str | None = None
    published: str | None = None
    registrations: tuple[str, ...] = ()


def read_front(placed: Sequence[Placed], body: float, info: dict[str, str], hyphens: Hyphens) -> Front:
    """The front matter of lines in reading order; ``info`` is the file's own metadata."""
    first = min((p.page for p in placed), default=0)
    page = [p for p in placed if p.page == first]
    all_words = "\n".join(p.line.text for p in page)
    heads = _title_lines(page, body, info)
    title = None
    if heads:
        title = page[heads[0]].line.text
        for n in heads[1:]:
            title = hyphens.join(title, page[n].line.text)
        title = re.sub(r"(?<=[a-z])[*†‡]+$", "", clean_words(title))
    named = _named(info)
    if named is not None and (not heads or _same(named, title or "")):
        title = named
    start = heads[-1] + 1 if heads else 0
    opens = next((n for n in range(start, len(page)) if _is_opening(page, n, body)), None)
    end = opens if opens is not None else start
    above = [p.line.text for n, p in enumerate(page[:end]) if n not in heads]
    dois = [d for p in page if _DOI.search(p.line.text) and (d := doi_in(p.line.text))]
    date = _DATE.search(all_words)
    pmid = _PMID.search(all_words)
    names = [n for n in re.split(r"\s*[;,]\s*|\s+and\s+", info.get("Author", "")) if " " in n.strip()]
    return Front(
        title=title,
        above=tuple(above),
        rest=[*page[end:], *(p for p in placed if p.page != first)],
        authors=tuple(clean_words(n) for n in names) if len(names) > 1 else (),
        doi=dois[0] if dois else doi_in(info.get("doi") or info.get("WPS-ARTICLEDOI")),
        pmid=pmid[1] if pmid else None,
        published=read_date(date[0]) if date else None,
        registrations=registry_ids(" ".join(all_words.split())),
    )


def _title_lines(page: Sequence[Placed], body: float, info: dict[str, str]) -> list[int]:
    """Places of the title's lines: those of the file's title, else the first run in the largest letters."""
    named = _named(info)
    if named is not None:
        same = [n for n, p in enumerate(page) if len(p.line.text) > 5 and _bare(p.line.text) in _bare(named)]
        runs = [n for n in same if n - 1 in same or n + 1 in same or _same(page[n].line.text, named)]
        if runs:
            return _run(page, runs[0])
    for size in sorted({round(p.line.size, 1) for p in page if p.line.size > 1.05 * body}, reverse=True):
        for n, p in enumerate(page):
            if round(p.line.size, 1) == size and not p.furniture:
                run = _run(page, n)
                words = " ".join(page[m].line.text for m in run)
                if 3 <= len(words.split()) <= 60 and 15 <= len(words) <= _LONG_TITLE and not _OPENS.match(words):
                    return run
    for n, p in enumerate(page[:12]):
        if p.line.bold and not p.furniture and n + 1 < len(page) and not _is_opening(page, n, body):
            run = _run(page, n)
            if 4 <= sum(len(page[m].line.text.split()) for m in run) <= 60:
                return run
    return []


def _run(page: Sequence[Placed], start: int) -> list[int]:
    out = [start]
    for n in range(start + 1, min(start + 8, len(page))):
        a, b = page[out[-1]].line, page[n].line
        if abs(a.size - b.size) > 0.3 or a.bold != b.bold or not -2 < b.top - a.bottom < 1.2 * b.size:
            break
        out.append(n)
    return out


def _is_opening(page: Sequence[Placed], number: int, body: float) -> bool:
    """True where the article's own text begins."""
    line = page[number].line
    if page[number].furniture:
        return False
    if _OPENS.match(line.text):
        return True
    return is_heading(line, body, None) and re.match(r"\d", line.text) is not None


def _named(info: dict[str, str]) -> str | None:
    title = clean_words(info.get("Title", ""))
    return title if 15 <= len(title) <= _LONG_TITLE and not _NO_TITLE.fullmatch(title) else None


def _bare(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.casefold())


def _same(a: str, b: str) -> bool:
    a, b = _bare(a), _bare(b)
    return bool(a and b) and (a == b or a in b or b in a)
