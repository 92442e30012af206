"""Patterns of the effects grammar for numbers that are never results."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.figure_readers import NUMBER_FIRST, TIME, TIME_KEYS, Pattern, skip
from ingest.numbers import PLAIN, START

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_MONTH_KEYS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_TO = r"\s?(?:to|-|–|and)\s?"
_SIGNS = r"(?:[<>≥≤]=?\s?)?"
_DOSE = (
    r"(?:mg|µg|μg|mcg|IU|Gy|mCi|MBq|GBq|grams?|milligrams?)(?:/(?:m2|m²|kg|day|d|week|wk|h|mL))?(?![\w/])"
    r"|(?:g|mL|ml|units?)(?:/(?:m2|m²|kg|day|d|week)(?!\w)|(?=\s(?:of|daily|twice|once|orally|intravenous\w*|every"
    r"|three\stimes|per\sday|a\sday|infusion|dose|boluses|bolus)\b))"
)
_LABELS = (
    r"grades?|stages?|phases?|types?|cycles?|arms?|cohorts?|figures?|fig\.|tables?|levels?|groups?|regimens?|parts?|steps?"
    r"|chromosomes?|courses?|version|interleukin|ECOG|score\sof|factor|model|appendix|no\.|scenario|site"
)
_LABEL_KEYS = (
    r"grades?|stages?|phases?|types?|cycles?|arms?|cohorts?|figures?|fig|tables?|levels?|groups?|regimens?|parts?|steps?"
    r"|chromosomes?|courses?|version|interleukin|ecog|score|factor|model|appendix|no|scenario|site|ctcae|meddra|release"
)
_NOT_BEHIND = (
    r"(?![\w·%]|[.,]\d|\s?(?:%|percent\b|[(\[]\s?\d|/\s?\d|of\s\d|vs?\b|versus\b|(?:months?|years?|weeks?|days?|hours?"
    r"|patients?|women|men|cases|subjects|participants|people|eyes|events|deaths|had|mm|kg|points)\b))"
)
_ITEM = rf"\d{{1,2}}[a-d]?{_NOT_BEHIND}"


def unrelated() -> Iterator[Pattern]:
    """Identifiers, dates, ages, doses, labels, courses of treatment."""
    yield skip(
        "identifier",
        "NCT01650701",
        r"nct|isrctn|crd|pmid|pmc|eudract|chictr|https?|doi|0.*",
        r"\b(?:NCT|ISRCTN|CRD|PMID|PMC|EudraCT|ChiCTR)[:\s]?\s?-?\d[\d-]*|\b10\.\d{4,9}/\S{1,200}|https?://\S{1,300}",
    )
    yield skip(
        "date",
        "October 6, 2023",
        rf"{_MONTH_KEYS}|0(?:{_MONTH_KEYS})|0[/-]",
        rf"\b{_MONTH}\.?\s\d{{1,2}}(?:,\s?\d{{4}})?\b(?![.·]\d|\s?%)|\b\d{{1,2}}\s{_MONTH}\b\.?(?:\s\d{{4}})?"
        rf"|\b{_MONTH}\.?,?\s\d{{4}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b",
    )
    yield skip(
        "year",
        "in 2019",
        NUMBER_FIRST,
        r"(?<![\w.,·/=-])(?<!=\s)(?<!\d\sof\s)(?<!\d\sof\sthe\s)(?<!out\sof\s)(?:19|20)\d\d(?:\s?(?:–|-|to|and)\s?(?:19|20)?\d\d)?(?![\w%]|[.,·]\d|\s?(?:%"
        r"|percent|patients|women|men|participants|people|subjects|children|person|events|deaths|of\s(?:the\s)?\d|out\sof|/\d|[(\[]\d))",
    )
    yield skip(
        "allocation",
        "1:1",
        r"0:",
        r"(?<![\w.])\d{1,2}\s?:\s?\d{1,2}(?:\s?:\s?\d{1,2})?(?![\w%]|[.·]\d|\s?%)",
    )
    yield skip(
        "age",
        "aged >74 years",
        r"ages?|aged|older|younger|over|under|median|mean|[<>≥≤]|0(?:years?|yrs?|or|and|to|[-–±])",
        rf"\b(?:aged?|ages)\s(?:of\s)?(?:between\s|from\s|at\sleast\s|over\s|under\s|was\s|were\s)?{_SIGNS}{PLAIN}"
        rf"(?:\s?±\s?{PLAIN})?(?:{_TO}{PLAIN})?(?:\s?(?:years|y\b))?(?:\s(?:of\sage|(?:or|and)\s(?:older|younger|over|above)))?"
        rf"|{_SIGNS}{START}(?:{PLAIN})(?:\s?(?:to|-|–|±)\s?{PLAIN})?\s?-?\s?(?:years?|yrs?)(?:\sof\sage"
        r"|[\s-]old|\s(?:or|and)\s(?:older|younger|over))"
        rf"|\b(?:older|younger)\sthan\s{PLAIN}(?:\syears)?|\b(?:over"
        rf"|under)\s(?:the\sage\sof\s)?{PLAIN}(?=\s(?:who|years\sold|with)\b|[,.;)])"
        rf"|{START}{PLAIN}\s(?:or|and)\s(?:older|over)\b|{START}{PLAIN}-\s(?:to|and)\s{PLAIN}-year-olds?"
        rf"|\b(?:median|mean)\sage\s?(?:\w+\s){{0,3}}?,?\s?{PLAIN}(?:\s?±\s?{PLAIN})?(?:\s?years)?",
    )
    yield skip(
        "age group", "age group 55 to 69", "age", rf"\bage\s(?:group|range)s?\s(?:of\s)?{PLAIN}\s?(?:to|-|–)\s?{PLAIN}"
    )
    yield skip(
        "dose",
        "10 mg/m2",
        r"0(?:mg|[µμ]g|[µμ]|mcg|g|iu|gy|mci|mbq|gbq|ml|grams?|milligrams?|units?|to|[-–])",
        rf"{START}(?:{PLAIN})(?:\s?(?:to|-|–)\s?{PLAIN})?[\s-]?(?:{_DOSE})",
    )
    yield skip(
        "label",
        "grade 3 or 4",
        _LABEL_KEYS,
        rf"\b(?i:{_LABELS})[\s-](?:[IVX]+\b(?:\s?(?:/|or|and|-|–|to)\s?[IVX]+\b)?"
        rf"|\d{{1,2}}[a-d]?(?![\d%·]|\s?%|[.]\d|\s(?:patients|women|men|subjects|participants)\b)(?:\s?(?:/|or|and|,|-|–|to|through)\s?{_ITEM}){{0,6}})"
        r"(?:\sor\s(?:higher|worse|greater|above))?|\b(?i:version|CTCAE|MedDRA|release)\s[vV]?\d+(?:\.\d+){0,3}",
    )
    yield skip(
        "increment",
        "per 1 SD",
        "per|each|every",
        rf"\b(?i:per|each|every)\s(?:additional\s)?{PLAIN}(?:\s?%|[\s-](?:SDs?|standard\s(?:deviations?|errors?)|units?"
        r"|points?|percent|percentage|(?:years?|mg/dL|mmol/L|kg|cm|mm)\s(?:increase|decrease|increment|higher|lower))\b)",
    )
    yield skip(
        "course",
        "18 cycles",
        r"0(?:cycles?|doses?|courses?|tablets?|times|cent(?:er|re)s?|sites|countries|hospitals|trials|studies|nodes|clinical|phase"
        r"|fractions?|sessions?|injections?|vials?|occasions|lines)",
        rf"{START}(?:{PLAIN})\s(?:cycles?|doses?|courses?|tablets?|times|centers?|centres?|sites|countries"
        r"|hospitals|trials|studies|nodes|clinical\strials|phase|fractions?|sessions?|injections?|vials?|occasions"
        r"|lines)\b",
    )


def thresholds() -> Iterator[Pattern]:
    """What was aimed at, allowed or looked for: after p values and intervals, which have signs of their own."""
    yield skip(
        "criterion",
        "≤ 10% viable cells",
        r"[<>≤≥]|boundary|alpha|power|significance|margin|threshold|cut",
        rf"(?<![Pp])(?<![Pp]\s)(?<![Ee]\s)(?<![Ee])(?:[<>≤≥]=?|>\s?or\s?=|<\s?or\s?=)\s?{PLAIN}(?:\s?(?:%|percent\b))?"
        r"|\b(?i:boundary|alpha|power|significance\slevel|(?:non-?inferiority\s|equivalence\s)?margin|threshold|cut-?\s?off)"
        rf"(?:\s(?:for|in)\s[^.;()\d]{{2,60}}?)?\s(?:of|was|is|at)\s[-−]?{PLAIN}(?:\s?(?:%|percentage\spoints|percent))?",
    )


def asides() -> Iterator[Pattern]:
    """Numbers beside a result: levels, bases of rates, lengths of follow-up, differences in time."""
    yield skip(
        "level",
        "80% power",
        "0(?:%|percent)",
        rf"{START}{PLAIN}\s?(?:%|percent)\s(?:statistical\s)?(?:power|confidence|CI)\b",
    )
    yield skip(
        "rate unit",
        "per 100 patient-years",
        "per",
        rf"\bper\s{PLAIN}\s?(?:person|patient|woman|child)[\s-]?(?:years?|months?|days?)",
    )
    yield skip("rate base", "per 1000 births", "per", r"\bper\s(?:1000?|10,?000|100,?000)\b(?:\s\w+)?")
    yield skip(
        "time of follow-up",
        "60 months' follow-up",
        rf"0(?:{TIME_KEYS})",
        rf"{START}{PLAIN}\s{TIME}[’']?\s(?:of\s)?(?:median\s)?follow[\s-]?up",
    )
    yield skip(
        "difference in time",
        "10 months longer",
        rf"[≈~]|0(?:{TIME_KEYS}|[-–])",
        rf"(?:[≈~]|{START})(?:{PLAIN})[\s-]?{TIME}\s(?:longer|shorter|more|less|earlier|later)\b",
    )
