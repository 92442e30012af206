"""A made-up library as the folder of a store: N-Quads written by several processes, loaded in bulk, and kept."""

from __future__ import annotations

import gc
import hashlib
import io
import json
import shutil
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store, serialize

from graph.hierarchy import terminology_hash
from graph.library import Library
from graph.opening import FORMAT_VERSION
from graph.operations.upkeep import upkeep
from graph.records import meta
from graph.terms import INTEGER
from graph.vocab import EV
from tests.synthetic.bulk import quads
from tests.synthetic.library import PER_ARTICLE, Pair, pair, size
from tests.synthetic.pools import pools

SHARD = 2_000
"""Articles of one file."""
_MARK = "built.json"
_SAMPLE = 60


@dataclass(frozen=True, slots=True)
class Built:
    """What was built, what it took in seconds by the clock, and loading alone in seconds of processor time."""

    claims: int
    articles: int
    seed: int
    stamp: str
    quads: int
    seconds: float
    loaded_cpu: float


def built(folder: Path, claims: int, seed: int = 0, workers: int = 2) -> Built:
    """The library of so many claims in ``folder``/store; built when it is not there, or made by other code.

    What a run that was stopped has written of the N-Quads is used again. Loading begins anew.
    """
    mark = folder / _MARK
    if mark.exists():
        held = json.loads(mark.read_text(encoding="utf-8"))
        if (held["claims"], held["seed"], held["stamp"]) == (claims, seed, stamp()):
            return Built(**held)
        shutil.rmtree(folder)
    shards = folder / f"shards-{claims}-{seed}-{stamp()[:12]}"
    began, ends = time.monotonic(), _shards(claims, seed)
    shards.mkdir(parents=True, exist_ok=True)
    articles = sum(number for _, number, _ in ends)
    with ProcessPoolExecutor(workers) as pool:
        tasks = [pool.submit(_write, shards, seed, first, number, last) for first, number, last in ends]
        number, cpu = load(folder / "store", (task.result() for task in tasks), articles)
    whole = time.monotonic() - began
    made = Built(claims, articles, seed, stamp(), number, round(whole, 1), round(cpu, 2))
    mark.write_text(json.dumps(asdict(made), indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(shards)
    return made


class Joined(io.RawIOBase):
    """Files as one stream, one after the other."""

    def __init__(self, files: Iterable[Path]) -> None:
        super().__init__()
        self._left = iter(files)
        self._open: io.FileIO | None = None

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """See ``io.RawIOBase``."""
        while True:
            if self._open is None:
                file = next(self._left, None)
                if file is None:
                    return 0
                self._open = io.FileIO(file)
            if number := self._open.readinto(buffer):
                return number
            self._open.close()
            self._open = None


def load(store: Path, files: Iterable[Path], revision: int) -> tuple[int, float]:
    """A new library of these N-Quads, as after ``revision`` writes: how many, and seconds of processor time for them.

    A file is read as soon as it is there; waiting for one takes no processor time.
    """
    if store.exists():
        shutil.rmtree(store)
    with Library.open(store, terminology=pools().terminology):
        pass  # what a new store says of itself
    opened = Store(str(store / "oxigraph"))
    before = len(opened)
    cpu = time.process_time()
    # all at once: loaded file by file, a store is compacted in between and takes a third more room
    opened.bulk_load(io.BufferedReader(Joined(files), 1 << 20), format=RdfFormat.N_QUADS)
    cpu = time.process_time() - cpu
    opened.remove(meta(EV.revision, INTEGER.encode(0)))
    opened.add(meta(EV.revision, INTEGER.encode(revision)))
    opened.flush()
    number = len(opened) - before
    del opened
    with upkeep(store) as kept:
        kept.compact()
    return number, cpu


@cache
def stamp() -> str:
    """Changes when the same articles are invented otherwise, or stored otherwise: a hash of what is written of some."""
    whole = hashlib.sha256(f"{FORMAT_VERSION} {terminology_hash(pools().terminology)}".encode("ascii"))
    for part in quads(_pairs(0, 0, _SAMPLE, PER_ARTICLE), pools().terminology, 1):
        whole.update("\n".join(sorted(map(str, part))).encode("utf-8"))
    return whole.hexdigest()


def _shards(claims: int, seed: int) -> list[tuple[int, int, int]]:
    """First article, number of articles, and claims of the last one, for each file."""
    sizes = list(_sizes(claims, seed))
    starts = range(0, len(sizes), SHARD)
    return [(s, len(part), part[-1]) for s in starts if (part := sizes[s : s + SHARD])]


def _sizes(claims: int, seed: int) -> Iterator[int]:
    """How many claims each article has."""
    number = 0
    while claims > 0:
        made = min(claims, size(seed, number))
        yield made
        claims, number = claims - made, number + 1


def _pairs(seed: int, first: int, articles: int, last: int) -> Iterator[Pair]:
    for number in range(first, first + articles):
        article, claims = pair(seed, number)
        yield article, claims if number < first + articles - 1 else claims[:last]


def _write(folder: Path, seed: int, first: int, articles: int, last: int) -> Path:
    """One file; left as it is when it is there."""
    target = folder / f"{first:08d}.nq"
    if target.exists():
        return target
    draft = target.with_suffix(".part")
    gc.disable()  # a quarter of the time goes into looking for cycles, and there are none
    with draft.open("wb") as out:
        for part in quads(_pairs(seed, first, articles, last), pools(seed).terminology, first + 1):
            serialize(part, out, RdfFormat.N_QUADS)
    return draft.replace(target)
