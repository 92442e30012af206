"""Concepts for the slots of claims whose words the names of the terminology did not settle while reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ingest.claim import Claim
from ingest.claim import Mention as Slot
from ingest.link_candidates import How
from ingest.linking import Link, Linker, Mention
from ingest.term_keys import loose_of
from ingest.terminology import ConceptKind

SURE = 0.6
"""A slot of a claim gets the concept of a link of at least this score, found by a name: it is read as the article's own
word, so what is only spelt alike, means alike or names a part is left."""
_SAYS_NOTHING = frozenset(
    ["agent", "drug", "medication", "medicine", "intervention", "patient", "disease", "condition", "outcome", "event"]
)
"""Keys of words that have a concept and name no drug, disease or outcome in particular."""
_FITTING = {
    "intervention": (ConceptKind.DRUG, ConceptKind.PROCEDURE),
    "comparator": (ConceptKind.DRUG, ConceptKind.PROCEDURE),
    "outcome": (ConceptKind.OUTCOME, ConceptKind.DISEASE),
    "population": (ConceptKind.DISEASE, ConceptKind.POPULATION),
}


def with_concepts(
    claims: Iterable[Claim], linker: Linker, short_forms: Mapping[str, str], text: str
) -> tuple[Claim, ...]:
    """``claims`` with a concept in each slot that had none, where a link is sure and of a kind that fits the slot.

    Identities stay: concepts are no part of them. A slot that has a concept keeps it.
    """
    listed = list(claims)
    open_slots = {
        (role, slot.label or slot.text)
        for claim in listed
        for role in _FITTING
        if (slot := _slot(claim, role)) is not None and slot.concept is None
    }
    asked = sorted(open_slots)
    links = linker.link([Mention(words) for _, words in asked], short_forms, text, by_name=True)
    known = {ask: link for ask, link in zip(asked, links, strict=True) if _fits(link, ask[0], linker)}
    return tuple(_filled(claim, known) for claim in listed)


def _slot(claim: Claim, role: str) -> Slot | None:
    slot: Slot | None = getattr(claim, role)
    return slot


def _fits(link: Link, role: str, linker: Linker) -> bool:
    found = [linker.terminology.get(iri) for iri in link.concepts]
    best = link.weighed[0].candidate if link.weighed else None
    if not link.concepts or best is None or best.how > How.USAGE or loose_of(best.key) in _SAYS_NOTHING:
        return False
    return (link.score or 0.0) >= SURE and all(c is not None and c.kind in _FITTING[role] for c in found)


def _filled(claim: Claim, known: Mapping[tuple[str, str], Link]) -> Claim:
    changed: dict[str, Slot] = {}
    for role in _FITTING:
        slot = _slot(claim, role)
        link = known.get((role, slot.label or slot.text)) if slot is not None and slot.concept is None else None
        if slot is not None and link is not None:
            concepts = tuple(dict.fromkeys((*link.concepts, *link.modifiers)))
            changed[role] = replace(slot, concept=link.concepts[0], concepts=concepts)
    return replace(claim, **changed) if changed else claim  # type: ignore[arg-type]
