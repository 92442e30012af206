"""The claim library: what the command line and the service use. One writer, many readers, on any quad store."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self, TypeVar

from graph import analysis, dumping
from graph.decisions import effective, make_decision
from graph.errors import BadCorrection, StaleRevision, StoreError, UnknownArticle, UnknownClaim
from graph.mapping_article import primary_iri, study_iri
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
from graph.opening import open_store
from graph.paging import page
from graph.question import Question, parse_question
from graph.reading import ClaimHead, Reader, word
from graph.reattach import reattach, target_of
from graph.searching import Answer, answer, match, order_key, selected
from graph.state import StoreState
from graph.store import QuadStore
from graph.verify import check_quotes
from graph.writing import Change, article_change, decision_change
from ingest.article import Article
from ingest.claim import Claim, ClaimKind, Status
from ingest.identity import CLAIM_BASE
from ingest.terminology import Terminology, load_terminology

_TRIES = 5
_TAIL = re.compile(r"[0-9a-f]{6,32}")
_T = TypeVar("_T")


class Library:
    """Articles, their claims and the decisions on them. Safe to share between threads.

    A claim id may be given as its IRI, as the last part of it, or as an unambiguous beginning of that of six or more
    hex digits. An article may be given by its id, or as ``doi:...``, ``pmid:...``, ``pmcid:...``. Methods raise
    the errors of ``graph.errors``, and ValueError for an argument out of range.
    """

    def __init__(self, store: QuadStore, terminology: Terminology | None = None) -> None:
        self._store = store
        self._terminology = load_terminology() if terminology is None else terminology
        self._lock = RLock()
        self._state = StoreState(store)
        self._reader: Reader | None = None
        self._answers: dict[str, Answer] = {}
        self._state.check()
        with self._lock, store.exclusive():
            self._state.prepare(self._terminology)

    @classmethod
    def open(cls, location: str | Path, *, address: str | None = None, terminology: Terminology | None = None) -> Self:
        """The library at ``location``: a folder (made when there is none), ``memory:``, or the URL of a SPARQL store.

        ``address`` is where this process serves the library; others who try to open its folder are told.
        """
        store = open_store(location, address=address)
        try:
            return cls(store, terminology)
        except BaseException:
            store.close()
            raise

    def close(self) -> None:
        """Write everything out and give the store back."""
        with self._lock:
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def revision(self) -> int:
        """How many writes the library has seen; 0 for a new one."""
        return self._state.revision()

    def ingest(self, article: Article, claims: Sequence[Claim], run: Run) -> IngestOutcome:
        """Store ``claims`` as what ``article`` says, in one transaction, and apply the decisions that belong to them.

        The same text with the same claims changes nothing, under whatever id: the outcome names the id that has it.
        Another text under the same id is a new version. Raises BadClaims or QuoteMismatch, and stores nothing, when
        one of the claims does not belong to this text.
        """

        def attempt() -> IngestOutcome:
            reader = self._reader_now()
            change, outcome = article_change(reader, self._terminology, article, claims, run)
            if not outcome.unchanged:
                self._apply(change, reader.revision)
            return outcome

        return self._write(attempt)

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

        def attempt() -> Claim:
            reader = self._reader_now()
            before, article = self._find(claim_id, reader)
            if expected_revision is not None and expected_revision != before.revision:
                raise StaleRevision(self._shown(before, reader), expected_revision)
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
            extracted, earlier = self._background(before, article, reader)
            after, misfits = effective(extracted, [*earlier, decision], article.text)
            if decision in misfits:
                raise BadCorrection("changes", "they do not fit the claim as it was extracted")
            self._apply(decision_change(reader, self._terminology, before, after, decision), reader.revision)
            self._store.flush()
            return self._shown(after, self._reader_now())

        return self._write(attempt)

    def claim(self, claim_id: str) -> tuple[Claim, Article]:
        """The claim in its effective state, and its article. Raises UnknownClaim."""

        def read(reader: Reader) -> tuple[Claim, Article]:
            claim, article = self._find(claim_id, reader)
            return self._shown(claim, reader), article

        return self._read(read)

    def article(self, article_id: str) -> ArticleRecord:
        """The article with all its claims. Raises UnknownArticle."""

        def read(reader: Reader) -> ArticleRecord:
            article = reader.article(self._article_id(article_id, reader))
            claims = reader.claims([head.id for head in reader.heads(article=article.id)])
            shown = tuple(self._shown(c, reader) for c in claims)
            return ArticleRecord(article, reader.versions(article.id), shown)

        return self._read(read)

    def articles(self) -> list[Article]:
        """Every article, by id."""
        return self._read(lambda reader: [reader.article(i) for i in reader.article_ids()])

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
        asked = None if question is None else parse_question(question)
        heads = self._read(lambda reader: self._select(reader, asked, article))
        heads = selected(heads, statuses, kinds)
        if asked is not None:
            heads = selected(heads, asked.statuses, asked.kinds)
        return self._walk(heads)

    def history(self, claim_id: str) -> list[Decision]:
        """The decisions on a claim, oldest first; those of an earlier version of its text too."""

        def read(reader: Reader) -> list[Decision]:
            claim, article = self._find(claim_id, reader)
            return self._background(claim, article, reader)[1]

        return self._read(read)

    def orphans(self) -> list[Decision]:
        """Decisions that no present claim belongs to, oldest first: to be confirmed on a claim, or left."""

        def read(reader: Reader) -> list[Decision]:
            decisions = reader.decisions()
            lost: dict[str, Decision] = {}
            for article_id in dict.fromkeys(d.article for d in decisions):
                extracted = reader.extracted(reader.extraction_of(article_id) or article_id)
                own = [d for d in decisions if d.article == article_id]
                text = reader.article(article_id).text
                lost |= {d.id: d for d in reattach(extracted, own, text)[1]}
            return [lost[d.id] for d in decisions if d.id in lost]

        return self._read(read)

    def evidence(self, question: str, *, limit: int = 50, cursor: str | None = None) -> EvidencePage:
        """A page of the evidence for ``drug -> outcome``. Raises QuestionError, ValueError for a bad ``limit``.

        Without filters: own results that are not rejected, of articles that are not retracted; primary sources first.
        """
        asked = parse_question(question)

        def read(reader: Reader) -> EvidencePage:
            found = self._answer(asked, reader)
            part, following = page([order_key(h, reader) for h in found.heads], question, limit, cursor)
            claims = reader.claims([head.id for head in found.heads[part]])
            rows = tuple(EvidenceRow(*self._checked(c, reader)) for c in claims)
            return EvidencePage(question, found.said, rows, len(found.heads), found.studies, following, reader.revision)

        return self._read(read)

    def dump(self, format: str) -> Iterator[bytes]:
        """The whole library as ``turtle``, ``nquads`` or ``jsonl``; the same library gives the same bytes."""
        if format == "jsonl":
            return dumping.jsonl(self.claims())
        if format == "turtle":
            return self._read(dumping.turtle)
        if format == "nquads":
            return self._read(dumping.nquads)
        raise ValueError(f"unknown format {format!r}; known: {', '.join(dumping.FORMATS)}")

    def network(self, question: str | None = None) -> analysis.Network:
        """Drugs, comparators, populations and outcomes of the claims (of those that answer ``question``)."""
        return analysis.network(self.claims(question=question), self._terminology)

    def stats(self) -> dict[str, int]:
        """How many articles, claims (in all, and by status), effects, studies and decisions there are."""
        return self._read(_counts)

    def snapshot(self, target: Path) -> int:
        """A copy of an embedded store in the new folder ``target``, for read-only use; the revision it holds."""
        with self._lock:
            self._store.snapshot(target)
            return self.revision()

    # -- inside -------------------------------------------------------------------------------------------------

    def _reader_now(self) -> Reader:
        revision = self.revision()
        with self._lock:
            if self._reader is None or self._reader.revision != revision:
                self._reader = Reader(self._store, revision)
                self._answers = {}
            return self._reader

    def _read(self, work: Callable[[Reader], _T]) -> _T:
        """What ``work`` finds at one revision: tried again when someone wrote meanwhile, at last with writers held."""
        for _ in range(_TRIES):
            generation = self._state.generation
            if generation % 2:
                with self._lock:
                    continue
            reader = self._reader_now()
            try:
                result = work(reader)
            except (StoreError, ValueError, KeyError):
                if self._undisturbed(generation, reader):
                    raise
                continue
            if self._undisturbed(generation, reader):
                return result
        with self._lock:
            return work(self._reader_now())

    def _undisturbed(self, generation: int, reader: Reader) -> bool:
        return self._state.generation == generation and self.revision() == reader.revision

    def _write(self, attempt: Callable[[], _T]) -> _T:
        """``attempt``, alone among the writers of this process and, on a shared store, of all."""
        with self._lock, self._store.exclusive():
            return attempt()

    def _apply(self, change: Change, revision: int) -> None:
        self._state.write(change.removed, change.added, revision, change.log)

    def _find(self, claim_id: str, reader: Reader) -> tuple[Claim, Article]:
        tail = claim_id.removeprefix(CLAIM_BASE)
        if not _TAIL.fullmatch(tail):
            raise UnknownClaim(claim_id[:200])
        ids = reader.beginning_with(CLAIM_BASE + tail) if len(tail) < 32 else [CLAIM_BASE + tail]
        if len(ids) > 1:
            raise UnknownClaim(claim_id, ids)
        if not ids or not reader.heads(ids):
            raise UnknownClaim(claim_id)
        claim = reader.claims(ids)[0]
        return claim, reader.article(claim.article)

    def _article_id(self, article_id: str, reader: Reader) -> str:
        if article_id in reader.article_heads:
            return article_id
        named = primary_iri(article_id)
        for head in reader.article_heads.values():
            schemes = (("doi", head.doi), ("pmid", head.pmid), ("pmcid", head.pmcid))
            if named in (head.id, *(primary_iri(f"{scheme}:{value}") for scheme, value in schemes if value)):
                return head.id
        raise UnknownArticle(article_id[:200])

    def _background(self, claim: Claim, article: Article, reader: Reader) -> tuple[Claim, list[Decision]]:
        """The claim as it was extracted, and the decisions that made it what it is."""
        everything = reader.extracted(reader.extraction_of(article.id) or article.id)
        extracted = next((c for c in everything if c.id == claim.id), None)
        if extracted is None:
            raise StoreError(f"the extraction behind {claim.id} is not in the store")
        decisions = reader.decisions(article.id)
        mine = [d for d in decisions if target_of(d, everything, article.text) is extracted]
        misfits = effective(extracted, mine, article.text)[1]
        return extracted, [d for d in mine if d not in misfits]

    def _select(self, reader: Reader, asked: Question | None, article: str | None) -> list[ClaimHead]:
        home = None if article is None else self._article_id(article, reader)
        if asked is None:
            return reader.heads(article=home)
        return [h for h in match(reader, asked, self._terminology).heads if home is None or h.article == home]

    def _walk(self, heads: Sequence[ClaimHead]) -> Iterator[tuple[Claim, Article]]:
        for start in range(0, len(heads), 100):
            part = heads[start : start + 100]

            def read(reader: Reader, part: Sequence[ClaimHead] = part) -> list[tuple[Claim, Article]]:
                present = [h.id for h in reader.heads([h.id for h in part])]
                pairs = [self._checked(c, reader) for c in reader.claims(present)]
                reader.forget()
                return pairs

            yield from self._read(read)

    def _answer(self, asked: Question, reader: Reader) -> Answer:
        found = self._answers.get(asked.text)
        if found is None:
            found = answer(reader, asked, self._terminology)
            if len(self._answers) > 200:
                self._answers.clear()
            self._answers[asked.text] = found
        return found

    def _checked(self, claim: Claim, reader: Reader) -> tuple[Claim, Article]:
        """The claim as it leaves the library: only when its words stand in its article."""
        article = reader.article(claim.article)
        return self._shown(check_quotes(claim, article.text), reader), article

    def _shown(self, claim: Claim, reader: Reader) -> Claim:
        """The claim with the one id of its study, whatever its article calls it."""
        if claim.study is None:
            return claim
        one = reader.studies.canonical(study_iri(claim.study, claim.article))
        return replace(claim, study=replace(claim.study, id=one))


def _counts(reader: Reader) -> dict[str, int]:
    found = {word(c).rpartition("#")[2]: int(word(n)) for c, n in reader.rows("counts")}
    statuses = {word(s).rpartition("#")[2]: int(word(n)) for s, n in reader.rows("status_counts")}
    studies = {reader.studies.behind(h.article, h.study) for h in reader.heads()}
    return {
        "articles": found.get("Article", 0),
        "claims": found.get("Claim", 0),
        "effects": found.get("EffectEstimate", 0),
        "studies": len(studies),
        "decisions": int(word(reader.rows("decision_count")[0][0])),
        **{status.value: statuses.get(status.value, 0) for status in Status},
    }
