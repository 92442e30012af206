"""`python -m tests.bench.graph`: the targets of the graph on made-up libraries, as a table and as JSON.

    python -m tests.bench.graph --data /tmp/synth --claims 10000 100000 1000000 --json /tmp/bench.json

The libraries are built in DATA/<claims> and kept for the next run (a million claims: some ten minutes on two cores, and
8 GB on disk while they are loaded); each is measured on a copy, whose files are links where they can be. Nothing else
should run meanwhile: figures are by the clock unless they say cpu. With --only a part is measured alone; with --build
the libraries are built and nothing is measured.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from graph.library import Library
from tests.bench.graph import pages, rdflib_side, serving, writing
from tests.bench.graph.copies import copied, size
from tests.bench.graph.figures import Figure, Times, as_json, markdown, table
from tests.bench.graph.questions import asked
from tests.synthetic.build import Built, built
from tests.synthetic.pools import pools

PARTS = ("load", "open", "pages", "plain", "around", "single", "rdflib", "write", "serve")
_SMALL, _QUERIES = 20_000, 12
"""rdflib is asked about libraries up to this size, and so many questions."""


def main() -> int:
    """Measure; 0 when every target is met that was measured."""
    given = _arguments()
    figures: list[Figure] = []
    for claims in given.claims:
        folder = given.data / str(claims)
        made = built(folder, claims, workers=given.workers)
        if given.build:
            continue
        for figure in _measured(folder, made, given.only or PARTS, given.questions):
            figures.append(figure)
            print(table([figure]).splitlines()[1], flush=True)
        if given.json is not None:
            given.json.write_text(json.dumps(_whole(figures), indent=1) + "\n", encoding="utf-8")
    print("\n" + table(figures))
    if given.markdown is not None:
        given.markdown.write_text(markdown(figures) + "\n", encoding="utf-8")
    return int(any(figure.verdict == "MISS" for figure in figures))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.graph", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the libraries; made and kept")
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000], help="sizes (10000 100000)")
    parser.add_argument("--questions", type=int, default=65, help="questions asked; the first five warm up (65)")
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part; may be repeated")
    parser.add_argument("--build", action="store_true", help="build the libraries and measure nothing")
    parser.add_argument("--workers", type=int, default=2, help="processes that write N-Quads (2)")
    parser.add_argument("--markdown", type=Path, help="where the figures go as a table for docs/performance.md")
    parser.add_argument("--json", type=Path, help="where the figures go as JSON, after each size")
    return parser.parse_args()


def _measured(folder: Path, made: Built, parts: Iterable[str], number: int) -> Iterator[Figure]:
    """The figures of one library, as they come. A part that fails is told as such and the others go on."""
    claims, wanted = made.claims, set(parts)
    questions = asked(number, made.articles)
    store, times = copied(folder / "store", folder / "measured"), Times()
    if "load" in wanted:
        rate = made.quads / made.loaded_cpu
        note = f"{made.quads:,} quads, {made.quads / claims:.1f} a claim; built in {made.seconds:g} s"
        yield Figure("bulk load, quads a second on one core", claims, rate, "/s", 100_000, 200_000, True, note)
    began = time.perf_counter()
    with Library.open(store, terminology=pools().terminology) as library:
        library.evidence(questions[0].text())
        yield Figure("opened for the first time; first answer", claims, time.perf_counter() - began, "s")
    began = time.perf_counter()
    with Library.open(store, terminology=pools().terminology) as library:
        library.evidence(questions[0].text())
        again = time.perf_counter() - began
        if "open" in wanted:
            yield Figure("opened again; first answer", claims, again, "s")
            must, aim = (4.5, 2.5) if claims == 1_000_000 else (None, None)
            yield Figure("disk with every index", claims, size(store) / 1e9, "GB", must, aim)
        times, mine = pages.own(library, questions, claims)
        yield from mine if "pages" in wanted else ()
        if "single" in wanted:
            yield from _safely("single", claims, lambda: writing.single(library, claims, made.articles))
        if "around" in wanted:
            yield from _safely("around", claims, lambda: pages.around(library, questions, claims))
        if "plain" in wanted:
            yield from _safely("plain", claims, lambda: pages.beside_plain(library, store, questions, claims, times))
    if "rdflib" in wanted and claims <= _SMALL:
        yield from _safely("rdflib", claims, lambda: rdflib_side.compared(store, questions[-_QUERIES:], claims, times))
    if "serve" in wanted:
        yield from _safely("serve", claims, lambda: serving.served(store, questions, claims))
    if "write" in wanted:
        with Library.open(store, terminology=pools().terminology) as library:
            library.evidence(questions[0].text())
            yield from _safely("write", claims, lambda: writing.written(library, claims, made.articles))
    shutil.rmtree(store)


def _safely(part: str, claims: int, work: Callable[[], Iterable[Figure]]) -> Iterator[Figure]:
    try:
        yield from work()
    except Exception as error:  # one part must not take the figures of the others with it
        yield Figure(f"{part}: failed", claims, float("nan"), "", 0, 0, note=f"{type(error).__name__}: {error}")


def _whole(figures: list[Figure]) -> dict[str, object]:
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    return {"commit": commit, "python": platform.python_version(), "figures": as_json(figures)}


if __name__ == "__main__":
    sys.exit(main())
