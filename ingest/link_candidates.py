"""Which concepts a mention may mean, and by which of its forms each was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from ingest.curies import PREFIXES
from ingest.link_forms import keys_of, shorter
from ingest.term_keys import key_of, loose_of
from ingest.term_table import Source
from ingest.terminology import Naming, Terminology

Near = Callable[[Sequence[str], int], list[dict[str, tuple[str, float]]]]
NEAREST = 10
SHORTEST = 4
"""A shorter key is like too many names."""
STEPS = 4
PARTS = 2
"""So many of the longest parts of a mention that name something are looked at."""


class How(IntEnum):
    """How a name was found, the surest first."""

    EXACT = 0
    LOOSE = 1
    USAGE = 2
    """By the usage of annotated corpora."""
    BROADER = 3
    """What MeSH has above a concept that only another vocabulary has."""
    PART = 4
    ALIKE = 5
    MEANING = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that a mention may mean: by which key of the mention, under which name, and how like they are.

    ``likeness`` is 1 for the same key, the cosine for one spelt alike, the share of the words for a part. ``rivals``
    is how many concepts the name was found for in the same way. ``long`` is True where an abbreviation was written out.
    ``meaning`` is how like the meanings are (cosine), -1 where that was not looked at.
    """

    iri: str
    how: How
    key: str
    name: str
    source: Source
    preferred: bool
    likeness: float
    rivals: int
    long: bool
    meaning: float = -1.0


Usage = Mapping[str, Mapping[str, int]]
"""By look-up key how often annotators gave a mention of that key each concept (IRI)."""


def candidates(
    text: str,
    long: str | None,
    terminology: Terminology,
    usage: Usage,
    near: Near | None = None,
    meaning: Near | None = None,
    *,
    parts: bool = True,
) -> tuple[Candidate, ...]:
    """Concepts that ``text`` may mean, none twice, the surest first; ``long`` is its full form where it has one.

    Where nothing of MeSH or our own list is found for the whole mention, parts of it are looked up, names spelt alike
    (``near``) and names that mean much the same (``meaning``); None, and ``parts`` False, leave these out.
    """
    found: dict[str, Candidate] = {}
    forms = [(k, True) for k in keys_of(long)] if long else []
    forms += [(k, False) for k in keys_of(text)]
    capitals = text != text.lower()  # "men" and "the" are no short forms, though vocabularies have MEN and THE
    for key, written_out in forms:
        namings = [n for n in terminology.namings(key) if n.source is not Source.SHORT or written_out or capitals]
        _take(found, ((n, How.EXACT, key, 1.0) for n in namings), len({n.iri for n in namings}), written_out)
        loose = [n for other, n in terminology.loosely(key) if other != key]
        _take(found, ((n, How.LOOSE, key, 1.0) for n in loose), len({n.iri for n in loose}), written_out)
        used = usage.get(key, {})
        for iri in sorted(used):
            concept = terminology.get(iri)
            if concept is not None and iri not in found:
                found[iri] = Candidate(
                    iri, How.USAGE, key, concept.name, Source.CORPUS, False, 1.0, len(used), written_out
                )
        if written_out and found:
            break
    _broader(found, terminology)
    if forms and not any(c.source < Source.SHORT and c.how < How.BROADER and preferred(c.iri) for c in found.values()):
        key, written_out = forms[0]
        if parts:
            _parts(found, key, written_out, terminology)
        if near is not None and len(key) >= SHORTEST:
            _nearest(found, key, written_out, terminology, near([key], NEAREST)[0], How.ALIKE)
        if meaning is not None and len(key) >= SHORTEST:
            hits = meaning([key], NEAREST)[0]
            _nearest(found, key, written_out, terminology, hits, How.MEANING)
            found |= {iri: replace(c, meaning=hits[iri][1]) for iri, c in found.items() if iri in hits}
    return tuple(sorted(found.values(), key=lambda c: (c.how, c.source, -c.likeness, not c.preferred, c.iri)))


def preferred(iri: str) -> bool:
    """True for MeSH and for our own list, whose concepts are taken before those of other vocabularies."""
    return iri.startswith((PREFIXES["mesh"], PREFIXES["own"]))


def _broader(found: dict[str, Candidate], terminology: Terminology) -> None:
    """The nearest concepts of MeSH above each concept that MeSH does not have."""
    for child in [c for c in found.values() if not preferred(c.iri)]:
        level, seen = [child.iri], {child.iri}
        for step in range(1, STEPS + 1):
            above = [p for iri in level if (c := terminology.get(iri)) for p in c.parents if p not in seen]
            seen.update(above)
            level = list(dict.fromkeys(above))
            nearest = [iri for iri in level if preferred(iri)]
            for iri in nearest:
                if iri not in found:
                    found[iri] = replace(
                        child, iri=iri, how=How.BROADER, likeness=1.0 / (1 + step), rivals=len(nearest)
                    )
            if nearest:
                break


def _take(found: dict[str, Candidate], hits: Iterable[tuple[Naming, How, str, float]], rivals: int, long: bool) -> None:
    for n, how, key, likeness in sorted(hits, key=lambda h: (h[0].source, not h[0].preferred, h[0].iri)):
        if n.iri not in found:
            found[n.iri] = Candidate(n.iri, how, key, n.name, n.source, n.preferred, likeness, rivals, long)


def _parts(found: dict[str, Candidate], key: str, long: bool, terminology: Terminology) -> None:
    words, left = len(loose_of(key).split(" ")), PARTS
    for part in shorter(key):
        namings = terminology.namings(part) or [n for _, n in terminology.loosely(part)]
        if not namings:
            continue
        share = len(part.split(" ")) / max(words, 1)
        _take(found, ((n, How.PART, part, share) for n in namings), len({n.iri for n in namings}), long)
        left -= 1
        if not left:
            break


def _nearest(
    found: dict[str, Candidate],
    key: str,
    long: bool,
    terminology: Terminology,
    hits: Mapping[str, tuple[str, float]],
    how: How,
) -> None:
    for iri in sorted(hits):
        name, likeness = hits[iri]
        if iri in found and (found[iri].how < How.PART or found[iri].likeness >= likeness or how is How.MEANING):
            continue
        naming = next((n for n in terminology.namings(key_of(name)) if n.iri == iri), None)
        if how is How.ALIKE and " " not in key and f" {key} " in f" {name} " and name != key:
            continue  # "antibiotics" is not "Antibiotics, Penicillin"
        if naming is not None:
            found[iri] = Candidate(
                iri, how, key, naming.name, naming.source, naming.preferred, likeness, len(hits), long
            )
