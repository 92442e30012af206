"""One clause read as results: its arms, its outcome, and each number in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.align import Cell, align, runs_of
from ingest.arms import same_arm
from ingest.article import Span
from ingest.claim import Arm, Effect, Measure, ValueState
from ingest.context import Known, Memory, Sentence
from ingest.figures import Figure, FigureKind
from ingest.phrases import Phrase
from ingest.roles import Roles, roles_in

_SHARED = re.compile(
    r"\bin\s+(?:both|either|each|the\s+two|all)\s+(?:study\s+|treatment\s+)?(?:groups?|arms?|cohorts)\b"
    r"|\bfor\s+both\s+(?:groups|arms|treatments)\b",
    re.I,
)
_INEXACT = re.compile(r"(?:\bmore\s+than|\bless\s+than|\bfewer\s+than|\bat\s+least|\bup\s+to)\s+$", re.I)
_MOVED = re.compile(
    r"[\s)]*of\s+(?:the\s+|all\s+)?(?:[\w-]+\s+){0,4}?(?:patients|women|men|participants|people|them|cases"
    r"|those)\s+(?:[\w\s]{0,30}?\s)?"
    r"(?:switched|crossed|received|took|were\s+(?:treated|given|able)|started|had\s+(?:received|high-grade"
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
_OF_PEOPLE = re.compile(
    r"[\s)]*of\s+(?:the\s+|all\s+|those\s+)?(?:[\w-]+\s+){0,2}?(?:patients|women|men|participants|people"
    r"|those|subjects|adults|children|individuals|eyes)\b",
    re.I,
)
_LED_TO = re.compile(
    r"\b(?:in|was|were|of|at|among|for|to|by|affect\w+|and|versus|vs\.?|with)\s*(?:about|only|just"
    r"|approximately|nearly|almost|up\s+to|more\s+than)?\s*[(,]?\s*$",
    re.I,
)
_MEANT = re.compile(
    r"(?:\bwas|\bwere|\bof|\bat|\bto|\bis|=|:|,|\breached|\bestimated)\s*(?:approximately|about|only|just"
    r"|estimated\s+(?:at|to\s+be)|lower,|higher,)?\s*[(\[]?\s*$",
    re.I,
)


_NOWHERE = Phrase(Span(0, 1), "?")
"""Stands for an outcome that is still to be found."""


@dataclass(frozen=True, slots=True)
class Result:
    """One comparison or one group's figures for one outcome, in one population, as a clause gives it."""

    clause: Span
    roles: Roles
    outcome: Phrase
    population: Phrase | None
    effects: tuple[Effect, ...]
    inherited: bool = False


def values_in(known: Known, sentence: Sentence, clause: Span) -> list[Figure]:
    """Figures of the clause that report a result, with measure and unit filled in from the list they stand in."""
    view = known.view
    words = clause.of(view)
    inside = [f for f in sentence.figures if clause.contains(f.span)]
    values: list[Figure] = []
    for i, f in enumerate(inside):
        if _INEXACT.search(view[max(clause.start, f.span.start - 14) : f.span.start]):
            continue
        if _MOVED.match(view, f.span.end, clause.end):
            continue
        if f.rule == "length of treatment" and re.search(r"\b(?:lived|survived)\b", words):
            values.append(replace(f, kind=FigureKind.VALUE))
        elif (
            f.kind is FigureKind.SIZE
            and f.rule == "people"
            and _happened(view, clause, f)
            and not re.search(r"\b(?:received|underwent|assigned|randomi|enrolled|screened|included)\b", words)
        ):
            values.append(
                replace(f, kind=FigureKind.VALUE, measure=Measure.COUNT, events=int(f.value or 0), value=f.value)
            )
        elif f.kind is FigureKind.NOT_REACHED and re.search(
            r"\bmedian|survival|\bwere\s*$|\bwas\s*$", view[clause.start : f.span.start], re.I
        ):
            values.append(f)
        elif f.kind is FigureKind.VALUE and not _contrasts(f):
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


