"""Decisions meet a new reading of their article: by claim id, else by content, else they wait as orphans. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.decisions import effective
from graph.model import Decision
from graph.verify import stands_once
from ingest.claim import Claim


def target_of(decision: Decision, claims: Sequence[Claim], text: str) -> Claim | None:
    """The claim that ``decision`` belongs to; None when there is none, or more than one that it might be.

    By content only where one claim has it and the claim's quote stands in ``text`` exactly once.
    """
    for claim in claims:
        if claim.id == decision.claim:
            return claim
    alike = [claim for claim in claims if claim.content_key == decision.content_key]
    if len(alike) == 1 and stands_once(alike[0].quote.exact, text):
        return alike[0]
    return None


def reattach(claims: Sequence[Claim], decisions: Sequence[Decision], text: str) -> tuple[list[Claim], list[Decision]]:
    """The claims with all their decisions applied, and the decisions that found no claim, marked as orphans."""
    fitting: dict[str, list[Decision]] = {}
    orphans = []
    for decision in decisions:
        target = target_of(decision, claims, text)
        if target is None:
            orphans.append(decision)
        else:
            fitting.setdefault(target.id, []).append(decision)
    states = []
    for claim in claims:
        state, misfits = effective(claim, fitting.get(claim.id, []), text)
        states.append(state)
        orphans += misfits
    order = {decision.id: place for place, decision in enumerate(decisions)}
    return states, [replace(d, orphan=True) for d in sorted(orphans, key=lambda d: order[d.id])]
