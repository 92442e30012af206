"""Facts about the study that an article reports: name, phase, registration, sizes, arms, follow-up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ingest.article import Article, Span
from ingest.claim import Study, StudyArm
from ingest.endpoint import read_endpoint
from ingest.numbers import PLAIN, parse_count
from ingest.phrases import ArmNames

_PEOPLE = (
    r"(?:patients|women|men|participants|people|adults|children|subjects|individuals|volunteers|persons"
    r"|infants|smokers)"
)
_REGISTRATION = re.compile(
    r"\b(?:NCT\d{8}|ISRCTN\d{8}|EudraCT[:\s]*\d{4}-\d{6}-\d{2}|CRD\d{8,11}|ACTRN\d{14}|UMIN\d{9}|ChiCTR[\w-]{8,20})\b"
)
_PHASE = re.compile(
    r"\b[Pp]hase[\s-]+(?P<phase>I{1,3}V?(?:/I{1,3}V?)?[ab]?|IV"
    r"|[1-4][ab]?(?:/[1-4][ab]?)?)\b(?!\s+(?:trials|studies|registration\s+trials))"
)
_NAME_WORD = r"(?:[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9.]*(?:-[A-Z0-9]+)*|[A-Z]{3,}(?:-[A-Z0-9]+)*|[A-Z]+-\d[\w-]*)"
_NAMES = (
    re.compile(rf"\b(?P<name>{_NAME_WORD})\s+\((?:NCT|ISRCTN|ClinicalTrials)"),
    re.compile(r"\b(?:[Tt]rial|[Ss]tudy|[Rr]egistry)\s+(?P<name>[A-Z]{3,}[\w-]*(?:\s\d[\d-]*)?)\b"),
    re.compile(
        rf"\b(?P<name>[A-Z][a-z]+\s(?:[IVX]+|\d{{1,2}})|{_NAME_WORD}(?:\s(?:[IVX]+|\d[\d-]*))?)"
        r"(?:,|\s+(?:is|was))\s+an?\s+(?:[\w-]+\s+){0,5}(?:trial|study|registry)\b"
    ),
    re.compile(r"\b(?P<name>[A-Z][a-z]+\s[A-Z]{2,})\s+(?:registry|study|trial)\b"),
    re.compile(
        r"\b(?:[Tt]rial|[Ss]tudy)\s*,?\s*(?:\(|called\s+|dubbed\s+|known\s+as\s+|named\s+"
        rf"|—)(?:the\s+)?(?P<name>{_NAME_WORD}(?:\s(?:[IVX]+|\d+)\b)?)"
    ),
    re.compile(
        rf"\b(?P<name>(?:[A-Z][a-z]+\s(?:[IVX]+|\d{{1,2}})|{_NAME_WORD}(?:\s(?:[IVX]+|[A-Z]{{2,}}"
        r"|\d[\d-]*)\b)?))\s+(?:(?:phase\s+\S+|randomi[sz]ed|clinical|controlled|pivotal|open-label|final"
        r"|prevention|screening)\s+){0,3}(?:study|trial|registry)\b"
    ),
    re.compile(
        rf"\b(?:the\s+trial|the\s+study|trial|study),\s+(?:dubbed|called|known\s+as|named)\s+(?P<name>{_NAME_WORD})"
    ),
)
_NOT_NAMES = frozenset(
    {"phase", "clinical", "this", "these", "that", "our", "new", "large", "the", "a", "an", "dna", "rna", "hiv", "nci"}
    | {"fda", "us", "uk", "usa", "nih", "iii", "ii", "eu", "who", "nejm", "jco", "mri", "ct"}
    | {
        "jama",
        "abstract",
        "patients",
        "methods",
        "results",
        "clinicaltrials.gov",
        "psa",
        "bp",
        "pd-1",
        "pd-l1",
        "asco",
        "ash",
    }
)
_ENROLLED = (
    re.compile(
        r"\b(?:enroll?(?:ed|ing)|recruited)\s+(?:a\s+total\s+of\s+"
        rf"|about\s+)?(?P<n>{PLAIN})\s+(?:[\w–/-]+\s+){{0,5}}?{_PEOPLE}",
        re.I,
    ),
    re.compile(
        rf"(?<![\w.,])(?P<n>{PLAIN})\s+(?:[\w–/-]+\s+){{0,4}}?{_PEOPLE}\b(?:[^.;:]|\.\d){{0,160}}?\b(?:were"
        r"|was|are|be(?:ing)?)\s+(?:enrolled|recruited|included|randomly|randomi[sz]ed|assigned|allocated)",
        re.I,
    ),
    re.compile(rf"(?<![\w.,])(?P<n>{PLAIN})\s+(?:[\w–/-]+\s+){{0,4}}?{_PEOPLE}\s+(?:\w+\s+){{0,2}}?enrolled", re.I),
    re.compile(rf"\b(?:analysis|data|cohort|total)\s+of\s+(?P<n>{PLAIN})\s+(?:[\w–/-]+\s+){{0,4}}?{_PEOPLE}", re.I),
    re.compile(rf"\bof\s+(?P<n>{PLAIN})\s+trial\s+{_PEOPLE}", re.I),
    re.compile(rf"\bN\s*=\s*(?P<n>{PLAIN})"),
    re.compile(
        r"\b(?:study|trial|analysis|review|reviewers)\s+(?:included|gathered|covered"
        rf"|followed)\s+(?P<n>{PLAIN})\s+(?:[\w–/-]+\s+){{0,4}}?{_PEOPLE}",
        re.I,
    ),
    re.compile(rf"(?:^|\.\s)All\s+(?P<n>{PLAIN})\s+(?:[\w–/-]+\s+){{0,3}}?{_PEOPLE}"),
    re.compile(
        rf"(?:^|\.\s)Of\s+(?:the\s+)?(?P<n>{PLAIN})\s+(?:registered\s+|enrolled\s+)?{_PEOPLE}(?!\s+(?:given|who\s+received|on|assigned|treated|receiving))"
    ),
    re.compile(rf"\b(?:trials?|studies|data)\s*,?\s+(?:with|on|in|of)\s+(?P<n>{PLAIN})\s+{_PEOPLE}", re.I),
    re.compile(rf"\b(?:traced|followed|analy[sz]ed|studied)\s+(?P<n>{PLAIN})\s+(?:[\w–/-]+\s+){{0,3}}?{_PEOPLE}", re.I),
)
_RANDOMISED = (
    re.compile(rf"\bof\s+(?:the\s+)?(?P<n>{PLAIN})\s+(?:randomly\s+assigned|randomi[sz]ed)\s+{_PEOPLE}", re.I),
    re.compile(
        r"\b(?:randomly\s+assigned|randomi[sz]ed|randomly\s+allocated)\s+(?:a\s+total\s+of\s+)?"
        rf"(?P<n>{PLAIN})\s+(?:[\w–/-]+\s+){{0,5}}?{_PEOPLE}",
        re.I,
    ),
    re.compile(
        rf"(?<![\w.,])(?P<n>{PLAIN})\s+(?:[\w–/-]+\s+){{0,5}}?{_PEOPLE}\s+(?:[^.;:,]{{0,60}}?\s)?(?:were"
        r"|was)\s+(?:randomly\s+(?:assigned|allocated)|randomi[sz]ed)",
        re.I,
    ),
)
_FOLLOW_UP = re.compile(
    r"\b(?:median|mean|average)\s+(?:duration\s+of\s+)?follow[\s-]?up(?:\s+(?:time|period"
    r"|duration))?(?:\s+(?:after|from|since|for|in)\s+[^.,;:()]{1,60}?)?\s*(?:of|was|is|,|:|=)?\s*"
    rf"(?P<time>(?:approximately\s+|about\s+|nearly\s+|almost\s+|over\s+|some\s+)?(?:{PLAIN}|one|two|three"
    r"|four|five|six|seven|eight|nine|ten)\s*-?\s*(?:years?|months?|weeks?|days?))"
    r"|\bfollowed(?:\s+up)?\s+for\s+(?:a\s+)?(?:median|mean)\s+(?:of\s+)?(?P<time2>(?:approximately\s+"
    rf"|about\s+)?{PLAIN}\s+(?:years?|months?|weeks?))"
    rf"|\b(?P<time3>{PLAIN}\s+(?:years?|months?))\s+of\s+(?:median\s+)?follow[\s-]?up",
    re.I,
)
_DESIGNS = (
    (re.compile(r"\bindividual[- ]patient[- ]data meta-analys\w+|\bmeta-analys\w+", re.I), "meta-analysis"),
    (re.compile(r"\bpooled analys\w+", re.I), "pooled analysis"),
    (re.compile(r"\brandom(?:ly|i[sz]ed)\b|\bphase (?:III|3) (?:trial|study)", re.I), "randomised controlled trial"),
    (re.compile(r"\bregistr(?:y|ies)\b(?! trial)", re.I), "registry"),
    (re.compile(r"\bcohort\b", re.I), "cohort study"),
    (re.compile(r"\bsingle-arm\b", re.I), "single-arm trial"),
)


_INEXACT = re.compile(
    r"\b(?:more\s+than|nearly|over|about|almost|approximately|around|at\s+least|some|another|other|additional)\s+$",
    re.I,
)
_ONE_ARM = re.compile(
    r"[^.;,]{0,60}?\bto\s[^.;]{0,140}?\b(?:and|while)\s+(?:another\s+)?\d[\d,]*\s+(?:\w+\s+)?(?:to\b|received|underwent|were\s+(?:assigned|given|randomi))",
    re.I,
)
"""Behind a number that is one arm's, the other arm's follows."""


def _first(patterns: Sequence[re.Pattern[str]], texts: Sequence[str]) -> int | None:
    for pattern in patterns:
        for words in texts:
            m = pattern.search(words)
            if m and not _INEXACT.search(words[: m.start("n")]) and not _ONE_ARM.match(words[m.end("n") :]):
                count = parse_count(m["n"])
                if count is not None and not (1900 <= count <= 2100 and "," not in m["n"] and "N" not in m[0]):
                    return count
    return None


def read_study(
    article: Article, view: str, sentences: Sequence[Span], names: ArmNames, short_forms: Mapping[str, str]
) -> Study | None:
    """What the article's content says of its study; None where it says nothing of one."""
    texts = [" ".join(s.of(view).split()) for s in sentences]
    whole = "\n".join(texts)
    phases = [
        m["phase"]
        for words in texts
        for m in [_PHASE.search(words)]
        if m and not re.search(r"registration trials", words)
    ]
    registrations = _REGISTRATION.findall(whole)
    follows = [m for words in texts for m in _FOLLOW_UP.finditer(words)]
    follow = next((m for m in follows if not m["time3"]), follows[0] if follows else None)
    verdict = read_endpoint(article, view, sentences, short_forms)
    study = Study(
        name=_name(whole, article.title, short_forms),
        registration=article.registration or (registrations[0] if registrations else None),
        design=next((name for pattern, name in _DESIGNS if pattern.search(whole)), None),
        phase=phases[0] if phases else None,
        enrolled=_first(_ENROLLED, texts),
        randomised=_first(_RANDOMISED, texts),
        arms=tuple(StudyArm(name, size) for name, size in names.sizes.items()),
        follow_up=(follow["time"] or follow["time2"] or follow["time3"]) if follow else None,
        primary_endpoint_met=verdict.met if verdict is not None else None,
    )
    return study if study != Study() else None


def _stands_for(name: str, short_forms: Mapping[str, str]) -> bool:
    long = short_forms.get(name)
    return long is not None and not re.search(r"\b(?:trial|study|registry|evaluation|program\w*)\b", long, re.I)


def _name(whole: str, title: str | None, short_forms: Mapping[str, str]) -> str | None:
    """The study's name: what is called a trial or study by it, and is no abbreviation of something else."""
    text = whole if title is None or title in whole else f"{title}\n{whole}"
    votes: Counter[str] = Counter()
    for weight, pattern in zip((3, 3, 3, 4, 3, 2, 3), _NAMES, strict=True):
        for m in pattern.finditer(text):
            name = m["name"].strip()
            if (
                name.split()[0].casefold() not in _NOT_NAMES
                and not _REGISTRATION.match(name)
                and not _stands_for(name, short_forms)
            ):
                votes[name] += weight
    if not votes:
        return None
    for name in votes:
        votes[name] += len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))
    best = max(votes.values())
    return next(name for name, n in votes.items() if n == best)
