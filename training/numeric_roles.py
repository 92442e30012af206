"""Training of the model of numeric roles on annotated abstracts: ``python -m training.numeric_roles --help``."""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest import role_arms, role_types
from ingest.abbreviations import find_definitions
from ingest.aids import Forms, Tag
from ingest.article import Span
from ingest.language import Language, Text
from ingest.nlp import parse
from ingest.numeric_roles import LABELS, TYPES, NumericRoles, again, columns, numbered, sides
from ingest.relate import RelationModel
from ingest.role_arms import Arm, arms_of, telling
from ingest.role_links import Links, links_of
from ingest.role_text import Reading
from ingest.tagger import Tagger
from ingest.trees import Array, Floats
from training.boosting import Growth, grow
from training.corpora import Row, read_split
from training.folds import grouped_folds
from training.overlap import pieces, without

CORPUS = "pico-breast-cancer"
MODEL = Path(__file__).resolve().parent.parent / "ingest" / "data" / "model"
SEED = 7
INNER = 5
WORDS, ARM_WORDS = 150, 120
"""How many words are looked for near a number, and in the name of an arm."""
OF_ARMS = Growth(trees=100, rate=0.06, leaves=10, members=2)
OF_TAKEN = Growth(trees=100, leaves=31, members=3)
OF_TYPES = Growth(trees=60, leaves=8, members=1)
OF_SIDES = Growth(trees=120, rate=0.08, leaves=15, members=3)
ALIKE = 0.15
"""How much more the name of an arm must have in common with one gold name than with the other to be of its side."""
SURE = 0.6
"""The chance from which on the link of a number tells something of its arm."""
UNKNOWN = -1
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Example:
    """An abstract with gold: of each number ``kind``, 0 or its place in ``TYPES`` plus one, and ``side``, 1: control.

    ``arm_side`` says the same of each arm. Where nothing is known a side is ``UNKNOWN``.
    """

    row: Row
    reading: Reading
    arms: list[Arm]
    kind: Ints
    side: Ints
    arm_side: Ints


def reading_of(row: Row, language: Language) -> Reading:
    """What the model reads of an abstract: the mentions of ``language`` with it."""
    text = row["text"]
    parsed, definitions = parse(text, [Span(0, len(text))]), find_definitions(text)
    layers = language.layers(Text(text, parsed, definitions), ("result",))
    return Reading(text, parsed.tokens, parsed.sentences, definitions, layers)


def example(row: Row, reading: Reading) -> Example:
    """``reading`` with the gold of ``row``."""
    known = {label: (1 + TYPES.index(kind), n) for kind, pair in LABELS.items() for n, label in enumerate(pair)}
    gold = {(e["start"], e["end"]): known[e["label"]] for e in row["entities"] if e["label"] in known}
    kind = np.zeros(len(reading.numbers), dtype=np.int64)
    side = np.full(len(kind), UNKNOWN)
    for i, number in enumerate(reading.numbers):
        for span in (number.span(False), number.span(True)):
            kind[i], side[i] = gold.get((span.start, span.end), (kind[i], side[i]))
    side[kind == 1 + TYPES.index("total")] = UNKNOWN
    arms = arms_of(reading)
    return Example(row, reading, arms, kind, side, _named_sides(row, reading, arms))


def _named_sides(row: Row, reading: Reading, arms: Sequence[Arm]) -> Ints:
    """The side of each arm by the gold names of the arms."""
    names: dict[str, set[str]] = {"intervention": set(), "control": set()}
    for e in row["entities"]:
        if e["label"] in names:
            names[e["label"]] |= telling(e["text"], reading.long_of)
    out = np.full(len(arms), UNKNOWN)
    for i, arm in enumerate(arms):
        mine, other = (len(arm.words & n) / max(1, len(arm.words | n)) for n in names.values())
        if abs(mine - other) >= ALIKE:
            out[i] = other > mine
    return out


def numbered_sides(e: Example, links: Links) -> Ints:
    """The side of each arm by the numbers that are linked to its name, where most are of one side; else by its name."""
    votes: dict[int, list[int]] = {}
    for i in np.flatnonzero((e.side != UNKNOWN) & (links.link > SURE)):
        votes.setdefault(e.arms[links.arm[i]].name, []).append(int(e.side[i]))
    out = e.arm_side.copy()
    for n, arm in enumerate(e.arms):
        share = float(np.mean(votes.get(arm.name, [0.5])))
        if abs(share - 0.5) > 0.1:
            out[n] = share > 0.5
    return out


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
    arms = [role_arms.features(e.reading, e.arms, known_arms) for e in examples]
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


def vocabulary(examples: Sequence[Example], size: int = WORDS) -> list[str]:
    """The words that stand near most numbers."""
    count: Counter[str] = Counter()
    for e in examples:
        r = e.reading
        for first, last, s in zip(r.first, r.last, r.sentence, strict=True):
            before, behind = (
                r.words[max(r.borders[s], first - 10) : first],
                r.words[last : min(r.borders[s + 1], last + 6)],
            )
            count.update({*before, *behind})
    return _most(count, size)


def arm_vocabulary(examples: Sequence[Example], size: int = ARM_WORDS) -> list[str]:
    """The words that stand in most names of arms."""
    count: Counter[str] = Counter()
    for e in examples:
        count.update(word for arm in e.arms for word in arm.words)
    return _most(count, size)


def _most(count: Mapping[str, int], size: int) -> list[str]:
    return sorted(count, key=lambda word: (-count[word], word))[:size]


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


def rows_of(split: str) -> list[Row]:
    """The abstracts of a split; those of train that share words with a dev split or a result sentence are left out."""
    rows = read_split(CORPUS, split)
    if split != "train":
        return rows
    others = [*read_split(CORPUS, "dev"), *read_split("rct-art", "train"), *read_split("rct-art", "dev")]
    return without(rows, pieces(row["text"] for row in others))[0]


def examples_of(split: str, tagger: Tagger) -> list[Example]:
    """The abstracts of a split of the corpus, read with ``tagger``."""
    language = Language(tagger, Forms({}))
    return [example(row, reading_of(row, language)) for row in rows_of(split)]


def tagger_in(folder: Path) -> Tagger:
    """The network in a folder of the model, as it is now: ``load_tagger`` keeps what it has read."""
    with np.load(folder / "tagger.npz", allow_pickle=False) as stored:
        held = dict(stored)
    keys = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
    return Tagger(held, keys, json.loads((folder / "heads.json").read_text(encoding="utf-8")))


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
