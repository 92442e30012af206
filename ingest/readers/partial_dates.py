"""Dates given in parts, and which of several is the date of publication."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from functools import lru_cache

_MONTHS = {
    name.casefold(): n for names in (calendar.month_abbr, calendar.month_name) for n, name in enumerate(names) if n
}


@lru_cache(maxsize=4096)
def iso_date(year: str | None, month: str | None = None, day: str | None = None) -> str | None:
    """A date of parts as ISO 8601, no more precise than they are; None without a year. A part that is none is left out.

    >>> iso_date("2004", "Feb", "3"), iso_date("2004", "Winter"), iso_date("2004", "2", "31"), iso_date("n.d.")
    ('2004-02-03', '2004', '2004-02', None)
    """
    year = (year or "").strip()
    if not re.fullmatch(r"(?:1[5-9]|20)\d\d", year):
        return None
    told = (month or "").strip().rstrip(".").casefold()
    number = _MONTHS.get(told) or _MONTHS.get(told[:3] if told.isalpha() and told[:3] in _MONTHS else "") or 0
    if told.isdecimal() and len(told) < 3:
        number = int(told)
    if not 1 <= number <= 12:
        return year
    told = (day or "").strip()
    if told.isdecimal() and len(told) < 3 and 1 <= int(told) <= calendar.monthrange(int(year), number)[1]:
        return f"{year}-{number:02}-{int(told):02}"
    return f"{year}-{number:02}"


def earliest(dates: Iterable[str]) -> str | None:
    """The earliest ISO date; of two that agree as far as both go, the more precise one. None where there is none.

    >>> earliest(["2011", "2011-05-03", "2012-01"]), earliest(["2010-12", "2011-01-05"])
    ('2011-05-03', '2010-12')
    """
    best: str | None = None
    for date in dates:
        if best is None or date.startswith(best) or (date < best and not best.startswith(date)):
            best = date
    return best
