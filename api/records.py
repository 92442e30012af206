"""What commands do with a store, whether they own it or go through the service that does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Protocol

from api.analysis_schemas import AnalysisOut
from api.claim_schemas import ClaimDetailOut
from api.explain_schemas import ExplainedOut
from api.facet_schemas import FacetsOut
from api.schemas import DecisionIn, DecisionsOut, EvidenceOut, IngestOut
from api.selection import ExportFormat, Selection
from api.services.analyses import AnalysisService, Asked
from api.services.curation import Curation
from api.services.exports import export
from api.services.ingestion import AboutArticle, store_all
from api.services.reading import ReadingError, read_articles
from api.services.search import Search
from api.settings import Settings
from api.sparql.endpoint import Answer, answer_once
from api.sparql.protocol import Asked as Query
from graph.analyses.files import FileFormat
from graph.library import Library
from graph.vocab import BASE


class Records(Protocol):
    """Every failure is an error of ``graph.errors`` or of ``api.services``."""

    def evidence(self, question: str, limit: int = 50, cursor: str | None = None) -> EvidenceOut:
        """One page of the claims that answer ``question``."""
        ...

    def facets(self, question: str, limit: int = 20) -> FacetsOut:
        """How the claims that answer ``question`` are spread, ``limit`` values of each facet."""
        ...

    def explain(self, question: str) -> ExplainedOut:
        """How ``question`` is read, and its SPARQL."""
        ...

    def claim(self, claim_id: str) -> ClaimDetailOut:
        """The claim with the words around its quote."""
        ...

    def history(self, claim_id: str) -> DecisionsOut:
        """Every decision on the claim, the first one first."""
        ...

    def orphans(self) -> DecisionsOut:
        """Decisions whose claim is gone."""
        ...

    def decide(self, claim_id: str, decision: DecisionIn, expected_revision: int | None = None) -> ClaimDetailOut:
        """Record a decision and return the claim as it is now."""
        ...

    def export(self, form: ExportFormat, selection: Selection) -> Iterator[bytes]:
        """The selected claims as bytes."""
        ...

    def sparql(self, query: str, form: str | None) -> Answer:
        """The answer to a SPARQL query, in a format of ``api.sparql.formats``; None takes JSON or Turtle."""
        ...

    def analysis(self, asked: Asked) -> AnalysisOut:
        """An analysis of the evidence."""
        ...

    def analysis_file(self, asked: Asked, form: FileFormat) -> bytes:
        """The whole of an analysis as a file."""
        ...

    def add(self, stream: BinaryIO, name: str, given_id: str | None = None) -> Iterator[IngestOut | AboutArticle]:
        """Read every article of an input, which stands at its beginning, and store its claims.

        A failure of one article is an item; the next may go well.
        """
        ...


class LocalRecords:
    """A store that this process owns. Reads articles in this process; the language model loads at the first one."""

    def __init__(self, library: Library, base: str = BASE) -> None:
        """``base`` is where our own IRIs begin in what is exported."""
        self.library, self._base = library, base
        self._search, self._curation, self._analyses = Search(library), Curation(library), AnalysisService(library)

    def evidence(self, question: str, limit: int = 50, cursor: str | None = None) -> EvidenceOut:
        """See Records."""
        return self._search.evidence(question, limit, cursor)

    def facets(self, question: str, limit: int = 20) -> FacetsOut:
        """See Records."""
        return self._search.facets(question, limit)

    def explain(self, question: str) -> ExplainedOut:
        """See Records."""
        return self._search.explain(question)

    def claim(self, claim_id: str) -> ClaimDetailOut:
        """See Records."""
        return self._search.claim(claim_id)

    def history(self, claim_id: str) -> DecisionsOut:
        """See Records."""
        return self._curation.history(claim_id)

    def orphans(self) -> DecisionsOut:
        """See Records."""
        return self._curation.orphans()

    def decide(self, claim_id: str, decision: DecisionIn, expected_revision: int | None = None) -> ClaimDetailOut:
        """See Records."""
        return self._curation.decide(claim_id, decision, expected_revision)

    def export(self, form: ExportFormat, selection: Selection) -> Iterator[bytes]:
        """See Records."""
        return export(self.library, form, selection, self._base)

    def sparql(self, query: str, form: str | None) -> Answer:
        """See Records. The limits are those of the settings."""
        return answer_once(self.library, Settings(), Query(query), form)

    def analysis(self, asked: Asked) -> AnalysisOut:
        """See Records."""
        return self._analyses.answer(asked)

    def analysis_file(self, asked: Asked, form: FileFormat) -> bytes:
        """See Records."""
        return self._analyses.file(asked, form)

    def add(self, stream: BinaryIO, name: str, given_id: str | None = None) -> Iterator[IngestOut | AboutArticle]:
        """See Records."""
        try:
            yield from store_all(self.library, read_articles(stream, name, given_id))
        except ReadingError as error:
            yield error
