"""The language of a text whose source does not say it, by the small words that only this language has often."""

from __future__ import annotations

import re
from collections import Counter

_SMALL = {
    "en": "the of and to in was were with for that by from this is are at on as be or not which we patients than",
    "de": "der die das und ist nicht mit von den dem des ein eine auf für bei wurde werden sich auch als im zu wird",
    "fr": "le la les des et est une dans pour que qui avec sur par du au aux été ont sont chez cette ce ne plus",
    "es": "el la los las de y en que con por para una del se fue fueron es al como más sus pacientes entre este",
    "pt": "o os as de e em que com por para uma da do dos das não foi foram é ao como mais pacientes entre este",
    "it": "il la le gli di e che con per una del della dei nel sono stato è al come più pazienti tra questo non",
    "nl": "de het een en van is dat met voor werd op zijn niet bij aan ook als door naar uit deze werden patiënten",
    "pl": "i w na z do nie się że jest u oraz po od przez był była były pacjentów za ze jak ich dla to",
    "sv": "och att det som en är av för med den på till inte var ett om har från vid eller hos patienter",
    "da": "og at det som en er af for med den på til ikke var et om har fra ved eller hos patienter blev",
    "tr": "ve bir bu için ile olarak olan daha çok sonra gibi hastaların hasta en göre de da ise",
}
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
)
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 20_000
_ENOUGH = 8
"""Small words of a language that a text must have before its language is told."""
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}


def tongue_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``; None for a text that is too short or in an unknown one.

    >>> tongue_of("x = 1") is None
    True
    """
    start = text[:_LOOKED_AT]
    words = [w.lower() for w in _WORD.findall(start)]
    letters = sum(map(len, words))
    for language, script in _SCRIPTS:
        if letters > 50 and len(script.findall(start)) > (0.15 if language == "ja" else 0.4) * letters:
            return language
    counts = Counter(words)
    found = sorted(((sum(counts[w] for w in small), language) for language, small in _WORDS.items()), reverse=True)
    (most, language), (next_most, _) = found[:2]
    return language if most >= _ENOUGH and most > 0.08 * len(words) and most > 1.3 * next_most else None
