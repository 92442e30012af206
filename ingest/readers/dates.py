"""Dates as sources print them, to ISO 8601, no more precise than the source."""

from __future__ import annotations

import re

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)(?:-(?P<day>\d\d))?\b",
        rf"\b{_MONTH}\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>(?:19|20)\d\d)\b",
        rf"\b(?P<day>\d{{1,2}})\s+{_MONTH}\.?,?\s+(?P<year>(?:19|20)\d\d)\b",
        rf"\b{_MONTH}\.?,?\s+(?P<year>(?:19|20)\d\d)\b",
        r"\b(?P<year>(?:19|20)\d\d)\b",
    )
)


def read_date(words: str) -> str | None:
    """The first date in ``words``; None where there is none, or only one whose day and month could be exchanged.

    >>> read_date("Posted: Friday, October 6, 2023"), read_date("published in May 2019"), read_date("soon")
    ('2023-10-06', '2019-05', None)
    """
    for form in _FORMS:
        m = form.search(words)
        if m is None:
            continue
        parts = m.groupdict()
        month = parts.get("number")
        if parts.get("month"):
            month = f"{_MONTHS.index(parts['month'][:3].casefold()) + 1:02}"
        date = parts["year"]
        if month and 1 <= int(month) <= 12:
            date += f"-{month}"
            if parts.get("day") and 1 <= int(parts["day"]) <= 31:
                date += f"-{int(parts['day']):02}"
        return date
    return None
