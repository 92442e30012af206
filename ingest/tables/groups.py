"""Which heads of a table name the groups that are compared: by control words, the article's arms, sizes, drugs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.article import Span
from ingest.context import Known
from ingest.phrases import CONTROLS
from ingest.role_arms import telling
from ingest.tables.grid import Grid, Heading, Line
from ingest.tables.marks import TIME, Role, bare, size_in
from ingest.tables.result_rows import ArmHead
from ingest.terminology import ConceptKind

MOST_ARMS = 8
MOST_SIZED = 3
"""Columns of which nothing tells that they are arms but the sizes of their groups."""
_GROUP = re.compile(r"\b(?:groups?|arms?|cohorts?|treated|recipients)\b", re.I)
_DOSE = re.compile(r"\d\s?(?:mg|g|µg|μg|mcg|IU|mL|ml|Gy|%)\b", re.I)
_NO_GROUP = re.compile(
    r"^(?:the\s+)?(?:groups?|arms?|treatments|interventions)$|\btime\b|\binteraction\b|[*×]|^(?:characteristics?|variables?|parameters?|outcomes?|measures?|items?|domains?|subgroups?|categor(?:y|ies)|references?"
    r"|stud(?:y|ies)|authors?|years?|domain|test|scale|n|no\.?|%)\b|\b(?:score|rate|level|pressure|weight|bmi)s?$",
    re.I,
)
_LEGEND = re.compile(
    r"(?<![\w])(?:groups?\s+)?(?P<short>[A-Z][A-Za-z0-9/+-]{0,11})(?:\s+groups?)?\s*(?:=|:|,)\s*(?P<long>[a-zA-Z][^;:=,.]{2,60}?)(?=\s*(?:[;,.:]|\band\b|$))"
)
_LEGEND_BEHIND = re.compile(r"(?P<long>[A-Za-z][a-z]{3,}(?:[\s/+-][a-z]{3,}){0,4})\s*\((?P<short>[A-Z][\w/]{0,6})\)")
_SIZE_WORDS = re.compile(r"[\s,;:]*[(\[]?\s*(?:n|no\.?|number)\s*(?:=|:)", re.I)


@dataclass(frozen=True, slots=True)
class Groups:
    """The arms of a table. ``in_rows`` where the rows name them; ``of`` has the place of each head that names one."""

    arms: tuple[ArmHead, ...]
    of: dict[str, int]
    in_rows: bool
    score: float

    def place(self, heads: Iterable[Heading]) -> int | None:
        """Which arm the heads name; None where they name none, or two."""
        found = {self.of[key] for h in heads if (key := key_of_head(h)) in self.of}
        return found.pop() if len(found) == 1 else None

    def named_by(self, heading: Heading) -> bool:
        """True for a head that names an arm."""
        return key_of_head(heading) in self.of


def key_of_head(heading: Heading) -> str:
    """The words of a head as compared with others: without size and case."""
    return bare(heading.text).casefold()


def groups_of(known: Known, grid: Grid, legend: Mapping[str, str]) -> Groups | None:
    """The arms that the columns name, else the rows; None where the table compares no groups that can be told.

    ``legend`` has what the table's notes say that short names stand for.
    """
    told = {telling(a.span.of(known.view), known.sides.long_of) for a in known.told.arms}
    columns = _best(known, told, _in_columns(grid), legend, False)
    rows = _best(known, told, _in_rows(grid), legend, True)
    found = [g for g in (columns, rows) if g is not None]
    return max(found, key=lambda g: (g.score, not g.in_rows), default=None)


@dataclass(frozen=True, slots=True)
class _Named:
    """A head that may name an arm, with the size that the table gives its group."""

    heading: Heading
    size: int | None


def _in_columns(grid: Grid) -> list[list[_Named]]:
    """For each row of the head the names that stand in it above numbers of groups."""
    levels: dict[int, dict[str, _Named]] = {}
    for line in grid.lines:
        for cell in grid.cells(line):
            heads = grid.heads(line, cell.column)
            if any(h.role in (Role.P_VALUE, Role.CONTRAST, Role.TEST, Role.OVERALL) for h in heads):
                continue
            size = grid.size(line, cell.column)
            for h in heads:
                if h.role is Role.NAME:
                    named = _Named(h, None if size is None else size.value)
                    levels.setdefault(h.key[0], {}).setdefault(key_of_head(h), named)
    return [list(names.values()) for names in levels.values()]


def _in_rows(grid: Grid) -> list[list[_Named]]:
    """For each depth of the stub the names in it that come again, or all of them in a short table."""
    levels: dict[tuple[int, int], dict[str, tuple[_Named, int]]] = {}
    for line in grid.lines:
        for h in line.path[-1:]:
            if h.role is Role.NAME:
                size = size_in(h.text)
                named = _Named(h, None if size is None else size[0])
                first, count = levels.setdefault(h.key, {}).get(key_of_head(h), (named, 0))
                levels[h.key][key_of_head(h)] = (first, count + 1)
    out = []
    for names in levels.values():
        again = [h for h, count in names.values() if count > 1]
        out.append(again if len(again) > 1 else [h for h, _ in names.values()])
    return out


def _best(
    known: Known, told: set[frozenset[str]], levels: list[list[_Named]], legend: Mapping[str, str], in_rows: bool
) -> Groups | None:
    made = [g for heads in levels if (g := _groups(known, told, heads, legend, in_rows)) is not None]
    return max(made, key=lambda g: g.score, default=None)


def _groups(
    known: Known, told: set[frozenset[str]], heads: Sequence[_Named], legend: Mapping[str, str], in_rows: bool
) -> Groups | None:
    scores = [_score(known, told, h, legend) for h in heads]
    likely = [h for h, s in zip(heads, scores, strict=True) if s >= 2]
    if not in_rows and 2 <= len(likely) < len(heads):  # a column of weeks beside those of the arms
        heads, scores = likely, [s for s in scores if s >= 2]
    if not 2 <= len(heads) <= MOST_ARMS or any(_NO_GROUP.search(bare(h.heading.text)) for h in heads):
        return None
    sized = all(h.size is not None for h in heads)
    if not all(s >= 1 for s in scores):
        return None
    named = sum(s >= 2 for s in scores)
    if named < (2 if in_rows else 1) and not (sized and not in_rows and len(heads) <= MOST_SIZED):
        return None
    arms = tuple(_arm(known, h, legend) for h in heads)
    places = {key_of_head(h.heading): i for i, h in enumerate(heads)}
    return Groups(arms, places, in_rows, sum(scores) / len(scores) - 0.5 * in_rows)


def _score(known: Known, told: set[frozenset[str]], named: _Named, legend: Mapping[str, str]) -> float:
    heading, words = named.heading, bare(named.heading.text)
    long = written_out(known, words, legend)
    own = telling(words, known.sides.long_of)
    score = 0.0
    if CONTROLS.search(words) or CONTROLS.search(long):
        score += 2
    if own in told or any(own and (own < t or (t and t < own)) for t in told):
        score += 2 if own in told else 1
    score += named.size is not None
    score += bool(_GROUP.search(words))
    score += bool(_DOSE.search(words))
    score += long != words
    score += any(f.kind in (ConceptKind.DRUG, ConceptKind.PROCEDURE) for f in known.places.inside(heading.span))
    return score


def _arm(known: Known, named: _Named, legend: Mapping[str, str]) -> ArmHead:
    span = outcome_span(named.heading, known.article.text, _TIME_BEHIND)
    words = span.of(known.article.text)
    return ArmHead(span, words, named.size, written_out(known, words, legend))


def written_out(known: Known, words: str, legend: Mapping[str, str]) -> str:
    """A name with its short forms as the table's notes, else the article, write them out."""
    bracketed = re.fullmatch(r"(?:groups?|arms?)\s*\(?\s*([\w/]{1,8})\s*\)?", words, re.I)
    if bracketed is not None:
        words = bracketed[1]
    return " ".join(legend.get(w.casefold()) or known.sides.long_of.get(w.lower(), w) for w in words.split())


