"""What the words of a passage show, as named features of a linear model."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.fill.direction_marks import FIRST, OUTCOME, SECOND, Mark, joined

WAYS = ("UP", "DOWN", "BETTER", "WORSE")
MAX_STEMS = 8
"""Telling words of an outcome that take part."""


def outcome_stems(stems: Sequence[str]) -> tuple[str, ...]:
    """Those of an outcome's telling stems that are words."""
    return tuple(s for s in stems if not s[0].isdigit())[:MAX_STEMS]


def text_features(marks: Sequence[Mark], stems: Sequence[str]) -> dict[str, float]:
    """Names of what a passage shows, each with its value: words, neighbours, the order of the signals.

    ``stems`` are the telling words of the outcome: what "improved" means depends on what is improved.
    """
    marks = tuple(joined(marks))
    out: dict[str, float] = {}
    names = [m.signal or m.name for m in marks]
    places = [i for i, n in enumerate(names) if n == OUTCOME]
    for i, name in enumerate(names):
        near = min((abs(i - j) for j in places), default=99) <= 7
        out[f"w {name}"] = 1.0
        if i:
            out[f"b {names[i - 1]} {name}"] = 1.0
        if near:
            out[f"n {name}"] = 1.0
            if i:
                out[f"nb {names[i - 1]} {name}"] = 1.0
    signals = [m.signal for m in marks if m.signal]
    for size in (2, 3, 4):
        for i in range(len(signals) - size + 1):
            out["s " + " ".join(str(s) for s in signals[i : i + size])] = 1.0
    around = _around(marks, places)
    for size in (1, 2, 3):
        for i in range(len(around) - size + 1):
            out["o " + " ".join(around[i : i + size])] = 1.0
    order = [s for s in signals if s in (FIRST, SECOND, "UP", "DOWN", "BETTER", "WORSE", "THAN", "SAME", "NOT")]
    arms = [s for s in order if s in (FIRST, SECOND)]
    if arms:
        out[f"first arm {arms[0]}"] = 1.0
        ways = [s for s in order if s in WAYS]
        if ways:
            out[f"first arm {arms[0]} way {ways[0]}"] = 1.0
            out[f"last arm {arms[-1]} way {ways[-1]}"] = 1.0
    for i, s in enumerate(signals):
        if s in WAYS:
            left = next((t for t in reversed(signals[:i]) if t in (FIRST, SECOND)), "none")
            right = next((t for t in signals[i + 1 :] if t in (FIRST, SECOND)), "none")
            denied = any(t == "NOT" for t in signals[max(0, i - 2) : i])
            than = "THAN" in signals[i + 1 : i + 4]
            out[f"way {s} {left} {right} {'THAN' if than else '-'} {'NOT' if denied else '-'}"] = 1.0
            out[f"way {s} {left} {'NOT' if denied else '-'}"] = 1.0
    out |= _numbers(marks)
    ways = [way for way in WAYS if way in signals]
    for stem in stems:
        out[f"q {stem}"] = 0.5
        for way in ways:
            out[f"q {stem} {way}"] = 1.0
    return out


def _around(marks: Sequence[Mark], places: Sequence[int]) -> list[str]:
    """The signals nearest the outcome: up to four on either side of its first place, with the outcome between."""
    if not places:
        return []
    at = places[0]
    left = [m.signal for m in marks[:at] if m.signal and m.signal != OUTCOME][-4:]
    right = [m.signal for m in marks[at + 1 :] if m.signal and m.signal != OUTCOME][:5]
    return [*(str(s) for s in left), OUTCOME, *(str(s) for s in right)]


_TIMES = ("wk", "week", "month", "day", "h", "min", "year")


def _numbers(marks: Sequence[Mark]) -> dict[str, float]:
    """Which of the two first numbers behind the outcome is larger, and which arm is named first there."""
    places = [i for i, m in enumerate(marks) if m.signal == OUTCOME]
    start = places[0] if places else 0
    values: list[float] = []
    skip = False
    for i, m in enumerate(marks[start:], start):
        if m.name in ("±", "(", "["):
            skip = True
        elif m.name in (")", "]") or (m.name != "NUM" and m.name not in (".", "–", "%")):
            skip = m.name == "±" or (skip and m.name not in (")", "]"))
        if m.name == "NUM" and m.value is not None:
            if not skip and not (i + 1 < len(marks) and marks[i + 1].name in _TIMES):
                values.append(m.value)
            elif skip and i and marks[i - 1].name == "±":
                skip = False
    if len(values) < 2:
        return {}
    arms = [m.signal for m in marks if m.signal in (FIRST, SECOND)]
    first = arms[0] if arms else "none"
    way = "more" if values[0] > values[1] else "less" if values[0] < values[1] else "even"
    p = next((m.signal for m in marks[start:] if m.signal in ("PSIG", "PNS", "PEDGE")), "-")
    return {f"numbers {way} {first} {p}": 1.0, f"numbers {way} {first}": 1.0, f"numbers {way} {p}": 1.0}
