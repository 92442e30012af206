"""What stands around a statement and is no part of it: how it was found, whom it is about, what it is compared with."""

from __future__ import annotations

import re

from ingest.article import Span
from ingest.ratio_phrases import PEOPLE, exposure

_WORDS = (
    r"(?:(?-i:RESULTS?|FINDINGS|CONCLUSIONS?)\s*:?|thus|therefore|hence|in\s+summary|finally|moreover|furthermore|further|similarly|likewise|however|interestingly|notably"
    r"|conversely|specifically"
    r"|additionally|in\s+addition|in\s+contrast|by\s+contrast|nevertheless|importantly|of\s+note|overall(?=\s*,))\b\s*,?\s+"
)
_METHOD = (
    r"(?:in|on|by|using|after|following|upon|with|from|through|based\s+on|according\s+to|adjusting|controlling"
    r"|even\s+after|when)\b"
    r"(?:(?!\b(?:were|was|had|is|are)\b)[^,\x01;]){0,120}?(?:analys[ei]s|models?|regressions?|adjust\w*"
    r"|controll\w*|factors"
    r"|follow-up|cohort|confounders|variables|covariates|regards?|safety|comparison|population)\b[^,\x01;]{0,80},"
    r"(?:\s+(?:including|such\s+as)\b[^\x01;]{0,120}?,)?\s*"
)
_TIME = (
    r"(?:at|after|over|during|within|with)\s+(?!\w+ing\b)[^,\x01;]{3,60}?\b(?:months?|years?|weeks?|days?"
    r"|follow-up|period)\b[^,\x01;]{0,30},\s*"
)
_FINDERS = (
    r"(?:analys[ei]s|regressions?|models?|results?|we|study|estimates|data|findings|tests?|authors|curves?|trial)"
)
_SHOWED = (
    rf"[^,\x01;]{{0,100}}?\b{_FINDERS}\s+(?:also\s+|further\s+|(?:on|of|for|in"
    rf"|with)\s+[^,\x01;]{{1,60}}?\s+)?(?:show(?:ed|s)?|reveal(?:ed|s)"
    r"|confirm(?:ed|s)|demonstrated|found|indicated|identified|suggest(?:ed|s)|detected|observed|established"
    r"|determined)\b(?:\s+that\b)?\s*"
)
_OPENER = re.compile(rf"[\s,;]*(?:{_WORDS}|{_METHOD}|{_TIME}|{_SHOWED})", re.I)
_ASIDE = re.compile(r"[\s,;]*(?:in|of|at|for|with|on|within|during|from|to|by|after|before|among|amongst)\s", re.I)
_COMMA = re.compile(r",\s+(?=\w)")
_LEADING = re.compile(
    r"[\s,;]*(?:(?:and|but)\s+)?(?:even\s+)?(?:in|among|for|within)\s+(?P<who>[^\x01,;]{3,120}),\s+", re.I
)
_COMPARED = re.compile(
    r"(?:(?<=[\s,(])|^)(?:(?:when\s+|as\s+)?(?:compar(?:ed|ing)\s+(?:with|to|against)|in\s+comparison\s+(?:with"
    r"|to))|relative\s+to"
    rf"|as\s+opposed\s+to|versus|vs\.?|against|over(?=\s+[a-z-]{(4,)})(?!\s+(?:time|the|an?|years|months)\b)|than(?!\s+[\d.]|\s+(?:one|two|three|four|five|half)\b)|reference\s*[:=]|ref\.?\s*[:=])\s+(?:\(vs\.?\)\s+)?(?:(?:that|those|the|in|of|for"
    rf"|with|among|{PEOPLE}|who|had|received|receiving|undergoing)\s+)*"
    r"(?P<what>[^\x01,;:()\[\]]{2,90})",
    re.I,
)
_REFERENCE = re.compile(r"\(\s*(?:reference|ref\.?)\s*(?:group|category)?\s*[\x02:=,]?\s*(?P<what>[^()]{2,60})\)", re.I)
_AS_REFERENCE = re.compile(r"\((?P<what>[^()]{2,60}?)\s+as\s+(?:an?\s+|the\s+)?reference\b[^()]{0,20}\)", re.I)
_BEHIND_IT = re.compile(
    r"\s+(?:for|in\s+(?:terms|the)|was|were|had|have|has|showed|did|is|are|after|and|using|on|at|when|over"
    r"|during|with\s+respect"
    r"|received|among)\b",
    re.I,
)
_NUMBER = re.compile(r"^[$€£]?\d+(?:\.\d+)?\s*(?:%|$|\s)|\d\s*(?:%|months?|years?|weeks?|days?)(?:\s|$)", re.I)
"""What is compared with a number, and not with people: the arms' values stand beside the ratio."""
_ADJUSTED = re.compile(
    r"[,\s]\s*\(?(?:and\s+)?(?:after\s+(?:adjust|control|correct|account)\w*|adjust(?:ed|ing)\s+for"
    r"|independent(?:ly)?\s+of)\b",
    re.I,
)
_PER_UNIT = re.compile(r"\s*\(?(?:per|for\s+(?:each|every))\s", re.I)


def opening_comparator(text: str) -> tuple[Span | None, int]:
    """What "Compared with X," at the beginning of a sentence compares with, and where the rest begins."""
    begin = without_opener(text, 0, len(text))
    m = _COMPARED.match(text, begin + len(text[begin:]) - len(text[begin:].lstrip()))
    if m is None or m.end() >= len(text) or text[m.end()] != ",":
        return None, begin
    return exposure(text, *m.span("what")), m.end() + 1


def without_opener(text: str, start: int, end: int) -> int:
    """Where a statement begins behind words such as "Finally," and "multivariable analysis showed that"."""
    for _ in range(4):
        m = _OPENER.match(text, start, end)
        if m is None or m.end() <= start:
            break
        start = m.end()
    return start


def subject_from(text: str, start: int, end: int) -> int:
    """Where the subject of a statement begins behind "In a study of X, ..." and "Of all drugs, ...", up to a frame."""
    if _ASIDE.match(text, start, end) is None:
        return start
    comma = max((m.end() for m in _COMMA.finditer(text, start, end)), default=start)
    return without_opener(text, comma, end) if re.search(r"\w", text[comma:end]) else start


def people_first(text: str, start: int, end: int) -> tuple[tuple[int, int] | None, int]:
    """The people of "Among men with X," and where the words behind the comma begin."""
    m = _LEADING.match(text, start, end)
    return (m.span("who"), m.end()) if m else (None, start)


def compared_with(text: str, start: int, end: int) -> Span | None:
    """What the words of a range compare with; None where they do not say, or say a number."""
    for pattern in (_COMPARED, _REFERENCE, _AS_REFERENCE):
        for m in pattern.finditer(text, start, end):
            a, b = m.span("what")
            stop = _BEHIND_IT.search(text, a, b)
            found = exposure(text, a, stop.start() if stop else b)
            if found is not None and not _NUMBER.search(text[a:b].strip()):
                return found
    return None


def comparing_word(text: str, start: int, end: int) -> int:
    """Where the first comparing word of a range stands; its end where there is none."""
    m = _COMPARED.search(text, start, end)
    return m.start() if m else end


def adjusted(text: str, start: int, end: int) -> int:
    """Where a range ends, less what was adjusted for."""
    m = _ADJUSTED.search(text, start, end)
    return m.start() if m else end


def cut(text: str, start: int, end: int) -> int:
    """Where a range ends, less what it is compared with and what was adjusted for."""
    return adjusted(text, start, comparing_word(text, start, end))
