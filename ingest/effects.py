"""The effects grammar: every printed number of a text, read as what it is. Pure; needs no model.

Patterns are tried in the order of ``PATTERNS``; a range that one has read is closed to those after it, so that
"95%" in "95% CI" is never a percentage and "18" in "18 cycles" never a result. What stays unread stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ingest.article import Span
from ingest.claim import Interval, IntervalKind, Measure, PValue
from ingest.figures import Figure, FigureKind
from ingest.numbers import END, NUMBER, PERCENT, PLAIN, START, WORDS, parse, parse_count

N = rf"{START}{NUMBER}{END}"
PEOPLE = (
    r"(?:(?:evaluable|eligible|treated|randomi[sz]ed|enrolled|trial|study|assessable|consecutive|adult"
    r"|female|male|other)\s+)?"
    r"(?:patients|participants|women|men|subjects|people|persons|individuals|children|adults|cases|volunteers|eyes|"
    r"infants|girls|boys|patient|participant|woman|man|subject|person)"
)
TIME = r"(?:years?|months?|weeks?|days?|hours?|minutes?|yrs?|mo\b|wks?)"
TIME_UNITS = {"y": "a", "mo": "mo", "w": "wk", "d": "d", "h": "h", "mi": "min"}
LAB = (
    r"(?:mm\s?Hg|mg/dL|mg/dl|mmol/mol|mmol/L|mmol/l|g/dL|g/dl|g/L|µmol/L|μmol/L|ng/mL|pg/mL|U/L|IU/L|kg/m2"
    r"|kg/m²|kg|cm|mm|"
    r"points?|letters|mL/min|ml/min|L|dB|bpm)(?![\w/])"
)
RATIOS = {
    r"(?i:hazards?[ -]ratios?)|HRs?|aHRs?|sHR": Measure.HAZARD_RATIO,
    r"(?i:odds[ -]ratios?)|ORs?|aORs?": Measure.ODDS_RATIO,
    r"(?i:(?:relative[ -]|adjusted )risk(?:[ -]ratio)?s?|risk[ -]ratios?)|RRs?|aRRs?": Measure.RISK_RATIO,
    r"(?i:(?:incidence[ -])?rate[ -]ratios?)|IRRs?": Measure.RATE_RATIO,
    r"(?i:standardi[sz]ed incidence ratios?)|SIRs?": Measure.STANDARDISED_INCIDENCE_RATIO,
    r"(?i:standardi[sz]ed mean differences?)|SMDs?": Measure.STANDARDISED_MEAN_DIFFERENCE,
    r"(?i:(?:weighted )?mean differences?)|WMD": Measure.MEAN_DIFFERENCE,
    r"(?i:(?:absolute )?risk differences?)": Measure.RISK_DIFFERENCE,
    r"(?i:numbers? needed to treat)|NNT": Measure.NUMBER_NEEDED_TO_TREAT,
}

Build = Callable[["re.Match[str]"], Figure | None]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern, the words it was written for, and what it makes of a match (None: not this one after all)."""

    name: str
    example: str
    regex: re.Pattern[str]
    build: Build


def _span(m: re.Match[str], group: str | int = 0) -> Span:
    return Span(*m.span(group))


def _simple(kind: FigureKind, name: str) -> Build:
    return lambda m: Figure(kind, _span(m), name)


def _interval(m: re.Match[str]) -> Interval | None:
    word = (m["word"] or "").casefold()
    kind = IntervalKind.CONFIDENCE
    if word.startswith(("cri", "credible")):
        kind = IntervalKind.CREDIBLE
    elif word.startswith(("iqr", "interq")):
        kind = IntervalKind.INTERQUARTILE
    elif word.startswith("range"):
        kind = IntervalKind.RANGE
    high = None if re.match(r"[A-Za-z∞]", m["high"]) else parse(m["high"])
    low = None if re.match(r"[A-Za-z∞]", m["low"]) else parse(m["low"])
    if low is None and high is None:
        return None
    level = parse(m["level"]) if m["level"] else None
    return Interval(kind, low, high, level)


def _interval_figure(m: re.Match[str]) -> Figure | None:
    interval = _interval(m)
    return None if interval is None else Figure(FigureKind.INTERVAL, _span(m), "interval", interval=interval)


