"""What a question asks of one slot of a claim: names joined by ``not``, ``and`` and ``or``. Plain values.

An expression is true or false of one claim and one of its slots (intervention, comparator, outcome, population):

- ``Term``: the slot is filled and its mention is what the words name (see ``resolving``);
- ``Anything``: the slot is filled;
- ``Not``: the slot is filled and what is negated is not true of it; an empty slot is never *not* something;
- ``And``: all parts are true of the one mention, as of a combination of drugs;
- ``Or``: some part is true.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Term:
    """A name as asked for. ``place`` is the code point at which it begins.

    ``left`` and ``right`` are the operator words beside it, where both it and the term behind the operator were
    written without quotation marks: then the two and the word between them may be meant as one name. ``whole`` is True
    where an operator word was read as part of this one. None of these matters for what is asked.
    """

    words: str
    place: int = field(default=0, compare=False)
    left: str | None = field(default=None, compare=False)
    right: str | None = field(default=None, compare=False)
    whole: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Anything:
    """``?``: the slot is filled. Stands alone, never as part of another expression."""


@dataclass(frozen=True, slots=True)
class Not:
    """``not part``."""

    part: Expression


@dataclass(frozen=True, slots=True)
class And:
    """``part and part``: two or more, none of which is an ``And``."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """``part or part``: two or more, none of which is an ``Or``."""

    parts: tuple[Expression, ...]


Expression = Term | Anything | Not | And | Or


def joined(kind: type[And] | type[Or], parts: list[Expression]) -> Expression:
    """Parts under one operator; a part that is of the same operator gives its own parts, a single one is itself."""
    flat: list[Expression] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else (part,)
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def terms(expression: Expression) -> Iterator[Term]:
    """Every term, from left to right."""
    if isinstance(expression, Term):
        yield expression
    elif isinstance(expression, Not):
        yield from terms(expression.part)
    elif isinstance(expression, And | Or):
        for part in expression.parts:
            yield from terms(part)


def wanted(expression: Expression, positive: bool = True) -> Iterator[Term]:
    """The terms that speak for a claim: those that are not negated, or negated twice."""
    if isinstance(expression, Term):
        if positive:
            yield expression
    elif isinstance(expression, Not):
        yield from wanted(expression.part, not positive)
    elif isinstance(expression, And | Or):
        for part in expression.parts:
            yield from wanted(part, positive)
