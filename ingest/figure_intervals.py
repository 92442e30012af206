"""Intervals and p values: confidence, credible, interquartile, range; two bounds or one; p in every spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.claim import Interval, IntervalKind, Measure, PValue
from ingest.figure_readers import NUMBER_FIRST, Pattern, pattern, span_of
from ingest.figures import Figure, FigureKind
from ingest.numbers import NUMBER, PLAIN, RAISED, parse

_LEVEL = r"(?P<level>\d\d(?:[.·]\d+)?)\s?(?:%|percent\b|per\s?cent\b)[\s-]?"
_WORD = (
    r"(?P<word>(?i:confiden(?:ce|t)\s(?:intervals?|limits?|bounds?)|credib(?:le|ility)\s(?:intervals?|limits?)"
    r"|inter-?quartile[\s-]ranges?|25th(?:\s?[–-]\s?|\sto\s|\sand\s)75th\spercentiles?)"
    r"|C\.I\.|CIs?|[BP]?CrI|IQRs?|(?i:range[ds]?))"
)
_SIDED = r"(?:(?:one|two|1|2)-sided\s)?"
_OPEN_END = r"(?i:not\s(?:yet\s)?(?:reached|estimable|evaluable|attained|calculable|available)|NR|NE|NA|∞|infinity|inf)"
BOUND = rf"(?:{NUMBER}|[-−+]?{_OPEN_END})"
_UNIT = r"(?:\s?(?:%|percent\b|(?:months?|years?|weeks?|days?|hours?|points?|mo|mm\s?Hg|kg|mg/dL)\b))?"
_TO = r"\s?(?:to|through|–|—|−|-|‐|‑|~|,|;|and)\s?"
_END = r"(?!\d|[.·]\d)"
_SHORT = r"(?:\s?[(\[]\s?(?:\d\d\s?%\s?)?(?:CIs?|C\.I\.|CrI|IQR)\s?[)\]])?"
_SAYS = r"\s?[,:=;]?\s?(?:(?i:of|was|were|is|from|between|ranging\sfrom)\s)?(?:\s?[(\[]\s?)?(?i:from\s|between\s)?"


def intervals() -> Iterator[Pattern]:
    """Two bounds behind their name, or one bound that is called upper or lower."""
    yield pattern(
        "one bound",
        "upper bound of the 95% CI, 1.21",
        r"upper|lower|0(?:%|percent|per)",
        rf"\b(?i:(?P<side>upper|lower)\s(?:bounds?|limits?|boundary)\s(?:of\s|for\s)?(?:the\s|an?\s)?){_SIDED}"
        rf"(?:{_LEVEL}{_SIDED}{_WORD}{_SHORT})\s?(?:[,:=]|was|of|is)?\s?(?P<bound>{NUMBER}){_UNIT}{_END}"
        rf"|{_LEVEL.replace('level', 'level2')}{_SIDED}{_WORD.replace('word', 'word2')}{_SHORT}\s?[,:]?\s?(?:"
        rf"(?P<sign>[<>≤≥])\s?|(?P<side2>upper|lower)\s(?:bound|limit)\s?(?:[,:=]|was|of|is)?\s?)(?P<bound2>{NUMBER})"
        rf"{_UNIT}{_END}",
        _one_bound,
    )
    yield pattern(
        "interval",
        "95% CI, 0.59-0.79",
        r"0(?:%|percent|per|th|-)|one|two|confiden(?:ce|t)|credib(?:le|ility)|interq\w+|inter|c|cis?|[bp]?cri|iqrs?|range[ds]?",
        rf"(?:{_SIDED}(?:{_LEVEL}{_SIDED})?{_WORD}(?:\s?[(\[]?(?P<level2>\d\d)\s?%[)\]]?)?{_SHORT}|{_SIDED}(?P<level3>9\d)\s?%)"
        rf"{_SAYS}(?P<low>{BOUND}){_UNIT}{_TO}(?P<high>{BOUND}){_END}(?:\s?%)?",
        _interval,
    )


def bare_intervals() -> Iterator[Pattern]:
    """Two bounds in the brackets behind a value, or behind the value itself."""
    yield pattern(
        "bare interval",
        "4.8% (2.0-7.6)",
        NUMBER_FIRST,
        rf"(?:(?<=[(\[])|(?<=[(\[]\s)|(?<=\d[,;])|(?<=\d[,;]\s)|(?<=[shy%],\s))(?P<low>{NUMBER})\s?(?:%|percent)?\s?"
        rf"(?:to|–|-|−|,)\s?(?P<high>{NUMBER}){_END}(?:\s?%)?(?=\s?[)\];])",
        _bare,
    )


def _bare(m: re.Match[str]) -> Figure:
    interval = Interval(IntervalKind.CONFIDENCE, parse(m["low"]), parse(m["high"]))
    return Figure(FigureKind.INTERVAL, span_of(m), "bare interval", interval=interval)


def _kind(word: str | None) -> IntervalKind:
    word = (word or "").casefold()
    if "cr" in word[:3]:
        return IntervalKind.CREDIBLE
    if word.startswith(("iqr", "inter", "25th")):
        return IntervalKind.INTERQUARTILE
    return IntervalKind.RANGE if word.startswith("range") else IntervalKind.CONFIDENCE


def _bound(printed: str) -> float | None:
    return None if re.search(r"[A-Za-z∞]", printed) else parse(printed)


def _interval(m: re.Match[str]) -> Figure | None:
    """An interval with its bounds; None where neither bound is a number, or a bare level has no range behind it."""
    if m["word"] is None and not re.search(r"[(\[]|[,:=]", m[0]):
        return None
    low, high = _bound(m["low"]), _bound(m["high"])
    if low is None and high is None:
        return None
    printed = m["level"] or m["level2"] or m["level3"]
    interval = Interval(_kind(m["word"]), low, high, parse(printed) if printed else None)
    return Figure(FigureKind.INTERVAL, span_of(m), "interval", interval=interval)


def _one_bound(m: re.Match[str]) -> Figure:
    upper = (m["side"] or m["side2"] or "").casefold() == "upper" or m["sign"] in ("<", "≤")
    bound = parse(m["bound"] or m["bound2"])
    level = parse(m["level"] or m["level2"])
    low, high = (None, bound) if upper else (bound, None)
    interval = Interval(_kind(m["word"] or m["word2"]), low, high, level)
    return Figure(FigureKind.INTERVAL, span_of(m), "one bound", interval=interval)


_OPERATORS = {"<": "<", ">": ">", "≤": "<=", "≥": ">=", "≦": "<=", "≧": ">=", "<=": "<=", ">=": ">=", "=<": "<=",
              "=>": ">=", "＜": "<", "below": "<", "lessthan": "<"}  # fmt: skip
"""What is printed between p and its number, without blanks; everything else says that they are equal."""


_TEST = r"(?:one|two|1|2)-(?:sided|tailed)|log-?\s?rank(?:\stest)?|adjusted|nominal|exact|stratified"
_FOR = r"interaction|trend|heterogeneity|non-?inferiority|superiority|adj(?:usted)?"
_TEN = (
    r"\s?[×x*·]\s?10\s?[(^]?\s?[-−–]\s?\d+\)?|\s?[(^]?[-−–]\d+\)?(?=[\s),;.\]]|$)|[eE]-\d+"
    rf"|\s?(?:[×x*·]\s?10)?⁻[{RAISED}]+"
)


def p_values() -> Iterator[Pattern]:
    """A p value with its operator, and one that is only said to be not significant."""
    yield pattern(
        "p",
        "P = .34",
        r"p(?:values?|interaction|trend|adj)?|𝑃|ρ|0-|one|two|log|logrank|adjusted|nominal|exact|stratified",
        rf"(?:\b(?i:{_TEST})[\s,;:]{{1,2}}){{0,3}}(?:\b[Pp]|𝑃|ρ(?=\s?[<=]))(?:[\s-]?(?i:values?)\b)?"
        rf"(?:[\s-]?[(\[]?\b(?i:(?:for|of)\s[\w -]{{3,40}}?|{_FOR})\b[)\]]?)?(?:interaction|trend)?\s?"
        r"(?P<op>[=<>≤≥≦≧＜＝:]\s?=?|\b(?:of|was|is|below|less\sthan)\b|,(?=\s?[.·0<]))\s?(?P<op2>[<>≤≥]=?)?\s?"
        rf"(?:(?P<p>{PLAIN})(?P<ten>{_TEN})?(?!\d|[.,·]\d)|(?i:NS|n\.s\.?|not\ssignificant)\b)",
        _p,
    )


def _p(m: re.Match[str]) -> Figure | None:
    """None where the number is none. A power of ten is read and kept apart: its value is not what is printed."""
    if m["p"] is None:
        return Figure(FigureKind.IGNORED, span_of(m), "p without a number")
    operator = _OPERATORS.get(m["op2"] or re.sub(r"\s", "", m["op"]), "=")
    value = parse(m["p"])
    if m["ten"]:
        printed = m["ten"].translate(str.maketrans(RAISED, "0123456789"))
        power = int(re.sub(r"\D", "", re.sub(r"^\s?[×x*·]\s?10", "", printed)) or 0)
        value = (1.0 if "10" not in m["ten"] and m["p"] == "10" else value) * 10.0**-power
        p = PValue(operator, value) if 0 <= value <= 1 else None
        return Figure(FigureKind.IGNORED, span_of(m), "p as a power of ten", p=p)
    if not 0 <= value <= 1:
        return None
    return Figure(FigureKind.P, span_of(m), "p", Measure.P_VALUE, p=PValue(operator, value))
