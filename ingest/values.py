"""Which figures of a clause report a result, and what they measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate

from ingest.align import runs_of
from ingest.article import Span
from ingest.claim import Arm, Effect, Measure, ValueState
from ingest.context import Known, Sentence
from ingest.figures import Figure, FigureKind
from ingest.phrases import Phrase

_INEXACT = re.compile(r"(?:\bmore\s+than|\bless\s+than|\bfewer\s+than|\bat\s+least|\bup\s+to)\s+$", re.I)


_ELSEWHERE = re.compile(
    r"\b(?:follow[\s-]?up|(?:length|duration|course|years|months|weeks)\s+of\s+(?:the\s+)?(?:treatment|therapy|exposure|use|hospital)|treatment\s+(?:duration|time)|"
    r"numbers?\s+of\s+(?:doses|cycles|nodes|visits|treatments|injections|courses|tablets)|(?:median|mean)\s+(?:age|dose|number|time\s+(?:to|from)\s+(?:surgery|diagnosis|randomi\w+|start))|"
    r"for\s+an\s+average|costs?|boundary|power|scores?\s+of\s+at\s+least)\b[^.;(),]{0,40}$",
    re.I,
)
"""Before a number that measures no outcome: how long treatment was, how much was given, how long people were seen."""
_OF_THINGS = re.compile(
    r"\s*of\s+(?!(?:[\w'’-]+\s+){0,6}?(?:patients?|women|men|participants?|people|those|them|subjects?|adults|children|individuals|"
    r"eyes|groups?|arms?|infants|girls|boys|persons?|volunteers|recipients|responders|survivors|users|cases|whom|who|[\w-]*treated)\b)",
    re.I,
)
"""Behind a share of something else than people: of cancers, of physicians, of procedures."""
_STRENGTH = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}?(?:solutions?|creams?|ointments?|gels?|lotions?|sprays?|saline|dextrose|(?:hydrogen\s+)?peroxide|oxygen"
    r"|nitrous|N2O|\w+caine|\w+flurane|chlorhexidine|ethanol|glucose|emulsion|mouthwash|eye\s?drops?)\b",
    re.I,
)
"""Behind a percentage that is the strength of what was given."""
_CHANGE_LIST = re.compile(r"\b(?:reduction|increase|decrease|improvement)s?\s+(?:in|of)\b[^.;]{0,140}\(\s*$", re.I)
_MOVED = re.compile(
    r"[\s)]*of\s+(?:the\s+|all\s+)?(?:[\w-]+\s+){0,4}?(?:patients|women|men|participants|people|them|cases"
    r"|those)\s+(?:[\w\s]{0,30}?\s)?"
    r"(?:chose\s+to\s+|decided\s+to\s+)?(?:switch(?:ed)?|cross(?:ed)?|received|took|were\s+(?:treated|given|able)|started|had\s+(?:received|high-grade"
    r"|undergone)|went\s+on)\b",
    re.I,
)


_EVENT_BEHIND = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:(?:in|on|of|from)\s+(?:the\s+)?[\w\s-]{3,40}?\s+)?"
    r"(?:had\s+(?:an?|any|at\s+least|grade|serious|severe)|died|have\s+died|developed|experienced|relapsed"
    r"|progressed|achieved|responded|reported|discontinued|stopped|suffered|have\s+died)\b",
    re.I,
)


_EVENT_BEFORE = re.compile(
    r"\b(?:in|among|affected|for|and)\s+(?:only\s+|just\s+)?$|\b(?:occurred|reported|seen|diagnosed"
    r"|confirmed|detected|observed|found)\s+(?:in|among)\b[^.;]*$",
    re.I,
)


_MEANT = re.compile(
    r"(?:\bwas|\bwere|\bof|\bat|\bto|\bis|=|:|,|\breached|\bcompared\s+with|\bcompared\s+to|\bthan|\bversus|\bagainst|\bopposed\s+to|\bestimated)\s*(?:approximately|about|only|just"
    r"|estimated\s+(?:at|to\s+be)|lower,|higher,)?\s*[(\[]?\s*$",
    re.I,
)


def values_in(known: Known, sentence: Sentence, clause: Span) -> list[Figure]:
    """Figures of the clause that report a result, with measure and unit filled in from the list they stand in."""
    view = known.view
    words = clause.of(view)
    inside = [f for f in sentence.figures if clause.contains(f.span)]
    values: list[Figure] = []
    for i, f in enumerate(inside):
        if is_no_result(view, clause, f) or adds_up(known, f, sentence):
            continue
        if f.rule == "length of treatment" and re.search(r"\b(?:lived|survived)\b", words):
            values.append(replace(f, kind=FigureKind.VALUE))
        elif (
            f.kind is FigureKind.SIZE
            and f.rule == "people"
            and (_happened(view, clause, f) or (i + 1 < len(inside) and inside[i + 1].rule == "count of the same"))
            and not re.search(r"\b(?:received|underwent|assigned|randomi|enrolled|screened|included)\b", words)
        ):
            values.append(
                replace(f, kind=FigureKind.VALUE, measure=Measure.COUNT, events=int(f.value or 0), value=f.value)
            )
        elif f.kind is FigureKind.NOT_REACHED and re.search(
            r"\bmedian|survival|\bwere\s*$|\bwas\s*$", view[clause.start : f.span.start], re.I
        ):
            values.append(f)
        elif f.kind is FigureKind.VALUE and not compares_arms(f):
            if f.rule in ("plain", "duration") and not _plain_is_result(view, clause, f, inside, i):
                continue
            values.append(f)
    filled: list[Figure] = []
    for run in runs_of(view, values):
        model = next((f for f in run if f.measure is not None or f.unit is not None), None)
        for f in run:
            if f.measure is None and model is not None and f.rule == "plain":
                f = replace(f, measure=model.measure, unit=f.unit or model.unit)
            filled.append(f)
    return filled


_LEFT = 200
"""Characters before a figure that may make it none."""
_INCLUDING = re.compile(r"[^.;\d]{0,60}\bincluding\b[^.;]*\d")


def is_no_result(view: str, clause: Span, f: Figure) -> bool:
    """True for a figure that the words around it make none: inexact, of a treatment's length, a share of things."""
    if f.events is not None and f.total is not None and f.events > f.total:
        return True
    before = view[max(clause.start, f.span.start - _LEFT) : f.span.start]
    after = view[f.span.end : min(clause.end, f.span.end + _LEFT)]
    return _made_none(before, after, f.unit == "%", f.events is None)


