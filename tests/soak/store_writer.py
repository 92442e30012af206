"""`python -m tests.soak.store_writer STORE BACKUPS FIRST SEED`: writes to a store until it is killed.

Each thing that it has done is told on standard output, as a line of JSON, once the library has acknowledged it.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from graph.library import Library
from graph.model import Reason, Verdict
from tests.synthetic.bulk import RUN
from tests.synthetic.library import pair
from tests.synthetic.pools import pools

SEED = 3
"""The made-up library that the articles are of."""
BURST = 10
"""Articles that are stored before the disk is waited for."""
_VERDICTS = (Verdict.ACCEPT, Verdict.REJECT)


def _tell(**what: object) -> None:
    print(json.dumps(what), flush=True)


def _store(library: Library, first: int, number: int) -> int:
    for article in range(first, first + number):
        library.ingest(*pair(SEED, article), RUN)
    library.flush()
    _tell(articles=list(range(first, first + number)))
    return first + number


def _decide(library: Library, article: int, author: str, chance: random.Random) -> None:
    claim = chance.choice(pair(SEED, article)[1]).id
    verdict, at = chance.choice(_VERDICTS), "2026-01-02T03:04:05Z"
    library.decide(claim, verdict, reason=Reason.OTHER, author=author, made_at=at)
    _tell(claim=claim, author=author)


def main(store: Path, backups: Path, first: int, seed: int) -> None:
    """Store articles one by one and many at once, decide, and back up, in an order drawn from ``seed``."""
    chance, number = random.Random(seed), 0
    with Library.open(store, terminology=pools(SEED).terminology) as library:
        _tell(opened=True)
        for kind in _kinds(chance):
            number += 1
            if kind == "article" or first == 0:
                first = _store(library, first, 1)
            elif kind == "burst":
                first = _store(library, first, BURST)
            elif kind == "decision":
                _decide(library, chance.randrange(first), f"soak {seed} {number}", chance)
            else:
                made = library.upkeep.backup(backups, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
                _tell(backup=str(made.path), revision=made.revision)


def _kinds(chance: random.Random) -> Iterator[str]:
    while True:
        yield chance.choices(("article", "burst", "decision", "backup"), (4, 1, 6, 1))[0]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