def _contrasts(f: Figure) -> bool:
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
    before = view[clause.start : f.span.start]
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
    return bool(_MEANT.search(view[clause.start : f.span.start])) and f.value is not None


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
        interval=f.interval,
        p=f.p,
        timepoint=timepoint,
    )


def read_clause(
    known: Known, sentence: Sentence, clause: Span, roles: Roles, memory: Memory, inherited: bool
) -> list[Result] | None:
    """Results of one clause; None where its counts disagree, which is a refusal and not an absence."""
    view = known.view
    words = clause.of(view)
    values = values_in(known, sentence, clause)
    inside = [f for f in sentence.figures if clause.contains(f.span)]
    contrasts = [f for f in inside if _contrasts(f)]
    ps = [f for f in inside if f.kind is FigureKind.P]
    outcomes = [o for o in sentence.outcomes if clause.contains(o.span)]
    populations = [p for p in sentence.populations if clause.contains(p.span)]
    if not values and not contrasts and not ps:
        return []
    occurrences = [
        (a.span, i)
        for a in sentence.arms
        if clause.contains(a.span)
        for i, r in enumerate(roles.listed)
        if same_arm(a, r) or a.span.overlaps(r.span)
    ]
    occurrences += [
        (r.span, i)
        for i, r in enumerate(roles.listed)
        if clause.contains(r.span) and not any(i == n for _, n in occurrences)
    ]
    occurrences.sort(key=lambda o: o[0])
    grouped: dict[int, list[Figure]] = {}
    order: dict[int, Phrase] = {}
    for f in values:
        outcome = _outcome_for(view, clause, f.span, outcomes, memory.outcome)
        if outcome is None:
            continue
        grouped.setdefault(outcome.span.start, []).append(f)
        order[outcome.span.start] = outcome
    results: list[Result] = []
    shared = bool(_SHARED.search(words))
    for place, figures in grouped.items():
        outcome = order[place]
        runs = runs_of(view, figures)
        stamps, listed_times = _times(view, inside, clause)
        apart = listed_times > 1 and all(len(f.times) <= 1 for f in inside if f.kind is FigureKind.TIMEPOINT)
        if not occurrences and listed_times == len(figures) > 1:
            runs = [list(figures)]
        cells = align(
            view,
            runs,
            occurrences,
            len(roles.listed),
            len(populations),
            listed_times,
            shared,
            apart,
        )
        if cells is None:
            return None
        results.extend(
            _results(known, clause, roles, outcome, populations, cells, stamps, listed_times, words, inherited)
        )
    _add_ratios(
        known,
        results,
        contrasts,
        outcomes,
        Result(clause, roles, _NOWHERE, _only(populations), (), inherited),
        memory,
        words,
    )
    _add_ps(
        known, results, ps, outcomes, Result(clause, roles, _NOWHERE, _only(populations), (), inherited), memory, words
    )
    own = {o.span for o in outcomes}
    results = [replace(r, effects=tuple(e for e in r.effects if not _unmeasured(e))) for r in results]
    return [r for r in results if r.effects and not _says_nothing(r, r.outcome.span in own or sentence.this_group)]


def _unmeasured(effect: Effect) -> bool:
    """True for a number of all participants that no word measures."""
    return effect.arm is Arm.OVERALL and effect.measure is Measure.OTHER


def _says_nothing(result: Result, named: bool) -> bool:
    """True for numbers that more likely are no result: those of nobody in particular, and ratios of unnamed arms.

    A number of all participants needs a measure and an outcome that its own clause names.
    """
    if all(e.arm is Arm.CONTRAST for e in result.effects):
        return result.roles.intervention is None
    return all(e.arm is Arm.OVERALL and (e.measure is Measure.OTHER or not named) for e in result.effects)


def _only(populations: Sequence[Phrase]) -> Phrase | None:
    return populations[0] if len(populations) == 1 else None


