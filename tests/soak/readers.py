"""Every reader against inputs that are broken at random, for as long as is given."""

from __future__ import annotations

import random
import time
from collections import Counter

from ingest.article import Article
from tests.ingest.fuzz_seeds import seeds
from tests.ingest.fuzzing import KINDS, Mutation, broken, read_and_check
from tests.soak.figures import Report

_TOLD = 10
"""Faults that are told in full."""


def run(seconds: float, first_seed: int) -> Report:
    """Break one input after the other for ``seconds``; a fault tells the steps that show it again."""
    report, chance, until = Report("readers, broken inputs"), random.Random(first_seed), time.monotonic() + seconds
    inputs, read, slowest = 0, Counter[str](), 0.0
    whole = seeds()
    names = sorted(whole)
    while time.monotonic() < until:
        name = names[inputs % len(names)]
        steps = [_step(chance) for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4)))]
        began = time.monotonic()
        try:
            items = read_and_check(broken(whole[name], steps))
        except (Exception, TimeoutError) as error:
            told = f"{name} after {steps}: {type(error).__name__}: {error}"
            report.expect(False, told if len(report.faults) < _TOLD else "and one more")
        else:
            read[name] += any(isinstance(item, Article) for item in items)
        slowest = max(slowest, time.monotonic() - began)
        inputs += 1
    report.figures["inputs"] = f"{inputs:,} of {len(names)} kinds"
    report.figures["still an article"] = f"{sum(read.values()):,}"
    report.figures["slowest"] = f"{slowest:.1f} s"
    return report


def _step(chance: random.Random) -> Mutation:
    return Mutation(chance.choice(KINDS), chance.randrange(1001), chance.randrange(1001), chance.randrange(10_000))
