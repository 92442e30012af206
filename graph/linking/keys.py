"""What one article has in common with others, as short keys: articles without a common key never influence each other.

The rules of ``study_links`` and ``standing`` connect articles by ids, sources, listed publications, notices, registry
numbers and names only (for names see ``names``); equal numbers are a matter of pairs, see ``figures``. Two different
things may come to have one key: that only makes a block larger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b

from graph.cited import primary_iri
from graph.linking.facts import ArticleFacts
from graph.registries import Number
from graph.study_figures import FEWEST, Figure, Known
from graph.study_grounds import BY_NAME, BY_REGISTRATION
from graph.study_library import Library


def code(key: str) -> int:
    """64 bits of ``key``, with a sign as SQLite has it."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


@dataclass(frozen=True)
class Own:
    """An article's facts, and what follows from them alone."""

    facts: ArticleFacts

    @property
    def id(self) -> str:
        """The article."""
        return self.facts.head.id

    @cached_property
    def _library(self) -> Library:
        return Library.of([self.facts.head], self.facts.reports, {})

    @cached_property
    def numbers(self) -> frozenset[Number]:
        """The registry numbers that the article gives."""
        return self._library.numbers(self.id)

    @cached_property
    def traits(self) -> Known:
        """Its sizes and study names."""
        return Known(self._library.sizes(self.id), self._library.names(self.id))

    @cached_property
    def prints(self) -> Mapping[bytes, Sequence[Figure]]:
        """Its ratios and differences, by what they are, see ``printed``."""
        found: dict[bytes, list[Figure]] = {}
        for figure in sorted(self.facts.told.figures) if self.facts.told is not None else ():
            if figure.low < figure.high:
                found.setdefault(printed(figure), []).append(figure)
        return found

    @property
    def sizes(self) -> str:
        """The numbers of participants that are a ground for linking, with blanks between."""
        return " ".join(str(size) for size in sorted(self.traits.sizes) if size >= FEWEST)

    @property
    def drugs(self) -> frozenset[str]:
        """The drugs that its results are of."""
        return frozenset() if self.facts.told is None else self.facts.told.drugs

    def placed(self, alias: Mapping[Number, Number]) -> Placed:
        """The article in a library in which studies go by the numbers of ``alias``."""
        library = replace(self._library, alias=alias)
        return Placed(self, library, library.pools(self.id))


@dataclass(frozen=True)
class Placed:
    """What an article has in common with others; ``pools`` is True for one of several studies."""

    own: Own
    library: Library
    pools: bool

    @property
    def figures(self) -> frozenset[bytes]:
        """Its ratios and differences; none where numbers link it with no other article."""
        return frozenset() if self.pools or self.library.is_part(self.own.id) else frozenset(self.own.prints)

    @property
    def name(self) -> str | None:
        """The one name of its study, as a key; None where it has none or several, or is of several studies."""
        called = self.own.traits.names
        return next(iter(called)) if len(called) == 1 and not self.pools else None

    @property
    def keys(self) -> frozenset[int]:
        """What puts it into one block with others, but for its name."""
        head = self.own.facts.head
        names = {head.id, *head.ids.values()}
        keys = {code(name) for name in names}
        keys |= {code(iri) for iri in (head.primary, *(n.about for n in self.own.facts.notices if n.of_other)) if iri}
        keys |= {code(BY_REGISTRATION + number.text) for number in self.library.bears(head.id)}
        keys |= {_listing(primary_iri(publication) or "") for publication in head.publications}
        if not self.pools:
            keys |= {_listing(name) for name in names}
        return frozenset(keys)


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
