"""Which of two printed values is larger, and whose they are: the sign of a difference from the numbers alone."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.fill.direction_marks import FIRST, SECOND, Mark

ARMS = {FIRST: 1.0, SECOND: -1.0}
"""Marks of the arms with the sign of what is higher under them."""
_UNITS = frozenset(
    ["wk", "week", "weeks", "month", "months", "day", "days", "h", "hour", "hours", "min", "minutes", "year", "years",
     "th", "rd", "nd", "st"]
)  # fmt: skip


def value_signs(marks: Sequence[Mark], at: int) -> list[float]:
    """Signs by the first two values behind the outcome, and by those of the whole passage, against the arms' order."""
    out: list[float] = []
    for low in (at, 0):
        values = _values(marks, low)
        if len(values) < 2:
            out += [0.0, 0.0, 0.0]
            continue
        (i, one), (j, two) = values[0], values[1]
        way = float((one > two) - (one < two))
        order = _order(marks, i, j)
        first = next((ARMS[m.signal] for m in marks if m.signal in ARMS), 0.0)
        joined_by = any(m.signal == "THAN" or m.name in ("and", ",", "to", "/") for m in marks[i + 1 : j])
        out += [way * order, way * first, way * order * float(joined_by and j - i < 16)]
    return out


def _values(marks: Sequence[Mark], low: int) -> list[tuple[int, float]]:
    """Places and values of numbers that stand for themselves: no spreads, ranges, sizes, times or p values."""
    found: list[tuple[int, float]] = []
    depth = 0
    for i in range(low, len(marks)):
        mark = marks[i]
        before = marks[i - 1].name if i else ""
        if mark.name in ("(", "["):
            depth += 1 if depth or before in ("NUM", "%") or (i > 1 and marks[i - 2].name == "NUM") else 0
        elif mark.name in (")", "]"):
            depth = max(0, depth - 1)
        elif (
            mark.name == "NUM"
            and not depth
            and mark.value is not None
            and before not in ("±", "=" if _size(marks, i) else "±")
        ):
            behind = marks[i + 1].name.lower() if i + 1 < len(marks) else ""
            if behind not in _UNITS and not (found and found[-1][0] == i - 1):
                found.append((i, mark.value))
        if len(found) == 4:
            break
    return found


def _size(marks: Sequence[Mark], i: int) -> bool:
    return i > 1 and marks[i - 2].name == "n"


def _order(marks: Sequence[Mark], i: int, j: int) -> float:
    """1 where the value at ``i`` is the intervention's and that at ``j`` the comparator's, -1 the other way round."""
    near = [_near(marks, place) for place in (i, j)]
    if near[0] and near[1] and near[0] != near[1]:
        return near[0]
    arms = [ARMS[m.signal] for m in marks[:j] if m.signal in ARMS] or [
        ARMS[m.signal] for m in marks if m.signal in ARMS
    ]
    last = [arms[-2], arms[-1]] if len(arms) > 1 else arms
    return last[0] if len(set(last)) == 2 else (near[0] or -near[1])


def _near(marks: Sequence[Mark], at: int) -> float:
    """The arm within a few words of a value; 0 where there is none."""
    for step in range(1, 7):
        for place in (at - step, at + step):
            if 0 <= place < len(marks) and marks[place].signal in ARMS:
                return ARMS[str(marks[place].signal)]
    return 0.0
