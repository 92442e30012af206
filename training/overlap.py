"""Which texts may not be trained on: those that occur in a dev split, and those that hold a result sentence.

The corpora share abstracts, with other ids and other blanks, so texts are compared by their letters and digits alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from training.corpora import Row

_WINDOW = 60
"""Letters and digits in a row that two texts must share to count as one; about ten words."""


def letters(text: str) -> str:
    """Lower-case letters and digits of ``text``, nothing else."""
    return re.sub(r"[\W_]+", "", text).lower()


def pieces(texts: Iterable[str]) -> set[str]:
    """Pieces of ``texts`` to look for elsewhere: stretches of 60 letters, one after the other, and the last one."""
    found = set()
    for text in texts:
        plain = letters(text)
        for at in range(0, max(1, len(plain) - _WINDOW + 1), _WINDOW):
            found.add(plain[at : at + _WINDOW])
        if len(plain) >= _WINDOW:
            found.add(plain[-_WINDOW:])
    return {p for p in found if len(p) == _WINDOW}


def shares(text: str, kept_out: set[str]) -> bool:
    """Whether ``text`` holds one of the pieces ``kept_out``."""
    plain = letters(text)
    return any(plain[at : at + _WINDOW] in kept_out for at in range(len(plain) - _WINDOW + 1))


def without(rows: Iterable[Row], kept_out: set[str]) -> tuple[list[Row], int]:
    """Rows that share none of the pieces ``kept_out``, and how many were left out."""
    every = list(rows)
    kept = [row for row in every if not shares(row["text"], kept_out)]
    return kept, len(every) - len(kept)
