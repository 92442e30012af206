"""The index in memory: claims, articles, mentions and concepts as columns. One array element a claim, and so on.

Readers may look while a writer changes them: each reader finds out afterwards whether the library moved meanwhile, and
asks again (see ``access``). Numbers of articles, mentions and names are those of the index's file.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.index.growing import Growing
from graph.index.packing import records_unpacked
from graph.index.record import NONE, RECORD, ROLES, Records

Numbers = NDArray[Any]
"""Whole numbers: places in columns, or what a column holds there."""
Mask = NDArray[Any]
_UNORDERED = 10_000
"""So many claims are looked through one by one before the order of ids is made again."""
_FIELDS = {name: RECORD[name] for name in RECORD.names or ()}


class Columns:
    """See the module. ``claims`` has the fields of a record, and ``article``, ``unit``, ``number``, ``alive``."""

    def __init__(self) -> None:
        self.claims = Growing(**_FIELDS, article="<i4", unit="<i4", number="<i8", alive="?")
        self.articles = Growing(
            base="<i8", count="<i4", rank="<i4", date="<i4", kind="u1",
            secondary="?", excluded="?", doubled="?", mixed="?", unit="<i4",
        )  # fmt: skip
        self.mentions = Growing(marks="u1", facet="<i4")
        self.links = Growing(concept="<i4", mention="<i4")
        self.above = Growing(concept="<i4", broader="<i4")
        self.ids: list[str] = []
        """The articles' ids, by number."""
        self.ordered: list[str] = []
        """The same, in order; an article's rank is its place here."""
        self._number: dict[str, int] = {}
        self._by_id = np.empty(0, np.int64), np.empty(0, np.uint64)

    def load(self, connection: sqlite3.Connection) -> None:
        """Read everything but how articles stand, which ``linking`` says."""
        asked = "SELECT number, id, date, kind, secondary, first, claims FROM article ORDER BY first, number"
        rows = connection.execute(asked).fetchall()
        parts = [records_unpacked(blob) for *_, blob in rows]
        self.add_articles([(number, article) for number, article, *_ in rows])
        if parts:
            counts = np.array([len(p) for p in parts], np.int64)
            homes = np.repeat(np.array([number for number, *_ in rows], np.int32), counts)
            firsts = np.repeat(np.array([first for *_, first, _ in rows], np.int64), counts)
            starts = np.repeat(np.cumsum(counts) - counts, counts)
            records = np.concatenate(parts)
            numbers = firsts + np.arange(len(records)) - starts
            self._append(records, homes, numbers)
            own = np.array([number for number, *_ in rows], np.int64)
            self.articles["base"][own], self.articles["count"][own] = np.cumsum(counts) - counts, counts
            for column, name in enumerate(("date", "kind", "secondary"), 2):
                self.articles[name][own] = [row[column] for row in rows]
        self.add_mentions(connection.execute("SELECT number, marks, facet, concepts FROM mention ORDER BY number"))
        self.add_concepts(connection.execute("SELECT number, broader FROM concept ORDER BY number"))

    def add_articles(self, articles: Iterable[tuple[int, str]]) -> None:
        """Make room for these articles, by number and id; what is said of them comes later."""
        new = [(number, article) for number, article in articles if article not in self._number]
        if not new:
            return
        last = max(number for number, _ in new)
        if last >= self.articles.size:
            more = last + 1 - self.articles.size
            self.articles.extend(
                more, base=0, count=0, rank=0, date=0, kind=0,
                secondary=False, excluded=False, doubled=False, mixed=False, unit=NONE,
            )  # fmt: skip
            self.ids += [""] * more
        for number, article in new:
            self.ids[number] = article
            self._number[article] = number
        if len(new) > 100:
            self.ordered = sorted([*self.ordered, *(article for _, article in new)])
            ranks = {article: rank for rank, article in enumerate(self.ordered)}
            held = list(self._number.items())
            self.articles["rank"][[number for _, number in held]] = [ranks[article] for article, _ in held]
            return
        for number, article in new:
            place = bisect_left(self.ordered, article)
            self.ordered.insert(place, article)
            ranks_now = self.articles["rank"]
            ranks_now[ranks_now >= place] += 1
            ranks_now[number] = place

    def add_mentions(self, mentions: Iterable[tuple[int, int, int, bytes]]) -> None:
        """Take these mentions, by number: marks, facet, concepts."""
        rows = list(mentions)
        if not rows:
            return
        last = max(row[0] for row in rows)
        if last >= self.mentions.size:
            self.mentions.extend(last + 1 - self.mentions.size, marks=0, facet=NONE)
        places = [row[0] for row in rows]
        self.mentions["marks"][places], self.mentions["facet"][places] = [r[1] for r in rows], [r[2] for r in rows]
        linked = [np.frombuffer(row[3], "<i4") for row in rows]
        counts = [len(each) for each in linked]
        if sum(counts):
            self.links.extend(sum(counts), concept=np.concatenate(linked), mention=np.repeat(places, counts))

    def add_concepts(self, concepts: Iterable[tuple[int, bytes]]) -> None:
        """Take these concepts: by number, with the numbers of what is broader."""
        rows = [(number, np.frombuffer(broader, "<i4")) for number, broader in concepts]
        counts = [len(each) for _, each in rows]
        if sum(counts):
            numbers = np.repeat([number for number, _ in rows], counts)
            self.above.extend(sum(counts), concept=numbers, broader=np.concatenate([each for _, each in rows]))

    def put(self, article: int, records: Records, first: int) -> None:
        """The claims of an article as they are now; ``first`` is the number of the first."""
        base, count = int(self.articles["base"][article]), int(self.articles["count"][article])
        same = count == len(records) and (count == 0 or int(self.claims["number"][base]) == first)
        if same:
            for name in _FIELDS:
                self.claims[name][base : base + count] = records[name]
            return
        self.claims["alive"][base : base + count] = False
        homes = np.full(len(records), article, np.int32)
        place = self._append(records, homes, first + np.arange(len(records)))
        self.articles["base"][article], self.articles["count"][article] = place.start, len(records)

    def _append(self, records: Records, homes: NDArray[np.int32], numbers: Numbers) -> slice:
        fields = {name: records[name] for name in _FIELDS}
        return self.claims.extend(len(records), **fields, article=homes, unit=NONE, number=numbers, alive=True)

    def places_of(self, high: int) -> list[int]:
        """Where the claims are whose ids begin with this half, those that are gone included; mostly one."""
        held = self.claims["high"]
        order, highs = self._by_id
        if len(held) - len(order) > _UNORDERED:
            order = np.argsort(held, kind="stable")
            highs = held[order]
            self._by_id = order, highs
        start, stop = np.searchsorted(highs, np.uint64(high), "left"), np.searchsorted(highs, np.uint64(high), "right")
        later = np.flatnonzero(held[len(order) :] == np.uint64(high)) + len(order)
        return [*order[start:stop].tolist(), *later.tolist()]

    def number_of(self, article: str) -> int | None:
        """The number of an article; None where the index lacks it."""
        return self._number.get(article)

    def of_article(self, article: int) -> slice:
        """Where the claims of an article are."""
        base = int(self.articles["base"][article])
        return slice(base, base + int(self.articles["count"][article]))

    def stand(self, rows: Mapping[int, tuple[int, bool, bool, bool]]) -> None:
        """What linking says of articles: the unit they count for, whether mixed, doubled, excluded."""
        if not rows:
            return
        places = np.fromiter(rows, np.int64, len(rows))
        for column, name in enumerate(("unit", "mixed", "doubled", "excluded")):
            self.articles[name][places] = [row[column] for row in rows.values()]
        if len(rows) > 1000:
            self.claims["unit"][:] = self.articles["unit"][self.claims["article"]]
            return
        for article in rows:
            self.claims["unit"][self.of_article(article)] = self.articles["unit"][article]

    def slot(self, role: str) -> NDArray[np.int32]:
        """The number of each claim's mention in a role, ``NONE`` where it has none."""
        assert role in ROLES
        return self.claims[role]
