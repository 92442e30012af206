"""The passages of an article that may answer a question: sentences, and lines that a table left in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingest.article import Article, SectionKind, Span
from ingest.readers.sections import kind_of_heading
from ingest.sentences import split_sentences

MAX_PASSAGES = 20_000
"""Of one article; what comes behind is left out: no question looks through more."""


class PassageKind(StrEnum):
    """A sentence, or a run of cells: a row of a table."""

    SENTENCE = "sentence"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Passage:
    """A range of the text; ``section`` is what its part is for, ``abstract`` whether it is the abstract's.

    ``place`` is where it begins, as a share of the text.
    """

    span: Span
    kind: PassageKind
    section: SectionKind
    abstract: bool
    place: float


_LINE = re.compile(r"[^\n]*\n?")
_HEADING = re.compile(r"(?P<words>[^\n.:;]{0,60}(?:\.[^\n:;]{1,80})?[^\n.;]{0,40}?):{0,3}\s*")
_CELL = re.compile(
    r"[\d\s.,·:;()\[\]{}%<>=≤≥±+*/†‡§¶#–—−-]*(?:(?:[Pp]|NS|N\.S\.|SD|SE|CI|vs|NA|n|to)[\d\s.,()%<>=–—−-]*)*"
)


def passages_of(article: Article, view: str) -> tuple[Passage, ...]:
    """The passages of the article's content in order; ``view`` is its text without markup, of the same length."""
    out: list[Passage] = []
    total = max(1, len(view))
    tables = [t.span for t in article.tables]
    kind, abstract = SectionKind.BODY, False
    for section in article.sections:
        words = section.span.of(view)
        if section.kind is SectionKind.TABLE or any(t.contains(section.span) for t in tables):
            out += [
                Passage(row, PassageKind.ROW, SectionKind.TABLE, False, row.start / total)
                for row in _lines(view, section.span)
            ]
            continue
        if section.kind is SectionKind.FURNITURE:
            kind, abstract = _after_heading(words, kind, abstract)
            continue
        own = section.kind if section.kind is not SectionKind.BODY else None
        for span, told in _pieces(view, section.span):
            if told is not None:
                kind, abstract = _after_heading(told, kind, abstract)
                continue
            here = own or kind
            out += [
                Passage(s, what, here, abstract or here is SectionKind.ABSTRACT, s.start / total)
                for s, what in _cut(view, span)
            ]
        if len(out) > MAX_PASSAGES:
            break
    return tuple(out[:MAX_PASSAGES])


def _after_heading(words: str, kind: SectionKind, abstract: bool) -> tuple[SectionKind, bool]:
    """What holds behind a heading; "ABSTRACT.RESULTS:" names two, the outer first."""
    parts = [p.strip(" :#*\t\r\n0123456789") for p in re.split(r"[.:]\s*", words.strip())]
    for part in parts:
        if re.fullmatch(r"(?:the\s+)?(?:structured\s+)?abstract", part, re.I):
            abstract, kind = True, SectionKind.ABSTRACT
        elif re.fullmatch(r"body|main text|full text|introduction", part, re.I):
            abstract, kind = False, SectionKind.BODY
        if (known := kind_of_heading(part)) is not None and known is not SectionKind.ABSTRACT:
            kind = known
    return kind, abstract


def _lines(view: str, span: Span) -> Iterator[Span]:
    """The lines of a range that hold something, without the blanks around them."""
    for m in _LINE.finditer(view, span.start, span.end):
        if m[0].strip():
            start = m.start() + len(m[0]) - len(m[0].lstrip())
            yield Span(start, start + len(m[0].strip()))


def _pieces(view: str, span: Span) -> Iterator[tuple[Span, str | None]]:
    """A section cut at lines that are headings: each run of other lines, and the words of each heading."""
    begin: int | None = None
    last = span.start
    for line in _lines(view, span):
        words = line.of(view)
        if _is_heading(words):
            if begin is not None:
                yield Span(begin, last), None
            begin = None
            yield line, words
            continue
        begin = line.start if begin is None else begin
        last = line.end
    if begin is not None:
        yield Span(begin, last), None


def _is_heading(words: str) -> bool:
    if len(words) > 120 or not (m := _HEADING.fullmatch(words)) or not any(c.isalpha() for c in words):
        return False
    return words.endswith(":") and (
        words.isupper() or kind_of_heading(m["words"].rpartition(".")[2].strip()) is not None
    )


def _cut(view: str, span: Span) -> Iterator[tuple[Span, PassageKind]]:
    """Sentences; where the lines are cells that a table left, its rows: words and the numbers behind them."""
    for sentence in split_sentences(view, span.start, span.end):
        lines = list(_lines(view, sentence))
        if len(lines) < 3 or sum(map(len, lines)) / len(lines) > 60:
            yield sentence, PassageKind.SENTENCE
            continue
        row: list[Span] = []
        for line in lines:
            if row and not _is_cell(line.of(view)) and _is_cell(row[-1].of(view)):
                yield Span(row[0].start, row[-1].end), PassageKind.ROW
                row = []
            row.append(line)
        yield Span(row[0].start, row[-1].end), PassageKind.ROW


def _is_cell(words: str) -> bool:
    return _CELL.fullmatch(words[:60]) is not None
