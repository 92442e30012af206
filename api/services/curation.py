"""Decisions of curators: appended, never overwritten."""

from __future__ import annotations

from api.claim_schemas import ClaimDetailOut
from api.clock import now
from api.present import claim_detail_out, decision_out
from api.schemas import DecisionIn, DecisionsOut
from graph.library import Library
from graph.model import Reason, Verdict


class Curation:
    """Records and lists decisions. Raises the errors of ``graph.errors``."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def decide(self, claim_id: str, decision: DecisionIn, expected_revision: int | None = None) -> ClaimDetailOut:
        """Record the decision and return the claim as it is now. ``expected_revision`` None accepts any revision."""
        self._library.decide(
            claim_id,
            Verdict(decision.verdict),
            changes=[(c.field, c.value) for c in decision.changes],
            reason=None if decision.reason is None else Reason(decision.reason),
            note=decision.note,
            author=decision.author.strip(),
            expected_revision=expected_revision,
            made_at=now(),
        )
        return claim_detail_out(*self._library.claim(claim_id))

    def history(self, claim_id: str) -> DecisionsOut:
        """Every decision on the claim, the first one first."""
        return DecisionsOut(decisions=tuple(decision_out(d) for d in self._library.history(claim_id)))

    def orphans(self) -> DecisionsOut:
        """Decisions whose claim is gone: to be confirmed, never moved to a look-alike."""
        return DecisionsOut(decisions=tuple(decision_out(d) for d in self._library.orphans()))
