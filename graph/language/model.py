"""A question as read: what it asks of the slots, its filters, its order. ``fitting`` says what the filters mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from graph.language.tree import Expression
from ingest.claim import ClaimKind, Direction, Grade, Measure, Significance, Status


class Order(StrEnum):
    """How the claims of an answer are ordered; each order ends with the claim's place.

    By place: own results and primary sources first. Uncertain: the least confidence first. Newest: the latest date of
    publication first, those without one last. Largest: the most participants first, those without a number last.
    """

    PLACE = "place"
    UNCERTAIN = "uncertain"
    NEWEST = "newest"
    LARGEST = "largest"


class Retracted(StrEnum):
    """Whether articles that are retracted, or of which concern is expressed, are left out, let in, or all there is."""

    NO = "no"
    YES = "yes"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Measures:
    """Claims with an effect of one of these measures; ``negated``: with none."""

    measures: frozenset[Measure]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Directions:
    """Claims whose direction is one of these, None being unknown; ``negated``: all others."""

    directions: frozenset[Direction | None]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Significances:
    """Claims whose significance is one of these, None being unknown; ``negated``: all others."""

    significances: frozenset[Significance | None]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Grades:
    """Claims of which some check has one of these grades; ``negated``: none has."""

    grades: frozenset[Grade]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Size:
    """Claims of studies of a size: participants randomised, or enrolled where that is not known.

    ``operator`` is one of ``>= <= > < =``. A study of unknown size never fits.
    """

    operator: str
    number: int


@dataclass(frozen=True, slots=True)
class Since:
    """Claims of articles published in this year or later; one without a year never fits."""

    year: int


@dataclass(frozen=True, slots=True)
class Until:
    """Claims of articles published in this year or before; one without a year never fits."""

    year: int


@dataclass(frozen=True, slots=True)
class DesignWords:
    """One way to say a design: all of ``words`` (runs of small letters and digits) stand in it as whole words, in any
    order, and the study is of the phase. ``words`` may be empty, ``phase`` is None for any, else 1 to 4; a study of
    phases 2 and 3 is of both."""

    words: tuple[str, ...]
    phase: int | None = None


@dataclass(frozen=True, slots=True)
class Designs:
    """Claims of studies whose design is one of these as their article says it; ``negated``: all others."""

    designs: tuple[DesignWords, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Says:
    """Claims whose quote holds these words one after the other, whatever stands between them but letters and digits.

    ``words`` are runs of letters and digits in small letters. ``negated``: claims whose quote does not.
    """

    words: tuple[str, ...]
    negated: bool = False


Filter = Measures | Directions | Significances | Grades | Size | Since | Until | Designs | Says


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked. ``intervention`` and ``outcome`` are None for ``?``: whatever stands there, or nothing.

    All of ``populations`` must hold of the claim's population, all of ``comparators`` of its comparator, and all of
    ``filters`` of the claim. ``statuses`` and ``kinds`` are None where the question does not say, and hold every
    member for ``any``. ``retracted`` is None where the question does not say. Two questions are equal when they ask
    the same in the same order of parts; ``text`` is what was typed.
    """

    text: str = field(compare=False)
    intervention: Expression | None
    outcome: Expression | None
    populations: tuple[Expression, ...] = ()
    comparators: tuple[Expression, ...] = ()
    statuses: frozenset[Status] | None = None
    kinds: frozenset[ClaimKind] | None = None
    order: Order = Order.PLACE
    retracted: Retracted | None = None
    filters: tuple[Filter, ...] = ()

    @property
    def slots(self) -> tuple[tuple[str, Expression], ...]:
        """What is asked of which slot; ``?`` for drug or outcome asks nothing."""
        first = (("intervention", self.intervention), ("outcome", self.outcome))
        given = [(role, expression) for role, expression in first if expression is not None]
        given += [("comparator", each) for each in self.comparators]
        return (*given, *(("population", each) for each in self.populations))
