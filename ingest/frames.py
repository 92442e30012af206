"""Values that the language model gives to an arm: two of one kind for one outcome are a comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingest.align import runs_of
from ingest.article import Span
from ingest.claim import Measure
from ingest.context import Known, Sentence
from ingest.frame_sides import Frame, alone, compared
from ingest.sided import Sided, alike

Shared = Counter[tuple[Measure | None, Span]]
"""How many values of a measure have an outcome."""


def frames_in(known: Known, sentence: Sentence, sided: Sequence[Sided], refused: Sequence[Span] = ()) -> list[Frame]:
    """The comparisons that the values make up, in order; values that find no partner and no sure side are left out.

    Values that stand in one list ("a versus b") belong together; those that stand alone are taken with the next that
    may be about the same outcome. In ``refused``, where counts disagree, none is left to stand alone.
    """
    view = known.view
    shared: Shared = Counter((s.figure.measure, o) for s in sided for o in s.outcomes)
    runs = _without_three(view, shared, _runs(view, sided))
    frames: list[Frame] = []
    at = 0
    while at < len(runs):
        run = runs[at]
        later = range(at + 1, len(runs)) if len(run) == 1 else ()
        partner = next((i for i in later if len(runs[i]) == 1 and _fit(view, shared, run[0], runs[i][0])), None)
        if len(run) == 2 and _fit(view, shared, *run):
            pair, used = run, []
        elif partner is not None and _near(runs, at, partner):
            pair, used = [run[0], runs[partner][0]], [partner]
        else:
            pair, used = [], []
        frame = compared(known, sentence, _outcome(shared, *pair), *pair) if pair else None
        if frame is not None:
            frames.append(frame)
            for i in used:
                del runs[i]
        elif len(run) == 1 and not any(r.contains(run[0].figure.span) for r in refused):
            single = alone(run[0], _outcome(shared, run[0]))
            frames += [single] if single is not None else []
        at += 1
    return sorted(frames, key=lambda f: f.span)


def _runs(view: str, sided: Sequence[Sided]) -> list[list[Sided]]:
    """The values that stand in one list, with nothing but "and", "versus" or commas between them, of one measure."""
    of_figure = {s.figure.span: s for s in sided}
    out: list[list[Sided]] = []
    for run in runs_of(view, [s.figure for s in sided]):
        for n, figure in enumerate(run):
            new = of_figure[figure.span]
            if n and _of_one_measure(out[-1][-1], new):
                out[-1].append(new)
            else:
                out.append([new])
    return out


def _without_three(view: str, shared: Shared, runs: Sequence[list[Sided]]) -> list[list[Sided]]:
    """The runs without three values that stand alone and may be of one outcome: those of three arms."""
    singles = [run[0] for run in runs if len(run) == 1]
    three = [s for s in singles if sum(s is t or _fit(view, shared, s, t) for t in singles) == 3]
    return [run for run in runs if not any(run[0] is t for t in three)]


def _near(runs: Sequence[Sequence[Sided]], at: int, partner: int) -> bool:
    """True where what stands between two values is of another measure: "10 [14.7%] and 2 [4.9%]"."""
    return all(not _of_one_measure(runs[at][0], s) for run in runs[at + 1 : partner] for s in run)


def _outcome(shared: Shared, *values: Sided) -> Span | None:
    """The outcome of the values that the fewest others have, the first of equals: "event rates" or "stroke"."""
    measure = values[0].figure.measure
    named = (o for s in values for o in s.outcomes)
    return min(named, key=lambda o: (shared[measure, o] > 1, shared[measure, o], o), default=None)


def _of_one_measure(one: Sided, two: Sided) -> bool:
    first, second = one.figure, two.figure
    if (first.total is None) != (second.total is None):
        return False
    if first.unit != second.unit and None not in (first.unit, second.unit):
        return False
    return first.measure is second.measure or {one.kind, two.kind} == {"mean", "median"}


def _fit(view: str, shared: Shared, one: Sided, two: Sided) -> bool:
    """True where two values may be of one outcome: of one measure, with an outcome of their own or one left unsaid."""
    if not _of_one_measure(one, two):
        return False
    if not one.outcomes or not two.outcomes:
        return True
    common = set(one.outcomes) & set(two.outcomes)
    measure = one.figure.measure
    if any(shared[measure, o] <= 2 for o in common):
        return True
    least = [min(shared[measure, o] for o in s.outcomes) for s in (one, two)]
    own = [[o for o in s.outcomes if shared[measure, o] == n] for s, n in zip((one, two), least, strict=True)]
    return bool(set(own[0]) & set(own[1])) or alike(view, own[0][0], own[1][0])
