"""Values of two arms in one sentence, put to their arms by the order in which both are printed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.claim import Measure
from ingest.effects import read_figures
from ingest.figures import Figure, FigureKind
from ingest.fill.prose_arms import Mark, Mention

_LINK = re.compile(r"(?:\s|,|vs?\.?|versus|and|or|against|(?:as\s)?compared\s(?:with|to)|of|was)+", re.I)
_LONGEST_LINK = 40
"""Characters between two values of a list."""
_TURN = re.compile(r"\b(?:vs?|versus|and|whereas|while|compared)\b", re.I)
"""Between an arm and a value behind it: the arm goes with the value before."""
_AGAINST = re.compile(r"\bv(?:ersu)?s?\b|\bcompared\b", re.I)
_IN_ARM = re.compile(r"[^()\[\];,.]{0,12}\b(?:in|with|for|among|of|on)\s+(?:the\s+)?(?:\w+\s+)?", re.I)
_AFTER_RUN = 45
"""Characters between a list of values and the list of its arms."""
_AFTER_ONE = 60


@dataclass(frozen=True, slots=True)
class Pair:
    """The values of the intervention and the comparator; ``lead`` are the offsets of the words before them."""

    intervention: Figure
    comparator: Figure
    lead: tuple[int, int]


def pairs_in(
    sentence: str, mentions: Sequence[Mention], *, two_arms: bool = False, doses: Container[float] = ()
) -> Iterator[Pair]:
    """Each pair of values that the sentence gives the two arms, in order; nothing where the order leaves it open.

    ``two_arms``: the study has no others, so that one arm's name is enough for "(8 vs 3)". Bare numbers that are among
    the ``doses`` are no values.
    """
    figures = [f for f in read_figures(sentence) if f.kind is FigureKind.VALUE and _usable(f)]
    figures = [f for f in figures if f.measure is not None or f.value not in doses]
    runs = _runs(sentence, figures)
    last = 0
    singles: list[tuple[int, Figure]] = []
    for run in runs:
        end = run[-1].span.end
        if len(run) == 1:
            singles.append((last, run[0]))
        else:
            found = _of_run(sentence, run, mentions, last, two_arms)
            if found is not None:
                yield Pair(*found, (last, run[0].span.start))
        last = end
    yield from _of_singles(sentence, singles, mentions)


def _usable(figure: Figure) -> bool:
    return figure.measure in (None, Measure.MEAN, Measure.PROPORTION, Measure.COUNT)


def _alike(one: Figure, two: Figure) -> bool:
    """True where two figures may be of one outcome: of one measure, with or without a spread both."""
    shares = (Measure.PROPORTION, Measure.COUNT)
    if one.measure in shares or two.measure in shares:
        return one.measure in shares and two.measure in shares
    return (one.standard_deviation is None) == (two.standard_deviation is None)


def _runs(sentence: str, figures: Sequence[Figure]) -> list[list[Figure]]:
    out: list[list[Figure]] = []
    for figure in figures:
        between = sentence[out[-1][-1].span.end : figure.span.start] if out else ""
        linked = len(between) <= _LONGEST_LINK and _LINK.fullmatch(between) is not None
        if out and linked and _alike(out[-1][-1], figure):
            out[-1].append(figure)
        else:
            out.append([figure])
    return out


def _of_run(
    sentence: str, run: Sequence[Figure], mentions: Sequence[Mention], last: int, two_arms: bool
) -> tuple[Figure, Figure] | None:
    """The values of a list, by the arms listed right behind it, else by those named before it in its clause."""
    end = run[-1].span.end
    behind = [m for m in mentions if m.start >= end]
    if behind and behind[0].start - end <= _AFTER_RUN and not re.search(r"[;.]\s", sentence[end : behind[0].start]):
        listed = _listed(sentence, behind, len(run))
        if listed is not None:
            return _by_order(listed, run)
    earlier = [m for m in mentions if m.end <= run[0].span.start]
    if last and len(_distinct([m for m in earlier if m.start >= last])) == 1:
        return None  # "A (1 and 2) ... B (3 and 4)": two values of one arm
    before = _distinct([m for m in earlier if m.start >= _clause(sentence, run[0], last)])
    if len(before) < len(run):
        before = _distinct(earlier)
    turned = len(run) == 2 and _AGAINST.search(sentence[run[0].span.end : run[1].span.start]) is not None
    if turned and len(before) == 1 and behind and _IN_ARM.fullmatch(sentence[end : behind[0].start]):
        return _by_order([before[0], behind[0]], run)  # "by 3 in A vs 2 in B" without the first "in A"
    if turned and len(before) == 1 and two_arms and not behind and before[0].mark is not Mark.OTHER:
        first, second = run  # "more of the X group stopped (8 vs 3)": the arm that is named, then the other
        return (first, second) if before[0].mark is Mark.INTERVENTION else (second, first)
    return _by_order(before, run) if len(before) == len(run) else None


def _clause(sentence: str, figure: Figure, last: int) -> int:
    at = sentence.rfind("; ", 0, figure.span.start)
    return max(at, 0) if at >= last else 0


def _listed(sentence: str, behind: Sequence[Mention], count: int) -> list[Mention] | None:
    """The first mentions behind a list of values where they are themselves a list of as many different arms."""
    first = list(behind[:count])
    if len(_distinct(first)) != count:
        return None
    for one, two in pairwise(first):
        if two.start - one.end > 60 or re.search(r"\d[^a-z]*\d|[;]", sentence[one.end : two.start]):
            return None
    return first


def _distinct(mentions: Sequence[Mention]) -> list[Mention]:
    seen: dict[tuple[Mark, str], Mention] = {}
    for m in mentions:
        seen.setdefault((m.mark, m.name), m)
    return list(seen.values())


def _by_order(arms: Sequence[Mention], run: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    of_arm = {m.mark: f for m, f in zip(arms, run, strict=True)}
    one, two = of_arm.get(Mark.INTERVENTION), of_arm.get(Mark.COMPARATOR)
    return None if one is None or two is None else (one, two)


def _of_singles(sentence: str, singles: Sequence[tuple[int, Figure]], mentions: Sequence[Mention]) -> Iterator[Pair]:
    """Values that stand alone, each with an arm of its own: before all of them ("in A it was 3"), or behind."""
    if len(singles) < 2:
        return
    behind = _owned(sentence, singles, mentions, behind=True)
    ahead = _owned(sentence, singles, mentions, behind=False)
    many = [sum(m is not None for m in owned) for owned in (behind, ahead)]
    if many[0] == many[1]:
        far = [_distance(singles, owned) for owned in (behind, ahead)]
        owned = behind if far[0] < far[1] else ahead
    else:
        owned = behind if many[0] > many[1] else ahead
    group: dict[tuple[Mark, str], Figure] = {}
    start = 0
    places: list[int] = []
    for (last, figure), arm in zip(singles, owned, strict=True):
        key = None if arm is None else (arm.mark, arm.name)
        if key is None or key in group or (group and not _alike(next(iter(group.values())), figure)):
            yield from _made(group, start, places)
            group, places = {}, []
        if key is not None:
            start = start if group else last
            group[key] = figure
            places.append(figure.span.start)
    yield from _made(group, start, places)


def _distance(singles: Sequence[tuple[int, Figure]], owned: Sequence[Mention | None]) -> int:
    """Characters between the values and their arms, together."""
    return sum(
        max(arm.start - figure.span.end, figure.span.start - arm.end)
        for (_, figure), arm in zip(singles, owned, strict=True)
        if arm is not None
    )


def _made(group: dict[tuple[Mark, str], Figure], start: int, places: Sequence[int]) -> Iterator[Pair]:
    one, two = group.get((Mark.INTERVENTION, "")), group.get((Mark.COMPARATOR, ""))
    if one is not None and two is not None:
        yield Pair(one, two, (start, places[0]))


def _owned(
    sentence: str, singles: Sequence[tuple[int, Figure]], mentions: Sequence[Mention], *, behind: bool
) -> list[Mention | None]:
    """The one arm named right behind, or right before, each value; None where there is none or more than one."""
    out: list[Mention | None] = []
    for i, (last, figure) in enumerate(singles):
        limit = singles[i + 1][1].span.start if i + 1 < len(singles) else len(sentence)
        if behind:
            end = figure.span.end
            near = [m for m in mentions if end <= m.start < min(limit, end + _AFTER_ONE)]
            if near and re.search(r"[(\[;]", sentence[end + 2 : near[0].start]):
                near = []
        else:
            near = [m for m in mentions if last <= m.start and m.end <= figure.span.start]
            if near and last and _TURN.search(sentence[near[-1].end : figure.span.start]):
                near = []
        out.append(near[0] if len(_distinct(near)) == 1 else None)
    return out
