"""What a search at Europe PMC answers in JSON: records of articles and preprints, most with an abstract."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.article import Article
from ingest.readers.citation import article_of
from ingest.readers.decode import decode
from ingest.readers.errors import ReadError
from ingest.readers.europepmc_record import citation_of
from ingest.readers.source import Format, Item, Source
from ingest.readers.whole import plain_head, read_whole

MAX_JSON = 100_000_000
"""Bytes of one answer, which is in memory as a whole."""


def read_europepmc_records(source: Source) -> Iterator[Item]:
    """Each record of the answer. Raises ReadError for bad JSON, and for an answer without records."""
    try:
        told = json.loads(decode(read_whole(source, MAX_JSON), source.name, limit=MAX_JSON))
    except RecursionError as error:
        raise ReadError(source.name, "whole file", "JSON that is nested too deep") from error
    except ValueError as error:
        raise ReadError(source.name, "whole file", f"not valid JSON: {error}") from error
    records = _records(told)
    if not records:
        raise ReadError(source.name, "resultList", "an answer of Europe PMC without records")
    for number, record in enumerate(records, 1):
        try:
            yield _article(record, source, number, len(records) == 1)
        except ReadError as error:
            yield error


def _records(told: Any) -> list[Any]:
    results = told.get("resultList") if isinstance(told, dict) else None
    found = results.get("result") if isinstance(results, dict) else None
    return found if isinstance(found, list) else []


def _article(record: Any, source: Source, number: int, alone: bool) -> Article:
    if not isinstance(record, dict):
        raise ReadError(source.name, f"record {number}", "no object")
    article = article_of(citation_of(record), source.given_id if alone else None)
    if article is None:
        raise ReadError(source.name, f"record {number} ({_named(record)})", "neither a title nor an abstract")
    return article


def _named(record: Mapping[str, Any]) -> str:
    return f"{record.get('source', '')} {record.get('id', '')}".strip()[:40] or "without an id"


def _tells(source: Source) -> bool:
    head = plain_head(source)
    return head[:1] == b"{" and re.search(rb'"resultList"\s*:\s*\{', head) is not None


EUROPEPMC_RECORDS = Format("europepmc-records", (".json",), _tells, read_europepmc_records)
