"""Whether a network of comparisons can carry a network meta-analysis, in words. Pure.

What is said is of the shape of the network alone. Whether the studies are alike enough is for people to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.analyses.comparisons import Network

NAMED = 6
"""So many names a sentence lists at most."""
_POSSIBLE = "a network meta-analysis is possible in principle"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``possible`` in principle, at least for a part, and why, in sentences; ``warnings`` are what to look at first."""

    possible: bool
    reasons: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def feasible(network: Network) -> Verdict:
    """What the shape of ``network`` allows."""
    possible = bool(network.parts) and len(network.parts[0]) > 2
    warnings = (*_scope(network), *_weak(network), *_left_out(network))
    return Verdict(possible, tuple(_shape(network)), warnings)


def _shape(network: Network) -> Iterator[str]:
    sizes = [len(part) for part in network.parts]
    large = sum(size > 2 for size in sizes)
    if not sizes:
        yield "No claim compares two treatments: there is no network."
    elif sizes == [2]:
        yield "There is one comparison of two treatments: that is a pairwise meta-analysis, not a network."
    elif not large:
        yield "No two comparisons share a treatment: each can be pooled by itself, in a pairwise meta-analysis."
    elif network.connected:
        yield f"All {sizes[0]} treatments are connected by direct comparisons: {_POSSIBLE}."
        yield _loops(network)
    else:
        parts = "; ".join(_listed([network.label(id) for id in part]) for part in network.parts[:NAMED])
        more = f"; and {len(sizes) - NAMED} more" if len(sizes) > NAMED else ""
        yield f"The network falls into {len(sizes)} parts that no comparison links: {parts}{more}."
        where = "the largest part" if large == 1 else f"each of the {large} parts of three treatments or more"
        yield f"No network meta-analysis can hold all of them; within {where} {_POSSIBLE}."
        yield _loops(network)


def _loops(network: Network) -> str:
    loops, good = len(network.loops), sum(loop.checkable for loop in network.loops)
    if not loops:
        return "There is no closed loop: direct and indirect evidence cannot be checked against each other."
    if not good:
        return (
            f"{_count(loops, 'closed loop')}, made by studies that compare all of its treatments themselves: "
            "consistency cannot be checked."
        )
    return f"{_count(loops, 'closed loop')}; in {good} direct and indirect evidence can be checked against each other."


def _scope(network: Network) -> Iterator[str]:
    """What the comparisons are about, where it is not one thing."""
    outcomes, populations = ([t.label for t in some] for some in (network.outcomes, network.populations))
    if len(outcomes) > 1:
        yield f"The comparisons are of {len(outcomes)} outcomes ({_listed(outcomes)}): ask for one of them."
    if len(populations) > 1:
        yield f"The comparisons are in {len(populations)} populations ({_listed(populations)}): are they alike?"
    if number := network.without_population:
        yield f"{_count(number, 'claim')} that compare{_s(number)} treatments name{_s(number)} no population."
    effects = sorted({m for c in network.comparisons for m in c.measures if m.is_contrast})
    if len(effects) > 1:
        yield f"Several measures of effect are reported ({_listed(effects)}): one can be pooled at a time."
    if bare := sum(not any(m.is_contrast for m in c.measures) for c in network.comparisons):
        yield f"Without a ratio or a difference, with words or the numbers of arms alone: {_count(bare, 'comparison')}."


def _weak(network: Network) -> Iterator[str]:
    """Where the network is thin."""
    if bridges := [f"{network.label(c.one)} with {network.label(c.other)}" for c in network.comparisons if c.bridge]:
        yield f"Comparisons without which the network falls apart: {_listed(bridges)}."
    if cuts := [t.term.label for t in network.treatments if t.cut]:
        yield f"Treatments that alone link others: {_listed(cuts)}."
    if single := [t.term.label for t in network.treatments if t.single_study]:
        yield f"Connected through a single study: {_listed(single)}."
    if several := len(network.several_arms):
        told = "what one study compares is correlated, and the model must say so."
        yield f"Studies that compared more than two treatments: {several}; {told}"
    if unsized := sum(c.sized < len(c.studies) for c in network.comparisons):
        yield f"With studies whose number of participants is not known: {_count(unsized, 'comparison')}."


def _left_out(network: Network) -> Iterator[str]:
    """Claims that make no comparison."""
    for number, why in (
        (network.without_comparator, "no comparator is named"),
        (network.without_drug, "no treatment is named"),
        (network.same_treatment, "the same treatment is on both sides, as doses or schedules"),
    ):
        if number:
            yield f"Left out: {_count(number, 'claim')} in which {why}."


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} and {len(names) - NAMED} more"


def _s(number: int) -> str:
    """The ending of a verb."""
    return "s" if number == 1 else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
