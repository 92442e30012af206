"""Words in quotes: how they are cut for searching. Pure."""

from __future__ import annotations

import re

_OTHER = re.compile(r"[\W_]+")


def prepared(text: str) -> str:
    """The words of a text in small letters, one blank between them; a word is a run of letters and digits.

    >>> prepared("HR, 0.57 (95% CI)")
    'hr 0 57 95 ci'
    """
    return _OTHER.sub(" ", text.lower()).strip()


def phrase(text: str) -> str:
    """What SQLite is asked for to find these words one behind the other; empty where there is none."""
    words = prepared(text)
    return f'"{words}"' if words else ""
