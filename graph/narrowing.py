"""A question narrowed to one value of a facet of its answer. Pure."""

from __future__ import annotations

from dataclasses import replace

from graph.language.model import Directions, Filter, Measures, Question, Significances, Since, Until
from graph.language.rendering import rendered
from graph.language.tree import And, Expression, Term, joined
from graph.model import Facet, FacetValue
from ingest.claim import ClaimKind, Direction, Measure, Significance, Status

_UNKNOWN = "unknown"


def narrowed(question: Question, name: str, facet: Facet) -> Facet:
    """The facet with the question for each of its values.

    A concept is asked for by its IRI, and finds what is narrower as well; designs and phases have no such question.
    """
    return replace(facet, values=tuple(replace(v, narrowed=_text(question, name, v)) for v in facet.values))


def _text(question: Question, name: str, value: FacetValue) -> str | None:
    changed = _changed(question, name, value)
    return None if changed is None else rendered(changed)


def _changed(question: Question, name: str, value: FacetValue) -> Question | None:
    term = Term(value.concept or value.value)
    known = value.value != _UNKNOWN
    match name:
        case "drug":
            return replace(question, intervention=_both(question.intervention, term))
        case "outcome":
            return replace(question, outcome=_both(question.outcome, term))
        case "comparator":
            return replace(question, comparators=(*question.comparators, term))
        case "population":
            return replace(question, populations=(*question.populations, term))
        case "status":
            return replace(question, statuses=frozenset({Status(value.value)}))
        case "kind":
            return replace(question, kinds=frozenset({ClaimKind(value.value)}))
        case "measure":
            return _with(question, Measures(frozenset({Measure(value.value)})))
        case "direction":
            return _with(question, Directions(frozenset({Direction(value.value) if known else None})))
        case "significance":
            return _with(question, Significances(frozenset({Significance(value.value) if known else None})))
        case "year" if known:
            return _with(question, Since(int(value.value)), Until(int(value.value)))
    return None


def _both(held: Expression | None, term: Term) -> Expression:
    return term if held is None else joined(And, [held, term])


def _with(question: Question, *filters: Filter) -> Question:
    return replace(question, filters=(*question.filters, *filters))
