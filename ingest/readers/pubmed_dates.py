"""When a record of PubMed or MEDLINE was published, as precise as it says."""

from __future__ import annotations

import re

from lxml import etree

from ingest.readers.partial_dates import iso_date

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_ONE_DAY = re.compile(r"(?P<year>\d{4})\s+(?P<month>[A-Za-z]{3,9})\s+(?P<day>\d{1,2})\s*$")
_ONE_MONTH = re.compile(r"(?P<year>\d{4})\s+(?P<month>[A-Za-z]{3,9})(?:\s+\d{1,2}\s*-\s*\d{1,2})?\s*$")


def medline_date(words: str) -> str | None:
    """A date in words: a day, a month or, for seasons and spans of months, the year in which they begin; None for none.

    >>> medline_date("2019 Sep-Oct"), medline_date("2002 Sep"), medline_date("2000 Mar 3-9"), medline_date("2001 Mar 7")
    ('2019', '2002-09', '2000-03', '2001-03-07')
    """
    words = words.strip()
    for form in (_ONE_DAY, _ONE_MONTH):
        if (m := form.match(words)) is not None:
            return iso_date(m["year"], m["month"], m.groupdict().get("day"))
    year = _YEAR.search(words)
    return year[0] if year else None


def date_of(date: etree._Element) -> str | None:
    """A date element of PubMed (PubDate, ArticleDate, ContributionDate); None where it holds none."""
    parts = {str(part.tag): part.text or "" for part in date}
    if "Year" in parts:
        return iso_date(parts["Year"], parts.get("Month"), parts.get("Day"))
    return medline_date(parts.get("MedlineDate", ""))