@lru_cache(maxsize=1024)
def _made_none(before: str, after: str, percent: bool, bare: bool) -> bool:
    if _INEXACT.search(before[-14:]) or _ELSEWHERE.search(before):
        return True
    if "including" in after[:72] and _INCLUDING.match(after):
        return True
    if percent and bare and _STRENGTH.match(after):
        return True
    if percent and (_OF_THINGS.match(after) or _CHANGE_LIST.search(before)):
        return True
    return _MOVED.match(after) is not None


def compares_arms(f: Figure) -> bool:
    """True for a figure that has both arms in it: a ratio, a difference, a relative change."""
    return f.kind is FigureKind.VALUE and (
        f.rule == "relative change" or (f.measure is not None and f.measure.is_contrast)
    )


def _happened(view: str, clause: Span, f: Figure) -> bool:
    """True where something happened to the people that the figure counts."""
    if _EVENT_BEHIND.match(view, f.span.end, clause.end):
        return True
    before = view[clause.start : f.span.start]
    return bool(
        re.search(r"\b(?:occurred|reported|seen|diagnosed|confirmed|detected|observed|found)\s+in\b", before)
    ) and bool(_EVENT_BEFORE.search(before))


def _plain_is_result(view: str, clause: Span, f: Figure, inside: Sequence[Figure], i: int) -> bool:
    if f.interval is not None:
        return True
    after = view[f.span.end : min(clause.end, f.span.end + 14)]
    before = view[max(clause.start, f.span.start - _LEFT) : f.span.start]
    if (
        i
        and inside[i - 1].kind is FigureKind.VALUE
        and re.fullmatch(r"\s*(?:,|and|or|,\s*(?:and|or))\s*", view[inside[i - 1].span.end : f.span.start])
    ):
        return True
    if re.match(r"\s*(?:\([^)]*\)\s*)?(?:with|in|for|among|without|on|after)\b", after) and re.search(
        r"(?:\band|\bbut|,|\bonly|\bjust)\s*(?:only\s+|just\s+)?$", before
    ):
        return i > 0
    if re.match(r"\s*(?:versus|vs\.?)\b", after):
        return True
    if (
        f.rule == "duration"
        and re.search(r"[(\[]\s*$", view[clause.start : f.span.start])
        and re.match(r"\s*[)\]]", after)
    ):
        return True
    if i and re.search(r"(?:versus|vs\.?)\s*$", view[inside[i - 1].span.end : f.span.start]):
        return True
    if f.rule == "duration" and re.search(
        r"\b(?:lived|survived|lasted)\s+(?:\w+\s+)?$", view[clause.start : f.span.start]
    ):
        return True
    if (
        re.match(r"[\s-]*[A-Za-z]", after)
        and f.rule == "plain"
        and not re.match(r"\s*(?:and|in|with|for|to|at|compared|among|on|respectively|overall)\b", after)
    ):
        return False
    return bool(_MEANT.search(before)) and f.value is not None


