"""Training of the relation model on result sentences with gold entities: ``python -m training.relations --help``."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ingest.relate import KIND_OF, LOOKS, TASKS, RelationModel, decode
from ingest.relation_context import FirstLook, context
from ingest.relation_features import Candidates, candidates
from ingest.relation_sentence import Marked
from ingest.trees import Array, Floats
from training.boosting import Growth, grow
from training.corpora import Row, read_split
from training.folds import grouped_folds

CORPUS = "rct-art"
GROWTH = {"first": Growth(), "again": Growth()}
SEED = 7
LABELS = ("A1_RES", "A2_RES", "OC_RES")
Triple = tuple[int, int, str]


class Example(NamedTuple):
    """The pairs of one sentence; ``gold`` has the place in ``LABELS`` plus one of each, 0 for pairs without relation."""

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


def fit_look(look: str, examples: Sequence[Example], features: Sequence[Floats], seed: int,
             growth: Mapping[str, Growth]) -> dict[str, Array]:
    """The arrays of one look."""
    rows, gold = np.concatenate(features), np.concatenate([e.gold for e in examples])
    outcome = np.concatenate([e.pairs.outcome for e in examples])
    arm, linked = ~outcome, gold > 0
    chosen = {"arm": (arm, linked), "second": (arm & linked, gold == 2), "outcome": (outcome, linked)}
    arrays: dict[str, Array] = {f"{look}.names": np.array(LOOKS[look])}
    for task in TASKS:
        among, yes = chosen[task]
        arrays |= grow(rows[among], yes[among], growth[look], seed).arrays(f"{look}.{task}")
    return arrays
