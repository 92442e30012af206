"""The arms that an abstract names: where, by which words, and which names are alike; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ingest.role_text import MOST, Reading

Matrix = npt.NDArray[np.float64]
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_EMPTY = (
    "the a an of in with for and or to by on at as from patients patient subjects group groups arm arms"
    " treated treatment treatments therapy women men only alone given receiving received who were was mg"
    " day dose"
)
_TELLS_NOTHING = frozenset(_EMPTY.split(" "))


class Arm(NamedTuple):
    """A mention of an arm: places of its tokens, half open, its sentence, and the number of its name.

    Names are numbered from 0 in order of first mention; mentions whose telling words agree share one, and an
    abbreviation has the words that it stands for.
    """

    first: int
    last: int
    sentence: int
    name: int
    words: frozenset[str]
    text: str


def arms_of(reading: Reading) -> list[Arm]:
    """The mentions of arms in order of the text, no more than ``MOST``."""
    names: dict[frozenset[str], int] = {}
    found = []
    for tag in reading.tags("result", "INTERVENTION")[:MOST]:
        first, last = reading.place(tag.span.start), reading.behind(tag.span.end)
        text = tag.span.of(reading.text)
        words = telling(text, reading.long_of)
        sentence = int(np.searchsorted(reading.borders[1:-1], first, side="right"))
        found.append(Arm(first, last, sentence, names.setdefault(words, len(names)), words, text))
    return found


def telling(name: str, long_of: Mapping[str, str] | None = None) -> frozenset[str]:
    """The words of a name that tell it from others; all of them where none does.

    >>> sorted(telling("the ABC group", {"abc": "alpha blocker"}))
    ['alpha', 'blocker']
    """
    whole = " ".join((long_of or {}).get(w.lower(), w) for w in re.split(r"[\s/+]+", name))
    words = [w.lower() for w in _WORD.findall(whole)]
    stems = [w[:-1] if len(w) > 4 and w.endswith("s") else w for w in words]
    return frozenset(w for w in stems if w not in _TELLS_NOTHING) or frozenset(stems)


def likeness(arms: Sequence[Arm]) -> Matrix:
    """How much the names of ``arms`` are alike, by the numbers of the names: 1 on the diagonal, 0 for strangers.

    Names are alike by the share of words that they have in common; one made of the first letters of the other counts
    as nearly the same.
    """
    words: dict[int, frozenset[str]] = {}
    letters: dict[int, str] = {}
    for arm in arms:
        words.setdefault(arm.name, arm.words)
        letters.setdefault(
            arm.name, "".join(w[0] for w in re.findall(r"[^\W\d_]+", arm.text.lower()) if w not in _TELLS_NOTHING)
        )
    out = np.eye(len(words))
    for n in range(len(words)):
        for m in range(n):
            a, b = words[n], words[m]
            alike = len(a & b) / len(a | b)
            for one, other in ((a, letters[m]), (b, letters[n])):
                short = next(iter(one)) if len(one) == 1 else ""
                if 2 < len(short) < 7 and (short in other or other in short) and len(other) > 2:
                    alike = max(alike, 0.9)
            out[n, m] = out[m, n] = alike
    return out
