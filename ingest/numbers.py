"""Numbers as print has them: decimal points of two kinds, thousands separators, minus signs, small numbers in words."""

from __future__ import annotations

import re

PLAIN = r"(?:(?:\d{1,3}(?:[,\u2009\u202f\u00a0]\d{3}){1,4}(?![\d])|\d{1,12})(?:[.·]\d+)?|[.·]\d+)"
"""An unsigned number."""

START = r"(?:(?<![\w.·,)\]%/-])|(?<=%/)|(?<=vs\.))(?<!\d[–−:])"
"""What may stand right before a number: no letter, no digit's tail, no closed bracket (reference digits do)."""

END = r"(?![\w]|[.·,:]\d|-?[A-Za-z]*\d)"
"""What may not stand right behind a number."""

NUMBER = rf"(?:[-−](?=[\d.·]))?(?:{PLAIN})"
"""A number with an optional minus sign; the caller adds START and END."""

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""Digits of an exponent, or of a footnote's mark, from nought to nine."""

PERCENT = r"\s?(?:%|percent\b|per\s?cent\b)"

_IN_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty"
)
WORDS = {word: value for value, word in enumerate(_IN_WORDS.split(" "))}
"""Numbers in words that picograph reads as counts."""


_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10 * value for value, word in enumerate(_TENS.split(" "), start=2)}

NONE_WORD = ("none", "None")
IN_WORDS = (
    rf"(?i:\b(?:(?:{'|'.join(TENS)})(?:[\s-](?:{'|'.join(list(WORDS)[1:10])}))?|{'|'.join(WORDS)}|none(?=\s+of\b))\b)"
)
"""A whole number from zero to ninety-nine in words; "none" only before "of"."""


def parse(printed: str) -> float:
    """The value of a printed number.

    >>> parse("1,368"), parse("·011"), parse("−3·5"), parse("six"), parse("Thirty-three")
    (1368.0, 0.011, -3.5, 6.0, 33.0)
    """
    word = printed.strip().casefold()
    if word == "none":
        return 0.0
    if word in WORDS:
        return float(WORDS[word])
    tens, _, ones = re.sub(r"\s", "-", word).partition("-")
    if tens in TENS:
        return float(TENS[tens] + WORDS.get(ones, 0))
    plain = re.sub(r"[,\u2009\u202f\u00a0\s]", "", printed.replace("·", ".").replace("−", "-"))
    return float(plain)


def parse_count(printed: str) -> int | None:
    """The value of a printed whole number; None where it has decimals."""
    value = parse(printed)
    return int(value) if value == int(value) and not re.search(r"[.·]", printed) else None


def decimals(printed: str) -> int:
    """How many decimals are printed: the precision that tolerances rest on.

    >>> decimals("16.60%"), decimals("·5"), decimals("12")
    (2, 1, 0)
    """
    found = re.search(r"[.·](\d+)", printed)
    return len(found.group(1)) if found else 0
