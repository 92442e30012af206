"""The file of the side index: its tables, and what it says of itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from graph.linking import tables

LAYOUT = f"6, linking {tables.LAYOUT}"
"""Moves when the tables or what they hold change: an index of another layout is made anew."""
_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, date INTEGER NOT NULL, kind INTEGER NOT NULL,
    secondary INTEGER NOT NULL, first INTEGER NOT NULL, claims BLOB NOT NULL, about BLOB NOT NULL
);
CREATE TABLE block (number INTEGER PRIMARY KEY, packed BLOB NOT NULL);
CREATE TABLE mention (
    number INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, marks INTEGER NOT NULL, facet INTEGER NOT NULL,
    concepts BLOB NOT NULL, keys TEXT NOT NULL
);
CREATE TABLE concept (number INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, broader BLOB NOT NULL);
CREATE TABLE name (number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE words USING fts5(key, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE quote USING fts5(exact, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0");
"""


def connect(place: Path | None) -> sqlite3.Connection:
    """A connection that threads may share, one at a time. None: in memory. What is no database is thrown away."""
    if place is None:
        return sqlite3.connect(":memory:", check_same_thread=False)
    try:
        return _file(place)
    except sqlite3.DatabaseError:
        drop(place)
        return _file(place)


def _file(place: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(place, check_same_thread=False, timeout=30)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # an index that a power cut sets back is brought up to date
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def drop(place: Path) -> None:
    """Remove the file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        place.with_name(place.name + suffix).unlink(missing_ok=True)


def about(connection: sqlite3.Connection) -> dict[str, str]:
    """What the index says of itself; empty where it is new, or of another layout."""
    try:
        held = dict(connection.execute("SELECT name, value FROM about"))
    except sqlite3.DatabaseError:
        return {}
    return held if held.get("layout") == LAYOUT else {}


def say(connection: sqlite3.Connection, told: Mapping[str, str]) -> None:
    """Note what the index says of itself; the caller commits."""
    connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", {**told, "layout": LAYOUT}.items())


def distrust(connection: sqlite3.Connection) -> None:
    """Note that the index is damaged: it is made anew the next time it is opened."""
    connection.execute("INSERT OR REPLACE INTO about VALUES ('damaged', '')")
    connection.commit()


def empty(connection: sqlite3.Connection) -> None:
    """Throw away every table, and make those of this layout."""
    connection.execute("PRAGMA writable_schema = OFF")
    kinds = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    virtual = [name for name, sql in kinds if sql and sql.upper().startswith("CREATE VIRTUAL")]
    shadows = tuple(f"{name}_" for name in virtual)
    plain = [name for name, _ in kinds if name not in virtual and not (shadows and name.startswith(shadows))]
    for name in [*virtual, *(n for n in plain if not n.startswith("sqlite_"))]:
        connection.execute(f'DROP TABLE IF EXISTS "{name}"')
    connection.commit()
    connection.execute("VACUUM")  # what an index of another layout took is given back
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.executescript(_TABLES)
    connection.execute("INSERT INTO about VALUES ('following', '1')")
