"""Reads from a quad store: claims, articles, texts, decisions. Keeps nothing but what one revision fixes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from pyoxigraph import Literal, NamedNode

from graph import codes
from graph.binding import Values, load_query
from graph.describing import Claims, whole
from graph.errors import StoreError, UnknownArticle
from graph.mapping_article import article_from
from graph.model import Decision
from graph.records import decision_from, extracted_from, log_node, text_iri
from graph.rows import article_head, study_report, told
from graph.rows import word as word
from graph.standing import Standings, StoredNotice
from graph.store import QuadStore, Row
from graph.studies import Studies
from graph.study_figures import Told
from graph.study_grounds import ArticleHead
from graph.study_memory import StudyMemory
from graph.terms import TEXT, Description
from graph.vocab import EV, RDF_TYPE, node
from ingest.article import Article
from ingest.claim import Claim, ClaimKind, Status

_BATCH = 200
_MANY = 400
_T = TypeVar("_T")


def by_claim(rows: Iterable[Row]) -> dict[str, set[str]]:
    """Rows of claim and key, gathered by claim."""
    held: dict[str, set[str]] = {}
    for claim, key in rows:
        held.setdefault(word(claim), set()).add(word(key))
    return held


def described(rows: Iterable[Row]) -> Description:
    """Rows of subject, predicate, object as a description."""
    return Description((s, p, o) for s, p, o in rows if isinstance(s, NamedNode) and isinstance(p, NamedNode) and o)


class ClaimHead:
    """What orders and selects a claim, without reading it whole."""

    __slots__ = ("article", "confidence", "id", "kind", "start", "status", "study")

    def __init__(self, row: Row) -> None:
        claim, article, start, kind, status, confidence, study = row
        self.id, self.article, self.start = word(claim), word(article), int(word(start))
        self.confidence = float(word(confidence))
        self.kind: ClaimKind = codes.CLAIM_KIND.decode(kind)  # type: ignore[arg-type]
        self.status: Status = codes.STATUS.decode(status)  # type: ignore[arg-type]
        self.study = None if study is None else study.value

    @property
    def place(self) -> tuple[str, int, str]:
        """The fixed order of claims: article, quote, id."""
        return self.article, self.start, self.id


class Reader:
    """The library at one revision."""

    def __init__(self, store: QuadStore, revision: int, memory: StudyMemory | None = None) -> None:
        self.store, self.revision = store, revision
        self._memory = memory or StudyMemory()
        self.article = lru_cache(maxsize=64)(self._article)
        self._claims = Claims(store)
        self._claim_cache: dict[str, Claim] = {}
        self._made: dict[str, Any] = {}
        self._keys: dict[tuple[str, NamedNode], dict[str, set[str]]] = {}

    def rows(self, query: str, /, **values: Values) -> list[Row]:
        """The rows of a query of ``queries``."""
        return self.store.select(load_query(query), **values)

    def heads(self, claims: Sequence[str] | None = None, article: str | None = None) -> list[ClaimHead]:
        """Claims without their content, in their fixed order: those given, those of one article, or all."""
        if claims is not None and (len(claims) > _MANY or "every_head" in self.__dict__):
            wanted = set(claims)
            found = [head for head in self.every_head if head.id in wanted]
        elif claims is not None:
            parts = [claims[start : start + _BATCH] for start in range(0, len(claims), _BATCH)]
            found = [head for part in parts for head in self._heads(claim=[node(c) for c in part])]
            found.sort(key=lambda head: head.place)
        else:
            found = self.every_head if article is None else self._heads(article=node(article))
        return found if article is None else [head for head in found if head.article == article]

    @cached_property
    def every_head(self) -> list[ClaimHead]:
        """Every claim without its content, in the fixed order."""
        return self._heads()

    def _heads(self, **given: Values) -> list[ClaimHead]:
        return sorted((ClaimHead(row) for row in self.rows("claim_heads", **given)), key=lambda head: head.place)

    def keys(self, query: str, role: NamedNode) -> dict[str, set[str]]:
        """The words of the mentions in a role, as keys, by claim."""
        if (query, role) not in self._keys:
            self._keys[query, role] = by_claim(self.rows(query, role=role))
        return self._keys[query, role]

    def claims(self, ids: Sequence[str]) -> list[Claim]:
        """The claims with these ids, in this order. Raises StoreError when one is not there."""
        found = {i: claim for i in ids if (claim := self._claim_cache.get(i)) is not None}
        missing = [i for i in ids if i not in found]
        for start in range(0, len(missing), _BATCH):
            read = self._claims.read(missing[start : start + _BATCH])
            found |= read
            self._claim_cache |= read
        return [found[i] for i in ids]

    def remember(self, name: str, make: Callable[[], _T]) -> _T:
        """What ``make`` gave for ``name`` at this revision; made once, and again when a great many were."""
        made: _T | None = self._made.get(name)
        if made is None:
            if len(self._made) > _BATCH:
                self._made.clear()
            made = self._made[name] = make()
        return made

    def forget(self) -> None:
        """Drop the claims that were kept, when an export has read a great many."""
        if len(self._claim_cache) > 20 * _BATCH:
            self._claim_cache.clear()
            self._claims.forget()

    def text(self, article: str, sha256: str) -> str:
        """One version of an article's text."""
        rows = self.rows("text", version=node(text_iri(article, sha256)))
        if not rows:
            raise StoreError(f"the store has no text {sha256} of {article}")
        return word(rows[0][0])

    def _article(self, article_id: str) -> Article:
        """The article with its current text, and what notices in the library say of it. Raises UnknownArticle."""
        return self.standings.applied(self.stored(article_id))

    def stored(self, article_id: str) -> Article:
        """The article with its current text as it was read. Raises UnknownArticle."""
        try:
            record = node(article_id)
        except ValueError as error:
            raise UnknownArticle(article_id) from error
        held = Description(whole(self.store, [record]))
        if node(EV.Article) not in held.links(record, RDF_TYPE):
            raise UnknownArticle(article_id)
        return article_from(record, held, self.text(article_id, held.need(record, node(EV.sha256), TEXT)))

    def article_ids(self) -> list[str]:
        """Every article, in a fixed order."""
        return sorted(word(article) for article, _ in self.rows("articles"))

    def with_text(self, sha256: str) -> list[str]:
        """Articles whose current text has this hash."""
        return [word(article) for article, _ in self.rows("articles", sha256=Literal(sha256))]

    def versions(self, article: str) -> tuple[str, ...]:
        """Every text known of an article, the current one last."""
        seen = [word(sha256) for sha256, _ in self.rows("versions", article=node(article))]
        return tuple(reversed(dict.fromkeys(reversed(seen))))

    def decisions(self, article: str | None = None) -> list[Decision]:
        """Decisions in the order in which they were made, of one article or of all."""
        given: dict[str, Values] = {} if article is None else {"article": node(article)}
        subjects = [s for s, _, _ in self.rows("decisions", **given) if isinstance(s, NamedNode)]
        if not subjects:
            return []
        held = described(self.rows("decision_records", record=subjects))
        return [decision_from(subject, held) for subject in subjects]

    def extracted(self, article: str) -> list[Claim]:
        """The claims of an article before any decision, by quote and id. Raises StoreError when one is not there.

        A claim that nobody has decided on is what was extracted; of the others the extraction was kept.
        """
        claims = self.claims([head.id for head in self.heads(article=article)])
        decided = [claim.id for claim in claims if claim.revision]
        if not decided:
            return claims
        rows = self.rows("extracted", extraction=node(self.extraction_of(article) or article))
        kept = {claim.id: claim for claim in (extracted_from(word(j)) for (j,) in rows)}
        if lost := [claim_id for claim_id in decided if claim_id not in kept]:
            raise StoreError(f"the extraction behind {lost[0]} is not in the store")
        return [kept[claim.id] if claim.revision else claim for claim in claims]

    def extraction_of(self, article: str) -> str | None:
        """The extraction that the article's claims come from; None for an unknown article."""
        links = self.store.describe([node(article)], node(EV.extraction))
        return links[0][2].value if links else None

    def beginning_with(self, beginning: str) -> list[str]:
        """Ids of claims that begin so, twenty at most."""
        return [word(claim) for (claim,) in self.rows("claims_by_prefix", beginning=Literal(beginning))]

    @cached_property
    def article_heads(self) -> dict[str, ArticleHead]:
        """Every article without its text."""
        return {head.id: head for head in (article_head(row) for row in self.rows("article_heads"))}

    @cached_property
    def studies(self) -> Studies:
        """Which study stands behind which claim."""
        reports = [study_report(row) for row in self.rows("study_reports")]
        results = self._memory.told(self.revision, self._changed, self._told)
        return self._memory.studies(self.article_heads.values(), reports, results)

    def _changed(self, writes: range) -> list[str]:
        """Articles that these writes changed."""
        entries = [log_node(number) for number in writes]
        return [word(article) for (article,) in self.rows("changed", entry=entries)] if entries else []

    def _told(self, articles: list[str] | None) -> dict[str, Told]:
        """What the results of some articles, or of all, tell; articles that tell nothing are left out."""
        given: dict[str, Values] = {} if articles is None else {"article": [node(a) for a in articles]}
        return told(self.rows("figures", **given), self.rows("given", **given))

    @cached_property
    def standings(self) -> Standings:
        """Which articles are withdrawn or in doubt."""
        found = [
            StoredNotice(
                word(article),
                codes.NOTICE.decode(kind),  # type: ignore[arg-type]
                word(other) == "true",
                None if about is None else about.value,
            )
            for article, kind, other, about in self.rows("notices")
        ]
        return Standings.of(self.article_heads.values(), found)
