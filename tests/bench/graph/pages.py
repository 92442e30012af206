"""Evidence pages, beside plain SPARQL on the same store; facets and the search in quotes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from graph.library import Library
from tests.bench.graph.figures import Figure, Times
from tests.bench.graph.plain import LIMIT, Stoppable
from tests.bench.graph.questions import Asked
from tests.soak.figures import percentile

WARM = 5
"""Questions that are asked before the clock runs, so that what is made once is made."""
_P99 = {100_000: (25.0, None), 1_000_000: (250.0, 50.0)}
WORDS = ("was similar with", "95% CI", "placebo (HR", "wound infection", "symptom-free days at week 12")
"""What quotes are searched for: of nearly all, of many, of few."""


def timed(work: Callable[[], object], times: Times) -> None:
    """Do it once, timed."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    times.add(time.perf_counter() - wall, time.process_time() - cpu)


def own(library: Library, questions: Sequence[Asked], claims: int) -> tuple[Times, list[Figure]]:
    """Pages of fifty through the library, none of them asked before."""
    times = Times()
    for one in questions[:WARM]:
        library.evidence(one.text())
    for one in questions[WARM:]:
        timed(lambda one=one: library.evidence(one.text()), times)  # type: ignore[misc]
    must, aim = _P99.get(claims, (None, None))
    told = times.told()
    return times, [
        Figure("evidence page of 50, p99", claims, times.ms(99), "ms", must, aim, note=told),
        Figure("evidence page of 50, p50", claims, times.ms(50), "ms"),
    ]


def beside_plain(
    library: Library, store: Path, questions: Sequence[Asked], claims: int, mine: Times
) -> Iterator[Figure]:
    """The same questions in plain SPARQL, each stopped in time, and whether both find the same number of claims."""
    plain, other, compared, differ = Stoppable(store / "oxigraph"), Times(), 0, list[str]()
    try:
        for one in questions[WARM:]:
            plain.ask(one.page, other)
            found = plain.ask(one.count)
            total = library.evidence(one.text("retracted:any")).total
            if found is not None:
                compared += 1
                if _number(found[0][0]) != total:
                    differ.append(one.text())
    finally:
        plain.close()
    must, aim = (20.0, 100.0) if claims == 100_000 else (None, None)
    ratio = other.ms(50) / mine.ms(50)
    yield Figure("plain skos:broader* SPARQL, p50", claims, other.ms(50), "ms", note=other.told())
    cpu = percentile(other.cpu, 50) / percentile(mine.cpu, 50)
    note = f"in processor time {cpu:.3g} times"
    yield Figure("plain SPARQL against evidence page, p50", claims, ratio, "times", must, aim, more=True, note=note)
    note = f"{compared} compared, the rest not ended within {LIMIT:g} s; {'; '.join(differ[:2])}"
    yield Figure("questions with another number of claims than SPARQL", claims, len(differ), "", 0, 0, note=note)


def _number(term: str | None) -> int:
    assert term is not None, "a count is a number"
    return int(term.split('"')[1])


def around(library: Library, questions: Sequence[Asked], claims: int) -> Iterator[Figure]:
    """Counts by facet and the search in quotes, none of them asked before."""
    facets, words = Times(), Times()
    for one in questions[WARM:]:
        timed(lambda one=one: library.facets(one.text("kind:any")), facets)  # type: ignore[misc]
    for found in WORDS:
        timed(lambda found=found: library.evidence(f'? -> ? text:"{found}"'), words)  # type: ignore[misc]
    yield Figure("counts by all facets, p50", claims, facets.ms(50), "ms", note=facets.told())
    yield Figure("search in quotes, p50", claims, words.ms(50), "ms", note=words.told())
