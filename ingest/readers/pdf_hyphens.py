"""Words that a line's end parts: with their hyphen where it is theirs, without where it only parts them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_END = re.compile(r"(?P<left>[^\W_]+)(?P<hyphen>[-‐\u00ad])$")
_START = re.compile(r"(?P<right>[^\W_]+)")
_FIRST_WORDS = """
double single triple open cross follow long short high low non self well anti post pre intention placebo
dose evidence health time phase event progression disease quality case patient drug treatment meta co
half two three four five six ten one first second third all end up per inter intra mid near non on off
real risk side so state year week day month age sex body blood bone breast heart kidney liver lung cost
left right large small hand quasi semi
"""
_FIRST = frozenset(_FIRST_WORDS.split())
"""First parts that mostly keep their hyphen, where the second part is a word of its own (see ``_SECOND``)."""
_SECOND_WORDS = """
blind blinded masked dummy arm arms label labelled labeled controlled up term treat treated based related
free specific analysis analyses over sided tailed line effect effects reported risk dose year week day
month hour old response dependent adjusted matched associated naive resistant sensitive negative positive
threatening long center centre national group centred to of and adherence care rated assessed inferiority
significant invasive small cell stage grade level quality event driven point points weighted world wide
acting release fold half life time onset square like type density
"""
_SECOND = frozenset(_SECOND_WORDS.split())


class Hyphens:
    """Decides by how the rest of the text writes a word."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        for line in lines:
            bare = _END.sub("", line.rstrip())
            self._counts.update(w.casefold().replace("‐", "-") for w in _WORD.findall(bare))

    def join(self, before: str, behind: str) -> str:
        """``before`` and ``behind``, which follow each other in print, as one text.

        >>> Hyphens(["a treatment"]).join("the treat-", "ment was double-"), Hyphens([]).join("double-", "blind")
        ('the treatment was double-', 'double-blind')
        """
        before, behind = before.rstrip(), behind.lstrip()
        m, n = _END.search(before), _START.match(behind)
        if m is None:
            glued = before.endswith(("/", "–", "—")) and before[-2:-1].strip() and behind[:1].strip()
            return before + behind if glued else f"{before} {behind}"
        if n is None:
            return f"{before} {behind}"
        left, right = m["left"], n["right"]
        if m["hyphen"] == "\u00ad":
            return before[:-1] + behind
        if re.match(r"(?:and|or|to|versus|vs)\b", behind):
            return f"{before} {behind}"  # "short- and long-term"
        return before + behind if self._keeps(left, right, before) else before[:-1] + behind

    def _keeps(self, left: str, right: str, before: str) -> bool:
        if not left.isalpha() or not right.isalpha():
            return True
        joined = self._counts[(left + right).casefold()]
        apart = self._counts[f"{left}-{right}".casefold()]
        if joined != apart:
            return apart > joined
        if right[0].isupper() or (left.isupper() and len(left) > 1):
            return True
        if re.search(r"[^\W\d_]+(?:[-‐][^\W\d_]+)+[-‐]$", before) and right.casefold() in _SECOND:
            return True
        return left.casefold() in _FIRST and (right.casefold() in _SECOND or self._counts[right.casefold()] > 0)
