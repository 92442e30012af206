"""Which arm is the intervention and which the one it is compared with, as a clause puts it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.arms import same_arm
from ingest.article import Span
from ingest.phrases import Phrase, set_side_by_side

_COMPARE = re.compile(
    r"\b(?:versus|vs\.?|(?:as\s+)?compared\s+(?:with|to)|in\s+comparison\s+(?:with|to)|than|relative\s+to"
    r"|as\s+opposed\s+to|against(?=\s+(?:the\s+)?[A-Z\w-]+)|(?<=advantage\s)over|(?<=benefit\s)over"
    r"|rather\s+than|(?<=\w)\s+over(?=\s+[A-Za-z])|(?:similar|comparable|identical)(?:\s+\w+){0,2}\s+(?:to|with)(?:\s+that\s+(?:with|of"
    r"|in))?)\b",
    re.I,
)
_LEAD = re.compile(
    r"\s*(?:,\s*)?(?:(?:just|only|about|that|those|these|the|a|an|patients|women|men|participants|people"
    r"|subjects|adults|children|individuals|eyes|who|in|with|for|among|of|by|after|on|to|at|had|were|was"
    r"|did|have|has|received|receiving|receive|treated|given|giving|assigned|randomly|randomi[sz]ed"
    r"|allocated|undergoing|underwent|taking|took|using|used|getting|got|whose|placed|when|seen)\s+)*",
    re.I,
)
_PARTICIPLE = re.compile(
    r"\b(?:treated|given|receiving|received|assigned|exposed|taking|undergoing|who|with|without|not)\b", re.I
)
_PAIR = re.compile(
    r"\b(?P<one>more|higher|continuous|early|earlier|immediate|longer|high|long-term|extended|intensive"
    r"|single|short|low|weekly|annual|adding|fixed|delayed|less|lower|standard|shorter)\s+(?:versus|vs\.?"
    r"|compared\s+with|than)\s+"
    r"(?P<two>(?:less|lower|fixed|delayed|late|later|deferred|shorter|low|short-term|standard|conventional"
    r"|double|long|high|biennial|no|continuous|more|higher|early|extended)\s+(?P<noun>[a-z][\w-]*))",
    re.I,
)
_STOP = re.compile(
    r"[,.;:()\[\]]|\s+(?:in\s+terms|for|at|after|during|over|when|because|was|were|had|and|but|while|which"
    r"|who|as|on|by|with\s+respect)\b|\s+(?=\d)|$"
)


_ARM_LIKE = re.compile(
    r"\b(?:groups?|arms?|treatments?|therapy|care|controls?|placebo|surgery|doses?|users?|those|maintenance|exposure|without|no|regimen|screening|alone|"
    r"radiation|chemo\w*|schedule|population|strategy|procedure|diet|exercise|vaccine|not)\b|\b[A-Z][A-Za-z]*\d*[A-Z\d]\w*\b"
)
"""What words that name no known arm must hold to be taken for one."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Intervention and comparator of a clause; ``swapped`` where the text names them the other way round.

    ``listed`` are all distinct arms of the clause in their order. None: the clause does not name it.
    """

    intervention: Phrase | None = None
    comparator: Phrase | None = None
    swapped: bool = False
    listed: tuple[Phrase, ...] = ()


_COMPARING = ("versus", "vs", "compar", "than", "relative to", "opposed", "against", "over", "similar", "identical")
"""Of these words one stands wherever ``_COMPARE`` or ``_PAIR`` finds anything."""


def roles_in(view: str, clause: Span, arms: Sequence[Phrase]) -> Roles:
    """The roles of the arms of ``clause``."""
    inside = [a for a in arms if clause.contains(a.span)]
    lower = clause.of(view).lower()
    compares = any(w in lower for w in _COMPARING)
    if not compares and not inside:
        return Roles()
    special = _PAIR.search(view, clause.start, clause.end) if compares else None
    if special is not None:
        one, two = Span(*special.span("one")), Span(*special.span("two"))
        near = next((a for a in inside if a.span.overlaps(two) or 0 <= a.span.start - two.end < 3), None)
        noun = near.text if near is not None and special["noun"] not in near.text else special["noun"]
        end = near.span.end if near is not None else two.end
        two = Span(two.start, max(end, two.end))
        concepts = near.concepts if near is not None else ()
        noun = re.sub(r"^(?:less|lower|more|higher)\s+", "", noun)
        first = Phrase(one, one.of(view), concepts, label=f"{one.of(view)} {noun}")
        second = Phrase(two, two.of(view), concepts, label=two.of(view))
        return Roles(first, second, listed=(first, second))
    distinct: list[Phrase] = []
    for arm in inside:
        if not any(same_arm(arm, d) for d in distinct):
            distinct.append(arm)
    for cue in _COMPARE.finditer(view, clause.start, clause.end) if compares else ():
        comparator = _after(view, clause, cue, inside)
        if comparator is None:
            comparator = _behind_number(view, clause, cue, inside)
        if comparator is None:
            continue
        others = [a for a in inside if not a.span.overlaps(comparator.span)]
        before = [a for a in others if a.span.end <= cue.start() and (a.text != comparator.text or a.generic)]
        later = [a for a in others if a.span.start >= comparator.span.end and not same_arm(a, comparator)]
        comma = view.find(",", comparator.span.end, clause.end)
        if comma >= 0 and any(a.span.start > comma for a in later):
            later = [a for a in later if a.span.start > comma]
        opens = view[clause.start : cue.start()].strip() == "" or not before
        if opens and not later:
            exposure = _exposure(view, clause, comparator)
            later = [exposure] if exposure is not None else []
        chosen = (later[0] if later and opens else None) if opens else before[-1]
        if chosen is None:
            return Roles(None, comparator, listed=tuple(distinct))
        listed = [d for d in distinct if not d.span.overlaps(comparator.span)]
        if not any(d.span == chosen.span or same_arm(d, chosen) for d in listed):
            listed.append(chosen)
        listed = [*listed, comparator]
        if opens:
            if chosen.control and not comparator.control:
                return Roles(comparator, chosen, swapped=True, listed=(comparator, chosen))
            return Roles(
                chosen, comparator, listed=(chosen, comparator, *[x for x in listed if x not in (chosen, comparator)])
            )
        return _oriented(chosen, comparator, tuple(sorted(listed, key=lambda a: a.span)))
    told_apart = _COMPARE.search(view, clause.start, clause.end) if compares else None
    behind = told_apart is not None and bool(distinct) and distinct[0].span.start >= told_apart.end()
    if told_apart is not None and behind and not re.search(r"\d", view[told_apart.end() : distinct[0].span.start]):
        return Roles(None, distinct[0], listed=tuple(distinct[:1]))
    if len(distinct) == 2 and _TOGETHER.search(view, clause.start, distinct[0].span.start):
        whole = Span(distinct[0].span.start, distinct[1].span.end)
        both = Phrase(whole, whole.of(view), tuple(dict.fromkeys((*distinct[0].concepts, *distinct[1].concepts))))
        return Roles(both, None, listed=(both,))
    if len(distinct) >= 2 and set_side_by_side(view, distinct[0].span, distinct[1].span):
        return _oriented(distinct[0], distinct[1], tuple(distinct))
    if len(distinct) >= 2 and distinct[0].control and not distinct[1].control:
        return _oriented(distinct[0], distinct[1], tuple(distinct))
    if distinct:
        return Roles(distinct[0], None, listed=tuple(distinct))
    return Roles()


def _oriented(first: Phrase, second: Phrase, listed: tuple[Phrase, ...]) -> Roles:
    if first.control and not second.control:
        return Roles(second, first, swapped=True, listed=listed)
    return Roles(first, second, listed=listed)


def _after(view: str, clause: Span, cue: re.Match[str], arms: Sequence[Phrase]) -> Phrase | None:
    """What stands behind a comparing word: an arm, or the words that name what is compared with; None for a number."""
    lead = _LEAD.match(view, cue.end(), clause.end)
    start = lead.end() if lead else cue.end()
    if re.match(r"[\d.·≈~<>]", view[start : start + 1]) or start >= clause.end:
        return None
    direct = next((a for a in arms if a.span.start <= start < a.span.end or 0 <= a.span.start - start <= 2), None)
    if direct is not None:
        return direct
    if re.match(r"against|over|relative|rather|as\s+opposed", cue[0], re.I):
        return None
    stop = _STOP.search(view, start, clause.end)
    end = stop.start() if stop else clause.end
    words = view[start:end]
    near = next((a for a in arms if start <= a.span.start < end), None)
    if near is not None:
        participle = _PARTICIPLE.search(view, cue.end(), near.span.start)
        begin = participle.start() if participle else start
        if begin < near.span.start and near.span.end - begin < 80:
            span = Span(begin, near.span.end)
            return Phrase(span, span.of(view), near.concepts, generic=True)
        return near
    if (
        not words.strip()
        or len(words.split()) > 6
        or re.match(
            r"\s*(?:half|one|two|three|expected|average|usual|before|baseline|other|previous|that|it|they"
            r"|all|any|once|ever)\b",
            words,
        )
    ):
        return None
    if not _ARM_LIKE.search(words) or re.match(
        r"\s*(?:none|no\s+(?:patients|women|men|one)|what|generated|twice|half)\b", words, re.I
    ):
        return None
    span = Span(start, start + len(words.rstrip()))
    return Phrase(span, span.of(view), generic=True) if re.search(r"[A-Za-z]{2}", span.of(view)) else None


_TOGETHER = re.compile(
    r"\b(?:combination|combined\s+use|co-?administration|addition|treatment|therapy)\s+(?:of|with)\s+(?:[\w-]+\s+){0,3}$",
    re.I,
)
"""Before two names that are one treatment: "treatment with X and Y"."""
_VERB = re.compile(r"\b(?:had|have|has|was|were|lived|showed|experienced|developed|spent|reported|did|were|died)\b")


def _behind_number(view: str, clause: Span, cue: re.Match[str], arms: Sequence[Phrase]) -> Phrase | None:
    """The arm of "compared with 6.7 months for patients on X": whatever the number is, X is what is compared with."""
    if not re.match(r"(?:as\s+)?compared|in\s+comparison|versus|vs|than|as\s+opposed", cue[0], re.I):
        return None
    m = re.match(r"\s*(?:just\s+|only\s+|about\s+)?[\d.·]", view[cue.end() : clause.end])
    if m is None or len({a.key for a in arms if a.span.end <= cue.start()}) > 1:
        return None
    later = [a for a in arms if cue.end() < a.span.start]
    if len(later) != 1 or later[0].span.start > cue.end() + 90:
        return None
    if re.search(r"[;,]", view[cue.end() : later[0].span.start]):
        return None
    return later[0]


def _exposure(view: str, clause: Span, comparator: Phrase) -> Phrase | None:
    """Who stands behind the comma of "Compared with X, Y had ...", where Y is a trait; None if nobody does."""
    m = re.match(r"\s*,\s*(?:the\s+)?", view[comparator.span.end : clause.end])
    if m is None:
        return None
    start = comparator.span.end + m.end()
    verb = _VERB.search(view, start, clause.end)
    if verb is None or not 3 <= verb.start() - start <= 60 or re.search(r"[,;()]", view[start : verb.start()]):
        return None
    span = Span(start, start + len(view[start : verb.start()].rstrip()))
    return Phrase(span, span.of(view), generic=True)
