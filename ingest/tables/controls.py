"""Which arm of a table the others are compared with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.context import Known
from ingest.phrases import CONTROLS
from ingest.role_arms import telling
from ingest.tables.result_rows import ArmHead

LIKELY = 0.6
"""Chance that an arm is the control of another above which it is taken for it."""
SURE = 0.85
"""Chance above which a comparison that does not say which way round it is goes against the control."""
_ALONE = re.compile(r"\b(?:alone|only|monotherapy)\b", re.I)
_SHORT_CONTROL = re.compile(
    r"(?:groups?\s+)?(?:(?:normal\s+)?saline|vehicle|PBO|PLB|PL|CTRL?|CON|UC|SOC|TAU|WLC?|BSC|SC|C)(?:\s+(?:group|arm))?",
    re.I,
)
"""Short forms that tables use for controls without saying so."""


@dataclass(frozen=True, slots=True)
class Control:
    """The place of the arm that all others are compared with; None where nothing tells. ``sure`` where words say it."""

    place: int | None
    sure: bool = False


def control_of(known: Known, arms: Sequence[ArmHead], caption: str = "") -> Control:
    """The control of ``arms``; the order of names in the ``caption`` tells too.

    Of two arms the first is the one to look at and the second what it is compared with, unless something says the
    other way round.
    """
    chances = _chances(known)
    known = replace(known, sides=replace(known.sides, opening=(caption, *known.sides.opening)))
    names = [a.long or a.text for a in arms]
    best, best_chance = None, 0.0
    for place in range(len(arms)):
        others = [i for i in range(len(arms)) if i != place]
        chance = min((_second_is_control(known, names[i], names[place], chances) for i in others), default=0.0)
        if chance > best_chance:
            best, best_chance = place, chance
    if best is not None and best_chance >= LIKELY:
        return Control(best, best_chance >= SURE)
    return Control(1 if len(arms) == 2 else None)


def _second_is_control(known: Known, one: str, two: str, chances: Mapping[frozenset[str], float]) -> float:
    marks = [bool(CONTROLS.search(name)) or _SHORT_CONTROL.fullmatch(name) is not None for name in (one, two)]
    if marks[0] != marks[1]:
        return 0.97 if marks[1] else 0.03
    plain = [_ALONE.sub("", name) for name in (one, two)]
    words = [telling(name, known.sides.long_of) for name in plain]
    if words[0] < words[1] or words[1] < words[0]:  # one treatment, and the same with another added to it
        return 0.9 if words[1] < words[0] else 0.1
    told = [chances.get(telling(name, known.sides.long_of), 0.5) for name in (one, two)]
    return known.sides.second_is_control(one, two, (told[0], told[1]))


def _chances(known: Known) -> dict[frozenset[str], float]:
    """What the language model says of arms by the words that tell them: the chance that they are the control."""
    told: dict[frozenset[str], list[float]] = {}
    for arm in known.told.arms:
        told.setdefault(telling(arm.span.of(known.view), known.sides.long_of), []).append(arm.control)
    return {words: sum(found) / len(found) for words, found in told.items()}