def _measure(known: Known, f: Figure, outcome: Phrase, words: str) -> tuple[Measure, str | None]:
    if f.measure is not None:
        return f.measure, f.unit
    text = f"{outcome.text} {outcome.label or ''} {words}"
    if f.unit is None and known.rate_unit is not None and re.search(r"\brates?\b", text):
        return Measure.RATE, known.rate_unit
    if re.search(r"\bIRs?\b|incidence\s+rates?|per\s+1\d\d", text) and f.unit is None:
        return Measure.RATE, known.rate_unit
    for word, measure in (
        ("geometric mean", Measure.GEOMETRIC_MEAN),
        ("median", Measure.MEDIAN),
        ("mean", Measure.MEAN),
        ("average", Measure.MEAN),
    ):
        if re.search(rf"\b{word}\b", text, re.I):
            return measure, f.unit
    return Measure.OTHER, f.unit


def effect_of(known: Known, f: Figure, arm: Arm, outcome: Phrase, words: str, timepoint: str | None) -> Effect:
    """The figure as an effect; its text is what the article prints at its range."""
    measure, unit = _measure(known, f, outcome, words)
    state = ValueState.REPORTED
    if f.kind is FigureKind.NOT_REACHED:
        estimable = "reached" in f.span.of(known.view) or "NR" in f.span.of(known.view)
        state = ValueState.NOT_REACHED if estimable else ValueState.NOT_ESTIMABLE
        measure = Measure.MEDIAN
    return Effect(
        measure,
        arm,
        f.span.of(known.article.text),
        f.span,
        value=f.value,
        value_state=state,
        unit=unit,
        events=f.events,
        total=f.total,
        standard_deviation=f.standard_deviation,
        standard_error=f.standard_error,
        change_from_baseline=f.change_from_baseline,
        interval=f.interval,
        p=f.p,
        timepoint=timepoint,
    )


_OPENS = re.compile(r"[^.;()\[\]]{0,60}?(?:of\s+follow-up\s*)?[(\[]\s*")
_BRACKETED = 160
"""Characters in which a bracket is looked at that shares a number out to the arms."""


def adds_up(known: Known, f: Figure, sentence: Sentence) -> bool:
    """True for a number that a bracket behind it shares out to the arms: "8 cases (one with X and 7 with Y)"."""
    m = _OPENS.match(known.view, f.span.end, sentence.span.end)
    if m is None:
        return False
    inside = known.view[m.end() : min(sentence.span.end, m.end() + _BRACKETED)]
    depth = accumulate((c in "([") - (c in ")]") for c in inside)
    end = next((i for i, d in enumerate(depth) if d < 0), len(inside))
    names = {a.name for a in known.told.arms.inside(Span(m.end(), m.end() + max(1, end)))}
    return (
        len(names) > 1
        and len(re.findall(r"\d+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b", inside[:end])) > 1
    )
