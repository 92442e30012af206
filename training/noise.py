"""Result sentences with the faults of a recogniser: entities missing, added and cut otherwise."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from training.corpora import Row

_WORD = re.compile(r"[^\W\d_]{4,}(?: [^\W\d_]{4,})?|\d+(?:\.\d+)?(?: ?%)?")


@dataclass(frozen=True, slots=True)
class Faults:
    """How often an entity is missing or has other bounds, and how often a free word or number is taken for one."""

    missing: float = 0.08
    cut: float = 0.15
    added_word: float = 0.015
    added_number: float = 0.1


def noisy(row: Row, chance: random.Random, faults: Faults | None = None) -> Row:
    """A copy of ``row`` with faults; relations whose ends are both still there stay."""
    faults = faults or Faults()
    kept = [i for i in range(len(row["entities"])) if chance.random() >= faults.missing]
    entities = [_cut(row["text"], row["entities"][i], chance, faults) for i in kept]
    place = {i: n for n, i in enumerate(kept)}
    relations = [
        {**r, "head": place[r["head"]], "tail": place[r["tail"]]}
        for r in row["relations"]
        if r["head"] in place and r["tail"] in place
    ]
    return {**row, "entities": entities + _added(row["text"], row["entities"], chance, faults), "relations": relations}


def _cut(text: str, entity: dict[str, Any], chance: random.Random, faults: Faults) -> dict[str, Any]:
    if chance.random() >= faults.cut:
        return entity
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", text[entity["start"] : entity["end"]])]
    if len(words) < 2:
        return entity
    first, last = (1, len(words)) if chance.random() < 0.5 else (0, len(words) - 1)
    return {**entity, "start": entity["start"] + words[first][0], "end": entity["start"] + words[last - 1][1]}


def _added(
    text: str, entities: Sequence[dict[str, Any]], chance: random.Random, faults: Faults
) -> list[dict[str, Any]]:
    added = []
    for found in _WORD.finditer(text):
        number = found.group()[0].isdigit()
        if any(e["start"] < found.end() and found.start() < e["end"] for e in entities):
            continue
        if chance.random() < (faults.added_number if number else faults.added_word):
            label = "MEAS" if number else chance.choice(("INTV", "OC", "OC"))
            added.append({"start": found.start(), "end": found.end(), "label": label})
    return added
