"""Arms that a clause leaves to be understood: from its sentence, the one before, or the article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.article import Span
from ingest.context import Known, Memory, Sentence
from ingest.phrases import Phrase
from ingest.roles import Roles
from ingest.trace import Step
from ingest.trace_parts import roles_words


def resolve_roles(
    known: Known, sentence: Sentence, clause: Span, own: Sequence[Roles], i: int, memory: Memory
) -> tuple[Roles, bool]:
    """Roles of clause ``i``: its own, completed from the rest of the sentence, the sentence before, or the article."""

    def by(rule: str, roles: Roles, inherited: bool) -> tuple[Roles, bool]:
        if known.trace.on:
            known.trace.note(Step.ROLES, rule, clause, roles_words(roles))
        return roles, inherited

    view, roles = known.view, own[i]
    words = clause.of(view)
    if roles.intervention is not None and roles.comparator is not None:
        return by("its own", roles, False)
    others = [r for r in [*own[i + 1 :], *reversed(own[:i])] if r.intervention is not None and r.comparator is not None]
    if roles.intervention is None and roles.comparator is None:
        if others:
            return by("another clause of the sentence", others[0], False)
        if i and own[i - 1].intervention is not None:
            return by("the clause before", own[i - 1], True)
        if sentence.this_group and memory.roles.intervention is not None:
            alone = memory.roles.intervention
            return by("this group", Roles(alone, None, listed=(alone,)), True)
        if memory.single is not None and sentence.figures and not _needs_two(known, clause):
            return by("the group of the sentence before", Roles(memory.single, None, listed=(memory.single,)), True)
        if _needs_two(known, clause) or _compares(sentence, clause):
            if memory.roles.intervention is not None and memory.roles.comparator is not None:
                return by("the sentence before", memory.roles, True)
            if known.arms.pair is not None:
                return by("the pair of the article", Roles(*known.arms.pair, listed=known.arms.pair), True)
        return by("none named", roles, False)
    if roles.intervention is None and roles.comparator is not None:
        before = [r for r in reversed(own[:i]) if r.intervention is not None]
        first = before[0].intervention if before else None
        if first is not None:
            return by("first arm of a clause before", _two(first, roles.comparator), False)
        if sentence.this_group and memory.roles.intervention is not None:
            first = memory.roles.intervention
            return by("this group", _two(first, roles.comparator), True)
        if known.arms.pair is not None and known.arms.pair[1].key == roles.comparator.key:
            first = known.arms.pair[0]
            return by("the pair of the article", _two(first, roles.comparator), True)
        return by("comparator alone", roles, False)
    if roles.intervention is not None and _joins(view, clause, roles.intervention) and i:
        before = [r for r in reversed(own[:i]) if r.intervention is not None]
        first = before[0].intervention if before else None
        if first is not None and (first.key, first.text) != (roles.intervention.key, roles.intervention.text):
            return by("joined to a clause before", _two(first, roles.intervention), False)
    if (
        sentence.this_group
        and memory.roles.intervention is not None
        and roles.intervention is not None
        and (roles.intervention.control or "compared" in words)
    ):
        first = memory.roles.intervention
        return by("this group", _two(first, roles.intervention), True)
    if _needs_two(known, clause) and roles.intervention is not None:
        for pair in (
            (memory.roles.intervention, memory.roles.comparator),
            known.arms.pair or (None, None),
            *((r.intervention, r.comparator) for r in others),
        ):
            one, two = pair
            if one is None or two is None:
                continue
            if one.key == roles.intervention.key:
                return by(
                    "a pair of which one is named",
                    _two(roles.intervention, two),
                    True,
                )
            if two.key == roles.intervention.key:
                pair_of = Roles(one, roles.intervention, swapped=True, listed=(roles.intervention, one))
                return by("a pair of which the second is named", pair_of, True)
    return by("one group", roles, False)


def _two(first: Phrase, second: Phrase) -> Roles:
    return Roles(first, second, listed=(first, second))


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


def _needs_two(known: Known, clause: Span) -> bool:
    """True where the clause sets two values against each other, or says that both groups share one."""
    words = clause.of(known.view)
    lower = words.lower()
    return any(w in lower for w in _TWO_WORDS) and _TWO.search(words) is not None


_TWO_WORDS = ("versus", "vs", "compared with", " both", " either", " each", " two ", "respectively", "between")
_TWO = re.compile(
    r"\d\S*\s*(?:%|percent|months|years|\([^)]*\))?\s*(?:versus|vs\.?"
    r"|compared\s+with)\s+(?:\w+\s+){0,2}\d|\bin\s+(?:both|either|each"
    r"|(?:the\s+)?(?:same\s+)?two)\s+(?:treatment\s+|study\s+)?(?:groups?|arms?)\b"
    r"|\brespectively\b|\bbetween\s+(?:the\s+)?(?:two\s+)?(?:treatment\s+)?(?:groups|arms)\b",
    re.I,
)


def _compares(sentence: Sentence, clause: Span) -> bool:
    """True where the clause prints a ratio or a difference, which only two arms can have."""
    return any(f.measure is not None and f.measure.is_contrast for f in sentence.figures if clause.contains(f.span))
