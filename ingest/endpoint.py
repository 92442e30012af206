"""Did the trial meet its primary endpoint, as its own report tells it, and on which sentence does the answer rest?

The signs of ``endpoint_features`` are added up with weights set by hand. A text that is no trial report, or says too
little, gets no answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ingest.article import Article, ArticleKind, Span
from ingest.endpoint_features import Evidence, evidence_of
from ingest.endpoint_parts import Part, Told, parts_of


@dataclass(frozen=True, slots=True)
class EndpointVerdict:
    """Whether the primary endpoint was met, the sentence that weighed most, why, and the model's chance of "met".

    ``span`` is a range of the article's text; ``score`` lies between 0 and 1 and is on the side of ``met``.
    """

    met: bool
    span: Span
    reason: str
    score: float


MARGIN, MARGIN_UNSTATED = 0.05, 0.3
"""A chance this near to one half is no answer; more is asked where the text names no primary endpoint."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What a feature weighs (log odds of "met"), and the reason it gives where it speaks for or against."""

    weight: float
    favours: str
    against: str


SIGNS: Mapping[str, Sign] = MappingProxyType(
    {
        "said": Sign(3.0, "the article says that the endpoint was met", "the article says that it was not met"),
        "said_noninferior": Sign(3.0, "noninferiority is said to be shown", "noninferiority is said not to be shown"),
        "stopped": Sign(1.5, "the trial was stopped for benefit", "the trial was stopped for futility"),
        "result_p": Sign(2.0, "the endpoint differs significantly", "the endpoint does not differ significantly"),
        "result_interval": Sign(1.0, "the endpoint's interval excludes no effect", "its interval holds no effect"),
        "result_words": Sign(1.0, "the endpoint is told as better", "the endpoint is told as no better"),
        "conclusion_on_endpoint": Sign(0.5, "the conclusion claims a better endpoint", "the conclusion denies it"),
        "conclusion": Sign(1.0, "the conclusion is in favour", "the conclusion is not in favour"),
        "title": Sign(1.0, "the title is in favour", "the title is not in favour"),
        "alike": Sign(1.0, "the arms of a noninferiority trial did alike", ""),
        "other_p": Sign(0.5, "the first result is significant", "the first result is not significant"),
        "other_words": Sign(0.5, "the first result is in favour", "the first result shows no difference"),
        "worse": Sign(-0.5, "", "the intervention did worse"),
    }
)
"""By hand: a regression on the labelled abstracts answered no more of them right over folds (docs/quality.md)."""

_ENOUGH = frozenset(SIGNS) - {"other_words", "title", "worse"}
"""Without one of these a text is too vague about its result."""
LONGEST_UNLABELLED = 120
"""Sentences: a longer text without results or conclusions of its own is a summary of many trials, or a book."""
_NO_REPORT = re.compile(
    r"""\b(?:meta-?\s?analys[ei]s|(?:systematic|scoping|narrative|literature)\s+review|pooled\s+(?:data|analys[ei]s)
      |protocol\b(?!-)|rationale\s+and\s+(?:study\s+)?design|trials?\s+in\s+progress|guidelines?|registry
      |(?:secondary|post[\s-]?hoc)\s+analys[ei]s|analysis\s+of\s+data\s+from|prediction\s+model|cost-effectiveness
      |economic\s+evaluation|retrospective|cohort\s+study|case-control|cross-sectional|observational)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\bwill\s+(?:be\s+(?:\w+ly\s+)?(?:randomi[sz]ed|recruited|enrolled|allocated|assigned|measured|assessed|compared"
    r"|evaluated)|examine|determine|receive|evaluate|compare|assess|test|undergo)\b",
    re.I,
)
_SEARCHED = re.compile(r"\b(?:searched|PubMed|MEDLINE|EMBASE|Cochrane\s+(?:Library|Central))\b")


def read_endpoint(
    article: Article, view: str, sentences: Sequence[Span], short_forms: Mapping[str, str]
) -> EndpointVerdict | None:
    """The verdict on the trial that ``article`` reports; None where it reports none, or not clearly."""
    told = parts_of(article, view, sentences)
    if _reports_no_trial(article, told):
        return None
    return decide(evidence_of(told, short_forms))


def decide(evidence: Evidence) -> EndpointVerdict | None:
    """The verdict that the evidence gives; None where too little or too even."""
    values = evidence.values
    if not _ENOUGH & values.keys() or not (evidence.random or "said" in values):
        return None
    score = chance(values)
    if abs(score - 0.5) < (MARGIN if evidence.named.stated or "said" in values else MARGIN_UNSTATED):
        return None
    met = score > 0.5
    parts = {name: value * SIGNS[name].weight * (1 if met else -1) for name, value in values.items()}
    best = max(SIGNS, key=lambda name: parts.get(name, 0.0))
    return EndpointVerdict(
        met, evidence.spans[best], SIGNS[best].favours if met else SIGNS[best].against, round(score, 4)
    )


def chance(values: Mapping[str, int]) -> float:
    """The chance of "met" that the features give, one half without any.

    >>> round(chance({"result_p": 1, "conclusion": 1}), 2), chance({})
    (0.95, 0.5)
    """
    return 1.0 / (1.0 + math.exp(-sum(value * SIGNS[name].weight for name, value in values.items())))


def _reports_no_trial(article: Article, told: Sequence[Told]) -> bool:
    if article.kind in (ArticleKind.REVIEW, ArticleKind.REGISTRY_RECORD):
        return True
    titles = " ".join([article.title or "", *(t.words for t in told if t.part is Part.TITLE)])
    labelled = any(t.part is Part.RESULTS for t in told)
    before = [t.words for t in told if t.part in (Part.AIM, Part.METHODS, Part.BODY)]
    return (
        _NO_REPORT.search(titles) is not None
        or (len(told) > LONGEST_UNLABELLED and not labelled)
        or any(_NOT_YET.search(words) for words in before)
        or any(_SEARCHED.search(words) for words in before)
    )