def _p_figure(m: re.Match[str]) -> Figure | None:
    operator = {"≤": "<=", "≥": ">=", "of": "=", "was": "=", "below": "<", "less than": "<"}.get(
        m["op"].strip(), m["op"].strip()
    )
    value = parse(m["p"])
    if not 0 <= value <= 1:
        return None
    return Figure(FigureKind.P, _span(m), "p", Measure.P_VALUE, p=PValue(operator, value))


def _ratio(measure: Measure) -> Build:
    def build(m: re.Match[str]) -> Figure:
        unit = "%" if m["pct"] else None
        interval = None
        if m["low"] is not None:
            interval = Interval(IntervalKind.CONFIDENCE, parse(m["low"]), parse(m["high"]))
            if not interval.low <= parse(m["value"]) <= interval.high:  # type: ignore[operator]
                interval = None
        end = m.end() if interval else (m.end("pct") if m["pct"] else m.end("value"))
        return Figure(
            FigureKind.VALUE, Span(m.start(), end), "ratio", measure, parse(m["value"]), unit, interval=interval
        )

    return build


def _fraction(m: re.Match[str]) -> Figure | None:
    events, total = parse_count(m["x"]), parse_count(m["n"])
    if events is None or total is None or events > total or (total < 10 and not m["pct"]):
        return None
    value = parse(m["pct"]) if m["pct"] else None
    measure = Measure.PROPORTION if m["pct"] else Measure.COUNT
    unit = "%" if m["pct"] else None
    return Figure(FigureKind.VALUE, _span(m), "fraction", measure, value, unit, events, total)


def _percent_fraction(m: re.Match[str]) -> Figure | None:
    events = parse_count(m["x"])
    total = parse_count(m["n"]) if m["n"] else None
    if events is None or (total is not None and events > total):
        return None
    return Figure(
        FigureKind.VALUE, _span(m), "percent with fraction", Measure.PROPORTION, parse(m["pct"]), "%", events, total
    )


def _count_percent(m: re.Match[str]) -> Figure | None:
    events = parse_count(m["x"])
    if events is None:
        return None
    return Figure(FigureKind.VALUE, _span(m), "count with percent", Measure.PROPORTION, parse(m["pct"]), "%", events)


def _mean_sd(m: re.Match[str]) -> Figure:
    unit = (m["unit"] or "").strip() or None
    return Figure(
        FigureKind.VALUE,
        _span(m),
        "mean with SD",
        Measure.MEAN,
        parse(m["value"]),
        unit_of(unit),
        standard_deviation=parse(m["sd"]),
    )


def unit_of(printed: str | None) -> str | None:
    """UCUM for the units that are read, the printed unit where there is none; None for None."""
    if printed is None:
        return None
    word = printed.strip()
    if re.fullmatch(r"%|percent|per\s?cent", word):
        return "%"
    for start, ucum in TIME_UNITS.items():
        if re.fullmatch(TIME, word) and word.startswith(start):
            return ucum
    fixed = {"mm Hg": "mm[Hg]", "mmHg": "mm[Hg]", "µmol/L": "umol/L", "μmol/L": "umol/L", "bpm": "/min"}
    return fixed.get(word, re.sub(r"/l$", "/L", re.sub(r"/dl$", "/dL", word)))


def _value(name: str, measure: Measure | None, unit: Callable[[re.Match[str]], str | None]) -> Build:
    return lambda m: Figure(FigureKind.VALUE, _span(m), name, measure, parse(m["value"]), unit(m))


def _rate(m: re.Match[str]) -> Figure:
    base = m["base"].replace(",", "") if m["base"] else "1"
    return Figure(FigureKind.VALUE, _span(m), "rate", Measure.RATE, parse(m["value"]), f"/({base}.a)")


def _times(m: re.Match[str]) -> Figure:
    times = tuple(
        Span(m.start("list") + t.start(), m.start("list") + t.end())
        for t in re.finditer(PLAIN + "|" + _WORD_NUMBER, m["list"], re.I)
    )
    return Figure(FigureKind.TIMEPOINT, _span(m), "time point", times=times)


