"""Training of the relation model on result sentences with gold entities: ``python -m training.relations --help``."""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ingest.article import Span
from ingest.relate import KIND_OF, LOOKS, TASKS, RelationModel, forests_of, look_at, with_context
from ingest.relation_context import FirstLook
from ingest.relation_features import Candidates, candidates
from ingest.relation_sentence import Marked
from ingest.trees import Array, Floats
from training.boosting import Growth, grow
from training.corpora import Row, read_split
from training.folds import grouped_folds
from training.noise import noisy

CORPUS = "rct-art"
GROWTH = Growth()
SEED = 7
INNER = 5
COPIES = 1
"""How often a sentence is seen again with the faults of a recogniser: 1.4 points of F where entities are not gold."""
LABELS = ("A1_RES", "A2_RES", "OC_RES")
Triple = tuple[int, int, str]


class Example(NamedTuple):
    """The pairs of one sentence; ``gold`` has the place in ``LABELS`` plus one of each, 0 for pairs of none."""

    pairs: Candidates
    gold: npt.NDArray[np.int64]


def triples(row: Row) -> set[Triple]:
    """The gold relations of ``row``, labels in upper case."""
    return {(r["head"], r["tail"], r["label"].upper().replace("-", "_")) for r in row["relations"]}


def example(row: Row) -> Example:
    """The pairs of a row, which is one sentence."""
    entities = [Marked(KIND_OF[e["label"]], e["start"], e["end"]) for e in row["entities"]]
    pairs = candidates(row["text"], 0, len(row["text"]), entities)
    known = {(head, tail): 1 + LABELS.index(label) for head, tail, label in sorted(triples(row))}
    gold = [known.get(pair, 0) for pair in zip(pairs.heads.tolist(), pairs.measures.tolist(), strict=True)]
    return Example(pairs, np.array(gold, dtype=np.int64))


def fit_look(look: str, examples: Sequence[Example], features: Sequence[Floats], seed: int) -> dict[str, Array]:
    """The arrays of one look."""
    rows, gold = np.concatenate(features), np.concatenate([e.gold for e in examples])
    outcome = np.concatenate([e.pairs.outcome for e in examples])
    linked = gold > 0
    chosen = {"arm": (~outcome, linked), "second": (~outcome & linked, gold == 2), "outcome": (outcome, linked)}
    arrays: dict[str, Array] = {f"{look}.names": np.array(LOOKS[look])}
    for task in TASKS:
        among, yes = chosen[task]
        arrays |= grow(rows[among], yes[among], GROWTH, seed).arrays(f"{look}.{task}")
    return arrays


def train(rows: Sequence[Row], seed: int = SEED, inner: int = INNER) -> dict[str, Array]:
    """The arrays of a model for both looks; the same rows and seed give the same arrays.

    Each row is seen as it is and ``COPIES`` times with faults. The second look is trained on what first looks say of
    rows that they were not trained on, ``inner`` folds by abstract.
    """
    rows = [*rows, *(with_faults(row, f"train {n}") for n in range(COPIES) for row in rows)]
    examples = [example(row) for row in rows]
    fold_of = grouped_folds(rows, inner)
    looked: dict[int, FirstLook] = {}
    for fold in range(inner):
        known = [e for e, f in zip(examples, fold_of, strict=True) if f != fold]
        unseen = [i for i, f in enumerate(fold_of) if f == fold]
        forests = forests_of(fit_look("first", known, [e.pairs.features for e in known], seed), "first")
        looked |= zip(unseen, look_at(forests, "first", [examples[i].pairs for i in unseen]), strict=True)
    arrays = fit_look("first", examples, [e.pairs.features for e in examples], seed)
    seen = [with_context(e.pairs, looked[i]) for i, e in enumerate(examples)]
    return arrays | fit_look("again", examples, seen, seed)


def with_faults(row: Row, seed: str) -> Row:
    """A noisy copy of ``row``; the same seed gives the same copy, whatever the other rows are."""
    return noisy(row, random.Random(f"{seed} {row['id']}"))  # noqa: S311  (nothing secret)


def predict(model: RelationModel, rows: Sequence[Row]) -> list[set[Triple]]:
    """The relations that ``model`` finds between the gold entities of each row."""
    whole = [model.relate(r["text"], [Span(0, len(r["text"]))], r["entities"]) for r in rows]
    return [{(r["head"], r["tail"], r["label"]) for r in found} for found in whole]


def tally(rows: Sequence[Row], found: Sequence[set[Triple]]) -> Counter[tuple[str, str]]:
    """Hits (``tp``), false finds (``fp``) and misses (``fn``) by label: label and both entities must agree."""
    counts: Counter[tuple[str, str]] = Counter()
    for row, predicted in zip(rows, found, strict=True):
        gold = triples(row)
        for outcome, those in (("tp", gold & predicted), ("fp", predicted - gold), ("fn", gold - predicted)):
            counts.update((label, outcome) for _, _, label in those)
    return counts


def report(title: str, counts: Mapping[tuple[str, str], int]) -> str:
    """One line: precision, recall and F in percent, then F by label; a dash where nothing was to be found."""

    def figures(labels: Sequence[str]) -> list[str]:
        tp, fp, fn = (sum(counts.get((label, part), 0) for label in labels) for part in ("tp", "fp", "fn"))
        parts = ((tp, tp + fp), (tp, tp + fn), (2 * tp, 2 * tp + fp + fn))
        return [f"{100 * part / whole:.1f}" if whole else "-" for part, whole in parts]

    p, r, f = figures(LABELS)
    return f"{title}: P {p} R {r} F {f}; " + ", ".join(f"{label} {figures([label])[2]}" for label in LABELS)


def cross_validate(rows: Sequence[Row], seed: int = SEED) -> Iterator[str]:
    """A line for each of five folds by abstract, two for all, and one for blood cancer when held out."""
    fold_of = grouped_folds(rows)
    whole: list[Counter[tuple[str, str]]] = [Counter(), Counter()]
    for fold in range(max(fold_of) + 1):
        counts = held_out(rows, [f == fold for f in fold_of], seed)
        whole = [a + b for a, b in zip(whole, counts, strict=True)]
        yield report(f"fold {fold}", counts[0])
    yield report("all folds", whole[0])
    yield report("all folds, entities with faults", whole[1])
    yield report("blood cancer, unseen", held_out(rows, [r["domain"] == "blood_cancer" for r in rows], seed)[0])


def held_out(rows: Sequence[Row], out: Sequence[bool], seed: int) -> list[Counter[tuple[str, str]]]:
    """Tallies of the rows that are ``out`` under a model trained on the others: as they are, and with faults."""
    unseen = [row for row, held in zip(rows, out, strict=True) if held]
    model = RelationModel.of(train([row for row, held in zip(rows, out, strict=True) if not held], seed))
    return [tally(these, predict(model, these)) for these in (unseen, [with_faults(r, "unseen") for r in unseen])]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.relations", description=__doc__)
    parser.add_argument("--cross-validate", action="store_true", help="print figures over the train and dev splits")
    parser.add_argument("--out", type=Path, help="train on the train split and write the model here")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args(arguments)
    if asked.cross_validate:
        for line in cross_validate(read_split(CORPUS, "train") + read_split(CORPUS, "dev"), asked.seed):
            print(line, flush=True)
    if asked.out:
        arrays = train(read_split(CORPUS, "train"), asked.seed)
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(asked.out, **arrays)
        dev = read_split(CORPUS, "dev")
        print(report("dev", tally(dev, predict(RelationModel.of(arrays), dev))))


if __name__ == "__main__":
    main()
