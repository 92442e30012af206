"""The question behind a number: the one that was asked, narrowed to a drug, an outcome, or both. Pure."""

from __future__ import annotations

from dataclasses import replace

from graph.analyses.facts import WORDS
from graph.language.reading import LONGEST
from graph.language.rendering import rendered
from graph.language.tree import And, Anything, Expression, Term
from graph.question import Question


def narrowed(asked: Question, drug: str | None = None, outcome: str | None = None) -> str | None:
    """``asked`` with what else must be true of its drug and its outcome: the ids of terms, None for nothing more.

    The claims that answer it are those of the answer to ``asked`` that name both. A term without a concept is asked
    for by its words, which other mentions may hold as well. None where the question would be too long.
    """
    question = replace(asked, intervention=_with(asked.intervention, drug), outcome=_with(asked.outcome, outcome))
    text = rendered(question)
    askable = all(any(map(str.isalnum, name)) for one in (drug, outcome) if one for name in _names(one))
    return text if askable and len(text) <= LONGEST else None


def _with(asked: Expression | None, term: str | None) -> Expression | None:
    if term is None:
        return asked
    parts: tuple[Expression, ...] = tuple(Term(name) for name in _names(term))
    if isinstance(asked, And):
        parts = (*asked.parts, *parts)
    elif asked is not None and not isinstance(asked, Anything):
        parts = (asked, *parts)
    return parts[0] if len(parts) == 1 else And(parts)


def _names(term: str) -> list[str]:
    return [term.removeprefix(WORDS)] if term.startswith(WORDS) else term.split(" + ")