def _people(m: re.Match[str]) -> Figure | None:
    count = parse_count(m["value"])
    return None if count is None else Figure(FigureKind.SIZE, _span(m), "people", Measure.COUNT, float(count))


_WORD_NUMBER = r"\b(?:" + "|".join(WORDS) + r")\b"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_BOUND = rf"(?:{NUMBER}|(?i:not\s+(?:yet\s+)?(?:reached|estimable|evaluable)|NR|NE|∞|infinity))"
_OPEN, _CLOSE = r"[(\[]\s*", r"\s*[)\]]"


def _skip(name: str, example: str, regex: str) -> Pattern:
    return Pattern(name, example, re.compile(regex), _simple(FigureKind.IGNORED, name))


def unrelated() -> Iterator[Pattern]:
    """Numbers that are never results: identifiers, dates, ages, doses, labels, courses of treatment."""
    yield _skip(
        "identifier",
        "NCT01650701",
        r"\b(?:NCT|ISRCTN|CRD|PMID|PMC|EudraCT)[:\s]?\s?-?\d[\d-]*|\b10\.\d{4,9}/\S+|https?://\S+",
    )
    yield _skip(
        "date",
        "October 6, 2023",
        rf"\b{_MONTH}\.?\s+\d{{1,2}}(?:,\s*\d{{4}})?\b|\b\d{{1,2}}\s+{_MONTH}\.?(?:\s+\d{{4}})?\b"
        rf"|\b{_MONTH}\.?,?\s+\d{{4}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b",
    )
    yield _skip(
        "year",
        "in 2019",
        r"(?<![\w.,·-])(?:19|20)\d\d(?:\s*(?:–|-|to|and)\s*(?:19|20)?\d\d)?(?![\w%]|[.,·]\d|\s?(?:%"
        r"|percent|patients|women|men|participants|people|subjects))",
    )
    yield _skip("allocation", "1:1", r"(?<![\w.])\d+\s?:\s?\d+(?:\s?:\s?\d+)?(?![\w.]\d)")
    yield _skip(
        "age",
        "aged >74 years",
        r"\b(?:aged?|ages)\s+(?:of\s+)?(?:between\s+|from\s+|at\s+least\s+|over\s+"
        rf"|under\s+)?(?:[<>≥≤]=?\s*)?{PLAIN}(?:\s*(?:to|-|–|and)\s*{PLAIN})?(?:\s*years)?(?:\s+(?:of\s+age"
        r"|(?:or|and)\s+(?:older|younger|over|above)))?"
        rf"|(?:[<>≥≤]=?\s*)?{START}(?:{PLAIN})(?:\s*(?:to|-|–)\s*{PLAIN})?\s*-?\s?years?(?:\s+of\s+age"
        r"|[\s-]+old|\s+(?:or|and)\s+(?:older|younger|over))"
        rf"|\b(?:older|younger)\s+than\s+{PLAIN}(?:\s+years)?|\b(?:over"
        rf"|under)\s+(?:the\s+age\s+of\s+)?{PLAIN}(?=\s+(?:who|years\s+old|with)\b|[,.;)])"
        rf"|{START}{PLAIN}\s+(?:or|and)\s+(?:older|over)\b"
        rf"|\b(?:median|mean)\s+age\s*(?:\w+\s+){{0,3}}?,?\s*{PLAIN}(?:\s*years)?",
    )
    yield _skip(
        "dose",
        "10 mg/m2",
        rf"{START}(?:{PLAIN})(?:\s*(?:to|-|–)\s*{PLAIN})?[\s-]?(?:mg|µg|μg|mcg|g|IU|Gy|mCi|MBq|GBq|mL|ml"
        r"|grams?|milligrams?)(?:/(?:m2|m²|kg|day|d|week|mL))?(?![\w/])",
    )
    yield _skip(
        "label",
        "grade 3 or 4",
        r"\b(?i:grades?|stages?|phases?|types?|cycles?|arms?|cohorts?|figures?|fig\.|tables?|levels?"
        r"|chromosomes?|courses?|version|interleukin|ECOG|score of|factor)\s+(?:[IVX]+\b(?:\s*(?:/|or|and"
        rf"|-|–|to)\s*[IVX]+\b)?|{PLAIN}[a-c]?(?:\s*(?:/|or|and|,|-|–|to"
        rf"|through)\s*(?:{PLAIN})[a-c]?)*)(?:\s+or\s+(?:higher|worse|greater|above))?",
    )
    yield _skip(
        "course",
        "18 cycles",
        rf"{START}(?:{PLAIN})\s+(?:cycles?|doses?|courses?|tablets?|times|centers?|centres?|sites|countries"
        r"|hospitals|trials|studies|nodes|clinical\s+trials|phase)\b",
    )


