"""What the steps of reading put into a trace: the parts of a sentence, roles, and results, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.align import Cell
from ingest.article import Span
from ingest.claim import Claim
from ingest.context import Known, Sentence
from ingest.contrasts import Result
from ingest.cues import assertion_of, direction_cue, significance_cue
from ingest.curies import shorten
from ingest.figures import Figure, FigureKind
from ingest.phrases import Phrase
from ingest.roles import Roles
from ingest.trace import Step


def note_sentence(known: Known, sentence: Sentence) -> None:
    """The sentence, and every arm, outcome, population and figure that was recognised in it."""
    trace = known.trace
    if not trace.on:
        return
    trace.note(Step.SENTENCE, sentence.section.value, sentence.span, sentence.section_name or "")
    named = ((Step.ARM, sentence.arms), (Step.OUTCOME, sentence.outcomes), (Step.POPULATION, sentence.populations))
    for step, phrases in named:
        for phrase in phrases:
            trace.note(step, _how(phrase), phrase.span, _meaning(phrase))
    for figure in sentence.figures:
        trace.note(Step.FIGURE, figure.rule, figure.span, figure_words(figure))


def note_results(known: Known, clause: Span, results: Sequence[Result], by: str = "read") -> None:
    """What a clause came to; ``by`` says what put the results together."""
    if not known.trace.on:
        return
    for r in results:
        numbers = "; ".join(f"{e.arm} {' '.join(e.text.split())}" for e in r.effects) or "words alone"
        who = f" in {_named(r.population)}" if r.population else ""
        rule = f"{by}, arms from elsewhere" if r.inherited else by
        known.trace.note(Step.RESULT, rule, clause, f"{roles_words(r.roles)} → {_named(r.outcome)}{who}: {numbers}")


def roles_words(roles: Roles) -> str:
    """Who is compared with whom.

    >>> roles_words(Roles())
    'nobody named'
    """
    if roles.intervention is None and roles.comparator is None:
        return "nobody named"
    told = _named(roles.intervention)
    told += f" vs {_named(roles.comparator)}" if roles.comparator else ""
    told += ", turned round" if roles.swapped else ""
    rest = [_named(p) for p in roles.listed if p not in (roles.intervention, roles.comparator)]
    return told + (f"; also listed: {', '.join(rest)}" if rest else "")


def figure_words(figure: Figure) -> str:
    """What a figure was read as, with its numbers by name."""
    kind = figure.kind.value if figure.kind is not FigureKind.VALUE or figure.measure is None else ""
    told = [" ".join(p for p in (kind, figure.measure or "", _number(figure.value), figure.unit or "") if p)]
    told += [
        f"{name.replace('_', ' ')} {_number(number)}"
        for name in ("events", "total", "standard_deviation")
        if (number := getattr(figure, name)) is not None
    ]
    if (interval := figure.interval) is not None:
        bounds = " to ".join(_number(bound) or "open" for bound in (interval.low, interval.high))
        level = "" if interval.level is None else f"{interval.level:g} % "
        told.append(f"{level}{interval.kind.value} interval {bounds}")
    if figure.p is not None:
        told.append(f"p {figure.p.operator} {_number(figure.p.value)}")
    return ", ".join(told)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _named(phrase: Phrase | None) -> str:
    return "?" if phrase is None else " ".join((phrase.label or phrase.text).split())


def _how(phrase: Phrase) -> str:
    for flag in ("alias", "bare", "generic"):
        if getattr(phrase, flag):
            return {"alias": "short name", "bare": "says only how it is counted", "generic": "any group"}[flag]
    return "names" if phrase.concepts else "words"


def _meaning(phrase: Phrase) -> str:
    names = [f"{c.name} ({shorten(c.iri)})" for c in phrase.concepts]
    label = [phrase.label] if phrase.label else []
    return "; ".join([*label, *names])


def note_lost(
    known: Known, rule: str, before: Sequence[Result], after: Sequence[Result], step: Step = Step.REFUSED
) -> None:
    """The results of ``before`` that are not in ``after``, and why."""
    if known.trace.on:
        for r in before:
            if not any(r is kept for kept in after):
                note_dropped(known, r.clause, rule, [r], step)


def note_dropped(known: Known, clause: Span, rule: str, results: Sequence[Result], step: Step = Step.REFUSED) -> None:
    """Results that were read and are not claimed, and why."""
    for r in results:
        known.trace.note(step, rule, clause, f"{_named(r.outcome)}: {'; '.join(e.text for e in r.effects)}")


def cells_words(
    view: str, runs: Sequence[Sequence[Figure]], cells: Sequence[Cell] | None, counts: tuple[int, int, int, int]
) -> str:
    """How the values of a clause were shared out; ``counts`` of arms named, arms known, populations, time points."""
    named, known, populations, times = counts
    lists = " | ".join(", ".join(f.span.of(view) for f in run) for run in runs)
    told = f"{lists}; arms named {named}, known {known}, populations {populations}, time points {times}"
    if cells is None:
        return told
    return f"{told} → " + ", ".join(_cell(view, c) for c in cells)


def _cell(view: str, cell: Cell) -> str:
    told = f"{cell.figure.span.of(view)} to " + ("all" if cell.arm is None else f"arm {cell.arm + 1}")
    told += "" if cell.population is None else f", population {cell.population + 1}"
    return told + ("" if cell.time is None else f", time {cell.time + 1}")


def note_claim(known: Known, clause: Span, masked: str, claim: Claim) -> None:
    """A drafted claim, with the words of its clause that gave direction, significance and assertion.

    ``masked`` is the clause with its names blanked out, as the words are looked for in.
    """
    trace = known.trace
    if not trace.on:
        return
    rules = (("direction", direction_cue), ("significance", significance_cue), ("assertion", assertion_of))
    for name, rule in rules:
        if (found := _first_word(masked, rule)) is not None:
            place, told = found
            trace.note(Step.WORDS, name, Span(clause.start + place.start, clause.start + place.end), told)
    basis = "" if claim.direction_basis is None else f" by {claim.direction_basis}"
    told = f"direction {claim.direction or 'unknown'}{basis}, {claim.significance or 'significance unknown'}"
    trace.note(Step.CLAIM, claim.id, claim.quote.span, f"{told}, {claim.assertion}")


def _first_word(words: str, rule: Callable[[str], object]) -> tuple[Span, str] | None:
    """The word at whose end ``rule`` first says of the clause so far what it says of the whole; None: nothing."""
    nothing, whole = rule(""), rule(words)
    if whole == nothing:
        return None
    last = next((m for m in re.finditer(r"[^\W_]+", words) if rule(words[: m.end()]) == whole), None)
    if last is None:
        return None
    if isinstance(whole, bool):
        return Span(*last.span()), "significant" if whole else "not significant"
    return Span(*last.span()), str(whole[0] if isinstance(whole, tuple) else whole)
