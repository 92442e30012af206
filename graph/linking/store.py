"""Which articles report one study and how they stand, in tables that follow the library article by article.

What the tables say is what ``Studies.of`` and ``Standings.of`` give for the whole library, and only the articles are
worked through that have something in common with those that changed.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from graph.cited import primary_iri
from graph.errors import UnknownArticle
from graph.linking.blocks import linked
from graph.linking.facts import ArticleFacts, Row, dumped, head_in, said_in
from graph.linking.given import canonical
from graph.linking.keys import code
from graph.linking.settling import settle
from graph.linking.tables import Tables
from graph.standing import applied
from graph.studies import Studies
from graph.study_grounds import BY_ARTICLE, ArticleHead
from ingest.article import Article
from ingest.notices import Notice

_VIEWS = 32
"""Blocks whose links are kept for further questions."""
_STEP = 500


class Linking:
    """The tables over a connection of the caller's, who commits and closes. Their names begin with ``link_``.

    One connection writes at a time, and one thread uses a connection at a time: that is the caller's to see to.
    Readers on connections of their own see what was committed. Methods that take an article's id raise UnknownArticle
    for one that the tables do not have, unless they say otherwise. What ``replace`` and ``remove`` were given counts
    from the next ``settle`` on; both survive a commit without one. After an error the caller rolls back.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._tables = Tables(connection)
        self._tables.make()
        self._views: OrderedDict[int, Studies] = OrderedDict()
        self._seen = self._tables.settled()

    def replace(self, items: Iterable[ArticleFacts]) -> None:
        """Give the facts of new or changed articles; the facts that an article had are gone."""
        rows = ((item.head.id, dumped(item)) for item in items)
        self._tables.connection.executemany("INSERT OR REPLACE INTO link_pending VALUES (?, ?)", rows)

    def remove(self, articles: Iterable[str]) -> None:
        """Take articles away; unknown ones are passed over."""
        rows = ((article,) for article in articles)
        self._tables.connection.executemany("INSERT OR REPLACE INTO link_pending VALUES (?, NULL)", rows)

    def settle(self) -> set[str]:
        """Link anew what was given or taken away since the last time; the articles whose row (or notices) changed.

        New articles are among them, those that were taken away are not; and mixed articles of which a claim counts for
        another study now.
        """
        self._refresh()
        try:
            return settle(self._tables)
        finally:
            self._refresh(anew=True)

    def standing_of(self, article: str) -> Row:
        """How an article counts."""
        found = self._one("SELECT unit, flags FROM link_rows WHERE n = ?", self._number(article))
        return Row.of(*found)

    def rows(self, articles: Iterable[str] | None = None) -> Iterator[tuple[str, Row]]:
        """How articles count: those given that are known, in their order, or all, by id."""
        query = "SELECT id, unit, flags FROM link_articles JOIN link_rows USING (n)"
        if articles is None:
            found = self._tables.connection.execute(f"{query} ORDER BY id")
            yield from ((article, Row.of(unit, flags)) for article, unit, flags in found if unit is not None)
            return
        for article in articles:
            for name, unit, flags in self._tables.connection.execute(f"{query} WHERE id = ?", (article,)):
                yield name, Row.of(unit, flags)

    def behind(self, article: str, study: str | None) -> str:
        """What a claim of ``article`` counts for, which the article says is of ``study``; as ``Studies.behind``."""
        row = self.standing_of(article)
        if study is not None and row.mixed and not study.startswith(BY_ARTICLE):
            return self.canonical(study)
        return row.unit

    def canonical(self, study: str) -> str:
        """The one IRI of a study that an article gives as ``study``; as ``Studies.canonical``."""
        return canonical(self._tables, study)

    def others(self, article: str) -> tuple[str, ...]:
        """The other articles that report the study of ``article``, by id."""
        return self._view(article).others(article)

    def reasons(self, article: str) -> tuple[str, ...]:
        """Why the article counts for its study, in sentences, the surest ground first."""
        return self._view(article).reasons(article)

    def applied(self, article: Article) -> Article:
        """The article with what notices in the library say of it; as ``Standings.applied``."""
        return applied(article, self.said(article.id))

    def said(self, article: str) -> tuple[Notice, ...]:
        """The notices that other articles of the library have of this one; none of an unknown one."""
        found = self._one("SELECT said FROM link_articles JOIN link_rows USING (n) WHERE id = ?", article)
        return said_in(None if found is None else found[0])

    def head(self, article: str) -> ArticleHead | None:
        """What is known of an article without its text; None for an unknown one."""
        return self.heads([article]).get(article)

    def heads(self, articles: Iterable[str]) -> dict[str, ArticleHead]:
        """What is known of these articles; unknown ones are left out."""
        wanted, found = list(articles), dict[str, ArticleHead]()
        for start in range(0, len(wanted), _STEP):
            part = wanted[start : start + _STEP]
            marks = ", ".join("?" * len(part))
            query = f"SELECT id, facts FROM link_articles WHERE id IN ({marks})"  # noqa: S608 - only question marks
            found |= {article: head_in(facts) for article, facts in self._tables.connection.execute(query, part)}
        return {article: found[article] for article in wanted if article in found}

    def find(self, name: str) -> str | None:
        """The article with this id, or with this DOI, PMID or PMCID (as an IRI or ``doi:...``); None if there is none.

        Of several, the first by id.
        """
        if self._tables.number(name) is not None:
            return name
        self._refresh()
        iri = primary_iri(name)
        if iri is None:
            return None
        heads = (self._tables.own(n).facts.head for n in self._tables.first(_BY_KEY, code(iri)))
        return min((head.id for head in heads if iri in (head.id, *head.ids.values())), default=None)

    def units(self, articles: Collection[str]) -> dict[str, str]:
        """What each of these articles counts for."""
        return {article: row.unit for article, row in self.rows(articles)}

    def count(self) -> int:
        """How many articles the tables have."""
        return int(self._one("SELECT count(*) FROM link_articles")[0])

    def _one(self, query: str, *values: object) -> Any:
        return self._tables.connection.execute(query, values).fetchone()

    def _number(self, article: str) -> int:
        n = self._tables.number(article)
        if n is None:
            raise UnknownArticle(article[:200])
        return n

    def _refresh(self, *, anew: bool = False) -> None:
        """Keep nothing that was read before the tables were last brought up to date, or rolled back."""
        settled = self._tables.settled()
        if anew or settled != self._seen:
            self._views.clear()
            self._tables.forget()
            self._seen = settled

    def _view(self, article: str) -> Studies:
        """The studies of the article's block."""
        self._refresh()
        (block,) = self._one("SELECT block FROM link_rows WHERE n = ?", self._number(article))
        made = self._views.get(block)
        if made is None:
            members = self._tables.first("SELECT n FROM link_rows WHERE block = ? ORDER BY n", block)
            made = self._views[block] = linked(self._tables, members)[0]
            if len(self._views) > _VIEWS:
                self._views.popitem(last=False)
        return made


_BY_KEY = "SELECT n FROM link_keys WHERE key = ?"
