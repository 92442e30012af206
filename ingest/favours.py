"""Which direction of an outcome is good for the patient, by its concept or its words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.claim import Favours
from ingest.phrases import Phrase
from ingest.terminology import Concept

_BAD = re.compile(
    r"mortality|deaths?\b|died|risk|recurrence|relapse|toxicit|failure|\bpain\b|symptom|anxiety|depressi|fatigue|tension|anger"
    r"|confusion|distress|nausea|vomiting|bleeding|infection|complication|adverse|disability|inflammation|stress|dropout"
    r"|severity|burden|insomnia|dyspn|exacerbation|hospitali[sz]ation",
    re.I,
)
"""Outcomes that nobody wants, by their words."""
GOOD = re.compile(
    r"surviv|function|fraction|volume|capacity|quality|respon|adheren|satisf|knowledge|distance|strength|sensitiv|specific"
    r"|accuracy|control|recovery|healing|remission|cure|success|performance|abstinence|density|mobility|wellbeing|well-being",
    re.I,
)
"""Outcomes of which more is better, by their words: an improvement of them is more."""


def favours_of(outcome: Phrase) -> Favours | None:
    """What is good for the patient: as the outcome's concept says, else by its words; None where neither tells."""
    return favours_by(outcome.text, outcome.concepts)


def favours_by(words: str, concepts: Iterable[Concept]) -> Favours | None:
    """The same of an outcome's words and its concepts."""
    own = [c.favours for c in concepts if c.favours]
    if own:
        return Favours(own[0])
    if re.search(r"surviv|alive|response|remission|quality of life|time (?:to|until)|-free\b", words, re.I):
        return Favours.HIGHER
    return Favours.LOWER if _BAD.search(words) else None
