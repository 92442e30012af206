"""The tables of linking, and reading one article from them. Every name begins with ``link_``."""

from __future__ import annotations

import sqlite3
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence

from graph.linking.facts import ArticleFacts, loaded
from graph.linking.keys import Own
from graph.registries import Number

LAYOUT = "3"
"""Moves when the tables or what they hold change: those of another layout have to be made anew."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS link_pending (id TEXT PRIMARY KEY, facts BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link_articles (
  n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, facts BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS link_rows (
  n INTEGER PRIMARY KEY, block INTEGER,
  keys BLOB NOT NULL DEFAULT x'', name_keys BLOB NOT NULL DEFAULT x'', figures BLOB NOT NULL DEFAULT x'',
  sizes TEXT NOT NULL DEFAULT '', unit TEXT, flags INTEGER, said TEXT
);
CREATE INDEX IF NOT EXISTS link_rows_by_block ON link_rows (block);
CREATE TABLE IF NOT EXISTS link_keys (key INTEGER, n INTEGER, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link_numbers (number TEXT, n INTEGER, PRIMARY KEY (number, n)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_numbers_by_article ON link_numbers (n, number);
CREATE TABLE IF NOT EXISTS link_aliases (number TEXT PRIMARY KEY, one TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link_names (
  name TEXT, n INTEGER, drugs TEXT NOT NULL, marks TEXT, PRIMARY KEY (name, n)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_names_by_article ON link_names (n, name);
CREATE TABLE IF NOT EXISTS link_common (name TEXT PRIMARY KEY, registered INTEGER, drugs INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link_figures (figure BLOB, n INTEGER, PRIMARY KEY (figure, n)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link_pairs (n INTEGER, other INTEGER, said TEXT, PRIMARY KEY (n, other)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link_nodes (node TEXT PRIMARY KEY, block INTEGER, unit TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_nodes_by_block ON link_nodes (block);
CREATE TABLE IF NOT EXISTS link_given (
  n INTEGER, study TEXT, base TEXT NOT NULL, node TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (n, study)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_given_by_base ON link_given (base);
CREATE INDEX IF NOT EXISTS link_given_by_node ON link_given (node);
CREATE TABLE IF NOT EXISTS link_state (only INTEGER PRIMARY KEY, settled TEXT NOT NULL);
"""
_MOST_HELD = 3_000


class Tables:
    """Reads of the tables, over a connection of the caller's; keeps the facts of some thousand articles at most."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._own: OrderedDict[int, Own] = OrderedDict()

    def make(self) -> None:
        """Make the tables where they are missing; writes nothing where they are there."""
        if self.all("SELECT 1 FROM sqlite_master WHERE name = 'link_state'"):
            return
        for statement in _SCHEMA.split(";"):
            if statement.strip():
                self.connection.execute(statement)

    def all(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Every row of a query."""
        return self.connection.execute(query, values).fetchall()

    def first(self, query: str, *values: object) -> list[int]:
        """The first column of a query, of numbers."""
        return [row[0] for row in self.connection.execute(query, values)]

    def number(self, article: str) -> int | None:
        """The row number of an article; None for an unknown one."""
        found = self.connection.execute("SELECT n FROM link_articles WHERE id = ?", (article,)).fetchone()
        return None if found is None else int(found[0])

    def own(self, n: int) -> Own:
        """The facts of an article by its row number, and what follows from them."""
        held = self._own.get(n)
        if held is None:
            (facts,) = self.connection.execute("SELECT facts FROM link_articles WHERE n = ?", (n,)).fetchone()
            held = self.remember(n, loaded(facts))
        return held

    def remember(self, n: int, facts: ArticleFacts) -> Own:
        """Keep facts for the next reading."""
        self._own[n] = own = Own(facts)
        if len(self._own) > _MOST_HELD:
            self._own.popitem(last=False)
        return own

    def drop(self, n: int) -> None:
        """Do not keep the facts of one article."""
        self._own.pop(n, None)

    def forget(self) -> None:
        """Keep nothing."""
        self._own.clear()

    def keys(self, n: int) -> tuple[array[int], array[int]]:
        """The keys of an article, and those that it has by its name."""
        held, more = self.connection.execute("SELECT keys, name_keys FROM link_rows WHERE n = ?", (n,)).fetchone()
        return array("q", held), array("q", more)

    def having(self, keys: Sequence[int]) -> list[int]:
        """Articles that have one of the keys."""
        marks = ",".join("?" * len(keys))
        return self.first(f"SELECT n FROM link_keys WHERE key IN ({marks})", *keys)  # noqa: S608 - question marks

    def numbers(self, n: int) -> frozenset[Number]:
        """The registry numbers of an article."""
        return frozenset(read(str(row[0])) for row in self.all("SELECT number FROM link_numbers WHERE n = ?", n))

    def alias(self, numbers: Iterable[Number]) -> dict[Number, Number]:
        """The number by which the study of each goes, where that is another."""
        found = {}
        for number in numbers:
            row = self.connection.execute("SELECT one FROM link_aliases WHERE number = ?", (spelt(number),)).fetchone()
            if row is not None:
                found[number] = read(row[0])
        return found

    def settled(self) -> str:
        """A mark that is another one whenever the tables were brought up to date."""
        return "".join(str(row[0]) for row in self.all("SELECT settled FROM link_state"))


def spelt(number: Number) -> str:
    """A registry number as the tables have it."""
    return f"{number.rank}|{number.registry}|{number.text}"


def read(spelling: str) -> Number:
    """The registry number that ``spelt`` wrote."""
    rank, registry, text = spelling.split("|", 2)
    return Number(int(rank), registry, text)


def packed(keys: Iterable[int]) -> bytes:
    """Keys as one value, in order."""
    return array("q", sorted(keys)).tobytes()


def cut(held: bytes) -> Iterator[bytes]:
    """Figures of 16 bytes that stand behind each other."""
    return (held[start : start + 16] for start in range(0, len(held), 16))
