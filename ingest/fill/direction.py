"""Which way an outcome went under the intervention against the comparator, with the passage that says so."""

from __future__ import annotations

import numpy as np

from ingest.article import Span
from ingest.fill.direction_candidates import asked_of, candidates
from ingest.fill.direction_model import load_direction_model
from ingest.fill.direction_signs import UNWANTED
from ingest.fill.direction_text import outcome_stems
from ingest.fill.model import Direction, DirectionLabel, Question
from ingest.fill.prepared import Prepared
from ingest.fill.words import telling, words_of

LABELS = (DirectionLabel.INCREASED, DirectionLabel.DECREASED, DirectionLabel.NO_DIFFERENCE)
"""In the order of the model's chances."""


def direction_for(prepared: Prepared, question: Question) -> Direction | None:
    """What the article says of the question; None where no passage shares a word with its outcome.

    Every passage that may be meant has a vote, the more likely it is evidence the larger; the passage of the answer is
    the one that speaks most for it.
    """
    found = candidates(prepared, asked_of(question, prepared.long_of))
    if not found:
        return None
    stems, unwanted = told_of(question.outcome)
    chances, votes = load_direction_model().judge(found, stems, unwanted)
    spoken = chances * votes[:, None]
    best = int(np.argmax(spoken.sum(axis=0)))
    passage = prepared.passages[found[int(np.argmax(spoken[:, best]))].passage].span
    return Direction(LABELS[best], passage, _claim(prepared, passage, stems))


def told_of(outcome: str) -> tuple[tuple[str, ...], bool]:
    """The telling stems of an outcome, and whether less of it is better."""
    return outcome_stems(telling(w.stem for w in words_of(outcome))), UNWANTED.search(outcome) is not None


def _claim(prepared: Prepared, passage: Span, stems: tuple[str, ...]) -> str | None:
    """The claim that quotes the passage and whose outcome has most words of the one asked; None without any."""
    fits = [
        (len({w.stem for w in words_of(c.outcome.text)} & set(stems)), -place, c.id)
        for place, c in enumerate(prepared.claims)
        if c.quote.span.overlaps(passage)
    ]
    shared, _, claim = max(fits, default=(0, 0, ""))
    return claim if shared else None
