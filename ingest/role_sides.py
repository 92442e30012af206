"""What tells whose a number is: the arms round it, whose turn it is, what the names of the arms suggest; pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ingest.role_arms import Arm
from ingest.role_text import Reading

Matrix = npt.NDArray[np.float64]
UNKNOWN = 0.5
"""The chance of an arm that is not there."""
FAR = 41.0
_LINKS = (
    frozenset(["versus", "vs", "v", "against"]),
    frozenset(["compared", "than"]),
    frozenset(["and"]),
    frozenset(["or"]),
    frozenset([","]),
    frozenset([";"]),
    frozenset(["respectively"]),
)
_RESPECTIVELY = frozenset(["respectively"])

NAMES: tuple[str, ...] = (
    *(f"before_{k}.{n}" for k in (1, 2) for n in ("chance", "apart", "numbers")),
    *(f"behind_{k}.{n}" for k in (1, 2) for n in ("chance", "apart", "numbers")),
    *("inside", "names", "arms", "name_1", "name_2", "name_3", "last_name"),
    *("last_1", "last_2", "title_1", "title_2", "first_of_two", "mean", "spread"),
    *("turn", "turns", "since_arm", "run", "run_length", "by_turn", "by_run", "by_since", "bracket"),
    *(f"link_before.{k}" for k in range(len(_LINKS))),
    *(f"link_behind.{k}" for k in range(len(_LINKS))),
    *(
        "link_before.words",
        "link_behind.words",
        "like_before",
        "like_behind",
        "respectively",
        "closest",
        "closest_side",
    ),
    *("only_before", "only_behind"),
)
"""The columns of ``features``; a chance is that of being the control."""


def features(reading: Reading, arms: Sequence[Arm], chances: npt.NDArray[np.float64]) -> Matrix:
    """One row for each number of ``reading``; ``chances`` says of each of ``arms`` how likely it is the control."""
    out = np.zeros((len(reading.numbers), len(NAMES)))
    if not reading.numbers:
        return out
    chance = [float(c) for c in chances]
    mean_of: dict[int, float] = {}
    for name in {a.name for a in arms}:
        mean_of[name] = float(np.mean([c for a, c in zip(arms, chance, strict=True) if a.name == name]))
    in_sentence: dict[int, list[int]] = {}
    for i, arm in enumerate(arms):
        in_sentence.setdefault(arm.sentence, []).append(i)
    of_two = [_names(arms, some) for _, some in sorted(in_sentence.items())]
    firsts = [mean_of[n[0]] - mean_of[n[1]] for n in of_two if len(n) > 1]
    tendency = float(np.mean(firsts)) if firsts else 0.0
    title = _names(arms, in_sentence.get(0, []))
    spread = max(mean_of.values(), default=UNKNOWN) - min(mean_of.values(), default=UNKNOWN)
    whole = float(np.mean(chance)) if chance else UNKNOWN
    shapes = [(n.percent, n.decimals > 0) for n in reading.numbers]
    for s in sorted(set(reading.sentence.tolist())):
        here = [i for i in range(len(reading.numbers)) if reading.sentence[i] == s]
        some = in_sentence.get(s, [])
        order = _names(arms, some)
        last: list[int] = []
        for back in range(s - 1, -1, -1):
            last = _names(arms, in_sentence.get(back, []))
            if len(last) > 1:
                break
        words = reading.words[reading.borders[s] : reading.borders[s + 1]]
        respectively = not _RESPECTIVELY.isdisjoint(words)
        at = {name: mean_of[name] for name in (*order, *last, *title)}
        run, run_start = 0, 0
        begin = reading.range_of(s)[0]
        for k, i in enumerate(here):
            first, last_token = int(reading.first[i]), int(reading.last[i])
            left = [j for j in some if arms[j].last <= first][::-1]
            right = [j for j in some if arms[j].first >= last_token]
            over = [j for j in some if arms[j].first < last_token and first < arms[j].last]
            row: list[float] = []
            for side in (left, right):
                for m in range(2):
                    if m < len(side):
                        a, b = (arms[side[m]].last, first) if side is left else (last_token, arms[side[m]].first)
                        crossed = sum(a <= reading.first[x] < b for x in here)
                        row += [chance[side[m]], min(FAR, b - a), crossed]
                    else:
                        row += [UNKNOWN, FAR, -1]
            # The way it is done in "12 of 40 (30%) v 9 of 38 (24%)": numbers of one shape take turns.
            alike = [x for x in here if shapes[x] == shapes[i]]
            turn = alike.index(i)
            if k and any(arms[j].first >= reading.last[here[k - 1]] and arms[j].last <= first for j in some):
                run, run_start = run + 1, k
            since = sum(shapes[x] == shapes[i] for x in here[run_start:k])
            run_length = sum(
                1
                for x in here[run_start:]
                if not any(reading.last[i] <= arms[j].first and arms[j].last <= reading.first[x] for j in some)
            )
            previous, next_ = alike[turn - 1] if turn else None, alike[turn + 1] if turn + 1 < len(alike) else None
            before = reading.words[reading.last[previous] : first] if previous is not None else []
            behind = reading.words[last_token : reading.first[next_]] if next_ is not None else []
            by = order if order else last
            cycle = max(1, len(by))
            chance_of = [at[n] for n in by] or [UNKNOWN]
            padded = [at[n] for n in order] + [UNKNOWN] * 3
            row += [
                chance[over[0]] if over else UNKNOWN,
                len(order),
                len(some),
                *padded[:3],
                at[order[-1]] if order else UNKNOWN,
            ]
            row += [
                *([at[n] for n in last] + [UNKNOWN] * 2)[:2],
                *([at[n] for n in title] + [UNKNOWN] * 2)[:2],
                tendency,
                whole,
                spread,
            ]
            depth = reading.text.count("(", begin, reading.numbers[i].start) - reading.text.count(
                ")", begin, reading.numbers[i].start
            )
            row += [
                turn,
                len(alike),
                since,
                run,
                run_length,
                chance_of[turn % cycle],
                chance_of[run % cycle],
                chance_of[since % cycle],
                depth,
            ]
            for between in (before, behind):
                row += [not link.isdisjoint(between) if len(between) < 25 else 0 for link in _LINKS]
            row += [len(before) if previous is not None else -1, len(behind) if next_ is not None else -1]
            row += [_apart(reading, previous, i), _apart(reading, i, next_), respectively]
            near = min([*left[:1], *right[:1]], key=lambda j: _gap(arms[j], first, last_token), default=None)
            row += [
                chance[near] if near is not None else UNKNOWN,
                0.0 if near is None else (1.0 if arms[near].last <= first else 2.0),
            ]
            row += [
                chance[left[0]] if left and not right else UNKNOWN,
                chance[right[0]] if right and not left else UNKNOWN,
            ]
            out[i] = row
    return out


def _names(arms: Sequence[Arm], some: Sequence[int]) -> list[int]:
    """The names of ``some`` arms in order of first mention."""
    return list(dict.fromkeys(arms[i].name for i in some))


def _gap(arm: Arm, first: int, last: int) -> int:
    return first - arm.last if arm.last <= first else arm.first - last


def _apart(reading: Reading, one: int | None, other: int | None) -> float:
    """How much greater the latter number is; 0 where one is missing."""
    if one is None or other is None:
        return 0.0
    a, b = abs(reading.numbers[one].value), abs(reading.numbers[other].value)
    return float(np.log10((b + 0.1) / (a + 0.1)))
