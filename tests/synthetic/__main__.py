"""`python -m tests.synthetic --claims 1000000 --to /tmp/synth1m`: a made-up library as the folder of a store."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.synthetic.build import built


def main() -> None:
    """Build it, or say that it is there."""
    parser = argparse.ArgumentParser(prog="python -m tests.synthetic", description=__doc__)
    parser.add_argument("--claims", type=int, default=10_000, help="how many claims (10,000); ten to an article")
    parser.add_argument("--to", type=Path, required=True, help="folder of the data set; its store is in TO/store")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives another library (0)")
    parser.add_argument("--workers", type=int, default=2, help="processes that write N-Quads (2)")
    given = parser.parse_args()
    made = built(given.to, given.claims, given.seed, given.workers)
    print(f"{given.to / 'store'}: {made.claims:,} claims in {made.articles:,} articles, {made.quads:,} quads")
    rate = made.quads / made.loaded_cpu if made.loaded_cpu else 0
    print(f"built in {made.seconds:g} s; loaded at {rate:,.0f} quads a second of processor time")


if __name__ == "__main__":
    main()
