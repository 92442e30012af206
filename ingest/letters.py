"""The letters of some words, for the alignment of short forms: where each stands, and what begins there."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_STOP_WORDS = frozenset(
    re.findall(
        r"\w+", "a an and as at by de for from in is la of on or per s that the to under via was were with without"
    )
)
_SPELT = {
    letter: re.compile(spelt, re.IGNORECASE)
    for letter, spelt in {
        "1": r"one|mono|first|i\b",
        "2": r"two|bi|di|second|ii\b",
        "3": r"three|tri|third|iii\b",
        "4": r"four|tetra|iv\b",
        "5": r"five|penta|v\b",
        "6": r"six|hexa|vi\b",
        "7": r"seven|vii\b",
        "8": r"eight|viii\b",
        "9": r"nine|ix\b",
        "X": r"ecto",
    }.items()
}
"""A digit also stands for a numeral, X for "ecto" as in "ovariectomised"."""


class Rank(StrEnum):
    """What a character begins: a word, a part of one (after a hyphen, at a digit or capital), nothing; or no letter."""

    WORD = "W"
    PART = "P"
    INSIDE = "I"
    NONE = " "


@dataclass(frozen=True, slots=True)
class Letters:
    """The characters of some words: of each its ``rank`` and the ``number`` of its word, from 0.

    ``places`` has those of each small letter, without accents, in order.
    ``heavy`` says of each word whether it has a meaning of its own: True, False for a stop word, None for mere signs.
    """

    words: str
    rank: tuple[Rank, ...]
    number: tuple[int, ...]
    places: dict[str, list[int]]
    heavy: tuple[bool | None, ...]

    def places_of(self, letter: str) -> list[int]:
        """Where the letter or digit may stand, in order; a digit may be spelt out, X be short for "ecto"."""
        places = self.places.get(_plain(letter), [])
        if letter not in _SPELT:
            return places
        more = (m.start() for m in _SPELT[letter].finditer(self.words))
        return sorted({*places, *(p for p in more if letter == "X" or self.rank[p] in (Rank.WORD, Rank.PART))})


@lru_cache(maxsize=16)
def read_letters(words: str) -> Letters:
    """The letters of ``words``, which are told apart by blanks."""
    cores = [re.sub(r"[\W_]+", "", word).lower() for word in words.split()]
    heavy = tuple(core not in _STOP_WORDS if core else None for core in cores)
    rank: list[Rank] = []
    number: list[int] = []
    places: dict[str, list[int]] = defaultdict(list)
    word, fresh, before = -1, True, " "
    for place, c in enumerate(words):
        if before.isspace() and not c.isspace():
            word, fresh = word + 1, True
        number.append(max(word, 0))
        rank.append(_rank(before, c, fresh))
        if c.isalnum():
            fresh = False
            places[_plain(c)].append(place)
        before = c
    return Letters(words, tuple(rank), tuple(number), dict(places), heavy)


def _rank(before: str, c: str, fresh: bool) -> Rank:
    if not c.isalnum():
        return Rank.NONE
    if fresh:
        return Rank.WORD
    if not before.isalnum():
        return Rank.INSIDE if before in "'’" and c == "s" else Rank.PART
    return Rank.PART if c.isdigit() != before.isdigit() or (c.isupper() and before.islower()) else Rank.INSIDE


@lru_cache(maxsize=4096)
def _plain(c: str) -> str:
    """One small letter for ``c``, without accent; a Greek letter gives the first letter of its name."""
    if "Α" <= c <= "ω":
        c = unicodedata.name(c, c).split()[-1]
    low = unicodedata.normalize("NFKD", c)[:1].lower()
    return low if len(low) == 1 else c[:1]
