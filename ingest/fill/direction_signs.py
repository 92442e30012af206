"""Numbers that say which way a passage goes for a question, from its marks: by words, by values, by p and intervals.

A sign is 1 where the outcome is higher under the intervention, -1 where it is lower, 0 where the marks do not say.
Swapping the arms turns every sign round, and changes nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.fill.direction_marks import FIRST, OUTCOME, SECOND, Mark, joined
from ingest.fill.direction_values import ARMS, value_signs

_WAYS = {"UP": 1.0, "DOWN": -1.0, "BETTER": 1.0, "WORSE": -1.0}
_SWAPPED = {FIRST: SECOND, SECOND: FIRST, "CIUP": "CIUP", "CIDOWN": "CIDOWN"}
_ENDS = frozenset({";", "."})
UNWANTED = re.compile(
    r"\b(?:pain|mortality|deaths?|died|risks?|adverse|complications?|infect\w+|failures?|relapses?|recurren\w+"
    r"|bleeding|ha?emorrhage|loss|symptoms?|severity|anxiety|depressi\w+|stress|fatigue|nausea|vomiting|fever"
    r"|disability|impairment|incidence|stay|errors?|weight|bmi|fat|ldl|triglycerides?|cholesterol|glucose|hba1c"
    r"|insulin|blood pressure|time to|duration|length of|delay|womac|vas|bdi|hads|hamd|exacerbations?|distress|crp"
    r"|inflammat\w+|o?edema|swelling|itch\w*|pruritus|toxicity|events?|hospitali[sz]ations?|fractures?|falls?|stroke"
    r"|infarction|cancer|tumou?r|lesions?|dyspno?ea|cough|headaches?|migraines?|insomnia|agitation|delirium|dropouts?"
    r"|withdrawals?|morphine|consumption|requirements?|need for|proteinuria|albuminuria|creatinine|viral load"
    r"|parasit\w+|resistance)\b",
    re.I,
)
"""Outcomes of which less is better, where words say only "better"."""


@dataclass(frozen=True, slots=True)
class Way:
    """A word that says which way: where it stands, its sign, and what is denied or only judged."""

    at: int
    sign: float
    judged: bool
    denied: bool


def swapped(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks of the question with its arms exchanged."""
    return tuple(
        replace(m, name=_SWAPPED[m.signal], signal=_SWAPPED[m.signal]) if m.signal in (FIRST, SECOND) else m
        for m in marks
    )


def signs(marks: Sequence[Mark], unwanted: bool) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """What turns round with the arms, and what does not; ``unwanted`` where less of the outcome is better."""
    marks = tuple(joined(marks))
    outs = [i for i, m in enumerate(marks) if m.signal == OUTCOME]
    at = outs[0] if outs else 0
    begin, end = _clause(marks, at)
    odd: list[float] = []
    even: list[float] = []
    for low, high in ((0, len(marks)), (begin, end)):
        words, told = _by_words(marks, low, high, outs, unwanted)
        odd += words
        even += told
    odd += value_signs(marks, at)
    even += _by_chance(marks, at, begin, end)
    arms = [ARMS[m.signal] for m in marks if m.signal in ARMS]
    odd += [arms[0] if arms else 0.0, sum(arms[:1]) * float(len(set(arms)) == 2), _nearest_arm(marks, at)]
    even += [float(len(set(arms))), float(bool(outs)), float(unwanted), min(len(marks), 120) / 40]
    return tuple(odd), tuple(even)


def _clause(marks: Sequence[Mark], at: int) -> tuple[int, int]:
    """The part of the sentence around ``at``, cut at semicolons and at words such as "but" and "whereas"."""
    cuts = [i for i, m in enumerate(marks) if m.name in _ENDS or m.signal == "BUT"]
    return max((i for i in cuts if i < at), default=-1) + 1, min((i for i in cuts if i > at), default=len(marks))


