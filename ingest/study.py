"""Facts about the study that an article reports: name, phase, registration, sizes, arms, follow-up, its verdict."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.article import Article, Span
from ingest.claim import Study
from ingest.endpoint import read_endpoint
from ingest.numbers import PLAIN
from ingest.phrases import ArmNames
from ingest.study_arms import arms_of
from ingest.study_names import study_name
from ingest.study_sizes import sizes_of, with_arms

_REGISTRATION = re.compile(
    r"\b(?:NCT\d{8}|ISRCTN\d{8}|EudraCT[:\s]*\d{4}-\d{6}-\d{2}|CRD\d{8,11}|ACTRN\d{14}|UMIN\d{9}|ChiCTR[\w-]{8,20})\b"
)
_ONE = r"(?:I{1,3}V?[ab]?|IV|[1-4][ab]?)"
_PHASE = re.compile(
    rf"\b[Pp]hases?[\s-]+(?P<phase>{_ONE})(?:\s?[/–-]\s?(?P<second>{_ONE}))?\b"
    r"(?!\s+(?:trials|studies|registration\s+trials))"
)
_TIME = rf"(?:{PLAIN}|one|two|three|four|five|six|seven|eight|nine|ten)\s*-?\s*(?:years?|months?|weeks?|days?)"
_ABOUT = r"(?:(?:approximately|about|nearly|almost|over|some)\s+)?"
_FOLLOW_UP = re.compile(
    rf"""\b(?:median|mean|average)\s+(?:\w+\s+)?(?:(?:duration|length)\s+of\s+)?follow[\s-]?up
         (?:\s+(?:time|period|duration))?
         (?:\s+(?:after|from|since|for|in)\s+[^.,;:()]{{1,60}}?)?\s*
         (?:of|was|is(?:\s+now)?|has\s+(?:now\s+)?reached|reached|,|:|=)?\s*(?P<time>{_ABOUT}{_TIME})
      | \bfollowed(?:\s+up)?\s+for\s+(?:a\s+)?(?:median|mean)\s+(?:of\s+)?(?P<time2>{_ABOUT}{_TIME})
      | \b(?:after|with|at)\s+an?\s+follow[\s-]?up\s+of\s+(?P<time4>{_ABOUT}{_TIME})
      | (?<!up\sto\s)(?<!through\s)(?<!least\s)
        \b(?P<time3>{PLAIN}\s+(?:years?|months?))\s+of\s+(?:median\s+)?follow[\s-]?up""",
    re.IGNORECASE | re.VERBOSE,
)
_RANDOM = re.compile(r"\b(?:were|was|been|then|we|it|patients)\s+(?:\w+ly\s+)?random(?:ly|i[sz]ed)\b", re.I)
_RCT = "randomised controlled trial"
_DESIGNS = (
    (re.compile(r"\bmeta-?analys\w+|\bsystematic review\b", re.I), "meta-analysis"),
    (re.compile(r"\bpooled (?:analys\w+|data)\b|\bwere pooled\b", re.I), "pooled analysis"),
    (re.compile(r"\brandom(?:ly|i[sz]ed)\b|\bphase (?:III|3) (?:trial|study)", re.I), _RCT),
    (re.compile(r"\bregistr(?:y|ies)\b(?! trial)", re.I), "registry"),
    (re.compile(r"\bcohort\b", re.I), "cohort study"),
    (re.compile(r"\bsingle-arm\b", re.I), "single-arm trial"),
)
FEW = 2
"""In the title the first that stands there; in the text the first that is there, the article's own."""


def read_study(
    article: Article, view: str, sentences: Sequence[Span], names: ArmNames, short_forms: Mapping[str, str]
) -> Study | None:
    """What the article's content says of its study; None where it says nothing of one."""
    texts = [" ".join(s.of(view).split()) for s in sentences]
    whole = "\n".join(texts)
    registrations = _REGISTRATION.findall(whole)
    design = _design(whole, article.title or (texts[0] if texts else ""))
    random = design == _RCT or _RANDOM.search(whole) is not None
    sizes = sizes_of(texts, randomised_trial=random)
    arms = arms_of(texts, names.sizes, sizes.enrolled, sizes.randomised)
    sizes = with_arms(sizes, [arm.size or 0 for arm in arms], texts, randomised_trial=random)
    verdict = read_endpoint(article, view, sentences, short_forms)
    study = Study(
        name=study_name(whole, article.title, short_forms),
        registration=article.registration or (registrations[0] if registrations else None),
        design=design,
        phase=_phase(article.title, texts),
        enrolled=sizes.enrolled,
        randomised=sizes.randomised,
        arms=arms,
        follow_up=_follow_up(texts),
        primary_endpoint_met=verdict.met if verdict is not None else None,
    )
    return study if study != Study() else None


def _design(whole: str, title: str) -> str | None:
    in_title = next((name for pattern, name in _DESIGNS if pattern.search(title)), None)
    if in_title is not None:
        return in_title
    if _RANDOM.search(whole) and len(_DESIGNS[0][0].findall(whole)) < FEW:
        return _RCT  # with a word on a meta-analysis of others
    return next((name for pattern, name in _DESIGNS if pattern.search(whole)), None)


def _phase(title: str | None, texts: Sequence[str]) -> str | None:
    """The phase that the title gives, else the first that a sentence does."""
    for words in (title or "", *texts):
        m = _PHASE.search(words)
        if m is not None and "registration trials" not in words:
            return m["phase"] if m["second"] is None else f"{m['phase']}/{m['second']}"
    return None


def _follow_up(texts: Sequence[str]) -> str | None:
    """The median or mean follow-up as printed, else one told as the time of the report."""
    found = [m for words in texts for m in _FOLLOW_UP.finditer(words)]
    best = next((m for m in found if not m["time3"]), found[0] if found else None)
    return next(time for time in best.group("time", "time2", "time4", "time3") if time) if best is not None else None
