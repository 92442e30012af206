"""Patterns of the effects grammar for what is no result, and for intervals, p values and ratios."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.claim import Interval, IntervalKind, Measure
from ingest.figure_readers import (
    TIME,
    WORD_NUMBER,
    Pattern,
    interval_figure,
    p_figure,
    ratio_reader,
    simple_reader,
    skip,
    span_of,
)
from ingest.figures import Figure, FigureKind
from ingest.numbers import NUMBER, PERCENT, PLAIN, START, parse

PEOPLE = (
    r"(?:(?:evaluable|eligible|treated|randomi[sz]ed|enrolled|trial|study|assessable|consecutive|adult"
    r"|female|male|other)\s+)?"
    r"(?:patients|participants|women|men|subjects|people|persons|individuals|children|adults|cases|volunteers|eyes|"
    r"infants|girls|boys|patient|participant|woman|man|subject|person)"
)


RATIOS = {
    r"(?i:hazards?[ -]ratios?)|HRs?|aHRs?|sHR": Measure.HAZARD_RATIO,
    r"(?i:odds[ -]ratios?)|ORs?|aORs?": Measure.ODDS_RATIO,
    r"(?i:(?:relative[ -]|adjusted )risk(?:[ -]ratio)?s?|risk[ -]ratios?)|RRs?|aRRs?": Measure.RISK_RATIO,
    r"(?i:(?:incidence[ -])?rate[ -]ratios?)|a?IRRs?": Measure.RATE_RATIO,
    r"(?i:standardi[sz]ed incidence ratios?)|SIRs?": Measure.STANDARDISED_INCIDENCE_RATIO,
    r"(?i:standardi[sz]ed mean differences?)|SMDs?": Measure.STANDARDISED_MEAN_DIFFERENCE,
    r"(?i:(?:weighted )?mean differences?)|WMD": Measure.MEAN_DIFFERENCE,
    r"(?i:(?:absolute )?risk differences?)": Measure.RISK_DIFFERENCE,
    r"(?i:numbers? needed to treat)|NNT": Measure.NUMBER_NEEDED_TO_TREAT,
}


_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)


_BOUND = rf"(?:{NUMBER}|(?i:not\s+(?:yet\s+)?(?:reached|estimable|evaluable)|NR|NE|∞|infinity))"


def unrelated() -> Iterator[Pattern]:
    """Numbers that are never results: identifiers, dates, ages, doses, labels, courses of treatment."""
    yield skip(
        "identifier",
        "NCT01650701",
        r"\b(?:NCT|ISRCTN|CRD|PMID|PMC|EudraCT)[:\s]?\s?-?\d[\d-]*|\b10\.\d{4,9}/\S+|https?://\S+",
    )
    yield skip(
        "date",
        "October 6, 2023",
        rf"\b{_MONTH}\.?\s+\d{{1,2}}(?:,\s*\d{{4}})?\b|\b\d{{1,2}}\s+{_MONTH}\.?(?:\s+\d{{4}})?\b"
        rf"|\b{_MONTH}\.?,?\s+\d{{4}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b",
    )
    yield skip(
        "year",
        "in 2019",
        r"(?<![\w.,·-])(?:19|20)\d\d(?:\s*(?:–|-|to|and)\s*(?:19|20)?\d\d)?(?![\w%]|[.,·]\d|\s?(?:%"
        r"|percent|patients|women|men|participants|people|subjects))",
    )
    yield skip("allocation", "1:1", r"(?<![\w.])\d+\s?:\s?\d+(?:\s?:\s?\d+)?(?![\w.]\d)")
    yield skip(
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
    yield skip(
        "criterion",
        "≤ 10% viable cells",
        rf"(?<![Pp])(?<![Pp]\s)(?<![Ee]\s)(?<![Ee])(?:[<>≤≥]=?|>\s*or\s*=|<\s*or\s*=)\s*{PLAIN}(?:\s?(?:%|percent\b))?|\b(?:boundary|alpha|power|significance\s+level)\s+of\s*{PLAIN}(?:\s?%)?",
    )
    yield skip(
        "age group", "age group 55 to 69", rf"\bage\s+(?:group|range)s?\s+(?:of\s+)?{PLAIN}\s*(?:to|-|–)\s*{PLAIN}"
    )
    yield skip(
        "dose",
        "10 mg/m2",
        rf"{START}(?:{PLAIN})(?:\s*(?:to|-|–)\s*{PLAIN})?[\s-]?(?:mg|µg|μg|mcg|g|IU|Gy|mCi|MBq|GBq|mL|ml"
        r"|grams?|milligrams?)(?:/(?:m2|m²|kg|day|d|week|mL))?(?![\w/])",
    )
    yield skip(
        "label",
        "grade 3 or 4",
        r"\b(?i:grades?|stages?|phases?|types?|cycles?|arms?|cohorts?|figures?|fig\.|tables?|levels?"
        r"|chromosomes?|courses?|version|interleukin|ECOG|score of|factor)\s+(?:[IVX]+\b(?:\s*(?:/|or|and"
        rf"|-|–|to)\s*[IVX]+\b)?|{PLAIN}[a-c]?(?:\s*(?:/|or|and|,|-|–|to"
        rf"|through)\s*(?:{PLAIN})[a-c]?)*)(?:\s+or\s+(?:higher|worse|greater|above))?",
    )
    yield skip(
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
            rf"|{WORD_NUMBER})(?:\s*-?\s*{TIME})|(?i:followed(?:\s+up)?\s+for\s+(?:a\s+)?(?:median|mean"
            rf"|average)\s+(?:of\s+)?(?:approximately|about)?\s*)(?:{PLAIN}|{WORD_NUMBER})\s*{TIME}"
        ),
        simple_reader(FigureKind.FOLLOW_UP, "follow-up"),
    )
    yield Pattern(
        "size",
        "n = 535",
        re.compile(rf"\b[nN]\s*=\s*(?P<value>{PLAIN})(?![\d.,·])(?!\s?[(\[]\s?{PLAIN}\s?%)"),
        lambda m: Figure(FigureKind.SIZE, span_of(m), "size", Measure.COUNT, parse(m["value"])),
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
        interval_figure,
    )
    yield Pattern(
        "p",
        "P = .34",
        re.compile(
            r"\b[Pp]-?(?:\s?[Vv]alues?)?(?:\s+(?:for|of)\s+[\w -]{3,30}?)?\s?(?P<op>[=<>≤≥]=?|\bof\b"
            rf"|\bwas\b|\bbelow\b|\bless\s+than\b)\s?(?P<p>{PLAIN})(?:\s?[×x]\s?10[-−–]\d+)?"
        ),
        p_figure,
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
            ratio_reader(measure),
        )
    yield Pattern(
        "bare interval",
        "4.8% (2.0-7.6)",
        re.compile(
            rf"(?:(?<=[(\[])|(?<=\d,)\s|(?<=[shy],)\s)\s*(?P<low>{PLAIN})\s?(?:%|percent)?\s*(?:to|–|-|−)\s*(?P<high>{PLAIN})\s?%?(?=\s*[)\];])"
        ),
        lambda m: Figure(
            FigureKind.INTERVAL,
            span_of(m),
            "bare interval",
            interval=Interval(IntervalKind.CONFIDENCE, parse(m["low"]), parse(m["high"])),
        ),
    )
