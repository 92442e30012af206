"""MEDLINE records as PubMed and ERIC export them (.nbib): tags of up to four letters, a dash, and the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ingest.notices import Notice, NoticeKind
from ingest.readers.building import clean_words
from ingest.readers.citation import Citation, Part, article_of
from ingest.readers.dates import read_date
from ingest.readers.errors import ReadError
from ingest.readers.ids import doi_in, pmcid_of, pmid_of
from ingest.readers.lines import text_lines
from ingest.readers.partial_dates import earliest, iso_date
from ingest.readers.pubmed_dates import medline_date
from ingest.readers.pubmed_record import RETRACTED, language_of, title_of
from ingest.readers.registries import registry_ids
from ingest.readers.source import Format, Item, Source
from ingest.readers.whole import plain_head

MAX_RECORD = 50_000
"""Lines of one record."""

Fields = Mapping[str, list[str]]
"""The values of each tag, in order."""

_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,3}- ?(?P<words>.*)")
_FIRST = re.compile(rb"(?:PMID *- ?\d|(?:OWN|STAT|DCOM|LR|UI) *- )")
_BEGINS = ("PMID", "OWN")
_NOTICES = {
    "RIN": (NoticeKind.RETRACTION, False),
    "ROF": (NoticeKind.RETRACTION, True),
    "RRI": (NoticeKind.RETRACTION, False),
    "RRF": (NoticeKind.REPUBLICATION, True),
    "PRIN": (NoticeKind.CORRECTION, False),
    "PROF": (NoticeKind.CORRECTION, True),
    "EIN": (NoticeKind.CORRECTION, False),
    "EFR": (NoticeKind.CORRECTION, True),
    "ECI": (NoticeKind.CONCERN, False),
    "ECF": (NoticeKind.CONCERN, True),
    "CRI": (NoticeKind.REPUBLICATION, False),
    "CRF": (NoticeKind.REPUBLICATION, True),
    "RPI": (NoticeKind.REPUBLICATION, False),
    "RPF": (NoticeKind.REPUBLICATION, True),
    "CIN": (NoticeKind.COMMENT, False),
    "CON": (NoticeKind.COMMENT, True),
}


def _tells(source: Source) -> bool:
    return _FIRST.match(plain_head(source)) is not None


def _read(source: Source) -> Iterator[Item]:
    number = 0
    for number, (line, fields) in enumerate(records(source), 1):
        pmid = next(iter(fields.get("PMID", ())), None)
        place = f"record {number}{f' (PMID {pmid})' if pmid else ''}, line {line}"
        article = article_of(citation_of(fields), source.given_id)
        yield article or ReadError(source.name, place, "neither a title nor an abstract")
    if not number:
        raise ReadError(source.name, "whole file", "it holds no record")


def records(source: Source) -> Iterator[tuple[int, Fields]]:
    """The fields of each record, and the line on which it begins.

    An empty line ends a record where a new one begins behind it; a PMID begins one anywhere.
    """
    fields: dict[str, list[str]] = {}
    begin = count = 0
    last: list[str] | None = None
    ended = False
    for number, line in text_lines(source):
        if not line.strip():
            ended = True
            continue
        m = _TAG.match(line)
        if m is not None:
            if fields and (m["tag"] == "PMID" or (ended and m["tag"] in _BEGINS)):
                yield begin, fields
                fields, last, count = {}, None, 0
            begin = begin if fields else number
            last = fields.setdefault(m["tag"], [])
            last.append(m["words"].strip())
        elif last is not None and line[0] == " ":
            last[-1] += " " + line.strip()
        ended, count = False, count + 1
        if count > MAX_RECORD:
            raise ReadError(source.name, f"line {number}", f"a record of more than {MAX_RECORD:,} lines")
    if fields:
        yield begin, fields


def citation_of(fields: Fields) -> Citation:
    """The record of its fields."""

    def first(*tags: str) -> str | None:
        return next((clean_words(v) for tag in tags for v in fields.get(tag, ()) if v.strip()), None)

    abstract, language = first("AB"), None
    types = [clean_words(t) for t in fields.get("PT", ())]
    if abstract is None and (other := first("OAB")) is not None:
        abstract, language = other, first("OABL")
    if "BTI" in fields:
        types = ["Book Chapter" if "TI" in fields else "Book", *types]
    dates = [_date(d) for d in fields.get("DP", ())] + [_run_together(d) for d in fields.get("DEP", ())]
    return Citation(
        title=title_of(first("TI", "BTI", "CTI") or ""),
        original_title=first("TT"),
        abstract=[Part(abstract)] if abstract else [],
        authors=[given_first(a) for a in fields.get("FAU", fields.get("AU", []))] + list(fields.get("CN", ())),
        journal=first("JT", "TA") or (first("BTI") if "TI" in fields else None),
        published=earliest(date for date in dates if date),
        doi=next((d for v in (*fields.get("LID", ()), *fields.get("AID", ())) if (d := doi_in(v))), None),
        pmid=pmid_of(first("PMID")),
        pmcid=pmcid_of(first("PMC")),
        language=language or language_of([v.strip().casefold() for v in fields.get("LA", ())], bool(abstract)),
        types=types,
        registrations=registry_ids(" ".join(fields.get("SI", ()))),
        notices=tuple(sorted(_notices(fields), key=lambda n: (n.kind, n.source or "", n.of_other))),
        retracted=RETRACTED in types,
    )


def given_first(name: str) -> str:
    """A name as "Given Family".

    >>> given_first("Muster, Anna B"), given_first("Doe, J., Jr."), given_first("FICT Group")
    ('Anna B Muster', 'J. Doe Jr.', 'FICT Group')
    """
    family, *given = [clean_words(part) for part in name.split(",")]
    return clean_words(" ".join([*given[:1], family, *given[1:]]))


def _notices(fields: Fields) -> set[Notice]:
    found = set()
    for tag, (kind, of_other) in _NOTICES.items():
        for words in fields.get(tag, ()):
            m = re.search(r"PMID: ?(\d{1,9})", words)
            found.add(Notice(kind, f"pmid:{m[1]}" if m else clean_words(words)[:300] or None, of_other))
    return found


def _date(words: str) -> str | None:
    exact = medline_date(words)
    return read_date(words) if exact is not None and len(exact) == 4 and not words[:1].isdigit() else exact


def _run_together(words: str) -> str | None:
    return iso_date(words[:4], words[4:6], words[6:8])


NBIB = Format("nbib", (".nbib", ".medline"), _tells, _read)
"""What PubMed's "Citation manager" and its format PubMed give."""
