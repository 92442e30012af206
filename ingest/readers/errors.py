"""What went wrong with one input, in words a person can act on."""

from __future__ import annotations

LONGEST = 500
"""Code points of a place or a reason; what an input says of itself may be a book."""


class ReadError(Exception):
    """An input that gave no article: which one, where in it, and why."""

    def __init__(self, name: str, place: str, reason: str) -> None:
        place, reason = (told if len(told) <= LONGEST else told[:LONGEST] + "…" for told in (place, reason))
        super().__init__(f"{name}: {place}: {reason}")
        self.name = name
        self.place = place
        self.reason = reason


class SeveralArticlesError(ReadError):
    """One article was asked for, and the input holds several."""
