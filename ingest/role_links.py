"""Which arm the relation model gives each number, as numbers for the model of numeric roles; pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ingest.relate import MOST, RelationModel
from ingest.relation_features import Candidates, candidates
from ingest.relation_sentence import Marked
from ingest.role_arms import Arm
from ingest.role_text import MOST as MOST_ARMS
from ingest.role_text import Ints, Reading

Floats = npt.NDArray[np.float64]
TAKEN = 0.25
"""From this chance on a number that is in no ``MEASURE`` of the result layer counts as one."""
UNKNOWN = 0.5
NAMES = ("chance", "link", "second", "rival_chance", "rival_link", "mixed")
"""The columns of ``columns``."""


class Links(NamedTuple):
    """For each number the arm it is likeliest linked to and the next likeliest, as places in the arms, -1 for none.

    ``link`` and ``rival_link`` are their chances, ``second`` that the former is the second arm.
    """

    arm: Ints
    link: Floats
    second: Floats
    rival: Ints
    rival_link: Floats


def links_of(reading: Reading, arms: Sequence[Arm], taken: Floats, relations: RelationModel) -> Links:
    """The links of each number of ``reading``; those of a ``MEASURE`` of the result layer share its links."""
    size = len(reading.numbers)
    out = Links(np.full(size, -1), np.zeros(size), np.zeros(size), np.full(size, -1), np.zeros(size))
    pairs: list[Candidates] = []
    of_measure: list[list[tuple[int, ...]]] = []
    marked = _marked(reading, taken)
    offset = 0
    by_sentence: dict[int, list[tuple[str, int, int, tuple[int, ...]]]] = {}
    for sentence, kind, a, b, numbers in marked:
        by_sentence.setdefault(sentence, []).append((kind, a, b, numbers))
    for s, here in sorted(by_sentence.items()):
        heads = sum(kind == "I" for kind, *_ in here)
        if heads and any(numbers for *_, numbers in here) and len(here) <= MOST:
            here.sort(key=lambda m: "IOM".index(m[0]))
            start, end = reading.range_of(s)
            pairs.append(candidates(reading.text, start, end, [Marked(kind, a, b) for kind, a, b, _ in here]))
            of_measure.append([numbers if kind == "M" else (offset + k,) for k, (kind, *_, numbers) in enumerate(here)])
        offset += heads
    for c, numbers_of, look in zip(pairs, of_measure, relations.look(pairs), strict=True):
        for head, tail, link, second in zip(
            c.heads[~c.outcome].tolist(),
            c.measures[~c.outcome].tolist(),
            look.link[~c.outcome].tolist(),
            look.second[~c.outcome].tolist(),
            strict=True,
        ):
            for i in numbers_of[tail]:
                arm = numbers_of[head][0]
                if link > out.link[i]:
                    out.rival[i], out.rival_link[i] = out.arm[i], out.link[i]
                    out.arm[i], out.link[i], out.second[i] = arm, link, second
                elif link > out.rival_link[i]:
                    out.rival[i], out.rival_link[i] = arm, link
    return out


def columns(links: Links, chances: Floats) -> Floats:
    """``NAMES`` for each number; ``chances`` says of each arm how likely it is the control."""
    known = np.append(chances, UNKNOWN)
    own, rival = known[links.arm], known[links.rival]
    mixed = (own * links.link + rival * links.rival_link + 0.1 * UNKNOWN) / (links.link + links.rival_link + 0.1)
    return np.stack([own, links.link, links.second, rival, links.rival_link, mixed], axis=1)


def _marked(reading: Reading, taken: Floats) -> list[tuple[int, str, int, int, tuple[int, ...]]]:
    """Sentence, kind, range and numbers of what takes part, each kind in the order of the text."""
    found: list[tuple[int, str, int, int, tuple[int, ...]]] = []
    for label, kind in (("INTERVENTION", "I"), ("OUTCOME", "O")):
        for tag in reading.tags("result", label)[:MOST_ARMS]:
            found.append((reading.sentence_of(tag.span.start), kind, tag.span.start, tag.span.end, ()))
    free = np.ones(len(reading.numbers), dtype=bool)
    starts = [n.start for n in reading.numbers]
    for tag in reading.tags("result", "MEASURE"):
        first = max(0, int(np.searchsorted(starts, tag.span.start, side="right")) - 1)
        inside: list[int] = []
        for i in range(first, len(starts)):
            if starts[i] >= tag.span.end:
                break
            if reading.numbers[i].end > tag.span.start:
                inside.append(i)
        free[inside] = False
        found.append((reading.sentence_of(tag.span.start), "M", tag.span.start, tag.span.end, tuple(inside)))
    for i in np.flatnonzero(free & (taken > TAKEN)).tolist():
        n = reading.numbers[i]
        found.append((int(reading.sentence[i]), "M", n.start, n.end, (i,)))
    return found
