"""Arms and outcomes of a sentence: those that the rules name, completed by those that the language model tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.article import Span
from ingest.names import Found
from ingest.phrases import Phrase
from ingest.ranges import Ranges
from ingest.sided import is_a_time
from ingest.told import Told

_NO_ARM = re.compile(
    r"(?!(?:the\s+)?(?:study|treatment)\s+(?:group|arm)$)(?:the\s+)?(?:(?:two|both|all|three|treatment|study|each|either|neither|other|same|this|these|those|that)\s+)*"
    r"(?:groups?|arms?|patients?|treatments?|therapy|drugs?|trial|maintenance|baseline|groups\s+\w{1,2}|disease)",
    re.I,
)
"""Words that the model takes for an arm and that name none in particular."""
_NO_OUTCOME = re.compile(
    r"(?:[\W\d_]|\b(?:patients?|women|men|participants?|people|groups?|rates?|risks?|results?|data|values?|medians?|means?"
    r"|hazards?|odds|ratios?|HRs?|ORs?|RRs?|CIs?|overall|differences?|numbers?|the|of|a|an|its|their|for|figures?|respective"
    r"|corresponding|relative|absolute|age|reductions?|increases?|efficacy|effects?|outcomes?|end\s?points?|benefits?)\b)*"
    r"|(?:were\s+|was\s+)?(?:randomly\s+)?(?:assigned|allocated|randomi[sz]ed|enrolled|recruited|included|treated|screened"
    r"|received)\b.*",
    re.I,
)
"""Words that the model takes for an outcome and that say only how one is counted, or nothing."""


_LEAD = re.compile(
    r"(?:(?:the|a|an|respective|corresponding|adjusted|unadjusted|pooled|overall)\s+)*"
    r"(?:(?:(?:hazards?|odds|risk|rate)\s+ratios?|(?:relative|absolute)\s+risks?|HRs?|ORs?|RRs?)"
    r"(?:\s*[(\[](?:a?HR|a?OR|a?RR)[)\]])?\s+(?:for|of)|(?:rates?|frequency|proportion|percentages?)\s+(?:for|of)"
    r"|(?:\w+\s+)?(?:increases?|reductions?|improvements?|decreases?|differences?|rises?|declines?)\s+in"
    r"|(?:significantly\s+)?(?:reduced|lowered|increased|improved|cut|raised|had|shortened|prolonged|decreased|experienced|developed|achieved|affected))"
    r"\s+(?:(?:the|a|an)\s+)?",
    re.I,
)
"""Words before an outcome that say how it is counted or which way it went."""
_TAIL = re.compile(
    r"\s+(?:(?:was|were|had|has|have)\b.*|(?:significantly\s+)?(?:increased|decreased|fell|rose|improved|declined|occurred|differed"
    r"|developed|dropped|worsened)|(?:at|after|by|within|over|during)\s+(?:\d|one|two|three|four|five|six|ten|the\s+first)\b.*)$",
    re.I | re.S,
)


def bare_outcome(view: str, span: Span) -> Span:
    """The outcome without what counts or moves it: "hazard ratio for kidney failure" is "kidney failure".

    >>> bare_outcome("lowered the risk of falls", Span(0, 25)).of("lowered the risk of falls")
    'risk of falls'
    """
    start, end = span.start, span.end
    while (m := _LEAD.match(view, start, end)) is not None and m.end() < end:
        start = m.end()
    tail = _TAIL.search(view, start, end)
    if tail is not None and tail.start() > start + 2:
        end = tail.start()
    return Span(start, end)


def no_outcome(words: str) -> bool:
    """True for words that the model takes for an outcome and that say only how one is counted, or when, or nothing."""
    return _NO_OUTCOME.fullmatch(words) is not None or is_a_time(words)


def part_of_a_name(population: Phrase, told: Told) -> bool:
    """True for a single word that begins the name of an arm or outcome, and is no population: "early surgery"."""
    if " " in population.text or population.text.endswith("s") or population.label is not None:
        return False
    named = [a.span for a in told.arms.overlapping(population.span)]
    named += [o.span for o in told.outcomes.overlapping(population.span)]
    return any(n.start <= population.span.start and n.end > population.span.end for n in named)


_TOGETHER = re.compile(
    r"\b(?:combination|combined\s+use|co-?administration|treatment|therapy)\s+(?:of|with)\s+(?:the\s+)?$", re.I
)
_COUPLED = re.compile(r"\s*(?:,|and|,\s*and|or)\s*(?:the\s+)?", re.I)


_LEVELS = r"(?:levels?|concentrations?|secretions?|expression|excretion|titres?|titers?|clearance|values?)"
_MEASURED_LEFT = re.compile(
    rf"\b(?:{_LEVELS}\s+of|serum|plasma|urinary|urine|circulating|fasting)\s+"
    r"(?:[\w,-]+\s+(?:and|or)\s+(?:of\s+)?)?(?:the\s+)?$",
    re.I,
)
_MEASURED_RIGHT = re.compile(rf"[\s-]+{_LEVELS}\b", re.I)
_LEFT = 60


def is_measured(view: str, span: Span) -> bool:
    """True for a name that stands for what was measured in people: "levels of parathormone", "plasma insulin".

    >>> is_measured("levels of zinc rose", Span(10, 14)), is_measured("zinc lowered risk", Span(0, 4))
    (True, False)
    """
    before = view[max(0, span.start - _LEFT) : span.start]
    return bool(_MEASURED_LEFT.search(before) or _MEASURED_RIGHT.match(view, span.end))


_BESIDE = re.compile(r"\b(?:particularly|especially|except|notably)\b[^,;.]*$", re.I)


def is_an_arm(view: str, sentence: Span, arm: Phrase) -> bool:
    """False for what was measured, for a time, and for what stands behind "particularly" or "except"."""
    if is_measured(view, arm.span) or is_a_time(arm.text):
        return False
    return _BESIDE.search(view[max(sentence.start, arm.span.start - 2 * _LEFT) : arm.span.start]) is None


def with_told_arms(
    view: str, sentence: Span, arms: Sequence[Phrase], taken: Sequence[Span], told: Told, places: Ranges[Found]
) -> list[Phrase]:
    """The arms of the rules, grown to the words that the model gives them, and the model's own; in order.

    ``taken`` are the ranges of populations, which are no arms.
    """
    out = list(arms)
    for arm in told.arms.inside(sentence):
        span = _without_stop(view, arm.span)
        if any(t.overlaps(span) for t in taken) or _NO_ARM.fullmatch(span.of(view)) or is_a_time(span.of(view)):
            continue
        if not is_an_arm(view, sentence, Phrase(span, span.of(view))):
            continue
        near = [a for a in out if a.span.overlaps(span)]
        concepts = tuple(dict.fromkeys(c for f in places.inside(span) for c in f.concepts[:1]))
        if not near:
            out.append(Phrase(span, span.of(view), concepts))
        elif len(near) == 1 and not near[0].alias and _names_more(view, near[0].span, span):
            out[out.index(near[0])] = Phrase(span, span.of(view), near[0].concepts, generic=near[0].generic)
    return sorted((part for a in out for part in _parts(view, a, told, places)), key=lambda a: a.span)


def _names_more(view: str, arm: Span, span: Span) -> bool:
    """True where the model's words hold those of the rules and more than "group" or "arms"."""
    if not span.contains(arm) or len(span) == len(arm):
        return False
    return (
        re.fullmatch(r"[\s-]*(?:groups?|arms?|patients?|cohorts?|recipients?)?", view[arm.end : span.end]) is None
        or arm.start > span.start
    )


