"""Training of the confidence of claims on labelled ones: ``python -m training.confidence --help``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from ingest.confidence import WEIGHTS, chance_of
from ingest.confidence_features import features_of
from ingest.pipeline import load_pipeline
from training.calibration import Band, Bound, Floats, bands, brier, calibration_error, fit, ranking
from training.claim_labels import AUDITED, Labelled, labelled
from training.folds import grouped_folds
from training.reliability import drawing

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "ingest" / "data" / WEIGHTS
PLOT = ROOT / "docs" / "confidence.svg"
TABLES = ROOT / "docs" / "quality.md"
_WRITTEN = re.compile(r"(<!-- written by training\.confidence -->\n).*?(<!-- end -->)", re.DOTALL)
FOLDS = 10
SHRINK = 3.0
"""How much the squares of the weights cost. By cross-validation 1, 3 and 10 differ by 0.004 in the Brier score."""
AGAINST, FOR = (None, 0.0), (0.0, None)
BOUNDS: Mapping[str, Bound] = {
    "a check failed": (None, -1.0),
    "a check with a note or failed": AGAINST,
    "a check passed": FOR,
    "a number in the outcome": AGAINST,
    "an association": AGAINST,
    "an outcome that only counts": AGAINST,
    "arms of another sentence": AGAINST,
    "arms or outcome outside the sentence": AGAINST,
    "further outcomes in the sentence": AGAINST,
    "hedged": AGAINST,
    "intervention with a concept": FOR,
    "long sentence": AGAINST,
    "more than two arms": AGAINST,
    "no intervention": AGAINST,
    "no direction": AGAINST,
    "numbers are results": FOR,
    "numbers lean to their arms": FOR,
    "numbers of all participants": AGAINST,
    "outside the results": AGAINST,
    "relations give another outcome": AGAINST,
    "relations give other arms": AGAINST,
    "relations give this outcome": FOR,
    "the comparator is a control": FOR,
    "the language model wavers": AGAINST,
    "the outcome is a mention of one": FOR,
    "told again": FOR,
    "values of one arm alone": AGAINST,
}
"""What may only speak for a claim or only against it. A failed check at least divides the odds by e: so few claims fail
one that they cannot tell how much it is worth."""


MARKED = "judged by a corpus"
"""What is learnt and does not ship: a corpus judges the claims alone whose numbers it marks, and rules were written on
it, so more of them are right than of those that people will read. What ships has the level of the audit."""


def weights_of(claims: Sequence[Labelled], shrink: float = SHRINK) -> dict[str, float]:
    """The weights learnt from ``claims``, by name of the feature, in a fixed order; the last is that of ``MARKED``."""
    rows = [seen_in(c) for c in claims]
    table = np.array([list(row.values()) for row in rows])
    return fit(list(rows[0]), table, _right(claims), _weight(claims), BOUNDS, shrink)


def seen_in(claim: Labelled) -> dict[str, float]:
    """The features of a labelled claim, and whether a corpus judged it."""
    return features_of(claim.claim, claim.grounds) | {MARKED: float(claim.part != AUDITED)}


def unseen_chances(claims: Sequence[Labelled], folds: int = FOLDS, shrink: float = SHRINK) -> Floats:
    """The confidence of each claim, on the level of its kind, by weights that were learnt from the other articles."""
    fold_of = np.array(grouped_folds([{"pmid": c.group} for c in claims], folds))
    out = np.zeros(len(claims))
    for fold in range(folds):
        weights = weights_of([c for c, f in zip(claims, fold_of, strict=True) if f != fold], shrink)
        for i in np.flatnonzero(fold_of == fold):
            out[i] = chance_of(weights, seen_in(claims[i]))
    return out


def _right(claims: Sequence[Labelled]) -> Floats:
    return np.array([float(c.right) for c in claims])


def _weight(claims: Sequence[Labelled]) -> Floats:
    return np.array([c.weight for c in claims])


def report(claims: Sequence[Labelled], chance: Floats) -> Iterator[str]:
    """A Markdown table of each part and of all: how many, how many of them right, and how good the confidence is."""
    yield "| claims of | claims | right | mean confidence | calibration error | Brier score | ranking (AUC) |"
    yield "|---|---|---|---|---|---|---|"
    right, weight = _right(claims), _weight(claims)
    parts = [(part, np.array([c.part == part for c in claims])) for part in dict.fromkeys(c.part for c in claims)]
    corpora = np.array([c.part != AUDITED for c in claims])
    for part, some in (*parts, ("all corpora, weighed", corpora)):
        if not some.any():
            continue
        came, said, mass = right[some], chance[some], weight[some]
        rank = ranking(said, came)
        shares = (np.average(came, weights=mass), np.average(said, weights=mass))
        quality = (calibration_error(said, came, mass), brier(said, came, mass))
        figures = (
            *(f"{s:.2f}" for s in shares),
            *(f"{q:.3f}" for q in quality),
            "–" if rank is None else f"{rank:.2f}",
        )
        yield f"| {part} | {some.sum()} | {' | '.join(figures)} |"


def table_of_bands(series: Mapping[str, Sequence[Band]]) -> Iterator[str]:
    """The bands of the drawing as a Markdown table."""
    yield f"| {' | '.join(f'{name}: confidence | mean | right' for name in series)} |"
    yield "|" + "---|" * (3 * len(series))
    for row in zip(*series.values(), strict=True):
        yield f"| {' | '.join(f'{b.low:.2f} to {b.high:.2f} | {b.said:.2f} | {b.right:.2f}' for b in row)} |"


def series_of(claims: Sequence[Labelled], chance: Floats) -> dict[str, list[Band]]:
    """The bands of the audit, and of what the corpora judge."""
    right, weight, audit = _right(claims), _weight(claims), np.array([c.part == AUDITED for c in claims])
    parts = {"the audit": audit, "corpora": ~audit}
    return {name: bands(chance[some], right[some], weight[some]) for name, some in parts.items()}


def as_table(weights: Mapping[str, float]) -> str:
    """The file of weights: a line for each, its name, a tab, its weight."""
    return "".join(f"{name}\t{weight:.2f}\n" for name, weight in weights.items() if name != MARKED)


def with_tables(page: str, tables: str) -> str:
    """``page`` with ``tables`` between its marks. ValueError where it has none."""
    if _WRITTEN.search(page) is None:
        raise ValueError("the page has no marks between which the tables stand")
    return _WRITTEN.sub(lambda m: f"{m[1]}\n{tables}\n\n{m[2]}", page)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.confidence", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help="where the weights are written")
    parser.add_argument("--plot", type=Path, default=PLOT, help="where the drawing is written")
    parser.add_argument("--tables", type=Path, default=TABLES, help="the page that holds the tables")
    asked = parser.parse_args(arguments)
    claims = list(labelled(load_pipeline()))
    asked.out.write_text(as_table(weights_of(claims)), encoding="utf-8")
    now = unseen_chances(claims)
    series = series_of(claims, now)
    asked.plot.write_text(drawing(series), encoding="utf-8")
    told = "\n".join((*report(claims, now), "", *table_of_bands(series)))
    asked.tables.write_text(with_tables(asked.tables.read_text(encoding="utf-8"), told), encoding="utf-8")
    print(told)


if __name__ == "__main__":
    main()
