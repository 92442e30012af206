"""Numbers of trial registries: which registry a number is of, and one form for each number. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_REGISTRIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ClinicalTrials.gov", re.compile(r"NCT\d{8}")),
    ("ISRCTN", re.compile(r"ISRCTN\d{8}")),
    ("EudraCT", re.compile(r"(?:19|20)\d\d-\d{6}-\d\d")),
    ("CTIS", re.compile(r"20\d\d-5\d{5}-\d\d-\d\d")),
    ("PROSPERO", re.compile(r"CRD\d{8,11}")),
    ("UMIN", re.compile(r"UMIN\d{9}")),
    ("jRCT", re.compile(r"JRCTS?\d{9,10}")),
    ("ACTRN", re.compile(r"ACTRN\d{14}P?")),
    ("ChiCTR", re.compile(r"CHICTR[\w-]{6,20}")),
    ("CTRI", re.compile(r"CTRI/\d{4}/\d{2,3}/\d{5,6}")),
    ("DRKS", re.compile(r"DRKS\d{8}")),
)
REVIEWS = "PROSPERO"
"""A register of reviews: its numbers are those of a review and not of a trial."""
_PREFIX = re.compile(r"(?:EUDRA-?CT|EU-?CT|CTIS)(?:NO\.?|NUMBER)?:?")


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """A registry number; ``rank`` orders registries, the first being the one that studies are called by."""

    rank: int
    registry: str
    text: str


@lru_cache(maxsize=16_384)
def number_of(printed: str) -> Number:
    """The number in one form; of an unknown registry the letters that it begins with are the registry.

    >>> number_of("EudraCT: 2010-019173-11").text, number_of("nct 01234567").registry, number_of("X-7").registry
    ('2010-019173-11', 'ClinicalTrials.gov', 'X')
    """
    text = _PREFIX.sub("", re.sub(r"\s+", "", printed).upper())
    for rank, (name, pattern) in enumerate(_REGISTRIES):
        if pattern.fullmatch(text):
            return Number(rank, name, text)
    letters = re.match(r"[^\W\d_]*", text)
    return Number(len(_REGISTRIES), letters[0] if letters else "", text)
