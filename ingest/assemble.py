"""Sentences to claims: what belongs together, which way it goes, how surely it is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.article import SectionKind, Span, quote_at
from ingest.claim import (
    Arm,
    Assertion,
    Basis,
    Claim,
    ClaimKind,
    Direction,
    Favours,
    Mention,
    Quote,
    Significance,
    Study,
)
from ingest.clauses import split_clauses
from ingest.combine import combine
from ingest.confidence import confidence_of
from ingest.context import Known, Memory, Sentence
from ingest.cues import (
    assertion_of,
    cues_disagree,
    direction_cue,
    is_enrolment,
    kind_of,
    reports_a_result,
    significance_cue,
)
from ingest.figures import FigureKind
from ingest.identity import claim_id, content_key
from ingest.merge import continues, join, merge
from ingest.phrases import Phrase
from ingest.results import Result, read_clause, roles_of, values_in
from ingest.roles import Roles
from ingest.settle import settle
from ingest.terminology import ConceptKind

MAX_QUOTE = 700
"""Code points; a longer passage is no evidence that a reader would check."""

_SILENT = (SectionKind.FURNITURE, SectionKind.TITLE)
_ALIEN = {SectionKind.BACKGROUND: ClaimKind.BACKGROUND, SectionKind.DISCUSSION: None}
_NO_NEW = re.compile(
    r"\b(?:raised|showed|revealed|brought|found|with)\s+no\s+new\s+(?P<what2>(?:safety\s+)?(?:concerns?"
    r"|signals?))\b|\b[Nn]o\s+(?:new|unexpected|additional|other"
    r"|unanticipated)\s+(?P<what>(?:\w+\s+){0,2}?(?:safety\s+)?(?:concerns?|signals?|toxicit\w+|risks?"
    r"|side\s+effects|adverse\s+events))\b(?:[^.]{0,90})\b(?:were|was|have\s+been)?\s*(?:observed|seen"
    r"|reported|identified|emerged|found|noted)"
)


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
                drafts[drafts.index(home)] = before[before.index(home)] = joined
        drafts.extend(own)
        _remember(known, sentence, memory, own)
        before = own or before
    return merge(known.view, drafts)


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


def _claims_of(known: Known, sentence: Sentence, memory: Memory, study: Study | None) -> Iterator[tuple[Claim, bool]]:
    words = sentence.span.of(known.view)
    if not reports_a_result(words):
        return
    kind = _ALIEN.get(sentence.section) or kind_of(words)
    if is_enrolment(words) and not any(f.interval or f.unit == "%" or f.p for f in sentence.figures):
        return
    if sentence.section is SectionKind.METHODS and not any(f.kind is FigureKind.P for f in sentence.figures):
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
    for i, clause in enumerate(clauses):
        roles, inherited = _resolve(known, sentence, clause, own, i, memory)
        results = read_clause(known, sentence, clause, roles, local, inherited)
        found = list(results or ())
        if not found and results is not None:
            found = list(_in_words(known, sentence, clause, roles, local, inherited))
        told.extend(found)
        outcomes = [o for o in sentence.outcomes if clause.contains(o.span)]
        if outcomes:
            local.outcome = next((o for o in outcomes if not o.bare), local.outcome)
    for result in combine(told, sentence.span):
        draft = _claim(known, sentence, result, kind, study, memory)
        if draft is not None:
            yield draft, result.inherited


def _resolve(
    known: Known, sentence: Sentence, clause: Span, own: Sequence[Roles], i: int, memory: Memory
) -> tuple[Roles, bool]:
    """Roles of clause ``i``: its own, completed from the rest of the sentence, the sentence before, or the article."""
    view, roles = known.view, own[i]
    words = clause.of(view)
    complete = [r for r in own if r.intervention is not None and r.comparator is not None]
    if roles.intervention is not None and roles.comparator is not None:
        return roles, False
    others = [r for r in [*own[i + 1 :], *reversed(own[:i])] if r.intervention is not None and r.comparator is not None]
    if roles.intervention is None and roles.comparator is None:
        if others:
            return replace(others[0], swapped=others[0].swapped), False
        if i and own[i - 1].intervention is not None:
            return own[i - 1], True
        if sentence.this_group and memory.roles.intervention is not None:
            return Roles(memory.roles.intervention, None, listed=(memory.roles.intervention,)), True
        if memory.single is not None and sentence.figures and not _needs_two(known, sentence, clause):
            return Roles(memory.single, None, listed=(memory.single,)), True
        if _needs_two(known, sentence, clause) or _compares(sentence, clause):
            if memory.roles.intervention is not None and memory.roles.comparator is not None:
                return memory.roles, True
            if known.arms.pair is not None:
                return Roles(*known.arms.pair, listed=known.arms.pair), True
        return roles, False
    if roles.intervention is None and roles.comparator is not None:
        before = [r for r in reversed(own[:i]) if r.intervention is not None]
        if before and before[0].intervention is not None:
            first = before[0].intervention
            return Roles(first, roles.comparator, listed=(first, roles.comparator)), False
        if sentence.this_group and memory.roles.intervention is not None:
            first = memory.roles.intervention
            return Roles(first, roles.comparator, listed=(first, roles.comparator)), True
        return roles, False
    if roles.intervention is not None and _joins(view, clause, roles.intervention) and i:
        before = [r for r in reversed(own[:i]) if r.intervention is not None]
        if (before and before[0].intervention is not None and before[0].intervention.key != roles.intervention.key) or (
            before and before[0].intervention is not None and before[0].intervention.text != roles.intervention.text
        ):
            first = before[0].intervention
            assert first is not None
            return Roles(first, roles.intervention, listed=(first, roles.intervention)), False
    if (
        sentence.this_group
        and memory.roles.intervention is not None
        and roles.intervention is not None
        and (roles.intervention.control or "compared" in words)
    ):
        first = memory.roles.intervention
        return Roles(first, roles.intervention, listed=(first, roles.intervention)), True
    if _needs_two(known, sentence, clause) and roles.intervention is not None:
        for pair in (
            (memory.roles.intervention, memory.roles.comparator),
            known.arms.pair or (None, None),
            *((r.intervention, r.comparator) for r in complete),
        ):
            one, two = pair
            if one is None or two is None:
                continue
            if one.key == roles.intervention.key:
                return Roles(roles.intervention, two, listed=(roles.intervention, two)), True
            if two.key == roles.intervention.key:
                return Roles(one, roles.intervention, swapped=True, listed=(roles.intervention, one)), True
    return roles, False


def _joins(view: str, clause: Span, arm: Phrase) -> bool:
    """True where the clause says "similar with ARM" and leaves the first arm to the clause before."""
    return bool(
        re.search(
            r"\b(?:similar|comparable|longer|shorter|higher|lower|better|extended)(?:\s+\w+)?\s+(?:with|to"
            r"|vs\.?|versus|than|for)\s+(?:that\s+(?:with|of)\s+)?$",
            view[clause.start : arm.span.start],
            re.I,
        )
    )


def _needs_two(known: Known, sentence: Sentence, clause: Span) -> bool:
    """True where the clause sets two values against each other, or says that both groups share one."""
    words = clause.of(known.view)
    return bool(
        re.search(
            r"\d\S*\s*(?:%|percent|months|years|\([^)]*\))?\s*(?:versus|vs\.?"
            r"|compared\s+with)\s+(?:\w+\s+){0,2}\d|\bin\s+(?:both|either|each"
            r"|(?:the\s+)?(?:same\s+)?two)\s+(?:treatment\s+|study\s+)?(?:groups?|arms?)\b"
            r"|\brespectively\b|\bbetween\s+(?:the\s+)?(?:two\s+)?(?:treatment\s+)?(?:groups|arms)\b",
            words,
            re.I,
        )
    )


def _compares(sentence: Sentence, clause: Span) -> bool:
    """True where the clause prints a ratio or a difference, which only two arms can have."""
    return any(f.measure is not None and f.measure.is_contrast for f in sentence.figures if clause.contains(f.span))


def _in_words(
    known: Known, sentence: Sentence, clause: Span, roles: Roles, memory: Memory, inherited: bool
) -> Iterator[Result]:
    """A result told without numbers: an arm, an outcome, and a word that says which way it went."""
    words = clause.of(known.view)
    outcomes = [o for o in sentence.outcomes if clause.contains(o.span)]
    populations = [p for p in sentence.populations if clause.contains(p.span)]
    none_new = _NO_NEW.search(words)
    if none_new is not None:
        group = "what" if none_new["what"] else "what2"
        what = Span(clause.start + none_new.start(group), clause.start + none_new.end(group))
        specific = [o for o in outcomes if o.span.start >= what.end and o.concepts]
        outcome = specific[0] if specific else Phrase(what, what.of(known.view))
        yield Result(clause, Roles(roles.intervention), outcome, populations[0] if populations else None, ())
        return
    cue = direction_cue(_masked(known.view, clause, [*outcomes, *populations, *sentence.arms]))
    if cue is None or roles.intervention is None:
        return
    if not outcomes and memory.outcome is not None and roles.comparator is not None and i_inherits(words):
        outcomes = [memory.outcome]
    place = _cue_place(known.view, clause, [*outcomes, *populations, *sentence.arms])
    for outcome in sorted(outcomes, key=lambda o: min(abs(o.span.start - place), abs(o.span.end - place)))[:1]:
        if outcome.bare and memory.outcome is None:
            continue
        if not _may_happen(outcome, words) or not _acts(known.view, clause, roles.intervention, place):
            continue
        yield Result(clause, roles, outcome, populations[0] if len(populations) == 1 else None, (), inherited)


_HAPPENING = re.compile(
    r"\b(?:develop\w*|risks?|incidence|rates?|occur\w*|common|frequen\w+|likel\w+|cases?|caus\w+"
    r"|prevent\w*|diagnos\w+|(?:increase|reduction|rise|decrease|effect|difference)\s+(?:in|on)"
    r"|relapse\w*)\b",
    re.I,
)


def _may_happen(outcome: Phrase, words: str) -> bool:
    """False for a disease that the words do not say to arise: "more time with their myeloma quiet"."""
    disease = bool(outcome.concepts) and all(c.kind is ConceptKind.DISEASE for c in outcome.concepts)
    return not disease or bool(_HAPPENING.search(words))


def _acts(view: str, clause: Span, arm: Phrase, place: int) -> bool:
    """True where the arm stands before the word of direction, or behind it with a word that ties it to the result."""
    if arm.span.start <= place or not clause.contains(arm.span):
        return True
    lead = view[clause.start : arm.span.start]
    return bool(
        re.search(
            r"\b(?:with|in|under|by|after|for|among|on|receiv\w+|given|taking|took|to|of|from|had|versus"
            r"|vs\.?|than|between|favou?red|assigned)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}$",
            lead,
            re.I,
        )
    )


def _cue_place(view: str, clause: Span, phrases: Sequence[Phrase]) -> int:
    """Where the word of direction stands: the shortest beginning of the clause that has one, else its start."""
    masked = _masked(view, clause, phrases)
    for m in re.finditer(r"\w+", masked):
        if direction_cue(masked[: m.end()]) is not None:
            return clause.start + m.start()
    return clause.start


def i_inherits(words: str) -> bool:
    """True for a clause that goes on with the outcome of the one before ("was similarly extended vs Rd18").

    >>> i_inherits(" was similarly extended vs Rd18."), i_inherits(" patients liked it.")
    (True, False)
    """
    return bool(re.match(r"\s*(?:and\s+)?(?:was|were|similar\w*|comparable|had|resulted|also|significantly)\b", words))


def _masked(view: str, clause: Span, phrases: Iterable[Phrase]) -> str:
    """The clause with its names blanked out, so that "less lenalidomide" says nothing of the direction."""
    out = list(clause.of(view))
    for p in phrases:
        if p.span.overlaps(clause):
            for i in range(max(p.span.start, clause.start), min(p.span.end, clause.end)):
                out[i - clause.start] = " "
    return "".join(out)


def _mention(known: Known, phrase: Phrase | None) -> Mention | None:
    if phrase is None:
        return None
    text = phrase.span.of(known.article.text)
    concepts = tuple(c.iri for c in phrase.concepts)
    label = phrase.label or (phrase.concepts[0].name if len(phrase.concepts) == 1 else None)
    return Mention(text, phrase.span, label, concepts[0] if concepts else None, concepts)


def _quote(known: Known, sentence: Sentence, clause: Span) -> Quote | None:
    for span in (sentence.span, clause):
        span = _trim(known.article.text, span)
        if len(span) <= MAX_QUOTE:
            selector = quote_at(known.article.text, span)
            return Quote(selector.exact, span, selector.prefix, selector.suffix, sentence.section_name)
    return None


def _trim(text: str, span: Span) -> Span:
    piece = span.of(text)
    return Span(span.start + len(piece) - len(piece.lstrip()), span.start + len(piece.rstrip()))


def _favours(outcome: Phrase) -> Favours | None:
    own = [c.favours for c in outcome.concepts if c.favours]
    if own:
        return Favours(own[0])
    if re.search(r"surviv|alive|response|remission|quality of life|time (?:to|until)|-free\b", outcome.text, re.I):
        return Favours.HIGHER
    return (
        Favours.LOWER
        if re.search(r"mortality|death|died|risk|recurrence|relapse|toxicity|failure", outcome.text, re.I)
        else None
    )


def _claim(
    known: Known, sentence: Sentence, result: Result, kind: ClaimKind, study: Study | None, memory: Memory
) -> Claim | None:
    quote = _quote(known, sentence, result.clause)
    if quote is None:
        return None
    words = result.clause.of(known.view)
    population = result.population
    if population is None and sentence.this_group and memory.populations:
        population = memory.populations[-1]
    if population is None:
        inside = [
            p for p in sentence.populations if not result.clause.contains(p.span) and p.span.end <= result.clause.start
        ]
        population = inside[-1] if len(inside) == 1 else None
    favours = _favours(result.outcome)
    roles = result.roles
    names = [*sentence.arms, *sentence.populations, *sentence.outcomes, *roles.listed]
    masked = _masked(known.view, result.clause, names)
    assertion = assertion_of(masked)
    direction: Direction | None = None
    basis: Basis | None = None
    cue = direction_cue(masked)
    both = {Arm.INTERVENTION, Arm.COMPARATOR} <= {e.arm for e in result.effects}
    if both and cue is not None and cue[0] is not Direction.NO_DIFFERENCE and cues_disagree(masked):
        cue = None
    if roles.intervention is not None and cue is not None:
        direction, basis = _oriented(cue, favours, roles.swapped), Basis.WORDS
        if assertion is Assertion.NEGATED and not result.effects:
            direction = Direction.NO_DIFFERENCE
    if result.effects and all(e.value is None and e.p is None for e in result.effects) and cue is None:
        direction, basis = None, None
    sure = significance_cue(words)
    effects = result.effects
    slots = (
        _mention(known, roles.intervention),
        _mention(known, roles.comparator),
        _mention(known, result.outcome),
        _mention(known, population),
    )
    outcome = slots[2]
    assert outcome is not None
    if not effects and _NO_NEW.search(words):
        direction, basis, assertion = None, None, Assertion.NEGATED
    claim = Claim(
        id=claim_id(known.article.text_sha256, quote.span, slots, effects),
        content_key=content_key(known.article.id, quote.exact, slots, effects),
        article=known.article.id,
        text_sha256=known.article.text_sha256,
        outcome=outcome,
        quote=quote,
        intervention=slots[0],
        comparator=slots[1],
        population=slots[3],
        effects=effects,
        outcome_favours=favours,
        direction=direction,
        direction_basis=basis,
        significance=None if sure is None else Significance.SIGNIFICANT if sure else Significance.NOT_SIGNIFICANT,
        significance_basis=None if sure is None else Basis.WORDS,
        assertion=assertion,
        kind=kind,
        study=study,
    )
    claim = settle(claim)
    return replace(claim, confidence=confidence_of(claim, inherited=result.inherited, bare=result.outcome.bare))


def _oriented(cue: tuple[Direction, bool], favours: Favours | None, swapped: bool) -> Direction:
    direction, judged = cue
    flip = {Direction.HIGHER: Direction.LOWER, Direction.LOWER: Direction.HIGHER}
    if judged and favours is Favours.LOWER:
        direction = flip.get(direction, direction)
    return flip.get(direction, direction) if swapped else direction
