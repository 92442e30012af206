"""What an article says of the size of an arm: how many, of whom, in what sense, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from ingest.article import Span

EVERY_ARM = ""
"""The name in a statement that holds for each arm: "in four groups of 30 patients"."""


class SizeKind(IntEnum):
    """In what sense people are counted; the lower, the nearer to the people whom a result is about by default.

    DIVIDED is computed and printed nowhere: all people of a study that were divided into so many groups.
    """

    TABLE = 0
    RANDOMISED = 1
    ANALYSED = 2
    STATED = 3
    COMPLETED = 4
    DENOMINATOR = 5
    DIVIDED = 6


@dataclass(frozen=True, slots=True)
class ArmSize:
    """One statement: ``size`` people in the arm that the article calls ``name`` there; ``span`` is the number.

    ``source`` is the sentence or table that tells it: names of one source are told apart from each other. The span of a
    DIVIDED size is that of the number that was divided.
    """

    name: str
    size: int
    kind: SizeKind
    span: Span
    source: Span
