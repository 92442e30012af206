"""The header that says when to come back."""

from __future__ import annotations

from email.utils import parsedate_to_datetime


def seconds_of(header: str | None, now: float) -> float | None:
    """Seconds to wait by a ``Retry-After`` header, a number or a date; None where it says nothing of use.

    ``now`` is in seconds since 1970.

    >>> seconds_of("7", 0.0), seconds_of("Thu, 01 Jan 1970 00:01:00 GMT", 20.0), seconds_of("soon", 0.0)
    (7.0, 40.0, None)
    """
    words = (header or "").strip()
    if words.isascii() and words.isdigit():
        return float(words[:9])
    try:
        return max(0.0, parsedate_to_datetime(words).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None