def statistics() -> Iterator[Pattern]:
    """Follow-up, group sizes, intervals, p values and ratios."""
    yield Pattern(
        "follow-up",
        "At a median follow-up of 67 months",
        re.compile(
            r"(?i:(?:(?:median|mean|average)\s+)?(?:duration\s+of\s+)?follow[\s-]?up(?:\s+(?:time|period"
            r"|duration))?(?:\s+(?:after|from|since|for|in)\s+[^.,;:()]{1,60}?)?\s*(?:of|was|is|,|:"
            rf"|=)?\s*(?:approximately|about|nearly|almost)?\s*)(?:{PLAIN}"
            rf"|{_WORD_NUMBER})(?:\s*-?\s*{TIME})|(?i:followed(?:\s+up)?\s+for\s+(?:a\s+)?(?:median|mean"
            rf"|average)\s+(?:of\s+)?(?:approximately|about)?\s*)(?:{PLAIN}|{_WORD_NUMBER})\s*{TIME}"
        ),
        _simple(FigureKind.FOLLOW_UP, "follow-up"),
    )
    yield Pattern(
        "size",
        "n = 535",
        re.compile(rf"\b[nN]\s*=\s*(?P<value>{PLAIN})(?!\s*[(\[]\s*{PLAIN}\s?%)"),
        lambda m: Figure(FigureKind.SIZE, _span(m), "size", Measure.COUNT, parse(m["value"])),
    )
    yield Pattern(
        "interval",
        "95% CI, 0.59-0.79",
        re.compile(
            r"(?:(?P<level>\d\d(?:\.\d+)?)\s?(?:%|percent)[\s-]*)?(?P<word>(?i:confidence\s+intervals?"
            r"|credible\s+intervals?|interquartile\s+range|CI|CrI|IQR|range))\s*(?:[(\[](?:CI|CrI"
            r"|IQR)[)\]])?\s*[,:=;]?\s*(?i:of\s+|was\s+|from\s+"
            rf"|between\s+)?[(\[]?\s*(?P<low>{_BOUND})\s*(?:%|percent|months|years|weeks|days)?\s*(?:to|–|—"
            rf"|-|−|,|;|and)\s*(?P<high>{_BOUND})(?![\w.]\d)\s?%?"
        ),
        _interval_figure,
    )
    yield Pattern(
        "p",
        "P = .34",
        re.compile(
            r"\b[Pp]-?(?:\s?[Vv]alues?)?(?:\s+(?:for|of)\s+[\w -]{3,30}?)?\s?(?P<op>[=<>≤≥]=?|\bof\b"
            rf"|\bwas\b|\bbelow\b|\bless\s+than\b)\s?(?P<p>{PLAIN})(?:\s?[×x]\s?10[-−–]\d+)?"
        ),
        lambda m: None if re.search(r"10[-−–]\d", m[0]) else _p_figure(m),
    )
    for words, measure in RATIOS.items():
        yield Pattern(
            str(measure),
            "HR, 0.78",
            re.compile(
                rf"\b(?:{words})(?![\w-])(?:\s*[(\[](?:a?HR|a?OR|a?RR|IRR|SIR|SMD|MD"
                r"|NNT)[)\]])?(?:\s+(?:for|against|versus|of|in|with|between"
                r"|comparing)\s+[\w\s/-]{2,70}?)?(?:\s*(?:was|were|of|is|estimated\s+at|=|:|,"
                r"|;)\s*(?:then\s+|only\s+|just\s+|about\s+)?"
                rf"|\s+)(?P<value>{START}{NUMBER})(?P<pct>{PERCENT})?(?![\d])(?:\s*[(\[]\s*"
                rf"(?P<low>{PLAIN})\s*(?:to|–|-|−)\s*(?P<high>{PLAIN})(?=\s*[)\];,]))?"
            ),
            _ratio(measure),
        )
    yield Pattern(
        "bare interval",
        "4.8% (2.0-7.6)",
        re.compile(
            rf"(?<=[(\[])\s*(?P<low>{PLAIN})\s?(?:%|percent)?\s*(?:to|–|-|−)\s*(?P<high>{PLAIN})\s?%?(?=\s*[)\];])"
        ),
        lambda m: Figure(
            FigureKind.INTERVAL,
            _span(m),
            "bare interval",
            interval=Interval(IntervalKind.CONFIDENCE, parse(m["low"]), parse(m["high"])),
        ),
    )


