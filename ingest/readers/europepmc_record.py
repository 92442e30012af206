"""One record of a search at Europe PMC as a Citation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.notices import Notice
from ingest.readers.building import clean_words
from ingest.readers.citation import Citation, Part
from ingest.readers.ids import doi_in, pmcid_of, pmid_of
from ingest.readers.inline_markup import blocks_of, line_of
from ingest.readers.partial_dates import earliest, iso_date
from ingest.readers.pubmed_fields import notice_type
from ingest.readers.pubmed_record import RETRACTED, language_of, title_of


def citation_of(record: Mapping[str, Any]) -> Citation:
    """What a record of a search says; fields that are not as they should be count as absent."""
    types = [bare for t in _listed(record, "pubTypeList", "pubType") if isinstance(t, str) and (bare := clean_words(t))]
    abstract = list(_parts(_words(record, "abstractText")))
    language = clean_words(_words(record, "language")).casefold()
    preprint = _words(record, "source") == "PPR"
    journal = line_of(_words(record, "journalInfo", "journal", "title"))
    return Citation(
        title=title_of(line_of(_words(record, "title"))),
        abstract=abstract,
        authors=list(_authors(record)),
        journal=journal
        or (clean_words(_words(record, "bookOrReportDetails", "publisher")) if preprint else "")
        or None,
        published=_published(record, preprint),
        doi=doi_in(_words(record, "doi")),
        pmid=pmid_of(_words(record, "pmid") or (_words(record, "id") if record.get("source") == "MED" else "")),
        pmcid=pmcid_of(_words(record, "pmcid")),
        language=language_of([language] if language else [], bool(abstract)),
        types=types,
        notices=sorted(set(_notices(record)), key=lambda n: (n.kind, n.source or "", n.of_other)),
        retracted=RETRACTED.casefold() in map(str.casefold, types),
        more={"licence": clean_words(_words(record, "license")) or None},
    )


def _parts(abstract: str) -> Iterator[Part]:
    label: str | None = None
    for is_head, words in blocks_of(abstract):
        if is_head:
            label = words.rstrip(": ")
        else:
            yield Part(words, label)
            label = None


def _words(record: Any, *path: str) -> str:
    for key in path:
        record = record.get(key) if isinstance(record, dict) else None
    return record if isinstance(record, str) else ""


def _listed(record: Mapping[str, Any], outer: str, inner: str) -> list[Any]:
    found = record.get(outer)
    found = found.get(inner) if isinstance(found, dict) else None
    return found if isinstance(found, list) else []


def _authors(record: Mapping[str, Any]) -> Iterator[str]:
    listed = _listed(record, "authorList", "author")
    for author in listed:
        whole = clean_words(f"{_words(author, 'firstName')} {_words(author, 'lastName')}")
        whole = whole if _words(author, "lastName") else ""
        if name := whole or clean_words(_words(author, "fullName") or _words(author, "collectiveName")):
            yield name
    if not listed:
        for part in _words(record, "authorString").rstrip(". ").split(","):
            if name := clean_words(part):
                yield name


def _published(record: Mapping[str, Any], preprint: bool) -> str | None:
    """No more precise than the source: ``firstPublicationDate`` makes 1 January of a year, but for preprints."""
    journal = record.get("journalInfo")
    printed = _words(journal, "dateOfPublication").replace("-", " ").split()
    exact = [_words(record, "electronicPublicationDate"), _words(record, "firstPublicationDate") if preprint else ""]
    dates = [iso_date(*date.split("-")) for date in exact if re.fullmatch(r"\d{4}-\d\d-\d\d", date)]
    dates.append(iso_date(*printed[:3]) if printed else None)
    return earliest(d for d in dates if d) or iso_date(_words(record, "pubYear"))


def _notices(record: Mapping[str, Any]) -> Iterator[Notice]:
    for told in _listed(record, "commentCorrectionList", "commentCorrection"):
        known = notice_type(_words(told, "type"))
        if known is not None:
            pmid = pmid_of(_words(told, "id")) if _words(told, "source") == "MED" else None
            source = f"pmid:{pmid}" if pmid else clean_words(_words(told, "reference"))[:300] or None
            yield Notice(known[0], source, known[1])
