"""Concepts for the slots of claims that come from the structure of a registry record: no sentence names them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.article import Span
from ingest.claim import Claim, Mention
from ingest.link_claims import with_concepts
from ingest.linking import Linker
from ingest.names import Found, Names
from ingest.nlp import parse
from ingest.terminology import Concept, ConceptKind

_ROLES = ("intervention", "comparator", "outcome")
_GIVEN = (ConceptKind.DRUG, ConceptKind.PROCEDURE)
_Choice = Callable[[str, Sequence[Found]], list[Concept]]
MOST = 0.5
"""A disease is the outcome where its name makes up this share of the outcome's words; else it is who took part."""


def linked(claims: Sequence[Claim], names: Names, linker: Linker) -> tuple[Claim, ...]:
    """``claims`` with concepts: every drug and procedure of an arm's name, the outcome that a title names.

    A row's own heading goes before the title of its table. Identities stay.
    """
    slots = [slot for claim in claims for role in _ROLES if (slot := getattr(claim, role)) is not None]
    wanted = list(dict.fromkeys(words for slot in slots for words in _words(slot)))
    found = dict(zip(wanted, _found(wanted, names), strict=True))
    named = [_with_names(claim, found) for claim in claims]
    return with_concepts(named, linker, {}, "")


def _with_names(claim: Claim, found: dict[str, list[Found]]) -> Claim:
    given = (_named(claim.intervention, found, _given), _named(claim.comparator, found, _given))
    outcome = _named(claim.outcome, found, _outcome)
    return replace(claim, intervention=given[0], comparator=given[1], outcome=outcome or claim.outcome)


def _words(slot: Mention) -> list[str]:
    """The words of a slot, then those that it stands for."""
    return [slot.text] if slot.label is None else [slot.text, slot.label]


def _found(lines: Sequence[str], names: Names) -> list[list[Found]]:
    """The names in each of ``lines``, with places in that line."""
    view, spans, start = "\n".join(lines), list[Span](), 0
    for line in lines:
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    if not view:
        return []
    everything = names.find(view, parse(view, spans).tokens, {})
    out: list[list[Found]] = [[] for _ in lines]
    number = 0
    for hit in everything:
        while hit.span.start >= spans[number].end:
            number += 1
        if spans[number].contains(hit.span):
            out[number].append(hit)
    return out


def _named(slot: Mention | None, found: dict[str, list[Found]], kind: _Choice) -> Mention | None:
    if slot is None:
        return None
    for words in _words(slot):
        if concepts := kind(words, found[words]):
            iris = tuple(dict.fromkeys(c.iri for c in concepts))
            return replace(slot, concept=iris[0], concepts=iris)
    return slot


def _given(_: str, hits: Sequence[Found]) -> list[Concept]:
    return [hit.concepts[0] for hit in hits if hit.concepts and hit.kind in _GIVEN]


def _outcome(words: str, hits: Sequence[Found]) -> list[Concept]:
    for hit in hits:
        outcomes = [c for c in hit.concepts if c.kind is ConceptKind.OUTCOME]
        if outcomes:
            return outcomes[:1]
    diseases = [h for h in hits if h.concepts and h.kind is ConceptKind.DISEASE and len(h.span) >= MOST * len(words)]
    return list(diseases[0].concepts[:1]) if diseases else []
