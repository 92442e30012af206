"""Pairs of articles that print the same numbers, kept up to date: what ``study_figures.alike`` gives for them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from graph.linking.keys import Own
from graph.linking.tables import Tables, cut
from graph.study_figures import MOST, NEEDED, alike

_FEW = "SELECT n FROM link_figures WHERE figure = ? LIMIT ?"


@dataclass(frozen=True, slots=True)
class Posting:
    """The figures by which an article was compared before, and is from now on."""

    before: frozenset[bytes]
    after: frozenset[bytes]


Bearers = dict[bytes, list[int]]
"""Which articles print a figure; of those that are too common, some."""


def post(tables: Tables, postings: Mapping[int, Posting]) -> tuple[set[int], Bearers]:
    """Write what articles print; those whose pairs may differ now, as a number became common or is so no longer.

    With them who prints the figures that any article had or has now and not both.
    """
    moved = sorted({figure for each in postings.values() for figure in each.before ^ each.after})
    bearers = {figure: tables.first(_FEW, figure, MOST + 1) for figure in moved}
    gone = [(figure, n) for n, each in postings.items() for figure in each.before - each.after]
    new = [(figure, n) for n, each in postings.items() for figure in each.after - each.before]
    tables.connection.executemany("DELETE FROM link_figures WHERE figure = ? AND n = ?", gone)
    tables.connection.executemany("INSERT INTO link_figures VALUES (?, ?)", new)
    before = {figure: tuple(those) for figure, those in bearers.items()}
    for figure, n in new:
        bearers[figure].append(n)
    for figure in {figure for figure, _ in gone}:
        bearers[figure] = tables.first(_FEW, figure, MOST + 1)
    crossed: set[int] = set()
    for figure, those in bearers.items():
        if (len(before[figure]) > MOST) != (len(those) > MOST):
            crossed.update(before[figure] if len(those) > MOST else those)
    return crossed, bearers


def pair(tables: Tables, articles: Iterable[int], bearers: Bearers) -> set[int]:
    """Write with which others each of these articles shares numbers; articles of which that changed."""
    changed: set[int] = set()
    made: dict[tuple[int, int], str | None] = {}

    @cache
    def sizes(n: int) -> frozenset[str]:
        row = tables.connection.execute("SELECT sizes FROM link_rows WHERE n = ?", (n,)).fetchone()
        return frozenset(row[0].split())

    for n in sorted(articles):
        held = {(int(str(o)), str(s)) for o, s in tables.all("SELECT other, said FROM link_pairs WHERE n = ?", n)}
        now = set()
        for other, shared in _candidates(tables, n, bearers).items():
            both = (min(n, other), max(n, other))
            if both not in made:
                enough = len(shared) >= NEEDED or not sizes(n).isdisjoint(sizes(other))
                made[both] = _shared(tables.own(n), tables.own(other), shared) if enough else None
            if (said := made[both]) is not None:
                now.add((other, said))
        gone = [each for other, _ in held - now for each in _both(n, other)]
        new = [(*each, said) for other, said in now - held for each in _both(n, other)]
        tables.connection.executemany("DELETE FROM link_pairs WHERE n = ? AND other = ?", gone)
        tables.connection.executemany("INSERT OR REPLACE INTO link_pairs VALUES (?, ?, ?)", new)
        changed |= {each for one, other in (*gone, *((a, b) for a, b, _ in new)) for each in (one, other)}
    return changed


def _candidates(tables: Tables, n: int, known: Bearers) -> dict[int, list[bytes]]:
    """Articles that print what this one prints, and what that is; what is too common left out."""
    row = tables.connection.execute("SELECT figures FROM link_rows WHERE n = ?", (n,)).fetchone()
    found: dict[int, list[bytes]] = {}
    for figure in cut(row[0]) if row else ():
        bearers = known[figure] if figure in known else tables.first(_FEW, figure, MOST + 1)
        if len(bearers) <= MOST:
            for other in bearers:
                if other != n:
                    found.setdefault(other, []).append(figure)
    return found


def _shared(one: Own, other: Own, figures: Sequence[bytes]) -> str | None:
    """What the two articles share, in words, where that is enough."""
    both = (figure for own in (one, other) for each in figures for figure in own.prints[each])
    return next(iter(alike(both, {one.id: one.traits, other.id: other.traits}).values()), None)


def _both(one: int, other: int) -> list[tuple[int, int]]:
    return [(one, other), (other, one)]
