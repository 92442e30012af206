"""Values that the language model gives to an arm: two of one kind for one outcome are a comparison."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.align import runs_of
from ingest.article import Span
from ingest.context import Known, Sentence
from ingest.frame_sides import Frame, alone, compared
from ingest.sided import Sided


def frames_in(known: Known, sentence: Sentence, sided: Sequence[Sided]) -> list[Frame]:
    """The comparisons that the values make up, in order; values that find no partner and no sure side are left out.

    Values that stand in one list ("a versus b") belong together; those that stand alone are taken with the next that
    may be about the same outcome.
    """
    view = known.view
    values = _specific(sided)
    by_figure = {id(s.figure): s for s in values}
    runs = [[by_figure[id(f)] for f in run] for run in runs_of(view, [s.figure for s in values])]
    frames: list[Frame] = []
    runs = _without_three(view, runs)
    at = 0
    while at < len(runs):
        run = runs[at]
        partner = next((i for i in range(at + 1, len(runs)) if len(run) == 1 == len(runs[i]) and _fit(view, run[0], runs[i][0])), None)
        if len(run) == 2 and _fit(view, *run):
            pair, used = run, []
        elif partner is not None and _near(runs, at, partner):
            pair, used = [run[0], runs[partner][0]], [partner]
        else:
            pair, used = [], []
        frame = compared(known, sentence, *pair) if pair else None
        if frame is not None:
            frames.append(frame)
            for i in used:
                del runs[i]
        elif len(run) == 1:
            single = alone(run[0])
            frames += [single] if single is not None else []
        at += 1
    return sorted(frames, key=lambda f: f.span)


def _without_three(view: str, runs: Sequence[list[Sided]]) -> list[list[Sided]]:
    """The runs without three values that stand alone and may be of one outcome: those of three arms."""
    singles = [run[0] for run in runs if len(run) == 1]
    three = [s for s in singles if sum(_fit(view, s, t) and s.kind == t.kind for t in singles) == 3]
    return [run for run in runs if not any(run[0] is t for t in three)]


def _near(runs: Sequence[Sequence[Sided]], at: int, partner: int) -> bool:
    """True where what stands between two values is of another kind: "10 [14.7%] and 2 [4.9%]"."""
    kind = runs[at][0].kind
    return all(s.kind != kind for run in runs[at + 1 : partner] for s in run)


def _specific(sided: Sequence[Sided]) -> list[Sided]:
    """The values with only those of their outcomes that the fewest other values have: "event rates" or "stroke"."""
    shared: Counter[Span] = Counter(o for s in sided for o in s.outcomes)
    out = []
    for s in sided:
        least = min((shared[o] for o in s.outcomes), default=0)
        out.append(replace(s, outcomes=tuple(o for o in s.outcomes if shared[o] == least)))
    return out


def _fit(view: str, one: Sided, two: Sided) -> bool:
    """True where two values may be of one outcome: of one kind and unit, with an outcome in common or left unsaid."""
    first, second = one.figure, two.figure
    if first.measure is not second.measure or (first.total is None) != (second.total is None):
        return False
    if first.unit != second.unit and None not in (first.unit, second.unit):
        return False
    if one.outcomes and two.outcomes:
        return bool(set(one.outcomes) & set(two.outcomes)) or _alike(view, one.outcomes[0], two.outcomes[0])
    return True


def _alike(view: str, one: Span, other: Span) -> bool:
    """True where two outcomes share a telling word: "recurrence of tumour" and "local recurrences"."""
    first, second = ({w[:6] for w in re.findall(r"[a-z]{5,}", o.of(view).casefold())} for o in (one, other))
    return bool(first & second)
