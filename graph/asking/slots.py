"""What is asked of a slot, as SPARQL: its expression as a group that finds mentions. Pure."""

from __future__ import annotations

from graph.asking.naming import Patterns, indented
from graph.language.tree import And, Anything, Expression, Not, Term
from graph.language.understanding import Slot


def slot_lines(asked: Slot, patterns: Patterns) -> list[str]:
    """Lines that bind ``?claim`` to the claims of whose slot the expression is true."""
    mention = f"?{asked.role}"
    meant: list[str] = []
    if not isinstance(asked.expression, Anything):
        inner = _lines(asked, asked.expression, patterns)
        meant = [f"{{ SELECT DISTINCT {mention} WHERE {{", *indented(inner), "} }"]
    link = f"?claim ev:{asked.role} {mention} ."
    return ["{ SELECT DISTINCT ?claim WHERE {", *indented([*meant, link]), "} }"]


def _lines(asked: Slot, expression: Expression, patterns: Patterns) -> list[str]:
    mention = f"?{asked.role}"
    if isinstance(expression, Term):
        return patterns.named(mention, asked.meanings[expression.words])
    if isinstance(expression, Anything):
        return [f"?holder{patterns.number()} ev:{asked.role} {mention} ."]
    if isinstance(expression, Not):
        return [*_lines(asked, Anything(), patterns), "MINUS", *_group(asked, expression.part, patterns)]
    if isinstance(expression, And):
        wanted: list[Expression] = [part for part in expression.parts if not isinstance(part, Not)]
        lines = [] if wanted else _lines(asked, Anything(), patterns)
        for each in wanted:
            lines += _group(asked, each, patterns)
        for each in (part.part for part in expression.parts if isinstance(part, Not)):
            lines += ["MINUS", *_group(asked, each, patterns)]
        return lines
    either = _group(asked, expression.parts[0], patterns)
    for part in expression.parts[1:]:
        either += ["UNION", *_group(asked, part, patterns)]
    return either


def _group(asked: Slot, expression: Expression, patterns: Patterns) -> list[str]:
    return ["{", *indented(_lines(asked, expression, patterns)), "}"]
