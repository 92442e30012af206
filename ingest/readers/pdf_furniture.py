"""Running headers, footers, page numbers and what else is on every page, told from the text of the article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from ingest.readers.pdf_lines import Line

_MARGIN = 0.11
"""Of the page's height: what repeats within is no text of the article."""
_NUMBER = re.compile(r"(?:page\s+)?(?:\d{1,5}|[ivxl]{1,6})(?:\s+of\s+\d{1,4})?", re.I)
_SERVICE = re.compile(
    r"(?:downloaded from|this article is protected by copyright|all rights reserved|©|copyright\b|https?://\S+$|www\.\S+$"
    r"|(?:doi|https?://(?:dx\.)?doi\.org)\S*:?\s*10\.\S+$|proceedings of\b|vol(?:ume|\.)?\s*\d+.{0,60}$"
    r"|for personal use only|(?:published|distributed) (?:by|under)\b|e-?mail\b|\S+@\S+$|issn\b)",
    re.I,
)


def running(pages: Sequence[tuple[float, Sequence[Line]]]) -> set[tuple[int, int]]:
    """Page and place of each line that is no text of the article; ``pages`` are heights and lines."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    places: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    out: set[tuple[int, int]] = set()
    for number, (height, lines) in enumerate(pages):
        lowest = max((line.bottom for line in lines), default=height)
        for place, line in enumerate(lines):
            if _MARGIN * height < line.top and line.bottom < (1 - _MARGIN) * height:
                continue
            words = line.text.strip()
            edge = line.top < _MARGIN * height or line.bottom > 0.93 * height or line.bottom > lowest - 2
            if edge and (_NUMBER.fullmatch(words) or (_SERVICE.match(words) and len(words) < 200)):
                out.add((number, place))
            key = re.sub(r"\d+", "#", words.casefold()), round(line.top / 12)
            for near in (key, (key[0], key[1] + 1), (key[0], key[1] - 1)):
                seen[near].add(number)
            places[key].append((number, place))
    for key, found in places.items():
        if len(seen[key]) >= 2 and len(key[0]) > 2:
            out.update(found)
    return out
