"""What stands behind the colon of a filter: values by name, with what may be meant where one is unknown. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from graph.errors import QuestionError
from graph.language.model import DesignWords
from ingest.claim import Direction, Grade, Measure, Significance

_M = TypeVar("_M", bound=StrEnum)
_V = TypeVar("_V")

MEASURES: dict[str, Measure] = {
    **{measure.value: measure for measure in Measure},
    "hr": Measure.HAZARD_RATIO,
    "or": Measure.ODDS_RATIO,
    "rr": Measure.RISK_RATIO,
    "relative risk": Measure.RISK_RATIO,
    "irr": Measure.RATE_RATIO,
    "incidence rate ratio": Measure.RATE_RATIO,
    "sir": Measure.STANDARDISED_INCIDENCE_RATIO,
    "rd": Measure.RISK_DIFFERENCE,
    "arr": Measure.RISK_DIFFERENCE,
    "md": Measure.MEAN_DIFFERENCE,
    "smd": Measure.STANDARDISED_MEAN_DIFFERENCE,
    "nnt": Measure.NUMBER_NEEDED_TO_TREAT,
    "gm": Measure.GEOMETRIC_MEAN,
    "percentage": Measure.PROPORTION,
    "p": Measure.P_VALUE,
}
"""Names of measures; American spelling and hyphens are read as well."""
DIRECTIONS: dict[str, Direction | None] = {
    "higher": Direction.HIGHER,
    "lower": Direction.LOWER,
    "no difference": Direction.NO_DIFFERENCE,
    "none": Direction.NO_DIFFERENCE,
    "unknown": None,
}
SIGNIFICANCES: dict[str, Significance | None] = {
    "yes": Significance.SIGNIFICANT,
    "no": Significance.NOT_SIGNIFICANT,
    "unknown": None,
}
GRADES: dict[str, Grade] = {grade.value: grade for grade in Grade}
VARIANTS = str.maketrans(
    "\u00b5\u017f\u03c2\u03d0\u03d1\u03d5\u03d6\u03f0\u03f1\u03f5\u1e9b\u1fbe",
    "\u03bcs\u03c3\u03b2\u03b8\u03c6\u03c0\u03ba\u03c1\u03b5\u1e61\u03b9",
)
"""Letters that are forms of another one, and that one, such as micro sign and mu; SQLite's search folds the same."""
_RCT = ("randomised", "controlled", "trial")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_PHASE = re.compile(r"\bphase\s+(?P<number>[1-4]|i{1,3}|iv)(?!\w)")
_YEAR = re.compile(r"[1-9]\d{3}")
_SIZE = re.compile(r"[nN]\s*(?P<operator>>=|<=|≥|≤|>|<|=)\s*(?P<number>.*)", re.DOTALL)
_NUMBER = re.compile(r"\d{1,9}|\d{1,3}(?:,\d{3}){1,2}", re.ASCII)


def plain(words: str) -> str:
    """A name as values are looked up: small letters, blanks for hyphens, British endings.

    >>> plain("Standardized_mean-difference")
    'standardised mean difference'
    """
    flat = " ".join(words.lower().replace("-", " ").replace("_", " ").split())
    return re.sub(r"(?<=[a-z]{3})iz(?=(?:e|ed|ation)\b)", "is", flat)


def several(words: str, place: int, known: Mapping[str, _V], shown: Sequence[str] | None = None) -> frozenset[_V]:
    """The values that stand there, with commas between them. Raises QuestionError for one that is unknown."""
    found: set[_V] = set()
    for part in words.split(","):
        name = plain(part)
        if name not in known:
            allowed = list(known if shown is None else shown)
            near = get_close_matches(name, known, n=1, cutoff=0.6) or allowed
            raise QuestionError(f"{part.strip()!r} is not allowed here", place, near)
        found.add(known[name])
    return frozenset(found)


def members(words: str, place: int, kind: type[_M]) -> frozenset[_M]:
    """The members of a closed set that stand there; all of them where one word is ``any``."""
    names = [part for part in words.split(",") if plain(part) != "any"]
    known = {member.value: member for member in kind}
    found = several(",".join(names), place, known, [*known, "any"]) if names else frozenset[_M]()
    return frozenset(kind) if len(names) < len(words.split(",")) else found


def one(words: str, place: int, kind: type[_M]) -> _M:
    """The one member that stands there."""
    try:
        return kind(words.lower())
    except ValueError as error:
        raise QuestionError(f"{words!r} is not allowed here", place, [member.value for member in kind]) from error


def year(words: str, place: int) -> int:
    """A year of four digits."""
    if not _YEAR.fullmatch(words):
        raise QuestionError(f"{words!r} is not a year of four digits", place, ["2015"])
    return int(words)


def size(written: str, place: int) -> tuple[str, int]:
    """Operator and number of ``n>=500``."""
    found = _SIZE.fullmatch(written)
    assert found is not None, written
    if not _NUMBER.fullmatch(found["number"]):
        at = place + found.start("number")
        raise QuestionError(f"{found['number']!r} is not a whole number of at most nine digits", at, ["n>=500"])
    operator = {"≥": ">=", "≤": "<="}.get(found["operator"], found["operator"])
    return operator, int(found["number"].replace(",", ""))


def text_words(words: str) -> tuple[str, ...]:
    """The runs of letters and digits, in small letters, each letter in its usual form.

    >>> text_words("HR 0.51; 5 \u00b5g")
    ('hr', '0', '51', '5', '\u03bcg')
    """
    return tuple(re.findall(r"[^\W_]+", words.lower().translate(VARIANTS)))


def design_words(words: str, place: int) -> tuple[DesignWords, ...]:
    """Designs, with commas between them.

    >>> design_words("RCT, phase III", 0)
    (DesignWords(words=('randomised', 'controlled', 'trial'), phase=None), DesignWords(words=(), phase=3))
    """
    return tuple(_design(part, place) for part in dict.fromkeys(words.split(",")))


def _design(words: str, place: int) -> DesignWords:
    flat = plain(words)
    phases = [_ROMAN.get(m["number"]) or int(m["number"]) for m in _PHASE.finditer(flat)]
    if len(set(phases)) > 1:
        raise QuestionError("a design has one phase; several go with commas", place, ["phase 2, phase 3"])
    left = text_words(_PHASE.sub(" ", flat))
    if left and set(left) <= {"trial", "study"} and phases:
        left = ()
    if not left and not phases:
        raise QuestionError("a design needs a letter or a digit", place, ["phase 3", "randomised controlled trial"])
    return DesignWords(_spelt(left), phases[0] if phases else None)


def _spelt(words: Iterable[str]) -> tuple[str, ...]:
    out: list[str] = []
    for word in words:
        out += _RCT if word in ("rct", "rcts") else (word,)
    return tuple(out)
