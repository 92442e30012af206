"""Concepts for what someone types: names, short forms, beginnings, words, spelling mistakes; the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from ingest.concept_hits import Hit, Tier, Typed, alike, beginning, holding, initials, misspelt
from ingest.concept_index import index_of
from ingest.term_table import Source
from ingest.terminology import Concept, Naming, Terminology

LONGEST = 300
"""Nothing longer is looked for."""
FEW = 3
"""Where fewer concepts are found as typed, mistakes in typing are allowed for."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A concept, which of its names was found, as its vocabulary writes it, and ``why`` in words for people."""

    concept: Concept
    name: str
    why: str


def suggest(terminology: Terminology, text: str, limit: int = 5) -> list[Suggestion]:
    """The concepts that ``text``, perhaps not typed to its end, most likely means: ``limit`` at most, each once."""
    typed = Typed.of(text) if len(text) <= LONGEST else None
    if typed is None or limit < 1:
        return []
    found, many = Found(terminology), 2 * limit
    indexes = [index_of(table) for table in terminology.tables]
    exact = list(_exact(terminology, typed))
    if found.take(exact) >= limit:
        return found.first(limit)
    named = any(hit.tier < Tier.REORDERED for hit in exact)
    hits = [hit for i in indexes for look in (beginning, holding) for hit in look(i, typed, many)]
    if found.take(hits) < FEW and not named:
        found.take(hit for i in indexes for hit in initials(i, typed, many))
        found.take(hit for i in indexes for hit in misspelt(i, typed, many, min((h.order for h in hits), default=None)))
    if not found.made:
        found.take(hit for i in indexes for hit in alike(i, typed, many))
    return found.first(limit)


def warm(terminology: Terminology) -> None:
    """Make what suggestions need, so that the first one need not wait."""
    for text in ("zzzz qqqq", "qzzq"):  # no name is like these, so everything is tried
        suggest(terminology, text)


class Found:
    """Suggestions by IRI, in the order in which they were found."""

    def __init__(self, terminology: Terminology) -> None:
        self._terminology = terminology
        self.made: dict[str, Suggestion] = {}

    def take(self, hits: Iterable[Hit]) -> int:
        """Add what is new, the best first; how many there are now."""
        for hit in sorted(hits):
            concept = None if hit.iri in self.made else self._terminology.get(hit.iri)
            if concept is not None:
                self.made[hit.iri] = Suggestion(concept, hit.name, hit.why)
        return len(self.made)

    def first(self, number: int) -> list[Suggestion]:
        """So many of them at most."""
        return list(islice(self.made.values(), number))


def _exact(terminology: Terminology, typed: Typed) -> Iterator[Hit]:
    named = terminology.get(typed.text)
    if named is not None:
        yield Hit(Tier.SAME, 0.0, named.iri, named.name, "this concept")
    for naming in terminology.namings(typed.key):
        tier = Tier.SHORT if naming.source is Source.SHORT else Tier.SAME
        yield Hit(tier, _order(naming), naming.iri, naming.name, _why(naming, terminology))
    for other, naming in terminology.loosely(typed.key):
        same = sorted(other.split(" ")) == sorted(typed.key.split(" "))
        why = "same words in another order" if same else "nearly the same words"
        yield Hit(Tier.REORDERED, _order(naming) - 0.5 * same, naming.iri, naming.name, why)


def _order(naming: Naming) -> float:
    """As ``Terminology.find`` orders concepts of one name."""
    return 2.0 * naming.source + (not naming.preferred)


def _why(naming: Naming, terminology: Terminology) -> str:
    concept = terminology.get(naming.iri)
    short = len(naming.name) <= 8 and " " not in naming.name and sum(c.isupper() for c in naming.name) >= 2
    if concept is None or naming.preferred or not (short or naming.source is Source.SHORT):
        return "same name"
    return f"short form of {concept.name}"
