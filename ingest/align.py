"""Values to arms, populations and time points: by order, by place, or not at all where the counts disagree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.article import Span
from ingest.figures import Figure

_VERSUS = re.compile(r"versus|vs|compared|against|opposed|\bv\b", re.I)
_LINK = re.compile(
    r"[\s)\]%,]*(?:,?\s*(?:and|or|versus|vs\.?|v\.?|(?:as\s+)?compared\s+(?:with|to)|as\s+against|against"
    r"|as\s+opposed\s+to|then)\s*(?:just\s+|only\s+|about\s+|at\s+)?|,\s*)(?:[\s(\[]*)",
    re.I,
)
_TIME_WORD = re.compile(r"\b(?:years?|months?|weeks?|days?|percent|per\s?cent)\b", re.I)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value with its arm (index into the listed arms; None: all participants), population and time."""

    figure: Figure
    arm: int | None = None
    population: int | None = None
    time: int | None = None


def runs_of(view: str, values: Sequence[Figure]) -> list[list[Figure]]:
    """Values that stand in one list: joined by nothing but "and", commas or "versus".

    Where a list mixes "versus" with "and", the values that "versus" joins stay together.
    """
    runs: list[list[Figure]] = []
    links: list[list[bool]] = []
    for value in values:
        if runs:
            between = _TIME_WORD.sub("", view[runs[-1][-1].span.end : value.span.start])
            if _LINK.fullmatch(between):
                runs[-1].append(value)
                links[-1].append(bool(_VERSUS.search(between)))
                continue
        runs.append([value])
        links.append([])
    out: list[list[Figure]] = []
    for run, link in zip(runs, links, strict=True):
        if any(link) and not all(link):
            piece = [run[0]]
            for value, versus in zip(run[1:], link, strict=True):
                if versus:
                    piece.append(value)
                else:
                    out.append(piece)
                    piece = [value]
            out.append(piece)
        else:
            out.append(run)
    return out


def joined_by_versus(view: str, run: Sequence[Figure]) -> bool:
    """True where the first two values of ``run`` are set against each other."""
    return len(run) > 1 and bool(_VERSUS.search(view[run[0].span.end : run[1].span.start]))


def align(
    view: str,
    runs: Sequence[Sequence[Figure]],
    arms: Sequence[tuple[Span, int]],
    inherited: int,
    populations: int,
    times: int,
    shared: bool,
    apart: bool = False,
) -> list[Cell] | None:
    """Where each value belongs; None where the counts disagree and nothing may be guessed.

    ``arms`` are the places where the clause names an arm, each with the arm's index; ``inherited`` says how many arms
    are known from elsewhere when the clause itself names fewer; ``populations`` and ``times`` how many are listed;
    ``apart`` is True where every list of values has a time point of its own.
    """
    named = len({index for _, index in arms})
    flat = [v for run in runs for v in run]
    n_arms = max(named, inherited)
    lengths = {len(run) for run in runs}
    if not flat:
        return []
    if shared and len(flat) == 1 and n_arms >= 2:
        return [Cell(v, arm) for v in flat for arm in range(2)]
    if len(flat) > 1 and lengths == {1} and named >= 2:
        by_place = _by_place(view, flat, arms)
        if by_place is not None:
            return [Cell(v, arm) for v, arm in zip(flat, by_place, strict=True)]
    if len(lengths) != 1:
        return None
    length = lengths.pop()
    versus = joined_by_versus(view, runs[0])
    if len(runs) == 1:
        if length == 1:
            arm = _single(view, flat[0], arms, named) if arms else 0 if inherited == 1 else None
            return None if arm == -1 else [Cell(flat[0], arm)]
        if length == times and (n_arms < 2 or length != n_arms) and not versus:
            return [Cell(v, 0 if n_arms == 1 else None, time=t) for t, v in enumerate(flat)]
        if length == populations and n_arms < 2 and not versus:
            return [Cell(v, 0 if n_arms == 1 else None, population=p) for p, v in enumerate(flat)]
        if length == n_arms and (named == n_arms or versus or inherited >= 2):
            return [Cell(v, arm) for arm, v in enumerate(flat)]
        return None
    if apart and length == n_arms and len(runs) == times:
        return [Cell(v, a, time=t) for t, run in enumerate(runs) for a, v in enumerate(run)]
    if length == n_arms and (versus or len(runs) != n_arms):
        if len(runs) == populations:
            return [Cell(v, a, population=p) for p, run in enumerate(runs) for a, v in enumerate(run)]
        if len(runs) == times:
            return [Cell(v, a, time=t) for t, run in enumerate(runs) for a, v in enumerate(run)]
    if len(runs) == n_arms == named and length > 1:
        if length == populations:
            return [Cell(v, a, population=p) for a, run in enumerate(runs) for p, v in enumerate(run)]
        if length == times:
            return [Cell(v, a, time=t) for a, run in enumerate(runs) for t, v in enumerate(run)]
    if length == 1 and len(flat) == n_arms == 2 and named == 2:
        return [Cell(v, arm) for arm, v in enumerate(flat)]
    return None


