"""Concepts as they go out: what a search suggests, and one concept with what is around it."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from api.claim_schemas import Out
from api.examples import CONCEPT
from api.schemas import ConceptOut


class SuggestionOut(Out):
    """A concept that may be meant."""

    id: str = Field(description="compact, such as mesh:D009101")
    iri: str
    label: str = Field(description="the preferred name")
    name: str = Field(description="the name that was found")
    kind: str
    why: str = Field(description="how it was found, for people")


class ConceptsOut(Out):
    """Concepts that a text may mean; ``exact`` when it is one of their names.

    ``concepts`` are those named so, where there are any, else those suggested. ``suggestions`` are for someone who is
    still typing: those named so, then names that begin so, have these words, or are spelt alike.
    """

    query: str
    exact: bool
    concepts: tuple[ConceptOut, ...]
    suggestions: tuple[SuggestionOut, ...] = ()


class LinkedOut(Out):
    """A concept next to another one; ``narrower`` is how many stand directly below it."""

    id: str
    iri: str
    name: str
    kind: str
    narrower: int


class UsedOut(Out):
    """How many claims the question about a concept in one role finds, narrower concepts included."""

    role: Literal["intervention", "comparator", "outcome", "population"]
    question: str
    claims: int


class ConceptDetailOut(Out):
    """A concept with its names, the preferred one first, what is directly broader and narrower, and its claims.

    ``children`` is one page, in the order of their names; ``total`` counts all of them, and ``cursor`` gives the next
    page, null on the last.
    """

    model_config = ConfigDict(extra="allow", frozen=True, json_schema_extra={"examples": [CONCEPT]})

    id: str
    iri: str
    name: str
    kind: str
    names: tuple[str, ...]
    favours: str | None = Field(default=None, description="which direction is good for the patient")
    same: tuple[str, ...] = Field(description="IRIs of the same concept in other vocabularies")
    parents: tuple[LinkedOut, ...]
    children: tuple[LinkedOut, ...]
    total: int
    cursor: str | None = None
    used: tuple[UsedOut, ...]
