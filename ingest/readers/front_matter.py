"""The YAML head of a Markdown file: what it may say of the article, and in which form it is kept."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

import yaml

from ingest.readers.dates import read_date
from ingest.readers.errors import ReadError

TEXT_KEYS = (
    *("id", "title", "journal", "published", "doi", "pmid", "pmcid"),
    *("registration", "language", "licence", "primary_source"),
)
MAX_VALUE = 2000
"""Code points of one value; a longer one is refused."""

_FRONT = re.compile(r"\A---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*\r?$", re.S | re.M)
_FORMS = {
    "doi": re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(?P<id>10\.\d{4,9}/\S+)", re.I),
    "pmid": re.compile(r"(?:pmid:\s*)?(?P<id>\d{1,9})", re.I),
    "pmcid": re.compile(r"(?:PMC)?(?P<id>\d{1,9})", re.I),
}


def read_front_matter(text: str, name: str) -> tuple[Mapping[str, Any], int]:
    """What the head says, and where it ends; ({}, 0) where the text has none or it is no mapping.

    Raises ReadError naming the file and the place for a head that is not valid YAML, or an id that is none.
    """
    m = _FRONT.match(text)
    if m is None:
        return {}, 0
    try:
        data = yaml.safe_load(m["yaml"])
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise ReadError(name, f"line {line}", "the front matter is not valid YAML") from error
    return (data if isinstance(data, dict) else {}), m.end()


def texts_of(front: Mapping[str, Any], name: str) -> dict[str, str]:
    """The known keys that hold one value, as text; ids in their plain form, the date as ISO 8601.

    Lists and mappings are left out; so is a date that cannot be read. Raises ReadError for an id that is none.
    """
    out: dict[str, str] = {}
    for key in TEXT_KEYS:
        value = scalar(front.get(key))
        if value is None:
            continue
        if not _plain(value):
            raise ReadError(name, f"front matter, {key}", "too long, or holds characters that are no text")
        form = _FORMS.get(key)
        if form is not None:
            m = form.fullmatch(value)
            if m is None:
                raise ReadError(name, f"front matter, {key}", f"{value[:60]!r} is no {key.upper()}")
            value = f"PMC{m['id']}" if key == "pmcid" else m["id"]
        if key == "published":
            date = read_date(value)
            if date is None:
                continue
            value = date
        out[key] = value
    return out


def scalar(value: Any) -> str | None:
    """One value as text; None for nothing, a blank, a truth value, a list or a mapping."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return str(value).strip() or None
    except ValueError:
        return None


def authors_of(front: Mapping[str, Any]) -> tuple[str, ...]:
    """Names under ``authors`` or ``author``, at most 500."""
    given = front.get("authors") or front.get("author")
    items = given[:500] if isinstance(given, list) else [given]
    return tuple(name for item in items if (name := scalar(item)) is not None and _plain(name))


def _plain(value: str) -> bool:
    """True for a value of bearable length without control characters and halves of characters."""
    return len(value) <= MAX_VALUE and not re.search("[\ud800-\udfff\x00-\x08]", value)
