"""Ratios and differences: the words that name them, the number that follows, and lists under one name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.article import Span
from ingest.claim import Interval, IntervalKind, Measure
from ingest.figure_readers import Build, Pattern
from ingest.figures import Figure, FigureKind
from ingest.numbers import PERCENT, PLAIN, parse

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
        yield Pattern(
            str(measure),
            "HR, 0.78",
            re.compile(
                rf"\b(?:{words})(?![\w-]){_BRACKET}{_OF}{_IS}(?P<value>(?<![\w.·])(?:[-−](?=[\d.·]))?{PLAIN})"
                rf"(?P<pct>{PERCENT}|\spercentage\spoints?)?(?!(?:{PERCENT})?[\s-]?[(\[]?\s?(?:CI|conf|cred))(?![\d:]|[–-]\d|-[A-Za-z]|\s?(?:SD|years?|months?|bpm|beats|point)\b)"
                rf"(?:\s?[;,]?\s?[(\[]?\s?(?P<low>{PLAIN})\s?(?:to|–|-|−|,)\s?(?P<high>{PLAIN})(?=\s?[)\];]))?"
            ),
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
_STOP = re.compile(r"[.!?]['\")\]]?\s+(?=[A-Z(\[])|\n")


def under_one_name(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """``figures`` with the measure of a list filled in: "HRs were 0.5 (95% CI …) for A and 0.7 (95% CI …) for B".

    A number without unit whose interval may be that of a ratio belongs to the last ratio named in its sentence.
    """
    if not any(f.rule == "plain" and f.interval is not None for f in figures):
        return list(figures)
    measures = list(RATIOS.values())
    names = [(m.end(), measures[int((m.lastgroup or "m0")[1:])]) for m in _NAMES.finditer(text)]
    stops = [m.end() for m in _STOP.finditer(text)]
    out: list[Figure] = []
    for f in figures:
        if f.rule == "plain" and f.measure is None and f.unit is None and _looks_like_a_ratio(f):
            start = max((s for s in stops if s <= f.span.start), default=0)
            named = [n for n in names if start <= n[0] <= f.span.start]
            if named and named[-1][1].is_ratio and not _other_between(text, named[-1][0], f.span.start):
                f = replace(f, measure=named[-1][1], rule="ratio")
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