def _outcome_for(
    view: str, clause: Span, span: Span, outcomes: Sequence[Phrase], before: Phrase | None
) -> Phrase | None:
    """The outcome named last before ``span``, else the first behind it, else the one of the sentence before.

    Where the value counts people ("48% of patients crossed over") and no "in" or "was" leads to it, what happened to
    them stands behind it, and nothing before it may be taken instead.
    """
    earlier = [o for o in outcomes if o.span.end <= span.start]
    if _OF_PEOPLE.match(view, span.end, clause.end) and not _LED_TO.search(view[clause.start : span.start]):
        later = [o for o in outcomes if o.span.start >= span.end]
        return later[0] if later else None
    chosen = earlier[-1] if earlier else outcomes[0] if outcomes else before
    if not outcomes and chosen is not None and not _refers_back(view, clause) and _other_sentence(view, chosen, clause):
        return None
    full = [o for o in earlier if not o.bare]
    before = full[-1] if full else before
    if chosen is not None and chosen.bare and before is not None and not before.bare:
        label = before.label or before.text
        return replace(
            chosen,
            label=f"{chosen.text} of {label}",
            concepts=tuple(dict.fromkeys((*before.concepts, *chosen.concepts))),
        )
    return chosen


_BACK = re.compile(
    r"\b(?:it|they|this|these|that|rates?(?!\s+of)|medians?|mean|incidence|figures?|percentages?"
    r"|proportions?(?!\s+of)|shares?|corresponding|ratio|HRs?|ORs?|RRs?|SIRs?)\b|^\s*(?:and|while|but"
    r"|whereas|compared)\b",
    re.I,
)


def _refers_back(view: str, clause: Span) -> bool:
    """True where a clause that names no outcome goes on with the one before ("the median was", "the hazard ratio")."""
    return bool(_BACK.search(view, clause.start, clause.end))


def _other_sentence(view: str, outcome: Phrase, clause: Span) -> bool:
    return bool(re.search(r"[.!?][\"”)]?\s", view[outcome.span.end : clause.start])) or outcome.span.start > clause.end


def _times(view: str, inside: Sequence[Figure], clause: Span) -> tuple[list[str], int]:
    """Time points of the clause as printed, and how many values they tell apart (0 where there is at most one).

    Either one list ("at 1, 2 and 3 years") or several points by themselves ("at two years ... at three years").
    """
    points = [f for f in inside if f.kind is FigureKind.TIMEPOINT]
    if len(points) > 1 and all(len(p.times) <= 1 for p in points):
        return [p.span.of(view) for p in points], len(points)
    if len(points) != 1:
        return [], 0
    point = points[0]
    if len(point.times) <= 1:
        return [point.span.of(view)], 0
    unit = re.search(r"(?:years?|months?|weeks?|days?)", point.span.of(view))
    return [t.of(view) + (f" {unit[0]}" if unit else "") for t in point.times], len(point.times)


def _results(
    known: Known,
    clause: Span,
    roles: Roles,
    outcome: Phrase,
    populations: Sequence[Phrase],
    cells: Sequence[Cell],
    stamps: Sequence[str],
    listed_times: int,
    words: str,
    inherited: bool,
) -> list[Result]:
    out: list[Result] = []
    keys = list(dict.fromkeys((c.population, c.time) for c in cells))
    for population, time in keys:
        chosen = [c for c in cells if (c.population, c.time) == (population, time)]
        who = populations[population] if population is not None else _only(populations)
        stamp = (
            stamps[time]
            if time is not None and listed_times > 1 and time < len(stamps)
            else (stamps[0] if len(stamps) == 1 else None)
        )
        listed = roles.listed
        main = next(
            (i for i, a in enumerate(listed) if roles.intervention is not None and a.span == roles.intervention.span), 0
        )
        if roles.intervention is not None and not any(a.span == roles.intervention.span for a in listed):
            main = next((i for i, a in enumerate(listed) if same_arm(a, roles.intervention)), 0)
        arms = {c.arm for c in chosen}
        if arms == {None}:
            effects = [effect_of(known, c.figure, Arm.OVERALL, outcome, words, stamp) for c in chosen]
            out.append(Result(clause, Roles(), outcome, who, tuple(effects), inherited))
            continue
        mine = [c for c in chosen if c.arm == main]
        others = sorted({c.arm for c in chosen if c.arm is not None and c.arm != main})
        if not others:
            effects = [effect_of(known, c.figure, Arm.INTERVENTION, outcome, words, stamp) for c in mine]
            out.append(Result(clause, roles, outcome, who, tuple(effects), inherited))
        for other in others:
            pair = [effect_of(known, c.figure, Arm.INTERVENTION, outcome, words, stamp) for c in mine]
            pair += [
                effect_of(known, c.figure, Arm.COMPARATOR, outcome, words, stamp) for c in chosen if c.arm == other
            ]
            intervention = listed[main] if main < len(listed) else roles.intervention
            comparator = listed[other] if other < len(listed) else roles.comparator
            two = Roles(intervention, comparator, roles.swapped, listed)
            out.append(Result(clause, two, outcome, who, tuple(pair), inherited))
    return out


