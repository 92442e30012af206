"""The name of a study: what an article calls a trial, a study or a registry by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

_WORD = r"(?:[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9.]*(?:-[A-Z0-9]+)*|[A-Z]{3,}(?:-[A-Z0-9]+)*|[A-Z]+-\d[\w-]*)"
_LOOSE = (
    r"(?:[A-Z][A-Za-z]*(?:[A-Z0-9][A-Za-z0-9]*|[A-Za-z]*-[A-Z][\w-]*)(?:-[A-Za-z0-9]+)*|[A-Z]{3,}"
    r"|[a-z]{1,3}[A-Z]{3,}[\w-]*|[A-Z]+-\d[\w-]*)"
)
"""In brackets behind a title also such as coBRIM and LUX-Lung."""
_PATTERNS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (3, re.compile(rf"\b(?P<name>{_WORD})\s+\((?:NCT|ISRCTN|ClinicalTrials)")),
    (
        4,
        re.compile(
            rf"(?:;|\.\s|\band\s+others;?)\s*(?P<name>{_LOOSE}(?:\s(?:[IVX]+|\d[\d-]*))?)\s+(?:Australian\s[^.;]{{0,40}}?)?"
            r"(?:ClinicalTrials\.gov|Controlled-Trials\.com|EudraCT|ISRCTN)\s+number"
        ),
    ),
    (3, re.compile(r"\b(?:[Tt]rial|[Ss]tudy|[Rr]egistry)\s+(?P<name>[A-Z]{3,}[\w-]*(?:\s\d[\d-]*)?)\b")),
    (
        3,
        re.compile(
            rf"\b(?P<name>[A-Z][a-z]+\s(?:[IVX]+|\d{{1,2}})|{_WORD}(?:\s(?:[IVX]+|\d[\d-]*))?)"
            r"(?:,|\s+(?:is|was))\s+an?\s+(?:[\w-]+\s+){0,5}(?:trial|study|registry)\b"
        ),
    ),
    (4, re.compile(r"\b(?P<name>[A-Z][a-z]+\s[A-Z]{2,})\s+(?:registry|study|trial)\b")),
    (
        3,
        re.compile(
            r"\b(?:[Tt]rial|[Ss]tudy)\s*,?\s*(?:\(|called\s+|dubbed\s+|known\s+as\s+|named\s+|—)(?:the\s+)?"
            rf"(?P<name>{_WORD}(?:\s(?:[IVX]+|\d+)\b)?)"
        ),
    ),
    (
        2,
        re.compile(
            rf"(?<!\ba\s)(?<!\ban\s)\b(?P<name>(?:[A-Z][a-z]+\s(?:[IVX]+|\d{{1,2}})|{_WORD}(?:\s(?:[IVX]+|[A-Z]{{2,}}|\d[\d-]*)\b)?))\s+"
            r"(?:(?:[Pp]hase\s+\S+|[Rr]andomi[sz]ed|[Cc]linical|controlled|pivotal|open-label|final|prevention|screening"
            r"|[Cc]ancer|[Ss]creening)\s+){0,3}(?:study|trial|registry|Study|Trial)\b"
        ),
    ),
    (
        3,
        re.compile(
            rf"\b(?:the\s+trial|the\s+study|trial|study),\s+(?:dubbed|called|known\s+as|named)\s+(?P<name>{_WORD})"
        ),
    ),
)
_IN_TITLE: tuple[tuple[int, re.Pattern[str]], ...] = (
    (6, re.compile(rf"\((?P<name>{_LOOSE}(?:\s\d[\d-]*|\s[IVX]+)?)(?:/[\w-]+)?\)\s*(?:[:;,.–—]|-\s|$)")),
    (6, re.compile(rf"^\W*(?P<name>{_LOOSE}(?:\s\d[\d-]*)?):\s")),
)
_NOT_NAMES = frozenset(
    {"phase", "clinical", "this", "these", "that", "our", "new", "large", "the", "a", "an", "dna", "rna", "hiv", "nci"}
    | {"fda", "us", "uk", "usa", "nih", "iii", "ii", "eu", "who", "nejm", "jco", "mri", "ct", "jama", "abstract", "rct"}
    | {"patients", "methods", "results", "clinicaltrials.gov", "psa", "bp", "pd-1", "pd-l1", "asco", "ash", "rcts"}
    | {"background", "objective", "objectives", "purpose", "conclusion", "conclusions", "findings", "introduction"}
    | {
        "covid-19",
        "crt",
        "itt",
        "iv",
        "funding",
        "protocol",
        "egfr",
        "her2",
        "braf",
        "cohort",
        "nct",
        "isrctn",
        "consort",
    }
)
_ANOTHER = re.compile(
    r"\b(?:subsequent|future|planned|ongoing|previous|earlier|prior|other|following|successor)\s+(?:\S+\s+){0,4}\(?$"
)
_REGISTRATION = re.compile(r"(?:NCT|ISRCTN|ACTRN|UMIN|CRD)\d|ChiCTR|EudraCT")
_A_STUDY = re.compile(r"\b(?:trial|study|registry|evaluation|program\w*|group)\b", re.I)
REACH = 60
"""Letters before a name that may say that it is another study's."""


def study_name(whole: str, title: str | None, short_forms: Mapping[str, str]) -> str | None:
    """The study's name: what is called a trial or study by it, and is no abbreviation of something else."""
    text = whole if title is None or title in whole else f"{title}\n{whole}"
    votes: Counter[str] = Counter()
    for weight, name in _named(text, title or whole.split("\n", 1)[0]):
        if not _stands_for_something(name, short_forms):
            votes[name] += weight
    if not votes:
        return None
    for name in votes:
        votes[name] += len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))
    best = max(votes.values())
    return next(name for name, n in votes.items() if n == best)


def _named(text: str, title: str) -> Iterator[tuple[int, str]]:
    for where, patterns in ((title, _IN_TITLE), (text, _PATTERNS)):
        for weight, pattern in patterns:
            for m in pattern.finditer(where):
                name = m["name"].strip()
                unfit = name.split()[0].casefold() in _NOT_NAMES or _REGISTRATION.match(name)
                if not unfit and not _ANOTHER.search(where[max(0, m.start() - REACH) : m.start("name")]):
                    yield weight, name


def _stands_for_something(name: str, short_forms: Mapping[str, str]) -> bool:
    long = short_forms.get(name)
    return long is not None and not _A_STUDY.search(long)
