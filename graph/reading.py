"""Reads from a quad store: claims, articles, texts, decisions. Keeps nothing but what one revision fixes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from pyoxigraph import Literal, NamedNode

from graph.binding import Values, load_query
from graph.describing import Claims, whole
from graph.errors import StoreError, UnknownArticle
from graph.mapping_article import article_from
from graph.model import Decision
from graph.records import decision_from, extracted_from, log_node, text_iri
from graph.rows import word as word
from graph.store import QuadStore, Row
from graph.terms import TEXT, Description
from graph.vocab import EV, RDF_TYPE, TEXTS, node
from ingest.article import Article
from ingest.claim import Claim

if TYPE_CHECKING:
    from graph.index.side import SideIndex

_BATCH = 200
_MANY = 400
_ARTICLES, _ANSWERS = 256, 16
"""Articles and answers that are kept."""
_T = TypeVar("_T")


def described(rows: Iterable[Row]) -> Description:
    """Rows of subject, predicate, object as a description."""
    return Description((s, p, o) for s, p, o in rows if isinstance(s, NamedNode) and isinstance(p, NamedNode) and o)


class Reader:
    """The library at one revision."""

    def __init__(self, store: QuadStore, revision: int, indexed: Callable[[Reader], SideIndex] | None = None) -> None:
        """``indexed`` gives the side index at this reader's revision; None for reading without one."""
        self.store, self.revision = store, revision
        self._indexed = indexed
        self.article = lru_cache(maxsize=_ARTICLES)(self._article)
        self._claims = Claims(store)
        self._claim_cache: dict[str, Claim] = {}
        self._made: OrderedDict[str, Any] = OrderedDict()

    @cached_property
    def index(self) -> SideIndex:
        """The side index, brought up to date when it is first asked for. Raises StoreError when the library moved."""
        if self._indexed is None:
            raise StoreError("this reader has no index")
        return self._indexed(self)

    def rows(self, query: str, /, **values: Values) -> list[Row]:
        """The rows of a query of ``queries``."""
        return self.store.select(load_query(query), **values)

    def ids_of(self, articles: Sequence[str]) -> dict[str, list[str]]:
        """The claims of articles, in no order; articles without claims are left out."""
        found: dict[str, list[str]] = {}
        for article, claim in self.rows("claims_of", article=[node(a) for a in articles]):
            found.setdefault(word(article), []).append(word(claim))
        return found

    def claim_ids(self, article: str) -> list[str]:
        """The claims of an article, by place and id."""
        found = [NamedNode(claim) for claim in self.ids_of([article]).get(article, ())]
        places = self.store.describe(found, node(EV.quoteStart))
        return [claim.value for claim, _, start in sorted(places, key=lambda p: (int(p[2].value), p[0].value))]

    def present(self, claims: Iterable[str]) -> list[str]:
        """Those of these claims that are there, in the same order."""
        given = [NamedNode(claim) for claim in claims]
        found = {claim for claim, _, _ in self.store.describe(given, node(EV.article))}
        return [claim.value for claim in given if claim in found]

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
        """What ``make`` gave for ``name`` at this revision; made once, and again when many others were."""
        made: _T | None = self._made.pop(name, None)
        if made is None:
            made = make()
        self._made[name] = made
        while len(self._made) > _ANSWERS:
            self._made.popitem(last=False)
        return made

    def forget(self) -> None:
        """Drop the claims that were kept, when an export has read a great many."""
        if len(self._claim_cache) > 20 * _BATCH:
            self._claim_cache.clear()
            self._claims.forget()

    def text(self, article: str, sha256: str) -> str:
        """One version of an article's text."""
        return self.texts({(article, sha256)})[article, sha256]

    def texts(self, versions: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Versions of articles' texts, by article and hash."""
        nodes = {node(text_iri(*version)): version for version in versions}
        found = {nodes[s]: text.value for s, _, text in self.store.describe(nodes, node(EV.text), TEXTS)}
        if lost := [version for version in versions if version not in found]:
            raise StoreError(f"the store has no text {lost[0][1]} of {lost[0][0]}")
        return found

    def _article(self, article_id: str) -> Article:
        """The article with its current text, and what notices in the library say of it. Raises UnknownArticle."""
        return self.index.applied(self.stored(article_id))

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
        claims = self.claims(self.claim_ids(article))
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

    def changed(self, writes: range) -> list[str]:
        """Articles that these writes changed."""
        entries = [log_node(number) for number in writes]
        parts = [entries[start : start + _MANY] for start in range(0, len(entries), _MANY)]
        return [word(article) for part in parts for (article,) in self.rows("changed", entry=part)]

    def log_entry(self, write: int) -> str:
        """What the log says of a write, the same whoever asks; empty where it says nothing."""
        rows = self.rows("log_entry", entry=log_node(write))
        return "\n".join(sorted(f"{word(p)} {word(o)}" for p, o in rows))
