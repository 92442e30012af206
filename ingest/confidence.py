"""How likely a claim is right: its features, weighed as ``training.confidence`` learnt from annotated texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from math import exp

from ingest.claim import Claim
from ingest.confidence_features import features_of
from ingest.grounds import Grounds
from ingest.trace import NO_TRACE, Step, Trace

WEIGHTS = "confidence.tsv"
START = "start"
"""The name of the weight that every claim has."""
LITTLE = 0.05
"""Log odds below which a feature is not worth a word."""
LEAST, MOST = 0.01, 0.99
"""Nobody who reads is surer than that."""


def with_confidence(
    claims: Iterable[Claim], grounds: Mapping[str, Grounds], trace: Trace = NO_TRACE
) -> tuple[Claim, ...]:
    """``claims`` with their confidence; ``grounds`` of each by its id."""
    out = []
    for claim in claims:
        features = features_of(claim, grounds.get(claim.id, Grounds()))
        confidence = chance_of(load_weights(), features)
        if trace.on:
            trace.note(Step.CONFIDENCE, f"{confidence:.2f}", claim.quote.span, reasons(load_weights(), features))
        out.append(replace(claim, confidence=confidence))
    return tuple(out)


def reasons(weights: Mapping[str, float], features: Mapping[str, float]) -> str:
    """What moves the odds, the weightiest first.

    >>> reasons({"hedged": -0.5, "told again": 0.2}, {"told again": 1.0, "hedged": 1.0, "words alone": 0.0})
    'hedged -0.50; told again +0.20'
    """
    moved = {name: weights.get(name, 0.0) * value for name, value in features.items()}
    told = sorted((name for name in moved if abs(moved[name]) >= LITTLE), key=lambda name: (-abs(moved[name]), name))
    return "; ".join(f"{name} {moved[name]:+.2f}" for name in told)


def confidence_of(claim: Claim, grounds: Grounds) -> float:
    """The chance that ``claim`` is right, with two decimals."""
    return chance_of(load_weights(), features_of(claim, grounds))


def chance_of(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """A logistic regression: the start and every feature times its weight are log odds. Two decimals.

    >>> chance_of({"start": 0.0, "hedged": -1.0}, {"hedged": 1.0})
    0.27
    """
    odds = weights[START] + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return round(min(MOST, max(LEAST, 1 / (1 + exp(-odds)))), 2)


@cache
def load_weights() -> Mapping[str, float]:
    """The weights that ship, by name of the feature."""
    lines = resources.files("ingest.data").joinpath(WEIGHTS).read_text(encoding="utf-8").splitlines()
    return {name: float(weight) for name, _, weight in (line.partition("\t") for line in lines)}
