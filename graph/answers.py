"""What can be asked of a library: evidence, how it is spread, claims one by one, networks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator

from graph import lookup
from graph.access import Access
from graph.analyses import claims_network
from graph.asking.explaining import Explained, explained
from graph.index.columns import Numbers
from graph.index.facets import facets_of
from graph.index.ordering import Keys
from graph.index.packing import article_unpacked
from graph.index.record import whole
from graph.language.understanding import known_to
from graph.model import EvidencePage, EvidenceRow, Facets
from graph.narrowing import narrowed
from graph.page_rows import rows_of
from graph.paging import MOST_ROWS, page
from graph.question import Question, parse_question
from graph.reading import Reader
from graph.retelling import retellings
from graph.searching import Answer, answer, selection
from graph.why import Ways
from ingest.article import Article
from ingest.claim import Claim, ClaimKind, Status
from ingest.terminology import Terminology

_STEP = 100
MOST_VALUES = 1_000
"""Values of one facet, at most."""


class Answers:
    """The questions that ``Library`` answers; see there."""

    _access: Access
    _terminology: Terminology

    def evidence(self, question: str, *, limit: int = 50, cursor: str | None = None) -> EvidencePage:
        """A page of the evidence for ``drug -> outcome``. Raises QuestionError, ValueError for a bad ``limit``.

        Without filters: own results that are not rejected, of articles neither retracted nor in doubt; primary sources
        first. The articles of the rows have metadata and text; sections and tables are left to ``article``.
        """
        asked = self.read_question(question)

        def read(reader: Reader) -> EvidencePage:
            found, columns = self._answer(reader, asked), reader.index.columns
            part, following = page(Keys(columns, found.ordered, asked.order), question, limit, cursor)
            places = found.ordered[part].tolist()
            claims = rows_of(reader, places)
            told = retellings([claim for claim, _ in claims], found.ordered, part, reader.index)
            ways = Ways(found.terms, self._terminology)
            rows = tuple(
                EvidenceRow(
                    claim,
                    home,
                    ways.of(claim),
                    told.also.get(claim.id, ()),
                    told.better.get(claim.id),
                )
                for claim, home in claims
            )
            total = len(found.ordered)
            return EvidencePage(question, found.said, rows, total, found.studies, following, reader.revision)

        return self._access.read(read)

    def facets(self, question: str, *, limit: int = 20) -> Facets:
        """How the claims of an answer are spread, ``limit`` values of each facet. Raises as ``evidence``."""
        if not 1 <= limit <= MOST_VALUES:
            raise ValueError(f"a facet names 1 to {MOST_VALUES} values, not {limit}")
        asked = self.read_question(question)

        def read(reader: Reader) -> Facets:
            found = self._answer(reader, asked)
            held = facets_of(reader.index, found.ordered, self._name, limit)
            facets = {name: narrowed(asked, name, facet) for name, facet in held.items()}
            return Facets(question, found.said, facets, len(found.ordered), found.studies, reader.revision)

        return self._access.read(read)

    def explain(self, question: str) -> Explained:
        """How ``question`` is read, what its names widen to, the SPARQL that asks the same. Raises QuestionError."""
        asked = self.read_question(question)
        return self._access.read(lambda reader: explained(reader, asked, self._terminology))

    def claims(
        self,
        *,
        statuses: Collection[Status] | None = None,
        kinds: Collection[ClaimKind] | None = None,
        article: str | None = None,
        question: str | None = None,
    ) -> Iterator[tuple[Claim, Article]]:
        """Claims with their articles, by article id, place of the quote, and claim id; None leaves nothing out.

        A question selects by its terms and filters alone. Raises QuestionError and UnknownArticle at the call,
        QuoteMismatch at the claim whose words do not stand in its article. Each claim is as it stood at one moment;
        a claim that goes while the iteration runs is left out.
        """
        asked = None if question is None else self.read_question(question)

        def chosen(reader: Reader) -> tuple[Numbers, Numbers]:
            home = None if article is None else lookup.find_article(article, reader)
            found, columns = selection(reader.index, asked, self._terminology, statuses, kinds), reader.index.columns
            if home is not None:
                found = found[columns.claims["article"][found] == columns.number_of(home)]
            return columns.claims["high"][found], columns.claims["low"][found]

        return self._walk(*self._access.read(chosen))

    def article_list(self, *, limit: int = 200, after: str | None = None) -> tuple[list[Article], str | None]:
        """What is known of articles, by id, without their texts; ``limit`` of them behind the id ``after``.

        The second part is what the next page comes after, None on the last. Raises ValueError for a bad ``limit``.
        """
        if not 1 <= limit <= MOST_ROWS:
            raise ValueError(f"a page holds 1 to {MOST_ROWS} articles, not {limit}")

        def read(reader: Reader) -> tuple[list[Article], str | None]:
            index, ordered = reader.index, reader.index.columns.ordered
            start = 0 if after is None else bisect_right(ordered, after)
            part = ordered[start : start + limit]
            known = index.known_of(part)
            following = part[-1] if start + limit < len(ordered) else None
            return [index.applied(article_unpacked(known[article], "")) for article in part], following

        return self._access.read(read)

    def network(self, question: str | None = None) -> claims_network.Network:
        """Drugs, comparators, populations and outcomes of the claims (of those that answer ``question``)."""
        return claims_network.network(self.claims(question=question), self._terminology)

    def read_question(self, text: str) -> Question:
        """The question as read with the names of this library's terminology. Raises QuestionError."""
        return parse_question(text, known_to(self._terminology))

    def _answer(self, reader: Reader, asked: Question) -> Answer:
        return reader.remember(asked.text, lambda: answer(reader.index, asked, self._terminology))

    def _name(self, concept: str) -> str:
        known = self._terminology.get(concept)
        return concept if known is None else known.name

    def _walk(self, high: Numbers, low: Numbers) -> Iterator[tuple[Claim, Article]]:
        for start in range(0, len(high), _STEP):
            halves = zip(high[start : start + _STEP].tolist(), low[start : start + _STEP].tolist(), strict=True)
            part = [whole(*pair) for pair in halves]

            def read(reader: Reader, part: list[str] = part) -> list[tuple[Claim, Article]]:
                pairs = [lookup.checked(c, reader) for c in reader.claims(reader.present(part))]
                reader.forget()
                return pairs

            yield from self._access.read(read)
