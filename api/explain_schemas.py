"""How a question is read, as it goes out."""

from __future__ import annotations

from pydantic import Field

from api.claim_schemas import Out
from graph.asking.explaining import Explained, ReadTerm


class WidenedOut(Out):
    """A concept that a term names."""

    id: str = Field(description="its IRI")
    label: str
    narrower: int | None = Field(description="concepts that count with it; null where they are more than are counted")


class ReadTermOut(Out):
    """A term of a question in its slot."""

    role: str = Field(description="intervention, comparator, outcome or population")
    term: str
    said: str = Field(description="how it was read, in a sentence")
    concepts: tuple[WidenedOut, ...] = Field(description="empty where words decide")
    words: tuple[str, ...] = Field(description="names that are looked for in mentions without a concept")
    claims: int = Field(description="claims that have it by itself, whatever the rest of the question says")

    @classmethod
    def of(cls, term: ReadTerm) -> ReadTermOut:
        """One term."""
        concepts = tuple(WidenedOut(id=c.iri, label=c.name, narrower=c.narrower) for c in term.concepts)
        return cls(
            role=term.role, term=term.term, said=term.said, concepts=concepts, words=term.words, claims=term.claims
        )


class ExplainedOut(Out):
    """How a question is read, and the SPARQL that asks the same."""

    question: str
    form: str = Field(description="the question with every name quoted and everything grouped")
    terms: tuple[ReadTermOut, ...]
    explanation: tuple[str, ...] = Field(description="the reading of the names in sentences")
    filters: tuple[str, ...] = Field(description="filters and order in sentences, those that nobody wrote included")
    sparql: str = Field(description="a SELECT whose first column is the claims of the answer in their order")
    total: int = Field(description="claims of the answer")
    revision: int = Field(description="of the store when the question was explained")

    @classmethod
    def of(cls, told: Explained) -> ExplainedOut:
        """The whole explanation."""
        return cls(
            question=told.question,
            form=told.form,
            terms=tuple(map(ReadTermOut.of, told.terms)),
            explanation=told.said,
            filters=told.filters,
            sparql=told.sparql,
            total=told.total,
            revision=told.revision,
        )
