"""The answer to a question: numbers from whatever part of the article gives them, and the direction."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ingest.fill.direction import direction_for
from ingest.fill.from_tables import from_tables
from ingest.fill.model import OF_TYPE, Answer, Number, OutcomeType, Question
from ingest.fill.prepared import Prepared
from ingest.fill.records import from_record, record_direction
from ingest.fill.sources import from_prose, from_sizes
from ingest.registry import RegistryArticle

Find = Callable[[Prepared, Question], Iterable[Number]]

SOURCES: tuple[Find, ...] = (from_record, from_tables, from_prose, from_sizes)
"""Where numbers come from, the most trusted first: a field that one has filled is closed to the later ones."""


def answer(prepared: Prepared, question: Question, *, derive: bool = False) -> Answer:
    """What the article answers. Numbers that it does not print, but that follow from it, only with ``derive``."""
    numbers: dict[str, Number] = {}
    for find in SOURCES:
        for number in find(prepared, question):
            if derive or not number.derived:
                numbers.setdefault(number.field, number)
    kind = question.outcome_type or _type_of(numbers.values())
    wanted = OF_TYPE[kind] if kind else ()
    kept = tuple(n for n in numbers.values() if n.statistic in wanted)
    of_record = isinstance(prepared.article, RegistryArticle)
    direction = record_direction(prepared, question) if of_record else direction_for(prepared, question)
    return Answer(question, kind, kept, direction)


def _type_of(numbers: Iterable[Number]) -> OutcomeType | None:
    """The type that the numbers show; None where they show both or neither."""
    found = {n.statistic for n in numbers}
    shown = [kind for kind, statistics in OF_TYPE.items() if statistics[0] in found]
    return shown[0] if len(shown) == 1 else None
