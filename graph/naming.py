"""Names as a question uses them: which concepts they mean, which are safe to look for, how much is below. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.term_table import Source
from ingest.terminology import Concept, Naming, Terminology, key_of

SHORTEST = 4
"""Letters and digits that a name has at least to be looked for in words of claims, unless it was typed."""
MOST = 5_000
"""So many narrower concepts are counted, and no more."""


def read_as(term: str, terminology: Terminology) -> tuple[dict[str, str], bool]:
    """The concepts that ``term`` names, by IRI, with the name that was meant; True where it is only nearly a name.

    The most telling come first. A name in another word order, or with another word for a tumour, is nearly a name; a
    short form is not taken so.
    """
    key = key_of(term)
    names = {n.iri: n.name for n in reversed(_ordered(terminology.namings(key)))}
    exact = {concept.iri: names[concept.iri] for concept in terminology.find(term)}
    if exact or not key:
        return exact, False
    near = _ordered([n for _, n in terminology.loosely(key) if n.source < Source.SHORT])
    found: dict[str, str] = {}
    for naming in near:
        found.setdefault(naming.iri, naming.name)
    return found, bool(found)


def searched(term: str, concepts: Sequence[Concept], terminology: Terminology) -> dict[str, str]:
    """Look-up keys to find in the words of claims, with the name that each is of: the term, and what is safe of names.

    Safe is what is long enough, and more than a short form that a vocabulary gives: "MM" is a length as well.
    """
    found = {key_of(term): term}
    for concept in concepts:
        for name in (concept.name, *concept.synonyms):
            key = key_of(name)
            if key not in found and sum(map(str.isalnum, key)) >= SHORTEST and _is_full(concept.iri, key, terminology):
                found[key] = name
    return {key: name for key, name in found.items() if key}


def in_capitals(name: str) -> bool:
    """True for a short form: two capitals or more. "men" does not ask for "MEN", multiple endocrine neoplasia.

    >>> in_capitals("MEN"), in_capitals("chILD"), in_capitals("Men")
    (True, True, False)
    """
    return sum(map(str.isupper, name)) > 1


def narrower(terminology: Terminology, iri: str) -> int:
    """How many concepts are below this one; where they are very many, one more than ``MOST``."""
    return terminology.below(iri, MOST)


def _ordered(namings: Sequence[Naming]) -> list[Naming]:
    """The most telling first, as ``Terminology.find`` orders them."""
    return sorted(namings, key=lambda n: (n.source, not n.preferred, n.iri))


def _is_full(iri: str, key: str, terminology: Terminology) -> bool:
    return any(n.iri == iri and n.source < Source.SHORT for n in terminology.namings(key))
