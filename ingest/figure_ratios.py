"""Ratios and differences: the words that name them, the number that follows, and lists under one name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.article import Span
from ingest.claim import Interval, IntervalKind, Measure
from ingest.figure_readers import SENTENCE_END, Build, Pattern, pattern
from ingest.figures import Figure, FigureKind
from ingest.numbers import NUMBER, PERCENT, PLAIN, parse

_ADJUSTED = r"(?:[acmpsuAC]|s[Dd]|sub)?"
_TAIL = r"s?(?:[-_ ]?adj)?"
RATIOS = {
    rf"(?i:hazards?[ -](?:rates?[ -])?ratios?)|{_ADJUSTED}HR{_TAIL}|HRR|HRP": Measure.HAZARD_RATIO,
    rf"(?i:odds?[ -]ratios?)|{_ADJUSTED}OR{_TAIL}": Measure.ODDS_RATIO,
    rf"(?i:(?:relative[ -]|adjusted )risk(?:[ -]ratio)?s?|risks?[ -]ratios?)|{_ADJUSTED}RR{_TAIL}": Measure.RISK_RATIO,
    rf"(?i:(?:inciden(?:ce|t)[ -])?(?:density[ -])?rate[ -]ratios?)|{_ADJUSTED}IRR{_TAIL}": Measure.RATE_RATIO,
    r"(?i:standardi[sz]ed[ -]incidence[ -]ratios?)|SIRs?": Measure.STANDARDISED_INCIDENCE_RATIO,
    r"(?i:standardi[sz]ed[ -]mean[ -]differences?)|SMDs?": Measure.STANDARDISED_MEAN_DIFFERENCE,
    r"(?i:(?:weighted )?mean[ -]differences?|differences? in means?)|WMDs?|MDs?": Measure.MEAN_DIFFERENCE,
    r"(?i:(?:absolute )?risk[ -]differences?|absolute risk reductions?)|ARRs?|RDs?": Measure.RISK_DIFFERENCE,
    r"(?i:numbers?[ -]needed[ -]to[ -](?:treat|harm))|NNT[BH]?|NNH": Measure.NUMBER_NEEDED_TO_TREAT,
}
"""What names a measure in print, its short forms in capitals among it."""

_KEYS = {
    Measure.HAZARD_RATIO: r"hazards?|\w{0,3}hrs?|\w{0,3}hrs?adj|hrr|hrp",
    Measure.ODDS_RATIO: r"odds?|\w{0,3}ors?|\w{0,3}ors?adj",
    Measure.RISK_RATIO: r"relative|adjusted|risks?|\w{0,3}rrs?|\w{0,3}rrs?adj",
    Measure.RATE_RATIO: r"inciden(?:ce|t)|density|rate|\w{0,3}irrs?|\w{0,3}irrs?adj",
    Measure.STANDARDISED_INCIDENCE_RATIO: r"standardi[sz]ed|sirs?",
    Measure.STANDARDISED_MEAN_DIFFERENCE: r"standardi[sz]ed|smds?",
    Measure.MEAN_DIFFERENCE: r"weighted|mean|differences?|wmds?|mds?",
    Measure.RISK_DIFFERENCE: r"absolute|risk|arrs?|rds?",
    Measure.NUMBER_NEEDED_TO_TREAT: r"numbers?|nnt[bh]?|nnh",
}
_BRACKET = r"(?:\s?[(\[][^()\[\]]{1,60}(?:\([^()]{1,10}\)[^()\[\]]{0,20})?[)\]]){0,2}"
"""Behind the name: its short form, and what the numbers will be, as in "OR (95% CI)"."""
_OF = (
    r"(?:\s(?:for|against|versus|of|in|with|between|comparing|per|from)\s[^.;:=()\[\]\d]{2,90}?"
    r"(?:\(\w{1,8}\)[^.;:=()\[\]\d]{1,60}?)?)?"
)
_IS = (
    r"(?:\s?(?:\b(?:was|were|of|is|being|estimated\sat)\b|[=:,;])\s?(?:then\s|only\s|just\s|about\s|estimated\sat\s"
    r"|approximately\s)?|\s?(?=[(\[]\s?\d)|\s)"
)
_SHORT = re.compile(r"[A-Za-z]{0,3}[A-Z]{2,3}s?\b")


def ratios() -> Iterator[Pattern]:
    """A pattern for each measure: its name, what it is of, and the number."""
    for words, measure in RATIOS.items():
        yield pattern(
            str(measure),
            "HR, 0.78",
            _KEYS[measure],
            rf"\b(?:{words})(?![\w-]){_BRACKET}{_OF}{_IS}(?P<value>(?<![\w.·])(?:[-−](?=[\d.·]))?{PLAIN})"
            rf"(?P<pct>{PERCENT}|\spercentage\spoints?)?(?!{PERCENT}[\s-]?[(\[]?\s?(?:CI|conf|cred))"
            r"(?![\d:]|[.·]\d|[–-]\d|-[A-Za-z]|\s?(?:SD|years?|months?|bpm|beats|point)\b)"
            rf"(?:\s?[;,]?\s?[(\[]?\s?(?P<low>{NUMBER})\s?(?:to|–|-|−|,)\s?(?P<high>{NUMBER})(?=\s?[)\];]))?",
            _reader(measure),
        )


def _reader(measure: Measure) -> Build:
    def build(m: re.Match[str]) -> Figure | None:
        value, short = parse(m["value"]), _SHORT.match(m[0]) is not None
        if measure.is_ratio and (value < 0 or m["pct"]):
            return None
        interval = None
        if m["low"] is not None:
            low, high = parse(m["low"]), parse(m["high"])
            interval = Interval(IntervalKind.CONFIDENCE, low, high) if low <= value <= high else None
        if short and measure is Measure.HAZARD_RATIO and value > 20 and interval is None:
            return None
        end = m.end("high") if interval else m.end("pct") if m["pct"] else m.end("value")
        unit = "%" if m["pct"] else None
        return Figure(FigureKind.VALUE, Span(m.start(), end), "ratio", measure, value, unit, interval=interval)

    return build


_NAMES = re.compile("|".join(rf"(?P<m{i}>\b(?:{words})(?![\w-]))" for i, words in enumerate(RATIOS)))
_OTHERS = re.compile(
    r"\b(?:mean|median|average|rates?|incidence|prevalence|sensitivity|specificity|correlation|coefficient|AUC"
    r"|levels?|scores?|percentage|proportion)s?\b|[βρ]",
    re.I,
)


def under_one_name(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """``figures`` with the measure of a list filled in: "HRs were 0.5 (95% CI …) for A and 0.7 (95% CI …) for B".

    A number without unit whose interval may be that of a ratio belongs to the last ratio named in its sentence.
    """
    if not any(f.rule == "plain" and f.interval is not None for f in figures):
        return list(figures)
    measures = list(RATIOS.values())
    names = [(m.end(), measures[int((m.lastgroup or "m0")[1:])]) for m in _NAMES.finditer(text)]
    stops = [0, *(m.end() for m in SENTENCE_END.finditer(text))]
    out: list[Figure] = []
    for f in figures:
        if f.rule == "plain" and f.measure is None and f.unit is None and _looks_like_a_ratio(f):
            sentence = stops[bisect_right(stops, f.span.start) - 1]
            near = bisect_right(names, f.span.start, key=lambda name: name[0]) - 1
            place, measure = names[near] if near >= 0 else (-1, Measure.OTHER)
            if place >= sentence and measure.is_ratio and not _other_between(text, place, f.span.start):
                f = replace(f, measure=measure, rule="ratio")
        out.append(f)
    return out


def _other_between(text: str, start: int, end: int) -> bool:
    """True where another measure is named; "the ratio of A to B (" names a predictor and not what the number is."""
    words = text[start:end]
    return _OTHERS.search(words) is not None or ("ratio" in words and not words.rstrip().endswith(("(", "[")))


def _looks_like_a_ratio(f: Figure) -> bool:
    """True where a positive value lies in its interval of confidence."""
    low, high = (f.interval.low, f.interval.high) if f.interval else (None, None)
    if f.value is None or low is None or high is None or not 0 < low <= f.value <= high or low == high:
        return False
    return f.interval is not None and f.interval.kind in (IntervalKind.CONFIDENCE, IntervalKind.CREDIBLE)
