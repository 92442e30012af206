"""Train the model of directions on Evidence Inference, and measure it by folds of articles.

``python -m training.direction --train`` writes ``ingest/data/direction.npz`` (about three minutes); without it the
model is measured: by five folds of the train split, each trained on the other four, or the one that ships on ``--dev``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped, unused-ignore]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped, unused-ignore]

from ingest.fill.direction import LABELS
from ingest.fill.direction_candidates import Candidate
from ingest.fill.direction_model import DirectionModel, Linear, Rows, load_direction_model, rows_of
from ingest.fill.direction_signs import swapped
from ingest.fill.direction_text import text_features
from ingest.trees import Floats
from training.boosting import Growth, grow
from training.direction_cases import Case, cases_of

OUT = Path(__file__).resolve().parents[1] / "ingest" / "data" / "direction.npz"
FOLDS, INNER = 5, 4
SEED = 20
STRENGTH = 0.15
OF_SWAPPED = 0.2
"""What an example counts with its arms exchanged: what it says turns round, but people ask one way more often."""
RAREST, LIGHTEST = 4, 0.004
"""A feature is kept that stands in so many examples, and has a weight of that much."""
_TURNED = np.array([1, 0, 2])
GROWTH = Growth(trees=120, rate=0.06, leaves=12, smallest=25, share=0.5, shrink=1.0, members=6)


def fit_linear(cases: Sequence[Case]) -> Linear:
    """The linear model of what a passage says, from every marked passage and its mirror image."""
    examples = [(e, c.stems) for c in cases for e in c.examples]
    features = [text_features(e.candidate.marks, stems) for e, stems in examples]
    features += [text_features(swapped(e.candidate.marks), stems) for e, stems in examples]
    vectorizer = DictVectorizer()
    rows = sparse.csr_matrix(vectorizer.fit_transform(features))
    labels = np.array([e.label for e, _ in examples])
    weight = np.array([e.weight for e, _ in examples])
    often = np.flatnonzero(np.asarray((rows > 0).sum(axis=0)).ravel() >= RAREST)
    model: Any = LogisticRegression(C=STRENGTH, max_iter=200)
    model.fit(
        rows[:, often],
        np.concatenate([labels, _TURNED[labels]]),
        sample_weight=np.concatenate([weight, weight * OF_SWAPPED]),
    )
    weights = model.coef_.T
    heavy = np.abs(weights).max(axis=1) >= LIGHTEST
    names = vectorizer.get_feature_names_out()[often[heavy]]
    places = {str(name): i for i, name in enumerate(names)}
    return Linear(places, np.round(weights[heavy], 4).astype(np.float32).astype(np.float64), model.intercept_)


def fit(cases: Sequence[Case]) -> DirectionModel:
    """The whole model. The forests learn from what linear models say of cases that these have not seen."""
    of_examples: list[Rows] = []
    of_candidates: list[Rows] = []
    labels: list[npt.NDArray[np.int64]] = []
    evidence: list[npt.NDArray[np.bool_]] = []
    for fold in range(INNER):
        linear = fit_linear([c for c in cases if c.fold(INNER, "inner") != fold])
        for case in cases:
            if case.fold(INNER, "inner") == fold:
                of_examples.append(_rows(linear, case, [_without_fit(e.candidate) for e in case.examples]))
                of_candidates.append(_rows(linear, case, case.found))
                labels.append(np.array([e.label for e in case.examples], dtype=np.int64))
                evidence.append(np.array(case.evidence, dtype=bool))
    shown, said = _stacked(of_examples), np.concatenate(labels)
    some = said < 2
    way = grow(shown.of_way()[some], said[some] == 0, GROWTH, SEED)
    significance = grow(shown.of_significance(), some, GROWTH, SEED + 10)
    about = grow(_stacked(of_candidates).of_evidence(), np.concatenate(evidence), GROWTH, SEED + 20)
    return DirectionModel(fit_linear(cases), significance, way, about)


def _without_fit(candidate: Candidate) -> Candidate:
    """The candidate without its fit: a marked passage has none, and what is learnt from examples does not need it."""
    return Candidate(candidate.passage, (), candidate.marks)


def _rows(linear: Linear, case: Case, found: Sequence[Candidate]) -> Rows:
    chance, way = linear.odds([text_features(c.marks, case.stems) for c in found])
    return rows_of(found, case.unwanted, chance, way)


def _stacked(rows: Sequence[Rows]) -> Rows:
    some = [r for r in rows if len(r.odd)]

    def column(name: str) -> Floats:
        return np.concatenate([getattr(r, name) for r in some])

    return Rows(column("odd"), column("even"), column("fit"), column("chance"), column("way"))


def answers(model: DirectionModel, cases: Sequence[Case]) -> list[int | None]:
    """The place in ``LABELS`` of the model's answer to each case."""
    out: list[int | None] = []
    for case in cases:
        if not case.found:
            out.append(None)
            continue
        chances, votes = model.judge(case.found, case.stems, case.unwanted)
        out.append(int(np.argmax((chances * votes[:, None]).sum(axis=0))))
    return out


def macro_f(cases: Sequence[Case], given: Sequence[int | None]) -> float:
    """The mean of the three labels' F1 over the cases that have one of them."""
    pairs = [(c.label, g) for c, g in zip(cases, given, strict=True) if c.label is not None]
    scores = []
    for label in range(len(LABELS)):
        hit = sum(a == b == label for a, b in pairs)
        told, true = sum(b == label for _, b in pairs), sum(a == label for a, _ in pairs)
        scores.append(2 * hit / (told + true) if told + true else 0.0)
    return float(np.mean(scores))


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.direction", description=__doc__)
    parser.add_argument("--train", action="store_true", help="write the model anew")
    parser.add_argument("--dev", action="store_true", help="measure the model that ships on the dev split")
    asked = parser.parse_args(arguments)
    if asked.dev:
        dev = list(cases_of("dev"))
        print(f"dev: macro F1 {macro_f(dev, answers(load_direction_model(), dev)):.4f}, {len(dev)} prompts")
        return
    cases = list(cases_of("train"))
    if asked.train:
        np.savez_compressed(OUT, **fit(cases).arrays())
        return
    given: dict[str, int | None] = {}
    for fold in range(FOLDS):
        model = fit([c for c in cases if c.fold(FOLDS) != fold])
        rest = [c for c in cases if c.fold(FOLDS) == fold]
        found = answers(model, rest)
        given |= {c.question.id: g for c, g in zip(rest, found, strict=True)}
        print(f"fold {fold}: macro F1 {macro_f(rest, found):.4f}, {len(rest)} prompts")
    print(f"all folds: macro F1 {macro_f(cases, [given[c.question.id] for c in cases]):.4f}")


if __name__ == "__main__":
    main()
