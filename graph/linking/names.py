"""Names of studies: which articles a name joins, kept up to date.

The bearers of a name are of one block. Those of a name that very many articles have are not, or each write to one of
them would link all of them anew: how the name is shared is kept then, and those are of one block that it can join.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from graph.linking.blocks import blocks
from graph.linking.keys import Placed, name_and_drug_key, name_key
from graph.linking.tables import Tables, packed
from graph.study_library import Library
from graph.study_links import Shared, surest

COMMON = 50
"""A name that more articles have is a common one."""


def bear(tables: Tables, n: int, article: Placed | None) -> set[str]:
    """Write which name an article has, None for one that is gone; the names that it had or has."""
    had = {str(row[0]) for row in tables.all("SELECT name FROM link_names WHERE n = ?", n)}
    tables.connection.execute("DELETE FROM link_names WHERE n = ?", (n,))
    name = None if article is None else article.name
    if article is None or name is None:
        return had
    drugs = json.dumps(sorted(article.own.drugs))
    tables.connection.execute("INSERT INTO link_names VALUES (?, ?, ?, NULL)", (name, n, drugs))
    return had | {name}


def rename(tables: Tables, moved: Iterable[int], near: Iterable[int], touched: set[str]) -> set[int]:
    """Write the keys that follow from names; articles whose keys changed.

    ``moved`` are the articles that are new, changed or gone, ``near`` all whose registered studies may be others now,
    and ``touched`` the names that those which moved had or have.
    """
    was, restless = _commons(tables), set(moved)
    for name in sorted(touched):
        bearers = tables.first("SELECT n FROM link_names WHERE name = ? LIMIT ?", name, COMMON + 1)
        if (len(bearers) > COMMON) != (name in was):
            tables.connection.execute("DELETE FROM link_common WHERE name = ?", (name,))
            restless.update(tables.first("SELECT n FROM link_names WHERE name = ?", name))
            if len(bearers) > COMMON:
                tables.connection.execute("INSERT INTO link_common VALUES (?, NULL, NULL)", (name,))
    now = _commons(tables)
    if now:
        marked = _mark(tables, {*near, *restless}, now)
        restless |= marked.keys()
        touched = touched.union(marked.values())
    for name in sorted(touched & now.keys()):
        rows = tables.all("SELECT drugs, marks FROM link_names WHERE name = ?", name)
        shared = _shared([(json.loads(str(drugs)), json.loads(str(marks))) for drugs, marks in rows])
        if shared != now[name]:
            now[name] = shared
            row = (shared.registered, shared.drugs, name)
            tables.connection.execute("UPDATE link_common SET registered = ?, drugs = ? WHERE name = ?", row)
            restless.update(tables.first("SELECT n FROM link_names WHERE name = ?", name))
    return _rekey(tables, restless, now)


def _commons(tables: Tables) -> dict[str, Shared | None]:
    rows = tables.all("SELECT name, registered, drugs FROM link_common")
    return {str(name): None if known is None else Shared(bool(known), bool(drugs)) for name, known, drugs in rows}


def _mark(tables: Tables, articles: Iterable[int], common: Collection[str]) -> dict[int, str]:
    """Write of which registered studies the bearers of common names are; those that changed, with their names."""
    changed: dict[int, str] = {}
    present = (n for n in articles if tables.first("SELECT n FROM link_articles WHERE n = ?", n))
    for block in blocks(tables, present, surest=True):
        found = ((n, tables.all("SELECT name, marks FROM link_names WHERE n = ?", n)) for n in block.articles)
        bearing = [(n, str(name), marks) for n, rows in found for name, marks in rows if name in common]
        if not bearing:
            continue
        owns = [tables.own(n) for n in block.articles]
        alias = tables.alias({number for own in owns for number in own.numbers})
        library = Library.of(
            [own.facts.head for own in owns], [report for own in owns for report in own.facts.reports], alias
        )
        joined, _ = surest(library)
        for n, name, before in bearing:
            marks = json.dumps(sorted(joined.marks(tables.own(n).id)))
            if marks != before:
                changed[n] = name
                tables.connection.execute("UPDATE link_names SET marks = ? WHERE n = ?", (marks, n))
    return changed


def _shared(bearers: Sequence[tuple[list[str], list[str]]]) -> Shared:
    """How the bearers share their name, given the drugs and the registered studies of each."""
    registered = len({mark for _, marks in bearers for mark in marks}) > 1
    able = [drugs for drugs, marks in bearers if drugs and not (registered and marks)]
    root: dict[str, str] = {}

    def top(drug: str) -> str:
        while root.setdefault(drug, drug) != drug:
            root[drug] = root[root[drug]]
            drug = root[drug]
        return drug

    for drugs in able:
        for other in drugs[1:]:
            root[top(other)] = top(drugs[0])
    return Shared(registered, len({top(drugs[0]) for drugs in able}) > 1)


def _rekey(tables: Tables, articles: Iterable[int], common: Mapping[str, Shared | None]) -> set[int]:
    changed: set[int] = set()
    for n in sorted(articles):
        has: set[int] = set()
        for name, drugs, marks in tables.all("SELECT name, drugs, marks FROM link_names WHERE n = ?", n):
            shared = common.get(str(name))
            if shared is None or not (shared.registered or shared.drugs):
                has = {name_key(str(name))}
            elif not (shared.registered and json.loads(str(marks))):
                drugs_of = json.loads(str(drugs))
                has = {name_and_drug_key(str(name), d) for d in drugs_of} if shared.drugs else {name_key(str(name))}
        own, named = tables.keys(n)
        had = set(named)
        has.difference_update(own)
        if has != had:
            tables.connection.executemany("DELETE FROM link_keys WHERE key = ? AND n = ?", [(k, n) for k in had - has])
            tables.connection.executemany("INSERT INTO link_keys VALUES (?, ?)", [(key, n) for key in has - had])
            tables.connection.execute("UPDATE link_rows SET name_keys = ? WHERE n = ?", (packed(has), n))
            changed.add(n)
    return changed
