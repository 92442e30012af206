"""Superscripts as characters of their own, so that ten to the ninth is never read as 109."""

from __future__ import annotations

import re

_HIGH = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_DIGITS = re.compile(r"[+−–-]?[0-9]{1,3}[+−–-]?|[0-9]{1,3}(?:\s?[,;]\s?[0-9]{1,3}){1,9}")
_EXPONENT = re.compile(r"[+−–-]?[0-9]{1,3}")
_POWER = re.compile(r"(?<![0-9.])10$")
_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[kcmdµμn]?m|s|sec|min|h|hr|kg|m?g|[mdµμ]?[lL]|day|year)$")


def raise_words(words: str) -> str | None:
    """``words`` in superscript characters; None where there are none for them.

    >>> raise_words("9"), raise_words("−1"), raise_words("1, 2"), raise_words("a")
    ('⁹', '⁻¹', '¹, ²', None)
    """
    bare = words.strip()
    return bare.translate(_HIGH) if _DIGITS.fullmatch(bare) else None


def is_power(before: str, words: str) -> bool:
    """True where raised ``words`` behind ``before`` in a cell are an exponent and no footnote mark.

    >>> is_power("3.1 × 10", "9"), is_power("kg/m", "2"), is_power("12.3", "2")
    (True, True, False)
    """
    if _EXPONENT.fullmatch(words.strip()) is None:
        return False
    return _POWER.search(before.rstrip()) is not None or _UNIT.search(before) is not None
