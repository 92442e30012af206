"""Where the numbers of an answer come from in running text: the values of a sentence, and the sizes of arms."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.fill.model import Number, Question
from ingest.fill.prepared import Prepared
from ingest.fill.prose import best_of, prose_numbers, totals_of
from ingest.fill.sizes import about_a_part, sizes_for


def from_prose(prepared: Prepared, question: Question) -> Iterator[Number]:
    """The numbers of both arms that one sentence surely gives, derived ones only where none gives printed ones."""
    candidates = prose_numbers(prepared, question, prepared.sizes, prepared.glosses)
    best = best_of(candidates) or best_of(candidates, derive=True)
    yield from best.numbers if best is not None else ()


def from_sizes(prepared: Prepared, question: Question) -> Iterator[Number]:
    """The sizes of the two arms, whatever the outcome: as the article gives them, else what its shares are out of."""
    given = [n for n in sizes_for(question, prepared, prepared.sizes, prepared.glosses) if n is not None]
    yield from given
    if not given and not about_a_part(question, prepared):
        yield from totals_of(prepared, question, prepared.sizes, prepared.glosses).values()