def _by_words(
    marks: Sequence[Mark], low: int, high: int, outs: Sequence[int], unwanted: bool
) -> tuple[list[float], list[float]]:
    ways = [_way(marks, i, low, unwanted) for i in range(low, high) if marks[i].signal in _WAYS]
    near = sorted(ways, key=lambda w: (min((abs(w.at - o) for o in outs), default=99), w.at))
    odd: list[float] = []
    even: list[float] = [float(len(ways)), float(len({w.sign for w in ways}) > 1)]
    for rank in range(2):
        way = near[rank] if rank < len(near) else None
        subject = _subject(marks, way.at, low, high) if way else 0.0
        sign = way.sign if way else 0.0
        odd += [sign * subject, sign * subject * float(bool(way and not way.denied)), subject]
        even += [
            float(bool(way and way.denied)), float(bool(way and way.judged)), sign * float(subject == 0),
            min(12.0, min((abs(way.at - o) for o in outs), default=12)) if way else 20.0,
        ]  # fmt: skip
    total = sum(w.sign * _subject(marks, w.at, low, high) for w in ways if not w.denied)
    odd.append(max(-2.0, min(2.0, total)))
    return odd, even


def _way(marks: Sequence[Mark], i: int, low: int, unwanted: bool) -> Way:
    signal = str(marks[i].signal)
    judged = signal in ("BETTER", "WORSE")
    before = [m.signal for m in marks[max(low, i - 4) : i]]
    sign = _WAYS[signal] * (-1.0 if judged and unwanted else 1.0)
    following = [m.signal for m in marks[i + 1 : i + 4]]
    if signal == "UP" and "DOWN" in following[:3] and "THAN" not in following:  # "a greater reduction"
        sign = -sign
    return Way(i, sign, judged, "NOT" in before)


def _subject(marks: Sequence[Mark], at: int, low: int, high: int) -> float:
    """1 where the word at ``at`` is said of the intervention, -1 where of the comparator, 0 where of neither."""
    than = next((i for i in range(at + 1, min(high, at + 25)) if marks[i].signal == "THAN"), None)
    if than is None:  # "compared with B, A was higher"
        than = next((i for i in range(at - 1, max(low, at - 25) - 1, -1) if marks[i].signal == "THAN"), None)
    if than is not None:
        behind = next((ARMS[m.signal] for m in marks[than + 1 : min(high, than + 10)] if m.signal in ARMS), 0.0)
        ahead = [ARMS[m.signal] for m in marks[low:than] if m.signal in ARMS]
        if behind and (not ahead or ahead[-1] != behind):
            return -behind
        if ahead:
            return ahead[-1]
        if behind:
            return -behind
    arms = [(abs(i - at), i, ARMS[m.signal]) for i, m in enumerate(marks[low:high], low) if m.signal in ARMS]
    return min(arms)[2] if arms else 0.0


def _nearest_arm(marks: Sequence[Mark], at: int) -> float:
    arms = [(abs(i - at), i, ARMS[m.signal]) for i, m in enumerate(marks) if m.signal in ARMS]
    return min(arms)[2] if arms else 0.0


def _by_chance(marks: Sequence[Mark], at: int, begin: int, end: int) -> list[float]:
    """p values and intervals behind the outcome, near it and in all; words of significance and their denial."""
    out: list[float] = []
    signals = [m.signal for m in marks]
    behind = [s for s in signals[at:] if s in ("PSIG", "PNS", "PEDGE", "CINULL", "CIUP", "CIDOWN")]
    first = behind[0] if behind else None
    out += [
        float(first == "PSIG") - float(first in ("PNS", "PEDGE")),
        float(first in ("CIUP", "CIDOWN")) - float(first == "CINULL"),
    ]
    for low, high in ((begin, end), (0, len(marks))):
        inside = signals[low:high]
        out += [
            float(min(3, inside.count(kind)))
            for kind in ("PSIG", "PNS", "PEDGE", "CINULL", "SIGNIF", "SAME", "TREND", "BASE")
        ]
        out.append(float(_denied(inside, "SIGNIF")))
        out.append(float(_denied(inside, "DIFFER")))
        out.append(float("SIGNIF" in inside and not _denied(inside, "SIGNIF")))
        out.append(float("DIFFER" in inside and "SIGNIF" in inside and not _denied(inside, "DIFFER")))
    out += [float(signals.count("CIUP")), float(signals.count("CIDOWN"))]
    return out


def _denied(signals: Sequence[str | None], kind: str) -> bool:
    """True where a denial stands up to five marks before the first signal of the kind."""
    at = next((i for i, s in enumerate(signals) if s == kind), None)
    return at is not None and "NOT" in signals[max(0, at - 5) : at]
