"""Registry numbers of one study, kept up to date: what ``study_grounds.aliases`` gives for the whole library."""

from __future__ import annotations

from collections.abc import Iterable

from graph.linking.tables import Tables, spelt
from graph.registries import Number
from graph.study_grounds import aliases, one_of_each


def renumber(tables: Tables, touched: Iterable[str]) -> tuple[set[int], set[str]]:
    """Write the aliases that follow when articles with these numbers changed; numbers whose alias changed, last.

    Before those come the articles that have them.
    A number's alias depends on what stands beside it, and so on along the articles that have no two numbers of one
    registry; other articles are no witnesses.
    """
    found, bearers = set(touched), dict[str, list[int]]()
    ahead, sets = sorted(found), dict[int, frozenset[Number]]()
    while ahead:
        number = ahead.pop()
        bearers[number] = tables.first("SELECT n FROM link_numbers WHERE number = ?", number)
        for n in bearers[number]:
            if n not in sets:
                sets[n] = tables.numbers(n)
                if one_of_each(sets[n]):
                    new = [each for each in sorted(map(spelt, sets[n])) if each not in found]
                    found.update(new)
                    ahead += new
    made = {spelt(number): spelt(one) for number, one in aliases(sets.values()).items()}
    restless, changed = set[int](), set[str]()
    for number in sorted(found):
        row = tables.all("SELECT one FROM link_aliases WHERE number = ?", number)
        if (row[0][0] if row else None) != made.get(number):
            restless.update(bearers[number])
            changed.add(number)
            tables.connection.execute("DELETE FROM link_aliases WHERE number = ?", (number,))
            if number in made:
                tables.connection.execute("INSERT INTO link_aliases VALUES (?, ?)", (number, made[number]))
    return restless, changed
