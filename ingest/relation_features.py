"""Numbers that describe each pair of a value and an arm or outcome of one sentence; pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ingest.relation_sentence import (
    ARM,
    KINDS,
    MEASURE,
    OF_HEAD,
    OF_MEASURE,
    OF_PLACE,
    OF_SENTENCE,
    OUTCOME,
    Ints,
    Marked,
    Matrix,
    Sentence,
    stacked,
)
from ingest.relation_words import WORD_CLASSES

OF_PAIR = (
    *("follows", "apart", "words", "arms_between", "outcomes_between", "measures_between", "names_between"),
    *("near_head", "near_head_side", "near_type", "near_type_side", "near_value", "near_value_side", "past_nearest"),
    *("namesake_nearer", "turn", "turn_of_names", "turn_in_run", "turn_since", "block", "block_of_names", "run"),
    *("before_all", "after_all", "depth_change"),
)
NAMES: tuple[str, ...] = (
    *(f"sentence.{n}" for n in OF_SENTENCE),
    *(f"measure.{n}" for n in (*OF_PLACE, *OF_MEASURE)),
    *(f"head.{n}" for n in (*OF_PLACE, *OF_HEAD)),
    *(f"pair.{n}" for n in OF_PAIR),
    *(f"between.{n}" for n in WORD_CLASSES),
)
"""The columns of ``Candidates.features``, in their order."""


class Candidates(NamedTuple):
    """Every pair of a head (I or O) and a measure, by head and then by measure; one item or row a pair.

    ``heads`` and ``measures`` are places in the sequence of entities that was given; ``outcome`` is whether the head is
    one.
    """

    heads: Ints
    measures: Ints
    outcome: npt.NDArray[np.bool_]
    features: Matrix


def candidates(text: str, start: int, end: int, entities: Sequence[Marked]) -> Candidates:
    """The pairs of the sentence ``text[start:end]`` and their features, columns as in ``NAMES``.

    The order in which entities are given changes the order of the rows at most. Raises ValueError for an unknown kind.
    """
    order = sorted(range(len(entities)), key=lambda i: (entities[i].start, entities[i].end, entities[i].kind))
    marked = [entities[i] for i in order]
    measures = np.array([i for i, e in enumerate(marked) if KINDS.index(e.kind) == MEASURE], dtype=np.int64)
    heads = np.array([i for i, e in enumerate(marked) if e.kind != KINDS[MEASURE]], dtype=np.int64)
    if not len(measures) or not len(heads):
        none = np.zeros(0, dtype=np.int64)
        return Candidates(none, none, none > 0, np.zeros((0, len(NAMES))))
    h, m = np.repeat(heads, len(measures)), np.tile(measures, len(heads))
    sentence = Sentence(text, start, end, marked)
    places, of_measure, of_head = sentence.places(), sentence.measures(), sentence.heads()
    whole = np.broadcast_to(sentence.whole(), (len(h), len(OF_SENTENCE)))
    between = _between(sentence, h, m)
    pairs = _pairs(sentence, h, m, len(measures), between)
    back = np.array(order, dtype=np.int64)
    columns = np.concatenate([whole, places[m], of_measure[m], places[h], of_head[h], pairs, between[:, 1:]], axis=1)
    return Candidates(back[h], back[m], sentence.kinds[h] == OUTCOME, columns)


def _between(s: Sentence, h: Ints, m: Ints) -> Matrix:
    """Free words of each class between head and measure; the first column is of no class."""
    left, right = np.minimum(h, m), np.maximum(h, m)
    from_, to = s.last[left], np.maximum(s.last[left], s.first[right])
    seen: Matrix = s.seen[to] - s.seen[from_]
    return seen


def _pairs(s: Sentence, h: Ints, m: Ints, values: int, between: Matrix) -> Matrix:
    """What is said of each pair: columns ``OF_PAIR``. ``values`` is the number of measures."""
    left, right = np.minimum(h, m), np.maximum(h, m)
    arm, follows = s.kinds[h] == ARM, m > h
    apart = np.maximum(0, s.first[right] - s.last[left])
    crossed = s.until[right] - s.until[left + 1]
    names_between = [
        len(set(s.name[a + 1 : b][s.kinds[a + 1 : b] == ARM])) if arms > 1 else arms
        for a, b, arms in zip(left, right, crossed[:, ARM], strict=True)
    ]
    near = _near(s, h, apart.reshape(-1, values), follows.reshape(-1, values))
    rank, turn = s.rank[h], s.rank[m]
    heads = np.where(arm, s.count[ARM], s.count[OUTCOME])
    arms = max(1, s.names)
    cycle, place = np.where(arm, arms, heads), np.where(arm, s.name[h], rank)
    since = np.where(arm, s.since[m, OUTCOME], s.since[m, ARM])
    ends = np.flatnonzero(s.kinds == MEASURE)[[0, -1]]
    columns = (
        *(follows, apart, between.sum(axis=1), *crossed.T, names_between, *near),
        *(turn % heads - rank, turn % cycle - place, s.run_place[m] % cycle - place, since % cycle - place),
        *(turn * heads // values - rank, turn // arms - rank, s.run[m] - rank),
        *(h < ends[0], h > ends[1], s.depth[m] - s.depth[h]),
    )
    return stacked(columns)


def _near(s: Sentence, h: Ints, apart: Ints, follows: npt.NDArray[np.bool_]) -> tuple[Ints, ...]:
    """How many heads are nearer to the value, and values to the head, by kind, type and side; eight columns.

    ``apart`` and ``follows`` are heads by measures.
    """
    head = h.reshape(apart.shape)[:, 0]
    of_kind = s.kinds[head][:, None] == s.kinds[head]
    of_type = s.type[head][:, None] == s.type[head]
    namesake = of_kind & (s.name[head][:, None] == s.name[head])
    nearer = apart[None] < apart[:, None]  # [i, j, m]: head j is nearer to value m than head i is
    beside = nearer & (follows[None] == follows[:, None])
    nearer_value = apart[:, None] < apart[:, :, None]  # [h, m, k]: value k is nearer to head h than value m is
    value_beside = nearer_value & (follows[:, None] == follows[:, :, None])
    least = np.where(of_kind[:, :, None], apart[None], np.iinfo(np.int64).max).min(axis=1)
    grids = (
        *((closer & alike[:, :, None]).sum(axis=1) for alike in (of_kind, of_type) for closer in (nearer, beside)),
        *(nearer_value.sum(axis=2), value_beside.sum(axis=2), apart - least),
        (nearer & namesake[:, :, None]).sum(axis=1),
    )
    return tuple(grid.ravel() for grid in grids)