_TIME_BEHIND = re.compile(rf"[\s,;:(\[]+(?:at\s+)?(?:{TIME.pattern})[\s)\]]*$", re.I | re.X)
_STATISTIC_BEHIND = re.compile(
    r"[\s,;:]*(?:[(\[]\s*(?:n|no\.?|number|%|mean|median|sd|se|sem|iqr|range|ci|9\d\s?%|±|score)\b[^()\[\]]*[)\]]"
    r"|[(\[]\s*%\s*[)\]]|,\s*(?:n|no\.?|number|mean|median|geometric\s+mean|%)(?:\s*[(±/].*)?|(?:mean|median)\s*[(±].*)\s*$",
    re.I,
)


def outcome_span(heading: Heading, text: str, unit: re.Pattern[str]) -> Span:
    """Where a head names what was measured, without the statistic and the ``unit`` behind it; of an arm, the time."""
    span = name_span(heading, text)
    words = span.of(text)
    for pattern in (_STATISTIC_BEHIND, unit, _STATISTIC_BEHIND):
        cut = pattern.search(words)
        if cut is not None and re.search(r"[^\W\d_]", words[: cut.start()]):
            words = words[: cut.start()].rstrip(" ,;:")
    return Span(span.start, span.start + len(words))


def legend_of(notes: str) -> dict[str, str]:
    """What the notes of a table say that its short names stand for, by the short names in lower case.

    >>> legend_of("Group N: normal saline, Group L: lidocaine 40 mg. H0 = saline")
    {'n': 'normal saline', 'l': 'lidocaine 40 mg', 'h0': 'saline'}
    """
    found: dict[str, str] = {}
    for m in _LEGEND.finditer(notes):
        found.setdefault(m["short"].casefold(), m["long"].strip())
    for m in _LEGEND_BEHIND.finditer(notes):
        found.setdefault(m["short"].casefold(), m["long"].strip())
    return found


def name_span(heading: Heading, text: str) -> Span:
    """Where a head's own words stand, without the group's size and footnote marks behind them."""
    words = heading.span.of(text)
    name = bare(heading.text)
    if name and words.startswith(name):
        return Span(heading.span.start, heading.span.start + len(name))
    cut = _SIZE_WORDS.search(words)
    kept = words[: cut.start()].rstrip(" ,;:([") if cut is not None and cut.start() > 0 else words
    return Span(heading.span.start, heading.span.start + len(kept)) if kept else heading.span


def arms_named(groups: Groups, words: str) -> tuple[int, ...]:
    """The arms that the words of a head name, in their order: "A vs placebo" names two."""
    found: list[tuple[int, int, int]] = []
    lowered = words.casefold()
    for key, place in groups.of.items():
        at = re.search(rf"(?<!\w){re.escape(key)}(?!\w)", lowered)
        if at is not None:
            found.append((at.start(), -len(key), place))
    out: list[int] = []
    reached = -1
    for start, length, place in sorted(found):
        if start >= reached and place not in out:
            out.append(place)
            reached = start - length
    return tuple(out)


def line_words(line: Line) -> str:
    """All heads of a line, for what they declare."""
    return " ".join(h.text for h in line.path)
