"""How the claims of an answer are spread, as it goes out."""

from __future__ import annotations

from pydantic import Field

from api.claim_schemas import Out
from graph.model import Facets


class FacetValueOut(Out):
    """One value with its claims and the studies behind them."""

    value: str
    concept: str | None = Field(description="the IRI, where the value is a concept")
    claims: int
    studies: int
    narrowed: str | None = Field(description="the question for these claims alone")


class FacetOut(Out):
    """The values with the most claims."""

    values: tuple[FacetValueOut, ...]
    distinct: int = Field(description="how many values there are in all")


class FacetsOut(Out):
    """The claims of an answer by drug, comparator, outcome, population, measure, direction and so on."""

    question: str
    explanation: tuple[str, ...]
    total: int
    studies: int
    facets: dict[str, FacetOut]
    revision: int

    @classmethod
    def of(cls, found: Facets) -> FacetsOut:
        """From what the library gives."""
        facets = {
            name: FacetOut(
                values=tuple(
                    FacetValueOut(
                        value=v.value, concept=v.concept, claims=v.claims, studies=v.studies, narrowed=v.narrowed
                    )
                    for v in facet.values
                ),
                distinct=facet.distinct,
            )
            for name, facet in found.facets.items()
        }
        return cls(
            question=found.question,
            explanation=found.explanation,
            total=found.total,
            studies=found.studies,
            facets=facets,
            revision=found.revision,
        )
