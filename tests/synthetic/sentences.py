"""Sentences that report a result, with the places of what stands in them and the numbers as they are printed."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.article import Span
from ingest.claim import Arm, Effect, Interval, IntervalKind, Measure, PValue
from tests.synthetic.pools import Named

WRONG = 0.03
"""The share of contrasts whose p value goes against their interval, so that checks have something to find."""
_INTERVAL_ALONE, _COUNTED = 0.4, 0.5


@dataclass(frozen=True, slots=True)
class Arms:
    """Who is compared, and how many patients each arm has."""

    drug: Named
    comparator: Named
    sizes: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence; its slots by role and its effects have places counted from the sentence's beginning."""

    text: str
    slots: dict[str, tuple[Named, Span]]
    effects: tuple[Effect, ...]


@dataclass
class Line:
    """A sentence that is being written."""

    text: str = ""
    slots: dict[str, tuple[Named, Span]] = field(default_factory=dict)
    effects: list[Effect] = field(default_factory=list)

    def say(self, words: str) -> Line:
        """Words that nothing points at."""
        self.text += words
        return self

    def name(self, role: str, thing: Named) -> Line:
        """What fills a slot."""
        self.slots[role] = (thing, self._place(thing.words))
        return self.say(thing.words)

    def number(self, measure: Measure, arm: Arm, words: str, **numbers: object) -> Line:
        """A number as printed, and what it says."""
        self.effects.append(Effect(measure, arm, words, self._place(words), **numbers))  # type: ignore[arg-type]
        return self.say(words)

    def _place(self, words: str) -> Span:
        return Span(len(self.text), len(self.text) + len(words))

    def told(self) -> Told:
        """The sentence as it stands."""
        return Told(self.text, self.slots, tuple(self.effects))


def result(chance: random.Random, arms: Arms, outcome: Named, population: Named | None) -> Told:
    """One result of a trial, in one of the usual forms."""
    form = chance.choices(_FORMS, weights=(35, 12, 43, 10))[0]
    line = Line()
    if population is not None:
        line.say("In ").name("population", population).say(", ")
    return form(chance, line, arms, outcome).say(".").told()


def _ratio(chance: random.Random, line: Line, arms: Arms, outcome: Named) -> Line:
    short, measure = chance.choice(
        (("HR", Measure.HAZARD_RATIO), ("RR", Measure.RISK_RATIO), ("OR", Measure.ODDS_RATIO))
    )
    log, error = chance.gauss(-0.15, 0.3), chance.uniform(0.05, 0.3)
    value, low, high = (round(math.exp(log + z * error), 2) for z in (0, -1.96, 1.96))
    _two(line, outcome, arms, "was compared for")
    return _contrast(chance, line, measure, short, (value, low, high), log / error)


def _difference(chance: random.Random, line: Line, arms: Arms, outcome: Named) -> Line:
    mean, error = chance.gauss(0, 2), chance.uniform(0.3, 1.5)
    value, low, high = (round(mean + z * error, 2) for z in (0, -1.96, 1.96))
    _two(line, outcome, arms, "was measured with")
    return _contrast(chance, line, Measure.MEAN_DIFFERENCE, "mean difference", (value, low, high), mean / error)


def _two(line: Line, outcome: Named, arms: Arms, verb: str) -> None:
    line.name("outcome", outcome).say(f" {verb} ").name("intervention", arms.drug)
    line.say(" and ").name("comparator", arms.comparator).say(" (")


def _contrast(
    chance: random.Random, line: Line, measure: Measure, short: str, bounds: tuple[float, float, float], z: float
) -> Line:
    value, low, high = bounds
    exact = math.erfc(abs(z) / math.sqrt(2))
    if chance.random() < WRONG:
        exact = 0.6 if exact < 0.05 else 0.004
    p = PValue("<", 0.001) if exact < 0.001 else PValue("=", round(exact, 3))
    words = f"{short} {value:.2f}, 95% CI {low:.2f} to {high:.2f}"
    interval = Interval(IntervalKind.CONFIDENCE, low, high, 95.0)
    if chance.random() < _INTERVAL_ALONE:
        return line.number(measure, Arm.CONTRAST, words, value=value, interval=interval).say(")")
    words += f"; P{p.operator}{p.value:.3f}"
    return line.number(measure, Arm.CONTRAST, words, value=value, interval=interval, p=p).say(")")


def _shares(chance: random.Random, line: Line, arms: Arms, outcome: Named) -> Line:
    base = chance.betavariate(2, 6)
    rates, counted = (min(0.98, base * chance.uniform(0.5, 1.5)), base), chance.random() < _COUNTED
    line.name("outcome", outcome).say(" was seen in ")
    for arm, role, thing, size, rate in (
        (Arm.INTERVENTION, "intervention", arms.drug, arms.sizes[0], rates[0]),
        (Arm.COMPARATOR, "comparator", arms.comparator, arms.sizes[1], rates[1]),
    ):
        events = round(rate * size)
        value = round(100 * events / size, 1)
        words = f"{events} of {size} patients ({value:.1f}%)" if counted else f"{value:.1f}%"
        counts = {"events": events, "total": size} if counted else {}
        line.number(Measure.PROPORTION, arm, words, value=value, unit="%", **counts)
        line.say(" with ").name(role, thing)
        if arm is Arm.INTERVENTION:
            line.say(" and in ")
    return line


def _words(chance: random.Random, line: Line, arms: Arms, outcome: Named) -> Line:
    verb = chance.choice((" did not differ between ", " was reported for ", " was similar with "))
    line.name("outcome", outcome).say(verb).name("intervention", arms.drug)
    return line.say(" and ").name("comparator", arms.comparator)


_FORMS: tuple[Callable[[random.Random, Line, Arms, Named], Line], ...] = (_ratio, _difference, _shares, _words)
