"""The one call that a curator's write makes: what will stand conforms to the model and to the shapes."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad

from graph.errors import BadCorrection
from graph.ontology.claim_model import claim_faults
from graph.ontology.conformity import claim_conforms
from graph.vocab import VOCABULARY
from ingest.claim import Claim


def check_decided(claim: Claim, decision: Iterable[Quad]) -> None:
    """Nothing, where ``claim``, after the decision with these quads, may be stored. Raises BadCorrection elsewhere."""
    if faults := claim_faults(claim):
        raise BadCorrection(*faults[0])
    if findings := claim_conforms(claim, decision):
        first = findings[0]
        place = (first.path or first.node).removeprefix(VOCABULARY)
        raise BadCorrection(place, f"the claim would not conform to the shapes ({first.shape}): {first.message}")
