"""The claim library: what the command line and the service use. First form: held in memory, not yet on a store."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self

from graph.errors import QuestionError, StaleRevision, UnknownArticle, UnknownClaim
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
from ingest.article import Article
from ingest.claim import Claim, ClaimKind, Mention, Status
from ingest.claim_json import to_json
from ingest.identity import CLAIM_BASE, normalise

_STATUS = {Verdict.ACCEPT: Status.ACCEPTED, Verdict.REJECT: Status.REJECTED, Verdict.CORRECT: Status.CORRECTED}


class Library:
    """Articles, their claims and the decisions on them. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._articles: dict[str, Article] = {}
        self._claims: dict[str, dict[str, Claim]] = {}
        self._decisions: list[Decision] = []
        self._revision = 0

    @classmethod
    def open(cls, location: str | Path, *, address: str | None = None) -> Self:
        """The library at ``location``: a path, ``memory:``, or the URL of a SPARQL store."""
        return cls()

    def close(self) -> None:
        """Release the store."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def revision(self) -> int:
        """A number that grows with every change."""
        return self._revision

    def ingest(self, article: Article, claims: Sequence[Claim], run: Run) -> IngestOutcome:
        """Store an article with its claims."""
        with self._lock:
            before, after = self._claims.get(article.id, {}), {c.id: c for c in claims}
            unchanged = self._articles.get(article.id) == article and before.keys() == after.keys()
            if not unchanged:
                self._articles[article.id] = article
                self._claims[article.id] = {i: before.get(i, c) for i, c in after.items()}
                self._revision += 1
            kept = len(before.keys() & after.keys())
            return IngestOutcome(
                article.id, len(after), len(after) - kept, len(before) - kept, kept, (), unchanged=unchanged
            )

    def claim(self, claim_id: str) -> tuple[Claim, Article]:
        """The claim with this id (full IRI, last part, or an unambiguous prefix of it)."""
        tail = claim_id.removeprefix(CLAIM_BASE)
        found = [
            c
            for c, _ in self.claims()
            if c.id == claim_id or (len(tail) >= 6 and c.id[len(CLAIM_BASE) :].startswith(tail))
        ]
        if len(found) != 1:
            raise UnknownClaim(claim_id, [c.id for c in found])
        return found[0], self._articles[found[0].article]

    def article(self, article_id: str) -> ArticleRecord:
        """The article with its claims."""
        if article_id not in self._articles:
            raise UnknownArticle(article_id)
        article = self._articles[article_id]
        return ArticleRecord(article, (article.text_sha256,), tuple(c for c, _ in self.claims(article=article_id)))

    def articles(self) -> list[Article]:
        """Every article, by id."""
        return [self._articles[i] for i in sorted(self._articles)]

    def claims(
        self,
        *,
        statuses: Collection[Status] | None = None,
        kinds: Collection[ClaimKind] | None = None,
        article: str | None = None,
        question: str | None = None,
    ) -> Iterator[tuple[Claim, Article]]:
        """Claims with their articles, by article id, quote, claim id."""
        every = [(c, self._articles[a]) for a, held in sorted(self._claims.items()) for c in held.values()]
        every.sort(key=lambda pair: (pair[0].article, pair[0].quote.span.start, pair[0].id))
        for claim, home in every:
            if (
                (statuses is None or claim.status in statuses)
                and (kinds is None or claim.kind in kinds)
                and article in (None, home.id)
            ):
                yield claim, home

    def history(self, claim_id: str) -> list[Decision]:
        """Decisions on a claim, oldest first."""
        claim, _ = self.claim(claim_id)
        return [d for d in self._decisions if d.claim == claim.id]

    def orphans(self) -> list[Decision]:
        """Decisions without a claim."""
        return []

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
        """Record a decision; the claim as it now stands."""
        with self._lock:
            claim, article = self.claim(claim_id)
            if expected_revision is not None and expected_revision != claim.revision:
                raise StaleRevision(claim, expected_revision)
            new = replace(claim, status=_STATUS[verdict], revision=claim.revision + 1)
            self._decisions.append(
                Decision(
                    f"urn:picograph:decision:{len(self._decisions)}",
                    claim.id,
                    claim.content_key,
                    article.id,
                    article.text_sha256,
                    verdict,
                    (),
                    reason,
                    note,
                    author,
                    made_at,
                    new.revision,
                )
            )
            self._claims[article.id][claim.id] = new
            self._revision += 1
            return new

    def evidence(self, question: str, *, limit: int = 50, cursor: str | None = None) -> EvidencePage:
        """Claims that answer ``drug -> outcome``."""
        left, arrow, right = question.replace("→", "->").partition("->")
        if not arrow or not left.strip() or not right.strip():
            raise QuestionError("expected `drug -> outcome`", len(left), ())
        rows = [
            EvidenceRow(c, a)
            for c, a in self.claims()
            if c.status is not Status.REJECTED and _says(c.intervention, left) and _says(c.outcome, right)
        ]
        start = int(cursor or 0)
        page = tuple(rows[start : start + limit])
        more = str(start + limit) if start + limit < len(rows) else None
        studies = len({r.article.id for r in rows})
        return EvidencePage(question, (), page, len(rows), studies, more, self._revision)

    def dump(self, format: str) -> Iterator[bytes]:
        """The library as bytes."""
        for claim, article in self.claims():
            yield (json.dumps(to_json(claim, article), ensure_ascii=False) + "\n").encode()

    def stats(self) -> dict[str, int]:
        """How much there is."""
        return {"articles": len(self._articles), "claims": sum(map(len, self._claims.values()))}


def _says(mention: Mention | None, term: str) -> bool:
    wanted = normalise(term.strip().strip('"'))
    return wanted == "?" or (mention is not None and wanted in normalise(f"{mention.text} {mention.label or ''}"))
