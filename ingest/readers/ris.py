"""RIS and Web of Science exports, record by record; rispy knows the tags, and what each record lacks is forgiven."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import rispy

from ingest.readers.building import clean_words
from ingest.readers.citation import Citation, Part, article_of
from ingest.readers.dates import read_date
from ingest.readers.errors import ReadError
from ingest.readers.ids import doi_in, pmid_of, pubmed_link
from ingest.readers.lines import text_lines
from ingest.readers.nbib import given_first
from ingest.readers.partial_dates import earliest, iso_date
from ingest.readers.registries import registry_ids
from ingest.readers.source import Format, Item, Source
from ingest.readers.tongue import tongue_of
from ingest.readers.whole import plain_head

MAX_RECORD = 50_000
"""Lines of one record."""
BEFORE = 20
"""Lines that may stand before the first record of a file."""

_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9]) {1,2}-(?: (?P<words>.*))?\s*")
_FIRST = re.compile(rb"(?:[^\n]{0,300}\n){0,%d}?TY {1,2}- ?[A-Za-z]{3,10}[ \t]*\n" % BEFORE)
_WOS = re.compile(rb"(?:FN [^\n]{2,80}\n(?:VR [^\n]{1,20}\n)?)?\n?PT [A-Z][ \t]*\n(?:AU|BA|CA|GP|TI) ")
_DATE = re.compile(r"(?P<year>\d{4})(?:[/-](?P<month>\d{0,2})(?:[/-](?P<day>\d{0,2})(?:/.*)?)?)?")
_ARTICLES = dict.fromkeys(("JOUR", "EJOUR", "JFULL", "INPR"), "Journal Article")
_REPORTS = frozenset(
    {
        "JOUR",
        "EJOUR",
        "JFULL",
        "INPR",
        "ABST",
        "CPAPER",
        "RPRT",
        "UNPB",
        "GEN",
        "ELEC",
        "MGZN",
        "NEWS",
        "BLOG",
        "GOVDOC",
    }
)
"""What may report a study; songs, maps, bills and data sets do not."""
_TYPES = {**rispy.TYPE_OF_REFERENCE_MAPPING, **_ARTICLES, "CONF": "Conference Proceedings", "THES": "Thesis"}


def _tells(source: Source) -> bool:
    return _FIRST.match(_head(source)) is not None or _is_wos(source)


def _head(source: Source) -> bytes:
    return plain_head(source).replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _is_wos(source: Source) -> bool:
    return _WOS.match(_head(source)) is not None


def _read(source: Source) -> Iterator[Item]:
    wos = _is_wos(source)
    parser = rispy.WokParser(skip_unknown_tags=True) if wos else rispy.RisParser()
    number = 0
    for number, (line, lines) in enumerate(_wos_records(source) if wos else _ris_records(source), 1):
        place = f"record {number}, line {line}"
        record = _parsed(parser, lines)
        if record is None:
            yield ReadError(source.name, place, "not a record of RIS")
            continue
        article = article_of(_of_wos(record) if wos else _of_ris(record), source.given_id)
        yield article or ReadError(source.name, place, "neither a title nor an abstract")
    if not number:
        raise ReadError(source.name, "whole file", "it holds no record")


def _parsed(parser: Any, lines: list[str]) -> Mapping[str, Any] | None:
    """The one record that rispy finds in ``lines``; None where it finds none, or stumbles over what goes on where."""
    try:
        found: list[dict[str, Any]] = parser.parse_lines(iter(lines))
    except (KeyError, AttributeError, TypeError):
        return None
    return found[0] if len(found) == 1 else None


def _ris_records(source: Source) -> Iterator[tuple[int, list[str]]]:
    """The lines of each record, as rispy takes them; its end and its beginning may be missing."""
    held: list[str] = []
    begin = 0
    for number, line in text_lines(source):
        m = _TAG.fullmatch(line)
        tag = m["tag"] if m else None
        if held and tag in ("TY", "ER"):
            yield begin, [*held, "ER  - "]
            held = []
        if tag is not None and tag != "ER" and not held:
            begin, held = number, [] if tag == "TY" else ["TY  - GEN"]
        if (held or tag == "TY") and tag != "ER":
            held.append(f"{tag}  - {m['words'] or ''}" if m else line)
        if len(held) > MAX_RECORD:
            raise ReadError(source.name, f"line {number}", f"a record of more than {MAX_RECORD:,} lines")
    if held:
        yield begin, [*held, "ER  - "]


def _wos_records(source: Source) -> Iterator[tuple[int, list[str]]]:
    held: list[str] = []
    begin = 0
    for number, line in text_lines(source):
        if line.startswith("PT ") or line.rstrip() in ("ER", "EF"):
            if held:
                yield begin, [*held, "ER"]
            held, begin = [], number
        if (held or line.startswith("PT ")) and line.strip():
            held.append(line)
        if len(held) > MAX_RECORD:
            raise ReadError(source.name, f"line {number}", f"a record of more than {MAX_RECORD:,} lines")
    if held:
        yield begin, [*held, "ER"]


def _of_ris(record: Mapping[str, Any]) -> Citation:
    def first(*names: str) -> str | None:
        return next((words for name in names if (words := clean_words(str(record.get(name) or "")))), None)

    links = [str(u) for u in record.get("urls") or ()]
    abstract = first("abstract", "notes_abstract")
    kind = str(record.get("type_of_reference") or "").upper()
    number = first("accession_number")
    medical = re.search(r"pubmed|medline|pmid", f"{first('name_of_database')} {number}", re.I)
    name = _TYPES.get(kind)
    dates = [_date(first(name)) for name in ("year", "publication_year", "date")]
    notes = [str(n) for n in record.get("notes") or ()]
    language = first("language")
    return Citation(
        title=first("title", "primary_title", "short_title"),
        original_title=first("translated_title"),
        abstract=[Part(abstract)] if abstract else [],
        authors=[given_first(a) for name in ("first_authors", "authors") for a in record.get(name) or ()],
        journal=first("alternate_title3", "journal_name", "secondary_title", "alternate_title2", "alternate_title1"),
        published=earliest(date for date in dates if date),
        doi=doi_in(first("doi")) or next((d for u in links if (d := doi_in(u))), None),
        pmid=(pmid_of(number) if medical else None) or next((p for u in links if (p := pubmed_link(u))), None),
        language=tongue_of(abstract or "") or (language.casefold() if language else None),
        types=[words for words in (name, first("type_of_work")) if words],
        registrations=registry_ids(" ".join(notes)),
        more={"no_evidence": f"not a report of a study: {name.lower()}"} if name and kind not in _REPORTS else {},
    )


def _of_wos(record: Mapping[str, Any]) -> Citation:
    def first(name: str) -> str | None:
        return clean_words(str(record.get(name) or "")) or None

    abstract = first("abstract")
    year, month = first("publication_year"), (first("publication_date") or "").split(" ")
    return Citation(
        title=first("document_title"),
        abstract=[Part(abstract)] if abstract else [],
        authors=[given_first(a) for a in record.get("author_full_name") or record.get("authors") or ()],
        journal=first("publication_name"),
        published=iso_date(year, month[0], month[1] if len(month) > 1 else None),
        doi=doi_in(first("doi")),
        pmid=pmid_of(first("pubmed_id")),
        language=tongue_of(abstract or "") or (first("language") or "").casefold() or None,
        types=[t for t in clean_words(first("document_type") or "").split("; ") if t],
    )


def _date(words: str | None) -> str | None:
    m = _DATE.fullmatch(words or "")
    return iso_date(m["year"], m["month"], m["day"]) if m else read_date(words or "")


RIS = Format("ris", (".ris",), _tells, _read)
"""RIS of any exporter, and the tagged format of Web of Science."""
