"""Pairs of articles that print the same numbers, kept up to date: what ``study_figures.alike`` gives for them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.linking.keys import Own, printed
from graph.linking.tables import Tables, cut
from graph.study_figures import FEWEST, MOST, alike

_FEW = "SELECT n FROM link_figures WHERE figure = ? LIMIT ?"


@dataclass(frozen=True, slots=True)
class Posting:
    """The figures by which an article was compared before, and is from now on."""

    before: frozenset[bytes]
    after: frozenset[bytes]


def post(tables: Tables, postings: Mapping[int, Posting]) -> set[int]:
    """Write what articles print; those whose pairs may differ now, as a number became common or is so no longer."""
    moved = sorted({figure for each in postings.values() for figure in each.before ^ each.after})
    before = {figure: tables.first(_FEW, figure, MOST + 1) for figure in moved}
    gone = [(figure, n) for n, each in postings.items() for figure in each.before - each.after]
    new = [(figure, n) for n, each in postings.items() for figure in each.after - each.before]
    tables.connection.executemany("DELETE FROM link_figures WHERE figure = ? AND n = ?", gone)
    tables.connection.executemany("INSERT INTO link_figures VALUES (?, ?)", new)
    crossed: set[int] = set()
    for figure in moved:
        held, now = before[figure], tables.first(_FEW, figure, MOST + 1)
        if (len(held) > MOST) != (len(now) > MOST):
            crossed.update(held if len(held) <= MOST else now)
    return crossed


def pair(tables: Tables, articles: Iterable[int]) -> set[int]:
    """Write with which others each of these articles shares numbers; articles of which that changed."""
    changed: set[int] = set()
    for n in sorted(articles):
        held = {(int(str(o)), str(s)) for o, s in tables.all("SELECT other, said FROM link_pairs WHERE n = ?", n)}
        made = _pairs_of(tables, n)
        if held != made:
            for other, _ in held - made:
                tables.connection.executemany("DELETE FROM link_pairs WHERE n = ? AND other = ?", _both(n, other))
            for other, said in made - held:
                rows = [(*each, said) for each in _both(n, other)]
                tables.connection.executemany("INSERT OR REPLACE INTO link_pairs VALUES (?, ?, ?)", rows)
            changed |= {n, *(other for other, _ in held ^ made)}
    return changed


def _pairs_of(tables: Tables, n: int) -> set[tuple[int, str]]:
    row = tables.connection.execute("SELECT figures FROM link_rows WHERE n = ?", (n,)).fetchone()
    bearers = {figure: tables.first(_FEW, figure, MOST + 1) for figure in (cut(row[0]) if row else ())}
    telling = {figure for figure, those in bearers.items() if 1 < len(those) <= MOST}
    shared = Counter(other for figure in telling for other in bearers[figure] if other != n)
    if not shared:
        return set()
    mine, out = Own(tables.facts(n), {}), set()
    for other, count in shared.items():
        theirs = Own(tables.facts(other), {})
        sizes = mine.traits.sizes & theirs.traits.sizes
        if count > 1 or any(size >= FEWEST for size in sizes):
            figures = (f for own in (mine, theirs) for f in own.told.figures if printed(f) in telling)
            known = {own.facts.head.id: own.traits for own in (mine, theirs)}
            out |= {(other, said) for said in alike(figures, known).values()}
    return out


def _both(one: int, other: int) -> list[tuple[int, int]]:
    return [(one, other), (other, one)]
