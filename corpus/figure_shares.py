"""How many of the numbers that public corpora mark are read as what they are, by the effects grammar alone.

``python -m corpus.figure_shares FOLDER`` prints right, left out and wrong for each corpus and part. Right: a figure of
a fitting kind covers the number; wrong: a figure of another kind does; left out: none does. Arms are not looked at.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.corpora import read_rows, splits_of
from ingest.article import Span
from ingest.attach import attach
from ingest.claim import Measure
from ingest.effects import read_figures
from ingest.figures import Figure, FigureKind

Fits = Callable[[Figure], bool]
_RATIOS = {
    "HR": (Measure.HAZARD_RATIO, Measure.RATE_RATIO),  # clerx marks incidence rate ratios as HR
    "OR": (Measure.ODDS_RATIO,),
    "RR": (Measure.RISK_RATIO,),
}
_RESULTS = (FigureKind.VALUE, FigureKind.INTERVAL, FigureKind.P, FigureKind.NOT_REACHED, FigureKind.SIZE)


def _is(measures: Iterable[Measure]) -> Fits:
    wanted = frozenset(measures)
    return lambda f: f.kind is FigureKind.VALUE and f.measure in wanted


def _value_of(measures: Iterable[Measure]) -> Fits:
    """A value of one of ``measures``, or one that the words around it have to name."""
    wanted = frozenset((*measures, None))
    return lambda f: f.kind is FigureKind.VALUE and f.measure in wanted


_SHARES = _is((Measure.PROPORTION, Measure.RATE, Measure.OTHER))
_ROLES: Mapping[str, Fits] = {
    "bin-abs": lambda f: f.events is not None or f.measure is Measure.COUNT or f.rule == "plain",
    "bin-percent": lambda f: _SHARES(f) or f.rule == "plain",
    "cont-mean": _value_of((Measure.MEAN, Measure.GEOMETRIC_MEAN)),
    "cont-median": lambda f: f.kind is FigureKind.NOT_REACHED or _value_of((Measure.MEDIAN,))(f),
    "cont-sd": lambda f: f.standard_deviation is not None or f.standard_error is not None,
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A number that a corpus marks, what it is there, and which figures fit it."""

    span: Span
    label: str
    fits: Fits


def clerx(row: Mapping[str, Any]) -> Iterator[Marked]:
    """The hazard, odds and risk ratios of an abstract."""
    for e in row["entities"]:
        if e["label"] in _RATIOS:
            yield Marked(Span(e["start"], e["end"]), e["label"], _is(_RATIOS[e["label"]]))


def rct_art(row: Mapping[str, Any]) -> Iterator[Marked]:
    """The measured values of a sentence."""
    for e in row["entities"]:
        if e["label"] == "MEAS" and re.search(r"\d", row["text"][e["start"] : e["end"]]):
            yield Marked(Span(e["start"], e["end"]), "MEAS", lambda f: f.kind in _RESULTS)


def pico(row: Mapping[str, Any]) -> Iterator[Marked]:
    """The counts, shares, means, medians and standard deviations of either arm."""
    for e in row["entities"]:
        kind = e["label"].partition("-")[2]
        if e["label"].startswith(("iv-", "cv-")) and kind in _ROLES:
            yield Marked(Span(e["start"], e["end"]), kind, _ROLES[kind])


CORPORA: Mapping[str, Callable[[Mapping[str, Any]], Iterator[Marked]]] = {
    "clerx": clerx, "rct-art": rct_art, "pico-breast-cancer": pico,
}  # fmt: skip


def judged(text: str, marked: Iterable[Marked]) -> Iterator[tuple[Marked, str, list[Figure]]]:
    """Each marked number with ``right``, ``wrong`` or ``left out`` and the figures that overlap it."""
    figures = attach(text, read_figures(text))
    for one in marked:
        here = [f for f in figures if f.span.overlaps(one.span) and f.kind is not FigureKind.IGNORED]
        yield one, "right" if any(one.fits(f) for f in here) else "wrong" if here else "left out", here


def shares(corpus: str, rows: Iterable[Mapping[str, Any]]) -> Counter[tuple[str, str]]:
    """How often each label was right, wrong or left out, as (label, verdict)."""
    return Counter(
        (one.label, verdict) for row in rows for one, verdict, _ in judged(row["text"], CORPORA[corpus](row))
    )


def _table(folder: Path) -> Iterator[str]:
    yield f"{'corpus':20}{'part':6}{'label':13}{'right':>7}{'left out':>10}{'wrong':>7}{'share':>8}"
    for corpus in CORPORA:
        for split, file in splits_of(folder, corpus).items():
            counts = shares(corpus, read_rows(file))
            for label in dict.fromkeys(label for label, _ in sorted(counts)):
                right, left, wrong = (counts[label, v] for v in ("right", "left out", "wrong"))
                share = right / (right + left + wrong)
                yield f"{corpus:20}{split:6}{label:13}{right:7}{left:10}{wrong:7}{share:8.3f}"


if __name__ == "__main__":
    print("\n".join(_table(Path(sys.argv[1]))))
