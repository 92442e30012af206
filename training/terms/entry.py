"""What a concept is while the terminology is put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.term_keys import loose_of
from ingest.term_table import Source
from ingest.terminology import ConceptKind, key_of

LONGEST = 80
"""Names of more characters are the notation of chemists; nobody writes them in an abstract."""
_SHORT = re.compile(r"[A-Z0-9][A-Za-z0-9/-]{0,4}|(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z0-9/-]{2,6}")


@dataclass(slots=True)
class Entry:
    """A concept with names by origin; ``parents`` are IRIs, ``same`` compact ids of other vocabularies.

    ``spot`` is True where its names may be looked for in running text without the word of a language model.
    """

    iri: str
    name: str
    kind: ConceptKind
    names: list[tuple[str, Source]] = field(default_factory=list)
    parents: set[str] = field(default_factory=set)
    same: set[str] = field(default_factory=set)
    favours: str | None = None
    spot: bool = False
    own: bool = False
    """Whether it is on our own list."""


class Entries:
    """Concepts by IRI, and which of them owns a name."""

    def __init__(self) -> None:
        self.by_iri: dict[str, Entry] = {}
        self._owner: dict[str, list[str]] = {}
        self._loose_owner: dict[str, set[str]] = {}

    def add(self, entry: Entry) -> None:
        """A new concept; its names are its own from now on."""
        self.by_iri[entry.iri] = entry
        for name in (entry.name, *(n for n, _ in entry.names)):
            self._own(name, entry.iri)

    def name(self, iri: str, name: str, source: Source) -> None:
        """A further name of a concept, unless another concept of the same kind has it already."""
        key = key_of(name)
        owners = self._owner.get(key, [])
        kind = self.by_iri[iri].kind
        if not key or len(name) > LONGEST or any(o != iri and self.by_iri[o].kind is kind for o in owners):
            return
        if source > Source.MESH and _SHORT.fullmatch(name):
            source = Source.SHORT
        self.by_iri[iri].names.append((name, source))
        self._own(name, iri)

    def called(self, name: str, kinds: Iterable[ConceptKind]) -> str | None:
        """The IRI of the one concept of these kinds with this name; None for none or several.

        Of several, the one descriptor that has it for its preferred name.
        """
        wanted, key = set(kinds), key_of(name)
        found = [i for i in self._owner.get(key, ()) if self.by_iri[i].kind in wanted]
        if len(found) > 1:
            found = [i for i in found if "/mesh/D" in i and key_of(self.by_iri[i].name) == key]
        if len(found) > 1:
            found = [i for i in found if self.by_iri[i].name.casefold() == name.casefold()]
        return found[0] if len(found) == 1 else None

    def loosely_called(self, name: str, kinds: Iterable[ConceptKind]) -> str | None:
        """The same, where word order, small words and a silent last letter may differ."""
        wanted = set(kinds)
        found = {i for i in self._loose_owner.get(loose_of(key_of(name)), ()) if self.by_iri[i].kind in wanted}
        return next(iter(found)) if len(found) == 1 else None

    def _own(self, name: str, iri: str) -> None:
        owners = self._owner.setdefault(key_of(name), [])
        if iri not in owners:
            owners.append(iri)
            self._loose_owner.setdefault(loose_of(key_of(name)), set()).add(iri)

    def __iter__(self) -> Iterator[Entry]:
        return (self.by_iri[iri] for iri in sorted(self.by_iri))

    def __contains__(self, iri: str) -> bool:
        return iri in self.by_iri
