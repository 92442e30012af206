"""Reading the graph: evidence, claims, articles, health."""

from __future__ import annotations

from api.claim_schemas import ClaimDetailOut
from api.explain_schemas import ExplainedOut
from api.facet_schemas import FacetsOut
from api.present import article_out, claim_detail_out, evidence_out
from api.schemas import ArticleOut, EvidenceOut, HealthOut
from api.version import package_version
from graph.library import Library


class Search:
    """What can be asked of a library. Raises the errors of ``graph.errors``."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def evidence(self, question: str, limit: int = 50, cursor: str | None = None) -> EvidenceOut:
        """One page of the claims that answer ``question``."""
        return evidence_out(self._library.evidence(question, limit=limit, cursor=cursor))

    def facets(self, question: str, limit: int = 20) -> FacetsOut:
        """How the claims of an answer are spread, ``limit`` values of each facet."""
        return FacetsOut.of(self._library.facets(question, limit=limit))

    def explain(self, question: str) -> ExplainedOut:
        """How ``question`` is read, and its SPARQL."""
        return ExplainedOut.of(self._library.explain(question))

    def claim(self, claim_id: str) -> ClaimDetailOut:
        """The claim with the words around its quote."""
        return claim_detail_out(*self._library.claim(claim_id))

    def article(self, article_id: str) -> ArticleOut:
        """The article with its text and claims."""
        return article_out(self._library.article(article_id))

    def health(self) -> HealthOut:
        """Version, revision and counts."""
        return HealthOut(version=package_version(), revision=self._library.revision(), counts=self._library.stats())