def _single(view: str, value: Figure, arms: Sequence[tuple[Span, int]], named: int) -> int | None:
    """The arm of the one value of a clause: right behind an arm ("in X (v)"), or right before one ("v in X").

    -1 where two arms are named and the value stands beside neither: nothing may be guessed.
    """
    if not arms:
        return None
    if named > 2:
        return -1
    for a, i in arms:
        if a.end <= value.span.start and re.fullmatch(r"[\s)]*[(\[]\s*(?:\w+\s+)?", view[a.end : value.span.start]):
            return i
    behind = [(a, i) for a, i in arms if 0 <= a.start - value.span.end < 45]
    after = [(a, i) for a, i in behind if not re.search("[,;:]", view[value.span.end : a.start])]
    if after and not re.search(r"\b(?:than|versus|vs|compared|against)\b", view[value.span.end : after[0][0].start]):
        return after[0][1]
    before = [(a, i) for a, i in arms if a.end <= value.span.start]
    if len(before) > 1 and _COORDINATED.fullmatch(view[before[-2][0].end : before[-1][0].start]):
        return -1
    if named == 1:
        return before[-1][1] if before else arms[0][1]
    if before and not re.search(
        r"\b(?:than|versus|vs|compared|against)\b", view[before[-1][0].start - 14 : value.span.start]
    ):
        return before[-1][1]
    return -1


def _by_place(view: str, values: Sequence[Figure], arms: Sequence[tuple[Span, int]]) -> list[int] | None:
    """The arm right behind each value, or the arm right before each value, whichever stands nearer to its values.

    None where neither order gives every value an arm of its own.
    """
    edges = [v.span for v in values]
    orders: list[tuple[int, list[int]]] = []
    for behind in (True, False):
        chosen: list[tuple[int, int]] = []
        for i, edge in enumerate(edges):
            if behind:
                low, high = edge.end, edges[i + 1].start if i + 1 < len(edges) else 10**9
                near = [(a, n) for a, n in arms if low <= a.start < high][:1]
                chosen.extend((a.start - edge.end + _parted(view[edge.end : a.start]), n) for a, n in near)
            else:
                low, high = edges[i - 1].end if i else -1, edge.start
                near = [(a, n) for a, n in arms if low <= a.start and a.end <= high][-1:]
                chosen.extend((edge.start - a.end + _parted(view[a.end : edge.start]) // 2, n) for a, n in near)
        indices = [n for _, n in chosen]
        if len(indices) == len(values) and len(set(indices)) == len(indices):
            orders.append((sum(gap for gap, _ in chosen), indices))
    return min(orders, key=lambda o: o[0])[1] if orders else None


_COORDINATED = re.compile(r"\s*(?:,|and|or|,\s*(?:and|or))\s*(?:the\s+)?")


def _parted(between: str) -> int:
    """What it costs that a mark stands between a value and an arm: more than any preposition."""
    return 60 if any(c in between for c in ";,:") else 0
