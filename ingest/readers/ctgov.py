"""ClinicalTrials.gov records (API version 2, JSON): one record, search results, arrays, JSON lines, wrapped ones."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from ingest.article import ArticleKind, SectionKind, article_iri
from ingest.readers.building import TextBuilder
from ingest.readers.ctgov_analyses import analyses_of
from ingest.readers.ctgov_events import sheets_of
from ingest.readers.ctgov_fields import Fields, part, words
from ingest.readers.ctgov_flow import baseline_sheet, flow_sheets
from ingest.readers.ctgov_outcomes import outcomes_of, sheet_of
from ingest.readers.ctgov_protocol import (
    publications_of,
    registrations_of,
    study_of,
    write_protocol,
    write_references,
)
from ingest.readers.ctgov_sheet import Placed, Sheet
from ingest.readers.dates import read_date
from ingest.readers.errors import ReadError
from ingest.readers.json_records import head_of, json_objects
from ingest.readers.source import Format, Item, Source
from ingest.registry import RegistryArticle, Result

LICENCE = "public domain (ClinicalTrials.gov, U.S. National Library of Medicine)"
MAX_RESULTS = 20_000
"""Results of one record; what comes behind is in the text alone."""
LISTS = ("studies", "Studies", "results", "records", "trials", "data", "items")
"""Keys of an input whose arrays hold records."""
_SIGNS = re.compile(r'"(?:protocolSection|resultsSection|derivedSection|identificationModule)"\s*:|"FullStudies')
_SEARCH = re.compile(r'\{\s*(?:"(?:totalCount|nextPageToken)"\s*:\s*[^,{}\[\]]*,\s*)*"studies"\s*:\s*\[')
_OLD = ("FullStudiesResponse", "FullStudy", "StudyFieldsResponse", "Study")
_NCT = re.compile(r"NCT\d{8}", re.I)
WRAPPED = 4
"""How deep a record may be wrapped."""


def read_record(record: Fields, name: str, place: str) -> RegistryArticle:
    """The article of one study record. Raises ReadError for what is none."""
    protocol = part(record, "protocolSection")
    registrations = registrations_of(protocol)
    if not registrations or not _NCT.fullmatch(registrations[0]):
        raise ReadError(name, place, "a study record without its NCT number")
    builder, sheets = TextBuilder(), list[Sheet]()
    write_protocol(builder, protocol)
    told = list(_sheets(record))
    if told:
        builder.heading("Results", kind=SectionKind.RESULTS)
    for sheet in told:
        builder.table(sheet.raw)
        sheets.append(sheet)
    write_references(builder, protocol)
    built = builder.finish()
    tables = {table.id: table for table in built.tables}
    placed = ((s, Placed(tables[s.raw.id], built.text)) for s in sheets if s.raw.id is not None and s.raw.id in tables)
    results = chain.from_iterable(s.results(p) for s, p in placed if s.results is not None)
    found = tuple(_first(results))
    module, status = part(protocol, "identificationModule"), part(protocol, "statusModule")
    sponsor = words(part(protocol, "sponsorCollaboratorsModule", "leadSponsor"), "name")
    sponsor = sponsor or words(part(module, "organization"), "fullName")
    dates = [words(part(status, key), "date") for key in ("resultsFirstPostDateStruct", "studyFirstPostDateStruct")]
    return RegistryArticle(
        id=article_iri(registration=registrations[0], sha256=hashlib.sha256(built.text.encode()).hexdigest()),
        text=built.text,
        kind=ArticleKind.REGISTRY_RECORD,
        sections=built.sections,
        tables=built.tables,
        title=words(module, "officialTitle") or words(module, "briefTitle") or None,
        authors=(sponsor,) if sponsor else (),
        journal="ClinicalTrials.gov",
        published=next((d for date in dates if date and (d := read_date(date))), None),
        registration=registrations[0],
        registrations=registrations,
        language="en",
        licence=LICENCE,
        types=tuple(t for t in (words(part(protocol, "designModule"), "studyType"),) if t),
        publications=publications_of(protocol),
        no_evidence=None if found else "registry record without results",
        study=study_of(record),
        results=found,
    )


def _first(results: Iterator[Result]) -> Iterator[Result]:
    for number, result in enumerate(results):
        if number == MAX_RESULTS:
            return
        yield result


def _sheets(record: Fields) -> Iterator[Sheet]:
    yield from flow_sheets(record)
    baseline = baseline_sheet(record)
    if baseline is not None:
        yield baseline
    for outcome in outcomes_of(record):
        yield sheet_of(outcome)
        analyses = analyses_of(outcome)
        if analyses is not None:
            yield analyses
    yield from sheets_of(record)


def _records(found: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The study records in an object of the input: itself, or what is wrapped in it."""
    if isinstance(found, list):
        for item in found:
            yield from _records(item, depth + 1)
    elif isinstance(found, Mapping) and "protocolSection" in found:
        yield found
    elif isinstance(found, Mapping) and depth < WRAPPED:
        for value in found.values():
            if isinstance(value, list | Mapping):
                yield from _records(value, depth + 1)


def _read(source: Source) -> Iterator[Item]:
    number = 0
    for found in json_objects(source, LISTS):
        if isinstance(found, ReadError):
            number += 1
            yield found
            continue
        inside = list(_records(found))
        if not inside:
            number += 1
            old = next((key for key in _OLD if key in found), None)
            reason = "no study record in it" if old is None else "the form of the API before version 2: fetch it anew"
            yield ReadError(source.name, f"record {number}", reason)
        for record in inside:
            number += 1
            try:
                yield read_record(record, source.name, f"record {number}")
            except ReadError as error:
                yield error
    if not number:
        raise ReadError(source.name, "whole file", "it holds no study record")


def _tells(source: Source) -> bool:
    head = head_of(source.head)
    return head.startswith(("{", "[")) and (_SIGNS.search(head) is not None or _SEARCH.match(head) is not None)


CTGOV = Format("ctgov", (".json", ".jsonl", ".ndjson"), _tells, _read)
"""Study records of ClinicalTrials.gov, API version 2."""
