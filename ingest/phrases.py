"""Arms, outcomes and populations as a sentence names them: concepts grown to the phrase around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.article import Span
from ingest.terminology import Concept

CONTROLS = re.compile(
    r"^(?:the\s+)?no\s+[a-z]|\b(?:placebo|observation(?:al)?|controls?|untreated|usual care|standard (?:of )?care"
    r"|watchful waiting|sham|(?:no|without(?: any)?) (?:maintenance|treatment|further|screening|therapy"
    r"|chemotherapy|surgery)|observed|watched|those (?:who )?(?:did not|had not|without|not)"
    r"|watch and wait|dummy|conventional|non-?users?|never[ -]users?)\b",
    re.I,
)
"""Words that mark an arm as the one to compare with."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name an arm, an outcome or a population, with the concepts in them.

    ``label`` completes elided words ("noneligible" stands for "non-transplant-eligible patients"); ``alias`` is True
    for an arm's short name; ``bare`` for an outcome that says only how it is counted ("cumulative incidence").
    """

    span: Span
    text: str
    concepts: tuple[Concept, ...] = ()
    label: str | None = None
    alias: bool = False
    bare: bool = False
    generic: bool = False

    @property
    def control(self) -> bool:
        """True for an arm that others are compared with."""
        return bool(CONTROLS.search(self.text))

    @property
    def key(self) -> tuple[str, ...]:
        """What the phrase is about: its concepts, or its words where it has none."""
        if self.concepts:
            return tuple(sorted(c.iri for c in self.concepts))
        return (" ".join(re.findall(r"[^\W_]+", (self.label or self.text).casefold())),)


@dataclass(frozen=True, slots=True)
class ArmNames:
    """Arms as the whole article knows them: short names with their concepts, sizes, and the usual pair."""

    aliases: dict[str, tuple[Concept, ...]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    pair: tuple[Phrase, Phrase] | None = None


def trimmed(view: str, start: int, end: int) -> Span:
    """The range without the blanks at its ends."""
    piece = view[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def set_side_by_side(view: str, one: Span, two: Span) -> bool:
    """True where two arms are coordinated ("A and B"), or a number stands between them."""
    between = view[one.end : two.start]
    return bool(
        re.search(r"\d", between)
        or re.fullmatch(
            r"[\s,)]*(?:and|or|,|but|while|whereas)\s*(?:(?:the|in|for|with|on|patients|those|only|just|of)\s+)*",
            between,
        )
    )
