"""What one article has in common with others, as short keys: articles without a common key never influence each other.

The rules of ``study_links`` and ``standing`` connect articles by ids, sources, listed publications, notices, registry
numbers and names only (for names see ``names``); equal numbers are a matter of pairs, see ``figures``. Two different
things may come to have one key: that only makes a block larger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from graph.cited import primary_iri
from graph.linking.facts import ArticleFacts
from graph.registries import Number
from graph.study_figures import Figure, Known
from graph.study_grounds import BY_NAME, BY_REGISTRATION, ArticleHead, StudyReport
from graph.study_library import Library
from graph.study_links import comparable


def code(key: str) -> int:
    """64 bits of ``key``, with a sign as SQLite has it."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


@dataclass(frozen=True)
class Own:
    """An article's facts and what follows from them; ``alias`` is always the numbers by which studies go."""

    facts: ArticleFacts

    @property
    def id(self) -> str:
        """The article."""
        return self.facts.head.id

    def _library(self, alias: Mapping[Number, Number]) -> Library:
        return Library(*self._alone, alias, [self.id])

    @cached_property
    def _alone(self) -> tuple[Mapping[str, ArticleHead], Mapping[str, Sequence[StudyReport]]]:
        made = Library.of([self.facts.head], self.facts.reports, {})
        return made.heads, made.reports

    @cached_property
    def numbers(self) -> frozenset[Number]:
        """The registry numbers that the article gives."""
        return self._library({}).numbers(self.id)

    @cached_property
    def traits(self) -> Known:
        """Its sizes and study names."""
        library = self._library({})
        return Known(library.sizes(self.id), library.names(self.id))

    @cached_property
    def prints(self) -> Mapping[bytes, Sequence[Figure]]:
        """Its ratios and differences, by what they are, see ``printed``."""
        found: dict[bytes, list[Figure]] = {}
        for figure in sorted(self.facts.told.figures) if self.facts.told is not None else ():
            if figure.low < figure.high:
                found.setdefault(printed(figure), []).append(figure)
        return found

    def figures(self, alias: Mapping[Number, Number]) -> frozenset[bytes]:
        """Its ratios and differences; none where numbers link it with no other article."""
        return frozenset() if comparable(self._library(alias), self.id) is None else frozenset(self.prints)

    def keys(self, alias: Mapping[Number, Number]) -> frozenset[int]:
        """What puts it into one block with others."""
        head, library = self.facts.head, self._library(alias)
        names = {head.id, *head.ids.values()}
        keys = {code(name) for name in names}
        keys |= {code(iri) for iri in (head.primary, *(n.about for n in self.facts.notices if n.of_other)) if iri}
        keys |= {code(BY_REGISTRATION + number.text) for number in library.bears(head.id)}
        keys |= {_listing(primary_iri(publication) or "") for publication in head.publications}
        if not library.pools(head.id):
            keys |= {_listing(name) for name in names}
        return frozenset(keys)

    def name(self, alias: Mapping[Number, Number]) -> str | None:
        """The one name of its study, as a key; None where it has none or several, or is of several studies."""
        called = self.traits.names
        return next(iter(called)) if len(called) == 1 and not self._library(alias).pools(self.id) else None

    @property
    def drugs(self) -> frozenset[str]:
        """The drugs that its results are of."""
        return frozenset() if self.facts.told is None else self.facts.told.drugs


def name_key(name: str) -> int:
    """The key of the articles that a name joins."""
    return code(BY_NAME + name.replace(" ", "-"))


def name_and_drug_key(name: str, drug: str) -> int:
    """The key of the articles that a name joins where they have the drug in common."""
    return code(f"name and drug {name} {drug}")


def printed(figure: Figure) -> bytes:
    """A ratio or difference with its outcome, in 16 bytes, whatever the drug and the article."""
    numbers = [each + 0.0 for each in (figure.value, figure.low, figure.high)]
    text = repr((figure.measure, numbers, figure.outcome))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _listing(iri: str) -> int:
    """A publication as registry records list it: those of several studies are never linked by that."""
    return code(f"listed {iri}")
