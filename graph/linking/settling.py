"""Bringing the tables up to date with the articles that were given or taken away."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from graph.linking.blocks import blocks, gathered, relink
from graph.linking.facts import loaded
from graph.linking.figures import Posting, pair, post
from graph.linking.given import give, regive
from graph.linking.names import bear, rename
from graph.linking.numbers import renumber
from graph.linking.tables import Tables, cut, packed, read, spelt
from graph.study_grounds import BY_REGISTRATION

AT_ONCE = 1_000
"""Articles that are taken up in one go: what is held in memory at a time."""


def settle(tables: Tables) -> set[str]:
    """Take up everything that is pending; articles that count otherwise than before, new ones included."""
    opened = Opened()
    with _without_collection(tables.first("SELECT count(*) FROM link_pending")[0] > AT_ONCE):
        while pending := tables.all("SELECT id, facts FROM link_pending ORDER BY id LIMIT ?", AT_ONCE):
            _take(tables, [(str(article), _bytes(facts)) for article, facts in pending], opened)
            tables.connection.executemany("DELETE FROM link_pending WHERE id = ?", [(row[0],) for row in pending])
        return _linked(tables, opened) if opened.moved else set()


@contextmanager
def _without_collection(many: bool) -> Iterator[None]:
    """A first build makes millions of values and hardly a cycle: looking for cycles takes a third of its time."""
    pause = many and gc.isenabled()
    if pause:
        gc.disable()
    try:
        yield
    finally:
        if pause:
            gc.enable()


@dataclass
class Opened:
    """What was taken up and is not linked yet, by row number.

    ``moved`` are articles that are new, changed or gone, or of another kind; ``seeds`` those and the ones of which the
    pairs changed; ``names`` are study names that those which moved had or have, ``numbers`` those whose study goes by
    another one now.
    """

    moved: set[int] = field(default_factory=set)
    seeds: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)


def _take(tables: Tables, pending: Sequence[tuple[str, bytes | None]], opened: Opened) -> None:
    """Write all that the articles have in common with others."""
    moved, touched = _stored(tables, pending)
    renumbered, numbers = renumber(tables, touched)
    restless = moved | renumbered
    crossed, bearers = post(tables, _described(tables, restless, opened.names))
    opened.moved |= restless
    opened.numbers |= numbers
    opened.seeds |= restless | pair(tables, restless | crossed, bearers)


def _linked(tables: Tables, opened: Opened) -> set[str]:
    """Link anew the blocks that the articles are in and were in; articles that count otherwise than before."""
    tables.connection.execute("INSERT OR REPLACE INTO link_state VALUES (0, hex(randomblob(8)))")
    near = opened.seeds | _mates(tables, opened.seeds)
    renamed = rename(tables, opened.moved, near, opened.names)
    seeds = near | renamed | _mates(tables, renamed)
    old_blocks = _blocks_of(tables, seeds)
    _forget_gone(tables, opened.moved)
    found = list(blocks(tables, (n for n in seeds if tables.first("SELECT n FROM link_rows WHERE n = ?", n))))
    old_blocks |= _blocks_of(tables, (n for block in found for n in block.articles))
    before = _nodes(tables, old_blocks)
    tables.connection.executemany("DELETE FROM link_nodes WHERE block = ?", [(block,) for block in sorted(old_blocks)])
    changed: set[str] = set()
    for lot in gathered(found):
        changed |= relink(tables, lot)
    nodes = {str(node) for node, _ in before ^ _nodes(tables, (block.name for block in found))}
    nodes |= changed | {BY_REGISTRATION + read(number).text for number in opened.numbers}
    return changed | regive(tables, opened.moved, nodes)


def _stored(tables: Tables, pending: Iterable[tuple[str, bytes | None]]) -> tuple[set[int], set[str]]:
    """Write the new facts; row numbers of the articles that they change, and the numbers that those had or have."""
    moved, touched = set[int](), set[str]()
    for article, given in pending:
        rows = tables.all("SELECT n, facts FROM link_articles WHERE id = ?", article)
        if (rows[0][1] if rows else None) == given:
            continue
        if rows:
            n = int(str(rows[0][0]))
            had = {str(row[0]) for row in tables.all("SELECT number FROM link_numbers WHERE n = ?", n)}
        else:
            n, had = _new(tables, article), set()
        tables.drop(n)
        give(tables, n, None)
        has: set[str] = set()
        if given is not None:
            own = tables.remember(n, loaded(given))
            tables.connection.execute("UPDATE link_articles SET facts = ? WHERE n = ?", (given, n))
            has = {spelt(number) for number in own.numbers}
            give(tables, n, own.facts)
        else:
            tables.connection.execute("DELETE FROM link_articles WHERE n = ?", (n,))
        lost = [(number, n) for number in had - has]
        tables.connection.executemany("DELETE FROM link_numbers WHERE number = ? AND n = ?", lost)
        tables.connection.executemany("INSERT INTO link_numbers VALUES (?, ?)", [(h, n) for h in has - had])
        moved.add(n)
        touched |= had | has
    return moved, touched


def _bytes(held: object) -> bytes | None:
    assert held is None or isinstance(held, bytes)
    return held


def _new(tables: Tables, article: str) -> int:
    made = tables.connection.execute("INSERT INTO link_articles (id, facts) VALUES (?, x'')", (article,)).lastrowid
    tables.connection.execute(
        "INSERT INTO link_rows (n, keys, name_keys, figures, sizes) VALUES (?, x'', x'', x'', '')", (made,)
    )
    return int(made or 0)


def _described(tables: Tables, articles: Iterable[int], names: set[str]) -> dict[int, Posting]:
    """Write the keys of these articles but those of names; their figures before and after.

    Adds the ``names`` that they had or have.
    """
    postings, gone, new, rows = dict[int, Posting](), [], [], []
    for n in sorted(articles):
        (figures,) = tables.connection.execute("SELECT figures FROM link_rows WHERE n = ?", (n,)).fetchone()
        before = frozenset[bytes](cut(figures))
        had = frozenset(key for keys in tables.keys(n) for key in keys)
        after, has, sizes = frozenset[bytes](), frozenset[int](), ""
        if tables.first("SELECT n FROM link_articles WHERE n = ?", n):
            own = tables.own(n)
            placed = own.placed(tables.alias(own.numbers))
            after, has, sizes = placed.figures, placed.keys, own.sizes
            names |= bear(tables, n, placed)
        else:
            names |= bear(tables, n, None)
        gone += [(key, n) for key in had - has]
        new += [(key, n) for key in has - had]
        rows.append((packed(has), b"".join(sorted(after)), sizes, n))
        postings[n] = Posting(before, after)
    tables.connection.executemany("DELETE FROM link_keys WHERE key = ? AND n = ?", gone)
    tables.connection.executemany("INSERT INTO link_keys VALUES (?, ?)", sorted(new))
    tables.connection.executemany(
        "UPDATE link_rows SET keys = ?, name_keys = x'', figures = ?, sizes = ? WHERE n = ?", rows
    )
    return postings


def _blocks_of(tables: Tables, articles: Iterable[int]) -> set[int]:
    found = (tables.first("SELECT block FROM link_rows WHERE n = ?", n) for n in articles)
    return {block for each in found for block in each if block is not None}


def _nodes(tables: Tables, blocks: Iterable[int]) -> set[tuple[object, ...]]:
    """Studies and numbers that count for another study, with that one."""
    query = "SELECT node, unit FROM link_nodes WHERE block = ?"
    return {row for block in blocks for row in tables.all(query, block)}


def _mates(tables: Tables, articles: Iterable[int]) -> set[int]:
    """All that were in one block with these articles when it was last linked."""
    blocks = _blocks_of(tables, articles)
    return {n for block in blocks for n in tables.first("SELECT n FROM link_rows WHERE block = ?", block)}


def _forget_gone(tables: Tables, moved: Iterable[int]) -> None:
    gone = [(n,) for n in moved if not tables.first("SELECT n FROM link_articles WHERE n = ?", n)]
    tables.connection.executemany("DELETE FROM link_rows WHERE n = ?", gone)
