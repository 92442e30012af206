"""Letters that a table's caption gives its groups, with what they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.article import Span

_LETTER = re.compile(r"(?P<long>[^();:,.]{3,80}?)\s*\((?P<short>[A-Z]{1,3})(?:\s*[;,]\s*n\s*=\s*(?P<n>\d{1,6}))?\)")
_LEAD = re.compile(r"\b(?:in|of|within|between|for|and|the|among|by)\b", re.I)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter stands for that a caption gives a group, and its size: "the control group (C; n=114)"."""

    long: str
    size: tuple[float, Span] | None


def letters_of(caption: Span | None, text: str) -> dict[str, Letter]:
    """The letters of a caption, ``caption`` being its range in ``text``; none without one."""
    if caption is None:
        return {}
    out = {}
    for m in _LETTER.finditer(caption.of(text)):
        size = None
        if m["n"] is not None:
            size = float(m["n"]), Span(caption.start + m.start("n"), caption.start + m.end("n"))
        out[m["short"]] = Letter(_LEAD.split(m["long"])[-1].strip() or m["long"], size)
    return out
