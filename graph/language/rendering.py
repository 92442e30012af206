"""A question as text again, in one form: every name quoted, what belongs together in parentheses. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from graph.language import values
from graph.language.model import (
    Designs,
    DesignWords,
    Directions,
    Filter,
    Grades,
    Measures,
    Order,
    Question,
    Says,
    Significances,
    Since,
    Size,
)
from graph.language.tree import And, Anything, Expression, Not, Term

_V = TypeVar("_V")


def quoted(words: str) -> str:
    """``words`` as a quoted term of a question.

    >>> quoted('say "no"')
    '"say \\\\"no\\\\""'
    """
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def rendered(question: Question) -> str:
    """The question in its one form; read again it is equal."""
    parts = [_side(question.intervention), "->", _side(question.outcome)]
    parts += [f"vs {expression(each)}" for each in question.comparators]
    parts += [f"in {expression(each)}" for each in question.populations]
    parts += [_filter(each) for each in question.filters]
    if question.statuses is not None:
        parts.append(f"status:{_set(question.statuses)}")
    if question.kinds is not None:
        parts.append(f"kind:{_set(question.kinds)}")
    if question.retracted is not None:
        parts.append(f"retracted:{question.retracted}")
    if question.order is not Order.PLACE:
        parts.append(f"order:{question.order}")
    return " ".join(parts)


def expression(asked: Expression) -> str:
    """One expression; whatever has operators in it stands in parentheses.

    >>> expression(Not(Term("lenalidomide")))
    'not "lenalidomide"'
    """
    if isinstance(asked, Anything):
        return "?"
    if isinstance(asked, Term):
        return quoted(asked.words)
    if isinstance(asked, Not):
        return f"not {expression(asked.part)}"
    word = " and " if isinstance(asked, And) else " or "
    return f"({word.join(map(expression, asked.parts))})"


def _side(asked: Expression | None) -> str:
    return "?" if asked is None else expression(asked)


def _filter(asked: Filter) -> str:
    if isinstance(asked, Size):
        return f"n{asked.operator}{asked.number}"
    if isinstance(asked, Since):
        return f"since:{asked.year}"
    dash = "-" if getattr(asked, "negated", False) else ""
    if isinstance(asked, Measures):
        return f"{dash}measure:{_set(asked.measures)}"
    if isinstance(asked, Directions):
        return f"{dash}direction:{_named(asked.directions, values.DIRECTIONS)}"
    if isinstance(asked, Significances):
        return f"{dash}significant:{_named(asked.significances, values.SIGNIFICANCES)}"
    if isinstance(asked, Grades):
        return f"{dash}check:{_set(asked.grades)}"
    if isinstance(asked, Designs):
        return f"{dash}design:{quoted(', '.join(map(design, asked.designs)))}"
    if isinstance(asked, Says):
        return f"{dash}text:{quoted(' '.join(asked.words))}"
    return f"until:{asked.year}"


def design(asked: DesignWords) -> str:
    """A design as it can be asked for.

    >>> design(DesignWords(("randomised",), 3))
    'phase 3 randomised'
    """
    return " ".join([*([] if asked.phase is None else [f"phase {asked.phase}"]), *asked.words])


def _set(members: Iterable[StrEnum]) -> str:
    return quoted(", ".join(sorted(members)))


def _named(members: Iterable[_V], names: Mapping[str, _V]) -> str:
    shown: dict[_V, str] = {}
    for name, member in names.items():
        shown.setdefault(member, name)
    return quoted(", ".join(sorted(shown[member] for member in members)))
