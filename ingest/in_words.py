"""Results told without numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.article import SectionKind, Span
from ingest.context import Known, Memory, Sentence
from ingest.contrasts import Result
from ingest.cues import cue_place, direction_cue
from ingest.phrases import Phrase
from ingest.roles import Roles
from ingest.terminology import ConceptKind
from ingest.trace import Step

NO_NEW = re.compile(
    r"\b(?:raised|showed|revealed|brought|found|with)\s+no\s+new\s+(?P<what2>(?:safety\s+)?(?:concerns?"
    r"|signals?))\b|\b[Nn]o\s+(?:new|unexpected|additional|other"
    r"|unanticipated)\s+(?P<what>(?:\w+\s+){0,2}?(?:safety\s+)?(?:concerns?|signals?|toxicit\w+|risks?"
    r"|side\s+effects|adverse\s+events))\b(?:[^.]{0,90})\b(?:were|was|have\s+been)?\s*(?:observed|seen"
    r"|reported|identified|emerged|found|noted)"
)


def results_in_words(
    known: Known, sentence: Sentence, clause: Span, roles: Roles, memory: Memory, inherited: bool
) -> Iterator[Result]:
    """A result told without numbers: an arm, an outcome, and a word that says which way it went."""
    words = clause.of(known.view)
    outcomes = [o for o in sentence.outcomes if clause.contains(o.span)]
    populations = [p for p in sentence.populations if clause.contains(p.span)]
    none_new = NO_NEW.search(words)
    if none_new is not None:
        group = "what" if none_new["what"] else "what2"
        what = Span(clause.start + none_new.start(group), clause.start + none_new.end(group))
        specific = [o for o in outcomes if o.span.start >= what.end and o.concepts]
        outcome = specific[0] if specific else Phrase(what, what.of(known.view))
        yield Result(clause, Roles(roles.intervention), outcome, populations[0] if populations else None, ())
        return
    cue = direction_cue(mask_names(known.view, clause, [*outcomes, *populations, *sentence.arms]))
    if cue is None or roles.intervention is None or (roles.intervention.control and roles.comparator is None):
        why = "no word says which way it went" if cue is None else "no arm"
        known.trace.note(Step.REFUSED, why, clause)
        return
    if not outcomes and memory.outcome is not None and roles.comparator is not None and i_inherits(words):
        outcomes = [memory.outcome]
    place = _cue_place(known.view, clause, [*outcomes, *populations, *sentence.arms])
    if _meant_only(known.view, clause, place) or sentence.section is SectionKind.METHODS:
        known.trace.note(Step.REFUSED, "meant, not found: a purpose, or a method", clause)
        return
    for outcome in sorted(outcomes, key=lambda o: min(abs(o.span.start - place), abs(o.span.end - place)))[:1]:
        if outcome.bare and memory.outcome is None:
            known.trace.note(Step.REFUSED, "no outcome", clause)
            continue
        if not _may_happen(outcome, words) or not _acts(known.view, clause, roles.intervention, place):
            known.trace.note(Step.REFUSED, "a disease that does not arise, or an arm that does not act", clause)
            continue
        yield Result(clause, roles, outcome, populations[0] if len(populations) == 1 else None, (), inherited)


_PURPOSE = re.compile(r"\bto\s+(?:\w+ly\s+)?$", re.I)
_SAID_TO = re.compile(
    r"\b(?:seem\w*|appear\w*|shown|found|reported|likely|tend\w*|able|fail\w*|observed|proved?n?|led|used)\s+to"
    r"\s+(?:\w+ly\s+)?$",
    re.I,
)


def _meant_only(view: str, clause: Span, place: int) -> bool:
    """True where the word of direction says what was meant to happen, or stands in a bracket: "to decrease X"."""
    before = view[clause.start : place]
    if before.count("(") > before.count(")"):
        return True
    return _PURPOSE.search(before) is not None and _SAID_TO.search(before) is None


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
    """Where the last word of what says the direction stands, else the start of the clause."""
    masked = mask_names(view, clause, phrases)
    end = cue_place(masked)
    start = max((m.start() for m in re.finditer(r"\w+", masked[:end])), default=0)
    return clause.start + start


def i_inherits(words: str) -> bool:
    """True for a clause that goes on with the outcome of the one before ("was similarly extended vs Rd18").

    >>> i_inherits(" was similarly extended vs Rd18."), i_inherits(" patients liked it.")
    (True, False)
    """
    return bool(re.match(r"\s*(?:and\s+)?(?:was|were|similar\w*|comparable|had|resulted|also|significantly)\b", words))


def mask_names(view: str, clause: Span, phrases: Iterable[Phrase]) -> str:
    """The clause with its names blanked out, so that "less lenalidomide" says nothing of the direction."""
    out = list(clause.of(view))
    for p in phrases:
        if p.span.overlaps(clause):
            for i in range(max(p.span.start, clause.start), min(p.span.end, clause.end)):
                out[i - clause.start] = " "
    return "".join(out)
