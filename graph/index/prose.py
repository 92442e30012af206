"""Words in quotes: how they are cut for searching. Pure."""

from __future__ import annotations

import re

_OTHER = re.compile(r"[\W_]+")
_BEYOND = re.compile(r"[^\x00-\x7f]")


def prepared(text: str) -> str:
    """The words of a text in small letters, one blank between them; a word is a run of letters and digits.

    Letters beyond ASCII are written by number: SQLite takes some of them for each other (``ς`` and ``σ``), SPARQL none.

    >>> prepared("HR, 0.57 (95% CI)"), prepared("Σ µ")
    ('hr 0 57 95 ci', 'q3c3z qb5z')
    """
    return _BEYOND.sub(lambda found: f"q{ord(found[0]):x}z", _OTHER.sub(" ", text.lower()).strip())


def phrase(text: str) -> str:
    """What SQLite is asked for to find these words one behind the other; empty where there is none."""
    words = prepared(text)
    return f'"{words}"' if words else ""
