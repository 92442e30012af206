"""Annotated abstracts with what the model of numeric roles reads of them, and the gold of each number and arm."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.abbreviations import find_definitions
from ingest.aids import Forms
from ingest.article import Span
from ingest.language import Language, Text
from ingest.nlp import parse
from ingest.role_arms import Arm, arms_of, telling
from ingest.role_labels import LABELS, TYPES
from ingest.role_links import Links
from ingest.role_text import Reading
from ingest.tagger import Tagger
from training.corpora import Row, read_split
from training.overlap import pieces, without

CORPUS = "pico-breast-cancer"
WORDS, ARM_WORDS = 150, 120
"""How many words are looked for near a number, and in the name of an arm."""
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
