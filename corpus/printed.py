"""Which numbers a passage prints, in digits or in words."""

from __future__ import annotations

import re
from itertools import pairwise

_WORD = re.compile(r"[a-z]+")
_TO_NINE = "zero one two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: float(unit) for unit, word in enumerate(_WORD.findall(_TO_NINE))}
_TENS = {word: 10.0 * tens for tens, word in enumerate(_WORD.findall(_TENS_WORDS), 2)}
_WORDS = {word: float(value) for value, word in enumerate(_WORD.findall(f"{_TO_NINE} {_TEENS}"))}
_WORDS |= _TENS | {"no": 0.0, "none": 0.0, "once": 1.0, "twice": 2.0}

# "1,137 patients", "14 058", "P=.0023", "65.9 months"; a comma or a thin space groups only three digits
_NUMBER = re.compile(r"\d{1,3}(?:[,\u2009\u202f\u00a0 ]\d{3})+(?![\d.])|\d*\.\d+|\d+")
_GROUPING = re.compile(r"[,\u2009\u202f\u00a0 ]")


def numbers_in(passage: str) -> frozenset[float]:
    """Every number printed in ``passage``, without its sign: a dash before a digit is more often a range than a minus.

    Digits grouped by a space count whole and apart, because "14 058" cannot be told from "group 14 058 events".

    >>> sorted(numbers_in("Ninety-two of 1,137 (8.1%; P=.04)"))
    [0.04, 2.0, 8.1, 90.0, 92.0, 1137.0]
    """
    text = passage.replace("\u00b7", ".")
    found: set[float] = set()
    for match in _NUMBER.finditer(text):
        found.add(float(_GROUPING.sub("", match.group())))
        if "," not in match.group():
            found.update(float(part) for part in match.group().split())
    words = _WORD.findall(text.lower())
    found.update(_WORDS[word] for word in words if word in _WORDS)
    for tens, unit in pairwise(words):
        if tens in _TENS and 0.0 < _UNITS.get(unit, 0.0) < 10.0:
            found.add(_TENS[tens] + _WORDS[unit])
    return frozenset(found)


def prints(passage: str, number: float) -> bool:
    """Whether ``passage`` prints ``number``; the sign is left out of account, as in :func:`numbers_in`."""
    return abs(number) in numbers_in(passage)