def measurements() -> Iterator[Pattern]:
    """Fractions, percentages, means, rates."""
    yield Pattern(
        "percent with fraction",
        "21.8% (17 of 78)",
        re.compile(
            rf"{START}(?P<pct>{PLAIN}){PERCENT}\s*{_OPEN}(?:[nN]\s*=\s*)?(?P<x>{PLAIN})(?:\s*(?:/|of"
            rf"|out\s+of)\s*(?:the\s+)?(?P<n>{PLAIN}))?(?:\s+{PEOPLE})?{_CLOSE}"
        ),
        _percent_fraction,
    )
    yield Pattern(
        "fraction",
        "17/78 (21.8%)",
        re.compile(
            rf"{START}(?P<x>{PLAIN})\s*(?:(?:{PEOPLE})\s*)?(?:/|\bof\b|\bout\s+of\b)\s*(?:the\s+"
            rf"|all\s+)?(?P<n>{PLAIN})(?![\w.,·]\d|\s?%)(?:\s*(?:{PEOPLE}))?(?:\s*[(\[]\s*"
            rf"(?P<pct>{PLAIN}){PERCENT}{_CLOSE})?"
        ),
        lambda m: _fraction(m),
    )
    yield Pattern(
        "count with percent",
        "n = 12 (9%)",
        re.compile(
            rf"{START}(?:[nN]\s*=\s*)?(?P<x>{PLAIN}|{_WORD_NUMBER})\s*(?:{PEOPLE}\s*)?[(\[]\s*"
            rf"(?P<pct>{PLAIN}){PERCENT}{_CLOSE}"
        ),
        _count_percent,
    )
    yield Pattern(
        "mean with SD",
        "54.2 ± 3.1 mm Hg",
        re.compile(
            rf"{START}(?P<value>{NUMBER})\s*%?\s*(?:±|\+/-|\+/−|\(SD,?\s"
            rf"|\(standard\s+deviation,?\s)\s*(?P<sd>{PLAIN})\)?\s*(?P<unit>%|{LAB}|{TIME})?"
        ),
        _mean_sd,
    )
    yield Pattern(
        "rate",
        "3.1 per 100 patient-years",
        re.compile(
            rf"{START}(?P<value>{PLAIN})(?P<pct>{PERCENT})?\s*(?:(?:events?|cases?|cancers?|deaths?"
            rf"|malignancies)\s+)?per\s+(?P<base>{PLAIN})?\s*(?:person|patient|woman)[\s-]?years?"
        ),
        _rate,
    )
    yield _skip("rate unit", "per 100 patient-years", rf"\bper\s+{PLAIN}\s*(?:person|patient|woman)[\s-]?years?")
    yield _skip(
        "time of follow-up",
        "60 months' follow-up",
        rf"{START}{PLAIN}\s+{TIME}[’']?\s+(?:of\s+)?(?:median\s+)?follow[\s-]?up",
    )
    yield _skip(
        "difference in time",
        "10 months longer",
        rf"(?:[≈~]|{START})(?:{PLAIN})[\s-]*{TIME}\s+(?:longer|shorter|more|less|earlier|later)\b",
    )
    yield Pattern(
        "relative change",
        "29% lower",
        re.compile(
            rf"{START}(?P<value>{PLAIN}){PERCENT}(?=\s+(?:(?:relative|risk|absolute)\s+)?(?:lower|higher"
            r"|less|more|fewer|greater|reduction|decrease|increase|drop|improvement|better|worse"
            r"|relative)\b)"
            r"|(?i:\b(?:reduc\w+|cut\w*|lower\w*|decreas\w+|increas\w+|rais\w+|improv\w+|fell|dropped"
            r"|declin\w+)\b[^.;:%\d]{0,80}?\bby\s+(?:about\s+|approximately\s+"
            rf"|nearly\s+)?)(?P<value2>{PLAIN}){PERCENT}"
        ),
        lambda m: Figure(
            FigureKind.VALUE, _span(m), "relative change", Measure.OTHER, parse(m["value"] or m["value2"]), "%"
        ),
    )
    yield Pattern(
        "percent",
        "16.6%",
        re.compile(rf"{START}(?P<value>{NUMBER})\s?(?:%|percent\b|per\s?cent\b)(?!\s*(?:CI|confidence|power)\b)"),
        _value("percent", Measure.PROPORTION, lambda m: "%"),
    )


