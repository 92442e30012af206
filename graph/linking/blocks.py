"""Blocks: articles that nothing connects with any other. Each is linked by itself, as the whole library would be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.linking.facts import Row, said_text
from graph.linking.keys import Own, code
from graph.linking.tables import Tables
from graph.standing import Standings
from graph.studies import Studies
from graph.study_links import Around, Shared

_KEYS_AT_ONCE = 100
_TOGETHER = 500
"""Articles of small blocks that are linked in one go, which is quicker."""


@dataclass(frozen=True)
class Block:
    """Row numbers of its articles in order, and the keys that they have."""

    articles: tuple[int, ...]
    keys: frozenset[int]

    @property
    def name(self) -> int:
        """The number by which the tables know it."""
        return self.articles[0]


def blocks(tables: Tables, seeds: Iterable[int], *, surest: bool = False) -> Iterator[Block]:
    """The blocks of these articles; with ``surest`` of what is joined by anything but names and printed numbers."""
    seen: set[int] = set()
    for seed in sorted(seeds):
        if seed in seen:
            continue
        seen.add(seed)
        articles, keys, ahead = [], set[int](), [seed]
        while ahead:
            articles.append(n := ahead.pop())
            own, named = tables.keys(n)
            found = [] if surest else tables.first("SELECT other FROM link_pairs WHERE n = ?", n)
            more = [key for key in (own if surest else own + named) if key not in keys]
            keys.update(more)
            for start in range(0, len(more), _KEYS_AT_ONCE):
                found += tables.having(more[start : start + _KEYS_AT_ONCE])
            new = [other for other in dict.fromkeys(found) if other not in seen]
            seen.update(new)
            ahead += new
        yield Block(tuple(sorted(articles)), frozenset(keys))


def gathered(found: Iterable[Block]) -> Iterator[list[Block]]:
    """Blocks in lots that are quick to link."""
    lot, size = list[Block](), 0
    for block in found:
        lot.append(block)
        size += len(block.articles)
        if size >= _TOGETHER:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot


def linked(tables: Tables, articles: Sequence[int]) -> tuple[Studies, Standings]:
    """The studies and standings of the articles of one block or of several."""
    owns = [tables.own(n) for n in articles]
    facts, ids = [own.facts for own in owns], {n: own.id for n, own in zip(articles, owns, strict=True)}
    numbers = {number for own in owns for number in own.numbers}
    pairs: dict[tuple[str, str], str] = {}
    for n in articles:
        for other, said in tables.all("SELECT other, said FROM link_pairs WHERE n = ?", n):
            one, two = sorted((ids[n], ids[int(str(other))]))
            pairs[one, two] = str(said)
    heads = [each.head for each in facts]
    studies = Studies.of(
        heads,
        [report for each in facts for report in each.reports],
        {each.head.id: each.told for each in facts if each.told is not None},
        Around(tables.alias(numbers), pairs, _names(tables, owns)),
    )
    return studies, Standings.of(heads, [notice for each in facts for notice in each.notices])


def _names(tables: Tables, owns: Iterable[Own]) -> dict[str, Shared]:
    names = sorted({name for own in owns for name in own.traits.names})
    rows = ((name, tables.all("SELECT registered, drugs FROM link_common WHERE name = ?", name)) for name in names)
    return {name: Shared(bool(found[0][0]), bool(found[0][1])) for name, found in rows if found}


def relink(tables: Tables, lot: Sequence[Block]) -> set[str]:
    """Link the blocks and write what comes out; articles that count otherwise than before."""
    articles = [n for block in lot for n in block.articles]
    home = {key: block.name for block in lot for key in block.keys}
    studies, standings = linked(tables, articles)
    changed, rows = set[str](), list[tuple[object, ...]]()
    for block in lot:
        for n in block.articles:
            article = tables.own(n).id
            row = Row(
                studies.behind(article, None),
                article in studies.mixed,
                article in studies.doubled,
                article in standings.excluded,
            )
            new = (row.unit, row.flags, said_text(standings.said(article)))
            (before,) = tables.all("SELECT unit, flags, said, block FROM link_rows WHERE n = ?", n)
            if before[:3] != new:
                changed.add(article)
            if before != (*new, block.name):
                rows.append((*new, block.name, n))
    tables.connection.executemany("UPDATE link_rows SET unit = ?, flags = ?, said = ?, block = ? WHERE n = ?", rows)
    nodes = [(node, home[code(node)], unit) for node, unit in studies.unseen().items()]
    tables.connection.executemany("INSERT INTO link_nodes VALUES (?, ?, ?)", nodes)
    return changed
