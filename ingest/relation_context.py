"""What the first look at the pairs of a sentence says of each pair: rivals, neighbours, whose turn it is; pure."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ingest.relation_features import NAMES, Candidates
from ingest.relation_sentence import Matrix, stacked

CONTEXT: tuple[str, ...] = (
    "link",
    "second",
    "rival",
    "margin",
    "rival_of_type",
    "margin_of_type",
    "rivals",
    "value_before",
    "value_after",
    "value_before_2",
    "value_after_2",
    "of_head",
    "other_value",
    "second_of_head",
    "turn",
    "turns",
    "turn_rank",
    "turn_of_type",
    "arm",
    "arm_before",
    "arm_after",
    "as_before",
    "as_after",
    "namesake",
)
"""The columns of ``context``; before and after are those of the values of the sentence."""
_TIME, _NAME, _RANK, _OF_TYPE = (NAMES.index(f"head.{n}") for n in ("time", "name", "rank", "place_of_type"))
NONE = -1.0
"""Stands for no such value, arm or outcome."""
LIKELY = 0.3
"""From this chance on an outcome counts as one of the value's when values are told apart by their outcomes."""


class FirstLook(NamedTuple):
    """For each pair: the chance that it is linked and, if it is, that the head is the second arm (0 for outcomes)."""

    link: Matrix
    second: Matrix


def context(pairs: Candidates, look: FirstLook) -> Matrix:
    """One row for each of ``pairs``, which are those of one sentence, columns as in ``CONTEXT``."""
    if not len(pairs.heads):
        return np.zeros((0, len(CONTEXT)))
    values = int((pairs.heads == pairs.heads[0]).sum())
    shape = (len(pairs.heads) // values, values)
    link, second = look.link.reshape(shape), look.second.reshape(shape)
    time, name, rank, of_type = (
        pairs.features[:, column].reshape(shape)[:, 0] for column in (_TIME, _NAME, _RANK, _OF_TYPE)
    )
    is_outcome = pairs.outcome.reshape(shape)[:, 0]
    kind = is_outcome + time
    others = ~np.eye(shape[0], dtype=bool)
    same_kind = (is_outcome[:, None] == is_outcome) & others
    same_type = (kind[:, None] == kind) & others
    rival, rival_of_type = _most(link, same_kind, 0.0), _most(link, same_type, 0.0)
    total = link.sum(axis=1, keepdims=True)
    arm = _best(link, ~is_outcome, name, 0.0)
    wanted = np.stack([_best(link, kind == 1, rank, LIKELY), _best(link, kind == 2, rank, LIKELY)])
    arm_turn, arm_turns = _turns(arm[None])
    outcome_turn, outcome_turns = _turns(wanted)
    alike = np.concatenate([[NONE], (wanted[:, 1:] == wanted[:, :-1]).all(axis=0).astype(np.float64), [NONE]])
    turn = np.where(is_outcome[:, None], arm_turn, outcome_turn)
    place = np.where(is_outcome, rank, name)[:, None]
    cycle = np.where(is_outcome[:, None], arm_turn % max(1, int(is_outcome.sum())), outcome_turn)
    of_its_type = np.where(is_outcome[:, None], arm_turn - of_type[:, None], arm - name[:, None])
    columns = (
        link,
        second,
        rival,
        link - rival,
        rival_of_type,
        link - rival_of_type,
        same_kind.astype(np.float64) @ link,
        *(_shifted(link, by) for by in (1, -1, 2, -2)),
        total,
        _most(link.T, ~np.eye(values, dtype=bool), 0.0).T,
        (second * link).sum(axis=1, keepdims=True) / (total + 1e-9),
        turn,
        np.where(is_outcome[:, None], arm_turns, outcome_turns),
        cycle - place,
        of_its_type,
        arm,
        *(_shifted(arm[None], by) for by in (1, -1)),
        alike[:-1],
        alike[1:],
        _most(link, same_kind & (name[:, None] == name), NONE),
    )
    return stacked([np.broadcast_to(c, shape).ravel() for c in columns])


def _most(link: Matrix, among: npt.NDArray[np.bool_], otherwise: float) -> Matrix:
    """For each row i of ``link`` the greatest chance, by column, of the rows j with ``among[i, j]``."""
    most: Matrix = np.where(among[:, :, None], link[None], otherwise).max(axis=1)
    return most


def _best(link: Matrix, heads: npt.NDArray[np.bool_], number: Matrix, least: float) -> Matrix:
    """For each value the ``number`` of its likeliest head; ``NONE`` where none has a chance above ``least``."""
    if not heads.any():
        return np.full(link.shape[1], NONE)
    chances = link[heads]
    return np.where(chances.max(axis=0) > least, number[heads][chances.argmax(axis=0)], NONE)


def _turns(keys: Matrix) -> tuple[Matrix, Matrix]:
    """How many values before each have its key, a column of ``keys``, and how many of all do."""
    same = (keys[:, :, None] == keys[:, None, :]).all(axis=0)
    return np.tril(same, -1).sum(axis=1).astype(np.float64), same.sum(axis=1).astype(np.float64)


def _shifted(rows: Matrix, by: int) -> Matrix:
    """Each row moved by ``by`` columns, ``NONE`` where nothing moves in."""
    out = np.full(rows.shape, NONE)
    if abs(by) < rows.shape[1]:
        if by > 0:
            out[:, by:] = rows[:, :-by]
        else:
            out[:, :by] = rows[:, -by:]
    return out
