"""What a number can be, the labels that say so, and how they join the other mentions of the role layer; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ingest.aids import Tag

Floats = npt.NDArray[np.float64]
TYPES = ("total", "arm", "abs", "percent", "mean", "median", "sd")
"""What a number can be, if it is one that is labelled: participants in all, of an arm, or a result of an arm."""
LABELS: Mapping[str, tuple[str, str]] = {
    "total": ("total-participants", "total-participants"),
    "arm": ("intervention-participants", "control-participants"),
    "abs": ("iv-bin-abs", "cv-bin-abs"),
    "percent": ("iv-bin-percent", "cv-bin-percent"),
    "mean": ("iv-cont-mean", "cv-cont-mean"),
    "median": ("iv-cont-median", "cv-cont-median"),
    "sd": ("iv-cont-sd", "cv-cont-sd"),
}
"""The labels of each type: of the intervention, of the control."""
NUMERIC = frozenset(label for pair in LABELS.values() for label in pair)
WITH_UNIT = frozenset({"mean", "median", "sd"})
"""Types whose labelled range takes in the unit; a percent sign is always in it."""


def one_each(control: Floats, group: npt.NDArray[np.int64]) -> Floats:
    """The chances with those of two numbers that make up a ``group`` set apart; numbers of group -1 stay as they are.

    Two sizes of arms in a sentence are nearly always one of each arm. Where both seem to be of one arm, the surer one
    is, and the other changes sides.

    >>> one_each(np.array([0.9, 0.6, 0.8, 0.7]), np.array([1, 1, 2, -1])).tolist()
    [0.9, 0.4, 0.8, 0.7]
    """
    out = control.copy()
    for g in set(group.tolist()) - {-1}:
        pair = np.flatnonzero(group == g)
        if len(pair) == 2 and (control[pair] > 0.5).all() | (control[pair] <= 0.5).all():
            weaker = pair[int(np.abs(control[pair] - 0.5).argmin())]
            out[weaker] = 1.0 - control[weaker]
    return out


def with_numbers(tags: Sequence[Tag], numbers: Sequence[Tag]) -> list[Tag]:
    """The mentions of the role layer with ``numbers`` in place of those whose label is one of ``NUMERIC``, in order."""
    kept = [t for t in tags if t.label not in NUMERIC]
    return sorted([*kept, *numbers], key=lambda t: (t.span.start, t.span.end, t.label))
