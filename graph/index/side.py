"""The side index of a library: brought up to date article by article, made anew where that cannot be done."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import RLock

import numpy as np

from graph.errors import DamagedIndex, StoreError
from graph.index import schema
from graph.index.columns import Columns
from graph.index.facts import ClaimsOf, read_claims
from graph.index.lookups import Lookups
from graph.index.naming import Naming
from graph.index.packing import BLOCK, article_packed, blocks, records_packed, records_unpacked
from graph.index.prose import prepared
from graph.index.record import NONE, RECORD, Records
from graph.index.standing import date_of, facts_of, kind_number
from graph.linking.store import Linking
from graph.reading import Reader
from graph.study_grounds import ArticleHead

_STEP = 500
"""Articles that are read at a time."""
MOST_WRITES = 20_000
"""Further behind than this, the index is made anew."""


class SideIndex(Lookups):
    """Columns in memory and tables in a file, at one revision of the library.

    One thread at a time may call ``update`` or touch ``sql``: take ``lock``. The columns may be read without it.
    """

    def __init__(self, place: Path | None) -> None:
        self._place = place
        self.lock = RLock()
        self.sql = schema.connect(place)
        self.columns = Columns()
        self.linking: Linking
        self.revision: int | None = None
        self.progress: Callable[[int, int], None] = lambda done, total: None
        """Hears how many articles were read, and how many there are to read."""
        self._loaded = False

    def close(self) -> None:
        """Give the file back."""
        with self.lock:
            self.sql.close()

    def distrust(self) -> None:
        """Have the index made anew when it is opened the next time."""
        with self.lock, suppress(sqlite3.Error):
            schema.distrust(self.sql)

    def catch_up(self, reader: Reader, identity: Mapping[str, str]) -> None:
        """Bring the index to the revision of ``reader``. ``identity`` says which store it is of, and of which words.

        Raises StoreError when the library has moved on since the reader was made.
        """
        if self.revision == reader.revision:
            return
        with self.lock:
            if self.revision is not None and self.revision > reader.revision:
                raise StoreError(f"the library has moved on from revision {reader.revision}")
            if self.revision == reader.revision:
                return
            try:
                self._catch_up(reader, identity)
            except (sqlite3.DatabaseError, DamagedIndex):  # the file is damaged: another one is made
                self._drop()
                self._catch_up(reader, identity)
            except BaseException:
                with suppress(sqlite3.Error):
                    self.sql.rollback()
                self._loaded, self.revision = False, None
                raise

    def _drop(self) -> None:
        self._loaded, self.revision = False, None
        self.sql.close()
        if self._place is not None:
            schema.drop(self._place)
        self.sql = schema.connect(self._place)

    def _catch_up(self, reader: Reader, identity: Mapping[str, str]) -> None:
        behind = self._behind(reader, identity)
        anew = behind is None
        if behind is None:
            schema.empty(self.sql)
            self._loaded, behind = False, reader.article_ids()
        if not self._loaded and not anew:
            self._load()
        self.linking = Linking(self.sql)
        for start in range(0, len(behind), _STEP):
            self.progress(start, len(behind))
            self._update(reader, behind[start : start + _STEP])
            if anew:  # without a revision, what a killed process leaves behind is made anew
                self.sql.commit()
        moved = self.linking.settle() if behind else set()
        self.progress(len(behind), len(behind))
        entry = reader.log_entry(reader.revision)
        schema.say(self.sql, {**identity, "revision": str(reader.revision), "entry": entry})
        self.sql.commit()
        if anew:
            self._load()
        else:
            self._stand({*moved, *behind})
        self.revision = reader.revision

    def _behind(self, reader: Reader, identity: Mapping[str, str]) -> list[str] | None:
        """The articles that the index has to read again; None where it has to be made anew."""
        held = schema.about(self.sql)
        if (
            not held
            or ("damaged" in held and not self._loaded)
            or any(held.get(name) != value for name, value in identity.items())
        ):
            return None
        known = int(held.get("revision", "-1"))
        if not 0 <= known <= reader.revision <= known + MOST_WRITES or reader.log_entry(known) != held.get("entry"):
            return None
        return sorted(set(reader.changed(range(known + 1, reader.revision + 1))))

    def _load(self) -> None:
        self.columns = Columns()
        self.columns.load(self.sql)
        self.linking = Linking(self.sql)
        self._loaded = True
        self._stand(None)

    def _update(self, reader: Reader, articles: Sequence[str]) -> None:
        naming = Naming(self.sql, reader.store)
        found = read_claims(reader, articles, naming.mentions, naming.names)
        facts = facts_of(reader, articles)
        self.linking.replace(facts.values())
        for article in articles:
            if article in facts:
                self._put(article, article_packed(reader.stored(article)), facts[article].head, found[article])
        if self._loaded:
            self.columns.add_mentions(naming.new_mentions)
            self.columns.add_concepts(naming.new_concepts)
        reader.forget()

    def _put(self, article: str, packed: bytes, head: ArticleHead, claims: ClaimsOf) -> None:
        """One article with its claims as they are now. Where the claims are the same, their quotes are too."""
        row = self.sql.execute("SELECT number, first, claims FROM article WHERE id = ?", (article,)).fetchone()
        number, first, old = (None, 0, np.empty(0, RECORD)) if row is None else (*row[:2], records_unpacked(row[2]))
        if not _same_ids(old, claims.records):
            end = first + len(old)
            self.sql.execute("DELETE FROM block WHERE number >= ? AND number < ?", (first // BLOCK, -(-end // BLOCK)))
            following = int(self.sql.execute("SELECT value FROM about WHERE name = 'following'").fetchone()[0])
            first = -(-following // BLOCK) * BLOCK  # no block has claims of two articles
            following = first + len(claims.lines)
            self.sql.execute("UPDATE about SET value = ? WHERE name = 'following'", (str(following),))
            words = ((first + place, prepared(quote)) for place, quote in enumerate(claims.quotes))
            self.sql.executemany("INSERT INTO quote (rowid, exact) VALUES (?, ?)", words)
        packs = enumerate(blocks(claims.lines), first // BLOCK)
        self.sql.executemany("INSERT OR REPLACE INTO block VALUES (?, ?)", packs)
        told = (date_of(head), kind_number(head), head.secondary)
        held = self.sql.execute(
            "INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
            (number, article, *told, first, records_packed(claims.records), packed),
        )
        number = int(held.fetchone()[0])
        if self._loaded:
            self.columns.add_articles([(number, article)])
            for name, value in zip(("date", "kind", "secondary"), told, strict=True):
                self.columns.articles[name][number] = value
            self.columns.put(number, claims.records, first)

    def _stand(self, articles: Iterable[str] | None) -> None:
        """Take over what linking says of these articles; None: of all."""
        rows = dict(self.linking.rows(articles))
        units = Naming(self.sql).names(sorted({row.unit for row in rows.values()}))
        self.sql.commit()
        places: dict[int, tuple[int, bool, bool, bool]] = {}
        for article, row in rows.items():
            number = self.columns.number_of(article)
            if number is not None:
                places[number] = (units[row.unit], row.mixed, row.doubled, row.excluded)
        self.columns.stand(places)
        for number in [n for n, row in places.items() if row[1]]:
            self._mixed(number)

    def _mixed(self, number: int) -> None:
        """Units of the claims of an article that puts several studies together."""
        where, article = self.columns.of_article(number), self.columns.ids[number]
        studies = self.columns.claims["study"][where]
        held = {int(s) for s in studies if s != NONE}
        texts = {s: self.text(s) for s in held}
        units = {s: self.linking.behind(article, text) for s, text in texts.items()}
        numbers = Naming(self.sql).names(sorted(set(units.values())))
        for study, unit in units.items():
            own = self.columns.claims["unit"][where]
            own[studies == study] = numbers[unit]


def _same_ids(held: Records, records: Records) -> bool:
    """True where both are the same claims in the same order: then their quotes are the same too."""
    return len(held) == len(records) and bool(
        np.array_equal(held["high"], records["high"]) and np.array_equal(held["low"], records["low"])
    )
