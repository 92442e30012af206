"""Writes and single claims: a hundred claims with their flush, one claim by its id, one decision."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial

from graph.library import Library
from graph.model import Verdict
from tests.bench.graph.figures import Figure, Times
from tests.bench.graph.pages import timed
from tests.synthetic.bulk import RUN
from tests.synthetic.library import Pair, pair
from tests.synthetic.library import library as made_up

_ROUNDS, _READS = 10, 300


def written(library: Library, claims: int, articles: int) -> Iterator[Figure]:
    """A hundred claims and a flush, again and again, as one article and as ten or so. Then decisions."""
    whole, parts, decided, chance = Times(), Times(), Times(), random.Random(5)
    source, part = made_up(150 * _ROUNDS, seed=9), list[Pair]()
    for number in range(_ROUNDS):
        article, found = pair(10, number, 170)
        if len(found) >= 100:  # one in thirty is a news page, which is short
            timed(partial(_store, library, [(article, found[:100])]), whole)
        part = [next(source)]
        while sum(len(some) for _, some in part) < 100:
            part.append(next(source))
        timed(partial(_store, library, part), parts)
    note = f"one article, one transaction; {whole.told()}"
    yield Figure("100 claims stored and flushed, p50", claims, whole.ms(50), "ms", 100, 50, note=note)
    note = f"{len(part)} articles, one transaction each; {parts.told()}"
    yield Figure("100 claims of many articles stored and flushed, p50", claims, parts.ms(50), "ms", 100, 50, note=note)
    for _ in range(30):
        _, found = pair(0, chance.randrange(articles - 1))  # the last article may be cut
        at, one = datetime.now(UTC).isoformat(), found[0].id
        timed(partial(library.decide, one, Verdict.ACCEPT, author="bench", made_at=at), decided)
    yield Figure("one decision, on disk, p50", claims, decided.ms(50), "ms", note=decided.told())


def _store(library: Library, part: Sequence[Pair]) -> None:
    for article, found in part:
        library.ingest(article, found, RUN)
    library.flush()


def single(library: Library, claims: int, articles: int) -> Iterator[Figure]:
    """One claim with everything, by its id: different ones, so that none comes from a cache."""
    times, chance = Times(), random.Random(6)
    ids = [chance.choice(pair(0, chance.randrange(articles - 1))[1]).id for _ in range(_READS)]
    library.claim(ids[0])
    for one in ids[1:]:
        timed(lambda one=one: library.claim(one), times)  # type: ignore[misc]
    must, aim = (1.0, 0.3) if claims == 1_000_000 else (None, None)
    yield Figure("one claim by its id, p50", claims, times.ms(50), "ms", must, aim, note=times.told())
