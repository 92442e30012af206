"""Patterns of the effects grammar for measured values, time points and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.claim import Measure
from ingest.figure_patterns import PEOPLE
from ingest.figure_readers import (
    HANGING_TIMES,
    TIME,
    TIMES,
    WORD_NUMBER,
    Pattern,
    count_percent_figure,
    fraction_figure,
    mean_figure,
    people_figure,
    percent_fraction_figure,
    rate_figure,
    simple_reader,
    skip,
    span_of,
    times_figure,
    unit_of,
    value_reader,
)
from ingest.figures import Figure, FigureKind
from ingest.numbers import END, IN_WORDS, NUMBER, PERCENT, PLAIN, START, parse

LAB = (
    r"(?:mm\s?Hg|mg/dL|mg/dl|mmol/mol|mmol/L|mmol/l|g/dL|g/dl|g/L|µmol/L|μmol/L|ng/mL|pg/mL|U/L|IU/L|kg/m2"
    r"|kg/m²|kg|cm|mm|"
    r"points?|letters|mL/min|ml/min|L|dB|bpm)(?![\w/])"
)


_OPEN = r"[(\[]\s*"


_CLOSE = r"\s*[)\]]"


def measurements() -> Iterator[Pattern]:
    """Fractions, percentages, means, rates."""
    yield Pattern(
        "count of people with percent",
        "three (4.5%) of 66 patients",
        re.compile(
            rf"(?i:{START}(?P<x>{PLAIN}|{WORD_NUMBER})\s*\(\s*(?P<pct>{PLAIN}){PERCENT}\s*\)\s*of\s+(?:the\s+)?(?P<n>{PLAIN})(?:\s+{PEOPLE})?)"
        ),
        percent_fraction_figure,
    )
    yield Pattern(
        "percent with fraction",
        "21.8% (17 of 78)",
        re.compile(
            rf"{START}(?P<pct>{PLAIN}){PERCENT}\s*{_OPEN}(?:[nN]\s*=\s*)?(?P<x>{PLAIN})(?:\s*(?:/|of"
            rf"|out\s+of)\s*(?:the\s+)?(?P<n>{PLAIN}))?(?:\s+{PEOPLE})?{_CLOSE}"
        ),
        percent_fraction_figure,
    )
    yield Pattern(
        "fraction",
        "17/78 (21.8%)",
        re.compile(
            rf"{START}(?P<x>{PLAIN})\s*(?:(?:{PEOPLE})\s*)?(?:/|\bof\b|\bout\s+of\b)\s*(?:the\s+"
            rf"|all\s+)?(?P<n>{PLAIN})(?![\w.,·]\d|\s?%)(?:\s*(?:{PEOPLE}))?(?:\s*[(\[]\s*"
            rf"(?P<pct>{PLAIN}){PERCENT}{_CLOSE})?"
        ),
        lambda m: fraction_figure(m),
    )
    yield Pattern(
        "count with percent",
        "n = 12 (9%)",
        re.compile(
            rf"{START}(?:[nN]\s*=\s*)?(?P<x>{PLAIN}|{WORD_NUMBER})\s*(?:{PEOPLE}\s*)?[(\[]\s*"
            rf"(?P<pct>{PLAIN}){PERCENT}{_CLOSE}"
        ),
        count_percent_figure,
    )
    yield Pattern(
        "mean with SD",
        "54.2 ± 3.1 mm Hg",
        re.compile(
            rf"{START}(?P<value>{NUMBER})\s*%?\s*(?:±|\+/-|\+/−|\(SD,?\s"
            rf"|\(standard\s+deviation,?\s)\s*(?P<sd>{PLAIN})\)?\s*(?P<unit>%|{LAB}|{TIME})?"
        ),
        mean_figure,
    )
    yield Pattern(
        "rate",
        "3.1 per 100 patient-years",
        re.compile(
            rf"{START}(?P<value>{PLAIN})(?P<pct>{PERCENT})?\s*(?:(?:events?|cases?|cancers?|deaths?"
            rf"|malignancies)\s+)?per\s+(?P<base>{PLAIN})?\s*(?:person|patient|woman)[\s-]?years?"
        ),
        rate_figure,
    )
    yield skip("level", "80% power", rf"{START}{PLAIN}\s?(?:%|percent)\s+(?:statistical\s+)?(?:power|confidence|CI)\b")
    yield skip("rate unit", "per 100 patient-years", rf"\bper\s+{PLAIN}\s*(?:person|patient|woman)[\s-]?years?")
    yield skip(
        "time of follow-up",
        "60 months' follow-up",
        rf"{START}{PLAIN}\s+{TIME}[’']?\s+(?:of\s+)?(?:median\s+)?follow[\s-]?up",
    )
    yield skip(
        "difference in time",
        "10 months longer",
        rf"(?:[≈~]|{START})(?:{PLAIN})[\s-]*{TIME}\s+(?:longer|shorter|more|less|earlier|later)\b",
    )
    yield Pattern(
        "relative change",
        "29% lower",
        re.compile(
            rf"{START}(?P<value>{PLAIN}){PERCENT}(?=\s+(?:(?:relative|risk|absolute)\s+)?(?:lower|higher|less|more|fewer"
            r"|greater|reductions?|decreases?|increases?|drop|improvements?|better|worse|relative|decline|rise)\b)"
            rf"|(?i:\bby\s+(?:about\s+|approximately\s+|nearly\s+|only\s+|just\s+)?)(?P<value2>{PLAIN}){PERCENT}"
            r"|(?i:\b(?:reduction|increase|decrease|improvement|decline)s?\s+(?:in|of)\b)[^.;%\d]{2,60}?"
            rf"(?:\bwas\b|\bwere\b|\bof\b|\()\s*(?P<value3>{PLAIN}){PERCENT}"
        ),
        lambda m: Figure(
            FigureKind.VALUE,
            span_of(m),
            "relative change",
            Measure.OTHER,
            parse(m["value"] or m["value2"] or m["value3"]),
            "%",
        ),
    )
    yield skip(
        "range of values",
        "10 to 15 percent",
        rf"{START}{PLAIN}\s?%?\s*(?:to|–|-)\s*{PLAIN}\s?(?:%|percent\b|{TIME}|{LAB})",
    )
    yield Pattern(
        "percent in words",
        "Thirty-three percent",
        re.compile(rf"(?<![\w-])(?P<value>{IN_WORDS})\s(?:percent\b|per\s?cent\b)"),
        value_reader("percent in words", Measure.PROPORTION, lambda m: "%"),
    )
    yield Pattern(
        "percent",
        "16.6%",
        re.compile(rf"{START}(?P<value>{NUMBER})\s?(?:%|percent\b|per\s?cent\b)(?!\s*(?:CI|confidence|power)\b)"),
        value_reader("percent", Measure.PROPORTION, lambda m: "%"),
    )


def times_and_rest() -> Iterator[Pattern]:
    """Time points and durations, laboratory values, counts, and what no other pattern has read."""
    yield Pattern(
        "time point",
        "at 1, 2 and 3 years",
        re.compile(
            r"\b(?i:at|by|after|within|over|for\s+up\s+to)\s+(?:a\s+|the\s+)?(?i:median\s+of\s+|least\s+"
            rf"|approximately\s+|about\s+)?(?P<list>{TIMES})[\s-]?{TIME}(?:\s+of\s+follow[\s-]?up"
            r"|\s+after\s+\w+)?\b"
        ),
        times_figure,
    )
    yield Pattern(
        "time adjectives",
        "1-, 2-, and 3-year",
        re.compile(rf"{START}(?P<list>{HANGING_TIMES})[\s-](?i:year|month|week|day)(?![\w])"),
        times_figure,
    )
    yield Pattern(
        "time adjective",
        "6-year",
        re.compile(rf"(?<![\w.])(?P<list>{PLAIN}|(?i:{WORD_NUMBER}))[\s-](?i:year|month|week|day)(?![\w])"),
        lambda m: times_figure(m) if "-" in m[0] else None,
    )
    yield Pattern(
        "week number",
        "week 24",
        re.compile(
            rf"\b(?i:weeks?|months?|days?|years?)\s+(?P<list>{TIMES}){END}"
            rf"(?!\s?%)"
        ),
        times_figure,
    )
    yield Pattern(
        "length of treatment",
        "for 72 weeks",
        re.compile(
            rf"\b(?i:for|every|once\s+every|lasting|least|until)\s+(?:a\s+)?(?P<value>{PLAIN}"
            rf"|(?i:{WORD_NUMBER}))(?:\s*(?:to|-|–)\s*{PLAIN})?\s+(?:additional\s+"
            rf"|more\s+)?(?P<unit>{TIME})\b"
        ),
        lambda m: Figure(
            FigureKind.IGNORED, span_of(m), "length of treatment", value=parse(m["value"]), unit=unit_of(m["unit"])
        ),
    )
    yield Pattern(
        "duration",
        "30.5 months",
        re.compile(rf"{START}(?P<value>{PLAIN})\s+(?P<unit>{TIME})\b"),
        value_reader("duration", None, lambda m: unit_of(m["unit"])),
    )
    yield Pattern(
        "laboratory value",
        "7.2 mmol/L",
        re.compile(rf"{START}(?P<value>{NUMBER})\s?(?P<unit>{LAB})"),
        value_reader("laboratory value", None, lambda m: unit_of(m["unit"])),
    )
    yield Pattern(
        "not reached",
        "were not reached",
        re.compile(
            r"\b(?i:not\s+(?:yet\s+)?(?:been\s+)?reached|not\s+estimable"
            r"|not\s+(?:yet\s+)?been\s+reached)\b|\bNR\b(?=[\s),;])"
        ),
        simple_reader(FigureKind.NOT_REACHED, "not reached"),
    )
    yield Pattern(
        "people",
        "14 patients",
        re.compile(rf"(?i:{START}(?P<value>{PLAIN}|{WORD_NUMBER})\s+(?:{PEOPLE})\b)"),
        people_figure,
    )
    yield Pattern(
        "plain",
        "3.98",
        re.compile(rf"{START}(?P<value>{NUMBER}){END}(?!\s?[)\]]?\s?(?:st|nd|rd|th)\b)"),
        value_reader("plain", None, lambda m: None),
    )
    yield Pattern(
        "count in words",
        "two deaths",
        re.compile(rf"(?i:{WORD_NUMBER})(?=\s+(?:deaths?|events?|cases?|cancers?|relapses?|recurrences?)\b)"),
        lambda m: Figure(FigureKind.VALUE, span_of(m), "count in words", Measure.COUNT, parse(m[0])),
    )
