"""What the terms of a question name: concepts of the terminology, else words. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from graph.mapping_parts import search_key
from graph.question import quoted
from graph.vocab import node
from ingest.terminology import Concept, Terminology, key_of


@dataclass(frozen=True, slots=True)
class Resolved:
    """One term as understood.

    ``targets`` are concept IRIs (with everything narrower); empty: the words decide. ``keys`` are the look-up keys of
    the term and of its concepts' names. ``said`` tells it to the user, ``suggestions`` are names like an unknown one.
    """

    term: str
    targets: tuple[str, ...]
    keys: tuple[str, ...]
    said: str
    suggestions: tuple[str, ...] = ()

    @property
    def needles(self) -> tuple[str, ...]:
        """The keys as they stand in ``ev:key``: whole words, with blanks around."""
        return tuple(f" {key} " for key in self.keys)


def resolve(term: str, terminology: Terminology) -> Resolved:
    """What ``term`` names. An IRI names that concept, known or not; a name may name several concepts: all count."""
    concepts = _by_iri(term, terminology) or terminology.find(term)
    if concepts:
        keys = [key_of(term), *(key_of(name) for c in concepts for name in (c.name, *c.synonyms))]
        targets = tuple(c.iri for c in concepts)
        said = f"{quoted(term)} is read as {' and as '.join(_named(c, terminology) for c in concepts)}."
        return Resolved(term, targets, tuple(k for k in dict.fromkeys(keys) if k), said)
    if "://" in term and _is_iri(term):
        return Resolved(term, (term,), (), f"The terminology has no concept {term}; claims that use it are looked up.")
    near = tuple(dict.fromkeys(c.name for c in terminology.suggest(term)))
    said = f"No concept is called {quoted(term)}: claims are found by these words, as whole words."
    if near:
        said += f" Names like it: {', '.join(near)}."
    key = search_key(term).strip()
    return Resolved(term, (), (key,) if key else (), said, near)


def _by_iri(term: str, terminology: Terminology) -> tuple[Concept, ...]:
    found = terminology.get(term)
    return () if found is None else (found,)


def _named(concept: Concept, terminology: Terminology) -> str:
    narrower = len(terminology.descendants(concept.iri)) - 1
    code = concept.iri.rstrip("/").rpartition("/")[2]
    also = f", with {narrower} narrower concept{'s' if narrower > 1 else ''}" if narrower else ""
    return f"{concept.name} ({code}{also})"


def _is_iri(term: str) -> bool:
    try:
        node(term)
    except ValueError:
        return False
    return True
