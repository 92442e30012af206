"""The form of a pattern of the effects grammar, and what many of them are made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.article import Span
from ingest.figures import Figure, FigureKind
from ingest.numbers import TENS, WORDS, parse

Build = Callable[["re.Match[str]"], Figure | None]
NUMBER_FIRST = r"0.*"
"""``starts`` of a pattern that begins with a number, whatever follows it."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern, the words it was written for, and what it makes of a match (None: not this one after all).

    ``starts`` says where it is worth trying: it has to match, whole, the key of a token: a word in lower case, one of
    the signs that ``effects`` looks for, or ``0`` for a number with the word or sign behind it (``0patients``, ``0%``).
    """

    name: str
    example: str
    starts: str
    regex: re.Pattern[str]
    build: Build


def pattern(name: str, example: str, starts: str, regex: str, build: Build) -> Pattern:
    """A pattern of its source."""
    return Pattern(name, example, starts, re.compile(regex), build)


def skip(name: str, example: str, starts: str, regex: str) -> Pattern:
    """A pattern for numbers that are never results."""
    return pattern(name, example, starts, regex, simple_reader(FigureKind.IGNORED, name))


def span_of(m: re.Match[str], group: str | int = 0) -> Span:
    """The range of a match, or of one of its groups."""
    return Span(*m.span(group))


def simple_reader(kind: FigureKind, name: str) -> Build:
    """A reader that keeps the match as a figure of ``kind`` without numbers."""
    return lambda m: Figure(kind, span_of(m), name)


REACH = 240
"""How far back, in code points, the words that say what a number is are looked for."""
SENTENCE_END = re.compile(r"[.!?]['\")\]]?\s+(?=[A-Z(\[])|\n")


def before(m: re.Match[str]) -> str:
    """The words of the match's own sentence before it, at most ``REACH`` code points.

    >>> before(re.search("5", "It rose. The mean was 5 here"))
    'The mean was '
    """
    words = m.string[max(0, m.start() - REACH) : m.start()]
    stops = list(SENTENCE_END.finditer(words))
    return words[stops[-1].end() :] if stops else words


_CHANGED = re.compile(
    r"\b(?:changes?\b[^.;()]{0,60}|(?:fell|rose|dropped|declined|decreased|increased|improved|gained|lost|reduced|lowered"
    r"|raised|grew)\s(?:significantly\s)?by\s(?:a\s(?:mean|median)\sof\s|an\saverage\sof\s|about\s)?"
    r"|(?:reductions?|decreases?|increases?|improvements?|declines?)\s(?:in|of|from)\b[^.;()\d]{0,60})$",
    re.I,
)


def changed(words: str) -> bool:
    """True where ``words`` lead up to an amount by which something changed.

    >>> changed("weight fell by a mean of "), changed("the mean weight was ")
    (True, False)
    """
    return _CHANGED.search(words) is not None


_SPACED = re.compile(r"(?:[(\[:;]|\b(?:vs\.?|v|versus|and|was|were|of|by))\s?(?P<sign>[-−])\s$")


def signed(m: re.Match[str]) -> tuple[float, Span]:
    """The number ``value`` of a match and the range of it all, with a minus that a blank parts from it.

    >>> signed(re.search("(?P<value>45.9)%", "(- 55.9% vs. - 45.9%)"))
    (-45.9, Span(start=13, end=20))
    """
    value, span = parse(m["value"]), span_of(m)
    lead = max(0, span.start - 12)
    minus = _SPACED.search(m.string[lead : span.start])
    return (-value, Span(lead + minus.start("sign"), span.end)) if minus and value > 0 else (value, span)


WORD_NUMBER = r"\b(?i:" + "|".join(WORDS) + r")\b"
TIME = r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|yrs?|mos?\b|wks?|hrs?\b|mins?\b)"
PEOPLE = (
    r"(?:(?:evaluable|eligible|treated|randomi[sz]ed|enrolled|trial|study|assessable|consecutive|adult|infected"
    r"|female|male|other|such|older|younger)\s)?"
    r"(?:patients|participants|women|men|subjects|people|persons|individuals|children|adults|cases|volunteers|eyes|"
    r"infants|newborns|girls|boys|mothers|recipients|patient|participant|woman|man|subject|person|child|infant)"
)
PEOPLE_KEYS = (
    r"evaluable|eligible|treated|randomi[sz]ed|enrolled|trial|study|assessable|consecutive|adults?|infected|female|male"
    r"|other|such|older|younger|patients?|participants?|wom[ae]n|m[ae]n|subjects?|people|persons?|individuals|child"
    r"|children|cases|volunteers|eyes|infants?|newborns|girls|boys|mothers|recipients"
)
"""First words of ``PEOPLE``, as keys behind a number."""
TIME_KEYS = r"years?|months?|weeks?|days?|hours?|minutes?|seconds?|yrs?|mos?|wks?|hrs?|mins?"
NUMBER_KEYS = "|".join(WORDS)
"""Numbers in words, as keys."""
WORDS_FIRST = rf"{NUMBER_KEYS}|{'|'.join(TENS)}|none"
"""Numbers in words up to ninety-nine, as keys."""
