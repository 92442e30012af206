"""A text cut into titled sections, with the furniture of its page told from its content."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.article import Section, SectionKind, Span
from ingest.readers.furniture import furniture
from ingest.readers.labels import labelled
from ingest.view import plain_view

_BLOCK = re.compile(r"\S(?:.|\r?\n(?![ \t]*\r?\n))*", re.M)


_HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<name>.+?)\s*#*\s*$")


_BOLD_HEADING = re.compile(r"^(?:\*\*|__)(?P<name>[^*_\n]{2,60})(?:\*\*|__):?$")


_NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,4}(?=[.)]))[.):]?\s+")


_NAMES: tuple[tuple[SectionKind, re.Pattern[str]], ...] = (
    (
        SectionKind.KEY_POINTS,
        re.compile(r"^(?:key (?:points?|findings?|messages?)|at a glance|summary|in brief|highlights)$", re.I),
    ),
    (SectionKind.ABSTRACT, re.compile(r"^abstract$", re.I)),
    (
        SectionKind.BACKGROUND,
        re.compile(
            r"^(?:background|introduction|context|rationale|importance|objectives?|aims?|purpose|study objectives?"
            r"|hypothes[ei]s|why (?:it|this) matters|previous studies)\b",
            re.I,
        ),
    ),
    (
        SectionKind.METHODS,
        re.compile(
            r"^(?:(?:patients?|materials?) and methods?|methods?|study design|design|the study$|the trial$"
            r"|how the (?:study|trial) was done|(?:clinical )?trial registration|participants|trial design|setting"
            r"|subjects|interventions?|methodology"
            r"|(?:main |primary )outcomes?|measurements?|data sources?|outcome measures?)\b(?!.*(?:results|findings))",
            re.I,
        ),
    ),
    (
        SectionKind.RESULTS,
        re.compile(
            r"^(?:results?|findings|what (?:the|they|was) \w+|outcomes|efficacy|safety|main results"
            r"|measurements and main results|methods and (?:results|findings))\b",
            re.I,
        ),
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
            r"^(?:references?|bibliography|keywords?|acknowledge?ments?|disclosures?|funding|source"
            r"|publication metadata|related \w+|further reading|conflicts? of interest"
            r"|about the authors?)\b",
            re.I,
        ),
    ),
)


@lru_cache(maxsize=4096)
def kind_of_heading(words: str) -> SectionKind | None:
    """What a section with this heading is for, whatever its number; None where the heading does not tell.

    >>> kind_of_heading("Materials and methods"), kind_of_heading("Study 1"), kind_of_heading("3.1. Results")
    (<SectionKind.METHODS: 'methods'>, None, <SectionKind.RESULTS: 'results'>)
    """
    words = _NUMBER.sub("", words)
    return next((kind for kind, pattern in _NAMES if pattern.search(words)), None)


def cut_sections(text: str, offset: int) -> list[Section]:
    """Sections from ``offset`` on, in order and apart; what stands before it is front matter."""
    out: list[Section] = []
    if offset:
        out.append(Section(Span(0, offset), SectionKind.FURNITURE, "front matter"))
    kind, name, titled, seen_prose = SectionKind.BODY, None, False, False
    for block in _BLOCK.finditer(text, offset):
        for start, end in _lines(text, block.start(), block.end()):
            words = text[start:end]
            heading = _heading(words)
            if heading is not None:
                known = kind_of_heading(heading)
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
            for begin, stop, label in labelled(text, start, end):
                if label is not None:
                    known = kind_of_heading(label)
                    kind, name = known or SectionKind.BODY, " ".join(label.split())
                out.append(Section(Span(begin, begin + len(text[begin:stop].rstrip())), kind, name))
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
