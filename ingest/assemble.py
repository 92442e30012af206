"""Sentences to claims: what belongs together, which way it goes, how surely it is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.article import SectionKind, Span
from ingest.claim import (
    Arm,
    Claim,
    ClaimKind,
    Measure,
    Study,
)
from ingest.clauses import split_clauses
from ingest.combine import combine
from ingest.context import Known, Memory, Sentence
from ingest.contrasts import Result
from ingest.cues import (
    direction_cue,
    is_enrolment,
    kind_of,
    reports_a_result,
)
from ingest.draft import draft_claim
from ingest.figures import FigureKind
from ingest.frame_results import results_of_frames
from ingest.grids import read_grid
from ingest.in_words import NO_NEW, results_in_words
from ingest.merge import continues, join, merge
from ingest.orient import half_of_a_comparison, of_one_arm, of_two_outcomes, oriented, with_its_p
from ingest.ratio_claims import with_exposures
from ingest.resolve_roles import resolve_roles
from ingest.results import read_clause, roles_of
from ingest.trace import Step
from ingest.trace_parts import note_lost, note_results
from ingest.values import values_in

_SILENT = (SectionKind.FURNITURE, SectionKind.TITLE, SectionKind.TABLE)


_ALIEN = {SectionKind.BACKGROUND: ClaimKind.BACKGROUND, SectionKind.DISCUSSION: None}


MAX_PARTS = 80
"""Figures and arms of a sentence; what has more is a list or an attack, and no sentence that a reader would quote."""


def assemble(known: Known, sentences: Sequence[Sentence], study: Study | None) -> tuple[Claim, ...]:
    """Claims of the article in the order of their quotes, restatements joined to the claim they repeat."""
    drafts: list[Claim] = []
    before: list[Claim] = []
    memory = Memory()
    section: tuple[SectionKind, str | None] | None = None
    for sentence in sentences:
        if (sentence.section, sentence.section_name) != section:
            section, memory, before = (sentence.section, sentence.section_name), Memory(), []
        if sentence.section in _SILENT:
            continue
        own: list[Claim] = []
        for draft, inherited in _claims_of(known, sentence, memory, study):
            home = next((c for c in before if inherited and continues(draft, c)), None)
            if home is None:
                own.append(draft)
            else:
                joined = join(draft, home)
                known.grounds[joined.id] = known.grounds[home.id]
                known.trace.note(Step.MERGED, "its ratio follows", draft.quote.span, joined.id)
                drafts[drafts.index(home)] = before[before.index(home)] = joined
        drafts.extend(own)
        _remember(known, sentence, memory, own)
        before = own or before
    return merge(drafts, known.trace)


def _remember(known: Known, sentence: Sentence, memory: Memory, claims: Sequence[Claim]) -> None:
    numbered = [c for c in claims if c.effects]
    if numbered:
        alone = all(c.comparator is None and all(e.arm is Arm.INTERVENTION for e in c.effects) for c in numbered)
        listed = [a for a in sentence.arms if numbered[0].intervention and a.span == numbered[0].intervention.span]
        memory.single = (listed[0] if listed else memory.single) if alone else None
    full = [o for o in sentence.outcomes if not o.bare]
    if full:
        memory.outcome = full[0]
    if sentence.arms:
        roles = roles_of(known, sentence, sentence.span)
        memory.roles = roles if roles.intervention or roles.comparator else memory.roles
    if sentence.populations:
        memory.populations = sentence.populations


def _unread(sentence: Sentence, words: str) -> str | None:
    """Why nothing is read from a sentence; None where it is read."""
    if len(sentence.figures) + len(sentence.arms) > MAX_PARTS:
        return "too many figures and arms"
    if not reports_a_result(words):
        return "no result: an aim, an endpoint, eligibility, advice, an approval"
    if is_enrolment(words) and not any(f.interval or f.unit == "%" or f.p for f in sentence.figures):
        return "enrolment: who was assigned to what"
    if sentence.section is SectionKind.METHODS and not any(f.kind is FigureKind.P for f in sentence.figures):
        return "methods"
    return None


def _claims_of(known: Known, sentence: Sentence, memory: Memory, study: Study | None) -> Iterator[tuple[Claim, bool]]:
    words = sentence.span.of(known.view)
    if not sentence.figures and direction_cue(words) is None and NO_NEW.search(words) is None:
        known.trace.note(Step.REFUSED, "no number, and no word that says which way", sentence.span)
        return
    kind = _ALIEN.get(sentence.section) or kind_of(words)
    if (why := _unread(sentence, words)) is not None:
        known.trace.note(Step.REFUSED, why, sentence.span)
        return

    def reports(part: Span) -> bool:
        inner = part.of(known.view)
        shows = bool(values_in(known, sentence, part)) or direction_cue(inner) is not None
        return shows and (
            any(part.contains(o.span) for o in sentence.outcomes)
            or (any(part.contains(a.span) for a in sentence.arms) and direction_cue(inner) is not None)
        )

    clauses = split_clauses(known.view, sentence.span, reports)
    own = [roles_of(known, sentence, c) for c in clauses]
    local = Memory(memory.outcome, memory.roles, memory.populations)
    told: list[Result] = []
    refused: list[Span] = []
    for i, clause in enumerate(clauses):
        roles, inherited = resolve_roles(known, sentence, clause, own, i, memory)
        results = read_clause(known, sentence, clause, roles, local, inherited)
        found = list(results or ())
        refused += [clause] if results is None else []
        if not found and results is not None:
            found = list(results_in_words(known, sentence, clause, roles, local, inherited))
        note_results(known, clause, found)
        told.extend(found)
        outcomes = [o for o in sentence.outcomes if clause.contains(o.span)]
        if outcomes:
            local.outcome = next((o for o in outcomes if not o.bare), local.outcome)
    joined = combine(told, sentence.span)
    if len(joined) < len(told):
        known.trace.note(Step.MERGED, "parts of one comparison", sentence.span, f"{len(told)} become {len(joined)}")
    results = [r for r in joined if not of_two_outcomes(known, r)]
    note_lost(known, "values of two outcomes", joined, results)
    grid = read_grid(known, sentence)
    note_results(known, sentence.span, grid, "lists in two dimensions")
    results = [r for r in results if not grid or not r.effects]
    taken = [e.span for r in (*results, *grid) if r in grid or _whole(r) for e in r.effects]
    framed = results_of_frames(known, sentence, memory, taken, refused)
    note_results(known, sentence.span, framed, "arms by the model")
    before, results = results, [r for r in results if not _told_better(r, framed)]
    note_lost(known, "told by the model instead", before, results, Step.MERGED)
    used = [e.span for r in (*results, *framed) for e in r.effects]
    before, results = results, [r for r in results if not half_of_a_comparison(known, sentence, r, used)]
    note_lost(known, "half of a comparison", before, results)
    turned = [*grid, *(oriented(known, r) for r in results), *framed]
    read = [r for r in turned if not of_one_arm(r)]
    note_lost(known, "an arm set against itself", turned, read)
    read = with_its_p(known, sentence, read)
    final = with_exposures(known, sentence, read, memory)
    if known.trace.on:
        note_results(known, sentence.span, [r for r in final if r not in read], "ratios with their exposures")
    for result in final:
        draft = draft_claim(known, sentence, result, kind, study, memory)
        if draft is not None:
            yield draft, result.inherited


def _whole(result: Result) -> bool:
    """True for values of both arms, and for what has no values: the model has nothing to add."""
    arms = {e.arm for e in result.effects if not e.measure.is_contrast and e.measure is not Measure.P_VALUE}
    return not arms or {Arm.INTERVENTION, Arm.COMPARATOR} <= arms


def _told_better(result: Result, others: Sequence[Result]) -> bool:
    """True for a result of which another has the numbers in both arms, or, for one in words, has any number."""
    if not result.effects:
        return any(
            r.effects and (result.outcome.span.overlaps(r.outcome.span) or result.outcome.key == r.outcome.key)
            for r in others
        )
    mine = [e.span for e in result.effects]
    return any(e.span.overlaps(m) for r in others for e in r.effects for m in mine)
