"""The short query language: ``drug -> outcome`` and filters. Reading only; ``resolving`` finds what the terms name."""

from __future__ import annotations

from collections.abc import Callable

from graph.language.mistakes import FILTERS as FILTERS
from graph.language.model import Order as Order
from graph.language.model import Question as Question
from graph.language.model import Retracted as Retracted
from graph.language.reading import LONGEST as LONGEST
from graph.language.reading import read
from graph.language.rendering import quoted as quoted


def parse_question(text: str, known: Callable[[str], bool] | None = None) -> Question:
    """Read a question. Raises QuestionError with the place at which reading stopped, and what may be meant.

    ``known`` tells of words whether they are a name as they stand; operator words in such a name are part of it.
    """
    return read(text, known)
