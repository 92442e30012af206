"""How the letters of a short form are found in the words before it: the cheapest alignment, and where it begins.

The idea is that of Sohn, Comeau, Kim and Wilbur (BMC Bioinformatics 2008;9:402): an alignment by initials is nearly
always a definition, one that looks inside words or passes over some less often. Where they try one strategy after the
other, here every step of an alignment has a price, and the sum per letter says how far the definition is to be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.letters import Letters, Rank, read_letters

PART = 2
"""A letter that begins a part of a word: after a hyphen, between letters and digits, a capital after small letters."""
NEXT = 5
"""A letter right after the one before ("Len" in "lenalidomide")."""
INNER = 10
"""A letter farther inside a word whose earlier letters are used."""
CAPITAL = 6
"""Added where a capital of a mixed short form stands inside a word."""
JUMP = 30
"""A letter inside a word that gave no letter before."""
STOP, SKIP = 3, 20
"""A word between two used ones that gives no letter: a stop word, any other."""
TRAIL = 30
"""A word behind the last used one."""
DIGIT = 15
"""A digit of the short form is left out ("CDK4" for "cyclin-dependent kinase")."""
TURN = 5
"""The parts of the short form are read in the other order ("G-gamma" for "gamma-globulin")."""

_NEVER = 1 << 30


def balanced(words: str) -> bool:
    """Whether as many brackets open as close."""
    return words.count("(") == words.count(")") and words.count("[") == words.count("]")


@dataclass(frozen=True, slots=True)
class Fit:
    """The long form is ``words[start:]``; ``cost`` is the sum of prices, ``letters`` how many it is shared by."""

    start: int
    cost: int
    letters: int


def align(short: str, words: str) -> Fit | None:
    """The cheapest way to read ``short`` in ``words`` up to their end; None where the letters are not there in order.

    The first letter begins a word or part, and the long form then starts with that whole word.
    """
    letters = sum(c.isalnum() for c in short)
    known = read_letters(words)
    prices = _Prices.of(known)
    best: tuple[int, int] | None = None
    for form, price in _readings(short):
        found = _cheapest(form, known, prices)
        if found and (best is None or found[0] + price < best[0]):
            best = (found[0] + price, found[1])
    if best is None:
        return None
    start = at = best[1]
    while start and not words[start - 1].isspace() and words[start - 1] != "/":
        start -= 1
    while start < at and not words[start].isalnum() and not (words[start] in "([" and balanced(words[start:])):
        start += 1
    return Fit(start, best[0], letters)


def _readings(short: str) -> Iterator[tuple[str, int]]:
    """The letters and digits of ``short`` as they may be read, each with the price of that reading."""
    for form, price in ((short, 0), *((turned, TURN) for turned in _turned(short))):
        letters = "".join(c for c in form if c.isalnum())
        yield letters, price
        if len(letters) > 2 and letters.endswith("s"):
            yield letters[:-1], price
        rest = letters[:1] + "".join(c for c in letters[1:] if not c.isdigit())
        if (1 < len(rest) < len(letters) or (len(letters), len(rest)) == (2, 1)) and not re.search(r"\s", short):
            yield rest, price + DIGIT * (len(letters) - len(rest))


def _turned(short: str) -> Iterator[str]:
    if m := re.fullmatch(r"([^\s-]+)[\s-]([^\s-]+)", short):
        yield m[2] + m[1]
    if m := re.fullmatch(r"(.*[A-Z+\])])([a-rt-z])|([A-Za-z]+)\(([A-Za-z])\)", short):
        yield (m[2] or m[4]) + (m[1] or m[3])


@dataclass(frozen=True, slots=True)
class _Prices:
    """Of each word: ``skipped``, that of passing over all before it (one more entry); ``trail``, of ending at it."""

    skipped: list[int]
    trail: list[int]

    @classmethod
    def of(cls, known: Letters) -> _Prices:
        skipped, trail = [0], [0]
        for heavy in known.heavy:
            skipped.append(skipped[-1] + (0 if heavy is None else SKIP if heavy else STOP))
        for heavy in reversed(known.heavy[1:]):
            trail.append(trail[-1] + (0 if heavy is None else TRAIL if heavy else STOP))
        return cls(skipped, trail[::-1])


def _cheapest(letters: str, known: Letters, prices: _Prices) -> tuple[int, int] | None:
    """Least cost and the place of the first letter (the last such place), in time letters times words."""
    mixed = any(c.islower() for c in letters)
    costs = {place: prices.trail[known.number[place]] for place in reversed(known.places_of(letters[-1]))}
    for i in range(len(letters) - 2, -1, -1):
        inner = INNER + (CAPITAL if mixed and letters[i + 1].isupper() else 0)
        costs = _before(known.places_of(letters[i]), costs, inner, known, prices) if costs else {}
    first = [
        (cost + (0 if known.rank[place] is Rank.WORD else PART), -place)
        for place, cost in costs.items()
        if known.rank[place] is not Rank.INSIDE
    ]
    return (min(first)[0], -min(first)[1]) if first else None


def _before(places: list[int], later: dict[int, int], inner: int, known: Letters, prices: _Prices) -> dict[int, int]:
    """The costs from ``places`` on, given ``later``, those from the next letter on; both have the last place first."""
    ahead = _ahead(later, known, prices)
    behind = list(reversed(later))
    costs: dict[int, int] = {}
    same, same_word = _NEVER, -1
    for place in reversed(places):
        word = known.number[place]
        while behind and behind[-1] > place:
            after = behind.pop()
            if known.number[after] != same_word:
                same, same_word = _NEVER, known.number[after]
            same = min(same, later[after] + (PART if known.rank[after] is Rank.PART else inner))
        cost = ahead[word + 1] - prices.skipped[word + 1]
        if same_word == word:
            cost = min(cost, same)
        if place + 1 in later and known.rank[place + 1] is Rank.INSIDE:
            cost = min(cost, later[place + 1] + NEXT)
        if cost < _NEVER >> 1:
            costs[place] = cost
    return costs


def _ahead(later: dict[int, int], known: Letters, prices: _Prices) -> list[int]:
    """What it costs to go on in a word or in one behind it, with all words before that one skipped."""
    entry = {Rank.WORD: 0, Rank.PART: PART, Rank.INSIDE: JUMP}
    ahead = [_NEVER] * (len(known.heavy) + 1)
    for place, cost in later.items():
        word = known.number[place]
        ahead[word] = min(ahead[word], cost + prices.skipped[word] + entry[known.rank[place]])
    for word in range(len(ahead) - 2, -1, -1):
        ahead[word] = min(ahead[word], ahead[word + 1])
    return ahead
