"""Words of a source without what is no word: white space, controls, and superscripts that look like digits."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.readers.raised import is_power, raise_words
from ingest.readers.raw_tables import Piece

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")


def clean_words(words: str) -> str:
    """``words`` with white space as one blank each and nothing that is no character.

    >>> clean_words(" a\\u2009b\\n c\\x00 ")
    'a b c'
    """
    if not words.isprintable():  # which no white space but the blank is, nor any control
        words = _CONTROL.sub("", words)
    elif "  " not in words and words[:1] != " " and words[-1:] != " ":
        return words
    return " ".join(words.split())


def without_controls(words: str) -> str:
    """``words`` without what is no character; XML cannot hold it."""
    return _CONTROL.sub("", words)


def joined(pieces: Iterable[Piece]) -> tuple[str, list[tuple[int, int]]]:
    """The cell's words cleaned, and the ranges in them that are raised marks.

    Raised digits become superscript characters, so that nobody reads a mark as the number's last digit; exponents
    are no marks.
    """
    out, raised, blank = "", [], False
    for words, high in pieces:
        inner = clean_words(words)
        if not inner:
            blank = blank or bool(words)
            continue
        if out and (blank or words[:1].isspace()):
            out += " "
        start, power = len(out), high and is_power(out[-40:], inner)
        out += (raise_words(inner) or inner) if high else inner
        if high and not power:
            raised.append((start, len(out)))
        blank = words[-1:].isspace()
    return out, raised
