"""What the numbers of a cell are: from signs in the cell, else as a heading, caption or note declares it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.tables.cells import Figure, Figures, Shape


class Stat(StrEnum):
    """What one number of a cell is. LOW and HIGH are the bounds of the interval kind that goes before them."""

    COUNT = "count"
    TOTAL = "total"
    PERCENT = "percent"
    MEAN = "mean"
    SD = "standard deviation"
    SE = "standard error"
    MEDIAN = "median"
    CI = "confidence interval"
    IQR = "interquartile range"
    RANGE = "range"
    P_VALUE = "p value"
    SIZE = "group size"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Layout:
    """What the first number is, and what stands beside it; ``second`` None for one alone."""

    first: Stat
    second: Stat | None = None


_WORDS: tuple[tuple[Stat, str], ...] = (
    (Stat.CI, r"(?:\b9\d(?:\.\d)?\s?%\s*)?(?:\bCI\b|\bC\.I\.|(?i:\bconfidence\s+(?:intervals?|limits?))|\bCL)"),
    (Stat.IQR, r"\bIQR\b|(?i:\binter-?\s?quartile(?:s|\s+ranges?)?)|(?i:\bquartiles?\b)|\bQ1\b.{0,6}\bQ3\b"
               r"|\b25th?\b.{0,8}\b75th?\b|(?i:\bpercentiles?\b)"),
    (Stat.SE, r"\bSEMs?\b|\bSEs?\b|\bs\.?e\.?m\.?(?=\W|$)|(?i:\bstandard\s+errors?(?:\s+of\s+(?:the\s+)?means?)?)"
              r"|(?i:\bstd\.?\s+err(?:or)?)|(?<=[(±])\s?se\b"),
    (Stat.SD, r"\bSDs?\b|\bS\.D\.|(?i:\bstandard\s+deviations?)|(?i:\bstd\.?\s*dev(?:iation)?s?)|(?i:\bstdev)"
              r"|(?<=[(±/\[])\s?(?:sd|s\.d\.|[Ss]td\.?)(?=\W|$)"),
    (Stat.MEDIAN, r"(?i:\bmedians?\b)"),
    (Stat.MEAN, r"(?i:\bmeans?\b|\baverage\b|\bLSM\b)|\bM(?=\s*(?:[(±]|$|\s*/))|\bm(?=\s*(?:\(SD|±))|x̄|X̄|^\s*χ\s*$"),
    (Stat.COUNT, r"\b[nN]\b(?!\s*=)|(?i:\bno\.)|\bNo\b|(?i:\bnumbers?\b(?!\s+needed))|(?i:\bcounts?\b)"
                 r"|(?i:\bfrequenc(?:y|ies)\b)|#"),
    (Stat.PERCENT, r"%(?!\s*(?:CI|CL|con))|(?i:\bper\s?cent(?:ages?)?\b)|(?i:\bproportions?\b)"),
    (Stat.RANGE, r"(?i:\brange\b)(?!\s*(?:of|:)?\s*-?\d)|(?i:\bmin(?:imum)?\b.{0,9}\bmax(?:imum)?\b)"),
)  # fmt: skip
_ANY = re.compile("|".join(f"(?P<{stat.name}>{form})" for stat, form in _WORDS))
_SECOND = {
    Stat.MEAN: {Stat.SD, Stat.SE, Stat.CI, Stat.RANGE, Stat.IQR},
    Stat.MEDIAN: {Stat.IQR, Stat.RANGE, Stat.CI, Stat.SD},
    Stat.COUNT: {Stat.PERCENT},
    Stat.PERCENT: {Stat.COUNT, Stat.CI, Stat.SE},
}
_BETWEEN = re.compile(r"[^.;]{0,60}?(?:[(\[±,/]|\+/-|\band\b|\bwith\b|\bor\b)[^.;)\]]{0,30}", re.S)


def layouts_in(words: str) -> tuple[Layout, ...]:
    """The layouts that words declare, in their order.

    >>> layouts_in("Values are mean ± SD or number (%)") == (
    ...     Layout(Stat.MEAN, Stat.SD), Layout(Stat.COUNT, Stat.PERCENT))
    True
    >>> layouts_in("Age (years)")
    ()
    """
    found = [(Stat[m.lastgroup], m.start(), m.end()) for m in _ANY.finditer(words) if m.lastgroup]
    out: list[Layout] = []
    place = 0
    while place < len(found):
        first, _, end = found[place]
        if place + 1 < len(found):
            second, start, _ = found[place + 1]
            if second in _SECOND.get(first, ()) and _BETWEEN.fullmatch(words[end:start]):
                out.append(Layout(first, second))
                place += 2
                continue
        out.append(Layout(first))
        place += 1
    return tuple(dict.fromkeys(out))


@dataclass(frozen=True, slots=True)
class Told:
    """The numbers of a cell with what each is, and whether the table says so (else it is only usual)."""

    parts: tuple[tuple[Stat, Figure], ...]
    declared: bool = True

    def get(self, stat: Stat) -> Figure | None:
        """The first number that is a ``stat``; None where there is none."""
        return next((figure for kind, figure in self.parts if kind is stat), None)


def tell(figures: Figures, declared: Iterable[Sequence[Layout]], size: int | None = None) -> Told:
    """What the numbers of a cell are.

    ``declared`` are the layouts of what heads the cell, the nearest first; ``size`` is the group's, by which a count
    with its percentage is known. Numbers of which nothing tells what they are come back as OTHER.
    """
    numbers = figures.numbers
    shape = figures.shape
    if shape is Shape.P_VALUE:
        return Told(((Stat.P_VALUE, numbers[0]),))
    if shape in (Shape.FRACTION, Shape.FRACTION_BRACKET):
        count, total, *rest = numbers
        if count.value > total.value:
            return Told(tuple((Stat.OTHER, n) for n in numbers), False)
        return Told(((Stat.COUNT, count), (Stat.TOTAL, total), *((Stat.PERCENT, n) for n in rest)))
    said = [layout for group in declared for layout in group]
    if shape is Shape.BRACKET and (counted := _counted(figures, size)) is not None:
        return counted
    for layout in said:
        if (parts := _fits(figures, layout, size)) is not None:
            return Told(parts)
    return _usual(figures)


def _counted(figures: Figures, size: int | None) -> Told | None:
    """A count with its percentage, by the sign or by arithmetic; None where it is none."""
    a, b = figures.numbers
    if b.percent and a.is_whole and not a.percent:
        return Told(((Stat.COUNT, a), (Stat.PERCENT, b)))
    if a.percent and b.is_whole and not b.percent:
        return Told(((Stat.PERCENT, a), (Stat.COUNT, b)))
    if size and a.is_whole and a.value <= size and a.value > 0 and _share(a.value, size, b):
        return Told(((Stat.COUNT, a), (Stat.PERCENT, b)))
    return None


def _share(count: float, size: int, percent: Figure) -> bool:
    half: float = 0.5 * 10.0**-percent.decimals
    return abs(100 * count / size - percent.value) <= half + 1e-9


def _fits(figures: Figures, layout: Layout, size: int | None) -> tuple[tuple[Stat, Figure], ...] | None:
    numbers, shape = figures.numbers, figures.shape
    first, second = layout.first, layout.second
    a = numbers[0]
    if first is Stat.COUNT and not (a.is_whole and not a.percent):
        return None
    if first is Stat.PERCENT and not 0 <= a.value <= 100:
        return None
    if shape is Shape.ONE:
        if first in (Stat.MEAN, Stat.MEDIAN) and a.percent:
            return None
        return ((first, a),)
    if shape is Shape.PLUS_MINUS:
        if first is Stat.MEAN and second in (Stat.SD, Stat.SE):
            return ((Stat.MEAN, a), (second, numbers[1]))
        return ((Stat.MEAN, a), (first, numbers[1])) if first in (Stat.SD, Stat.SE) and second is None else None
    if shape is Shape.BRACKET:
        b = numbers[1]
        if first is Stat.COUNT and second is Stat.PERCENT:
            near = size is None or a.value == 0 or abs(100 * a.value / size - b.value) < 12  # some are missing
            return ((first, a), (second, b)) if 0 <= b.value <= 100 and near and a.value < 10**7 else None
        if first is Stat.PERCENT and second is Stat.COUNT:
            return ((first, a), (second, b)) if b.is_whole else None
        if first is Stat.MEAN and second in (Stat.SD, Stat.SE):
            return ((first, a), (second, b)) if b.value >= 0 and not b.percent else None
        return ((first, a), (second, b)) if first is Stat.PERCENT and second is Stat.SE else None
    bounds = {Stat.CI, Stat.IQR, Stat.RANGE}
    if shape is Shape.WITH_INTERVAL and second in bounds:
        return ((first, a), (second, numbers[1]), (second, numbers[2]))
    if shape is Shape.INTERVAL and first in bounds and second is None:
        return ((first, a), (first, numbers[1]))
    return None


def _usual(figures: Figures) -> Told:
    """What such a cell usually is where nothing declares it."""
    numbers, shape = figures.numbers, figures.shape
    if shape is Shape.PLUS_MINUS:
        return Told(((Stat.MEAN, numbers[0]), (Stat.SD, numbers[1])), False)
    if shape is Shape.ONE and numbers[0].percent:
        return Told(((Stat.PERCENT, numbers[0]),))
    return Told(tuple((Stat.OTHER, n) for n in numbers), False)
