"""Words of a question and of an article as they are compared: lower case, without endings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[.·,](?=\d)\d+)*")
_GREEK = str.maketrans({"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "µ": "u", "μ": "u", "κ": "kappa"})
_ENDINGS = (
    ("ational", "ate"), ("ization", "ize"), ("isation", "ize"), ("fulness", "ful"), ("iveness", "ive"),
    ("ically", "ic"), ("ations", "ate"), ("ation", "ate"), ("ities", "y"), ("ments", "ment"), ("ness", ""),
    ("ingly", ""), ("edly", ""), ("ies", "y"), ("sses", "ss"), ("ing", ""), ("ised", "ize"), ("ized", "ize"),
    ("ed", ""), ("ly", ""), ("es", ""), ("s", ""),
)  # fmt: skip
EMPTY = frozenset(
    """
    a an and are as at be been by for from had has have in into is it its no not of on or per than that the their
    them these this those to was were which who with within without vs versus group groups arm arms patient patients
    participant participants subject subjects using used use received receiving treatment treated study trial mean
    median number total rate rates score scores level levels value values during after before between both
    """.split()  # noqa: SIM905 (a list of so many is no easier to read)
)
"""Words that say little of which outcome or arm is meant; they count where a phrase has no others."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and where it stands in the text it was taken from."""

    stem: str
    start: int
    end: int


@lru_cache(maxsize=100_000)
def stem_of(word: str) -> str:
    """``word`` in lower case and American spelling without its ending; numbers as they are.

    >>> stem_of("Reductions"), stem_of("reduced"), stem_of("4.0"), stem_of("HbA1c")
    ('reduction', 'reduc', '4.0', 'hba1c')
    """
    word = word.lower().translate(_GREEK).replace("ae", "e").replace("oe", "e")
    if not word.isalpha():
        return word.replace(",", "").replace("·", ".")
    for ending, instead in _ENDINGS:
        if (
            word.endswith(ending)
            and len(word) - len(ending) >= 4 - (ending == "s")
            and not word.endswith(("ss", "is", "us"))
        ):
            word = word[: -len(ending)] + instead
            break
    return word[:-1] if len(word) > 4 and word[-1] in "ey" else word


def words_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words of ``text[start:end]`` in order; offsets are those of ``text``."""
    for m in _WORD.finditer(text, start, len(text) if end is None else end):
        yield Word(stem_of(m[0]), m.start(), m.end())


def telling(stems: Iterable[str]) -> tuple[str, ...]:
    """The stems that tell a phrase from others, each once in order; all of them where none does."""
    every = tuple(dict.fromkeys(stems))
    return tuple(s for s in every if s not in _EMPTY_STEMS and (len(s) > 1 or s.isdigit())) or every


_EMPTY_STEMS = frozenset(stem_of(word) for word in EMPTY) | EMPTY
