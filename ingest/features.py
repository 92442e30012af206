"""What the language model sees of a word, without its neighbours: pure and the same in training and at run time."""

from __future__ import annotations

import re

_DIGIT = re.compile(r"\d")
MAX_KEY = 40


def key_of(word: str) -> str:
    """The row of the word vectors that ``word`` uses: lower case, every digit 0, of at most 40 characters.

    >>> key_of("HbA1c"), key_of("12.5")
    ('hba0c', '00.0')
    """
    return _DIGIT.sub("0", word[:MAX_KEY]).lower()[:MAX_KEY]


CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-–−.,;:%()[]/+±=<>≤≥·'\"*&αβγµμ° "
PADDING, UNKNOWN = 0, 1
MAX_CHARACTERS = 24


def characters_of(word: str) -> list[int]:
    """The letters of ``word`` as numbers with one PADDING at each end; of a long word the two ends."""
    if len(word) > MAX_CHARACTERS:
        word = word[: MAX_CHARACTERS // 2] + word[-MAX_CHARACTERS // 2 :]
    return [PADDING, *(_CHARACTER.get(c, UNKNOWN) for c in word), PADDING]


_CHARACTER = {c: i + 2 for i, c in enumerate(CHARACTERS)}
CHARACTER_COUNT = len(CHARACTERS) + 2

SHAPES = 12


def shape_of(word: str) -> int:
    """One of ``SHAPES`` classes of spelling: number, capitals, mixture, punctuation."""
    if word.isdigit():
        return 1 if len(word) < 3 else 2
    if _DIGIT.search(word):
        return 3 if not any(c.isalpha() for c in word) else 4 if word[0].isalpha() else 5
    if word.isalpha():
        if word.islower():
            return 6
        if word.isupper():
            return 7 if len(word) > 1 else 8
        return 9 if word[1:].islower() else 10
    return 11 if any(c.isalpha() for c in word) else 0
