"""Names that hold operator words, such as *carcinoma in situ* or *head and neck cancer*. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

HIDDEN = "\ue000"
"""Stands for each letter of an operator word that is part of a name, so that the grammar sees a word."""
MOST_JOINED = 4
"""So many operators one name may hold."""
_BETWEEN = re.compile(r"\s+(?P<word>and|or|in|vs\.?|versus)(?:\s+not)?\s+")
Places = Sequence[tuple[int, int]]
"""Where terms without quotation marks begin and end, from left to right."""


def hidden(text: str, places: Places, known: Callable[[str], bool]) -> str:
    """``text``, as long as it was, with the operator words hidden that stand in a known name; the longest counts."""
    out, first = text, 0
    while first < len(places):
        last = first
        while last + 1 < len(places) and last - first < MOST_JOINED and _operator(text, places, last):
            last += 1
        while last > first:
            start, end = places[first][0], places[last][1]
            if known(" ".join(text[start:end].split())):
                for i in range(first, last):
                    out = _hide(out, places[i][1], places[i + 1][0])
                break
            last -= 1
        first = last + 1
    return out


def beside(text: str, places: Places) -> dict[int, tuple[str | None, str | None]]:
    """By the place of each term, the operator words before and behind it that join it to another of these terms."""
    words = [None, *(_operator(text, places, index) for index in range(len(places) - 1)), None]
    return {start: (words[index], words[index + 1]) for index, (start, _) in enumerate(places)}


def _operator(text: str, places: Places, index: int) -> str | None:
    found = _BETWEEN.fullmatch(text, places[index][1], places[index + 1][0])
    return None if found is None else found["word"]


def _hide(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"\S", HIDDEN, text[start:end]) + text[end:]
