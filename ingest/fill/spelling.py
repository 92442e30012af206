"""Names of arms and outcomes as words that can be compared: one spelling, short forms written out, doses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ingest.terminology import load_terminology

LONGEST = 600
"""Characters of a name that are looked at."""
LONGEST_CONCEPT = 5
"""Words of a name that are looked up as one."""
WITHOUT = "without"
"""Stands for "no", "non-", "not", "-less" and the like."""

_SIZE = re.compile(r"[(\[,;:]?\s*\b[nN]\s*=\s*\d[\d,]*\s*[)\]]?")
_MARKS = re.compile(r"[*†‡§¶#®™©]+")
_SHORT = re.compile(r"(?<![\w])[A-Za-z]?[A-Z][\w]*(?:[-/][A-Z0-9][\w]*)*(?![\w])")
_DOSE = re.compile(
    r"(?<![\w.])(\d+(?:[.·]\d+)?)[\s-]*(mg|milligrams?|µg|μg|ug|mcg|kg|g|grams?|ml|mm|cm|iu|units?|mmol|mol|%|percent)(?![\w])"
)
_UNITS = {"milligram": "mg", "milligrams": "mg", "μg": "ug", "µg": "ug", "mcg": "ug", "gram": "g", "grams": "g"}
_UNITS |= {"unit": "iu", "units": "iu", "percent": "%"}
_LEVELS = re.compile(r"\b([a-z])(\d{1,2})[-–](?:\1)?(\d{1,2})\b")
"""Vertebrae: "C2-4" are those from C2 to C4."""
_LETTER_A = re.compile(r"(?<=[a-z] )A\b(?!\s+[a-z])|^A$")
"""The letter of a unit or group, no article."""
_LESS = re.compile(r"\b([a-z]{4,})-?less\b")
_PIECE = re.compile(r"\d+(?:\.\d+)?(?:mg|ug|kg|g|ml|mm|cm|iu|mmol|mol|%)?(?![a-z])|[a-z]+\d*|\d+[a-z]*")
_SYNONYMS = {
    "women": "female", "woman": "female", "girl": "female", "men": "male", "man": "male", "boy": "male",
    "pre": "before", "prior": "before", "baseline": "before", "post": "after", "following": "after",
    "no": WITHOUT, "non": WITHOUT, "not": WITHOUT, "never": WITHOUT, "un": WITHOUT,
    "death": "mortal", "died": "mortal", "dead": "mortal", "fatal": "mortal", "die": "mortal", "mortality": "mortal",
    "pbo": "placebo", "plc": "placebo", "tau": "usual", "cal": "calcium",
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "one": "1", "two": "2", "three": "3", "four": "4", "first": "1",
    "second": "2", "third": "3", "yr": "year", "mo": "month", "wk": "week", "hr": "hour", "min": "minute",
    "intensity": "severity", "sex": "gender", "caloric": "calorie", "kcal": "calorie",
}  # fmt: skip
_JOINING = (
    "a an the of in with and to for or by at on from as is was were be been their its his her that which who per into"
    " during than after-all both each either i.e e.g via vs versus"
)
SMALL = frozenset(_JOINING.split())
_ENDING = re.compile(
    r"(?:isations?|izations?|ations?|itions?|ions?|ments?|ness|ingly|ings?|ieds?|ies|ically|ical|ally|ance|ence|ities|ity"
    r"|ive|ous|ers?|ors?|al|ic|ed|es|ly|s|y|e)$"
)


def plain(name: str) -> str:
    """The name without sizes ("(n = 59)") and marks of footnotes, in small letters, on one line."""
    words = _MARKS.sub(" ", _SIZE.sub(" ", unicodedata.normalize("NFKC", name[:LONGEST])))
    return " ".join(words.split())


def written_out(name: str, short_forms: Mapping[str, str]) -> str:
    """The name with the article's short forms replaced by what they stand for."""

    def long(m: re.Match[str]) -> str:
        meant = short_forms.get(m[0]) or short_forms.get(re.sub(r"(?<=[A-Z])s$", "", m[0]))
        return m[0] if meant is None or len(meant) > 120 else f" {meant} "

    return _SHORT.sub(long, name)


def tokens_of(name: str) -> tuple[str, ...]:
    """The words of a name that tell something, in order, each once: stems, doses ("70mg"), and concepts by one name.

    >>> tokens_of("70 mg of zelotrexin"), tokens_of("Stentless cases"), tokens_of("C2-4")
    (('70mg', 'zelotrexin'), ('without', 'stent', 'case'), ('c2', 'c4'))
    """
    return _tokens(plain(name))


@lru_cache(maxsize=20_000)
def _tokens(name: str) -> tuple[str, ...]:
    capitals = frozenset(w.casefold() for w in re.findall(r"(?<![\w])[A-Z][A-Z0-9]+s?(?![\w])", name))
    folded = _DOSE.sub(_dose, _LETTER_A.sub("a0", name).casefold().replace("·", "."))
    folded = re.sub(r"\bno\.(?=\s)|\bnos?\.?\s+of\b", "number", folded)
    folded = _LEVELS.sub(r"\1\2 \1\3", folded)
    folded = _LESS.sub(rf"{WITHOUT} \1", folded)
    pieces = [p for p in _PIECE.findall(folded) if p not in SMALL]
    return tuple(dict.fromkeys(stem(p) for p in _by_concept(pieces, capitals)))


def _dose(m: re.Match[str]) -> str:
    unit = _UNITS.get(m[2], m[2])
    return f" {float(m[1].replace('·', '.')):g}{unit} "


def _by_concept(pieces: list[str], capitals: frozenset[str]) -> Iterator[str]:
    """The words, those that name a concept replaced by the words of its preferred name; short ones only in capitals."""
    terms = load_terminology()
    at = 0
    while at < len(pieces):
        for n in range(min(LONGEST_CONCEPT, len(pieces) - at), 0, -1):
            words = " ".join(pieces[at : at + n])
            found = terms.find(words) if n > 1 or len(words) > 4 or words in capitals else ()
            if found:
                yield from (p for p in _PIECE.findall(found[0].name.casefold()) if p not in SMALL)
                at += n
                break
        else:
            yield pieces[at]
            at += 1


def stem(word: str) -> str:
    """A word without its ending; synonyms that no terminology has become one word.

    >>> stem("improvements"), stem("improved"), stem("women"), stem("placebo")
    ('improv', 'improv', 'female', 'placebo')
    """
    word = _SYNONYMS.get(word, word)
    if word.endswith("s") and not word.endswith("ss") and word[:-1] in _SYNONYMS:
        word = _SYNONYMS[word[:-1]]
    if word in _SYNONYMS.values() or not word.isalpha() or len(word) < 5:
        return word[:-1] if len(word) == 4 and word.endswith("s") and not word.endswith("ss") else word
    for _ in range(2):
        cut = _ENDING.sub("", word)
        word = cut if len(cut) >= 4 else re.sub(r"(?<=[a-rt-z])s$", "", word)
    return word


def alike(one: str, two: str) -> bool:
    """True where two stems are one word: equal, or of one beginning that makes up most of both.

    >>> alike("hematolog", "hematology"), alike("interv", "intern"), alike("70mg", "700mg")
    (True, False, False)
    """
    if one == two:
        return True
    if not (one.isalpha() and two.isalpha()):
        return False
    short, long = sorted((one, two), key=len)
    return len(short) >= 5 and long.startswith(short) and len(long) - len(short) <= 4
