"""What one article has in common with others, as short keys: articles without a common key never influence each other.

The rules of ``study_links`` and ``standing`` connect articles by ids, sources, listed publications, notices, registry
numbers and names only; equal numbers are a matter of pairs, see ``figures``. Two different things may come to have one
key: that only makes a block larger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from graph.cited import primary_iri
from graph.linking.facts import ArticleFacts
from graph.registries import Number
from graph.study_figures import Figure, Known, Told
from graph.study_grounds import BY_NAME, BY_REGISTRATION
from graph.study_library import Library
from graph.study_links import comparable


def code(key: str) -> int:
    """64 bits of ``key``, with a sign as SQLite has it."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def numbers_of(facts: ArticleFacts) -> frozenset[Number]:
    """The registry numbers that the article gives."""
    return Library.of([facts.head], facts.reports, {}).numbers(facts.head.id)


@dataclass(frozen=True)
class Own:
    """What follows from an article's facts, given the numbers by which studies go."""

    facts: ArticleFacts
    alias: Mapping[Number, Number]

    @cached_property
    def _library(self) -> Library:
        return Library.of([self.facts.head], self.facts.reports, self.alias)

    @cached_property
    def known(self) -> Known | None:
        """What keeps it apart from articles that print its numbers; None where numbers link it with none."""
        return comparable(self._library, self.facts.head.id)

    @property
    def traits(self) -> Known:
        """Its sizes and study names."""
        return Known(self._library.sizes(self.facts.head.id), self._library.names(self.facts.head.id))

    @property
    def told(self) -> Told:
        """What its results tell."""
        return self.facts.told or Told()

    @property
    def keys(self) -> frozenset[int]:
        """What puts it into one block with others."""
        head, library = self.facts.head, self._library
        names = {head.id, *head.ids.values()}
        keys = {code(name) for name in names}
        keys |= {code(iri) for iri in (head.primary, *(n.about for n in self.facts.notices if n.of_other)) if iri}
        keys |= {code(BY_REGISTRATION + number.text) for number in library.bears(head.id)}
        keys |= {_listing(primary_iri(publication) or "") for publication in head.publications}
        if not library.pools(head.id):
            keys |= {_listing(name) for name in names}
            if len(called := library.names(head.id)) == 1:
                keys.add(code(BY_NAME + next(iter(called)).replace(" ", "-")))
        return frozenset(keys)

    @property
    def figures(self) -> frozenset[bytes]:
        """Its ratios and differences, 16 bytes each; none where numbers link it with no other article."""
        if self.known is None:
            return frozenset()
        return frozenset(printed(f) for f in self.told.figures if f.low < f.high)


def printed(figure: Figure) -> bytes:
    """A ratio or difference with its outcome, in 16 bytes, whatever the drug and the article."""
    numbers = [each + 0.0 for each in (figure.value, figure.low, figure.high)]
    text = repr((figure.measure, numbers, figure.outcome))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _listing(iri: str) -> int:
    """A publication as registry records list it: those of several studies are never linked by that."""
    return code(f"listed {iri}")
