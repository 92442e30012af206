"""Gathers the filters of a question. What more than one of a kind means is said here: all must hold, but for
``status:`` and ``kind:``, where one does, and ``order:``, ``retracted:``, ``since:`` and ``until:``, which are one."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Generic, TypeVar

from lark import Token

from graph.errors import QuestionError
from graph.language import values
from graph.language.mistakes import FILTERS, unknown_filter
from graph.language.model import (
    Designs,
    Directions,
    Filter,
    Grades,
    Measures,
    Order,
    Retracted,
    Says,
    Significances,
    Since,
    Size,
    Until,
)
from ingest.claim import ClaimKind, Status

_M = TypeVar("_M", bound=StrEnum)
_ONCE = {
    "order": "an answer has one order",
    "retracted": "retracted: may be said once",
    "since": "since: may be said once",
    "until": "until: may be said once",
}
_NO_WORDS = frozenset({"and", "or", "not"})


class _Members(Generic[_M]):
    """Members of a closed set: those asked for, without those that are not wanted."""

    def __init__(self, others: frozenset[_M]) -> None:
        """``others``: what there is where the question only says what is not wanted."""
        self._others = others
        self._asked: frozenset[_M] | None = None
        self._unwanted: frozenset[_M] | None = None
        self._place = 0

    def add(self, members: frozenset[_M], place: int, negated: bool) -> None:
        self._place = place
        if negated:
            self._unwanted = (self._unwanted or frozenset()) | members
        else:
            self._asked = (self._asked or frozenset()) | members

    def found(self) -> frozenset[_M] | None:
        """None where the question does not say. Raises QuestionError where nothing is left."""
        if self._unwanted is None:
            return self._asked
        left = (self._others if self._asked is None else self._asked) - self._unwanted
        if not left:
            raise QuestionError("the filters leave no value that a claim may have", self._place)
        return left


class FilterReader:
    """Takes the filters from left to right. Raises QuestionError at the one that cannot be read."""

    def __init__(self) -> None:
        self._filters: list[Filter] = []
        self._statuses = _Members(frozenset(Status) - {Status.REJECTED})
        self._kinds = _Members(frozenset(ClaimKind))
        self._single: dict[str, Any] = {}

    def found(self) -> dict[str, Any]:
        """The fields of the question that filters set."""
        single = {name: value for name, value in self._single.items() if name in ("order", "retracted")}
        members = {"statuses": self._statuses.found(), "kinds": self._kinds.found()}
        return {"filters": tuple(self._filters), **members, **single}

    def size(self, written: str, place: int) -> None:
        """``n>=500`` as written."""
        self._filters.append(Size(*values.size(written, place)))

    def add(self, name: Token, words: str, *, quoted: bool, negated: bool) -> None:
        """``name:words``; ``negated`` where ``not`` stands before it, as a dash before the name says too."""
        filter, place = name[:-1].lower(), (name.start_pos or 0) + len(name)
        negated = negated != filter.startswith("-")
        filter = filter.removeprefix("-")
        if filter not in FILTERS:
            raise unknown_filter(name)
        several = words.split()
        if not quoted and len(several) > 1 and (found := _NO_WORDS.intersection(several)):
            word = min(found, key=several.index)
            told = f"filters stand side by side, without {word}; put words that hold it in quotation marks"
            raise QuestionError(told, place)
        if filter in ("population", "comparator"):
            place_word = "in not" if filter == "population" else "vs not"
            raise QuestionError(f"{filter}: has its not behind it", name.start_pos or 0, (f"{place_word} ...",))
        if filter in _ONCE:
            if negated:
                raise QuestionError(f"{filter}: cannot be negated", name.start_pos or 0)
            self._one(filter, words, place)
        elif filter == "status":
            self._statuses.add(values.members(words, place, Status), place, negated)
        elif filter == "kind":
            self._kinds.add(values.members(words, place, ClaimKind), place, negated)
        else:
            self._filters.append(_filter(filter, words, place, negated))

    def _one(self, filter: str, words: str, place: int) -> None:
        if filter in self._single:
            raise QuestionError(_ONCE[filter], place)
        if filter == "order":
            self._single[filter] = values.one(words, place, Order)
        elif filter == "retracted":
            self._single[filter] = values.one(words, place, Retracted)
        else:
            kind = Since if filter == "since" else Until
            self._single[filter] = made = kind(values.year(words, place))
            self._filters.append(made)


def _filter(filter: str, words: str, place: int, negated: bool) -> Filter:
    if filter == "measure":
        return Measures(values.several(words, place, values.MEASURES), negated)
    if filter == "direction":
        return Directions(values.several(words, place, values.DIRECTIONS), negated)
    if filter == "significant":
        return Significances(values.several(words, place, values.SIGNIFICANCES), negated)
    if filter == "check":
        return Grades(values.several(words, place, values.GRADES), negated)
    if filter == "design":
        return Designs(values.design_words(words, place), negated)
    assert filter == "text", filter
    return Says(values.text_words(words), negated)
