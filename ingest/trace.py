"""How claims come about: a recorder that the reading notes its decisions in, for ``picograph explain``.

Nobody asks for it in normal reading: ``NO_TRACE`` stands there and keeps nothing. Where a note takes work to put
together, ask ``trace.on`` first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ingest.article import Span

MAX_EVENTS = 50_000
"""Events of one article; what comes after them is counted and not kept."""
MAX_TEXT = 400
"""Code points of one note; the rest is cut."""


class Step(StrEnum):
    """The parts of reading that take notes, in the order in which a sentence goes through them."""

    SENTENCE = "sentence"
    ARM = "arm"
    OUTCOME = "outcome"
    POPULATION = "population"
    FIGURE = "figure"
    CLAUSE = "clause"
    ROLES = "roles"
    ALIGNMENT = "alignment"
    RESULT = "result"
    WORDS = "words"
    REFUSED = "refused"
    CLAIM = "claim"
    MERGED = "merged"
    CONFIDENCE = "confidence"


@dataclass(frozen=True, slots=True)
class Event:
    """One decision: in which step, by which rule, about which range of the article's text, and what came of it."""

    step: str
    rule: str
    span: Span
    text: str


@dataclass(slots=True, eq=False)
class Trace:
    """Events in the order in which they were noted; ``dropped`` counts those beyond ``MAX_EVENTS``."""

    events: list[Event] = field(default_factory=list)
    dropped: int = 0

    @property
    def on(self) -> bool:
        """True where somebody wants to know."""
        return True

    def note(self, step: str, rule: str, span: Span, text: str = "") -> None:
        """Keep one decision: ``rule`` names what decided, ``text`` says what came of it."""
        if len(self.events) < MAX_EVENTS:
            self.events.append(Event(step, rule, span, text[:MAX_TEXT]))
        else:
            self.dropped += 1


class _Silent(Trace):
    """A trace that keeps nothing."""

    __slots__ = ()

    @property
    def on(self) -> bool:
        return False

    def note(self, step: str, rule: str, span: Span, text: str = "") -> None:
        return


NO_TRACE: Trace = _Silent()
"""For reading that nobody asks about."""
