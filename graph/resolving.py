"""What the terms of a question name: concepts of the terminology, else words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.cited import is_iri
from graph.mapping_mentions import search_key
from graph.naming import MOST, in_capitals, narrower, read_as, searched
from graph.question import quoted
from graph.roles import preferred
from ingest.concept_search import Suggestion, suggest
from ingest.terminology import Concept, Terminology

SUGGESTED = 5


@dataclass(frozen=True, slots=True)
class Resolved:
    """One term as understood.

    ``targets`` are concept IRIs (with everything narrower), with the name that each was meant by; empty: the words
    decide. ``loose`` is True where the term is only nearly these names. ``words`` are the look-up keys to find in
    mentions, with the name that each is of. ``said`` tells it to the user, ``suggestions`` are names like an unknown
    one.
    """

    term: str
    said: str
    targets: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    loose: bool = False
    suggestions: tuple[str, ...] = ()

    @property
    def needles(self) -> tuple[str, ...]:
        """The keys as they stand in ``ev:key``: whole words, with blanks around."""
        return tuple(f" {key} " for key in self.words)


def resolve(term: str, role: str, terminology: Terminology) -> Resolved:
    """What ``term`` names in a slot. An IRI names that concept, known or not; a name may name several: all count."""
    by_iri = terminology.get(term)
    if by_iri is not None:
        said = f"{quoted(term)} is read as {_named(by_iri, terminology)}."
        return Resolved(term, said, {by_iri.iri: by_iri.name}, searched("", [by_iri], terminology))
    names, loose = read_as(term, terminology)
    if names:
        return _concepts(term, role, names, loose, terminology)
    if "://" in term and is_iri(term):
        said = f"The terminology has no concept {term}; claims that use it are looked up."
        return Resolved(term, said, {term: term})
    return _words(term, terminology)


def _concepts(term: str, role: str, names: Mapping[str, str], loose: bool, terminology: Terminology) -> Resolved:
    every = [concept for iri in names if (concept := terminology.get(iri)) is not None]
    fitting, unfit = preferred(role, every)
    concepts = [c for c in fitting if not in_capitals(names[c.iri])] if not in_capitals(term) else []
    concepts = concepts or list(fitting)
    targets = {concept.iri: names[concept.iri] for concept in concepts}
    said = f"{quoted(term)} is read as {' and as '.join(_named(c, terminology) for c in concepts)}"
    if loose:
        said += f", as a loose spelling of {_listed(targets.values())}"
    said += "."
    if unfit:
        said += f" Left out, being no {role}: {', '.join(f'{c.name} ({c.kind.value})' for c in unfit)}."
    if capitals := [c for c in fitting if c.iri not in targets]:
        said += f" Left out, being written otherwise: {', '.join(f'{c.name} ({names[c.iri]})' for c in capitals)}."
    return Resolved(term, said, targets, searched(term, concepts, terminology), loose)


def _words(term: str, terminology: Terminology) -> Resolved:
    near = suggest(terminology, term, limit=SUGGESTED)
    said = f"No concept is called {quoted(term)}: claims are found by these words, as whole words."
    if near:
        said += f" Names like it: {', '.join(map(_like, near))}."
    key = search_key(term).strip()
    suggestions = tuple(dict.fromkeys(s.concept.name for s in near))
    return Resolved(term, said, {}, {key: term} if key else {}, suggestions=suggestions)


def _like(found: Suggestion) -> str:
    other = "" if found.name == found.concept.name else f", {quoted(found.name)}"
    return f"{found.concept.name} ({found.why}{other})"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(quoted(name) for name in dict.fromkeys(names))


def _named(concept: Concept, terminology: Terminology) -> str:
    below = narrower(terminology, concept.iri)
    code = concept.iri.rstrip("/").rpartition("/")[2]
    number = f"more than {MOST:,}" if below > MOST else f"{below:,}"
    also = f", with {number} narrower concept{'s' if below > 1 else ''}" if below else ""
    return f"{concept.name} ({code}{also})"
