"""The outcome that a number is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.article import Span
from ingest.phrases import Phrase

_OF_PEOPLE = re.compile(
    r"[\s)]*of\s+(?:the\s+|all\s+|those\s+)?(?:[\w-]+\s+){0,2}?(?:patients|women|men|participants|people"
    r"|those|subjects|adults|children|individuals|eyes)\b",
    re.I,
)


_LED_TO = re.compile(
    r"\b(?:in|including|was|were|of|at|among|for|to|by|affect\w+|and|versus|vs\.?|with)\s*(?:about|only|just"
    r"|approximately|nearly|almost|up\s+to|more\s+than)?\s*[(,]?\s*$",
    re.I,
)


def outcome_for(
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
    r"\b(?:it|they|this|these|that)\b|\b(?:rates?|medians?|means?|incidence|figures?|percentages?|proportions?|shares?)\s+(?:was|were|had|in|for|with|among)\b"
    r"|\bcorresponding\b|\bratio\b|\b(?:HRs?|ORs?|RRs?|SIRs?)\b|^\s*(?:and|while|but|whereas|compared)\b",
    re.I,
)


def _refers_back(view: str, clause: Span) -> bool:
    """True where a clause that names no outcome goes on with the one before ("the median was", "the hazard ratio")."""
    return bool(_BACK.search(view, clause.start, clause.end))


def _other_sentence(view: str, outcome: Phrase, clause: Span) -> bool:
    return bool(re.search(r"[.!?][\"”)]?\s", view[outcome.span.end : clause.start])) or outcome.span.start > clause.end


def one_outcome(one: Phrase, other: Phrase) -> bool:
    """True for the same outcome, and for death beside survival, which one ratio compares."""
    if one.key == other.key:
        return True
    names = {c.name for p in (one, other) for c in p.concepts[:1]}
    return names in ({"overall survival", "mortality"}, {"survival", "mortality"})
