"""`python -m tests.soak`: every stage in turn, its figures as it ends, exit status 1 when one failed."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.soak import corrections, ingest_kills, load, properties, readers, service_kills, sparql_attacks, store_kills
from tests.soak.figures import Report


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    stages = ("ingest", "service", "store", "corrections", "load", "attacks", "properties", "readers")
    parser.add_argument("--only", choices=stages, action="append", help="only this stage; may be repeated")
    parser.add_argument("--kills", type=int, default=8, help="kills of an ingestion, and of the service (8)")
    parser.add_argument("--store-kills", type=int, default=60, help="kills of a process that writes to a store (60)")
    parser.add_argument("--corrections", type=int, default=200, help="corrections of one claim by each writer (200)")
    parser.add_argument("--articles", type=int, default=138, help="articles of the killed ingestion (138)")
    parser.add_argument("--readers", type=int, default=8, help="clients that ask at once (8)")
    parser.add_argument("--writers", type=int, default=4, help="clients that decide at once (4)")
    parser.add_argument("--seconds", type=float, default=20, help="length of the load (20)")
    parser.add_argument("--rounds", type=int, default=2, help="rounds of attacks by SPARQL queries (2)")
    parser.add_argument("--seeds", type=int, default=2, help="runs of the property tests (2)")
    parser.add_argument("--property-seconds", type=float, default=240, help="time for all of these runs (240)")
    parser.add_argument("--fuzz-seconds", type=float, default=120, help="length of the fuzzing of readers (120)")
    parser.add_argument("--seed", type=int, default=1, help="where every draw begins (1)")
    return parser.parse_args()


def main() -> int:
    """Run the stages; 0 when all went well."""
    given = _arguments()
    began, failed = time.monotonic(), False
    with tempfile.TemporaryDirectory(prefix="picograph-soak-") as name:
        place = Path(name)
        filled = place / "ingest" / "calm"

        def copied(stage: str) -> Path:
            if not filled.exists():
                ingest_kills.run(place / "ingest", 0, 23, given.seed)
            return Path(shutil.copytree(filled, place / stage))

        stages: dict[str, Callable[[], Report]] = {
            "ingest": lambda: ingest_kills.run(place / "ingest", given.kills, given.articles, given.seed),
            "service": lambda: service_kills.run(copied("service"), given.kills, given.writers, given.seed),
            "store": lambda: store_kills.run(place / "store", given.store_kills, given.seed),
            "corrections": lambda: corrections.run(place / "corrections", given.writers, given.corrections),
            "load": lambda: load.run(copied("load"), given.readers, given.writers, given.seconds),
            "attacks": lambda: sparql_attacks.run(copied("attacks"), given.rounds, given.seed),
            "properties": lambda: properties.run(given.seeds, given.seed, given.property_seconds),
            "readers": lambda: readers.run(given.fuzz_seconds, given.seed),
        }
        for stage, run in stages.items():
            if given.only is None or stage in given.only:
                report = run()
                failed = failed or bool(report.faults)
                print("\n".join(report.lines()), flush=True)
    print(f"{time.monotonic() - began:.0f} s in all", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