def _add_ratios(
    known: Known,
    results: list[Result],
    ratios: Sequence[Figure],
    outcomes: Sequence[Phrase],
    empty: Result,
    memory: Memory,
    words: str,
) -> None:
    """Each ratio or difference to the comparison of its outcome; one each in order where their counts agree."""
    by_outcome: dict[tuple[str, ...], list[tuple[Figure, Phrase]]] = {}
    for f in ratios:
        inner = [o for o in outcomes if f.span.contains(o.span)]
        outcome = inner[0] if inner else _outcome_for(known.view, empty.clause, f.span, outcomes, memory.outcome)
        if outcome is not None:
            by_outcome.setdefault(outcome.key, []).append((f, outcome))
    for group in by_outcome.values():
        homes = [i for i, r in enumerate(results) if one_outcome(r.outcome, group[0][1])]
        for n, (f, outcome) in enumerate(group):
            if homes and len(homes) == len(group):
                home = homes[n]
            elif homes:
                before = [i for i in homes if max((e.span.end for e in results[i].effects), default=0) <= f.span.start]
                home = (before or homes)[-1]
            else:
                results.append(replace(empty, outcome=outcome))
                home = len(results) - 1
            effect = effect_of(known, f, Arm.CONTRAST, results[home].outcome, words, None)
            results[home] = replace(results[home], effects=(*results[home].effects, effect))


def one_outcome(one: Phrase, other: Phrase) -> bool:
    """True for the same outcome, and for death beside survival, which one ratio compares."""
    if one.key == other.key:
        return True
    names = {c.name for p in (one, other) for c in p.concepts[:1]}
    return names in ({"overall survival", "mortality"}, {"survival", "mortality"})


def _add_ps(
    known: Known,
    results: list[Result],
    ps: Sequence[Figure],
    outcomes: Sequence[Phrase],
    empty: Result,
    memory: Memory,
    words: str,
) -> None:
    """Each p value to the comparison that it stands behind; one of its own where the clause gives nothing else."""
    for n, f in enumerate(ps):
        if results:
            ends = [max((e.span.end for e in r.effects), default=r.clause.start) for r in results]
            before = [i for i, end in enumerate(ends) if end <= f.span.start]
            home = n if len(ps) == len(results) > 1 else max(before, key=lambda i: ends[i]) if before else 0
            if any(e.p == f.p for e in results[home].effects if e.arm is Arm.CONTRAST):
                continue
        else:
            outcome = _outcome_for(known.view, empty.clause, f.span, outcomes, memory.outcome)
            if outcome is None or empty.roles.intervention is None:
                continue
            results.append(replace(empty, outcome=outcome))
            home = len(results) - 1
        effect = effect_of(known, f, Arm.CONTRAST, results[home].outcome, words, None)
        results[home] = replace(results[home], effects=(*results[home].effects, effect))


def roles_of(known: Known, sentence: Sentence, clause: Span) -> Roles:
    """The roles that the clause itself names."""
    return roles_in(known.view, clause, sentence.arms)
