"""Which kinds of concept a slot of a claim is about: a name may mean a drug and a disease. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.terminology import Concept, ConceptKind

_TREATMENTS = frozenset({ConceptKind.DRUG, ConceptKind.PROCEDURE})
KINDS = {
    "intervention": _TREATMENTS,
    "comparator": _TREATMENTS,
    "outcome": frozenset({ConceptKind.OUTCOME, ConceptKind.DISEASE}),
    "population": frozenset({ConceptKind.POPULATION, ConceptKind.DISEASE}),
}
"""For each slot the kinds that it prefers."""


def preferred(role: str, concepts: Sequence[Concept]) -> tuple[tuple[Concept, ...], tuple[Concept, ...]]:
    """The concepts of the kinds that the slot prefers, and the others; all of them where none is of these kinds."""
    fitting = tuple(c for c in concepts if c.kind in KINDS[role])
    return (fitting, tuple(c for c in concepts if c.kind not in KINDS[role])) if fitting else (tuple(concepts), ())