def times_and_rest() -> Iterator[Pattern]:
    """Time points and durations, laboratory values, counts, and what no other pattern has read."""
    yield Pattern(
        "time point",
        "at 1, 2 and 3 years",
        re.compile(
            r"\b(?i:at|by|after|within|over|for\s+up\s+to)\s+(?:a\s+|the\s+)?(?i:median\s+of\s+|least\s+"
            rf"|approximately\s+|about\s+)?(?P<list>(?:{PLAIN}|{_WORD_NUMBER})(?:(?:\s*,\s*|\s*,?\s*(?:and"
            rf"|or|to)\s*)(?:{PLAIN}|{_WORD_NUMBER}))*)[\s-]*{TIME}(?:\s+of\s+follow[\s-]?up"
            r"|\s+after\s+\w+)?\b"
        ),
        _times,
    )
    yield Pattern(
        "time adjective",
        "6-year",
        re.compile(rf"(?<![\w.])(?P<list>{PLAIN}|(?i:{_WORD_NUMBER}))[\s-](?i:year|month|week|day)(?![\w])"),
        lambda m: _times(m) if "-" in m[0] else None,
    )
    yield Pattern(
        "week number",
        "week 24",
        re.compile(
            rf"\b(?i:weeks?|months?|days?|years?)\s+(?P<list>{PLAIN}(?:(?:\s*,\s*|\s*,?\s*(?:and|or"
            rf"|to)\s*){PLAIN})*){END}(?!\s?%)"
        ),
        _times,
    )
    yield Pattern(
        "length of treatment",
        "for 72 weeks",
        re.compile(
            rf"\b(?i:for|every|once\s+every|lasting|least|until)\s+(?:a\s+)?(?P<value>{PLAIN}"
            rf"|(?i:{_WORD_NUMBER}))(?:\s*(?:to|-|–)\s*{PLAIN})?\s+(?:additional\s+"
            rf"|more\s+)?(?P<unit>{TIME})\b"
        ),
        lambda m: Figure(
            FigureKind.IGNORED, _span(m), "length of treatment", value=parse(m["value"]), unit=unit_of(m["unit"])
        ),
    )
    yield Pattern(
        "duration",
        "30.5 months",
        re.compile(rf"{START}(?P<value>{PLAIN})\s+(?P<unit>{TIME})\b"),
        _value("duration", None, lambda m: unit_of(m["unit"])),
    )
    yield Pattern(
        "laboratory value",
        "7.2 mmol/L",
        re.compile(rf"{START}(?P<value>{NUMBER})\s?(?P<unit>{LAB})"),
        _value("laboratory value", None, lambda m: unit_of(m["unit"])),
    )
    yield Pattern(
        "not reached",
        "were not reached",
        re.compile(
            r"\b(?i:not\s+(?:yet\s+)?(?:been\s+)?reached|not\s+estimable"
            r"|not\s+(?:yet\s+)?been\s+reached)\b|\bNR\b(?=[\s),;])"
        ),
        _simple(FigureKind.NOT_REACHED, "not reached"),
    )
    yield Pattern(
        "people", "14 patients", re.compile(rf"(?i:{START}(?P<value>{PLAIN}|{_WORD_NUMBER})\s+(?:{PEOPLE})\b)"), _people
    )
    yield Pattern(
        "plain",
        "3.98",
        re.compile(rf"{START}(?P<value>{NUMBER}){END}(?!\s?[)\]]?\s?(?:st|nd|rd|th)\b)"),
        _value("plain", None, lambda m: None),
    )
    yield Pattern(
        "count in words",
        "two deaths",
        re.compile(rf"(?i:{_WORD_NUMBER})(?=\s+(?:deaths?|events?|cases?|cancers?|relapses?|recurrences?)\b)"),
        lambda m: Figure(FigureKind.VALUE, _span(m), "count in words", Measure.COUNT, parse(m[0])),
    )


