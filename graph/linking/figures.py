"""Pairs of articles that print the same numbers, kept up to date: what ``study_figures.alike`` gives for them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.linking.keys import Own
from graph.linking.tables import Tables, cut
from graph.study_figures import FEWEST, MOST, NEEDED, alike

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
    made: dict[tuple[int, int], str | None] = {}
    for n in sorted(articles):
        held = {(int(str(o)), str(s)) for o, s in tables.all("SELECT other, said FROM link_pairs WHERE n = ?", n)}
        now = set()
        for other, shared in _candidates(tables, n).items():
            both = (min(n, other), max(n, other))
            if both not in made:
                made[both] = _shared(tables.own(n), tables.own(other), shared)
            if (said := made[both]) is not None:
                now.add((other, said))
        gone = [each for other, _ in held - now for each in _both(n, other)]
        new = [(*each, said) for other, said in now - held for each in _both(n, other)]
        tables.connection.executemany("DELETE FROM link_pairs WHERE n = ? AND other = ?", gone)
        tables.connection.executemany("INSERT OR REPLACE INTO link_pairs VALUES (?, ?, ?)", new)
        changed |= {each for one, other in (*gone, *((a, b) for a, b, _ in new)) for each in (one, other)}
    return changed


def _candidates(tables: Tables, n: int) -> dict[int, list[bytes]]:
    """Articles that print what this one prints, and what that is; what is too common left out."""
    row = tables.connection.execute("SELECT figures FROM link_rows WHERE n = ?", (n,)).fetchone()
    found: dict[int, list[bytes]] = {}
    for figure in cut(row[0]) if row else ():
        bearers = tables.first(_FEW, figure, MOST + 1)
        if len(bearers) <= MOST:
            for other in bearers:
                if other != n:
                    found.setdefault(other, []).append(figure)
    return found


def _shared(one: Own, other: Own, figures: Sequence[bytes]) -> str | None:
    """What the two articles share, in words, where that is enough."""
    if len(figures) < NEEDED and not any(size >= FEWEST for size in one.traits.sizes & other.traits.sizes):
        return None
    both = (figure for own in (one, other) for each in figures for figure in own.prints[each])
    return next(iter(alike(both, {one.id: one.traits, other.id: other.traits}).values()), None)


def _both(one: int, other: int) -> list[tuple[int, int]]:
    return [(one, other), (other, one)]
