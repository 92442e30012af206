"""The network of compared treatments as a picture: where what stands. Pure; the template draws it as SVG.

Each part of the network is a circle, as is usual for networks of treatments; the parts stand side by side, the largest
first. The same network gives the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, cos, pi, sin, sqrt

from api.analysis_schemas import ComparisonOut, NetworkOut, TreatmentOut
from api.wording import counted, excerpt

DRAWN = 60
"""Treatments in a picture: those of the largest parts, the most compared first; a table below it holds all."""
WIDTH = 1080
_SPACE, _ROW, _MARGIN, _LABEL = 64.0, 46.0, 190.0, 26


@dataclass(frozen=True, slots=True)
class Dot:
    """A treatment: its middle, radius, and where its label stands (``anchor`` as SVG has it)."""

    x: float
    y: float
    radius: float
    label: str
    title: str
    question: str | None
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """A comparison: its ends, its width, and how many studies, which stands in the middle."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    studies: int
    title: str
    question: str | None
    bridge: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of ``width`` by ``height``; ``left_out`` treatments are not in it."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    left_out: int


def draw(network: NetworkOut, questions: Mapping[str, str | None]) -> Picture:
    """The picture; ``questions`` ask for the evidence of a treatment, by its id."""
    treatments = {one.id: one for one in network.treatments}
    chosen, left = _chosen(network), len(treatments)
    places: dict[str, tuple[float, float]] = {}
    centres: dict[str, tuple[float, float]] = {}
    x = y = row = 0.0
    for part in chosen:
        left -= len(part)
        radius = max(_SPACE, _SPACE * len(part) / (2 * pi))
        width, height = 2 * (radius + _MARGIN), 2 * _ROW + (2 * radius if len(part) > 2 else 0)
        if x and x + width > WIDTH:
            x, y, row = 0.0, y + row, 0.0
        middle = x + width / 2, y + height / 2
        for number, id in enumerate(part):
            turn = 2 * pi * number / len(part) - (pi if len(part) == 2 else pi / 2)
            places[id] = middle[0] + radius * cos(turn), middle[1] + radius * sin(turn)
            centres[id] = middle
        x, row = x + width, max(row, height)
    wide = max((p[0] for p in centres.values()), default=0.0)
    whole = max(WIDTH, ceil(max((places[id][0] for id in places), default=wide) + _MARGIN))
    lines = [_line(c, treatments, places) for c in network.comparisons if c.one in places and c.other in places]
    dots = [_dot(treatments[id], place, centres[id], questions.get(id)) for id, place in places.items()]
    return Picture(whole, ceil(y + row), tuple(dots), tuple(lines), left)


def _chosen(network: NetworkOut) -> list[list[str]]:
    """Parts, cut to what can be drawn, each in an order that keeps what was compared near each other."""
    beside: dict[str, list[str]] = {one.id: [] for one in network.treatments}
    for made in network.comparisons:
        beside[made.one].append(made.other)
        beside[made.other].append(made.one)
    rank = {one.id: number for number, one in enumerate(network.treatments)}
    room, out = DRAWN, list[list[str]]()
    for part in network.parts:
        some = sorted(part, key=lambda id: rank[id])[:room]
        if len(some) > 1:
            out.append(_walk(some, beside, rank))
            room -= len(some)
    return out


def _walk(part: list[str], beside: Mapping[str, list[str]], rank: Mapping[str, int]) -> list[str]:
    """The treatments of a part, going from each to one that it was compared with where there is one left."""
    left, found = set(part), list[str]()
    todo = [part[0]]
    while left:
        id = todo.pop() if todo else next(one for one in part if one in left)
        if id in left:
            left.remove(id)
            found.append(id)
            todo += sorted((b for b in beside[id] if b in left), key=lambda one: rank[one], reverse=True)
    return found


def _dot(one: TreatmentOut, place: tuple[float, float], middle: tuple[float, float], question: str | None) -> Dot:
    (x, y), radius = place, min(6 + 3 * sqrt(len(one.studies)), 20)
    away = x - middle[0]
    anchor = "middle" if abs(away) < 1 else "start" if away > 0 else "end"
    label_x = x if anchor == "middle" else x + (radius + 6) * (1 if away > 0 else -1)
    below = y + radius + 16 if y > middle[1] else y - radius - 8
    label_y = below if anchor == "middle" else y + 4
    title = f"{one.label}: {counted(len(one.studies), 'study')}, compared with {one.degree}"
    label = excerpt(one.label, _LABEL)
    return Dot(_r(x), _r(y), _r(radius), label, title, question, _r(label_x), _r(label_y), anchor)


def _line(made: ComparisonOut, names: Mapping[str, TreatmentOut], places: Mapping[str, tuple[float, float]]) -> Line:
    (x1, y1), (x2, y2) = places[made.one], places[made.other]
    number = len(made.studies)
    about = f"{names[made.one].label} against {names[made.other].label}: {counted(number, 'study')}"
    bridge = "; the network falls apart without it" if made.bridge else ""
    title = f"{about}, {counted(len(made.claims), 'claim')}{bridge}"
    width = min(1 + sqrt(number), 8)
    return Line(_r(x1), _r(y1), _r(x2), _r(y2), _r(width), number, title, made.question, made.bridge)


def _r(number: float) -> float:
    return round(number, 1)
