"""Arms and outcomes of a sentence: those that the rules name, completed by those that the language model tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.article import Span
from ingest.phrases import Phrase
from ingest.ranges import Ranges
from ingest.names import Found
from ingest.sided import is_a_time
from ingest.told import Told

_NO_ARM = re.compile(
    r"(?:the\s+)?(?:(?:two|both|all|three|treatment|study|each|either|neither|other|same)\s+)*"
    r"(?:groups?|arms?|patients?|treatments?|therapy|drugs?|trial|maintenance|baseline|groups?\s+\w{1,2}|disease)",
    re.I,
)
"""Words that the model takes for an arm and that name none in particular."""
_NO_OUTCOME = re.compile(
    r"(?:[\W\d_]|\b(?:patients?|women|men|participants?|people|groups?|rates?|risks?|results?|data|values?|medians?|means?"
    r"|hazards?|odds|ratios?|HRs?|ORs?|RRs?|CIs?|overall|differences?|numbers?|the|of|a|an|its|their|for|figures?|respective"
    r"|corresponding|relative|absolute|reductions?|increases?|efficacy|effects?|outcomes?|end\s?points?|benefits?)\b)*",
    re.I,
)
"""Words that the model takes for an outcome and that say only how one is counted, or nothing."""


def with_told_arms(
    view: str, sentence: Span, arms: Sequence[Phrase], taken: Sequence[Span], told: Told, places: Ranges[Found]
) -> list[Phrase]:
    """The arms of the rules, grown to the words that the model gives them, and the model's own; in order.

    ``taken`` are the ranges of populations, which are no arms.
    """
    out = list(arms)
    for arm in told.arms.inside(sentence):
        span = arm.span
        if any(t.overlaps(span) for t in taken) or _NO_ARM.fullmatch(span.of(view)):
            continue
        near = [a for a in out if a.span.overlaps(span)]
        concepts = tuple(dict.fromkeys(c for f in places.inside(span) for c in f.concepts[:1]))
        if not near:
            out.append(Phrase(span, span.of(view), concepts))
        elif len(near) == 1 and span.contains(near[0].span) and len(span) > len(near[0].span) and not near[0].alias:
            out[out.index(near[0])] = Phrase(span, span.of(view), near[0].concepts, generic=near[0].generic)
    return sorted(out, key=lambda a: a.span)


def with_told_outcomes(
    view: str, sentence: Span, outcomes: Sequence[Phrase], taken: Sequence[Span], told: Told
) -> list[Phrase]:
    """The outcomes of the rules, and those that only the model tells; ``taken`` are arms and populations. In order."""
    out = list(outcomes)
    for tag in told.outcomes.inside(sentence):
        span = tag.span
        if any(t.overlaps(span) for t in taken) or is_a_time(span.of(view)) or _NO_OUTCOME.fullmatch(span.of(view)):
            continue
        if not any(o.span.overlaps(span) for o in out):
            out.append(Phrase(span, span.of(view)))
    return sorted(out, key=lambda o: o.span)
