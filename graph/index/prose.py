"""Words in quotes and in mentions: how they are cut and spelt for searching. Pure."""

from __future__ import annotations

import re

from graph.language.values import VARIANTS

_OTHER = re.compile(r"[\W_]+")
_BEYOND = re.compile(r"[^\x00-\x7f]")


def spelt(words: str) -> str:
    """Words with letters beyond ASCII by their numbers: SQLite takes some of them for each other, SPARQL does not.

    >>> spelt(" sjögren ")
    ' sjqf6zgren '
    """
    return _BEYOND.sub(lambda found: f"q{ord(found[0]):x}z", words)


def prepared(text: str) -> str:
    """The words of a quote in small letters, one blank between them; a word is a run of letters and digits.

    Forms of one letter are the same, as in ``language.patterns``.

    >>> prepared("HR, 0.57 (95% CI)"), prepared("ς") == prepared("Σ")
    ('hr 0 57 95 ci', True)
    """
    return spelt(_OTHER.sub(" ", text.lower().translate(VARIANTS)).strip())


def phrase(words: str) -> str:
    """What SQLite is asked for to find words, as ``spelt`` or ``prepared`` have them, one behind the other.

    Empty where there is none.
    """
    return f'"{words.strip()}"' if words.strip() else ""
