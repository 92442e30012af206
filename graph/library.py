"""The claim library: what the command line and the service use. One writer, many readers, on any quad store."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from graph import dumping, lookup
from graph.access import Access
from graph.analyses import claims_network
from graph.analyses.of_library import Analyses
from graph.asking.explaining import Explained, explained
from graph.connection import Connection
from graph.decisions import effective, make_decision
from graph.errors import BadCorrection, StaleRevision
from graph.language.understanding import known_to
from graph.model import (
    ArticleRecord,
    Decision,
    EvidencePage,
    EvidenceRow,
    IngestOutcome,
    JsonValue,
    Reason,
    Run,
    Verdict,
)
from graph.opening import folder_of, open_store
from graph.operations.upkeep import Upkeep
from graph.paging import page
from graph.question import Question, parse_question
from graph.reading import ClaimHead, Reader
from graph.retelling import retellings
from graph.searching import answer, match, order_key, selected, stands
from graph.store import QuadStore
from graph.why import why
from graph.writing import article_change, decision_change
from ingest.article import Article
from ingest.claim import Claim, ClaimKind, Status
from ingest.terminology import Terminology, load_terminology

_STEP = 100


class Library:
    """Articles, their claims and the decisions on them. Safe to share between threads.

    A claim id may be given as its IRI, as the last part of it, or as an unambiguous beginning of that of six or more
    hex digits. An article may be given by its id, or as ``doi:...``, ``pmid:...``, ``pmcid:...``. Methods raise
    the errors of ``graph.errors``, and ValueError for an argument out of range.
    """

    def __init__(self, store: QuadStore, terminology: Terminology | None = None, *, folder: Path | None = None) -> None:
        """``folder`` is where the store is on disk, None where it is elsewhere."""
        self._terminology = load_terminology() if terminology is None else terminology
        self._access = Access(store, self._terminology)
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
        """The claim in its effective state, and its article. Raises UnknownClaim."""

        def read(reader: Reader) -> tuple[Claim, Article]:
            claim, _ = lookup.find_claim(claim_id, reader)
            return lookup.checked(claim, reader)

        return self._access.read(read)

    def article(self, article_id: str) -> ArticleRecord:
        """The article with all its claims. Raises UnknownArticle."""

        def read(reader: Reader) -> ArticleRecord:
            article = reader.article(lookup.find_article(article_id, reader))
            claims = reader.claims([head.id for head in reader.heads(article=article.id)])
            shown = tuple(lookup.checked(c, reader)[0] for c in claims)
            return ArticleRecord(article, reader.versions(article.id), shown, lookup.study_reports(article.id, reader))

        return self._access.read(read)

    def articles(self) -> list[Article]:
        """Every article, by id."""
        return self._access.read(lambda reader: [reader.article(i) for i in reader.article_ids()])

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
        asked = None if question is None else parse_question(question, known_to(self._terminology))
        heads = self._access.read(lambda reader: self._select(reader, asked, article))
        heads = selected(heads, statuses, kinds)
        if asked is not None:
            heads = selected(heads, asked.statuses, asked.kinds)
        return self._walk(heads)

    def history(self, claim_id: str) -> list[Decision]:
        """The decisions on a claim, oldest first; those of an earlier version of its text too."""

        def read(reader: Reader) -> list[Decision]:
            claim, article = lookup.find_claim(claim_id, reader)
            return lookup.background(claim, article, reader)[1]

        return self._access.read(read)

    def orphans(self) -> list[Decision]:
        """Decisions that no present claim belongs to, oldest first: to be confirmed on a claim, or left."""
        return self._access.read(lookup.orphans)

    def evidence(self, question: str, *, limit: int = 50, cursor: str | None = None) -> EvidencePage:
        """A page of the evidence for ``drug -> outcome``. Raises QuestionError, ValueError for a bad ``limit``.

        Without filters: own results that are not rejected, of articles neither retracted nor in doubt; primary sources
        first.
        """
        asked = parse_question(question, known_to(self._terminology))

        def read(reader: Reader) -> EvidencePage:
            found = reader.remember(asked.text, lambda: answer(reader, asked, self._terminology))
            part, following = page([order_key(h, reader, asked.order) for h in found.heads], question, limit, cursor)
            claims = reader.claims([head.id for head in found.heads[part]])
            told = retellings(claims, found.heads, reader)
            rows = tuple(
                EvidenceRow(
                    *lookup.checked(c, reader),
                    why(c, found.terms, self._terminology),
                    told.also.get(c.id, ()),
                    told.better.get(c.id),
                )
                for c in claims
            )
            return EvidencePage(question, found.said, rows, len(found.heads), found.studies, following, reader.revision)

        return self._access.read(read)

    def explain(self, question: str) -> Explained:
        """How ``question`` is read, what its names widen to, the SPARQL that asks the same. Raises QuestionError."""
        asked = parse_question(question, known_to(self._terminology))
        return self._access.read(lambda reader: explained(reader, asked, self._terminology))

    def flush(self) -> None:
        """Return when everything stored so far would outlive a power cut; decisions do without it."""
        self._access.store.flush()

    def dump(self, format: str) -> Iterator[bytes]:
        """The whole library as ``turtle``, ``nquads`` or ``jsonl``; the same library gives the same bytes."""
        if format == "jsonl":
            return dumping.jsonl(self.claims())
        if format == "turtle":
            return self._access.read(dumping.turtle)
        if format == "nquads":
            return self._access.read(dumping.nquads)
        raise ValueError(f"unknown format {format!r}; known: {', '.join(dumping.FORMATS)}")

    def network(self, question: str | None = None) -> claims_network.Network:
        """Drugs, comparators, populations and outcomes of the claims (of those that answer ``question``)."""
        return claims_network.network(self.claims(question=question), self._terminology)

    def stats(self) -> dict[str, int]:
        """How many articles, claims (in all, and by status), effects, studies and decisions there are."""
        return self._access.read(lookup.counts)

    @property
    def folder(self) -> Path | None:
        """The folder of the store; None for one in memory, or behind a URL."""
        return self._access.store.folder

    def snapshot(self, target: Path) -> int:
        """A copy of an embedded store in the new folder ``target``, for read-only use; the revision it holds."""
        return self._access.snapshot(lambda: self._access.store.snapshot(target))

    def _select(self, reader: Reader, asked: Question | None, article: str | None) -> list[ClaimHead]:
        home = None if article is None else lookup.find_article(article, reader)
        if asked is None:
            return reader.heads(article=home)
        found = [h for h in match(reader, asked, self._terminology).heads if home is None or h.article == home]
        return [h for h in found if stands(h, reader.standings.excluded, asked.retracted)]

    def _walk(self, heads: Sequence[ClaimHead]) -> Iterator[tuple[Claim, Article]]:
        for start in range(0, len(heads), _STEP):
            part = [head.id for head in heads[start : start + _STEP]]

            def read(reader: Reader, part: Sequence[str] = part) -> list[tuple[Claim, Article]]:
                present = [head.id for head in reader.heads(part)]
                pairs = [lookup.checked(c, reader) for c in reader.claims(present)]
                reader.forget()
                return pairs

            yield from self._access.read(read)
