"""Number expressions of an abstract: where they stand, their value and form, and how far a label on them reaches."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.article import Span

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_VALUES = {word: n for n, word in enumerate(f"{_ONES} eighteen nineteen".split(), start=1)}
_VALUES |= {
    w: 10 * n
    for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_SCALES = {"hundred": 100, "thousand": 1000}
_NONE = {"no": 0, "none": 0, "zero": 0}
_WORD = "|".join(sorted((*_VALUES, *_SCALES), key=len, reverse=True))
_NUMBER = re.compile(
    rf"""(?<![\w.·])(?:(?P<sign>(?<!/)[-−–+])[\u2009\u202f]?)?
           (?P<digits>\d+(?:(?:,|[ \u2008\u2009\u202f\u00a0](?=\d{{3}}(?!\d)))\d{{3}})*(?:[.·]\d+)?|[.·]\d+)
       | \b(?P<words>(?:{_WORD})(?:(?:[ -]|(?<=hundred)\sand\s|(?<=thousand)\sand\s)(?:{_WORD}))*|none|zero)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_PERCENT = re.compile(r"[\s\u2009]?(?:%|per[ ]?cent\b)", re.IGNORECASE)
_TIMES = "months month days day weeks week years year yrs minutes mins min seconds sec hours hour h s mo"
_MEASURES = (
    "points point ml mL L l mm cm kg g mg ug µg μg microg ng pg pmol nmol mmol mIU IU U steps Gy kcal kPa USD euros m"
)
_UNIT = re.compile(
    rf"""[\s\u2009]?(?:(?P<time>{"|".join(_TIMES.split())})|(?:{"|".join(_MEASURES.split())}))
          (?:[ ]?/[ ]?[A-Za-z]+)*[²\d]?(?![\w-])|[ ]?[€£$](?!\d)|/second\b""",
    re.VERBOSE,
)


class Number(NamedTuple):
    """A number expression ``[start, end)``, sign and percent sign included; ``reach`` is the end with its unit.

    ``value`` is what is printed (percent as printed), ``decimals`` how many there are, ``worded`` whether it is written
    in letters; ``time`` whether its unit is one of time. Without a unit ``reach`` is ``end``.
    """

    start: int
    end: int
    reach: int
    value: float
    decimals: int
    percent: bool
    worded: bool
    signed: bool
    time: bool

    def span(self, unit: bool) -> Span:
        """The range that is labelled, with or without the unit."""
        return Span(self.start, self.reach if unit else self.end)


def numbers_in(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """Every number expression of ``text[start:end]``, in order, none overlapping; offsets in ``text``.

    >>> [n.span(True).of("Sixty-two (31 %) after 4.5 months") for n in numbers_in("Sixty-two (31 %) after 4.5 months")]
    ['Sixty-two', '31 %', '4.5 months']
    """
    found = []
    for m in _NUMBER.finditer(text, start, len(text) if end is None else end):
        start, end = m.span()
        if m["words"] is None:
            digits = re.sub(r"[,\s]", "", m["digits"].replace("·", "."))
            value, decimals = float(digits), len(digits.partition(".")[2])
            # A hyphen between two numbers is a range and no minus sign.
            signed = bool(m["sign"])
            if signed and start and text[start - 1].isdigit():
                start, signed = start + 1, False
            if signed and m["sign"] != "+":
                value = -value
        else:
            value, decimals, signed = float(in_words(m["words"])), 0, False
        percent = _PERCENT.match(text, end)
        unit = None if percent else _UNIT.match(text, end)
        end = percent.end() if percent else end
        reach, time = (unit.end(), unit["time"] is not None) if unit else (end, False)
        found.append(
            Number(start, end, reach, value, decimals, percent is not None, m["words"] is not None, signed, time)
        )
    return found


def in_words(words: str) -> int:
    """The value of a number in letters.

    >>> in_words("Five thousand two hundred and sixty-one"), in_words("none"), in_words("hundred")
    (5261, 0, 100)
    """
    total = part = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in _SCALES:
            part = max(1, part) * _SCALES[word]
            if word == "thousand":
                total, part = total + part, 0
        else:
            part += _VALUES.get(word, 0) + _NONE.get(word, 0)
    return total + part
