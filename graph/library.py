"""The claim library: what the command line and the service use. One writer, many readers, on any quad store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import networkx as nx
import rdflib

from graph import dumping, lookup, publishing, rdflib_view
from graph.access import Access
from graph.analyses.of_library import Analyses
from graph.answers import Answers
from graph.connection import Connection
from graph.decisions import effective, make_decision
from graph.errors import BadCorrection, StaleRevision
from graph.model import ArticleRecord, Decision, IngestOutcome, JsonValue, Reason, Run, Verdict
from graph.ontology.base import normal_base
from graph.opening import INDEX, folder_of, open_store
from graph.operations.upkeep import Upkeep
from graph.page_rows import rows_of
from graph.query_graph import digraph
from graph.reading import Reader
from graph.store import QuadStore
from graph.vocab import BASE
from graph.writing import article_change, decision_change
from ingest.article import Article
from ingest.claim import Claim
from ingest.terminology import Terminology, load_terminology


class Library(Answers):
    """Articles, their claims and the decisions on them. Safe to share between threads.

    A claim id may be given as its IRI, as the last part of it, or as an unambiguous beginning of that of six or more
    hex digits. An article may be given by its id, or as ``doi:...``, ``pmid:...``, ``pmcid:...``. Methods raise
    the errors of ``graph.errors``, and ValueError for an argument out of range.
    """

    def __init__(self, store: QuadStore, terminology: Terminology | None = None, *, folder: Path | None = None) -> None:
        """``folder`` is where the store is on disk, None where it is elsewhere: its side index is then in memory."""
        self._terminology = load_terminology() if terminology is None else terminology
        self._access = Access(store, self._terminology, None if folder is None else folder / INDEX)
        self.analyses = Analyses(self._access, self._terminology)
        self.upkeep = Upkeep(store, self._access.snapshot, folder)

    @classmethod
    def open(
        cls,
        location: str | Path,
        *,
        address: str | None = None,
        terminology: Terminology | None = None,
        connection: Connection | None = None,
    ) -> Self:
        """The library at ``location``: a folder (made when there is none), ``memory:``, or the URL of a SPARQL store.

        ``address`` is where this process serves the library; others who try to open its folder are told.
        ``connection`` says how a store behind a URL is reached (None: as the environment has it).
        """
        store = open_store(location, address=address, connection=connection)
        try:
            return cls(store, terminology, folder=folder_of(location))
        except BaseException:
            store.close()
            raise

    def close(self) -> None:
        """Write everything out and give the store back."""
        self._access.close()

    def tell_indexing(self, progress: Callable[[int, int], None]) -> None:
        """Tell ``progress`` how many articles the index has read, of how many, whenever it is brought up to date."""
        self._access.tell_indexing(progress)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def revision(self) -> int:
        """How many writes the library has seen; 0 for a new one."""
        return self._access.revision()

    def ingest(self, article: Article, claims: Sequence[Claim], run: Run) -> IngestOutcome:
        """Store ``claims`` as what ``article`` says, in one transaction, and apply the decisions that belong to them.

        The same text with the same claims changes nothing, under whatever id: the outcome names the id that has it.
        Another text under the same id is a new version. Raises BadClaims or QuoteMismatch, and stores nothing, when
        one of the claims does not belong to this text.
        """

        def attempt(reader: Reader) -> IngestOutcome:
            change, outcome = article_change(reader, self._terminology, article, claims, run)
            if not outcome.unchanged:
                self._access.apply(change, reader)
            return outcome

        return self._access.write(attempt)

    def decide(
        self,
        claim_id: str,
        verdict: Verdict,
        *,
        changes: Sequence[tuple[str, JsonValue]] = (),
        reason: Reason | None = None,
        note: str | None = None,
        author: str,
        expected_revision: int | None = None,
        made_at: str,
    ) -> Claim:
        """Record a decision; the claim as it now stands. It is on disk when this returns.

        Raises BadCorrection for a decision that cannot be recorded, StaleRevision when the claim is not at
        ``expected_revision`` (None: whatever it is at).
        """

        def attempt(reader: Reader) -> Claim:
            before, article = lookup.find_claim(claim_id, reader)
            if expected_revision is not None and expected_revision != before.revision:
                raise StaleRevision(lookup.shown(before, reader), expected_revision)
            decision = make_decision(
                before,
                article.text,
                self._terminology,
                verdict,
                changes=changes,
                reason=reason,
                note=note,
                author=author,
                made_at=made_at,
            )
            extracted, earlier = lookup.background(before, article, reader)
            after, misfits = effective(extracted, [*earlier, decision], article.text)
            if decision in misfits:
                raise BadCorrection("changes", "they do not fit the claim as it was extracted")
            self._access.apply(decision_change(reader, self._terminology, before, after, decision), reader)
            return lookup.shown(after, self._access.reader())

        decided = self._access.write(attempt)
        self._access.store.flush()  # the slow part, and no other writer or reader needs to wait for it
        return decided

    def claim(self, claim_id: str) -> tuple[Claim, Article]:
        """The claim in its effective state, and its article without sections and tables. Raises UnknownClaim."""
        return self._access.read(lambda reader: rows_of(reader, [lookup.find_place(claim_id, reader)])[0])

    def article(self, article_id: str) -> ArticleRecord:
        """The article with all its claims. Raises UnknownArticle."""

        def read(reader: Reader) -> ArticleRecord:
            article = reader.article(lookup.find_article(article_id, reader))
            claims = reader.claims(reader.claim_ids(article.id))
            shown = tuple(lookup.checked(c, reader)[0] for c in claims)
            return ArticleRecord(article, reader.versions(article.id), shown, reader.index.reports(article.id))

        return self._access.read(read)

    def articles(self) -> list[Article]:
        """Every article, by id."""
        return self._access.read(lambda reader: [reader.article(i) for i in reader.article_ids()])

    def history(self, claim_id: str) -> list[Decision]:
        """The decisions on a claim, oldest first; those of an earlier version of its text too."""

        def read(reader: Reader) -> list[Decision]:
            claim, article = lookup.find_claim(claim_id, reader)
            return lookup.background(claim, article, reader)[1]

        return self._access.read(read)

    def orphans(self) -> list[Decision]:
        """Decisions that no present claim belongs to, oldest first: to be confirmed on a claim, or left."""
        return self._access.read(lookup.orphans)

    def flush(self) -> None:
        """Return when everything stored so far would outlive a power cut; decisions do without it."""
        self._access.store.flush()

    def background(self, claim_id: str) -> publishing.Background:
        """The claim with its article, its decisions, and how it was read: what is published. Raises UnknownClaim."""
        return self._access.read(lambda reader: publishing.background(claim_id, reader))

    def dump(self, format: str, base: str = BASE) -> Iterator[bytes]:
        """The whole library as ``turtle``, ``nquads`` or ``jsonl``; the same library gives the same bytes.

        ``base`` is where our own IRIs begin in Turtle and N-Quads. Raises ValueError for another format or a bad base.
        """
        if format == "jsonl":
            return dumping.jsonl(self.claims())
        if format == "turtle":
            return self._access.read(lambda reader: dumping.turtle(reader, normal_base(base)))
        if format == "nquads":
            return self._access.read(lambda reader: dumping.nquads(reader, normal_base(base)))
        raise ValueError(f"unknown format {format!r}; known: {', '.join(dumping.FORMATS)}")

    def stats(self) -> dict[str, int]:
        """How many articles, claims (in all, and by status), effects, studies and decisions there are."""
        return self._access.read(lookup.counts)

    @property
    def folder(self) -> Path | None:
        """The folder of the store; None for one in memory, or behind a URL."""
        return self._access.store.folder

    def dataset(self) -> rdflib.Dataset:
        """Everything in the store as an rdflib dataset, read only; see ``rdflib_view``. The library stays open."""
        return rdflib_view.dataset(self._access.store)

    def digraph(self, query: str) -> nx.DiGraph[str]:
        """The answer to a SPARQL SELECT as a networkx graph; see ``query_graph.digraph``."""
        return digraph(self._access.store, query)

    def snapshot(self, target: Path) -> int:
        """A copy of an embedded store in the new folder ``target``, for read-only use; the revision it holds."""
        return self._access.snapshot(lambda: self._access.store.snapshot(target))