PATTERNS: tuple[Pattern, ...] = (*unrelated(), *statistics(), *measurements(), *times_and_rest())
"""In the order in which they are tried."""


def read_figures(text: str) -> list[Figure]:
    """Every figure of ``text``, in its order; no two overlap. Intervals and p values stand apart: see ``attach``.

    >>> [(f.kind.value, f.value) for f in read_figures("PFS was 60% at 6 years (HR 1.03)")]
    [('value', 60.0), ('time point', None), ('value', 1.03)]
    """
    taken = bytearray(len(text))
    found: list[Figure] = []
    for pattern in PATTERNS:
        for m in pattern.regex.finditer(text):
            if m.end() == m.start() or any(taken[m.start() : m.end()]):
                continue
            figure = pattern.build(m)
            if figure is not None:
                taken[figure.span.start : figure.span.end] = b"\x01" * len(figure.span)
                found.append(figure)
    return sorted(found, key=lambda f: f.span)


_ARM_BETWEEN = r"\s+(?:with|in|for|among|on|without)\s+(?:the\s+)?[^.;:()\d]{2,60}?\s*[(\[]\s*"


def attach(text: str, figures: list[Figure]) -> list[Figure]:
    """Intervals joined to the value they follow, p values to a ratio they follow; the rest unchanged, in order.

    A value takes an interval when only brackets, commas, "with a", its time point or the name of its arm stand between
    them; a ratio takes a p value in the same brackets or sentence part. A bare range in brackets is an interval only
    where it holds the value and the text calls such ranges by their name. The joined range runs from the value to what
    joined it.
    """
    named = re.search(r"\d\d\s?%\s*(?:CI|confidence)|confidence intervals?", text) is not None
    out: list[Figure] = []
    for figure in figures:
        place = len(out) - 1
        if figure.kind is FigureKind.INTERVAL and place > 0 and out[place].kind is FigureKind.TIMEPOINT:
            place -= 1
        last = out[place] if place >= 0 and out[place].kind is FigureKind.VALUE else None
        joined = _join(text, last, figure, named) if last is not None else None
        if joined is None:
            out.append(figure)
        else:
            out[place] = replace(joined, span=Span(joined.span.start, figure.span.end))
    return out


_NEAR = re.compile(r"[\s,;:=(\[)\]%]*(?:(?:and|with)\s+)?(?:the\s+|an?\s+)?")
_TIME_BETWEEN = re.compile(rf"\s+(?:at|after|by)\s+(?:{PLAIN}|\w+)\s+{TIME}\s*[(\[]\s*")


def _join(text: str, last: Figure, figure: Figure, named: bool) -> Figure | None:
    between = text[last.span.end : figure.span.start]
    near = _NEAR.fullmatch(between)
    if figure.kind is FigureKind.INTERVAL and last.interval is None:
        if figure.rule == "bare interval" and not (named and figure.interval and _holds(figure.interval, last.value)):
            return None
        near = near or _TIME_BETWEEN.fullmatch(between)
        near = near or (re.fullmatch(_ARM_BETWEEN, between) if figure.rule != "bare interval" and not last.p else None)
        return replace(last, interval=figure.interval) if near else None
    if figure.kind is FigureKind.P and last.p is None and last.measure is not None and last.measure.is_contrast:
        return replace(last, p=figure.p) if near else None
    return None


def _holds(interval: Interval, value: float | None) -> bool:
    low, high = interval.low, interval.high
    return value is not None and low is not None and high is not None and low <= value <= high
