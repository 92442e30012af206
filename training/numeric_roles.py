"""Training of the model of numeric roles on annotated abstracts: ``python -m training.numeric_roles --help``."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ingest import role_arm_features, role_types
from ingest.aids import Tag
from ingest.numeric_roles import NumericRoles, again, columns, numbered, sides
from ingest.relate import RelationModel
from ingest.role_labels import TYPES
from ingest.role_links import links_of
from ingest.role_text import Reading
from ingest.trees import Array, Floats
from training.boosting import Growth, grow
from training.folds import grouped_folds
from training.role_examples import (
    UNKNOWN,
    Example,
    Ints,
    arm_vocabulary,
    examples_of,
    numbered_sides,
    tagger_in,
    vocabulary,
)

MODEL = Path(__file__).resolve().parent.parent / "ingest" / "data" / "model"
SEED = 7
INNER = 5
OF_ARMS = Growth(trees=100, rate=0.06, leaves=10, members=2)
OF_TAKEN = Growth(trees=100, leaves=31, members=3)
OF_TYPES = Growth(trees=60, leaves=8, members=1)
OF_SIDES = Growth(trees=120, rate=0.08, leaves=15, members=3)


def train(
    examples: Sequence[Example], relations: RelationModel, seed: int = SEED, inner: int = INNER
) -> dict[str, Array]:
    """The arrays of a model; the same examples and seed give the same arrays.

    What reads the chances of an earlier forest is trained on those of forests that had not seen the abstract, by
    ``inner`` folds.
    """
    words, arm_words = vocabulary(examples), arm_vocabulary(examples)
    known, known_arms = numbered(words), numbered(arm_words)
    fold_of = np.array(grouped_folds([e.row for e in examples], inner))
    rows = [role_types.features(e.reading, known) for e in examples]
    kind = [e.kind for e in examples]
    labelled = [np.where(k > 0, k, UNKNOWN) for k in kind]
    is_taken = [np.minimum(k, 1) for k in kind]
    taken = unseen(rows, is_taken, replace(OF_TAKEN, members=1), fold_of, seed)
    links = [links_of(e.reading, e.arms, chance, relations) for e, chance in zip(examples, taken, strict=True)]
    arms = [role_arm_features.features(e.reading, e.arms, known_arms) for e in examples]
    arm_sides = [numbered_sides(e, linked) for e, linked in zip(examples, links, strict=True)]
    first = unseen(arms, arm_sides, OF_ARMS, fold_of, seed)
    seen = [again(e.reading, e.arms, rows, looked) for e, rows, looked in zip(examples, arms, first, strict=True)]
    second = unseen(seen, arm_sides, OF_ARMS, fold_of, seed)
    of_sides = [
        sides(e.reading, e.arms, looked, linked, own)
        for e, looked, linked, own in zip(examples, second, links, rows, strict=True)
    ]
    arrays: dict[str, Array] = {
        "words": np.array(words),
        "arm_words": np.array(arm_words),
        "names": np.array(columns(words, arm_words)),
    }
    plan: list[tuple[str, Sequence[Floats], Sequence[Ints], int, Growth]] = [
        ("arm", arms, arm_sides, 1, OF_ARMS),
        ("arm_again", seen, arm_sides, 1, OF_ARMS),
        ("taken", rows, is_taken, 1, OF_TAKEN),
        *((f"type.{t}", rows, labelled, n, OF_TYPES) for n, t in enumerate(TYPES, start=1)),
        ("side", of_sides, [e.side for e in examples], 1, OF_SIDES),
    ]
    for name, features, gold, yes, growth in plan:
        table, answers = chosen(features, gold)
        arrays |= grow(table, answers == yes, growth, seed).arrays(name)
    return arrays


def chosen(features: Sequence[Floats], gold: Sequence[Ints]) -> tuple[Floats, Ints]:
    """The rows whose answer is known, and the answers."""
    table, answers = np.concatenate(features), np.concatenate(gold)
    return table[answers != UNKNOWN], answers[answers != UNKNOWN]


def unseen(features: Sequence[Floats], gold: Sequence[Ints], growth: Growth, fold_of: Ints, seed: int) -> list[Floats]:
    """For each text the chances of yes by a forest that was trained on the other folds."""
    out: list[Floats] = [np.zeros(0)] * len(features)
    for fold in sorted(set(fold_of.tolist())):
        table, answers = chosen(*([one[i] for i in np.flatnonzero(fold_of != fold)] for one in (features, gold)))
        forest = grow(table, answers == 1, growth, seed)
        for i in np.flatnonzero(fold_of == fold):
            out[i] = forest.chances(features[i])
    return out


def tally(examples: Sequence[Example], found: Sequence[Sequence[Tag]]) -> Counter[tuple[str, str]]:
    """Hits (``tp``), false finds (``fp``) and misses (``fn``) by label: label, start and end must agree."""
    counts: Counter[tuple[str, str]] = Counter()
    for e, tags in zip(examples, found, strict=True):
        numeric = re.compile("-bin-|-cont-|-participants")
        gold = {(x["start"], x["end"], x["label"]) for x in e.row["entities"] if numeric.search(x["label"])}
        predicted = {(t.span.start, t.span.end, t.label) for t in tags}
        for outcome, those in (("tp", gold & predicted), ("fp", predicted - gold), ("fn", gold - predicted)):
            counts.update((label, outcome) for _, _, label in those)
    return counts


def report(counts: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """A line for each label and one for all: precision, recall and F in percent, a dash where there is none."""
    labels = sorted({label for label, _ in counts})
    for name, some in (*((label, [label]) for label in labels), ("all", labels)):
        tp, fp, fn = (sum(counts.get((label, part), 0) for label in some) for part in ("tp", "fp", "fn"))
        parts = ((tp, tp + fp), (tp, tp + fn), (2 * tp, 2 * tp + fp + fn))
        figures = " ".join(f"{100 * part / whole:5.1f}" if whole else "    -" for part, whole in parts)
        yield f"{name:28} {figures}  of {tp + fn}"


def predict(model: NumericRoles, readings: Sequence[Reading]) -> list[list[Tag]]:
    """The roles that ``model`` finds in each abstract."""
    return [model.roles(reading) for reading in readings]


def build(folder: Path, seed: int = SEED) -> dict[str, Array]:
    """The arrays of ``roles.npz``, trained with the network and the relation model in ``folder``."""
    with np.load(folder / "relations.npz", allow_pickle=False) as stored:
        relations = RelationModel.of(dict(stored))
    return train(examples_of("train", tagger_in(folder)), relations, seed)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.numeric_roles", description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL, help="folder of the network and the relation model")
    parser.add_argument("--out", type=Path, help="train on the train split and write the model here")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args(arguments)
    stored = asked.out or asked.model / "roles.npz"
    if asked.out:
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(asked.out, **build(asked.model, asked.seed))
    with np.load(stored, allow_pickle=False) as roles, np.load(asked.model / "relations.npz") as relations:
        model = NumericRoles.of(dict(roles), RelationModel.of(dict(relations)))
    dev = examples_of("dev", tagger_in(asked.model))
    for line in report(tally(dev, predict(model, [e.reading for e in dev]))):
        print(line)


if __name__ == "__main__":
    main()
