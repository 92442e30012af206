# ruff: noqa: N818 (the names say what happened: `except UnknownConcept`)
"""Concepts of the terminology: suggestions while one is typed, one concept, and the way up from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from api.concept_schemas import ConceptDetailOut, ConceptsOut, LinkedOut, SuggestionOut, UsedOut
from api.present import concept_out
from graph.errors import QuestionError
from graph.library import Library
from graph.question import quoted
from ingest.concept_search import suggest, warm
from ingest.curies import expand, shorten
from ingest.terminology import Concept, Terminology

CHAINS = 8
"""So many ways up are shown."""
_ROLES = {
    "intervention": "{} -> ?",
    "outcome": "? -> {}",
    "comparator": "? -> ? comparator:{}",
    "population": "? -> ? population:{}",
}
_PLAIN = re.compile(r"[^\W_][\w' ,./()+-]*")


class ConceptError(Exception):
    """Something about concepts that cannot be answered."""


class UnknownConcept(ConceptError):
    """The terminology has no concept with this IRI or compact id."""

    def __init__(self, concept: str) -> None:
        super().__init__(f"the terminology has no concept {concept}")
        self.concept = concept


class BadCursor(ConceptError):
    """A cursor of narrower concepts that was not given for this concept."""


class Concepts:
    """What can be asked of the terminology that ``library`` is used with."""

    def __init__(self, library: Library, terminology: Terminology) -> None:
        self._library = library
        self._terminology = terminology

    def warm(self) -> None:
        """Make what suggestions need: a second or so."""
        warm(self._terminology)

    def search(self, text: str, limit: int = 10) -> ConceptsOut:
        """Concepts named ``text``, and those that it may become while it is typed."""
        exact = self._terminology.find(text)
        found = suggest(self._terminology, text, limit)
        concepts = exact or tuple(s.concept for s in found)
        return ConceptsOut(
            query=text,
            exact=bool(exact),
            concepts=tuple(concept_out(c) for c in concepts[:limit]),
            suggestions=tuple(
                SuggestionOut(
                    id=shorten(s.concept.iri),
                    iri=s.concept.iri,
                    label=s.concept.name,
                    name=s.name,
                    kind=s.concept.kind.value,
                    why=s.why,
                )
                for s in found
            ),
        )

    def concept(self, given: str, limit: int = 100, cursor: str | None = None) -> ConceptDetailOut:
        """The concept with this IRI or compact id. Raises UnknownConcept, and BadCursor."""
        concept = self._known(given)
        children = sorted(map(self._known, self._terminology.children(concept.iri)), key=_by_name)
        start = _start(cursor, [shorten(c.iri) for c in children])
        page = children[start : start + limit]
        return ConceptDetailOut(
            id=shorten(concept.iri),
            iri=concept.iri,
            name=concept.name,
            kind=concept.kind.value,
            names=tuple(dict.fromkeys((concept.name, *concept.synonyms))),
            favours=concept.favours,
            same=tuple(expand(other) for other in concept.same),
            parents=tuple(self._linked(c) for c in sorted(map(self._known, concept.parents), key=_by_name)),
            children=tuple(map(self._linked, page)),
            total=len(children),
            cursor=shorten(page[-1].iri) if start + limit < len(children) else None,
            used=self._used(concept),
        )

    def chains(self, given: str) -> list[list[LinkedOut]]:
        """For each broader concept the shortest way to it from the top, the broadest first; ``CHAINS`` at most."""
        parents = sorted(map(self._known, self._known(given).parents), key=_by_name)
        return [[self._linked(c) for c in self._chain(parent)] for parent in islice(parents, CHAINS)]

    def _chain(self, start: Concept) -> list[Concept]:
        below: dict[str, Concept | None] = {start.iri: None}
        level = [start]
        top = start
        while level:
            top = next((c for c in level if not c.parents), level[0])
            if not top.parents:
                break
            following: list[Concept] = []
            for one in level:
                for parent in map(self._known, one.parents):
                    if parent.iri not in below:
                        below[parent.iri] = one
                        following.append(parent)
            level = sorted(following, key=_by_name)
        chain: list[Concept] = []
        step: Concept | None = top
        while step is not None:
            chain.append(step)
            step = below[step.iri]
        return chain

    def _known(self, given: str) -> Concept:
        found = self._terminology.get(given)
        if found is None:
            raise UnknownConcept(given)
        return found

    def _linked(self, concept: Concept) -> LinkedOut:
        below = len(self._terminology.children(concept.iri))
        return LinkedOut(
            id=shorten(concept.iri), iri=concept.iri, name=concept.name, kind=concept.kind.value, narrower=below
        )

    def _used(self, concept: Concept) -> tuple[UsedOut, ...]:
        term = self._term(concept)
        found = []
        for role, form in _ROLES.items():
            question = form.format(term)
            try:
                claims = self._library.evidence(question, limit=1).total
            except QuestionError:  # an IRI that a question cannot hold
                continue
            found.append(UsedOut.model_validate({"role": role, "question": question, "claims": claims}))
        return tuple(found)

    def _term(self, concept: Concept) -> str:
        """What names this concept and no other in a question."""
        if [c.iri for c in self._terminology.find(concept.name)] != [concept.iri]:
            return quoted(concept.iri)
        plain = _PLAIN.fullmatch(concept.name) and "->" not in concept.name
        return concept.name if plain else quoted(concept.name)


def _by_name(concept: Concept) -> tuple[str, str]:
    return concept.name.casefold(), concept.iri


def _start(cursor: str | None, ids: Sequence[str]) -> int:
    if cursor is None:
        return 0
    if cursor not in ids:
        raise BadCursor("the cursor is not of this concept: ask again without it")
    return ids.index(cursor) + 1
