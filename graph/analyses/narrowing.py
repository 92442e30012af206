"""The question behind a number: the one that was asked, narrowed to a drug, an outcome, or two treatments. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph.analyses.facts import WORDS
from graph.language.reading import LONGEST
from graph.language.rendering import rendered
from graph.language.tree import And, Anything, Expression, Or, Term
from graph.question import Question


def narrowed(asked: Question, drug: str | None = None, outcome: str | None = None) -> str | None:
    """``asked`` with what else must be true of its drug and its outcome: the ids of terms, None for nothing more.

    The claims that answer it are those of the answer to ``asked`` that name both. A term without a concept is asked
    for by its words, which other mentions may hold as well. None where the question would be too long.
    """
    sides = [
        _both(given, () if term is None else _parts(term))
        for given, term in ((asked.intervention, drug), (asked.outcome, outcome))
    ]
    return _text(replace(asked, intervention=sides[0], outcome=sides[1]), (drug, outcome))


def comparing(asked: Question, one: str, other: str) -> str | None:
    """``asked`` with one of two treatments as its drug and one of them as its comparator: what compares the two.

    Other claims are found as well where a claim has one of the two on both sides, or in a larger combination.
    """
    either = Or(tuple(_both(None, _parts(term)) or Anything() for term in (one, other)))
    drug = _both(asked.intervention, (either,))
    return _text(replace(asked, intervention=drug, comparators=(*asked.comparators, either)), (one, other))


def _both(given: Expression | None, more: tuple[Expression, ...]) -> Expression | None:
    """What is true of both, None for anything."""
    if isinstance(given, And):
        more = (*given.parts, *more)
    elif given is not None and not isinstance(given, Anything):
        more = (given, *more)
    return given if not more else more[0] if len(more) == 1 else And(more)


def _parts(term: str) -> tuple[Expression, ...]:
    return tuple(Term(name) for name in _names(term))


def _names(term: str) -> list[str]:
    return [term.removeprefix(WORDS)] if term.startswith(WORDS) else term.split(" + ")


def _text(question: Question, terms: Iterable[str | None]) -> str | None:
    text = rendered(question)
    askable = all(any(map(str.isalnum, name)) for term in terms if term is not None for name in _names(term))
    return text if askable and len(text) <= LONGEST else None
