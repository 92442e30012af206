"""The filters and the order of a question in words for people. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from graph.language.model import (
    Designs,
    Directions,
    Filter,
    Grades,
    Measures,
    Order,
    Question,
    Retracted,
    Says,
    Significances,
    Since,
    Size,
)
from graph.language.rendering import design, quoted

_COMPARED = {">=": "at least", "<=": "at most", ">": "more than", "<": "fewer than", "=": "exactly"}
_ORDERS = {
    Order.PLACE: "Order: own results first, primary sources before secondary ones, then by article and place.",
    Order.UNCERTAIN: "Order: the least confidence first.",
    Order.NEWEST: "Order: the latest publication first.",
    Order.LARGEST: "Order: the most participants first.",
}


def told(question: Question) -> tuple[str, ...]:
    """A sentence for each filter, also for those that hold where the question says nothing, and one for the order."""
    said = [_filter(each) for each in question.filters]
    if question.statuses is None:
        said.append("Status: any but rejected, as the question does not say.")
    else:
        said.append(f"Status: {_any(question.statuses)}.")
    if question.kinds is None:
        said.append("Kind: own result, as the question does not say.")
    else:
        said.append(f"Kind: {_any(question.kinds)}.")
    said.append(_standing(question.retracted))
    return (*said, _ORDERS[question.order])


def _standing(asked: Retracted | None) -> str:
    if asked is Retracted.ANY:
        return "Articles: those that are retracted or in doubt too."
    if asked is Retracted.YES:
        return "Articles: only those that are retracted or in doubt."
    return "Articles: none that is retracted or in doubt."


def _filter(asked: Filter) -> str:
    if isinstance(asked, Size):
        return (
            f"Participants: {_COMPARED[asked.operator]} {asked.number:,} randomised, or enrolled where that is unknown."
        )
    if isinstance(asked, Measures):
        return f"Measure: {_negated(asked.negated)}{_any(asked.measures)}, of some number of the claim."
    if isinstance(asked, Directions):
        return f"Direction: {_negated(asked.negated)}{_any(asked.directions)}."
    if isinstance(asked, Significances):
        return f"Significance: {_negated(asked.negated)}{_any(asked.significances)}."
    if isinstance(asked, Grades):
        return f"Checks: {_negated(asked.negated)}{_any(asked.grades)}, in some check of the claim."
    if isinstance(asked, Designs):
        return f"Design: {_negated(asked.negated)}{' or '.join(map(design, asked.designs))}."
    if isinstance(asked, Says):
        return f"Quote: {'does not hold' if asked.negated else 'holds'} the words {quoted(' '.join(asked.words))}."
    return f"Published: in {asked.year} or {'later' if isinstance(asked, Since) else 'before'}."


def _negated(negated: bool) -> str:
    return "not " if negated else ""


def _any(members: Iterable[StrEnum | None]) -> str:
    return " or ".join(sorted("unknown" if member is None else str(member) for member in members)) or "none"
