"""Which claims answer a question: selection, order, and what is said about it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from graph.index.choosing import Choice, by_itself, choose
from graph.index.columns import Mask, Numbers
from graph.index.filtering import one_of
from graph.index.ordering import in_order
from graph.index.record import KINDS, STATUSES
from graph.index.side import SideIndex
from graph.language.understanding import Understood, understand
from graph.question import Question, Retracted, quoted
from graph.resolving import Resolved
from ingest.claim import ClaimKind, Status
from ingest.terminology import Terminology

_DOUBTFUL, _STATUS, _KIND = (
    "of articles that are retracted or in doubt",
    "rejected or of another status",
    "not own results",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The claims of an evidence answer in their order, as places in the columns, the studies behind them, what is said.

    ``terms`` are the terms that speak for a claim, each with its slot.
    """

    ordered: Numbers
    studies: int
    said: tuple[str, ...]
    terms: tuple[tuple[str, Resolved], ...]


def answer(index: SideIndex, question: Question, terminology: Terminology) -> Answer:
    """The evidence for a question: what default answers leave out is counted and said."""
    asked = understand(question, terminology)
    choice = choose(index, asked)
    columns, chosen = index.columns, choice.chosen
    left = dict.fromkeys((_STATUS, _KIND, _DOUBTFUL), 0)
    standing = question.retracted or Retracted.NO
    chosen, gone = _kept(chosen, standing_as(index, chosen, standing))
    left[_DOUBTFUL] = gone if standing is Retracted.NO else 0
    statuses = question.statuses or frozenset(Status) - {Status.REJECTED}
    chosen, left[_STATUS] = _kept(chosen, one_of(columns, "status", chosen, STATUSES, statuses))
    kinds = question.kinds or frozenset({ClaimKind.OWN_RESULT})
    chosen, left[_KIND] = _kept(chosen, one_of(columns, "kind", chosen, KINDS, kinds))
    chosen, doubled = _kept(chosen, ~columns.articles["doubled"][columns.claims["article"][chosen]])
    said = [*asked.said]
    if any(left.values()):
        counts = ", ".join(f"{number} {what}" for what, number in left.items() if number)
        said.append(f"Left out: {counts}. Filters status:any, kind:any and retracted:any bring them in.")
    if doubled:
        said.append(f"Left out: {doubled} of abstracts, as the full text of the same publication is in the library.")
    if not len(chosen):
        said += _nothing(index, asked, choice)
    studies = len(np.unique(columns.claims["unit"][chosen]))
    return Answer(in_order(columns, chosen, question.order), studies, tuple(said), asked.wanted)


def selection(
    index: SideIndex,
    question: Question | None,
    terminology: Terminology,
    statuses: Collection[Status] | None,
    kinds: Collection[ClaimKind] | None,
) -> Numbers:
    """Claims by the terms and filters of a question alone, by article id and place; None leaves nothing out."""
    columns = index.columns
    if question is None:
        chosen = np.flatnonzero(columns.claims["alive"])
        wanted = [(statuses, kinds)]
    else:
        chosen = choose(index, understand(question, terminology)).chosen
        chosen = chosen[standing_as(index, chosen, question.retracted)]
        wanted = [(statuses, kinds), (question.statuses, question.kinds)]
    for some_statuses, some_kinds in wanted:
        if some_statuses is not None:
            chosen = chosen[one_of(columns, "status", chosen, STATUSES, some_statuses)]
        if some_kinds is not None:
            chosen = chosen[one_of(columns, "kind", chosen, KINDS, some_kinds)]
    claims = columns.claims
    rank = columns.articles["rank"][claims["article"][chosen]]
    ordered: Numbers = chosen[
        np.lexsort((claims["low"][chosen], claims["high"][chosen], claims["start"][chosen], rank))
    ]
    return ordered


def standing_as(index: SideIndex, chosen: Numbers, asked: Retracted | None) -> Mask:
    """True for the chosen claims whose article stands as asked: retracted or in doubt, or not."""
    if asked in (None, Retracted.ANY):
        return np.ones(len(chosen), np.bool_)
    excluded: Mask = index.columns.articles["excluded"][index.columns.claims["article"][chosen]]
    return excluded if asked is Retracted.YES else ~excluded


def _kept(chosen: Numbers, mask: Mask) -> tuple[Numbers, int]:
    """What the mask lets pass, and how many it does not."""
    kept = chosen[mask]
    return kept, len(chosen) - len(kept)


def _nothing(index: SideIndex, asked: Understood, choice: Choice) -> list[str]:
    if choice.named and not len(choice.chosen):
        return [f"Nothing found: {choice.named} claims have these names, but none passes the filters."]
    found = [(role, term, by_itself(index, role, choice.meant[role, term.term])) for role, term in asked.terms]
    looked = [f"{number} with {quoted(term.term)} as {role}" for role, term, number in found]
    said = [f"Nothing found. Claims by themselves: {', '.join(looked)}."] if looked else ["Nothing found."]
    suggestions = dict.fromkeys(name for _, term in asked.terms for name in term.suggestions)
    empty = [term.term for _, term, number in found if not number]
    if suggestions:
        said.append(f"Try one of these names: {', '.join(quoted(name) for name in suggestions)}.")
    elif empty:
        said.append(f"Try a broader or shorter term for {', '.join(quoted(t) for t in empty)}, or ? in its place.")
    elif len(found) > 1:
        said.append("No claim has all of them together: try ? in place of one term, or fewer filters.")
    return said