def _without_stop(view: str, span: Span) -> Span:
    return Span(span.start, max(span.start + 1, span.start + len(span.of(view).rstrip(" .,;:"))))


def _parts(view: str, arm: Phrase, told: Told, places: Ranges[Found]) -> list[Phrase]:
    """An arm of the rules that the model tells to be two, joined by "and": "carboplatin and cisplatin"."""
    inside = told.arms.inside(arm.span)
    joined = all(_COUPLED.fullmatch(view, a.span.end, b.span.start) for a, b in pairwise(inside))
    if _TOGETHER.search(view[max(0, arm.span.start - _LEFT) : arm.span.start]):
        return [arm]
    if len(inside) < 2 or not joined or inside[0].span.start > arm.span.start or len({a.name for a in inside}) < 2:
        return [arm]
    return [
        Phrase(a.span, a.span.of(view), tuple(dict.fromkeys(c for f in places.inside(a.span) for c in f.concepts[:1])))
        for a in inside
    ]


_SPARED = re.compile(r"\bwithout\s+(?:the|their|any|a)?\s*$|\bdefined\s+(?:as|by)\b[^—–)]*$", re.I)
_OF_IT = re.compile(r"\b(?:for|of|from|to|due)\s+(?:\w+\s+)?$")
_MORE_WORDS = 5
_GOES_ON = re.compile(
    r"\s+(?:of|for|or|from|with|to|in|loss|reductions?|increases?|changes?|gains?|improvements?|rates?|scores?|levels?"
    r"|events?|symptoms)\b",
    re.I,
)


def _grows(view: str, outcome: Phrase, span: Span) -> bool:
    """True where the model's words hold the outcome of the rules and a few more: "admission for heart failure"."""
    more = len(span.of(view).split()) - len(outcome.text.split())
    behind = view[outcome.span.end : span.end]
    if not span.contains(outcome.span) or not 0 < more <= _MORE_WORDS or re.search(r"[,;()]", span.of(view)):
        return False
    return not behind or _GOES_ON.match(behind) is not None


def with_told_outcomes(
    view: str, sentence: Span, outcomes: Sequence[Phrase], taken: Sequence[Span], told: Told
) -> list[Phrase]:
    """The outcomes of the rules, and those that only the model tells; ``taken`` are arms and populations. In order."""
    out = [o for o in outcomes if not is_a_time(o.text) and (o.concepts or not no_outcome(o.text))]
    for tag in told.outcomes.inside(sentence):
        span = bare_outcome(view, tag.span)
        if any(t.overlaps(span) for t in taken) or no_outcome(span.of(view)):
            continue
        near = [o for o in out if o.span.overlaps(span)]
        if not near:
            if _SPARED.search(view[max(sentence.start, span.start - _LEFT) : span.start]) is None:
                out.append(Phrase(span, span.of(view)))
        elif len(near) == 1 and _grows(view, near[0], span):
            kept = (
                near[0].concepts
                if near[0].span.end == span.end and not _OF_IT.search(view, span.start, near[0].span.start)
                else ()
            )
            out[out.index(near[0])] = Phrase(span, span.of(view), kept, bare=False)
    return sorted(out, key=lambda o: o.span)
