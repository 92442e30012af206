"""The words and entities of one sentence, and what is said of each of them before they are paired; pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ingest.relation_words import (
    VALUE_FORMS,
    WORD_CLASSES,
    is_control,
    is_time,
    name_ids,
    value_form,
    word_class,
    words_in,
)

Matrix = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

KINDS = "IOM"
"""Arm, outcome, measure."""
ARM, OUTCOME, MEASURE = range(3)
OF_SENTENCE = (
    *("arms", "outcomes", "measures", "names", "times", "runs"),
    *("arm_then_value", "value_then_arm", "respectively"),
)
"""A run is a row of values with no arm or outcome among them."""
OF_PLACE = (
    *("rank", "from_end", "length", "depth", "before", "after", "gap_before", "gap_after"),
    *("word_before", "word_after", "word_before_2", "word_after_2"),
)
OF_MEASURE = (
    *("run", "run_place", "run_length", "since_arm", "since_outcome", "same_form_before", "same_form_after"),
    *VALUE_FORMS,
)
OF_HEAD = (
    *("outcome", "name", "again", "mentions", "control", "time", "digit"),
    *("place_of_type", "of_type", "next_to_head"),
)
"""Outcomes are of two types, points in time and others; arms are of one."""


class Marked(NamedTuple):
    """An entity of a sentence: ``kind`` is one of ``KINDS``; half-open range of code points."""

    kind: str
    start: int
    end: int


def stacked(columns: Sequence[npt.ArrayLike]) -> Matrix:
    """The columns side by side."""
    matrix: Matrix = np.stack([np.asarray(c) for c in columns], axis=1).astype(np.float64)
    return matrix


class Sentence:
    """The sentence ``text[start:end]`` with its entities, which stand in the order of the text."""

    def __init__(self, text: str, start: int, end: int, marked: Sequence[Marked]) -> None:
        self.kinds: Ints = np.array([KINDS.index(e.kind) for e in marked], dtype=np.int64)
        self.size = len(marked)
        self.strings = [text[e.start : e.end] for e in marked]
        tokens = words_in(text, start, end)
        starts, ends = [t[0] for t in tokens], [t[1] for t in tokens]
        self.first: Ints = np.array([bisect_right(ends, e.start) for e in marked], dtype=np.int64)
        self.last: Ints = np.array([bisect_left(starts, e.end) for e in marked], dtype=np.int64)
        """The words of entity i are ``first[i]`` to ``last[i]``, the latter not included."""
        self.classes: Ints = np.array([word_class(t[2]) for t in tokens], dtype=np.int64)
        one_hot = self.kinds[:, None] == np.arange(len(KINDS))
        self.count: Ints = one_hot.sum(axis=0)
        self.until: Ints = np.concatenate([np.zeros((1, len(KINDS)), dtype=np.int64), one_hot.cumsum(axis=0)])
        """How many entities of each kind stand before an entity."""
        self.rank: Ints = self.until[np.arange(self.size), self.kinds]
        self._count_words(len(tokens))
        self._name_heads()
        self._find_runs()

    def _count_words(self, size: int) -> None:
        free = np.ones(size, dtype=bool)
        for a, b in zip(self.first, self.last, strict=True):
            free[a:b] = False
        found = np.zeros((size + 1, len(WORD_CLASSES) + 1))
        found[np.flatnonzero(free) + 1, self.classes[free]] = 1
        self.seen: Matrix = found.cumsum(axis=0)
        """How many free words of each class stand before a word; those inside an entity are not counted."""
        opens, closes = (WORD_CLASSES.index(name) + 1 for name in ("opens", "closes"))
        change = (self.classes == opens).astype(np.int64) - (self.classes == closes)
        self.depth: Ints = np.concatenate([[0], change.cumsum()])[self.first].clip(0)

    def _name_heads(self) -> None:
        arms, outcomes = np.flatnonzero(self.kinds == ARM), np.flatnonzero(self.kinds == OUTCOME)
        self.name = np.full(self.size, -1, dtype=np.int64)
        self.name[arms] = name_ids([self.strings[i] for i in arms])
        self.name[outcomes] = name_ids([self.strings[i] for i in outcomes])
        self.names = int(self.name[arms].max()) + 1 if len(arms) else 0
        self.time = np.zeros(self.size, dtype=np.int64)
        self.time[outcomes] = [is_time(self.strings[i]) for i in outcomes]
        self.type: Ints = np.where(self.kinds == OUTCOME, self.time, -1 - self.kinds)

    def _find_runs(self) -> None:
        self.run, self.run_place = np.full(self.size, -1), np.full(self.size, -1)
        self.since = np.zeros((self.size, 2), dtype=np.int64)
        """How many values stand before, since the last arm and since the last outcome."""
        self.runs, last = 0, [0, 0]
        for i, kind in enumerate(self.kinds):
            values = int(self.until[i, MEASURE])
            self.since[i] = values - last[ARM], values - last[OUTCOME]
            if kind != MEASURE:
                last[kind] = values
                continue
            follows = i > 0 and self.kinds[i - 1] == MEASURE
            self.runs += not follows
            self.run[i], self.run_place[i] = self.runs - 1, self.run_place[i - 1] + 1 if follows else 0
        lengths = np.bincount(self.run[self.run >= 0], minlength=max(1, self.runs))
        self.run_length: Ints = np.where(self.run >= 0, lengths[self.run], 0)

    def whole(self) -> Matrix:
        """What is said of the sentence: one row, columns ``OF_SENTENCE``."""
        follow = list(zip(self.kinds, self.kinds[1:], strict=False))
        respectively = self.seen[-1, WORD_CLASSES.index("respectively") + 1]
        pairs = follow.count((ARM, MEASURE)), follow.count((MEASURE, ARM))
        return np.array([[*self.count, self.names, self.time.sum(), self.runs, *pairs, respectively]], dtype=np.float64)

    def places(self) -> Matrix:
        """What is said of each entity: columns ``OF_PLACE``."""
        kinds = np.concatenate([[-1], self.kinds, [-1]])
        gaps = np.concatenate([[-1], self.first[1:] - self.last[:-1], [-1]])
        words = np.concatenate([[-1, -1], self.classes, [-1, -1]])
        near = [words[self.first + 1], words[self.last + 2], words[self.first], words[self.last + 3]]
        from_end = self.count[self.kinds] - 1 - self.rank
        here = [self.rank, from_end, self.last - self.first, self.depth, kinds[:-2], kinds[2:], gaps[:-1], gaps[1:]]
        return stacked([*here, *near])

    def measures(self) -> Matrix:
        """What is said of each measure: columns ``OF_MEASURE``; zeros for the others. There is at least one."""
        out = np.zeros((self.size, len(OF_MEASURE)))
        values = np.flatnonzero(self.kinds == MEASURE)
        forms = np.array([value_form(self.strings[i]) for i in values], dtype=np.float64)
        same = (forms[1:] == forms[:-1]).all(axis=1).astype(np.float64)
        out[:, :5] = np.stack([self.run, self.run_place, self.run_length, *self.since.T], axis=1)
        out[values[1:], 5] = same
        out[values[:-1], 6] = same
        out[values, 7:] = forms
        return out

    def heads(self) -> Matrix:
        """What is said of each arm and outcome: columns ``OF_HEAD``."""
        is_outcome = self.kinds == OUTCOME
        alike = (self.name[:, None] == self.name) & (self.kinds[:, None] == self.kinds)
        of_type = self.type[:, None] == self.type
        kinds = np.concatenate([[-1], self.kinds, [-1]])
        beside = (kinds[:-2] == self.kinds) + 2 * (kinds[2:] == self.kinds)
        control = [k == ARM and is_control(w) for k, w in zip(self.kinds, self.strings, strict=True)]
        digit = [any(c.isdigit() for c in w) for w in self.strings]
        again, place_of_type = np.tril(alike, -1).sum(axis=1), np.tril(of_type, -1).sum(axis=1)
        named = [is_outcome, self.name, again, alike.sum(axis=1), control, self.time, digit]
        return stacked([*named, place_of_type, of_type.sum(axis=1), beside])
