"""Patterns of the effects grammar for what is no result, and for intervals, p values and ratios."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.claim import Measure
from ingest.figure_intervals import bare_intervals, intervals, p_values
from ingest.figure_ratios import ratios
from ingest.figure_readers import (
    TIME,
    WORD_NUMBER,
    Pattern,
    simple_reader,
    skip,
    span_of,
)
from ingest.figures import Figure, FigureKind
from ingest.numbers import PLAIN, START, parse

PEOPLE = (
    r"(?:(?:evaluable|eligible|treated|randomi[sz]ed|enrolled|trial|study|assessable|consecutive|adult"
    r"|female|male|other)\s+)?"
    r"(?:patients|participants|women|men|subjects|people|persons|individuals|children|adults|cases|volunteers|eyes|"
    r"infants|girls|boys|patient|participant|woman|man|subject|person)"
)


_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)


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
        "increment",
        "per 1 SD",
        rf"\b(?i:per|each|every)\s(?:additional\s)?{PLAIN}(?:\s?%|[\s-](?:SDs?|standard\s(?:deviations?|errors?)|units?"
        r"|points?|percent|percentage|(?:years?|mg/dL|mmol/L|kg|cm|mm)\s(?:increase|decrease|increment|higher|lower))\b)",
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
    yield from intervals()
    yield from p_values()
    yield skip(
        "criterion",
        "≤ 10% viable cells",
        rf"(?<![Pp])(?<![Pp]\s)(?<![Ee]\s)(?<![Ee])(?:[<>≤≥]=?|>\s*or\s*=|<\s*or\s*=)\s*{PLAIN}(?:\s?(?:%|percent\b))?|\b(?:boundary|alpha|power|significance\s+level)\s+of\s*{PLAIN}(?:\s?%)?",
    )
    yield from ratios()
    yield from bare_intervals()
